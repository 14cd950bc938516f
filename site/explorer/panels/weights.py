"""The card that shows weights and biases as live numbers, to be typed, nudged or held fixed.

Hovering a line shows that one weight. Pressing a line, a bias or a neuron opens the card for
good: a neuron's card lists its bias and all of its incoming weights, so that every number of
the network can be reached by keyboard and by touch.
"""

import numpy as np

from explorer.drawing.scales import decimals
from explorer.text.labels import INPUT_SIGNS
from explorer.text.notices import TEXT

MOST = 1_000_000  # the largest weight that can be typed
AWAY, HIGHEST = 8, 460  # pixels from the card to the window's edge or the transport; its height


class WeightCard:
    """One card for all numbers of the network. `indices` are places in the parameter vector."""

    def __init__(self, browser):
        self.browser = browser
        self.card = browser.element("weight-card")
        self.indices = ()
        self.opened = False  # opened for good, not only by hovering
        self.opener = None  # what had the focus before the card

    @property
    def is_shown(self):
        return bool(self.indices)

    # What it shows ----------------------------------------------------------------------------

    def show(self, title, rows, near, opened):
        """Open the editor for some numbers.

        Args:
            rows: (name, index) per number.
            near: (x, y) in the window.
        """
        key = tuple(index for _, index in rows)
        if (key, opened) == (self.indices, self.opened):
            return
        self.indices, self.opened, self.rows = key, opened, []
        self.card.replaceChildren()
        head = self.browser.create("header", self.card)
        self.browser.create("h3", head, title)
        self.card.setAttribute("aria-label", title)
        if opened:
            button = self.browser.create(
                "button", head, class_="mini", data_action="close-card", aria_label=TEXT["close"]
            )
            button.appendChild(self.browser.copy_of("#icon-x .icon"))
        for name, index in rows:
            self.add_row(name, index, opened)
        self.card.hidden = False
        self.place(near)

    def add_row(self, name, index, opened):
        row = self.browser.create("label", self.card, class_="weight-row")
        sign = {"translate": "no"} if name in INPUT_SIGNS.values() else {}
        self.browser.create("span", row, name, **sign)
        if not opened:
            self.rows.append(self.browser.create("output", row, class_="number", translate="no"))
            return
        label = name if name in (TEXT["bias"], TEXT["weight"]) else weight_name(name)
        field = self.browser.create(
            "input", row, type="number", step="0.1", data_param=index, aria_label=label,
            aria_describedby="help-weights",
        )  # fmt: skip
        hold = self.browser.create(
            "button", row, class_="mini", data_action="freeze", data_value=index,
            aria_label=f"{TEXT['frozen']}: {label}", aria_pressed="false", data_help="freeze",
            aria_describedby="help-freeze",
        )  # fmt: skip
        hold.appendChild(self.browser.copy_of("#icon-lock .icon"))
        self.rows.append(field)

    def place(self, near):
        """Put the card beside `near`, inside the window, and never over the transport: who looks
        at a weight wants to press Step.
        """
        width, height = self.browser.window_size()
        bar = self.browser.element("transport").getBoundingClientRect()
        above, below = min(max(bar.top, 0), height), min(max(bar.bottom, 0), height)
        top, bottom = (below, height) if height - below >= above else (0, above)
        self.card.style.maxHeight = f"{min(bottom - top - 2 * AWAY, HIGHEST)}px"
        box = self.card.getBoundingClientRect()
        x, y = near
        left = x + 16 if x + 16 + box.width < width else x - 16 - box.width
        self.card.style.left = f"{max(AWAY, left)}px"
        self.card.style.top = f"{max(top + AWAY, min(y - 20, bottom - box.height - AWAY))}px"

    def take_focus(self, opener):
        """Move the focus into the card; closing by Escape gives it back to `opener`."""
        self.opener = opener
        if self.rows:
            self.rows[0].focus()

    def give_back_focus(self):
        if self.opener is not None and self.opener.isConnected:
            self.opener.focus()
        self.opener = None

    def close(self):
        self.indices, self.opened = (), False
        self.card.hidden = True

    def draw(self, params, frozen):
        """Bring the numbers up to date, but not the one that is being typed."""
        active = self.browser.document.activeElement
        for node, index in zip(self.rows if self.is_shown else (), self.indices, strict=False):
            value = params[index]
            if not self.opened:
                self.browser.write(node, decimals(value))
                continue
            if not node.isSameNode(active):
                text = f"{value:.4f}" if np.isfinite(value) else ""
                if node.value != text:
                    node.value = text
            held = "true" if frozen[index] else "false"
            node.nextElementSibling.setAttribute("aria-pressed", held)


def weight_name(source):
    return TEXT["weight_from"].format(source=source)


def unit_names(model, problem):
    """What the sources of every layer are called: inputs first, then hidden units."""
    names = [[INPUT_SIGNS.get(name, name) for name in problem.input_names]]
    for number, layer in enumerate(model.layers[:-1], 1):
        names.append(
            [TEXT["neuron_name"].format(unit=u, layer=number) for u in range(1, layer.units + 1)]
        )
    if problem.output.units == 1:
        names.append([TEXT["output_unit"]])
    else:
        names.append(
            [TEXT["output_name"].format(name=k) for k in range(1, problem.output.units + 1)]
        )
    return names


def rows_of_unit(model, problem, layer, unit):
    """(title, rows) for unit `unit` of layer `layer` (both from 0): its weights, then its bias."""
    names = unit_names(model, problem)
    places = model.blocks(np.arange(model.n_params))[layer][:, unit].tolist()
    sources = names[0]
    if layer > 0:
        count = model.layers[layer - 1].units
        sources = [TEXT["neuron_short"].format(unit=u) for u in range(1, count + 1)]
    rows = [*zip(sources, places, strict=False), (TEXT["bias"], places[-1])]
    return names[layer + 1][unit], rows


def row_of_curve(model, problem, number):
    """(title, rows) for the weight that curve `number` of the diagram stands for."""
    index = int(np.flatnonzero(model.is_weight)[number])
    names = unit_names(model, problem)
    for layer, block in enumerate(model.blocks(np.arange(model.n_params))):
        if index <= block[-1, -1]:
            source, unit = np.argwhere(block == index)[0].tolist()
            title = f"{names[layer][source]} → {names[layer + 1][unit]}"
            return title, [(TEXT["weight"], index)]
    raise IndexError(number)
