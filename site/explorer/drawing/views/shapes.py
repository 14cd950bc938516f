"""The marks that stand for classes: eight shapes, and from the ninth on numbers, as paths.

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


def diamond(r):
    a, b = f"{1.1 * r:.1f}", f"{1.25 * r:.1f}"
    return 0.0, -1.25 * r, f"l{a} {b}l-{a} {b}l-{a} -{b}z"


def plus(r):
    arm, half = 0.75 * r, 0.45 * r
    a, b = f"{arm:.1f}", f"{2 * half:.1f}"
    return -half, -half - arm, f"h{b}v{a}h{a}v{b}h-{a}v{a}h-{b}v-{a}h-{a}v-{b}h{a}z"


def wedge(r):
    """A triangle on its tip."""
    return -1.1 * r, -0.85 * r, f"h{2.2 * r:.1f}l{-1.1 * r:.1f} {1.95 * r:.1f}z"


def bar(r):
    return -1.35 * r, -0.5 * r, f"h{2.7 * r:.1f}v{r:.1f}h{-2.7 * r:.1f}z"


def hourglass(r):
    return -r, -1.1 * r, f"h{2 * r:.1f}l{-2 * r:.1f} {2.2 * r:.1f}h{2 * r:.1f}z"


# Which of a digit's seven bars are there: left edge, top edge, width, height, from -1 to 1.
BARS = {
    "top": (-0.5, -1.0, 1.0, 0.3), "left": (-0.5, -1.0, 0.3, 1.1), "right": (0.2, -1.0, 0.3, 1.1),
    "middle": (-0.5, -0.15, 1.0, 0.3), "low left": (-0.5, 0.0, 0.3, 1.0),
    "low right": (0.2, 0.0, 0.3, 1.0), "bottom": (-0.5, 0.7, 1.0, 0.3),
}  # fmt: skip
DIGITS = {
    "0": ("top", "left", "right", "low left", "low right", "bottom"),
    "1": ("right", "low right"),
    "2": ("top", "right", "middle", "low left", "bottom"),
    "9": ("top", "left", "right", "middle", "low right", "bottom"),
}


def number(text):
    """The mark that is a number, a little larger than the shapes."""

    def mark(r):
        r = 1.3 * r
        bars = [
            (((i - (len(text) - 1) / 2) * 1.3 + left) * r, top * r, width * r, height * r)
            for i, digit in enumerate(text)
            for left, top, width, height in map(BARS.get, DIGITS[digit])
        ]
        before = [bars[0], *bars]  # a closed outline ends where it began
        outline = "".join(
            f"m{x - x0:.1f} {y - y0:.1f}h{width:.1f}v{height:.1f}h{-width:.1f}z"
            for (x, y, width, height), (x0, y0, _, _) in zip(bars, before, strict=False)
        )
        return *bars[0][:2], outline

    return mark


MARKS = (
    disc, square, triangle, diamond, plus, wedge, bar, hourglass,
    number("9"), number("10"), number("11"), number("12"),
)  # fmt: skip


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
