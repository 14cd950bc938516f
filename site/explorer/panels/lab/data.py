"""The first two steps of the exercise: the table of data, its columns, and their scaling."""

import numpy as np

from explorer.drawing.identity import Identity
from explorer.drawing.scales import decimals
from explorer.panels.lab.columns import ColumnCharts
from explorer.panels.lab.table import MOST_ROWS, DataTable, places_of, plain_number, texts
from explorer.text.labels import COLUMNS
from explorer.text.wine import WINE

MOST_POINTS = 4000  # rows that the charts show


class DataPanel:
    """Shows raw or standardized values, the distribution of a column, and two columns at once."""

    def __init__(self, browser):
        self.browser = browser
        self.table = DataTable(browser, "wines")
        self.charts = ColumnCharts(browser)
        self.title = browser.element("bench-data-title")
        self.menus = [browser.element("column-x"), browser.element("column-y")]
        self.made_for = self.filled = self.drawn = None

    def draw(self, problem, look, theme, nouns):
        """Bring table and charts up to date.

        Args:
            look: What the reader has chosen to see.
        """
        key = (Identity(problem.table), Identity(problem.split))
        if key != self.made_for:
            self.made_for, self.filled, self.drawn = key, None, None
            self.make(problem, look, nouns)
        filled = (look.scaled, look.step == 2)
        if filled != self.filled:
            self.filled = filled
            self.fill(problem, look)
        self.table.mark(frozenset(look.selected))
        self.draw_charts(problem, look, theme)
        self.draw_tools(problem, look)

    def draw_tools(self, problem, look):
        """The switch of values, and what can be done with the selected rows."""
        for node in self.browser.elements('[data-action="values"]'):
            on = (node.getAttribute("data-value") == "scaled") == look.scaled
            node.setAttribute("aria-pressed", "true" if on else "false")
        split = problem.split
        left_out = len(problem.table.X) - len(split.train) - len(split.test)
        count = len(look.selected)
        for action in ("leave-out", "keep-only", "unselect"):
            for node in self.browser.elements(f'#bench-data [data-action="{action}"]'):
                node.hidden = not count
        for node in self.browser.elements('#bench-data [data-action="bring-back"]'):
            node.hidden = not left_out
        selected = WINE["selected"].format(count=count) if count else WINE["select_hint"]
        out = WINE["left_out"].format(count=left_out) if left_out else ""
        self.browser.write(self.browser.element("selection-line"), selected)
        self.browser.write(self.browser.element("left-out-line"), out)

    def make(self, problem, look, nouns):
        table, split = problem.table, problem.split
        rows = min(len(table.X), MOST_ROWS)
        names = [COLUMNS.get(name, name) for name in table.feature_names]
        labels = table.y[:rows].tolist() if problem.class_names else None
        columns = [
            (WINE["class"] if problem.class_names else table.target_name, table.y[:rows]),
            *((name, values) for name, values in zip(names, table.X[:rows].T, strict=True)),
        ]
        title = WINE["table_title" if len(names) > 1 else "table_title_one"]
        self.browser.write(
            self.title, title.format(nouns=nouns[1], all=len(table.X), columns=len(names))
        )
        self.table.make(columns, range(rows), labels)
        classes = [name.removeprefix("Cultivar ") for name in problem.class_names]
        y = table.y[:rows]
        answers = [classes[label] for label in y] if classes else texts(y)
        self.table.fill(0, answers)
        test = split.test[split.test < rows].tolist()
        out = set(range(rows)) - set(split.train.tolist()) - set(test)
        self.table.note(test, "held")
        self.table.note(sorted(out), "out")
        self.small = []
        for column, cell in enumerate(self.table.heads[2:]):
            button = self.browser.create(
                "button", cell, class_="small-chart", data_action="column", data_value=column,
                aria_label=WINE["show_column"].format(name=names[column]),
            )  # fmt: skip
            self.small.append(self.browser.create("canvas", button, aria_hidden="true"))
        for menu in self.menus:
            menu.replaceChildren()
            for column, name in enumerate(names):
                self.browser.create("option", menu, name, value=column)
        if look.sorting is not None:
            self.table.sort(*look.sorting)

    def fill(self, problem, look):
        """Write the values, and below them mean and deviation before and after."""
        table, split = problem.table, problem.split
        scaled = scaled_values(table, split)
        values = (scaled if look.scaled else table.X)[:MOST_ROWS]
        for column in range(values.shape[1]):
            self.table.fill(column + 1, texts(values[:, column], 2 if look.scaled else None))
        used = np.concatenate([split.train, split.test])
        places = [max(2, places_of(column)) for column in table.X[:MOST_ROWS].T]
        lines = means(table.X[used], places)
        after = means(scaled[used], [2] * len(places))
        if look.step == 2:
            lines = [(f"{name} {WINE['before']}", line) for name, line in lines]
            lines += [(f"{name} {WINE['after']}", line) for name, line in after]
        elif look.scaled:
            lines = after
        self.table.make_foot(lines)

    def draw_charts(self, problem, look, theme):
        table, split, charts = problem.table, problem.split, self.charts
        box = self.charts.canvases["columns-scatter"].getBoundingClientRect()
        before = self.charts.canvases["ranges-before"].getBoundingClientRect()
        key = (
            theme.ink, round(box.width), round(box.height), round(before.width), look.scaled,
            look.x, look.y, look.step,
        )  # fmt: skip
        count = max(len(problem.class_names), 1)
        if key != self.drawn:
            self.drawn = key
            used = np.sort(np.concatenate([split.train, split.test]))
            used = used[:: -(-len(used) // MOST_POINTS)]  # of very many rows some
            scaled = scaled_values(table, split)
            X = (scaled if look.scaled else table.X)[used]
            labels = table.y[used] if problem.class_names else np.zeros(len(used), int)
            shown = (lambda v: decimals(float(v), 2)) if look.scaled else plain_number
            for menu, column in zip(self.menus, (look.x, look.y), strict=True):
                menu.value = str(column)
            charts.draw_small(self.small, X, labels, count, theme)
            if look.step == 2:
                charts.draw_ranges(table.X[used], scaled[used], table.feature_names, theme)
            else:
                charts.draw_distribution(X[:, look.x], labels, count, theme, shown)
                charts.draw_scatter(X[:, [look.x, look.y]], labels, used, count, theme, shown)
            line = WINE["distribution_line"].format(
                name=table.feature_names[look.x],
                mean=short_number(X[:, look.x].mean()), std=short_number(X[:, look.x].std()),
            )  # fmt: skip
            self.browser.write(self.browser.element("distribution-line"), line)
        if look.step == 1:
            charts.draw_marks(look.selected, look.pointed, count, theme)


def scaled_values(table, split):
    """All rows of the table standardized by the rows in use; constant columns are 0."""
    constant = split.std == 0
    return np.where(constant, 0.0, (table.X - split.mean) / np.where(constant, 1.0, split.std))


def short_number(value):
    """About three digits of a number: 13, 2.34, 747; what is 0 but for rounding is 0."""
    return plain_number(float(f"{value:.3g}") if abs(value) > 1e-9 else 0.0)


def means(X, places):
    """(name, text per column) of the columns' means and deviations; 0 but for rounding is 0."""
    return [
        (name, ["", *(decimals(float(v) if abs(v) > 1e-9 else 0.0, p) for v, p in columns)])
        for name, columns in (
            (WINE["mean"], zip(X.mean(axis=0), places, strict=True)),
            (WINE["deviation"], zip(X.std(axis=0), places, strict=True)),
        )
    ]
