"""Reference numbers for ForensicHeads.Reporting.Tests, from public implementations and not from the code under test.

Debian 12: apt-get install python3-numpy python3-scipy python3-sklearn python3-skimage; then: /usr/bin/python3 statistics.py
Printed with numpy 1.24.2, scipy 1.10.1, scikit-learn 1.2.1, scikit-image 0.19.3.
With a folder as argument it also writes the data that statistics.R reads.
"""

import itertools
import os
import sys

import numpy as np
from scipy import linalg, optimize, stats
from skimage.metrics import peak_signal_noise_ratio, structural_similarity
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import brier_score_loss, roc_auc_score, roc_curve


class Lcg:
    """The generator that the tests rebuild: 31-bit linear congruential, top bits only."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (1103515245 * self.state + 12345) % 2**31
        return self.state >> 8

    def uniform(self):
        return self.next() / 2**23


def make(seed, people, frames, shift):
    """(person, generated, score) with a person effect; two decimals, so that ties occur."""
    lcg = Lcg(seed)
    rows = []
    for person in range(people):
        for generated in (0, 1):
            effect = lcg.uniform() - 0.5
            for _ in range(frames + person % 3):
                score = np.floor(100 * (effect + lcg.uniform() + shift * generated)) / 100
                rows.append((person, generated, score))
    return np.array(rows)


def auc(rows):
    return roc_auc_score(rows[:, 1], rows[:, 2])


def show(name, *values):
    print(name, *[f"{v:.12g}" for v in values])


A, B = make(1, 9, 12, 0.45), make(2, 9, 12, 0.2)
people = np.arange(9)
tq = stats.t.ppf(0.975, 8)

# AUC and its delete-one-person jackknife on the logit scale
loo = np.array([auc(A[A[:, 0] != i]) for i in people])
logit = np.log(loo / (1 - loo))
se = np.sqrt(8 / 9 * ((logit - logit.mean()) ** 2).sum())
centre = np.log(auc(A) / (1 - auc(A)))
show("auc", auc(A), *(1 / (1 + np.exp(-(centre + np.array([-1, 1]) * tq * se)))))

# paired difference of two AUCs
diff = np.array([auc(A[A[:, 0] != i]) - auc(B[B[:, 0] != i]) for i in people])
half = tq * np.sqrt(8 / 9 * ((diff - diff.mean()) ** 2).sum())
d = auc(A) - auc(B)
show("auc difference", d, d - half, d + half)


def shares(rows):
    real, fake = rows[rows[:, 1] == 0], rows[rows[:, 1] == 1]
    wins = (fake[:, 2][:, None] > real[:, 2]) + 0.5 * (fake[:, 2][:, None] == real[:, 2])
    return np.array([wins[fake[:, 0] == i].sum() / wins.size for i in people])


def sign_flip(x):
    sums = [abs(np.dot(s, x)) for s in itertools.product((-1, 1), repeat=len(x))]
    return np.mean(np.array(sums) >= abs(x.sum()) - 1e-12)


show("auc difference p", sign_flip(shares(A) - shares(B)))
x = np.array([0.31, -0.12, 0.2, 0.05, 0.4, -0.02, 0.17])
ci = stats.t.interval(0.95, 6, x.mean(), stats.sem(x))
show("paired mean", x.mean(), *ci, sign_flip(x), stats.ttest_1samp(x, 0).pvalue)

# EER with linear interpolation; TPR at FPR 1 %
fpr, tpr, _ = roc_curve(A[:, 1], A[:, 2], drop_intermediate=False)
show("eer", optimize.brentq(lambda f: 1 - f - np.interp(f, fpr, tpr), 0, 1))
show("tpr at fpr 5 %", tpr[fpr <= 0.05].max())

# Cllr_min by scikit-learn's isotonic regression
order = IsotonicRegression(y_min=0, y_max=1)
posterior = order.fit_transform(A[:, 2], A[:, 1])
n1, n0 = (A[:, 1] == 1).sum(), (A[:, 1] == 0).sum()
with np.errstate(divide="ignore"):
    lr = posterior / (1 - posterior) * n0 / n1
    cllr_min = 0.5 * (np.log2(1 + 1 / lr[A[:, 1] == 1]).mean() + np.log2(1 + lr[A[:, 1] == 0]).mean())
llr = (A[:, 2] - 0.7) * 2
cllr = 0.5 * (np.log2(1 + 10 ** -llr[A[:, 1] == 1]).mean() + np.log2(1 + 10 ** llr[A[:, 1] == 0]).mean())
show("cllr, cllr_min", cllr, cllr_min)

# Empirical cross-entropy at prior log10 odds -1, 0, 1: as stated, after isotonic regression, of ratios that are all 1 (Ramos and Gonzalez-Rodriguez 2013)
def cross_entropy(ratios, odds):
    prior = odds / (1 + odds)
    with np.errstate(divide="ignore"):
        return prior * np.log2(1 + 1 / (ratios[A[:, 1] == 1] * odds)).mean() + (1 - prior) * np.log2(1 + ratios[A[:, 1] == 0] * odds).mean()


for exponent in (-1, 0, 1):
    show(f"cross-entropy at {exponent}", *[cross_entropy(r, 10.0**exponent) for r in (10**llr, lr, np.ones(len(A)))])

# Brier; expected calibration error over 15 equal-mass bins (no ties in p here, so numpy's split of the sorted items is the definition)
lcg = Lcg(5)
p = np.array([lcg.uniform() for _ in range(150)])
y = np.array([int(lcg.uniform() < q * q) for q in p])
bins = np.array_split(np.argsort(p), 15)
show("brier, ece", brier_score_loss(y, p), sum(len(b) * abs(p[b].mean() - y[b].mean()) for b in bins) / len(p))

# Korn and Graubard, written from the paper with scipy's beta and t
successes, items = np.array([9, 10, 4, 8, 10, 7]), np.array([10, 10, 10, 12, 10, 8])
share, total, n = successes.sum() / items.sum(), items.sum(), len(items)
variance = n / (n - 1) * ((successes - share * items) ** 2).sum() / total**2
effective = min(total, share * (1 - share) / variance * (stats.t.ppf(0.975, total - 1) / stats.t.ppf(0.975, n - 1)) ** 2)
a = share * effective
show("korn-graubard", share, stats.beta.ppf(0.025, a, effective - a + 1), stats.beta.ppf(0.975, a + 1, effective - a), effective)

# SSIM and PSNR of two pictures that the tests rebuild
lcg = Lcg(7)
h, w = 23, 31
first = np.array([[[(5 * i + 3 * j + 40 * c + (lcg.next() % 64)) % 256 for c in range(3)] for j in range(w)] for i in range(h)], np.uint8)
second = np.array([[[min(255, max(0, int(first[i, j, c]) + lcg.next() % 41 - 20)) for c in range(3)] for j in range(w)] for i in range(h)], np.uint8)
show(
    "ssim, psnr",
    structural_similarity(first, second, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=255, channel_axis=-1),
    peak_signal_noise_ratio(first, second, data_range=255),
)


# Kernel and Fréchet distance of features, ratio of means: five people, four frames each, vectors of six values
def features(seed, shift):
    lcg = Lcg(seed)
    rows = []
    for person in range(5):
        effect = [lcg.uniform() for _ in range(6)]
        for _ in range(4):
            rows.append([np.float32(effect[k] + lcg.uniform() + shift * (k < 2)) for k in range(6)])
    return np.array(rows, np.float64), np.repeat(np.arange(5), 4)


def kid(x, y):
    xx, yy, xy = [(np.dot(a, b.T) / x.shape[1] + 1) ** 3 for a, b in ((x, x), (y, y), (x, y))]
    n, m = len(x), len(y)
    return (xx.sum() - np.trace(xx)) / (n * (n - 1)) + (yy.sum() - np.trace(yy)) / (m * (m - 1)) - 2 * xy.mean()


def jackknife(value, left):
    n = len(left)
    half = stats.t.ppf(0.975, n - 1) * np.sqrt((n - 1) / n * ((left - left.mean()) ** 2).sum())
    return value, value - half, value + half


X, who = features(11, 0)
Y, _ = features(12, 0.5)
Z, _ = features(13, 0.2)
show("kid", *jackknife(kid(X, Y), np.array([kid(X[who != p], Y[who != p]) for p in range(5)])))
show("kid difference", *jackknife(kid(X, Y) - kid(X, Z), np.array([kid(X[who != p], Y[who != p]) - kid(X[who != p], Z[who != p]) for p in range(5)])))


def fid(x, y):
    root = linalg.sqrtm(np.cov(x.T) @ np.cov(y.T)).real
    return ((x.mean(0) - y.mean(0)) ** 2).sum() + np.trace(np.cov(x.T) + np.cov(y.T) - 2 * root)


show("fid", *jackknife(fid(X, Y), np.array([fid(X[who != p], Y[who != p]) for p in range(5)])))
show("fid difference", *jackknife(fid(X, Y) - fid(X, Z), np.array([fid(X[who != p], Y[who != p]) - fid(X[who != p], Z[who != p]) for p in range(5)])))

a, b = np.array([0.031, 0.052, 0.04, 0.027, 0.061, 0.038]), np.array([0.066, 0.071, 0.059, 0.049, 0.08, 0.033])
ratio, low, high = jackknife(np.log(a.mean() / b.mean()), np.array([np.log(np.delete(a, i).mean() / np.delete(b, i).mean()) for i in range(6)]))
show("paired ratio", *np.exp([ratio, low, high]))


# Sign-flip test and Wilson's limits by scipy itself
show("sign flip, scipy", stats.permutation_test((x,), np.sum, permutation_type="samples", n_resamples=np.inf).pvalue)
show("sign flip of shares, scipy", stats.permutation_test((shares(A) - shares(B),), np.sum, permutation_type="samples", n_resamples=np.inf).pvalue)
for k, n in ((81, 263), (15, 148), (0, 20), (1, 29)):
    show(f"wilson {k}/{n}", *stats.binomtest(k, n).proportion_ci(method="wilson"))
show("clopper-pearson 11/12", *stats.binomtest(11, 12).proportion_ci(method="exact"))
show("clopper-pearson 11.4 of 12", stats.beta.ppf(0.025, 11.4, 1.6), stats.beta.ppf(0.975, 12.4, 0.6))


# Obuchowski's variance of a clustered AUC, from the paper, item by item
def obuchowski(rows):
    real, fake = rows[rows[:, 1] == 0], rows[rows[:, 1] == 1]
    wins = (fake[:, 2][:, None] > real[:, 2]) + 0.5 * (fake[:, 2][:, None] == real[:, 2])
    area, m, n = wins.mean(), len(fake), len(real)
    clusters = np.unique(rows[:, 0])
    v10 = np.array([wins[fake[:, 0] == c].mean(1).sum() - (fake[:, 0] == c).sum() * area for c in clusters])
    v01 = np.array([wins[:, real[:, 0] == c].mean(0).sum() - (real[:, 0] == c).sum() * area for c in clusters])
    i10, i01, i = len(np.unique(fake[:, 0])), len(np.unique(real[:, 0])), len(clusters)
    s10, s01 = i10 / (i10 - 1) / m * (v10**2).sum(), i01 / (i01 - 1) / n * (v01**2).sum()
    return s10 / m + s01 / n + 2 * i / (i - 1) * (v10 * v01).sum() / (m * n)


lone = A.copy()
lone[:, 0] = np.arange(len(A))
show("obuchowski A, B, one item a person (DeLong)", obuchowski(A), obuchowski(B), obuchowski(lone))


# Obuchowski's clustered McNemar test, from the paper: variances and covariance of two shares about the pooled one, concordant pairs included
def mcnemar(first, second, people):
    clusters = np.unique(people)
    k, n, pooled = len(clusters), len(people), (first.mean() + second.mean()) / 2
    x1, x2 = [np.array([(x[people == c] - pooled).sum() for c in clusters]) for x in (first, second)]
    v = k / (k - 1) / n**2
    statistic = (first.mean() - second.mean()) ** 2 / (v * (x1**2).sum() + v * (x2**2).sum() - 2 * v * (x1 * x2).sum())
    return statistic, stats.chi2.sf(statistic, 1)


first, second = [(rows[:, 2] > 0.7) == (rows[:, 1] == 1) for rows in (A, B)]
show("clustered mcnemar", *mcnemar(first, second, A[:, 0]))
show("one pair a person", *mcnemar(first, second, np.arange(len(A))))

# Detection error trade-off on normal deviates
show("det deviates", *stats.norm.ppf([0.001, 0.01, 0.05, 0.2, 0.5]))

# Tippett: shares above, by counting
llr_real, llr_fake = llr[A[:, 1] == 0], llr[A[:, 1] == 1]
show("tippett above -0.51, 0.01, 0.51", *[(v > t).mean() for v in (llr_real, llr_fake) for t in (-0.51, 0.01, 0.51)])

if len(sys.argv) > 1:
    for name, rows in (("A", A), ("B", B)):
        np.savetxt(os.path.join(sys.argv[1], name + ".csv"), rows, delimiter=",", header="person,generated,score", comments="", fmt="%.10g")
