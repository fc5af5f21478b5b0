"""Golden vectors of the detector's features and calibration, written from the definitions with NumPy and SciPy, not from the C# code.

Run on Debian (python3-numpy, python3-scipy, python3-pil) from the repository's root:
    /usr/bin/python3 tests/reference/features.py > tests/reference/golden/detector_features.json
"""
import functools
import io
import json

import numpy as np
from PIL import Image
from scipy.fft import dctn
from scipy.optimize import minimize


def picture(n):
    """A picture by formula: broadband, coloured, no two blocks alike. Integers only, so that every language gives the same bytes."""
    y, x = np.mgrid[0:n, 0:n].astype(np.int64)
    red = (37 * x + 11 * y * y + 5 * x * y) % 256
    green = (91 + 3 * x * x + 17 * y + 9 * (x ^ y)) % 256
    blue = (x * y * y + 29 * x + 101 * y) % 256
    smooth = 96 + (x * 64) // n + (y * 32) // n
    return np.stack([(smooth + red // 8), (smooth + green // 16), (200 - smooth + blue // 8)], axis=-1).astype(np.uint8)


def checkerboard(n):
    y, x = np.mgrid[0:n, 0:n]
    return np.repeat(((x + y) % 2 * 255)[..., None], 3, axis=-1).astype(np.uint8)


def dot(n):
    image = np.zeros((n, n, 3), dtype=np.uint8)
    image[n // 3, n // 2] = 255
    return image


def grey(image):
    return image[..., 0] * 0.299 + image[..., 1] * 0.587 + image[..., 2] * 0.114


@functools.lru_cache
def rings(n):
    y, x = np.mgrid[0:n, 0:n] - n // 2
    ring = np.floor(np.hypot(x, y)).astype(int).ravel()
    return ring, np.bincount(ring)


def spectrum(image):
    n = image.shape[0]
    level = 20 * np.log(np.abs(np.fft.fftshift(np.fft.fft2(grey(image)))) + 1e-8)
    ring, counts = rings(n)
    means = (np.bincount(ring, level.ravel()) / counts)[: int(np.floor(n / np.sqrt(2)))]
    return np.concatenate([means / means[0], means - means[0]])


def dct_beta(image):
    g = grey(image)
    n = g.shape[0] // 8 * 8
    blocks = g[:n, :n].reshape(n // 8, 8, n // 8, 8).transpose(0, 2, 1, 3).reshape(-1, 8, 8)
    coefficients = dctn(blocks, axes=(1, 2), norm="ortho").reshape(-1, 64)
    return coefficients.std(axis=0)[1:] / np.sqrt(2)


def npr_stats(image):
    x = image[: image.shape[0] // 2 * 2, : image.shape[1] // 2 * 2].astype(float) / 255
    residual = x - x[::2, ::2].repeat(2, axis=0).repeat(2, axis=1)
    out = []
    for dy, dx in [(0, 1), (1, 0), (1, 1)]:
        for channel in range(3):
            d = residual[dy::2, dx::2, channel].ravel()
            square = (d - d.mean()) ** 2
            variance = square.mean()
            out += [np.abs(d).mean(), variance, (square * square).mean() / variance**2 if variance else 0]
            whole = np.rint(np.clip(d, -10 / 255, 10 / 255) * 255).astype(int)
            out += list(np.bincount(whole + 10, minlength=21) / d.size)
    return np.array(out)


KV = np.array([[-1, 2, -2, 2, -1], [2, -6, 8, -6, 2], [-2, 8, -12, 8, -2], [2, -6, 8, -6, 2], [-1, 2, -2, 2, -1]])
KERNELS = [(np.array([[-1, 2, -1], [2, -4, 2], [-1, 2, -1]]), 4), (KV, 12), (np.array([[1, -2, 1]]), 2)]


def thousandths(image):
    """1000 times grey, a whole number: what is rounded must not hang on the last bit of a sum."""
    return image.astype(np.int64) @ np.array([299, 587, 114])


def pair_shares(a, b, levels):
    return np.bincount((a * levels + b).ravel(), minlength=levels * levels) / a.size


def srm(image):
    g = thousandths(image)
    out = []
    for kernel, divisor in KERNELS:
        height, width = g.shape[0] - kernel.shape[0] + 1, g.shape[1] - kernel.shape[1] + 1
        total = np.zeros((height, width), dtype=np.int64)
        for (dy, dx), weight in np.ndenumerate(kernel):
            total += weight * g[dy : dy + height, dx : dx + width]
        residual = np.clip((2 * total + 1000 * divisor) // (2000 * divisor), -3, 3)
        out.append(np.bincount(residual.ravel() + 3, minlength=7) / residual.size)
        narrow = np.clip(residual, -2, 2) + 2
        out += [pair_shares(narrow[:, :-1], narrow[:, 1:], 5), pair_shares(narrow[:-1], narrow[1:], 5)]
    return np.concatenate(out)


def coarse_residuals(plane):
    halved = lambda p: p[: p.shape[0] // 2 * 2, : p.shape[1] // 2 * 2].reshape(p.shape[0] // 2, 2, p.shape[1] // 2, 2).mean(axis=(1, 3))
    laplacian = lambda p: 4 * p[1:-1, 1:-1] - p[:-2, 1:-1] - p[2:, 1:-1] - p[1:-1, :-2] - p[1:-1, 2:]
    while plane.shape[0] > 128:
        plane = halved(plane)
    return laplacian(plane), laplacian(halved(plane))


SHIFTS = [(0, 1), (1, 0), (1, 1), (1, -1), (0, 2), (2, 0), (0, 3), (3, 0), (0, 4), (4, 0), (0, 8), (8, 0)]


def residual_lags(image):
    out = []
    for r in coarse_residuals(image[..., 1].astype(float)):
        n = r.shape[0]
        for down, right in SHIFTS:
            a = r[: n - down, max(0, -right) : n - max(0, right)]
            b = r[down:, max(0, right) : n - max(0, -right)]
            out.append((a * b).mean() / ((r * r).mean() + 1e-6))
    return np.array(out)


def chroma_detail(image):
    y = grey(image)
    energies = [[0.5 * np.log((r * r).mean() + 0.01) for r in coarse_residuals(p)] for p in (image[..., 2] - y, image[..., 0] - y, y)]
    return np.array([energies[c][scale] - energies[2][scale] for scale in range(2) for c in range(2)])


def patch(family):
    def measured(image):
        n = image.shape[0] // 2
        return np.mean([family(image[y : y + n, x : x + n]) for y in (0, n) for x in (0, n)], axis=0)

    return measured


# What families of pairs see: grey, its difference and its residual, 0 on the border; and where parts of a head lie.
def laplacian(plane):
    out = np.zeros_like(plane)
    out[1:-1, 1:-1] = 4 * plane[1:-1, 1:-1] - plane[:-2, 1:-1] - plane[2:, 1:-1] - plane[1:-1, :-2] - plane[1:-1, 2:]
    return out


def regions(n):
    y, x = np.meshgrid((np.arange(n) + 0.5) / n, (np.arange(n) + 0.5) / n, indexing="ij")
    return [
        ((x - 0.5) / 0.22) ** 2 + ((y - 0.56) / 0.29) ** 2 <= 1,
        (x >= 0.28) & (x < 0.72) & (y >= 0.30) & (y < 0.45),
        (x >= 0.36) & (x < 0.64) & (y >= 0.62) & (y < 0.80),
        (y < 0.6) & ((x < 0.15) | (x >= 0.85)),
    ]


def still_noise(before, image):
    d, out = grey(image) - grey(before), []
    masks = regions(d.shape[0])
    for mask in (masks[0], masks[3]):
        blocks = [
            d[y : y + 8, x : x + 8]
            for y in range(0, d.shape[0] - 7, 8)
            for x in range(0, d.shape[1] - 7, 8)
            if mask[y : y + 8, x : x + 8].all()
        ]
        if not blocks:
            out += [0, 0, 0, 0]
            continue
        quiet = np.array(sorted(blocks, key=lambda block: np.abs(block).mean())[: -(-len(blocks) // 4)])
        power, centred = (quiet**2).mean(), quiet - quiet.mean()
        second = (centred**2).mean()
        lag = (quiet[:, :, :-1] * quiet[:, :, 1:]).mean() / (power + 1e-6)
        out += [np.log(np.sqrt(power) + 0.01), (centred**4).mean() / second**2 if second > 1e-9 else 0, lag, (np.abs(quiet) < 0.5).mean()]
    return np.array(out)


def texture_motion(before, image):
    a, b, n, out, best = laplacian(grey(before)), laplacian(grey(image)), image.shape[0], [], []
    wide = np.pad(b, 3)
    for mask in regions(n):
        found = {}
        for down in range(-3, 4):
            for right in range(-3, 4):
                p, q = a[mask], wide[3 + down : 3 + down + n, 3 + right : 3 + right + n][mask]
                found[down, right] = (p * q).sum() / np.sqrt((p * p).sum() * (q * q).sum() + 1e-6)
        best.append(max(found, key=found.get))
        out += [found[0, 0], found[best[-1]], np.hypot(*best[-1])]
    return np.array(out + [np.hypot(best[3][0] - best[0][0], best[3][1] - best[0][1])])


def detail_flicker(before, image):
    a, b, d, masks = laplacian(grey(before)), laplacian(grey(image)), grey(image) - grey(before), regions(image.shape[0])
    detail = [abs(np.log((b[m] ** 2).mean() + 0.01) - np.log((a[m] ** 2).mean() + 0.01)) for m in masks]
    motion = [np.log(np.abs(d[m]).mean() + 0.1) for m in masks]
    return np.array(detail + [one - motion[0] for one in motion[1:]])


# The picture a little later: it went down by 1 and right by 2, and some of it changed.
def later(image):
    moved = np.roll(image.astype(int), (1, 2), axis=(0, 1))
    n = image.shape[0]
    y, x = np.meshgrid(np.arange(n), np.arange(n), indexing="ij")
    return ((moved + (x * y % 3)[..., None]) % 256).astype(np.uint8)


def cooccurrence(image):
    levels = image.astype(int) >> 4
    return np.concatenate([pair_shares(levels[:, :-1, c], levels[:, 1:, c], 16) for c in range(3)])


def jpeg(image):
    g = thousandths(image)
    cross = np.abs(g[1:, 1:] - g[:-1, 1:] - g[1:, :-1] + g[:-1, :-1])
    # Element 0 of cross is the difference at x = 1; an offset without a line (0 at 8 pixels) has no mean.
    places = [cross[(j - 1) % 8 :: 8, (i - 1) % 8 :: 8] for j in range(8) for i in range(8)]
    means = np.array([place.mean() if place.size else np.nan for place in places])
    over = np.nanmean(means)
    grid = np.nan_to_num(means / over) if over else np.zeros(64)
    distances = []
    for quality in range(50, 91, 5):
        file = io.BytesIO()
        Image.fromarray(image).save(file, "JPEG", quality=quality, subsampling="4:2:0")
        distances.append(((image.astype(float) - np.asarray(Image.open(file))) ** 2).mean())
    return np.concatenate([grid, distances])


def trivial_pixels(image):
    g = grey(image)
    high, low = image.max(axis=-1).astype(float), image.min(axis=-1).astype(float)
    saturation = np.where(high > 0, (high - low) / np.where(high > 0, high, 1), 0)
    shifted = lambda dy, dx: g[1 + dy : g.shape[0] - 1 + dy, 1 + dx : g.shape[1] - 1 + dx]
    cross = shifted(-1, 0) + shifted(1, 0) + shifted(0, -1) + shifted(0, 1)
    corners = shifted(-1, -1) + shifted(-1, 1) + shifted(1, -1) + shifted(1, 1)
    immerkaer = np.sqrt(np.pi / 2) * np.abs(corners - 2 * cross + 4 * shifted(0, 0)).mean() / 6
    levels = np.sort(np.floor(g + 0.5).ravel())
    percentile = lambda q: levels[int(np.ceil(q * levels.size)) - 1]
    return np.array([g.mean(), g.std(), saturation.mean(), saturation.std(), (cross - 4 * shifted(0, 0)).std(), percentile(0.95) - percentile(0.05), immerkaer])


RIGID = {36: (-0.5, 0, 0), 39: (-0.18, 0.01, 0.07), 42: (0.18, 0.01, 0.07), 45: (0.5, 0, 0), 27: (0, -0.02, 0.2), 30: (0, 0.45, 0.48), 33: (0, 0.6, 0.27)}


def talking_track(samples):
    """Times, landmarks and confidences by formula: a face that turns, speaks, blinks and trembles, with unsure samples and a gap."""
    base = np.array([[100 + 60 * np.cos(k), 120 + 70 * np.sin(1.3 * k)] for k in range(68)])
    for eye, left in ((36, 60.0), (42, 110.0)):
        base[eye : eye + 6] = [[left, 100], [left + 8, 95], [left + 20, 95], [left + 28, 100], [left + 20, 105], [left + 8, 105]]
    base[27], base[30], base[33] = (99, 98), (99, 140), (99, 154)
    base[60:68] = [[82, 170], [90, 168], [99, 167], [108, 168], [116, 170], [108, 173], [99, 174], [90, 173]]
    times, faces, confidences = [], [], []
    for i in range(samples):
        face = base.copy()
        shut = 1 - 0.85 * max(0.0, np.sin(0.31 * i) ** 7)
        for eye in (36, 42):
            face[eye : eye + 6, 1] = 100 + (face[eye : eye + 6, 1] - 100) * shut
        face[61:64, 1] -= 3 * np.sin(0.7 * i) ** 2
        face[65:68, 1] += 5 * np.sin(0.7 * i) ** 2
        face[30, 0] += 6 * np.sin(0.11 * i)
        face[30, 1] += 4 * np.cos(0.17 * i)
        k = np.arange(68)
        face[:, 0] += 0.4 * np.sin(1.7 * i + 2.1 * k)
        face[:, 1] += 0.4 * np.cos(2.3 * i + 1.9 * k)
        roll, scale = 0.08 * np.sin(0.13 * i), 1 + 0.05 * np.cos(0.09 * i)
        turn = np.array([[np.cos(roll), -np.sin(roll)], [np.sin(roll), np.cos(roll)]])
        face = scale * (face - 100) @ turn.T + 100 + 3 * np.sin(0.2 * i)
        times.append(0.04 * i + (0.004 if i % 5 == 2 else 0) + (0.5 if i >= 2 * samples // 3 else 0))
        faces.append(face.astype(np.float32))
        confidences.append(0.3 if i % 29 == 17 else 0.9)
    return np.array(times), np.array(faces), np.array(confidences)


def landmarks(times, faces, confidences):
    sure = confidences >= 0.5
    times, faces = times[sure], faces[sure].astype(float)
    gap = lambda a, b: np.linalg.norm(faces[:, a] - faces[:, b], axis=1)
    eye = lambda f: (gap(f + 1, f + 5) + gap(f + 2, f + 4)) / (2 * gap(f, f + 3))
    ratio = (eye(36) + eye(42)) / 2
    model = np.array(list(RIGID.values()))
    model = model - model.mean(axis=0)
    points = faces[:, list(RIGID)]
    centre = points.mean(axis=1)
    rows = np.array([np.linalg.lstsq(model, p, rcond=None)[0].T for p in points - centre[:, None]])
    lengths = np.linalg.norm(rows, axis=2)
    scale = lengths.mean(axis=1)
    unit = rows / lengths[..., None]
    roll = np.arctan2(rows[:, 1, 0], rows[:, 0, 0])
    angles = np.degrees([np.arcsin(unit[:, 0, 2]), -np.arcsin(unit[:, 1, 2]), roll])
    upright = ((faces - centre[:, None]) / scale[:, None, None]) @ np.array([[[np.cos(r), -np.sin(r)], [np.sin(r), np.cos(r)]] for r in roll])
    steps = np.diff(times)
    runs = np.split(np.arange(times.size), np.flatnonzero(steps > 2.5 * np.median(steps)) + 1)
    middle = np.concatenate([run[1:-1] for run in runs])
    before, after = times[middle] - times[middle - 1], times[middle + 1] - times[middle]
    jitter = [np.abs(np.array([a[i] - np.interp(times[i], times[[i - 1, i + 1]], a[[i - 1, i + 1]]) for i in middle])) for a in angles]
    slope = lambda i, dt: (upright[i + 1] - upright[i]) / dt[:, None, None]
    acceleration = np.linalg.norm(2 * (slope(middle, after) - slope(middle - 1, before)) / (before + after)[:, None, None], axis=2).mean(axis=1)
    threshold = 0.7 * np.quantile(ratio, 0.9)
    blinks = []
    for run in runs:
        shut = (ratio[run] < threshold).astype(int)
        crossing = lambda i: times[run[i]] + (times[run[i + 1]] - times[run[i]]) * (ratio[run[i]] - threshold) / (ratio[run[i]] - ratio[run[i + 1]])
        edges = np.flatnonzero(np.diff(shut))
        for closing, opening in zip(edges, edges[1:]):
            if shut[closing + 1] and crossing(opening) - crossing(closing) <= 1:
                blinks.append(crossing(opening) - crossing(closing))
    five = lambda v: [np.mean(v), np.std(v), *np.quantile(v, [0.1, 0.5, 0.9])] if len(v) else [0] * 5
    mouth = (gap(61, 67) + gap(62, 66) + gap(63, 65)) / 3 / scale
    rate = 60 * len(blinks) / sum(times[run[-1]] - times[run[0]] for run in runs)
    return [rate] + [value for series in (ratio, blinks, mouth, *jitter, acceleration) for value in five(series)]


def platt():
    """Weighted two-parameter logistic with the ridge 0.01 on the slope of standardised scores, by a general minimiser."""
    k = np.arange(24)
    label = (k % 2).astype(float)
    score = np.sin(1.7 * k) * 2 + 1.3 * label + 0.25
    weight = np.where(k < 8, 0.5, 1.0)
    mean = np.average(score, weights=weight)
    z = (score - mean) / np.sqrt(np.average((score - mean) ** 2, weights=weight))
    loss = lambda p: (weight * np.logaddexp(0, (1 - 2 * label) * (p[0] * z + p[1]))).sum() + 0.005 * p[0] ** 2
    a, b = minimize(loss, [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-12, "fatol": 1e-15, "maxiter": 10000}).x
    deviation = np.sqrt(np.average((score - mean) ** 2, weights=weight))
    return {"score": score.tolist(), "label": label.tolist(), "weight": weight.tolist(), "slope": a / deviation, "intercept": b - a * mean / deviation}


families = {
    "spectrum": spectrum,
    "dct_beta": dct_beta,
    "npr_stats": npr_stats,
    "srm": srm,
    "cooccurrence": cooccurrence,
    "jpeg": jpeg,
    "trivial_pixels": trivial_pixels,
    "residual_lags": residual_lags,
    "chroma_detail": chroma_detail,
    "patch_chroma_detail": patch(chroma_detail),
    "patch_dct_beta": patch(dct_beta),
    "patch_npr_stats": patch(npr_stats),
    "patch_residual_lags": patch(residual_lags),
    "patch_srm": patch(srm),
}

pairs = {"still_noise": still_noise, "texture_motion": texture_motion, "detail_flicker": detail_flicker}


def main():
    shown = lambda values: [float(f"{v:.9g}") for v in values]
    vectors = [
        {"family": name, "picture": "formula", "size": n, "values": shown(function(picture(n)))}
        for name, function in families.items()
        for n in ((64, 45) if name == "spectrum" else (64, 150) if function in (residual_lags, chroma_detail) else (64, 41))
        if not name.startswith("patch_") or n == 64
    ]
    vectors += [
        {"family": "jpeg", "picture": make.__name__, "size": n, "values": shown(jpeg(make(n)))} for make in (checkerboard, dot) for n in (32, 21)
    ]
    vectors += [
        {"family": name, "picture": "pair", "size": n, "values": shown(function(picture(n), later(picture(n))))}
        for name, function in pairs.items()
        for n in (128, 75)
    ]
    tracks = [{"samples": n, "values": shown(landmarks(*talking_track(n)))} for n in (120, 31)]
    print(json.dumps({"features": vectors, "landmarks": tracks, "platt": platt()}, indent=1).replace("\n    ", " "))


if __name__ == "__main__":
    main()
