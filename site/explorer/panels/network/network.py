"""The network on the page: tiles for inputs and neurons, links behind them.

Tiles are real elements, so that they can be focused, pressed and read aloud; their pictures and
the links are drawn by the views. The elements are made anew only when the structure changes, and
only moved when no more than the panel's size does.
For data of the plane a tile is a heatmap; for a table it is a barcode with one column per row.
"""

from dataclasses import replace

import numpy as np

from explorer.drawing.identity import Identity
from explorer.drawing.views import diagram, heatmap
from explorer.frames.deadline import ENDLESS
from explorer.panels.network.edges import Edges
from explorer.panels.network.links import Links
from explorer.panels.network.structure import heading, structure_of
from explorer.panels.network.tiles import CELLS, Tiles


class NetworkPanel:
    """Draws the network of a snapshot into its part of the page."""

    def __init__(self, browser):
        self.browser = browser
        self.body = browser.element("network")
        self.links, self.title = Links(browser), browser.element("network-title")
        self.structure = self.tiles = None
        self.coming = None  # tiles that are being made, out of sight
        self.least_size = None
        self.edges = Edges(browser, "network-scroll")

    def update(self, settings, problem):
        """Make the tiles anew if the structure has changed, and move them if the size has."""
        structure = self.wanted(settings, problem)
        if structure == self.structure:
            self.coming = None  # whose change was taken back before they were shown
            return
        same = self.structure is not None and structure.sized() == self.structure.sized()
        self.structure, self.drawn_biases = structure, None
        if not same:
            self.prepare(structure)
            old, self.tiles, self.coming = self.tiles, self.coming, None
            self.input_pixels_for = None
            self.tiles.show()
            self.links.turn(self.frame)
            if old is not None:
                self.tiles.take_focus()
                old.remove()
        if self.tiles.structure != structure:
            self.tiles.arrange(structure)
        self.layout = self.tiles.layout
        self.edges.moved(not structure.on_plane or self.browser.is_narrow())

    def lacks(self, settings, problem):
        """The structure whose tiles have to be made for the next picture; None if they are there.
        Until they are, those of the last picture stay."""
        structure = self.wanted(settings, problem)
        there = self.structure is not None and structure.sized() == self.structure.sized()
        return None if there else structure

    def prepare(self, structure, deadline=ENDLESS):
        """Make the tiles of a structure part by part; return whether that is done."""
        if self.coming is None or self.coming.structure.sized() != structure.sized():
            self.coming = Tiles(self.browser, self.body, structure)
        while not self.coming.complete:
            self.coming.work()
            if not deadline.left():
                return False
        return True

    def prepare_links(self, snapshot, theme, deadline):
        """Draw the links of the network whose tiles are coming, out of sight; return whether that
        is done."""
        structure, layout = self.coming.structure, self.coming.layout
        levels = diagram.strengths(snapshot.weights)
        return self.links.prepare((structure, self.canvas_width), layout, levels, theme, deadline)

    @property
    def frame(self):
        return self.structure, self.canvas_width

    def wanted(self, settings, problem):
        """The structure for the panel as large as it is, or as these tiles make it."""
        least = structure_of(settings, problem, 0, 0, (0, 0))
        high = ""  # as the window is
        if self.browser.is_narrow():
            high = f"max(480px, {least.least_height}px)"
        elif not least.on_plane:
            high = f"{least.lowest}px"
        if (least.least_width, high) != self.least_size:
            self.least_size = least.least_width, high
            self.body.style.minWidth = f"{least.least_width}px"
            self.body.style.minHeight = high
        box = self.body.getBoundingClientRect()
        target = self.browser.element("output").getBoundingClientRect()
        beside = target.left >= box.right - 1 and target.width > 0
        reach = target.left - box.left if beside else box.width - 8
        height = target.top + target.height / 2 - box.top if beside else box.height / 2
        port = reach, height
        structure = structure_of(settings, problem, box.width, box.height, port, beside)
        structure = replace(structure, ratio=self.browser.pixel_ratio())
        self.canvas_width = max(reach, box.width) if structure.port else box.width
        return structure

    # Pointing and moving --------------------------------------------------------------------

    def link_at(self, client_x, client_y):
        """The number of the curve at a place of the window, or None."""
        box = self.body.getBoundingClientRect()
        return diagram.nearest(self.layout.ends, client_x - box.left, client_y - box.top)

    def move_focus(self, node, across, down):
        """Move the focus from a tile to its neighbour; return whether there is one."""
        columns = self.tiles.focusable
        for c, column in enumerate(columns):
            for r, other in enumerate(column):
                if other.isSameNode(node) or node.contains(other):
                    c = min(max(c + across, 0), len(columns) - 1)
                    r = min(max(r + down, 0), len(columns[c]) - 1)
                    self.tiles.rove(columns[c][r])
                    columns[c][r].focus()
                    return True
        return False

    # Pictures -------------------------------------------------------------------------------

    def draw(self, snapshot, input_maps, layers, shades, theme, playing, deadline=ENDLESS):
        """Draw the frame.

        Tiles for which it is too late keep what they show until this is called again.

        Args:
            layers: Per layer what each unit answers.
            shades: The colour table.
            playing: Whether dashes run along the links, as a sign that the network learns.
        """
        self.draw_inputs(snapshot, input_maps, shades)
        levels = diagram.strengths(snapshot.weights)
        self.links.draw(self.frame, self.layout, levels, theme, playing)
        if not self.edges.marked and self.links.complete:
            self.edges.mark()
        self.draw_biases(snapshot, theme)
        self.tiles.draw(layers, shades, deadline, snapshot.shader or heatmap.shade)

    @property
    def complete(self):
        """Whether no tile waits for its picture, and all links are drawn."""
        return self.tiles is None or (not self.tiles.left and self.links.complete)

    def draw_inputs(self, snapshot, input_maps, shades):
        key = (Identity(shades), Identity(snapshot.problem))
        if key == self.input_pixels_for:
            return
        self.input_pixels_for = key
        self.browser.write(self.title, heading(snapshot.problem))
        if self.structure.on_plane:
            values = input_maps(CELLS, self.structure.inputs)
        else:
            values = snapshot.pictured.train.inputs[snapshot.by_label] / 2
        self.tiles.rasters[0].draw(heatmap.tiles(values, shades))

    def draw_biases(self, snapshot, theme):
        colours = {-1.0: theme.negative, 0.0: theme.zero, 1.0: theme.positive}
        biases = [colours[sign] for sign in np.sign(np.nan_to_num(snapshot.biases)).tolist()]
        drawn = self.drawn_biases or [None] * len(biases)
        self.drawn_biases = biases
        for node, colour, old in zip(self.tiles.bias_nodes, biases, drawn, strict=True):
            if node is not None and colour != old:
                node.style.backgroundColor = colour
