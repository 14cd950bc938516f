"""The dialog on the reader's own data: reading a table, showing what it was taken for, using it.

A table is read for a part of each frame, so that the page goes on meanwhile. What is open stays
open until the reader uses the new table; a table that cannot be used ends in a sentence.
"""

from dataclasses import replace

from explorer.app import own_memory
from explorer.app.drawing import DrawingRoom
from explorer.frames.deadline import Deadline
from explorer.learning.own_keep import know
from explorer.learning.own_table import (
    AT_RANDOM,
    BY_ORDER,
    FILL,
    KINDS,
    LEAVE_OUT,
    Recipe,
    TableError,
    making,
    reading,
)
from explorer.panels.own_data import OwnDataPanel
from explorer.settings.own_words import refusal, said
from explorer.settings.settings import DEFAULTS
from explorer.text.data import DATA

SECONDS = 0.012  # of a frame
PAUSE = 0.004
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "blanks", "": "none"}
PASTED = "pasted.csv"  # what a paste is called, as a file
MOST_SHOWN = 60  # columns of the preview
SMALL_BATCH, ROWS_OF_BATCH = 16, 100  # larger tables get larger batches, about so many an epoch


class OwnData:
    """What the dialog does."""

    def __init__(self, app):
        self.app, self.browser = app, app.browser
        self.panel = OwnDataPanel(app.browser)
        self.timer = app.browser.Timer(self.work)
        self.steps = None  # of what is being done, a part in each frame
        self.file, self.content = "", b""
        self.found = self.shown = None  # the Reading as it was found, and with the choices
        self.recipe, self.axes = Recipe(), {}
        self.table = None  # the OwnTable, if it can be used so
        self.room = DrawingRoom(app)
        self.actions = self.room.actions | {
            "own-choose": lambda _: app.browser.element("open-file").click(),
            "own-paste": lambda _: self.take_text(),
            "own-stop": lambda _: self.stop(),
            "own-forget": lambda _: self.forget(),
            "own-other": lambda _: self.stop(),
            "own-use": lambda _: self.use(),
            "own-plane": lambda _: self.use_plane(),
            "own-split": lambda name: self.choose(replace(self.recipe, by=name)),
        }

    def show(self):
        """Show what the dialog is at."""
        if self.steps is None and self.found is None:
            self.panel.show_start(kept=self.kept())

    # Reading ----------------------------------------------------------------------------------

    def take_text(self):
        """Read what was typed or pasted into the field."""
        text = self.browser.element("own-text").value
        self.read("", text.encode("utf-8", "surrogatepass"))

    def read(self, name, content):
        """Begin to read a table.

        Args:
            name: The name of the file; "" for a paste.
        """
        self.timer.stop()
        self.file, self.content = name or PASTED, content
        self.found = self.table = None
        self.recipe = Recipe()
        self.panel.show_progress(DATA["reading"].format(name=self.file))
        self.begin(self.reading(content))

    def reading(self, content):
        """Read a table, step by step, and show what it was taken for."""
        try:
            self.found = yield from reading(content)
        except TableError as error:
            self.panel.show_start(refusal(error), self.kept())
        else:
            yield from self.choosing(self.recipe)

    def begin(self, steps):
        """Do this, in the place of what was being done."""
        self.steps = steps
        self.work()

    def work(self):
        """Do some steps, for a part of a frame."""
        deadline, share, steps = Deadline(self.browser.now, SECONDS), None, self.steps
        for share in steps:
            if self.steps is not steps:
                return  # something else was begun meanwhile
            if not deadline.left():
                self.timer.start(PAUSE)
                if share is not None:
                    self.panel.set_progress(share)
                return
        self.steps = None

    def stop(self):
        """Read no further, and ask for other data."""
        self.timer.stop()
        self.steps = self.found = self.table = None
        self.panel.show_start(kept=self.kept())

    def kept(self):
        """How many tables this browser keeps."""
        return len(own_memory.stored(self.browser))

    def forget(self):
        """Forget the tables that this browser keeps."""
        self.browser.store(own_memory.KEY, "")
        self.panel.show_start(kept=self.kept())

    # Choosing ---------------------------------------------------------------------------------

    def chosen(self, node):
        """A choice of the preview: kind or role of a column, missing values, the split."""
        what, name = node.getAttribute("data-own"), node.getAttribute("data-column")
        if what in ("across", "up"):
            self.choose_axis(what, node.value)
        elif what == "missing":
            self.choose(replace(self.recipe, missing=node.value))
        elif what == "by":
            self.choose(replace(self.recipe, by=node.value))
        else:
            column = next(c for c in self.shown.columns if c.name == name)
            kind = node.value if what == "kind" else column.kind
            role = node.value if what == "role" else column.role
            columns = dict(self.recipe.columns)
            if role == "target":  # one at a time
                columns = {n: (k, "input" if r == "target" else r) for n, (k, r) in columns.items()}
            self.choose(replace(self.recipe, columns=columns | {name: (kind, role)}))

    def choose_axis(self, way, name):
        """Take a column as an axis of the plane; the other axis gets the one before, if it was
        the same."""
        other = "up" if way == "across" else "across"
        before, self.axes[way] = self.axes[way], name
        if self.axes[other] == name:
            self.axes[other] = before
        self.choose(self.recipe)

    def choose(self, recipe):
        """Take choices, if the table can be read so; show what comes of them."""
        self.begin(self.choosing(recipe))

    def choosing(self, recipe):
        """The same, step by step."""
        fault = ""
        try:
            shown = recipe.applied(self.found)
        except TableError as error:
            self.panel.show_preview(self.preview(self.shown, refusal(error)))
            return
        self.recipe, self.shown, self.table = recipe, shown, None
        try:
            self.table = yield from making(self.file, self.content, recipe, self.found)
        except TableError as error:
            fault = refusal(error)
        self.panel.show_preview(self.preview(shown, fault))

    def preview(self, shown, fault):
        """What the panel shows of a reading, as plain data."""
        some = [c for i, c in enumerate(shown.columns) if i < MOST_SHOWN or c.role == "target"]
        columns = [self.column(c) for c in some]
        changed = set(self.recipe.columns)
        doubts = [said(d) for d in shown.doubts if d.column not in changed]
        groups = [d.column for d in shown.doubts if d.kind == "group"]
        names = [c.name for c in shown.columns if c.role != "target"]
        by = [(AT_RANDOM, DATA["by_random"]), (BY_ORDER, DATA["by_order"])]
        by += [(name, DATA["by_group"].format(name=name)) for name in names[:MOST_SHOWN]]
        return {
            "title": self.file, "line": " ".join(self.lines(shown)), "doubts": doubts,
            "columns": columns, "by": (self.recipe.by, by),
            "missing": (self.recipe.missing, [
                (LEAVE_OUT, DATA["missing_leave_out"]), (FILL, DATA["missing_fill"]),
            ]),
            "gaps": any(c.missing.any() for c in shown.columns if c.role != "out"),
            "groups": groups if self.recipe.by not in groups else [],
            "axes": self.axes_of(shown),
            "result": [] if fault else self.results(), "fault": fault,
        }  # fmt: skip

    @staticmethod
    def lines(shown):
        """In words, what was understood."""
        form = DATA[shown.format if shown.format != "csv" else SEPARATORS.get(shown.separator)]
        if shown.decimal_comma:
            form = DATA["decimal_comma"].format(format=form)
        rows, columns = f"{shown.n_rows:,}", len(shown.columns)
        yield DATA["size"].format(rows=rows, columns=columns, format=form)
        target = shown.target
        if target is not None:
            key = "target_classes" if target.categories else "target_number"
            yield DATA[key].format(name=target.name, count=target.n_different)

    @staticmethod
    def column(column):
        """What the panel shows of a column."""
        kinds = [kind for kind in (*KINDS, "empty") if kind in (*KINDS[:4], column.kind)]
        return {
            "name": column.name, "kind": column.kind, "role": column.role, "kinds": kinds,
            "missing": int(column.missing.sum()), "head": column.head,
        }  # fmt: skip

    def results(self):
        """In words, what will be learned from."""
        encoded, n_rows = self.table.encoded, self.found.n_rows
        rows, inputs = f"{len(encoded.X):,}", encoded.X.shape[1]
        key = "result_classes" if encoded.class_names else "result_number"
        classes = len(encoded.class_names)
        lines = [DATA[key].format(rows=rows, inputs=inputs, classes=classes)]
        if len(encoded.X) < n_rows:
            lines.append(DATA["left"].format(count=f"{n_rows - len(encoded.X):,}"))
        if self.recipe.missing == FILL:
            lines.append(DATA["filled"])
        return [*lines, DATA["scaled"]]

    def axes_of(self, shown):
        """(across, up, all that can be one) of the plane, or None with fewer than two numbers."""
        names = [c.name for c in shown.inputs if c.kind == "number"]
        if len(names) < 2:
            return None
        across, up = (self.axes.get(way) for way in ("across", "up"))
        across = across if across in names else names[0]
        if up not in names or up == across:
            up = next(name for name in names if name != across)
        self.axes = {"across": across, "up": up}
        return across, up, names

    # Using ------------------------------------------------------------------------------------

    def use(self):
        """Open the table in the lab."""
        table = self.table
        if table is not None:
            batch = batch_for(table.n_rows)
            changes = {"batch_size": batch, "train_share": 80, "stop_epoch": 20}
            self.begin(self.opening("wine", table, changes))

    def use_plane(self):
        """Open two of its columns in the playground; all other inputs are left out."""
        columns = dict(self.recipe.columns)
        for column in self.shown.inputs:
            if column.name not in self.axes.values():
                columns[column.name] = (column.kind, "out")
        self.begin(self.opening_plane(replace(self.recipe, columns=columns)))

    def opening_plane(self, recipe):
        """Make a table of two columns, step by step, and open it."""
        try:
            table = yield from making(self.file, self.content, recipe, self.found)
        except TableError as error:
            self.panel.show_preview(self.preview(self.shown, refusal(error)))
            return
        yield from self.opening("playground", table, {"problem": "classification"})

    def opening(self, view, table, changes):
        """Show a table in a view, step by step: the view comes first, with what it had."""
        app = self.app
        yield
        know(table)
        app.pause()
        app.stage.card.close()
        app.session.show(view)
        yield
        while app.session.work():
            yield
        usual = DEFAULTS["wine"] if view == "wine" else app.current
        app.session.change(replace(usual, dataset=table.name, **changes))
        app.view_shown()
        self.browser.element("own-data").hidePopover()
        yield
        yield from own_memory.keeping(self.browser, table)


def batch_for(n_rows):
    """Rows of a batch: so many that an epoch has a hundred batches or so, of 16 rows at least."""
    size = SMALL_BATCH
    while size * 2 <= min(n_rows / ROWS_OF_BATCH, 1000):
        size *= 2
    return size
