"""Points of the data, drawn over a heatmap or a feature plane.

Classes differ by shape as well as by colour; every point carries a rim so that it stands out
on its own colour. Regression points are discs whose colour says the value.
"""

import numpy as np

from explorer.drawing.views.shapes import MARKS, disc, marks, pieces

VALUE_STEPS = 17
SPACING = 2.7  # pixels: the radius of a pile of n points is about SPACING times the root of n
CROWD = 50  # discs of one colour that one call draws: of more, their overlaps get dear
TOGETHER = 8  # marks that one call draws; piled-up marks show as a pile, not as one blot


def draw(ctx, path, groups, rim, rim_width=1.2):
    """Draw groups of points: each group is (path text, fill colour)."""
    ctx.lineWidth = rim_width
    ctx.lineJoin = "round"
    ctx.strokeStyle = rim
    fill, stroke = ctx.fill, ctx.stroke  # to look them up takes as long as to call them
    for text, colour in groups:
        outline = path(text)
        ctx.fillStyle = colour
        fill(outline)
        stroke(outline)


def class_groups(xs, ys, classes, colours, radius, together=TOGETHER):
    """Groups of `together` marks of one class each, the classes taking turns."""
    groups = []
    for c, colour in enumerate(colours):
        here = classes == c
        each = pieces(MARKS[c], xs[here], ys[here], radius)
        parts = max(1, len(each) // together)
        groups += [
            (part / parts, "".join(each[part::parts]), colour)
            for part in range(parts if each else 0)
        ]
    return [group[1:] for group in sorted(groups, key=lambda group: group[0])]


def value_groups(xs, ys, values, table, radius):
    """Groups of discs coloured by value in [-1, 1], in a small number of steps.

    Args:
        table: (256,) RGBA pixels, negative to positive.
    """
    steps = np.rint((np.clip(values, -1, 1) + 1) / 2 * (VALUE_STEPS - 1)).astype(int)
    groups = []
    for step in range(VALUE_STEPS):
        (here,) = np.nonzero(steps == step)
        pixel = int(table[round(step / (VALUE_STEPS - 1) * (len(table) - 1))])
        red, green, blue = pixel & 255, pixel >> 8 & 255, pixel >> 16 & 255
        for first in range(0, len(here), CROWD):
            some = here[first : first + CROWD]
            groups.append((marks(disc, xs[some], ys[some], radius), f"rgb({red},{green},{blue})"))
    return groups


def rings(xs, ys, radius):
    """Circles around points, to point them out."""
    return marks(disc, xs, ys, radius)


def spread(xs, ys, cell=5.0, most=20.0):
    """(n, 2) offsets that take piles of points apart; points that stand alone stay in place.

    Every point has a direction of its own. How far it goes grows with the number of points
    around it, so that a pile becomes a disc whose area says how many there are.
    """
    columns, rows = np.floor(xs / cell).astype(int), np.floor(ys / cell).astype(int)
    columns, rows = columns - columns.min(initial=0), rows - rows.min(initial=0)
    counts = np.zeros((rows.max(initial=0) + 3, columns.max(initial=0) + 3))
    np.add.at(counts, (rows + 1, columns + 1), 1)
    around = sum(counts[rows + down, columns + across] for down in range(3) for across in range(3))
    # Additive recurrence by the plastic number: any stretch of points fills the disc evenly.
    plastic = 1.32471795724474602596
    steps = np.arange(1, len(xs) + 1)
    radius, angle = np.sqrt(steps / plastic % 1), 2 * np.pi * (steps / plastic**2 % 1)
    directions = np.column_stack([np.cos(angle), np.sin(angle)]) * radius[:, None]
    return directions * np.minimum(most, SPACING * np.sqrt(np.maximum(around - 1, 0)))[:, None]
