"""The tray of kept runs: each with its picture, where it stood, and what differs in it.

A run is opened again by a press. Its curve stays in the chart, in the dashes that its card shows.
"""

from collections.abc import Callable
from dataclasses import dataclass

from explorer.panels.history import kept_dashes
from explorer.text.runs import RUNS

SIGNS = {"earlier": "↑", "later": "↓", "remove": "×"}
WIDE, HIGH = 44, 10  # CSS pixels of the sample of a line


@dataclass(frozen=True)
class KeptCard:
    """What the tray shows of a run."""

    name: str
    stands: str  # epoch and loss
    differs: str  # from the run before it
    paint: Callable  # of a canvas: draws its picture there
    note: str = ""


class TrayPanel:
    """The list of cards.

    Attributes:
        pictured: The element of which a picture can be saved.
    """

    def __init__(self, browser, node):
        self.browser, self.node = browser, node
        self.pictured = self.list = browser.create("ol", node, class_="kept-runs", id="kept-runs")
        self.list.setAttribute("aria-label", RUNS["kept"])
        tools = browser.create("div", node, class_="vary-tools")
        browser.create("button", tools, RUNS["save"], class_="button", data_action="kept-save")
        browser.create("button", tools, RUNS["open"], class_="button", data_action="open-file")
        for what in ("csv", "png"):
            browser.create(
                "button", tools, RUNS[what], class_="button", data_action="kept-take",
                data_value=what,
            )  # fmt: skip
        self.line = browser.create("p", node, class_="sentence", id="kept-line")
        self.line.setAttribute("aria-live", "polite")

    def say(self, text):
        self.browser.write(self.line, text)

    def show(self, cards, theme):
        self.list.replaceChildren()
        self.named = []  # per run: what says its name, and what is called by it
        self.node.hidden = not cards and not self.line.textContent
        for place, card in enumerate(cards):
            self.make(place, card, theme, len(cards))

    def make(self, place, card, theme, count):
        create = self.browser.create
        item = create("li", self.list)
        button = create(
            "button", item, class_="kept-run", data_action="kept-open", data_value=str(place)
        )  # fmt: skip
        title = create("span", button, class_="unseen")
        canvas = create("canvas", button, aria_hidden="true")
        card.paint(canvas)
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
        buttons = {
            action: create(
                "button", row, sign, class_="mini", data_action=f"kept-{action}",
                data_value=str(place),
            )
            for action, sign in SIGNS.items()
        }  # fmt: skip
        buttons["earlier"].disabled = place == 0
        buttons["later"].disabled = place == count - 1
        note = create(
            "input", item, type="text", class_="kept-input kept-note", data_kept_note=str(place),
            placeholder=RUNS["note_hint"], autocomplete="off",
        )  # fmt: skip
        note.value = card.note
        self.named.append((title, {**buttons, "note": note}))
        self.name(place, card.name)

    def name(self, place, name):
        """Write a run's name wherever something is called by it."""
        title, nodes = self.named[place]
        self.browser.write(title, RUNS["open_kept"].format(name=name))
        for text, node in nodes.items():
            node.setAttribute("aria-label", RUNS[text].format(name=name))

    def focus_mover(self, place, by):
        """Focus the button that moves a run on; at the end of the list, the other one."""
        nodes = self.named[place][1]
        wanted, other = ("earlier", "later") if by < 0 else ("later", "earlier")
        nodes[other if nodes[wanted].disabled else wanted].focus()
