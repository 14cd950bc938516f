"""The elements of the network's picture: tiles, heads, biases, names.

They are made part by part and out of sight, because a large network has hundreds of them; then
they are put into the page all at once. Elements of one kind are copies of a first one. Each knows
where it belongs in a layout, so that they can be moved when the panel's size changes.
"""

import math

from explorer.drawing.identity import Identity
from explorer.drawing.views import heatmap
from explorer.frames.deadline import ENDLESS
from explorer.panels.network.places import (
    at,
    bias_of,
    box_of,
    head_of,
    name_of,
    outline_of,
    place_of,
    port_bias,
    shortened,
    sign_of,
)
from explorer.panels.network.structure import callouts, close, place
from explorer.text.labels import CHOICES, COLUMNS, INPUT_SIGNS, LABELS
from explorer.text.notices import TEXT

ROLE = "data-unit", "data-input", "name", "data-action", "data-value"
CELLS = 50  # cells along a side of a tile's heatmap, where it is as fine as it gets


class Tiles:
    """The elements for one structure. `work` until they are `complete`, then `show` them."""

    def __init__(self, browser, body, structure):
        self.browser, self.body, self.structure = browser, body, structure
        self.made = []  # (element, where it belongs: a function of the layout that gives CSS)
        self.notes = []
        self.heads = []  # (element, what stands in it behind the number where there is room)
        self.rasters, self.bias_nodes = [], []
        self.pictures = browser.create("canvas", class_="pictures", aria_hidden="true")
        self.board = browser.Board(self.pictures)  # what the units answer
        self.focusable = []  # per column the tiles that can have the focus
        self.buttons = []  # those in the heads
        self.stop = None  # the tile that the Tab key stops at
        self.complete = self.shown = False
        self.awaited = False  # whether a frame was ended before they are shown
        self.parts = self.build()
        self.drawn, self.left = None, []  # what the tiles show, and the layers that lack it
        self.first = 0  # the layer that is drawn next

    def work(self):
        """Make the next of them."""
        self.complete = next(self.parts, "done") == "done"

    def build(self):
        """A generator that waits after every column of tiles, and before all are arranged."""
        s = self.structure
        self.rasters.append(self.build_inputs())
        yield
        for number, (units, activation) in enumerate(s.hidden, 1):
            self.build_head(number, units, activation)
            self.rasters.append(self.build_layer(number, units))
            yield
        if s.port is None:
            self.rasters.append(self.build_outputs())
        else:
            node = self.copy(self.bias_pattern(), len(s.hidden) + 1, 1, "bias")
            node.tabIndex = 0  # a single output has no tile by which it is reached
            self.add(node, port_bias)
            self.bias_nodes.append(node)
        if self.focusable:
            self.rove(self.focusable[0 if s.on_plane else -1][0])
        yield
        place(s)  # known from here on
        yield
        self.arrange(s)

    def draw(self, layers, shades, deadline=ENDLESS, shader=heatmap.shade):
        """Draw what the units answer, layer by layer until the deadline.

        Layers for which there was no time are the first next time.

        Args:
            layers: Per layer (cells, units).
            shades: The colour table.
            shader: heatmap.shade, or what does the same faster.

        Returns:
            Whether all are drawn, and time is left.
        """
        key = Identity(layers), Identity(shades)
        if key != self.drawn:
            self.drawn, self.left = key, list(zip(self.rasters[1:], layers, strict=False))
            self.left = self.left[self.first :] + self.left[: self.first]
        while self.left:
            raster, answers = self.left.pop(0)
            self.first = (self.first + 1) % (len(self.rasters) - 1)
            if self.structure.on_plane:
                side = math.isqrt(len(answers))
                raster.resize(side, side)
            raster.draw(heatmap.tiles(answers, shades, shader))
            if not deadline.left():
                return False
        return True

    # In the page ----------------------------------------------------------------------------

    def show(self):
        """Put all elements into the page."""
        self.shown = True
        self.body.append(self.pictures, *(node for node, _ in self.made), *self.notes)

    def take_focus(self):
        """Take the focus from the tile or button whose place one of these takes."""
        held = self.browser.document.activeElement
        if self.browser.closest(held, "#network") is None:
            return
        wanted, tiles = role_of(held), [node for column in self.focusable for node in column]
        for number, node in enumerate([*tiles, *self.buttons]):
            if role_of(node) == wanted:
                if number < len(tiles):
                    self.rove(node)
                node.focus(self.browser.objects({"preventScroll": True}))
                return

    def arrange(self, structure):
        """Move the elements to where they belong in a panel of another size."""
        self.structure, self.layout = structure, place(structure)
        layout = self.layout
        for node, where in self.made:
            node.style.cssText = where(layout)
        self.arrange_pictures(layout)
        short = structure.hidden and close(layout, structure.on_plane)
        for node, unit in self.heads:
            self.browser.write(node, "" if short else f" {unit}")
        for note in self.notes:
            note.remove()
        self.notes = [
            self.browser.create("p", text=TEXT[text], class_="callout")
            for _, _, text in callouts(layout, structure)
        ]
        for note, (left, top, _) in zip(self.notes, callouts(layout, structure), strict=True):
            note.style.cssText = at(left, top)
        if self.shown:
            self.body.append(*self.notes)

    def arrange_pictures(self, layout):
        s, columns = self.structure, layout.columns[1:]
        self.pictures.style.cssText = f"width:{s.width}px;height:{s.height}px"
        places = [[box_of(tile) for tile in column] for column in columns]
        outlines = ["".join(map(outline_of, column)) for column in columns]
        self.board.arrange(s.width, s.height, places, outlines)

    def remove(self):
        for node in (self.pictures, *(node for node, _ in self.made), *self.notes):
            node.remove()

    def rove(self, target):
        """Make one tile the group's stop of the Tab key."""
        if self.stop is not None:
            self.stop.tabIndex = -1
        self.stop = target
        target.tabIndex = 0

    # Kinds of elements ----------------------------------------------------------------------

    def add(self, node, where):
        self.made.append((node, where))
        return node

    def copy(self, pattern, layer, unit, kind):
        """A copy of a tile or a bias, for another unit."""
        node, name = pattern.cloneNode(True), f"{layer}.{unit}"
        node.setAttribute("data-value", name)
        node.setAttribute("data-bias" if kind == "bias" else "data-unit", name)
        node.setAttribute("aria-label", TEXT[f"{kind}_name"].format(unit=unit, layer=layer))
        return node

    def tile_pattern(self, kind):
        """Return an empty tile, to be copied for each unit.

        Args:
            kind: What the help calls it.
        """
        return self.browser.create(
            "button", class_="tile" if self.structure.on_plane else "tile bars",
            data_action="neuron", aria_describedby=f"help-{kind}", data_help=kind, tabindex=-1,
        )  # fmt: skip

    def bias_pattern(self):
        """A unit's bias: a small square that opens the unit's card. It is reached by the tile."""
        return self.browser.create(
            "button", class_="bias", data_action="neuron", data_help="bias",
            aria_describedby="help-bias", tabindex=-1,
        )  # fmt: skip

    @property
    def size(self):
        """Of a tile's picture, in pixels."""
        return (CELLS, CELLS) if self.structure.on_plane else (self.structure.rows, 1)

    def build_inputs(self):
        s, canvases = self.structure, []
        if s.on_plane:
            self.focusable.append([])
        for number, (name, live) in enumerate(zip(s.inputs, s.live, strict=True)):
            state, where = "on" if live else "off", place_of(0, number)
            own = s.on_plane and name not in INPUT_SIGNS
            text = (INPUT_SIGNS if s.on_plane else COLUMNS).get(name)
            label = self.browser.create(
                "span", text=text or shortened(name), class_=f"tile-label {state}",
                aria_hidden="true", translate="no" if s.on_plane else "yes",
                title="" if text else name,
            )  # fmt: skip
            self.add(label, name_of(0, number))
            if s.on_plane:
                node = self.browser.create(
                    "label", class_=f"tile input {state}", data_help="inputs", data_input=name,
                )  # fmt: skip
                box = self.browser.create(
                    "input", node, type="checkbox", name="formula" if own else name,
                    aria_label=LABELS.get(name, name),
                    aria_describedby="help-inputs",
                )  # fmt: skip
                box.checked, box.tabIndex = live, -1
                self.focusable[-1].append(box)
            else:
                node = self.browser.create(
                    "div", class_="tile bars input fixed", role="img", aria_label=name,
                    data_help="barcode",
                )  # fmt: skip
            self.add(node, where)
            canvases.append(self.browser.create("canvas", node))
        return self.browser.Raster(canvases, *self.size)

    def build_head(self, number, count, activation):
        fixed = self.structure.fixed
        head = self.browser.create("div", class_="layer-head", role="group", data_help="neurons")
        self.add(head, head_of(number))
        if not fixed:
            self.step_button(head, "remove-neuron", "minus", TEXT["remove_neuron"], number)
        unit = TEXT["neurons"] if count != 1 else TEXT["neuron"]
        if not self.structure.on_plane:
            unit = CHOICES["activation"][activation].lower()
        label = self.browser.create("span", head)
        self.browser.create("span", label, str(count), class_="count", translate="no")
        self.heads.append((self.browser.create("span", label), unit))
        if not fixed:
            self.step_button(head, "add-neuron", "plus", TEXT["add_neuron"], number)

    def step_button(self, parent, action, icon, name, number):
        button = self.browser.create(
            "button", parent, class_="mini", data_action=action, data_value=number,
            aria_label=name.format(layer=number), aria_describedby="help-neurons",
        )  # fmt: skip
        wanted = "add" if icon == "plus" else "remove"
        self.buttons.append(button)
        button.appendChild(self.browser.copy_of(f'[data-action="{wanted}-layer"] .icon'))

    def build_layer(self, layer, count):
        tile = self.tile_pattern("neuron" if self.structure.on_plane else "barcode")
        bias = self.bias_pattern()
        self.focusable.append([])
        for unit in range(1, count + 1):
            node = self.copy(tile, layer, unit, "neuron")
            self.focusable[-1].append(self.add(node, place_of(layer, unit - 1)))
            self.add_bias(bias, layer, unit)
        return self.board.add(count, *self.size)

    def build_outputs(self):
        layer, count = len(self.structure.hidden) + 1, self.structure.outputs
        tile, bias = self.tile_pattern("output_unit"), self.bias_pattern()
        self.focusable.append([])
        for number in range(1, count + 1):
            name = TEXT["output_name"].format(name=number) if count > 1 else TEXT["output"]
            node = self.copy(tile, layer, number, "neuron")
            node.setAttribute("aria-label", name)
            self.focusable[-1].append(self.add(node, place_of(layer, number - 1)))
            self.add_bias(bias, layer, number)
            if count == 1:
                continue  # a value, which has no class mark
            sign = self.browser.copy_of(f"#class-marks [data-class='{number}']")
            sign.setAttribute("class", "tile-sign")
            self.add(sign, sign_of(layer, number - 1))
        return self.board.add(count, *self.size)

    def add_bias(self, pattern, layer, unit):
        """Only where there is room for it; else the tile's card has it."""
        if self.structure.dense:
            self.bias_nodes.append(None)
            return
        node = self.copy(pattern, layer, unit, "bias")
        self.bias_nodes.append(self.add(node, bias_of(layer, unit - 1)))


def role_of(node):
    """What an element that can be pressed is there for: one made anew has the same."""
    return [node.getAttribute(name) for name in ROLE]
