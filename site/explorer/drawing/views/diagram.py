"""The network as a picture: where every tile stands, and how every weight is drawn.

The layout is data, computed before anything is drawn: tiles in columns from the inputs to the
outputs, and one curve per weight. A weight's colour is its sign, its width and strength are
its size. Curves of like strength share one path, so that a frame costs few calls.
"""

import itertools
from dataclasses import dataclass

import numpy as np

LEVELS = 12  # steps of a weight's strength
FULL = 3.0  # a weight of this size is drawn at full strength


@dataclass(frozen=True)
class Tile:
    """A neuron's or an input's square: its left top corner and its size, in CSS pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self):
        return self.x, self.y + self.height / 2

    @property
    def right(self):
        return self.x + self.width, self.y + self.height / 2


@dataclass(frozen=True)
class Layout:
    """Columns of tiles, inputs first; `port` is where a single output leaves the picture."""

    columns: tuple[tuple[Tile, ...], ...]
    port: Tile | None
    curves: tuple[str, ...]  # one per weight, in the order of the parameter vector
    ends: np.ndarray  # (n_weights, 4): x0, y0, x1, y1 of each curve


def layout(columns, height, *, top=0.0, left=0.0, right, port=None, live=None, room=18):
    """Place columns of tiles as `spread` does, with one curve per weight between them.

    Args:
        port: (x, y) of a single output's entry, or None if the last column is the output.
        live: For each input whether it is switched on; links start at those only.
    """
    gaps = len(columns) - (port is None)
    return linked(spread(columns, height, gaps, top, left, right, room), port, live)


def spread(columns, height, gaps, top, left, right, room=18, pitches=()):
    """Columns of tiles evenly between `left` and `right`, with `gaps` gaps, the tiles of a column
    `room` apart or closer.

    Args:
        columns: Per column (count, tile width, tile height), inputs first.
        pitches: Per column from tile to tile, where that is not left to the height and `room`.
    """
    gap = (right - left - sum(tile_width for _, tile_width, _ in columns)) / max(gaps, 1)
    placed, x = [], left
    for number, (count, tile_width, tile_height) in enumerate(columns):
        pitch = pitch_of(count, tile_height, height - top, room) if not pitches else pitches[number]
        placed.append(
            tuple(Tile(x, top + k * pitch, tile_width, tile_height) for k in range(count))
        )
        x += tile_width + gap
    return tuple(placed)


def pitch_of(count, tile_height, height, room):
    """The distance from one tile to the next: roomy, closer where there are many."""
    return min(tile_height + room, (height - tile_height) / max(count - 1, 1))


def centred(columns, height, top=0.0):
    """The same columns, each centred in the height."""
    moved = []
    for column in columns:
        if not column:
            moved.append(column)
            continue
        span = column[-1].y + column[-1].height - column[0].y
        shift = top + (height - top - span) / 2 - column[0].y
        moved.append(tuple(Tile(t.x, t.y + shift, t.width, t.height) for t in column))
    return tuple(moved)


def linked(columns, port, live=None):
    """A layout of these columns with one curve per weight between neighbours."""
    port_tile = Tile(port[0], port[1], 0.0, 0.0) if port else None
    inputs = columns[0]
    if live is not None:
        inputs = tuple(tile for tile, on in zip(inputs, live, strict=True) if on)
    chain = (inputs, *columns[1:], *([(port_tile,)] if port_tile else []))
    ends, curves = [], []
    for sources, targets in itertools.pairwise(chain):
        starts, stops = [tile.right for tile in sources], [tile.left for tile in targets]
        ends += [(*start, *stop) for start in starts for stop in stops]
        curves += bundle(starts, stops)
    return Layout(columns, port_tile, tuple(curves), np.array(ends).reshape(-1, 4))


def curve(x0, y0, x1, y1):
    """A smooth line that leaves and arrives level, as the text of a path."""
    return bundle([(x0, y0)], [(x1, y1)])[0]


def bundle(starts, stops):
    """Such lines from every start to every stop, those from the first start first.

    The starts stand in one column, and so do the stops: half of a line's text is that of others.
    """
    if not starts or not stops:
        return []
    (x0, _), (x1, _) = starts[0], stops[0]
    middle = f"{(x0 + x1) / 2:.1f}"
    heads = [f"M{x0:.1f} {y:.1f}C{middle} {y:.1f} {middle} " for _, y in starts]
    tails = [f"{y:.1f} {x1:.1f} {y:.1f}" for _, y in stops]
    return [head + tail for head in heads for tail in tails]


def along(ends, t):
    """Points on the curves at the parameters `t`: (n, 4) ends to (n, len(t), 2) points."""
    x0, y0, x1, y1 = (ends[:, i, None] for i in range(4))
    middle = (x0 + x1) / 2
    s = 1 - t
    a, b, c, d = s**3, 3 * s * s * t, 3 * s * t * t, t**3
    x = a * x0 + (b + c) * middle + d * x1
    y = (a + b) * y0 + (c + d) * y1
    return np.stack([x, y], axis=-1)


def nearest(ends, x, y, reach=8.0):
    """The number of the curve nearest to (x, y), or None if none is within `reach` pixels."""
    if not len(ends):
        return None
    points = along(ends, np.linspace(0, 1, 33)[None, :])
    distance = np.hypot(points[..., 0] - x, points[..., 1] - y).min(axis=1)
    best = int(distance.argmin())
    return best if distance[best] <= reach else None


def strengths(weights):
    """(n,) signed levels -LEVELS..LEVELS: what a weight looks like, in steps."""
    weights = np.nan_to_num(weights)
    size = np.sqrt(np.clip(np.abs(weights), 0, FULL) / FULL)
    return (np.sign(weights) * np.maximum(np.rint(size * LEVELS), weights != 0)).astype(int)


def draw_links(ctx, path, curves, levels, theme, scale=1.0, dash_offset=None, dashes=()):
    """Stroke all curves: one call per sign and level. `scale` thins a crowded picture.

    Args:
        dashes: (pattern while moving, pattern at rest), as the context takes them; they run along
            the links by `dash_offset` pixels, or rest where that is None.
    """
    if dashes:
        ctx.setLineDash(dashes[0] if dash_offset is not None else dashes[1])
        ctx.lineDashOffset = -(dash_offset or 0.0)
    for _ in link_parts(ctx, path, curves, levels, theme, scale, len(curves)):
        pass


def link_parts(ctx, path, curves, levels, theme, scale, most):
    """Stroke all curves, the weak ones first: a generator that gives the context back after every
    call, with which it strokes `most` curves of like strength, or fewer.
    """
    buckets = {}
    for text, level in zip(curves, levels.tolist(), strict=True):
        if level:
            buckets.setdefault(level, []).append(text)
    ctx.lineCap = "butt"
    for level in sorted(buckets, key=abs):
        part = abs(level) / LEVELS
        ctx.strokeStyle = theme.positive if level > 0 else theme.negative
        ctx.globalAlpha = 0.12 + 0.73 * part
        ctx.lineWidth = (0.5 + 4.5 * part * part) * scale
        for texts in batched(buckets[level], most):
            ctx.stroke(path("".join(texts)))
            yield ctx
    ctx.globalAlpha = 1.0


def batched(items, most):
    """Slices of a list, none longer than `most`."""
    return (items[i : i + most] for i in range(0, len(items), most))
