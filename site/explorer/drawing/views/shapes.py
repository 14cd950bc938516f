"""The marks that stand for classes: disc, square, triangle, as pieces of a path.

A mark gives, for its radius, where its outline starts as seen from its middle, and the outline
from there on as the text of an SVG path: so the outline is written once for all points.
"""

import numpy as np


def disc(r):
    return -r, 0.0, f"a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"


def square(r):
    half = 0.9 * r
    return -half, -half, f"h{2 * half:.1f}v{2 * half:.1f}h{-2 * half:.1f}z"


def triangle(r):
    return 0.0, -1.15 * r, f"l{1.1 * r:.1f} {1.95 * r:.1f}h{-2.2 * r:.1f}z"


MARKS = (disc, square, triangle)


def rounded(left, top, width, height, radius):
    """A rectangle with round corners, as the text of a path."""
    right, down, arc = width - 2 * radius, height - 2 * radius, f"a{radius:.2f} {radius:.2f} 0 0 1 "
    return (
        f"M{left + radius:.2f} {top:.2f}h{right:.2f}{arc}{radius:.2f} {radius:.2f}"
        f"v{down:.2f}{arc}{-radius:.2f} {radius:.2f}h{-right:.2f}{arc}{-radius:.2f} {-radius:.2f}"
        f"v{-down:.2f}{arc}{radius:.2f} {-radius:.2f}z"
    )


def marks(shape, xs, ys, radius):
    """One path for many marks of one shape."""
    return "".join(pieces(shape, xs, ys, radius))


def pieces(shape, xs, ys, radius):
    """The pieces of that path, one for each mark."""
    right, down, outline = shape(radius)
    # Python's own numbers are written several times as fast as NumPy's.
    xs, ys = (np.asarray(xs) + right).tolist(), (np.asarray(ys) + down).tolist()
    return [f"M{x:.1f} {y:.1f}{outline}" for x, y in zip(xs, ys, strict=True)]
