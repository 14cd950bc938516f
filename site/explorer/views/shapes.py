"""The marks that stand for classes: disc, square, triangle, as pieces of a path.

Each gives the text of an SVG path, so that all points of a class are drawn by one call.
"""


def disc(x, y, r):
    return f"M{x - r:.1f} {y:.1f}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"


def square(x, y, r):
    half = 0.9 * r
    return f"M{x - half:.1f} {y - half:.1f}h{2 * half:.1f}v{2 * half:.1f}h{-2 * half:.1f}z"


def triangle(x, y, r):
    return f"M{x:.1f} {y - 1.15 * r:.1f}l{1.1 * r:.1f} {1.95 * r:.1f}h{-2.2 * r:.1f}z"


MARKS = (disc, square, triangle)


def marks(shape, xs, ys, radius):
    """One path for many marks of one shape."""
    return "".join(shape(x, y, radius) for x, y in zip(xs, ys, strict=True))
