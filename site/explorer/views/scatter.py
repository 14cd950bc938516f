"""Points of the data, drawn over a heatmap or a feature plane.

Classes differ by shape as well as by colour; every point carries a rim so that it stands out
on its own colour. Regression points are discs whose colour says the value.
"""

import numpy as np

from explorer.views.shapes import MARKS, disc, marks

VALUE_STEPS = 17
TOGETHER = 8  # marks that one call draws; piled-up marks show as a pile, not as one blot


def draw(ctx, path, groups, rim, rim_width=1.2):
    """Draws groups of points: each group is (path text, fill colour)."""
    ctx.lineWidth = rim_width
    ctx.lineJoin = "round"
    ctx.strokeStyle = rim
    for text, colour in groups:
        outline = path(text)
        ctx.fillStyle = colour
        ctx.fill(outline)
        ctx.stroke(outline)


def class_groups(xs, ys, classes, colours, radius):
    """Groups of a few marks of one class each, the classes taking turns."""
    groups = []
    for c, colour in enumerate(colours):
        (here,) = np.nonzero(classes == c)
        parts = max(1, len(here) // TOGETHER)
        groups += [
            (
                part / parts,
                marks(MARKS[c], xs[here[part::parts]], ys[here[part::parts]], radius),
                colour,
            )
            for part in range(parts if len(here) else 0)
        ]
    return [group[1:] for group in sorted(groups, key=lambda group: group[0])]


def value_groups(xs, ys, values, table, radius):
    """Groups of discs coloured by value in [-1, 1], in a small number of steps.

    table: (256,) RGBA pixels, negative to positive.
    """
    steps = np.rint((np.clip(values, -1, 1) + 1) / 2 * (VALUE_STEPS - 1)).astype(int)
    groups = []
    for step in np.unique(steps):
        here = steps == step
        pixel = int(table[round(step / (VALUE_STEPS - 1) * (len(table) - 1))])
        red, green, blue = pixel & 255, pixel >> 8 & 255, pixel >> 16 & 255
        groups.append((marks(disc, xs[here], ys[here], radius), f"rgb({red},{green},{blue})"))
    return groups


def rings(xs, ys, radius):
    """Circles around points, to point them out."""
    return marks(disc, xs, ys, radius)


def jitter(count, size, seed=7):
    """(count, 2) fixed small offsets within [-size, size], so that piled-up points show."""
    return np.random.default_rng(seed).uniform(-size, size, (count, 2))
