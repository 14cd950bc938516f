"""show(model): a network as the page draws it, as an SVG: neurons, weights, and what each one says.

Each neuron is a tile. With two inputs it shows its output over the plane, with rows of data its
output for each of them as a bar; without either it shows its bias. Lines are weights: the thicker,
the larger, in the colour of their sign.
"""

import base64
import struct
import zlib
from html import escape

import numpy as np

from explorer.cells.models import taken

NEGATIVE, ZERO, POSITIVE, INK, SOFT = "#e07a1f", "#eceae4", "#1f6fc4", "#6f7480", "#8b919d"
TILE, GAP, COLUMN, TOP, LEFT = 40, 12, 130, 34, 140
MOST_LETTERS = 17  # of an input's name; more have no room
PIXELS, REACH = 32, 3.0
BARS = 60
THICKEST = 6.0
MOST_UNITS = 24  # of a layer; more are not told apart


class Drawing:
    """A picture that a notebook shows."""

    def __init__(self, svg):
        self.svg = svg

    def _repr_svg_(self):
        return self.svg

    def __repr__(self):
        return "<drawing of a network>"


def show(model, X=None, names=None):
    """Return the drawing of a Keras model.

    Args:
        X: Rows for the bars of the neurons, (n, inputs); with two inputs the plane around them is
            shown.
        names: The names of the inputs.

    Raises:
        ValueError: For what is no stack of Dense layers.
    """
    network, params = taken(model)
    rows = None if X is None else np.asarray(X, dtype=float)
    if rows is not None and (rows.ndim != 2 or rows.shape[1] != network.n_inputs):
        raise ValueError(f"X must have the shape (n, {network.n_inputs}); got {np.shape(X)}")
    plane = rows_of_plane(rows) if network.n_inputs == 2 else None
    seen = plane if plane is not None else rows
    outputs = [seen, *network.forward(params, seen)] if seen is not None else None
    return Drawing(svg_of(network, params, outputs, plane is not None, names))


def rows_of_plane(rows):
    """(PIXELS², 2) points of a square around the rows, from the upper left on."""
    reach = REACH if rows is None or not len(rows) else float(np.abs(rows).max()) * 1.1 or REACH
    steps = np.linspace(-reach, reach, PIXELS)
    across, up = np.meshgrid(steps, steps[::-1])
    return np.stack([across.ravel(), up.ravel()], axis=1)


def svg_of(network, params, outputs, on_plane, names):
    """The text of the picture."""
    counts = [network.n_inputs, *(layer.units for layer in network.layers)]
    shown = [min(count, MOST_UNITS) for count in counts]
    height = TOP + max(shown) * (TILE + GAP) + 8
    width = LEFT + (len(counts) - 1) * COLUMN + TILE + 24
    places = [
        [(LEFT + k * COLUMN, TOP + (height - TOP - count * (TILE + GAP)) / 2 + i * (TILE + GAP))
         for i in range(count)]
        for k, count in enumerate(shown)
    ]  # fmt: skip
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" '
        f'width="{width}" height="{height:.0f}" font-family="Inter, system-ui, sans-serif" '
        'font-size="12">'
    ]
    for k, (W, _) in enumerate(network.unflatten(params)):
        parts += lines(W, places[k], places[k + 1])
        parts.append(
            heading(places[k + 1][0][0], f"{counts[k + 1]} × {network.layers[k].activation}")
        )
    parts.append(heading(places[0][0][0], f"{counts[0]}"))
    for k, column in enumerate(places):
        for i, (x, y) in enumerate(column):
            values = None if outputs is None else outputs[k][:, i]
            parts.append(tile(x, y, values, on_plane))
    for i, (x, y) in enumerate(places[0]):
        name = str(names[i]) if names is not None and i < len(names) else f"x{i + 1}"
        shown_name = name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1]}…"
        parts.append(
            f'<text x="{x - 10}" y="{y + TILE / 2 + 4}" text-anchor="end" fill="{SOFT}">'
            f"{escape(shown_name)}</text>"
        )
    return "".join([*parts, "</svg>"])


def heading(x, text):
    return (
        f'<text x="{x + TILE / 2}" y="18" text-anchor="middle" fill="{SOFT}">{escape(text)}</text>'
    )


def lines(W, before, after):
    """The weights between two columns, the small ones first."""
    largest = float(np.abs(W).max()) or 1.0
    found = []
    for i, (x0, y0) in enumerate(before):
        for j, (x1, y1) in enumerate(after):
            weight = float(W[i, j]) / largest
            a, b, c, d = x0 + TILE, y0 + TILE / 2, x1, y1 + TILE / 2
            bend = (c - a) / 2
            colour = POSITIVE if weight > 0 else NEGATIVE
            way = f"M{a:.1f} {b:.1f}C{a + bend:.1f} {b:.1f} {c - bend:.1f} {d:.1f} {c:.1f} {d:.1f}"
            width = 0.3 + THICKEST * abs(weight)
            line = (
                f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="{width:.2f}" '
                'stroke-opacity=".75"/>'
            )
            found.append((abs(weight), line))
    return [text for _, text in sorted(found, key=lambda each: each[0])]


def tile(x, y, values, on_plane):
    """A neuron: its picture in a frame."""
    frame = (
        f'<rect x="{x}" y="{y:.1f}" width="{TILE}" height="{TILE}" rx="7" fill="none" '
        f'stroke="{INK}" stroke-width="1.4"/>'
    )
    ground = f'<rect x="{x}" y="{y:.1f}" width="{TILE}" height="{TILE}" rx="7" fill="{ZERO}"/>'
    if values is None:
        return ground + frame
    size = (PIXELS, PIXELS) if on_plane else (1, min(BARS, len(values)))
    if not on_plane:  # the mean of each group of rows, in their order
        values = np.array([part.mean() for part in np.array_split(values, size[1])])
    address = base64.b64encode(png(shades(values).reshape(*size, 3))).decode()
    picture = (
        f'<image x="{x + 1}" y="{y + 1:.1f}" width="{TILE - 2}" height="{TILE - 2}" '
        f'preserveAspectRatio="none" href="data:image/png;base64,{address}"/>'
    )
    return ground + picture + frame


def shades(values):
    """(n, 3) bytes: colours of values, whose largest is the full colour."""
    largest = float(np.abs(values).max()) or 1.0
    t = np.clip(values / largest, -1, 1)[:, None]
    negative, zero, positive = (rgb(colour) for colour in (NEGATIVE, ZERO, POSITIVE))
    end = np.where(t < 0, negative, positive)
    return np.rint(zero + (end - zero) * np.abs(t) * 0.85).astype(np.uint8)


def rgb(colour):
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=float)


def png(pixels):
    """The bytes of a PNG of (height, width, 3) bytes."""

    def chunk(kind, content):
        checksum = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)

    height, width, _ = pixels.shape
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
