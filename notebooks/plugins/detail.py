"""A detector for ForensicHeads in Python and NumPy: generated faces are often smoother than filmed ones, so little fine detail counts as
generated.

It shows what a program is given and what it has to give back. Replace `score` by your own detector.
"""
import csv
import sys

import numpy as np

from warp import read_png


def score(image):
    grey = image @ np.array([0.299, 0.587, 0.114]) / 255
    edges = 4 * grey[1:-1, 1:-1] - grey[:-2, 1:-1] - grey[2:, 1:-1] - grey[1:-1, :-2] - grey[1:-1, 2:]
    return -np.log((edges ** 2).mean() + 1e-6)


if __name__ == "__main__":
    listed, out = sys.argv[1:3]
    with open(listed, newline="") as rows, open(out, "w", newline="") as scores:
        write = csv.writer(scores)
        write.writerow(["key", "score"])
        for row in csv.DictReader(rows):
            # Leave the score empty where you cannot tell.
            write.writerow([row["key"], repr(float(score(read_png(row["path"]))))])
