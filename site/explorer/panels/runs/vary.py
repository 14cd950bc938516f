"""Many runs at once: what to vary, how far it is, and what came of every combination.

A combination has a card: the map of the run in the middle of all seeds, the losses of all seeds
over time as a line (their median) in a band (from quartile to quartile), and how many solved it.
The table below says the same in numbers, and can be sorted.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from explorer.drawing.scales import decimals
from explorer.panels.runs.section import SectionPanel
from explorer.text.labels import LABELS
from explorer.text.runs import RUNS

MAP = 32  # cells along a side of a card's map
WIDE, HIGH = 116, 56  # CSS pixels of a card's chart
SMALL = 0.0005  # losses below have a power of ten in place of four decimals
NOTHING = ""  # the second setting, if there is none
COLUMNS = ("solved", "low", "median", "high", "failed")


@dataclass(frozen=True)
class Result:
    """What came of a combination so far."""

    values: tuple[str, ...]  # as they are shown, one for each setting that is varied
    count: int  # runs that are done
    solved: int
    failed: int  # blown up
    quartiles: tuple[float, float, float]  # of the loss at the end
    epochs: np.ndarray  # (k,)
    curves: np.ndarray  # (3, k) quartiles of the loss
    paint: Callable  # of (canvas, raster of MAP cells): draws the run in the middle


def label_of(name):
    return LABELS.get(name) or RUNS[name]


def seeds_in_words(count):
    return RUNS["one_seed"] if count == 1 else RUNS["some_seeds"].format(count=count)


class VaryPanel(SectionPanel):
    """The form, the cards and the table.

    Args:
        node: The element that holds all.
        offered: {name: its first values as text}.
        epochs: The first number of epochs.
        hint: What is said below the form.
    """

    def __init__(self, browser, node, offered, epochs, hint):
        super().__init__(browser, node, "vary", RUNS["what"])
        self.offered = offered
        self.make_form(epochs)
        self.finish(hint, RUNS["what"])
        create = browser.create
        self.fewer = create("button", node, class_="button", data_action="vary-fewer")
        self.offer(0)
        self.pictured = self.cards = create("ol", node, class_="vary-cells", id="vary-cells")
        self.cards.setAttribute("aria-label", RUNS["cells"])
        scroll = create("div", node, class_="table-scroll")
        self.table = create("table", scroll, class_="vary-table", id="vary-table", hidden="")
        self.tools = create("div", node, class_="vary-tools", hidden="")
        self.make_takers(self.tools)
        self.clear(())

    # The form -----------------------------------------------------------------------------------

    def make_form(self, epochs):
        named = {name: label_of(name) for name in self.offered}
        self.first = self.menu("vary-what", RUNS["what"], named)
        self.values = [self.entry("vary-values", RUNS["values_of"], "", "vary-long")]
        more = self.menu("vary-and", RUNS["and"], {NOTHING: RUNS["nothing"], **named})
        self.names = [self.first, more]
        self.values.append(self.entry("vary-more", RUNS["values_of_second"], "", "vary-long"))
        self.seeds = self.entry("vary-seeds", RUNS["seeds"], "10")
        self.epochs = self.entry("vary-epochs", RUNS["epochs"], str(epochs))
        self.below = self.entry("vary-below", RUNS["below"], "0.05")
        for menu, entry in zip(self.names, self.values, strict=True):
            self.chosen(menu, entry)

    def changed(self, node):
        """A field of the form has changed; if it is a menu, another setting is to be varied."""
        for menu, entry in zip(self.names, self.values, strict=True):
            if menu.id == node.id:
                self.chosen(menu, entry)

    def chosen(self, menu, entry):
        """Another setting has other values."""
        entry.value = self.offered.get(menu.value, "")
        entry.parentNode.hidden = menu.value == NOTHING

    def read(self):
        """({name: texts}, seeds, epochs, solved below), as they stand in the form."""
        found = {}
        for menu, entry in zip(self.names, self.values, strict=True):
            if menu.value != NOTHING:
                texts = [text.strip(",;") for text in entry.value.split()]
                found.setdefault(menu.value, []).append([text for text in texts if text])
        values = {name: list(dict.fromkeys(lists[0])) for name, lists in found.items()}
        twice = any(len(lists) > 1 for lists in found.values())
        return values, twice, self.seeds.value, self.epochs.value, self.below.value

    def offer(self, seeds):
        """Offer to begin with so many seeds; with 0, do not."""
        self.fewer.hidden = not seeds
        if seeds:
            self.browser.write(self.fewer, RUNS["fewer"].format(seeds=seeds_in_words(seeds)))
            self.fewer.setAttribute("data-value", str(seeds))

    # What came of it ----------------------------------------------------------------------------

    def clear(self, names):
        """Another sweep begins: of these settings."""
        self.headings = [label_of(name) for name in names]
        self.cards.replaceChildren()
        self.table.replaceChildren()
        self.table.hidden = self.tools.hidden = True
        self.buttons = []

    def show(self, place, result, theme, top):
        """Show what came of combination number `place`, on its card.

        Args:
            top: The loss at the top of all cards' charts.
        """
        while len(self.buttons) <= place:
            self.buttons.append(self.make_card(len(self.buttons)))
        canvas, raster, chart, title, solved, rest = self.buttons[place]
        result.paint(canvas, raster)
        self.draw_chart(chart, result, theme, top)
        self.browser.write(title, ", ".join(result.values))
        words = {"solved": result.solved, "count": result.count}
        self.browser.write(solved, RUNS["solved"].format(**words))
        self.browser.write(rest, RUNS["cell"].format(median=number(result.quartiles[1])))

    def make_card(self, place):
        create = self.browser.create
        item = create("li", self.cards)
        button = create("button", item, data_action="vary-show", data_value=str(place))
        create("span", button, ", ".join(self.headings), class_="unseen")
        title = create("strong", button)
        pictures = create("span", button, class_="vary-pictures")
        canvas = create("canvas", pictures, aria_hidden="true")
        raster = self.browser.Raster([canvas], MAP, MAP)
        chart = create("canvas", pictures, aria_hidden="true")
        solved, rest = create("span", button), create("span", button, class_="unseen")
        return canvas, raster, chart, title, solved, rest

    def draw_chart(self, canvas, result, theme, top):
        """The band from quartile to quartile, and the median in it; the bottom is 0."""
        ctx, width, height = self.browser.fit(canvas, WIDE, HIGH)
        across = result.epochs / result.epochs[-1] * (width - 2) + 1
        low, middle, high = height - 1 - np.minimum(result.curves / top, 1.0) * (height - 2)
        ctx.fillStyle, ctx.strokeStyle = theme.hairline, theme.accent
        there, back = zip(across, low, strict=True), zip(across[::-1], high[::-1], strict=True)
        ctx.fill(self.browser.path(line([*there, *back]) + "Z"))
        ctx.lineWidth = 1.5
        ctx.stroke(self.browser.path(line(zip(across, middle, strict=True))))

    def show_table(self, rows, order, falling):
        """Show the table.

        Args:
            rows: (place, Result) in their order.
            order: The column they are sorted by.
        """
        create = self.browser.create
        self.table.replaceChildren()
        self.table.hidden = self.tools.hidden = not rows
        create("caption", self.table, RUNS["table"], class_="unseen")
        head = create("tr", create("thead", self.table))
        names = [*self.headings, *(RUNS[f"column_{name}"] for name in COLUMNS)]
        for column, name in enumerate(names):
            cell = create("th", head, scope="col")
            create("button", cell, name, data_action="vary-sort", data_value=str(column))
            if column == order:
                cell.setAttribute("aria-sort", "descending" if falling else "ascending")
        body = create("tbody", self.table)
        for place, result in rows:
            row = create("tr", body)
            for column, text in enumerate(texts_of(result)):
                cell = create("td", row, None if column == 0 else text, translate="no")
                if column == 0:
                    create(
                        "button", cell, text, class_="quiet", data_action="vary-show",
                        data_value=str(place),
                    )  # fmt: skip


def texts_of(result):
    """The cells of a result's row."""
    share = f"{result.solved} / {result.count}"
    return [*result.values, share, *map(number, result.quartiles), str(result.failed)]


def keys_of(result):
    """What a result's row is sorted by, column by column: numbers first, in their order."""
    share = result.solved / max(result.count, 1)
    return [*map(sort_key, result.values), (0, share),
            *((0, value) for value in result.quartiles), (0, result.failed)]  # fmt: skip


def sort_key(text):
    try:
        return 0, float(text)
    except ValueError:
        return 1, text


def number(value):
    if not np.isfinite(value):
        return RUNS["blown_up"]
    return f"{value:.1e}" if 0 < value < SMALL else decimals(value, 4)


def line(points):
    """The text of a path through these points."""
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
