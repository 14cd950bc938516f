"""The network on paper: the same places, links and little pictures as on the screen.

A printer may know no colours, so negative weights are dashed, and biases are filled where they are
positive.
"""

import math
from dataclasses import replace

import numpy as np

from explorer.drawing.views import diagram, heatmap, shapes
from explorer.panels.network.links import THIN
from explorer.panels.network.places import box_of, outline_of
from explorer.panels.network.structure import BELOW, HEAD, close, place, structure_of
from explorer.text.labels import CHOICES, COLUMNS, INPUT_SIGNS
from explorer.text.notices import TEXT

WIDTH = 700  # CSS pixels; the paper scales it
PITCH, LOW, HIGH = 38, 200, 330  # pixels per tile of the longest column, and for all of them
PORT = 24  # pixels from the right edge to a single output


def structure_for(snapshot):
    """The structure of the printed network, and so its size."""
    settings, problem = snapshot.settings, snapshot.problem
    structure = structure_of(settings, problem, WIDTH, HIGH, (WIDTH - PORT, 0.0), callouts=False)
    height = HEAD + BELOW + PITCH * structure.most
    if not structure.on_plane:
        height = max(HIGH - 30, structure.lowest)
    height = min(max(LOW, height), max(HIGH, structure.lowest))
    port = structure.port and (WIDTH - PORT, HEAD + (height - HEAD) / 2)
    return replace(structure, height=round(height), port=port)


class PrintedNetwork:
    """Draws the network of a snapshot on a context.

    Args:
        theme: The light theme.
        shades: Its colours.
    """

    def __init__(self, paper, structure, theme, shades):
        self.paper, self.structure = paper, structure
        self.layout, self.theme, self.shades = place(structure), theme, shades

    def draw(self, ctx, snapshot, inputs, layers):
        """Draw the network with a map on every tile.

        Args:
            inputs: What the inputs' tiles show.
            layers: Per layer what the units answer.
        """
        self.draw_links(ctx, diagram.strengths(snapshot.weights))
        for column, values in zip(self.layout.columns, [inputs, *layers], strict=False):
            self.draw_tiles(ctx, column, values)
        self.draw_biases(ctx, snapshot.biases)
        self.draw_words(ctx)

    def draw_links(self, ctx, levels):
        scale = THIN if self.structure.crowded else 1.0
        for sign, dashes in ((1, self.paper.NO_DASH), (-1, self.paper.DASH)):
            some = np.where(np.sign(levels) == sign, levels, 0)
            diagram.draw_links(
                ctx, self.paper.path, self.layout.curves, some, self.theme, scale, None,
                (dashes, dashes),
            )  # fmt: skip
        ctx.setLineDash(self.paper.NO_DASH)

    def draw_tiles(self, ctx, column, values):
        """A column's little pictures in their frames."""
        count, side = len(column), math.isqrt(len(values))
        size = (side, side) if self.structure.on_plane else (len(values), 1)
        pictures = self.paper.images(heatmap.tiles(values, self.shades), count, *size)
        live = self.structure.live if column is self.layout.columns[0] else (True,) * count
        for tile, picture, on in zip(column, pictures, live, strict=True):
            outline = self.paper.path(outline_of(tile))
            ctx.save()
            ctx.globalAlpha = 1.0 if on else 0.3
            ctx.clip(outline)
            ctx.drawImage(picture, *box_of(tile))
            ctx.restore()
            ctx.strokeStyle = self.theme.ink if on else self.theme.hairline
            ctx.lineWidth = 1.2
            ctx.stroke(outline)

    def draw_biases(self, ctx, biases):
        tiles = [tile for column in self.layout.columns[1:] for tile in column]
        if self.structure.dense:
            return
        places = [(tile.x - 4, tile.y + tile.height - 4) for tile in tiles]
        if self.layout.port is not None:
            places.append((self.layout.port.x - 4, self.layout.port.y + 10))
        ctx.lineWidth = 1.5
        for (x, y), bias in zip(places, biases.tolist(), strict=True):
            colour = self.theme.positive if bias > 0 else self.theme.negative
            ctx.fillStyle = colour if bias > 0 else self.theme.panel
            ctx.strokeStyle = colour if bias else self.theme.third
            ctx.fillRect(x, y, 8, 8)
            ctx.strokeRect(x, y, 8, 8)

    def draw_words(self, ctx):
        """The inputs' names, the layers' heads, and the outputs' marks."""
        s, columns = self.structure, self.layout.columns
        signs = INPUT_SIGNS if s.on_plane else COLUMNS
        ctx.fillStyle, ctx.textBaseline = self.theme.ink, "middle"
        for tile, name, live in zip(columns[0], s.inputs, s.live, strict=True):
            ctx.textAlign, ctx.font = "right", "13px Inter, sans-serif"
            ctx.fillStyle = self.theme.ink if live else self.theme.third
            ctx.fillText(signs.get(name, name), tile.x - 8, tile.left[1])
        ctx.fillStyle, ctx.textAlign = self.theme.ink, "center"
        for column, (units, activation) in zip(columns[1:], s.hidden, strict=False):
            words = CHOICES["activation"][activation].lower()
            text = str(units) if close(self.layout, s.on_plane) else f"{units} {words}"
            ctx.fillText(text, column[0].x + column[0].width / 2, 12)
        if self.layout.port is not None:
            port = self.layout.port
            ctx.fillText(TEXT["output"], port.x - 8, port.y - 14)
            ctx.beginPath()
            ctx.arc(port.x, port.y, 4, 0, 2 * math.pi)
            ctx.fill()
        elif s.outputs > 1:
            marks = zip(columns[-1], shapes.MARKS, self.theme.classes, strict=False)
            for tile, shape, colour in marks:
                x, y = tile.x + tile.width + 16, tile.left[1]
                ctx.fillStyle = colour
                ctx.fill(self.paper.path(shapes.marks(shape, [x], [y], 5.0)))
