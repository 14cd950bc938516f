"""The data of the first picture as marks on an SVG, whatever its size: places are shares of it.

The marks are defined once for the whole page, by `marks`; each point only names one.
"""

import numpy as np

from explorer.drawing.scales import Linear, decimals
from explorer.drawing.views import scatter, shapes
from explorer.drawing.views.borders import borders
from explorer.learning.projection import plane_of
from explorer.learning.snapshot import PLANE_CELLS
from explorer.panels.lab.plane import MOST_SPREAD
from explorer.panels.lab.plane import TOGETHER as FEW
from explorer.panels.output import EXTENT
from explorer.prerender.image import divided, shaded
from explorer.text.wine import WINE

RADIUS = 3.6
SIDES, CLASSES = ("positive", "negative"), ("1", "2", "3")
COLOURS = {"positive": 0, "negative": 1, "1": 0, "2": 1, "3": 2}  # name of a mark: its shape
MAP_CELLS = 60
SIDE = 439.0  # the plane's side at 1440 pixels, for which piles of points are taken apart


def marks():
    """The definitions of all marks."""
    return "".join(
        f'<path id="mark-{name}" d="{shapes.marks(shapes.MARKS[shape], [0.0], [0.0], RADIUS)}" '
        f'style="fill:var(--{name if name in SIDES else "class-" + name});'
        f'transform:scale(var(--point-scale,1))"/>'
        for name, shape in COLOURS.items()
    )


def answer(snapshot):
    """What the network says about the plane, as a picture."""
    values = snapshot.maps(MAP_CELLS)[-1]
    several = snapshot.problem.task == "multiclass"
    return divided(values, MAP_CELLS) if several else shaded(values, MAP_CELLS)


def points(snapshot):
    """The training points on the plane."""
    rows, several = snapshot.problem.train, snapshot.problem.task == "multiclass"
    classes = (rows.labels if several else rows.labels < 0).astype(int)
    xs = Linear(-EXTENT, EXTENT, 0, 100)(rows.points[:, 0])
    ys = Linear(-EXTENT, EXTENT, 100, 0)(rows.points[:, 1])
    marks = uses(xs, ys, classes, CLASSES if several else SIDES, scatter.TOGETHER)
    return f'<svg class="points">{marks}</svg>'


def uses(xs, ys, classes, names, together):
    """Return marks at places in per cent, in the order in which `views.scatter` draws them."""
    turns = []
    for c in np.unique(classes):
        (here,) = np.nonzero(classes == c)
        parts = max(1, len(here) // together)
        turns += [(part / parts, c, here[part::parts]) for part in range(parts)]
    return "".join(
        f'<use href="#mark-{names[c]}" x="{xs[i]:.1f}%" y="{ys[i]:.1f}%"/>'
        for _, c, group in sorted(turns, key=lambda turn: turn[0])
        for i in group
    )


def plane(snapshot):
    """What the last hidden layer has made of a table's rows: two units, and three classes."""
    seen = plane_of(snapshot.model, snapshot.problem, snapshot.settings, snapshot.params)
    across = Linear(-seen.reach, seen.reach, 0, 100)
    up = Linear(-seen.reach, seen.reach, 100, 0)
    places = np.column_stack([across(seen.train[:, 0]), up(seen.train[:, 1])])
    pixels = places * SIDE / 100
    most = min(MOST_SPREAD, SIDE / 20)
    places += scatter.spread(pixels[:, 0], pixels[:, 1], most=most) * 100 / SIDE
    labels = snapshot.problem.train.labels.astype(int)
    lines = "".join(
        f'<line x1="{across(x0):.2f}%" y1="{up(y0):.2f}%" x2="{across(x1):.2f}%" '
        f'y2="{up(y1):.2f}%"/>'
        for x0, y0, x1, y1 in borders(*seen.weighing, seen.reach).tolist()
    )
    left, top, side = across(-1), up(1), across(1) - across(-1)
    square = f'<rect x="{left:.2f}%" y="{top:.2f}%" width="{side:.2f}%" height="{side:.2f}%"/>'
    points = uses(*places.T, labels, CLASSES, FEW)
    picture = divided(seen.outputs(PLANE_CELLS), PLANE_CELLS, "plane")
    return (
        f'<div class="first" aria-hidden="true">{picture}<svg class="points on-plane">'
        f"<g>{lines}</g>{square}{axes(seen, across, up)}{points}</svg></div>"
    )


def axes(seen, across, up):
    """The numbers and the names of the axes."""
    names = [WINE[f"axis_{seen.kind}"].format(number=number) for number in seen.axes]
    parts = [f'<text x="{across(0):.2f}%" y="100%" dy="-8">{names[0]}</text>']
    parts.append(
        f'<svg x="16" y="{up(0):.2f}%" overflow="visible">'
        f'<text transform="rotate(-90)">{names[1]}</text></svg>'
    )
    for value in (-1, 1):
        text = decimals(float(value), 0)
        parts.append(f'<text x="{across(value):.2f}%" y="100%" dy="-8">{text}</text>')
        parts.append(f'<text x="12" y="{up(value):.2f}%" dy="5">{text}</text>')
    return "".join(parts)
