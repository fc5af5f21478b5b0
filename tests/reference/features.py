"""Golden vectors of the detector's features and calibration, written from the definitions with NumPy and SciPy, not from the C# code.

Run on Debian (python3-numpy, python3-scipy) from the repository's root:
    /usr/bin/python3 tests/reference/features.py > tests/reference/golden/detector_features.json
"""
import json

import numpy as np
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


def grey(image):
    return image[..., 0] * 0.299 + image[..., 1] * 0.587 + image[..., 2] * 0.114


def spectrum(image):
    n = image.shape[0]
    level = 20 * np.log(np.abs(np.fft.fftshift(np.fft.fft2(grey(image)))) + 1e-8)
    y, x = np.mgrid[0:n, 0:n] - n // 2
    ring = np.floor(np.hypot(x, y)).astype(int)
    means = np.array([level[ring == r].mean() for r in range(int(np.floor(n / np.sqrt(2))))])
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
            variance = d.var()
            out += [np.abs(d).mean(), variance, ((d - d.mean()) ** 4).mean() / variance**2 if variance else 0]
            whole = np.rint(np.clip(d, -10 / 255, 10 / 255) * 255).astype(int)
            out += list(np.bincount(whole + 10, minlength=21) / d.size)
    return np.array(out)


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


families = {"spectrum": spectrum, "dct_beta": dct_beta, "npr_stats": npr_stats, "trivial_pixels": trivial_pixels}
vectors = [
    {"family": name, "size": n, "values": [float(f"{v:.9g}") for v in function(picture(n))]}
    for name, function in families.items()
    for n in ((64, 45) if name == "spectrum" else (64, 41))
]
print(json.dumps({"features": vectors, "platt": platt()}, indent=1).replace("\n    ", " "))
