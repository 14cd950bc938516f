"""The first picture of the default experiment, as HTML, made when the site is built.

The reader sees a true picture before any Python has arrived: the same network, the same weights
and the same data that Python then draws in the same places. Widths are not known yet, so what
depends on them is written as a sum of pixels and a share of the width, for CSS to work out.
"""

import base64
import struct
import zlib
from dataclasses import replace

import numpy as np

from explorer.experiment import Experiment
from explorer.palette import SHADES, THEMES, diverging, point_colours
from explorer.panels.structure import LABEL, place, structure_of
from explorer.scales import Linear, decimals, percent
from explorer.settings import DEFAULTS
from explorer.snapshot import input_maps
from explorer.strings import INPUT_SIGNS, TEXT
from explorer.views import diagram, scatter

TILE_CELLS, MAP_CELLS = 24, 60
PORT_BEYOND, PORT_HEIGHT = 20, 172  # where the output's picture begins, beside the network
SIZES = (800.0, 900.0)  # two widths tell how a place depends on the width
EXTENT = 6.0


def first_picture():
    """{name: HTML}: the network's tiles and links, the output, and the numbers beside it."""
    experiment = Experiment(DEFAULTS["playground"])
    snapshot = experiment.snapshot()
    layouts = [layout_at(snapshot, width) for width in SIZES]
    last = snapshot.last
    return {
        "network": links(snapshot, layouts) + tiles(snapshot, layouts),
        "output": image(snapshot.maps(MAP_CELLS)[-1][:, 0], MAP_CELLS) + points(snapshot),
        "loss_train": decimals(last.loss_train),
        "loss_test": decimals(last.loss_test),
        "score_train": percent(last.score_train),
        "score_test": percent(last.score_test),
    }


def layout_at(snapshot, width):
    port = (width + PORT_BEYOND, PORT_HEIGHT)
    structure = structure_of(snapshot.settings, snapshot.problem, width, 2000, port)
    return place(replace(structure, height=520))


def across(first, second):
    """A place that depends on the width in a straight line, as CSS: pixels and a share."""
    slope = (second - first) / (SIZES[1] - SIZES[0])
    return f"calc({first - slope * SIZES[0]:.2f}px + {100 * slope:.3f}%)"


def tiles(snapshot, layouts):
    """The squares of inputs and neurons, and the inputs' names."""
    maps = [input_maps(TILE_CELLS), *snapshot.maps(TILE_CELLS)]
    live = snapshot.problem.input_names
    parts = []
    columns = [layout.columns for layout in layouts]
    for number, (narrow, wide) in enumerate(zip(*columns, strict=True)):
        if number > 0:
            middle = across(narrow[0].x + 22, wide[0].x + 22)
            unit = TEXT["neurons"] if len(narrow) != 1 else TEXT["neuron"]
            parts.append(
                f'<div class="first layer-head" style="left:{middle}"><span>'
                f"{len(narrow)} {unit}</span></div>"
            )
        for unit, (tile, other) in enumerate(zip(narrow, wide, strict=True)):
            box = f"left:{across(tile.x, other.x)};top:{tile.y:.1f}px"
            size = f"width:{tile.width}px;height:{tile.height}px"
            kind = ""
            if number == 0:
                name, sign = list(INPUT_SIGNS.items())[unit]
                kind = " input on" if name in live else " input off"
                middle = tile.y + tile.height / 2
                parts.append(
                    f'<span class="first tile-label{kind.removeprefix(" input")}" '
                    f'style="left:{LABEL}px;top:{middle:.1f}px">{sign}</span>'
                )
            picture = image(maps[number][:, unit], TILE_CELLS)
            parts.append(f'<i class="first tile{kind}" style="{box};{size}">{picture}</i>')
    return "".join(parts)


def links(snapshot, layouts):
    """The weights: one stretching picture per gap between two columns."""
    chain = [[*layout.columns, (layout.port,)] for layout in layouts]
    live = [name in snapshot.problem.input_names for name in INPUT_SIGNS]
    levels = iter(diagram.strengths(snapshot.weights).tolist())
    parts = []
    for gap in range(len(chain[0]) - 1):
        sources, targets = chain[0][gap], chain[0][gap + 1]
        if gap == 0:
            sources = [tile for tile, on in zip(sources, live, strict=True) if on]
        paths = "".join(
            link(source.right[1], target.left[1], next(levels))
            for source in sources
            for target in targets
        )
        starts = [columns[gap][0].right[0] for columns in chain]
        ends = [columns[gap + 1][0].left[0] for columns in chain]
        widths = [end - start for start, end in zip(starts, ends, strict=True)]
        last = " last" if gap == len(chain[0]) - 2 else ""
        parts.append(
            f'<svg class="first links{last}" viewBox="0 0 100 520" preserveAspectRatio="none" '
            f'style="left:{across(*starts)};width:{across(*widths)}">{paths}</svg>'
        )
    return "".join(parts)


def link(y0, y1, level):
    """One weight as a curve across its gap, 100 wide."""
    part = abs(level) / diagram.LEVELS
    sign = "positive" if level > 0 else "negative"
    return (
        f'<path d="{diagram.curve(0, y0, 100, y1)}" style="stroke:var(--{sign});'
        f'stroke-width:{0.5 + 4.5 * part * part:.2f};opacity:{0.12 + 0.73 * part:.2f}"/>'
    )


def points(snapshot):
    """The training points over a picture of 100 by 100."""
    rows, theme = snapshot.problem.train, THEMES["light"]
    xs = Linear(-EXTENT, EXTENT, 0, 100)(rows.points[:, 0])
    ys = Linear(-EXTENT, EXTENT, 100, 0)(rows.points[:, 1])
    colours = point_colours(theme, snapshot.problem.task)
    names = {theme.positive: "positive", theme.negative: "negative"}
    groups = scatter.class_groups(xs, ys, (rows.labels < 0).astype(int), colours, 1.1)
    marks = "".join(f'<path d="{d}" style="fill:var(--{names[c]})"/>' for d, c in groups)
    return f'<svg class="first points" viewBox="0 0 100 100">{marks}</svg>'


def image(values, cells):
    """A heatmap as an image in both themes; the reader's system chooses."""
    light, dark = (png(values, cells, diverging(THEMES[name])) for name in ("light", "dark"))
    return (
        f'<picture class="first"><source media="(prefers-color-scheme: dark)" srcset="{dark}">'
        f'<img src="{light}" alt=""></picture>'
    )


def png(values, cells, table):
    """Values in [-1, 1] as a PNG with a palette, in a data: address (PNG specification, W3C)."""
    place = np.clip(np.rint((values + 1) / 2 * (SHADES - 1)), 0, SHADES - 1).astype(np.uint8)
    rows = b"".join(b"\0" + row.tobytes() for row in place.reshape(cells, cells))
    palette = table.view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    header = struct.pack(">IIBBBBB", cells, cells, 8, 3, 0, 0, 0)
    pixels = zlib.compress(rows, 9)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", pixels), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + body).decode()
