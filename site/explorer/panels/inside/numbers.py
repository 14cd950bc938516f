"""The numbers of a walk on the network's own picture, and the links that they travel along.

A number stands at the lower edge of its neuron's tile; the weights that lead into the neuron in
focus stand on their links, which are drawn strongly while all others are faint. Where tiles stand
too close for all numbers, only those of the neuron in focus are shown.
"""

import numpy as np

from explorer.drawing.views import diagram

CLOSE = 22  # pixels from tile to tile below which only the focus has its number
MOST_WEIGHTS, FEW_WEIGHTS = 8, 4  # on links; of more than the first, so many of the largest
AT = 0.3  # where on a link its weight stands, from its source on; from its end on the way back
DIGIT, MARGIN = 7.3, 26  # pixels of a character, and beside a weight's text
SCROLL, BESIDE = ".network-scroll", 80  # pixels beside the focus that are to be seen as well
WIDE, NARROW = 3.0, 1.4


class NumbersOverlay:
    """Labels and strong links above the network's picture."""

    def __init__(self, browser):
        self.browser = browser
        self.home = browser.element("network")
        self.box = browser.create(
            "div", class_="inside-numbers", aria_hidden="true", translate="no"
        )
        self.canvas = browser.create("canvas", self.box)
        self.made = []

    def remove(self):
        self.box.remove()

    def draw(self, network, theme, units, weights, strong, focus, back):
        """Write all anew.

        Args:
            units: {(column, number): text}; columns count from 0, the inputs.
            weights: {number of the curve: (text, size)}.
            strong: {number of the curve: signed weight from -1 to 1}, drawn strongly.
            focus: (column, number) or None.
            back: Whether the links are those that lead away from the focus.
        """
        self.home.append(self.box)  # as the last: tiles may have been made anew behind it
        for node in self.made:
            node.remove()
        self.made = []
        layout, frame = network.layout, network.frame
        structure, width = frame
        self.canvas.style.width = f"{width}px"
        self.canvas.style.height = f"{structure.height}px"
        ctx, _, _ = self.browser.fit(self.canvas, width, structure.height)
        self.draw_links(ctx, layout, strong, theme)
        self.frame(layout, focus)
        self.write_weights(layout, weights, 1 - AT if back else AT)
        self.write_units(layout, units, focus)
        self.reveal(layout, focus)

    def reveal(self, layout, focus):
        """Scroll the network where it is wider than its place, so that the focus is seen."""
        tile, scroll = focus and tile_of(layout, *focus), self.browser.closest(self.home, SCROLL)
        if not tile or scroll is None:
            return
        width, room = scroll.getBoundingClientRect().width, BESIDE + tile.width
        if tile.x + room > scroll.scrollLeft + width:
            scroll.scrollLeft = tile.x + room - width
        elif tile.x - BESIDE < scroll.scrollLeft:
            scroll.scrollLeft = max(tile.x - BESIDE, 0)

    def draw_links(self, ctx, layout, strong, theme):
        largest = max((abs(size) for size in strong.values()), default=0.0) or 1.0
        for number, size in strong.items():
            if number >= len(layout.curves):
                continue
            ctx.strokeStyle = (
                theme.positive if size > 0 else theme.negative if size else theme.third
            )
            ctx.lineWidth = NARROW + (WIDE - NARROW) * abs(size) / largest
            ctx.stroke(self.browser.path(layout.curves[number]))

    def write_units(self, layout, units, focus):
        for (column, number), text in units.items():
            tile = tile_of(layout, column, number)
            if tile is None:
                continue
            if crowded(layout, column) and (column, number) != focus:
                continue
            chosen = (column, number) == focus
            self.label(
                text, tile.x + tile.width / 2, tile.y + tile.height, "unit chosen" if chosen else
                "unit",
            )  # fmt: skip

    def write_weights(self, layout, weights, at):
        """Those for which there is room between the columns."""
        shown = sorted(weights, key=lambda number: -abs(weights[number][1]))
        if len(shown) > MOST_WEIGHTS:
            del shown[FEW_WEIGHTS:]
        for number in shown:
            text, room = weights[number][0], 0.0
            if number < len(layout.ends):
                room = layout.ends[number, 2] - layout.ends[number, 0]
            if room > DIGIT * len(text) + MARGIN:
                x, y = diagram.along(layout.ends[[number]], np.array([[at]]))[0, 0].tolist()
                self.label(text, x, y, "weight")

    def frame(self, layout, ring):
        tile = ring and tile_of(layout, *ring)
        if tile and tile.width:
            node = self.browser.create("i", self.box, class_="inside-ring")
            node.style.cssText = (
                f"left:{tile.x}px;top:{tile.y}px;width:{tile.width}px;height:{tile.height}px"
            )
            self.made.append(node)

    def label(self, text, x, y, kind):
        node = self.browser.create("span", self.box, text, class_=f"inside-number {kind}")
        node.style.cssText = f"left:{x:.0f}px;top:{y:.0f}px"
        self.made.append(node)


def tile_of(layout, column, number):
    """The tile of a unit; the port of a single output that has none."""
    if column < len(layout.columns):
        tiles = layout.columns[column]
        return tiles[number] if number < len(tiles) else None
    if layout.port is None:
        return None
    port = layout.port
    return diagram.Tile(port.x - 44, port.y - 34, 0.0, 0.0)


def crowded(layout, column):
    """Whether the tiles of a column stand too close for a number at each."""
    tiles = layout.columns[column] if column < len(layout.columns) else ()
    return len(tiles) > 1 and tiles[1].y - tiles[0].y < CLOSE
