"""The card of one row of a table: its class, what the network says, and its measurements."""

import math

from explorer.drawing.scales import decimals, percent
from explorer.panels.lab.table import plain_number
from explorer.text.labels import COLUMNS
from explorer.text.wine import WINE


class SampleCard:
    """Shows the row that the reader points at, or has chosen."""

    def __init__(self, browser):
        self.browser = browser
        self.card = browser.element("wine-card")
        self.title = browser.element("wine-card-title")
        self.line = browser.element("wine-card-line")
        self.chances = browser.element("wine-card-chances")
        self.values = browser.element("wine-card-values")
        self.made_for = None

    def draw(self, number, snapshot, nouns):
        """Show the card of a row.

        Args:
            number: The row's place in the table, or None for no card.
        """
        self.card.hidden = number is None
        if number is not None:
            self.write(number, snapshot, nouns)

    def write(self, number, snapshot, nouns):
        """Write a row's title, class, chances and measurements."""
        problem = snapshot.problem
        if self.made_for is not problem.table:
            self.made_for = problem.table
            self.make(problem)
        table, split = problem.table, problem.split
        title = WINE["sample"].format(noun=nouns[0].capitalize(), number=number + 1)
        self.browser.write(self.title, title)
        outputs = snapshot.model.predict(snapshot.params, split.inputs[number : number + 1])[0]
        self.browser.write(self.line, self.sentence(number, problem, outputs))
        if problem.class_names:
            best = int(outputs.argmax())
            for c, (item, bar, text) in enumerate(self.bars):
                item.toggleAttribute("data-best", c == best)
                bar.style.width = f"{100 * float(outputs[c]):.1f}%"
                self.browser.write(text, percent(float(outputs[c])))
        for (raw, scaled), value, column in zip(
            self.cells, table.X[number].tolist(), range(table.X.shape[1]), strict=True
        ):
            self.browser.write(raw, plain_number(value))
            std = split.std[column]
            z = (value - split.mean[column]) / std if std else 0.0
            self.browser.write(scaled, decimals(float(z), 2))

    def sentence(self, number, problem, outputs):
        """The true class and whether the network says the same."""
        table, names = problem.table, problem.class_names
        if not names:
            split = problem.split
            said = float(outputs[0]) * split.y_std + split.y_mean
            true = plain_number(float(table.y[number]))
            places = max(0, 1 - math.floor(math.log10(split.y_std or 1.0)))
            return WINE["sample_value"].format(true=true, said=decimals(said, min(places, 6)))
        true, said = int(table.y[number]), int(outputs.argmax())
        key = "sample_right" if true == said else "sample_wrong"
        return WINE[key].format(true=names[true], said=names[said])

    def spoken(self, number, snapshot, nouns):
        """The card in one sentence, for those who hear it."""
        self.write(number, snapshot, nouns)
        chances = "".join(
            f", {name} {text.textContent}"
            for name, (_, _, text) in zip(snapshot.problem.class_names, self.bars, strict=True)
        )
        return f"{self.title.textContent}: {self.line.textContent}{chances}"

    def make(self, problem):
        create = self.browser.create
        self.chances.replaceChildren()
        self.values.replaceChildren()
        self.bars, self.cells = [], []
        for number, name in enumerate(problem.class_names, 1):
            item = create("div", self.chances)
            head = create("dt", item)
            head.appendChild(self.browser.copy_of(f"#class-marks [data-class='{number}']"))
            create("span", head, name)
            value = create("dd", item)
            track = create("i", value)
            bar = create("b", track)
            bar.style.background = f"var(--class-{number})"
            self.bars.append((item, bar, create("span", value, class_="number", translate="no")))
        for name in problem.table.feature_names:
            item = create("div", self.values)
            create("dt", item, COLUMNS.get(name, name))
            self.cells.append(
                (
                    create("dd", item, class_="number", translate="no"),
                    create("dd", item, class_="number scaled", translate="no"),
                )
            )
