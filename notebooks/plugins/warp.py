"""A generator for ForensicHeads in Python and NumPy: the nearest shot, moved to the driver's landmarks by one affine map.

It shows what a program is given and what it has to give back. Replace `animate` by your own generator.
"""
import argparse
import json
import os
import struct
import sys
import zlib

import numpy as np


def read_png(path):
    """An 8-bit RGB PNG as uint8[height, width, 3]. With Pillow: np.asarray(Image.open(path).convert("RGB"))."""
    data = open(path, "rb").read()
    at, packed = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IHDR":
            width, height = struct.unpack(">II", data[at + 8:at + 16])
        elif kind == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += 12 + length
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + 3 * width)
    image = np.zeros((height, 3 * width), np.int64)
    above = np.zeros(3 * width, np.int64)
    for y in range(height):
        kind, line = rows[y, 0], rows[y, 1:].astype(np.int64)
        if kind == 2:
            line = (line + above) & 255
        elif kind != 0:
            for x in range(3 * width):
                a = line[x - 3] if x >= 3 else 0
                b, c = above[x], above[x - 3] if x >= 3 else 0
                if kind == 1:
                    guess = a
                elif kind == 3:
                    guess = (a + b) // 2
                else:
                    p = a + b - c
                    guess = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
                line[x] = (line[x] + guess) & 255
        image[y] = above = line
    return image.astype(np.uint8).reshape(height, width, 3)


def write_png(path, image):
    height, width, _ = image.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), image.reshape(height, -1)], axis=1)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(rows.tobytes(), 6)) + chunk(b"IEND", b""))


def landmarks(folder):
    """The 68 points (x, y) of every picture, by the name of its file."""
    points = json.load(open(os.path.join(folder, "landmarks.json")))
    return {name: np.array(points[name]).reshape(68, 2) for name in sorted(points)}


def animate(shots, driver, out):
    known = list(landmarks(shots).values())
    pictures = [read_png(os.path.join(shots, name)) for name in landmarks(shots)]
    for name, points in landmarks(driver).items():
        best = min(range(len(known)), key=lambda s: np.abs(known[s] - points).sum())
        # From where in the shot does each pixel of the frame come? Least squares over the 68 points.
        around = np.c_[points, np.ones(68)]
        back, *_ = np.linalg.lstsq(around, known[best], rcond=None)
        write_png(os.path.join(out, name), sample(pictures[best], back))


def sample(image, back):
    height, width, _ = image.shape
    y, x = np.mgrid[0:height, 0:width]
    place = np.stack([x + 0.5, y + 0.5, np.ones_like(x)], axis=-1) @ back - 0.5
    px, py = np.clip(place[..., 0], 0, width - 1.001), np.clip(place[..., 1], 0, height - 1.001)
    left, top = px.astype(int), py.astype(int)
    fx, fy = (px - left)[..., None], (py - top)[..., None]
    upper = image[top, left] * (1 - fx) + image[top, left + 1] * fx
    lower = image[top + 1, left] * (1 - fx) + image[top + 1, left + 1] * fx
    return np.rint(upper * (1 - fy) + lower * fy).astype(np.uint8)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--shots")
    parser.add_argument("--driver")
    parser.add_argument("--out")
    parser.add_argument("--warm", action="store_true", help="read a job a line, as JSON, and answer each")
    given = parser.parse_args()
    if not given.warm:
        animate(given.shots, given.driver, given.out)
    else:
        # Load your weights here: it is done once.
        for line in sys.stdin:
            job = json.loads(line)
            try:
                animate(job["shots"], job["driver"], job["out"])
                print(json.dumps({"ok": True}), flush=True)
            except Exception as error:
                print(json.dumps({"ok": False, "why": str(error)}), flush=True)
