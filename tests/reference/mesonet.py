"""Golden logits of MesoNet (Afchar et al. 2018), computed with NumPy from the paper's tables, not from the C# code.

Weights by formula always; the published ones where their folder is given (python3-h5py needed). Run on Debian from the repository's root:
    /usr/bin/python3 tests/reference/mesonet.py MODELS_FOLDER > tests/reference/golden/mesonet.json
Everything is as Keras keeps it: maps [height, width, channel], kernels [height, width, in, out].
"""
import json
import sys

import numpy as np


def picture(n):
    """The picture of features.py."""
    y, x = np.mgrid[0:n, 0:n].astype(np.int64)
    red = (37 * x + 11 * y * y + 5 * x * y) % 256
    green = (91 + 3 * x * x + 17 * y + 9 * (x ^ y)) % 256
    blue = (x * y * y + 29 * x + 101 * y) % 256
    smooth = 96 + (x * 64) // n + (y * 32) // n
    return np.stack([(smooth + red // 8), (smooth + green // 16), (200 - smooth + blue // 8)], axis=-1).astype(np.uint8)


def convolve(x, kernel, bias, dilation=1):
    side = kernel.shape[0]
    edge = side // 2 * dilation
    padded = np.pad(x, ((edge, edge), (edge, edge), (0, 0)))
    out = np.zeros(x.shape[:2] + (kernel.shape[3],)) + bias
    for i in range(side):
        for j in range(side):
            out += padded[i * dilation:i * dilation + x.shape[0], j * dilation:j * dilation + x.shape[1]] @ kernel[i, j]
    return np.maximum(out, 0)


def norm_and_pool(x, layer, pool):
    x = (x - layer["moving_mean"]) / np.sqrt(layer["moving_variance"] + 1e-3) * layer["gamma"] + layer["beta"]
    h, w, c = x.shape
    return x.reshape(h // pool, pool, w // pool, pool, c).max(axis=(1, 3))


class Layers:
    """Hands out layers of a kind in the order in which they were made."""

    def __init__(self, layers):
        number = lambda name: int(name.rsplit("_", 1)[1])
        self.queues = {kind: [layers[n] for n in sorted((n for n in layers if n.startswith(kind)), key=number)] for kind in ("conv2d", "batch_normalization", "dense")}

    def next(self, kind):
        return self.queues[kind].pop(0)


def meso(layers, image, inception):
    layers = Layers(layers)

    def convolution(x, dilation=1):
        layer = layers.next("conv2d")
        return convolve(x, layer["kernel"], layer["bias"], dilation)

    def module(x):
        branches = [convolution(x)]
        for dilation in (1, 2, 3):
            branches.append(convolution(convolution(x), dilation))
        return np.concatenate(branches, axis=-1)

    x = image / 255
    for stage, pool in enumerate((2, 2, 2, 4)):
        x = module(x) if inception and stage < 2 else convolution(x)
        x = norm_and_pool(x, layers.next("batch_normalization"), pool)
    hidden, output = layers.next("dense"), layers.next("dense")
    y = x.reshape(-1) @ hidden["kernel"] + hidden["bias"]
    y = np.where(y > 0, y, 0.1 * y)
    return float((y @ output["kernel"] + output["bias"])[0])


def formula(inception):
    """Weights by formula, layer by layer; the C# test makes the same."""
    layers, count = {}, 0

    def wave(shape, scale, offset=0.0):
        nonlocal count
        count += 1
        k = np.arange(int(np.prod(shape)))
        return (offset + scale * np.sin(0.9 * count + 0.37 * k + 0.0011 * k * k)).astype(np.float32).astype(float).reshape(shape)

    def conv(side, inputs, outputs):
        name = f"conv2d_{len([n for n in layers if n.startswith('conv')]) + 8}"
        layers[name] = {"kernel": wave((side, side, inputs, outputs), (2 / (side * side * inputs)) ** 0.5), "bias": wave((outputs,), 0.1)}

    def norm(channels):
        name = f"batch_normalization_{len([n for n in layers if n.startswith('batch')]) + 8}"
        layers[name] = {"gamma": wave((channels,), 0.3, 1), "beta": wave((channels,), 0.2), "moving_mean": wave((channels,), 0.1, 0.1), "moving_variance": wave((channels,), 0.1, 0.2)}

    def dense(inputs, outputs):
        name = f"dense_{len([n for n in layers if n.startswith('dense')]) + 8}"
        layers[name] = {"kernel": wave((inputs, outputs), (2 / inputs) ** 0.5), "bias": wave((outputs,), 0.1)}

    inputs = 3
    for side, width, branches in ((3, 8, (1, 4, 4, 2)), (5, 8, (2, 4, 4, 2))):
        if inception:
            for i, branch in enumerate(branches):
                conv(1, inputs, branch)
                if i:
                    conv(3, branch, branch)
            width = sum(branches)
        else:
            conv(side, inputs, width)
        norm(width)
        inputs = width
    for outputs in (16, 16):
        conv(5, inputs, outputs)
        norm(outputs)
        inputs = outputs
    dense(1024, 16)
    dense(16, 1)
    return layers


def published(path):
    import h5py

    with h5py.File(path, "r") as file:
        return {name: {key.split(":")[0]: np.array(value, dtype=float) for key, value in group[name].items()} for name, group in file.items() if name in group}


pictures = [picture(256), picture(256)[:, ::-1]]
golden = {"formula": {name: [meso(formula(inception), p, inception) for p in pictures] for name, inception in (("Meso4", False), ("MesoInception4", True))}, "published": {}}
for folder in sys.argv[1:]:
    for name in ("Meso4_DF", "Meso4_F2F", "MesoInception_DF", "MesoInception_F2F"):
        golden["published"][name + ".h5"] = [meso(published(f"{folder}/{name}.h5"), p, "Inception" in name) for p in pictures]
json.dump(golden, sys.stdout, indent=1)
print()
