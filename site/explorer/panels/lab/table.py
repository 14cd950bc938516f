"""A table of rows that can be sorted, walked through by keyboard, and selected.

It is used for the data and for the learned features. Rows are made once; sorting moves them. One
row at a time is a stop of the Tab key; the arrow keys go on from there.
"""

import numpy as np

from explorer.drawing.scales import decimals
from explorer.text.wine import WINE

MOST_PLACES = 4
MOST_ROWS = 600  # lines that are made: of larger tables the first ones
PAGE = 10  # rows that Page Up and Page Down skip


def plain_number(value):
    """A measurement as it stands in its source: 14.23, 1065, 0.28."""
    return f"{value:g}".replace("-", "−")


def places_of(values):
    """How many decimal places a column of measurements needs, MOST_PLACES at most."""
    written = [plain_number(v).partition(".")[2] for v in values.tolist()]
    return min(max(map(len, written)), MOST_PLACES)


def texts(values, places=None):
    """A column of numbers as texts with the same number of places: None takes what they need."""
    places = places_of(values) if places is None else places
    return [decimals(float(v), places) for v in values.tolist()]


class DataTable:
    """Rows of a table element. `rows` maps a row's number to its element, in the order made."""

    def __init__(self, browser, identity):
        self.browser = browser
        self.node = browser.element(identity)
        self.head, self.body, self.foot = (
            browser.create(tag, self.node) for tag in ("thead", "tbody", "tfoot")
        )
        self.rows, self.order, self.columns = {}, [], []
        self.sorting = None  # (column, descending)
        self.current = None  # the row that the Tab key stops at
        self.marked = frozenset()

    # Making -----------------------------------------------------------------------------------

    def make(self, columns, numbers, labels=None):
        """Make head and rows anew.

        Args:
            columns: (name, sort values (n,) or None).
            numbers: Which row each line stands for.
            labels: Class numbers of the rows, from 0, or None.
        """
        self.columns, self.numbers = columns, list(numbers)
        self.heads = self.make_head()
        self.body.replaceChildren()
        pattern = self.browser.create("tr", tabindex="-1")
        self.browser.create("th", pattern, scope="row", translate="no")
        for _ in columns:
            self.browser.create("td", pattern, translate="no")
        self.rows, self.cells = {}, []
        for place, number in enumerate(self.numbers):
            row = pattern.cloneNode(True)
            row.setAttribute("data-row", str(number))
            children = row.children
            children[0].textContent = str(number + 1)
            if labels is not None:
                mark = self.browser.copy_of(f"#class-marks [data-class='{labels[place] + 1}']")
                children[0].prepend(mark)
            self.cells.append(children)
            self.rows[number] = row
        self.order, self.marked, self.current = list(self.numbers), frozenset(), None
        self.body.append(*self.rows.values())
        self.stop_at(self.order[0])
        self.sorting = None

    def make_head(self):
        self.head.replaceChildren()
        row = self.browser.create("tr", self.head)
        heads = []
        for column, name in enumerate(["#", *(name for name, _ in self.columns)]):
            cell = self.browser.create("th", row, scope="col", aria_sort="none")
            button = self.browser.create(
                "button", cell, data_action="sort", data_value=f"{self.node.id} {column - 1}",
                data_help="sort", aria_describedby="help-sort",
            )  # fmt: skip
            self.browser.create("span", button, name, title=name)
            heads.append(cell)
        return heads

    def fill(self, column, column_texts):
        """Write the texts of one column, in the order in which the rows were made."""
        for children, text in zip(self.cells, column_texts, strict=True):
            cell = children[column + 1]
            if cell.textContent != text:
                cell.textContent = text

    def set_values(self, column, values):
        """Give a column new values to sort by."""
        self.columns[column] = (self.columns[column][0], values)

    def make_foot(self, lines):
        """Make the lines below the rows.

        Args:
            lines: (name, texts per column); they stay in sight below the rows.
        """
        self.foot.replaceChildren()
        for name, line in lines:
            row = self.browser.create("tr", self.foot)
            self.browser.create("th", row, name, scope="row")
            for text in line:
                self.browser.create("td", row, text, translate="no")

    # Sorting ----------------------------------------------------------------------------------

    def sort(self, column, descending=None):
        """Sort by a column; -1 is the row's number. Pressed again it is turned round."""
        if descending is None:
            descending = self.sorting == (column, False)
        self.sorting = column, descending
        values = np.array(self.numbers) if column < 0 else self.columns[column][1]
        order = np.argsort(-values if descending else values, kind="stable")
        self.order = [self.numbers[place] for place in order.tolist()]
        self.body.append(*(self.rows[number] for number in self.order))
        for place, cell in enumerate(self.heads, -1):
            sort = ("descending" if descending else "ascending") if place == column else "none"
            cell.setAttribute("aria-sort", sort)

    # Marking ----------------------------------------------------------------------------------

    def mark(self, selected):
        """Show which rows are selected."""
        for number in self.marked ^ selected:
            if number in self.rows:
                row = self.rows[number]
                row.setAttribute("aria-selected", "true" if number in selected else "false")
        self.marked = frozenset(selected)

    def note(self, numbers, word):
        """Mark rows as held back or left out: `data-share` on the row, and a word to be heard."""
        for number in numbers:
            row = self.rows[number]
            row.setAttribute("data-share", word)
            self.browser.create("span", row.firstElementChild, WINE[f"row_{word}"], class_="unseen")

    def stop_at(self, number):
        """Make a row the table's stop of the Tab key."""
        if self.current in self.rows:
            self.rows[self.current].tabIndex = -1
        self.current = number
        self.rows[number].tabIndex = 0

    def reveal(self, number):
        """Scroll a row into sight."""
        if number in self.rows:
            self.rows[number].scrollIntoView(self.browser.objects({"block": "nearest"}))

    def move(self, key):
        """Move the focus by a key; return the number of the row that has it then, or None."""
        place = self.order.index(self.current)
        steps = {
            "ArrowDown": place + 1, "ArrowUp": place - 1, "PageDown": place + PAGE,
            "PageUp": place - PAGE, "Home": 0, "End": len(self.order) - 1,
        }  # fmt: skip
        if key not in steps:
            return None
        number = self.order[min(max(steps[key], 0), len(self.order) - 1)]
        self.stop_at(number)
        self.rows[number].focus()
        return number

    def between(self, first, last):
        """The numbers of all rows from one to another, in the order shown."""
        a, b = sorted((self.order.index(first), self.order.index(last)))
        return self.order[a : b + 1]
