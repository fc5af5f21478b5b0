"""Seconds of one meta-learning step in plain PyTorch, the yardstick of the benchmark `training`: torch.nn modules, torch.nn.utils.spectral_norm,
torch.optim.Adam, written as one would write it for a paper. Prints the median of the steps asked for.

    /usr/bin/python3 tests/reference/training_speed.py heads-64 8 4 2 2 5      (preset, batch, K, D updates, threads, steps)
"""
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils import spectral_norm as sn

PRESETS = {"heads-64": (64, 24, 192, 4, 3, 3, 5), "heads-128": (128, 32, 256, 5, 3, 4, 6)}


class Block(nn.Module):
    def __init__(self, inputs, outputs, resample=None, norm=None, first=False):
        super().__init__()
        self.resample, self.norm, self.first, self.widths = resample, norm, first, (inputs, outputs)
        if norm == "affine":
            self.norm1, self.norm2 = nn.InstanceNorm2d(inputs, eps=1e-4, affine=True), nn.InstanceNorm2d(outputs, eps=1e-4, affine=True)
        self.conv1 = sn(nn.Conv2d(inputs, outputs, 3, padding=1, bias=norm is None))
        self.conv2 = sn(nn.Conv2d(outputs, outputs, 3, padding=1, bias=norm is None))
        self.skip = sn(nn.Conv2d(inputs, outputs, 1)) if inputs != outputs or resample else None

    def normed(self, number, x, psi):
        if self.norm is None:
            return x
        if self.norm == "affine":
            return (self.norm1 if number == 1 else self.norm2)(x)
        width = self.widths[number - 1]
        values = psi.pop()
        return F.instance_norm(x, eps=1e-4) * values[:, width:, None, None] + values[:, :width, None, None]

    def forward(self, x, psi=None):
        y = self.normed(1, x, psi)
        if not self.first:
            y = F.relu(y)
        if self.resample == "up":
            y = F.interpolate(y, scale_factor=2)
        y = self.conv2(F.relu(self.normed(2, self.conv1(y), psi)))
        if self.resample == "down":
            y = F.avg_pool2d(y, 2)
        if self.skip is not None:
            x = F.interpolate(x, scale_factor=2) if self.resample == "up" else x
            x = self.skip(x)
            x = F.avg_pool2d(x, 2) if self.resample == "down" else x
        return x + y


def main(preset, batch, shots, updates, threads, steps):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    size, least, most, e_blocks, g_down, g_residual, d_blocks = PRESETS[preset]
    width = lambda i: min(most, least << i)
    body = lambda inputs, count, norm: [Block(inputs if i == 0 else width(i - 1), width(i), "down", None if i == 0 else norm, i == 0) for i in range(count)]
    embedder = nn.Sequential(*body(6, e_blocks, None))
    length = width(e_blocks - 1)
    down = nn.Sequential(*body(3, g_down, "affine"))
    middle = nn.ModuleList([Block(width(g_down - 1) if i == 0 else most, most, None, "adaptive") for i in range(g_residual)])
    middle.extend([Block(most if i == 0 else width(g_down - i), width(g_down - 1 - i), "up", "adaptive") for i in range(g_down)])
    head = sn(nn.Conv2d(least, 3, 3, padding=1))
    slots = [w for block in middle for w in block.widths] + [least]
    projection = sn(nn.Linear(length, 2 * sum(slots)))
    d_body = nn.ModuleList(body(6, d_blocks - 1, None) + [Block(width(d_blocks - 2), length)])
    w0 = sn(nn.Linear(length, 1))
    table = nn.Parameter(torch.zeros(batch, length))

    def discriminate(x):
        blocks = []
        for block in d_body:
            x = block(x)
            blocks.append(x)
        v = F.relu(x).sum((2, 3))
        rows = table.repeat(len(v) // batch, 1)
        return blocks, (v * rows).sum(1) + w0(v).view(-1)

    g_side = [p for module in (embedder, down, middle, head, projection) for p in module.parameters()]
    g_adam = torch.optim.Adam(g_side, lr=5e-5, betas=(0, 0.999), eps=1e-5)
    d_adam = torch.optim.Adam([*d_body.parameters(), *w0.parameters(), table], lr=2e-4, betas=(0, 0.999), eps=1e-5)
    average = [p.detach().clone() for p in g_side]
    seen, true, marks = torch.randn(batch * shots, 6, size, size), torch.rand(batch, 3, size, size) * 2 - 1, torch.rand(batch, 3, size, size) * 2 - 1
    times = []
    for _ in range(steps + 1):
        start = time.perf_counter()
        vector = F.relu(embedder(seen)).sum((2, 3)).view(batch, shots, -1).mean(1)
        psi = list(projection(vector).split([2 * w for w in slots], 1))[::-1]
        x = down(marks)
        for block in middle:
            x = block(x, psi)
        values = psi.pop()
        made = torch.tanh(head(F.relu(F.instance_norm(x, eps=1e-4) * values[:, least:, None, None] + values[:, :least, None, None])))
        for _ in range(updates):
            _, scores = discriminate(torch.cat([torch.cat([true, made.detach()]), torch.cat([marks, marks])], 1))
            d_loss = F.relu(1 - scores[:batch]).mean() + F.relu(1 + scores[batch:]).mean()
            d_adam.zero_grad(set_to_none=True)
            d_loss.backward()
            d_adam.step()
        for p in d_adam.param_groups[0]["params"]:
            p.requires_grad_(False)
        with torch.no_grad():
            true_blocks, _ = discriminate(torch.cat([true, marks], 1))
        made_blocks, scores = discriminate(torch.cat([made, marks], 1))
        difference, loss = made - true, 0
        loss = loss + difference.abs().mean()
        for _ in range(3):
            small = F.avg_pool2d(difference, 2)
            loss = loss + 2 * (difference - F.interpolate(small, scale_factor=2)).abs().mean() + small.abs().mean()
            difference = small
        loss = 10 * loss - scores.mean() + 10 * sum((a - b).abs().mean() for a, b in zip(made_blocks, true_blocks)) / len(made_blocks) + (table - vector).abs().mean()
        g_adam.zero_grad(set_to_none=True)
        loss.backward()
        g_adam.step()
        for p in d_adam.param_groups[0]["params"]:
            p.requires_grad_(True)
        with torch.no_grad():
            torch._foreach_mul_(average, 0.999)
            torch._foreach_add_(average, [p.detach() for p in g_side], alpha=0.001)
        times.append(time.perf_counter() - start)
    print(sorted(times[1:])[steps // 2])


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
