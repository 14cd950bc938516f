"""The tray of kept runs: each with its picture, where it stood, and what differs in it.

A run is opened again by a press. Its curve stays in the chart, in the dashes that its card shows.
"""

from dataclasses import dataclass

import numpy as np

from explorer.panels.history import kept_dashes
from explorer.text.runs import RUNS

WIDE, HIGH = 44, 10  # CSS pixels of the sample of a line


@dataclass(frozen=True)
class KeptCard:
    """What the tray shows of a run."""

    name: str
    stands: str  # epoch and loss
    differs: str  # from the run before it
    pixels: np.ndarray
    cells: int


class TrayPanel:
    """The list of cards."""

    def __init__(self, browser, node):
        self.browser, self.node = browser, node
        self.list = browser.create("ol", node, class_="kept-runs", id="kept-runs")
        self.list.setAttribute("aria-label", RUNS["kept"])
        tools = browser.create("div", node, class_="vary-tools")
        browser.create("button", tools, RUNS["save"], class_="button", data_action="kept-save")
        browser.create("button", tools, RUNS["open"], class_="button", data_action="open-file")
        self.line = browser.create("p", node, class_="sentence", id="kept-line")
        self.line.setAttribute("aria-live", "polite")

    def say(self, text):
        self.browser.write(self.line, text)

    def show(self, cards, theme):
        self.list.replaceChildren()
        self.node.hidden = not cards and not self.line.textContent
        for place, card in enumerate(cards):
            self.make(place, card, theme)

    def make(self, place, card, theme):
        create = self.browser.create
        item = create("li", self.list)
        button = create(
            "button", item, class_="kept-run", data_action="kept-open", data_value=str(place)
        )  # fmt: skip
        create("span", button, RUNS["open_kept"].format(name=card.name), class_="unseen")
        canvas = create("canvas", button, aria_hidden="true")
        self.browser.Raster([canvas], card.cells, card.cells).draw(card.pixels)
        words = create("span", button, class_="kept-words")
        create("span", words, card.stands)
        create("small", words, card.differs)
        line = create("canvas", words, aria_hidden="true", class_="kept-line")
        ctx, width, height = self.browser.fit(line, WIDE, HIGH)
        ctx.setLineDash(self.browser.objects(kept_dashes(place)))
        ctx.strokeStyle, ctx.lineWidth = theme.second, 1.5
        ctx.stroke(self.browser.path(f"M0,{height / 2}L{width},{height / 2}"))
        row = create("div", item, class_="kept-name")
        name = create(
            "input", row, type="text", class_="kept-input", data_kept=str(place),
            aria_label=RUNS["name"], autocomplete="off",
        )  # fmt: skip
        name.value = card.name
        create(
            "button", row, "×", class_="mini", data_action="kept-remove", data_value=str(place),
            aria_label=RUNS["remove"].format(name=card.name),
        )  # fmt: skip
