"""Made-up data on the plane: the playground's six sets and three of our own.

Each maker takes the number of points, a noise level from 0 to 1 (the playground offers 0 to 0.5)
and a source of random numbers, and returns the points X, shape (n, 2), with their labels y,
shape (n,). The playground's sets draw in exactly its order, so that with a SeedRandom stream a
link gives the same points as there. Noise of circle, xor and the regression sets moves a point
only while its label is decided, as in the original: the points stay where they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nncore.arrays import Array, BoolArray, FloatArray, IntArray, RandomSource
from nncore.checks import fraction, whole_number

TAU = 2 * np.pi
_CONES = (
    (-4, 2.5, 1),
    (0, 2.5, -1),
    (4, 2.5, 1),
    (-4, -2.5, -1),
    (0, -2.5, 1),
    (4, -2.5, -1),
)


@dataclass(frozen=True)
class DatasetInfo:
    """What is known of a data set before a point is drawn; an entry of DATASETS is all there is.

    Attributes:
        name: The name used in links.
        make: The maker `(n, noise, rng) -> (X, y)`, with X of shape (n, 2) and y of shape (n,).
        task: "binary" (y is +1.0 or -1.0), "multiclass" (y is 0, 1, ..., n_classes - 1) or
            "regression" (y is a real number).
        n_default: The usual number of points.
        n_classes: The number of classes; 0 for regression.
        title: How a reader sees it.
        look_for: What there is to see when a network learns it, in a sentence or two.
    """

    name: str
    make: Callable[[int, float, RandomSource], tuple[FloatArray, Array]]
    task: str
    n_default: int
    n_classes: int
    title: str = ""
    look_for: str = ""


def circle(n: int, noise: float, rng: RandomSource) -> tuple[FloatArray, FloatArray]:
    """Draw a disc of +1 (radius under 2.5) inside a ring of -1 (radius 3.5 to 5)."""
    n, noise = _checked(n, noise)
    r, angle, *shift = rng.random((n, 4)).T
    inner = np.arange(n) < _half(n)
    r = np.where(inner, r * 2.5, _between(r, 3.5, 5))
    X = np.column_stack([r * np.sin(angle * TAU), r * np.cos(angle * TAU)])
    moved = X + _between(np.column_stack(shift), -5, 5) * noise
    return X, _sign(np.hypot(*moved.T) < 2.5)


def xor(n: int, noise: float, rng: RandomSource) -> tuple[FloatArray, FloatArray]:
    """Draw four squares like a chessboard: +1 where x and y have one sign, 0.3 off the axes."""
    n, noise = _checked(n, noise)
    u = _between(rng.random((n, 4)), -5, 5)
    X = u[:, :2] + np.where(u[:, :2] > 0, 0.3, -0.3)
    moved = X + u[:, 2:] * noise
    return X, _sign(moved[:, 0] * moved[:, 1] >= 0)


def gauss(n: int, noise: float, rng: RandomSource) -> tuple[FloatArray, FloatArray]:
    """Draw two round clouds of variance 0.5 + 7 noise: +1 around (2, 2), -1 around (-2, -2)."""
    n, noise = _checked(n, noise)
    y = _sign(np.arange(n) < _half(n))
    spread = np.sqrt(0.5 + 7 * noise)
    return 2 * y[:, np.newaxis] + spread * _normal((n, 2), rng), y


def spiral(n: int, noise: float, rng: RandomSource) -> tuple[FloatArray, FloatArray]:
    """Draw two arms of 1.75 turns, +1 and -1, each point moved by up to `noise` in x and y."""
    n, noise = _checked(n, noise)
    sizes = (_half(n), n - _half(n))
    X = np.vstack([_arm(sizes[0], 0.0, noise, rng), _arm(sizes[1], np.pi, noise, rng)])
    return X, np.repeat([1.0, -1.0], sizes)


def reg_plane(n: int, noise: float, rng: RandomSource) -> tuple[FloatArray, FloatArray]:
    """Draw points of a slope for regression: y = (x1 + x2) / 10 over [-6, 6]^2."""
    X, moved = _square(n, noise, rng)
    return X, moved.sum(axis=1) / 10


def reg_gauss(n: int, noise: float, rng: RandomSource) -> tuple[FloatArray, FloatArray]:
    """Draw points of six cones for regression, of radius 2: three up (+1), three down (-1)."""
    X, moved = _square(n, noise, rng)
    y = np.zeros(len(X))
    for c1, c2, height in _CONES:  # none reaches into another
        y += height * np.maximum(0, 1 - np.hypot(moved[:, 0] - c1, moved[:, 1] - c2) / 2)
    return X, y


def moons(n: int, noise: float, rng: RandomSource) -> tuple[FloatArray, FloatArray]:
    """Draw two half circles that interlock: +1 above, -1 below (scikit-learn's idea)."""
    n, noise = _checked(n, noise)
    u = rng.random((n, 3))
    y = _sign(np.arange(n) < _half(n))
    angle = u[:, 0] * np.pi
    X = 3.2 * np.column_stack([y * np.cos(angle) - y / 2, y * np.sin(angle) - y / 4])
    return X + 4 * noise * _between(u[:, 1:], -1, 1), y


def blobs(n: int, noise: float, rng: RandomSource) -> tuple[FloatArray, IntArray]:
    """Draw three round clouds of variance 0.4 + 4 noise on a circle of radius 3; classes 0 to 2."""
    n, noise = _checked(n, noise)
    y = np.repeat(np.arange(3), _thirds(n))
    angle = np.pi / 2 - y * TAU / 3
    centres = 3 * np.column_stack([np.cos(angle), np.sin(angle)])
    return centres + np.sqrt(0.4 + 4 * noise) * _normal((n, 2), rng), y


def spiral3(n: int, noise: float, rng: RandomSource) -> tuple[FloatArray, IntArray]:
    """Draw three arms like the spiral's, of one turn each; classes 0, 1, 2."""
    n, noise = _checked(n, noise)
    sizes = _thirds(n)
    arms = [_arm(size, k * TAU / 3, noise, rng, turns=1.0) for k, size in enumerate(sizes)]
    return np.vstack(arms), np.repeat(np.arange(3), sizes)


def _checked(n: int, noise: float) -> tuple[int, float]:
    return whole_number("n", n, 1), fraction("noise", noise)


def _between(u: FloatArray, low: float, high: float) -> FloatArray:
    """Stretch numbers of [0, 1) to [low, high)."""
    return u * (high - low) + low


def _sign(is_positive: BoolArray) -> FloatArray:
    return np.where(is_positive, 1.0, -1.0)


def _half(n: int) -> int:
    return (n + 1) // 2


def _thirds(n: int) -> list[int]:
    return [(n + 2 - k) // 3 for k in range(3)]


def _square(n: int, noise: float, rng: RandomSource) -> tuple[FloatArray, FloatArray]:
    """Draw points of [-6, 6]^2, and the same points moved by noise."""
    n, noise = _checked(n, noise)
    u = _between(rng.random((n, 4)), -6, 6)
    return u[:, :2], u[:, :2] + u[:, 2:] * noise


def _arm(
    size: int, offset: float, noise: float, rng: RandomSource, turns: float = 1.75
) -> FloatArray:
    """Draw one arm of a spiral: the radius grows from 0 to 5 as the angle makes `turns` turns."""
    i = np.arange(size)
    r = i / max(size, 1) * 5
    t = turns * i / max(size, 1) * 2 * np.pi + offset
    shift = _between(rng.random((size, 2)), -1, 1) * noise
    return np.column_stack([r * np.sin(t), r * np.cos(t)]) + shift


def _normal(shape: tuple[int, ...], rng: RandomSource) -> FloatArray:
    """Return standard normal numbers by Marsaglia's polar method, using one of each pair only.

    The playground does the same; the number of draws is therefore not known beforehand. Pairs
    outside the circle are drawn again: as many at a time as numbers are missing, which is never
    one too many.
    """
    found: list[FloatArray] = []
    missing = int(np.prod(shape))
    while missing:
        v, w = (2 * rng.random((missing, 2)) - 1).T
        s = v * v + w * w
        inside = np.flatnonzero((s > 0) & (s <= 1))
        v, s = v[inside], s[inside]
        found.append(np.sqrt(-2 * np.log(s) / s) * v)
        missing -= len(v)
    return np.concatenate(found).reshape(shape)


_SETS = (
    DatasetInfo(
        "circle", circle, "binary", 500, 2, "Circle",
        "Each neuron of the first layer draws one straight border. The second layer bends them "
        "into a ring.",
    ),
    DatasetInfo(
        "xor", xor, "binary", 500, 2, "Exclusive or",
        "No single straight border can tell these apart. Watch two neurons share the work.",
    ),
    DatasetInfo(
        "gauss", gauss, "binary", 500, 2, "Gaussian",
        "One straight border is enough here. Take all hidden layers away and try again.",
    ),
    DatasetInfo(
        "spiral", spiral, "binary", 500, 2, "Spiral",
        "The hardest of the four: add neurons, layers or inputs until the arms come apart.",
    ),
    DatasetInfo(
        "reg-plane", reg_plane, "regression", 1200, 0, "Plane",
        "The value grows along the diagonal. A network without hidden layers can do it.",
    ),
    DatasetInfo(
        "reg-gauss", reg_gauss, "regression", 1200, 0, "Multi gaussian",
        "Six hills, up and down by turns. Count how many neurons it takes.",
    ),
    DatasetInfo(
        "moons", moons, "binary", 500, 2, "Moons",
        "Two half moons, hooked into each other: one bend in the border is enough.",
    ),
    DatasetInfo(
        "blobs", blobs, "multiclass", 500, 3, "Three blobs",
        "Three classes: the output has one neuron for each, and the largest one wins.",
    ),
    DatasetInfo(
        "spiral3", spiral3, "multiclass", 500, 3, "Three arms",
        "Three arms and three classes. It takes a larger network and some patience.",
    ),
)  # fmt: skip
DATASETS = {info.name: info for info in _SETS}
