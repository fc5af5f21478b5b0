"""Golden values of the talking-head networks and their training, in plain PyTorch, written from the paper and the definitions of
docs/generator.md, "Networks", not from the C# code.

Run on Debian (python3-torch) from the repository's root:
    /usr/bin/python3 tests/reference/talking_heads.py tests/reference/golden

Both sides fill every tensor by one closed formula of its name, so that no weights have to be kept. Spectral norm is written out: sigma is
taken with the u that has already made its iteration of the step, and v from that u; torch.nn.utils.spectral_norm takes the v from before.
"""
import json
import math
import struct
import sys

import torch
import torch.nn.functional as F

PRESETS = {
    "parity-attention": dict(size=64, least=8, most=32, embedding=32, e=4, down=3, residual=2, d=5, attention=True),
    "heads-64": dict(size=64, least=24, most=192, embedding=192, e=4, down=3, residual=3, d=5, attention=False),
    "paper-256": dict(size=256, least=64, most=512, embedding=512, e=6, down=4, residual=4, d=7, attention=False),
}
# Where the constant of D's score starts: without it all scores of filled weights are far above 1, and half the hinge has no gradient. With it
# D(x) of the first batch lies below 1 and D of the made frames above -1, but for one true frame of heads-64, which is above 1.
SCORE_START = {"parity-attention": -108.5, "heads-64": -569.9}


def noise(name, count):
    """Uniform in (-sqrt 3, sqrt 3), of variance 1: the usual sine hash, in double precision."""
    c = sum(ord(letter) * (k + 1) for k, letter in enumerate(name)) % 10007 * 0.001
    x = torch.sin(torch.arange(count, dtype=torch.float64) * 12.9898 + c) * 43758.5453
    return (2 * (x - torch.floor(x)) - 1) * math.sqrt(3)


def picture(name, *shape):
    return (noise(name, math.prod(shape)) * 0.5).to(torch.float32).view(*shape)


class Network:
    """Parameters by name, u vectors of those under spectral norm, and Adam with beta1 = 0."""

    def __init__(self, name):
        self.name, self.values, self.u, self.second, self.steps, self.bound = name, {}, {}, {}, 0, None

    def add(self, name, shape, kind, spectral=False, start=0):
        count = math.prod(shape)
        raw = noise(f"{self.name}/{name}", count)
        if kind == "weight":
            raw = raw * math.sqrt(2 / (count // shape[0]))
        elif kind == "scale":
            raw = 1 + 0.1 * raw
        elif kind == "gamma":
            raw = 0.5 + 0 * raw
        else:
            raw = start + 0.1 * raw
        self.values[name] = raw.to(torch.float32).view(*shape).requires_grad_(True)
        if spectral:
            u = noise(f"{self.name}/{name}.u", shape[0])
            self.u[name] = (u / u.norm()).to(torch.float32)

    def conv(self, name, inputs, outputs, kernel, bias):
        self.add(f"{name}.weight", (outputs, inputs, kernel, kernel), "weight", spectral=True)
        if bias:
            self.add(f"{name}.bias", (outputs,), "bias")

    def bind(self, learn, advance):
        unit = lambda x: x / x.norm().clamp_min(1e-4)
        bound = {}
        for name, value in self.values.items():
            if not learn:
                value = value.detach()
            if name in self.u:
                flat = value.reshape(value.shape[0], -1)
                with torch.no_grad():
                    if advance:
                        self.u[name] = unit(flat @ unit(flat.t() @ self.u[name]))
                    v = unit(flat.t() @ self.u[name])
                value = value / (self.u[name] @ (flat @ v))
            bound[name] = value
        self.bound = bound

    def step(self, rate, eps):
        self.steps += 1
        with torch.no_grad():
            for name, value in self.values.items():
                g = value.grad
                self.second[name] = self.second.get(name, torch.zeros_like(g)) * 0.999 + 0.001 * g * g
                value -= rate * g / ((self.second[name] / (1 - 0.999 ** self.steps)).sqrt() + eps)
                value.grad = None

    def run_conv(self, name, x):
        weight = self.bound[f"{name}.weight"]
        return F.conv2d(x, weight, self.bound.get(f"{name}.bias"), padding=weight.shape[2] // 2)

    # A residual block; norm is None, "affine" or the running list of adaptive slots.
    def add_block(self, name, inputs, outputs, resample, norm, slots=None):
        for number, channels in ((1, inputs), (2, outputs)):
            if norm == "affine":
                self.add(f"{name}.norm{number}.weight", (channels,), "scale")
                self.add(f"{name}.norm{number}.bias", (channels,), "bias")
            elif norm == "adaptive":
                slots.append((f"{name}.norm{number}", channels))
            self.conv(f"{name}.conv{number}", inputs if number == 1 else outputs, outputs, 3, norm is None)
        if inputs != outputs or resample:
            self.conv(f"{name}.skip", inputs, outputs, 1, True)

    def run_block(self, name, x, resample, norm, first=False, psi=None):
        def normed(number, y):
            if norm is None:
                return y
            y = (y - y.mean((2, 3), keepdim=True)) / torch.sqrt(y.var((2, 3), unbiased=False, keepdim=True) + 1e-4)
            if norm == "affine":
                scale, bias = self.bound[f"{name}.norm{number}.weight"], self.bound[f"{name}.norm{number}.bias"]
                return y * scale.view(1, -1, 1, 1) + bias.view(1, -1, 1, 1)
            bias, scale = psi[f"{name}.norm{number}"]
            return y * scale + bias

        y = normed(1, x)
        if not first:
            y = F.relu(y)
        if resample == "up":
            y = y.repeat_interleave(2, 2).repeat_interleave(2, 3)
        y = self.run_conv(f"{name}.conv1", y)
        y = self.run_conv(f"{name}.conv2", F.relu(normed(2, y)))
        if f"{name}.skip.weight" in self.bound:
            x = x.repeat_interleave(2, 2).repeat_interleave(2, 3) if resample == "up" else x
            x = self.run_conv(f"{name}.skip", x)
            x = F.avg_pool2d(x, 2) if resample == "down" else x
        if resample == "down":
            y = F.avg_pool2d(y, 2)
        return x + y

    def add_attention(self, name, channels):
        for part, inputs, outputs in (("query", channels, channels // 8), ("key", channels, channels // 8), ("value", channels, channels // 2), ("output", channels // 2, channels)):
            self.conv(f"{name}.{part}", inputs, outputs, 1, False)
        self.add(f"{name}.gamma", (1,), "gamma")

    def run_attention(self, name, x):
        n, _, h, w = x.shape
        query = self.run_conv(f"{name}.query", x).flatten(2)
        key = F.max_pool2d(self.run_conv(f"{name}.key", x), 2).flatten(2)
        value = F.max_pool2d(self.run_conv(f"{name}.value", x), 2).flatten(2)
        weights = torch.softmax(torch.einsum("ncq,nck->nqk", query, key), -1)
        mixed = torch.einsum("nck,nqk->ncq", value, weights).view(n, -1, h, w)
        return x + self.bound[f"{name}.gamma"] * self.run_conv(f"{name}.output", mixed)


class TalkingHeads:
    def __init__(self, preset):
        self.p = p = PRESETS[preset]
        channels = lambda i: min(p["most"], p["least"] << i)
        self.channels = channels
        # Attention stands where the map is 32 pixels wide on the way down, 64 on the way up.
        self.e, self.g, self.d, self.proj = Network("embedder"), Network("generator"), Network("discriminator"), Network("projection")
        self.body(self.e, 6, p["e"], None)
        self.body(self.g, 3, p["down"], "affine")
        slots = []
        width = channels(p["down"] - 1)
        for i in range(p["residual"]):
            self.g.add_block(f"residual{i}", width, p["most"], None, "adaptive", slots)
            width = p["most"]
        for i in range(p["down"]):
            outputs = channels(p["down"] - 1 - i)
            self.g.add_block(f"up{i}", width, outputs, "up", "adaptive", slots)
            width = outputs
            if self.attends_up(i):
                self.g.add_attention(f"up{i}.attention", width)
        slots.append(("head.norm", width))
        self.g.conv("head.conv", width, 3, 3, True)
        self.slots = slots
        self.proj.add("linear.weight", (2 * sum(c for _, c in slots), p["embedding"]), "weight", spectral=True)
        self.proj.add("linear.bias", (2 * sum(c for _, c in slots),), "bias")
        self.body(self.d, 6, p["d"] - 1, None)
        self.d.add_block("last", channels(p["d"] - 2), p["embedding"], None, None)
        self.d.add("w0.weight", (1, p["embedding"]), "weight", spectral=True)
        self.d.add("w0.bias", (1,), "bias", start=SCORE_START.get(preset, 0))

    def attends_down(self, i):
        return self.p["attention"] and self.p["size"] >> (i + 1) == 32

    def attends_up(self, i):
        return self.p["attention"] and (self.p["size"] >> self.p["down"]) << (i + 1) == 64

    def body(self, net, inputs, count, norm):
        for i in range(count):
            net.add_block(f"down{i}", inputs if i == 0 else self.channels(i - 1), self.channels(i), "down", None if i == 0 else norm)
            if self.attends_down(i):
                net.add_attention(f"down{i}.attention", self.channels(i))

    def run_body(self, net, x, count, norm):
        outputs = []
        for i in range(count):
            x = net.run_block(f"down{i}", x, "down", None if i == 0 else norm, first=i == 0)
            if self.attends_down(i):
                x = net.run_attention(f"down{i}.attention", x)
            outputs.append(x)
        return outputs

    def embed(self, shots, k):
        vectors = F.relu(self.run_body(self.e, shots, self.p["e"], None)[-1]).sum((2, 3))
        return vectors.view(-1, k, vectors.shape[1]).mean(1)

    def psi(self, embedding):
        return embedding @ self.proj.bound["linear.weight"].t() + self.proj.bound["linear.bias"]

    def generate(self, landmarks, psi):
        cut, at = {}, 0
        for name, width in self.slots:
            cut[name] = tuple(psi[:, start:start + width, None, None] for start in (at, at + width))
            at += 2 * width
        x = self.run_body(self.g, landmarks, self.p["down"], "affine")[-1]
        for i in range(self.p["residual"]):
            x = self.g.run_block(f"residual{i}", x, None, "adaptive", psi=cut)
        for i in range(self.p["down"]):
            x = self.g.run_block(f"up{i}", x, "up", "adaptive", psi=cut)
            if self.attends_up(i):
                x = self.g.run_attention(f"up{i}.attention", x)
        x = (x - x.mean((2, 3), keepdim=True)) / torch.sqrt(x.var((2, 3), unbiased=False, keepdim=True) + 1e-4)
        bias, scale = cut["head.norm"]
        return torch.tanh(self.g.run_conv("head.conv", F.relu(x * scale + bias)))

    def features(self, pairs):
        blocks = self.run_body(self.d, pairs, self.p["d"] - 1, None)
        blocks.append(self.d.run_block("last", blocks[-1], None, None))
        return blocks, F.relu(blocks[-1]).sum((2, 3))

    def score(self, vectors, rows):
        return (vectors * (rows + self.d.bound["w0.weight"])).sum(1) + self.d.bound["w0.bias"]


def content(made, true):
    """At four scales the mean absolute difference of the pictures, and twice that of what the next scale loses."""
    total, a, b = (made - true).abs().mean(), made, true
    for _ in range(3):
        small_a, small_b = F.avg_pool2d(a, 2), F.avg_pool2d(b, 2)
        large = lambda x: x.repeat_interleave(2, 2).repeat_interleave(2, 3)
        total = total + 2 * ((a - large(small_a)) - (b - large(small_b))).abs().mean() + (small_a - small_b).abs().mean()
        a, b = small_a, small_b
    return total / 4


BATCH, SHOTS, VIDEOS, STEPS = 2, 2, 3, 10
RATE, EPS = 2e-5, 1e-5
# With beta1 = 0 Adam's first step is almost the gradient's sign, so rounding of the smallest entries moves D by as much as the largest. Gradients
# of E, G and P are therefore compared behind a D that does not move; ten steps at this rate agree between float32 and float64 to 3e-4.
STILL = 0.0


def batch(size, step):
    return dict(
        shots=picture(f"shots/{step}", BATCH * SHOTS, 6, size, size),
        target=picture(f"target/{step}", BATCH, 3, size, size),
        landmarks=picture(f"landmarks/{step}", BATCH, 3, size, size),
    )


def gradient(out, preset, net):
    for name, value in net.values.items():
        flat = value.grad.flatten()
        picks = [(k * (flat.numel() - 1)) // 7 for k in range(8)]
        out[f"{preset}/gradient/{net.name}/{name}"] = torch.cat([flat.norm().view(1), flat[picks]])


def sample(values):
    """The norm, and at most 2,048 entries at equal distances."""
    flat = values.detach().flatten()
    count = min(2048, flat.numel())
    picks = torch.arange(count) * (flat.numel() - 1) // max(1, count - 1)
    return torch.cat([flat.norm().view(1), flat[picks]])


def train(out, preset, steps, rate_d):
    nets = TalkingHeads(preset)
    size = nets.p["size"]
    # W: a row a video, each with its own moment and step count.
    table, second = torch.zeros(VIDEOS, nets.p["embedding"]), torch.zeros(VIDEOS, nets.p["embedding"])
    count, met = [0] * VIDEOS, set()
    losses = []
    for step in range(steps):
        b = batch(size, step)
        for net in (nets.e, nets.g, nets.proj):
            net.bind(True, True)
        embedding = nets.embed(b["shots"], SHOTS)
        psi = nets.psi(embedding)
        made = nets.generate(b["landmarks"], psi)
        videos = [(step + k) % VIDEOS for k in range(BATCH)]
        for place, video in enumerate(videos):
            if video not in met:
                table[video] = embedding[place].detach()
                met.add(video)
        for update in range(2):
            nets.d.bind(True, True)
            rows = table[videos].clone().requires_grad_(True)
            true_blocks, true_v = nets.features(torch.cat([b["target"], b["landmarks"]], 1))
            made_blocks, made_v = nets.features(torch.cat([made.detach(), b["landmarks"]], 1))
            if steps == 1 and update == 0:
                out[f"{preset}/embedding"], out[f"{preset}/psi"], out[f"{preset}/frame"] = sample(embedding), sample(psi), sample(made)
                out[f"{preset}/vectors"] = sample(true_v)
                out[f"{preset}/score"] = nets.score(true_v, rows).detach()
            hinge = F.relu(1 - nets.score(true_v, rows)).mean() + F.relu(1 + nets.score(made_v, rows)).mean()
            hinge.backward()
            if steps == 1 and update == 0:
                gradient(out, preset, nets.d)
                out[f"{preset}/gradient/videos"] = sample(rows.grad)
            nets.d.step(rate_d, EPS)
            for place, video in enumerate(videos):
                count[video] += 1
                second[video] = second[video] * 0.999 + 0.001 * rows.grad[place] ** 2
                table[video] -= rate_d * rows.grad[place] / ((second[video] / (1 - 0.999 ** count[video])).sqrt() + EPS)
        rows = table[videos]
        nets.d.bind(False, False)
        with torch.no_grad():
            true_blocks, _ = nets.features(torch.cat([b["target"], b["landmarks"]], 1))
        made_blocks, made_v = nets.features(torch.cat([made, b["landmarks"]], 1))
        l_content = content(made, b["target"])
        l_adversarial = -nets.score(made_v, rows).mean()
        l_features = sum((x - y).abs().mean() for x, y in zip(made_blocks, true_blocks)) / len(made_blocks)
        l_matching = (rows - embedding).abs().mean()
        (40 * l_content + l_adversarial + 10 * l_features + l_matching).backward()
        if steps == 1:
            for net in (nets.e, nets.g, nets.proj):
                gradient(out, preset, net)
        for net in (nets.e, nets.g, nets.proj):
            net.step(RATE, EPS)
        losses.append([x.item() for x in (l_content, l_adversarial, l_features, l_matching, hinge)])
    if steps > 1:
        out[f"{preset}/losses"] = torch.tensor(losses)


def forward(out, preset):
    nets = TalkingHeads(preset)
    b = {name: value[:1] for name, value in batch(nets.p["size"], 0).items()}
    with torch.no_grad():
        for net in (nets.e, nets.g, nets.proj, nets.d):
            net.bind(False, True)
        embedding = nets.embed(b["shots"], 1)
        psi = nets.psi(embedding)
        made = nets.generate(b["landmarks"], psi)
        _, vectors = nets.features(torch.cat([b["target"], b["landmarks"]], 1))
        out[f"{preset}/embedding"], out[f"{preset}/psi"], out[f"{preset}/frame"] = sample(embedding), sample(psi), sample(made)
        out[f"{preset}/vectors"], out[f"{preset}/score"] = sample(vectors), nets.score(vectors, embedding)


def save(path, tensors):
    header, data = {"__metadata__": {"written_by": "tests/reference/talking_heads.py"}}, b""
    for name, value in sorted(tensors.items()):
        raw = value.to(torch.float32).contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


if __name__ == "__main__":
    golden = {}
    for name in ("parity-attention", "heads-64"):
        train(golden, name, 1, STILL)
        train(golden, name, STEPS, RATE)
    forward(golden, "paper-256")
    save(f"{sys.argv[1]}/talking_heads.safetensors", golden)
    for name in ("parity-attention", "heads-64"):
        print(name, golden[f"{name}/losses"])
