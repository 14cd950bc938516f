"""The network on the page: tiles for inputs and neurons, links behind them.

Tiles are real elements, so that they can be focused, pressed and read aloud; their pictures and
the links are drawn by the views. The elements are made anew only when the structure changes.
For data of the plane a tile is a heatmap; for a table it is a barcode with one column per row.
"""

import math

import numpy as np

from explorer.panels.structure import callouts, close, place, structure_of
from explorer.strings import CHOICES, COLUMNS, INPUT_SIGNS, LABELS, TEXT
from explorer.views import diagram, heatmap

DASH_SPEED, DASH_PERIOD = 24.0, 12.0  # pixels a second; pixels from dash to dash
CELLS = 50  # cells along a side of a tile's heatmap, where it is as fine as it gets


class NetworkPanel:
    """Draws the network of a snapshot into its part of the page."""

    def __init__(self, browser):
        self.browser = browser
        self.body = browser.element("network")
        self.links = browser.element("links")
        self.structure = None
        self.made = []

    def update(self, settings, problem):
        """Makes the tiles anew if the structure or the panel's size has changed."""
        box = self.body.getBoundingClientRect()
        target = self.browser.element("output").getBoundingClientRect()
        beside = target.left >= box.right - 1 and target.width > 0
        reach = target.left - box.left if beside else box.width - 8
        height = target.top + target.height / 2 - box.top if beside else box.height / 2
        port = reach, height
        structure = structure_of(settings, problem, box.width, box.height, port, beside)
        if structure != self.structure:
            self.structure = structure
            self.layout = place(structure)
            self.canvas_width = max(reach, box.width) if structure.port else box.width
            self.build()

    # Elements -------------------------------------------------------------------------------

    def build(self):
        self.body.style.minWidth = f"{self.structure.least_width}px"
        for node in self.made:
            node.remove()
        self.made, self.rasters, self.bias_nodes = [], [], []
        self.focusable = []  # per column the tiles that can have the focus
        self.drawn_levels = self.drawn_biases = None
        self.input_pixels_for = None
        s = self.structure
        self.rasters.append(self.build_inputs())
        for number, (column, (_, activation)) in enumerate(
            zip(self.layout.columns[1:], s.hidden, strict=False), 1
        ):
            self.build_head(number, column, activation)
            self.rasters.append(self.build_layer(number, column))
        if s.port is None:
            self.rasters.append(self.build_outputs(self.layout.columns[-1]))
        else:
            self.bias_nodes.append(self.bias(s.port[0] - 14, s.port[1] + 6, len(s.hidden) + 1, 1))
        if self.focusable:
            self.rove(self.focusable[0 if s.on_plane else -1][0])
        if s.callouts and s.hidden:
            self.build_callouts()

    def build_callouts(self):
        for left, top, text in callouts(self.layout, self.structure):
            note = self.add("p", text=TEXT[text], class_="callout")
            note.style.left, note.style.top = f"{left}px", f"{top}px"

    def add(self, tag, tile=None, text=None, **attributes):
        node = self.browser.create(tag, self.body, text, **attributes)
        if tile is not None:
            node.style.left, node.style.top = f"{tile.x}px", f"{tile.y}px"
            node.style.width, node.style.height = f"{tile.width}px", f"{tile.height}px"
        self.made.append(node)
        return node

    def raster(self, canvases):
        s = self.structure
        if s.on_plane:
            return self.browser.Raster(canvases, CELLS, CELLS)
        return self.browser.Raster(canvases, s.rows, 1)

    def build_inputs(self):
        s, canvases = self.structure, []
        if s.on_plane:
            self.focusable.append([])
        for name, live, tile in zip(s.inputs, s.live, self.layout.columns[0], strict=True):
            state = "on" if live else "off"
            label = self.add(
                "span", text=INPUT_SIGNS[name] if s.on_plane else COLUMNS.get(name, name),
                class_=f"tile-label {state}", aria_hidden="true",
            )  # fmt: skip
            label.style.left, label.style.top = f"{tile.x}px", f"{tile.y + tile.height / 2}px"
            if s.on_plane:
                node = self.add(
                    "label", tile, class_=f"tile input {state}", data_help="inputs",
                    data_input=name,
                )  # fmt: skip
                box = self.browser.create(
                    "input", node, type="checkbox", name=name, aria_label=LABELS[name],
                    aria_describedby="help-inputs",
                )  # fmt: skip
                box.checked = live
                self.focusable[-1].append(box)
            else:
                node = self.add(
                    "div", tile, class_="tile bars input fixed", role="img", aria_label=name,
                    data_help="barcode",
                )  # fmt: skip
            canvases.append(self.browser.create("canvas", node))
        return self.raster(canvases)

    def build_head(self, number, column, activation):
        tile = column[0]
        head = self.add("div", class_="layer-head", role="group", data_help="neurons")
        head.style.left = f"{tile.x + tile.width / 2}px"
        if not self.structure.on_plane:
            head.style.top = f"{max(tile.y - 30, 0)}px"
        if not self.structure.fixed:
            self.step_button(head, "remove-neuron", "minus", TEXT["remove_neuron"], number)
        count = len(column)
        unit = TEXT["neurons"] if count != 1 else TEXT["neuron"]
        if not self.structure.on_plane:
            unit = CHOICES["activation"][activation].lower()
        elif close(self.layout):
            unit = ""
        self.browser.create("span", head, f"{count} {unit}".rstrip())
        if not self.structure.fixed:
            self.step_button(head, "add-neuron", "plus", TEXT["add_neuron"], number)

    def step_button(self, parent, action, icon, name, number):
        button = self.browser.create(
            "button", parent, class_="mini", data_action=action, data_value=number,
            aria_label=name.format(layer=number), aria_describedby="help-neurons",
        )  # fmt: skip
        wanted = "add" if icon == "plus" else "remove"
        button.appendChild(self.browser.copy_of(f'[data-action="{wanted}-layer"] .icon'))

    def build_layer(self, number, column):
        canvases = []
        self.focusable.append([])
        for unit, tile in enumerate(column, 1):
            node = self.add(
                "button", tile, class_="tile" if self.structure.on_plane else "tile bars",
                data_action="neuron", data_value=f"{number}.{unit}", data_unit=f"{number}.{unit}",
                aria_describedby="help-neuron" if self.structure.on_plane else "help-barcode",
                aria_label=TEXT["neuron_name"].format(unit=unit, layer=number),
                data_help="neuron" if self.structure.on_plane else "barcode",
            )  # fmt: skip
            canvases.append(self.browser.create("canvas", node))
            self.focusable[-1].append(node)
            self.bias_nodes.append(self.bias(tile.x - 5, tile.y + tile.height - 5, number, unit))
        return self.raster(canvases)

    def build_outputs(self, column):
        canvases, layer = [], len(self.structure.hidden) + 1
        self.focusable.append([])
        for number, tile in enumerate(column, 1):
            name = TEXT["output_name"].format(name=number) if len(column) > 1 else TEXT["output"]
            node = self.add(
                "button", tile, class_="tile" if self.structure.on_plane else "tile bars",
                aria_label=name, data_help="output_unit",
                aria_describedby="help-output_unit", data_action="neuron",
                data_value=f"{layer}.{number}", data_unit=f"{layer}.{number}",
            )  # fmt: skip
            self.focusable[-1].append(node)
            canvases.append(self.browser.create("canvas", node))
            self.bias_nodes.append(self.bias(tile.x - 5, tile.y + tile.height - 5, layer, number))
            if len(column) == 1:
                continue  # a value, which has no class mark
            sign = self.browser.copy_of(f"#class-marks [data-class='{number}']")
            sign.setAttribute("class", "tile-sign")
            sign.style.left = f"{tile.x + tile.width + 12}px"
            sign.style.top = f"{tile.y + tile.height / 2}px"
            self.body.appendChild(sign)
            self.made.append(sign)
        return self.raster(canvases)

    def bias(self, x, y, layer, unit):
        """A unit's bias: a small square that opens the unit's card. The output's is in the order
        of the Tab key, because a single output has no tile; the others are reached by theirs."""
        node = self.add(
            "button", class_="bias", data_action="neuron", data_value=f"{layer}.{unit}",
            data_bias=f"{layer}.{unit}", data_help="bias", aria_describedby="help-bias",
            aria_label=TEXT["bias_name"].format(unit=unit, layer=layer),
        )  # fmt: skip
        if self.structure.port is None or layer <= len(self.structure.hidden):
            node.tabIndex = -1
        node.style.left, node.style.top = f"{x}px", f"{y}px"
        return node

    # Pointing and moving --------------------------------------------------------------------

    def link_at(self, client_x, client_y):
        """The number of the curve at a place of the window, or None."""
        box = self.body.getBoundingClientRect()
        return diagram.nearest(self.layout.ends, client_x - box.left, client_y - box.top)

    def rove(self, target):
        """Makes one tile the group's stop of the Tab key."""
        for column in self.focusable:
            for node in column:
                node.tabIndex = 0 if node.isSameNode(target) else -1

    def move_focus(self, node, across, down):
        """Moves the focus from a tile to its neighbour; gives whether there is one."""
        for c, column in enumerate(self.focusable):
            for r, other in enumerate(column):
                if other.isSameNode(node) or node.contains(other):
                    c = min(max(c + across, 0), len(self.focusable) - 1)
                    r = min(max(r + down, 0), len(self.focusable[c]) - 1)
                    self.rove(self.focusable[c][r])
                    self.focusable[c][r].focus()
                    return True
        return False

    # Pictures -------------------------------------------------------------------------------

    def draw(self, snapshot, input_maps, layers, shades, theme, moving):
        """Draws the frame. layers: per layer what each unit answers; shades: the colour table;
        moving: whether dashes run along the links, as a sign that the network learns."""
        self.draw_inputs(snapshot, input_maps, shades)
        for raster, answers in zip(self.rasters[1:], layers, strict=False):
            if self.structure.on_plane:
                side = math.isqrt(len(answers))
                raster.resize(side, side)
            raster.draw(heatmap.tiles(answers, shades))
        self.draw_weights(snapshot, theme, moving and not self.browser.prefers_calm())

    def draw_inputs(self, snapshot, input_maps, shades):
        key = (id(shades), id(snapshot.problem))
        if key == self.input_pixels_for:
            return
        self.input_pixels_for = key
        if self.structure.on_plane:
            values = input_maps(CELLS)
        else:
            values = snapshot.problem.train.inputs[snapshot.by_label] / 2
        self.rasters[0].draw(heatmap.tiles(values, shades))

    def draw_weights(self, snapshot, theme, moving):
        levels = diagram.strengths(snapshot.weights)
        offset = self.browser.now() * DASH_SPEED % DASH_PERIOD if moving else None
        key = (theme.positive, levels.tobytes(), offset)
        if key != self.drawn_levels:
            self.drawn_levels = key
            self.links.style.width = f"{self.canvas_width}px"
            self.links.style.height = f"{self.structure.height}px"
            ctx, _, _ = self.browser.fit(self.links, self.canvas_width, self.structure.height)
            scale = 0.6 if self.structure.crowded else 1.0
            diagram.draw_links(
                ctx, self.browser.path, self.layout.curves, levels, theme, scale, offset,
                (self.browser.DASH, self.browser.NO_DASH),
            )  # fmt: skip
        biases = np.sign(np.nan_to_num(snapshot.biases)).tolist()
        if (theme.positive, biases) != self.drawn_biases:
            self.drawn_biases = (theme.positive, biases)
            colours = {-1.0: theme.negative, 0.0: theme.zero, 1.0: theme.positive}
            for node, sign in zip(self.bias_nodes, biases, strict=True):
                node.style.backgroundColor = colours[sign]
