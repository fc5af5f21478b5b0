"""Processor seconds a frame of each family of features.py on one thread, the yardstick of the benchmark `features`. Prints one JSON object.

    /usr/bin/python3 tests/reference/feature_speed.py FRAMES SIZE TRACK

FRAMES holds uint8[N, SIZE, SIZE, 3]; TRACK float32[N, 68, 2], 25 samples a second.
"""
import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import json
import sys
import time

import numpy as np

import features

LEAST_SECONDS = 0.4


def seconds(work, per_call=1):
    work(0)
    calls, start = 0, time.process_time()
    while time.process_time() - start < LEAST_SECONDS:
        work(calls)
        calls += 1
    return (time.process_time() - start) / calls / per_call


def main(frames, size, track):
    images = np.fromfile(frames, dtype=np.uint8).reshape(-1, size, size, 3)
    faces = np.fromfile(track, dtype=np.float32).reshape(-1, 68, 2)
    times, sure = np.arange(len(faces)) / 25, np.ones(len(faces))
    result = {name: seconds(lambda i: family(images[i % len(images)])) for name, family in features.families.items()}
    result["landmarks"] = seconds(lambda i: features.landmarks(times, faces, sure), len(faces))
    print(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
