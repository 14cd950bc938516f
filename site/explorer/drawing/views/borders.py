"""The borders between a softmax's classes over two numbers: straight, and worked out exactly.

The class with the largest score w.f + b wins. Two scores are equal on a straight line; the part
of it on which they are also the largest is the border.
"""

import itertools

import numpy as np


def borders(weights, biases, reach):
    """(n, 4) segments x0, y0, x1, y1 within [-reach, reach]^2, one at most per pair of classes.

    Args:
        weights: (2, k), biases: (k,) of the scores.
    """
    found = []
    for i, j in itertools.combinations(range(len(biases)), 2):
        normal, offset = weights[:, i] - weights[:, j], biases[i] - biases[j]
        size = normal @ normal
        if not np.isfinite(size) or size == 0:
            continue
        # Points of the line: start + t * along.
        start, along = -offset * normal / size, np.array([-normal[1], normal[0]]) / np.sqrt(size)
        # Conditions slope * t + value >= 0: inside the picture, and no other class wins.
        others = [k for k in range(len(biases)) if k not in (i, j)]
        slopes = np.concatenate([along, -along, along @ (weights[:, [i]] - weights[:, others])])
        values = np.concatenate(
            [reach + start, reach - start,
             start @ (weights[:, [i]] - weights[:, others]) + biases[i] - biases[others]]
        )  # fmt: skip
        span = interval(slopes, values)
        if span is not None:
            found.append([*(start + span[0] * along), *(start + span[1] * along)])
    return np.array(found).reshape(-1, 4)


def interval(slopes, values):
    """The t for which slope * t + value >= 0 for all pairs, as (low, high); None if there is none.

    The pairs must bound t on both sides.
    """
    if (values[slopes == 0] < 0).any():
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        roots = -values / slopes
    low, high = roots[slopes > 0].max(), roots[slopes < 0].min()
    return (low, high) if low < high else None
