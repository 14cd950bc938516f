"""The weights of the first picture's network: curves that stretch with the panel."""

import itertools
import re

from explorer.drawing.views import diagram
from explorer.panels.network.structure import BELOW, HEAD, TABLE_HEAD, full_height
from explorer.prerender.css_layout import TALL

ACROSS = 100  # the width of the space between two columns, in the units of its picture


def links(frame, snapshot):
    """The weights: one stretching picture per gap between two columns, and the output's."""
    columns = [frame.each(column) for column in range(len(frame.usual.columns))]
    if frame.structure.on_plane:
        live = frame.structure.live
        columns[0] = [tile for tile, on in zip(columns[0], live, strict=True) if on]
    levels = iter(diagram.strengths(snapshot.weights).tolist())
    parts = [
        gap(frame, sources, targets, levels)
        for sources, targets in itertools.pairwise(columns)
        if sources
    ]
    if frame.structure.port:
        parts += [
            to_port(frame, tile, level) for tile, level in zip(columns[-1], levels, strict=True)
        ]
    return "".join(parts)


def gap(frame, sources, targets, levels):
    """The weights from one column to the next; `levels` gives their strengths."""
    if frame.structure.on_plane:
        above, height = HEAD, full_height(frame.structure.most)
        box = f"top:{HEAD}px;height:calc({height}*var(--k))"
    else:
        height = TALL // 4
        middle = (TABLE_HEAD - BELOW) // 2
        above = (TALL - height) / 2 + middle
        half = height // 2
        box = f"top:calc(50cqh + {middle}px - {half}*var(--k));height:calc({height}*var(--k))"
    curves = {}
    for source in sources:
        for target in targets:
            y0, y1 = source[0].right[1] - above, target[0].left[1] - above
            curves.setdefault(next(levels), []).append(diagram.curve(0, y0, ACROSS, y1))
    paths = "".join(
        f'<path d="{brief("".join(curves[level]))}" {stroke(frame, level)}/>'
        for level in sorted(curves, key=abs)
        if level
    )
    start = frame.sum(lambda t: t.right[0], sources[0])
    end = frame.sum(lambda t: t.x, targets[0])
    return (
        f'<svg class="first-links" viewBox="0 0 {ACROSS} {height}" preserveAspectRatio="none" '
        f'style="left:calc({start});width:calc({end} - ({start}));{box}">{paths}</svg>'
    )


def brief(path):
    """The same path without zeros behind the points."""
    return re.sub(r"\.0\b", "", path)


def to_port(frame, tile, level):
    """The weight from a neuron to the output's picture: up or down, whichever it turns out."""
    if not level:
        return ""
    left, y = frame.sum(lambda t: t.right[0], tile), frame.sum(lambda t: t.right[1], tile)
    across = f"left:calc({left});width:calc(var(--port-x) - ({left}))"
    ways = (
        (f"top:calc({y});height:calc(var(--port-y) - ({y}))", (0, 0, ACROSS, ACROSS)),
        (f"top:var(--port-y);height:calc({y} - var(--port-y))", (0, ACROSS, ACROSS, 0)),
    )
    return "".join(
        f'<svg class="first-links to-port" viewBox="0 0 {ACROSS} {ACROSS}" '
        f'preserveAspectRatio="none" style="{across};{box}">'
        f'<path d="{diagram.curve(*ends)}" {stroke(frame, level)}/></svg>'
        for box, ends in ways
    )


def stroke(frame, level):
    """The colour, the width and the strength of a weight, as an attribute."""
    part = abs(level) / diagram.LEVELS
    sign = "positive" if level > 0 else "negative"
    width = (0.5 + 4.5 * part * part) * (0.6 if frame.structure.crowded else 1.0)
    return f'style="stroke:var(--{sign});stroke-width:{width:.2f};opacity:{0.12 + 0.73 * part:.2f}"'
