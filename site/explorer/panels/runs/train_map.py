"""A map of what trains: the form, the map itself with its axes, and the cell that is looked at.

Colour says how far below or above the untrained network's loss a run has ended. A dot marks the
runs that solve it, a cross those that have blown up. The map is walked by arrow keys, too.
"""

import numpy as np

from explorer.drawing.views import heatmap
from explorer.panels.runs.section import SectionPanel
from explorer.text.runs import RUNS

FINE = 5  # pixels of the picture along a cell
DOT, CROSS = np.zeros((FINE, FINE), bool), np.eye(FINE, dtype=bool)
DOT[FINE // 2, FINE // 2] = True
CROSS = CROSS | CROSS[::-1]
FIELDS = {"from": "0.001", "to": "10", "epochs": "", "below": "0.05"}


class TrainMapPanel(SectionPanel):
    """Makes the elements and draws the map.

    Args:
        ups: What the first menu offers.
        sides: What the second menu offers.
        epochs: The first number of epochs.
    """

    def __init__(self, browser, node, ups, sides, epochs):
        super().__init__(browser, node, "map", RUNS["train_map"])
        self.up = self.menu("map-up", RUNS["map_up"], {up: RUNS[f"map_{up}"] for up in ups})
        self.first = self.up
        self.side = self.menu("map-side", RUNS["map_side"], {n: f"{n} × {n}" for n in sides})
        self.entries = {
            name: self.entry(f"map-{name}", RUNS[f"map_{name}"], value or str(epochs))
            for name, value in FIELDS.items()
        }
        self.finish(RUNS["map_hint"], RUNS["train_map"])
        self.make_picture()

    def make_picture(self):
        create = self.browser.create
        self.pictured = self.box = create("div", self.node, class_="train-map", hidden="")
        self.ends_up = [create("span", self.box, class_=f"map-{end}") for end in ("top", "bottom")]
        self.picture = create(
            "div", self.box, class_="map-picture", id="map-picture", tabindex="0", role="slider",
            aria_label=RUNS["map_picture"], aria_valuemin="1",
        )  # fmt: skip
        self.map_canvas = create("canvas", self.picture, aria_hidden="true")
        self.marks = create("canvas", self.picture, aria_hidden="true")
        self.raster = self.browser.Raster([self.map_canvas], 1, 1)
        self.ends_across = [
            create("span", self.box, class_=f"map-{end}") for end in ("left", "right")
        ]
        side = create("div", self.box, class_="map-side")
        self.cell = create("p", side, class_="sentence", id="map-cell", aria_live="polite")
        tools = create("div", side, class_="vary-tools")
        self.buttons = {
            name: create(
                "button", tools, RUNS[f"map_{name}"], class_="button", data_action=f"map-{name}"
            )
            for name in ("open", "in", "out")
        }
        self.make_takers(tools)
        key = create("ul", side, class_="map-key")
        for name in ("solved", "better", "worse", "diverged"):
            item = create("li", key)
            canvas = create("canvas", item, aria_hidden="true")
            create("span", item, RUNS[f"map_is_{name}"])
            self.buttons[name] = self.browser.Raster([canvas], FINE, FINE)

    def read(self):
        """(what goes up, cells along a side, {field: text}), as they stand in the form."""
        texts = {name: node.value for name, node in self.entries.items()}
        return self.up.value, int(self.side.value), texts

    # The map ------------------------------------------------------------------------------------

    def draw(self, heights, dots, crosses, shades, theme):
        """Draw the map.

        Args:
            heights: (n, n) from -1 to 1, the first row at the bottom.
            dots: (n, n) mask of what is marked with a dot.
            crosses: (n, n) mask of what is marked with a cross.
        """
        self.box.hidden = False
        n = len(heights)
        self.raster.resize(n * FINE, n * FINE)
        self.raster.draw(pixels(heights, dots, crosses, shades, theme).ravel())
        yes, no = np.ones((1, 1), bool), np.zeros((1, 1), bool)
        for name, height, dot, cross in (
            ("solved", 1.0, yes, no), ("better", 0.4, no, no),
            ("worse", -0.4, no, no), ("diverged", -1.0, no, yes),
        ):  # fmt: skip
            sample = pixels(np.full((1, 1), height), dot, cross, shades, theme)
            self.buttons[name].draw(sample.ravel())

    def write_ends(self, up, across):
        """The texts at the ends of both axes: (top, bottom) and (left, right)."""
        for nodes, texts in ((self.ends_up, up), (self.ends_across, across)):
            for node, text in zip(nodes, texts, strict=True):
                self.browser.write(node, text)

    def point_at(self, row, column, n, text, theme):
        """Mark the cell that is looked at, and say what it is."""
        ctx, width, height = self.browser.fit(self.marks)
        wide, high = width / n, height / n
        left, top = column * wide, (n - 1 - row) * high
        for colour, line, out in ((theme.rim, 4, 1), (theme.ink, 2, 1)):
            ctx.strokeStyle, ctx.lineWidth = colour, line
            x, y, right, bottom = left - out, top - out, left + wide + out, top + high + out
            ctx.stroke(self.browser.path(
                f"M{x:.1f},{y:.1f}L{right:.1f},{y:.1f}L{right:.1f},{bottom:.1f}"
                f"L{x:.1f},{bottom:.1f}Z"
            ))  # fmt: skip
        self.browser.write(self.cell, text)
        self.picture.setAttribute("aria-valuemax", str(n * n))
        self.picture.setAttribute("aria-valuenow", str(row * n + column + 1))
        self.picture.setAttribute("aria-valuetext", text)

    def cell_at(self, client_x, client_y, n):
        """(row, column) of the cell under the pointer."""
        box = self.picture.getBoundingClientRect()
        across = int((client_x - box.left) / max(box.width, 1) * n)
        down = int((client_y - box.top) / max(box.height, 1) * n)
        return n - 1 - min(max(down, 0), n - 1), min(max(across, 0), n - 1)


def pixels(heights, dots, crosses, shades, theme):
    """(n * FINE, n * FINE) colours of a map, its first row at the bottom."""
    ones = np.ones((FINE, FINE), bool)
    colours = np.kron(heatmap.shade(np.asarray(heights, float), shades)[::-1], ones)
    marks = np.kron(dots[::-1], DOT) | np.kron(crosses[::-1], CROSS)
    colours = colours.astype(np.uint32)
    colours[marks] = packed(theme.ink)
    return np.ascontiguousarray(colours)


def packed(colour):
    """A CSS colour as a pixel."""
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return np.uint32(red | green << 8 | blue << 16 | 255 << 24)
