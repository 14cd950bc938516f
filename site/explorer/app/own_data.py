"""The dialog on the reader's own data: reading a table, showing what it was taken for, using it.

A table is read for a part of each frame, so that the page goes on meanwhile. What is open stays
open until the reader uses the new table; a table that cannot be used ends in a sentence.
"""

import json
from dataclasses import replace

from explorer.app import own_memory
from explorer.app.drawing import DrawingRoom
from explorer.app.own_preview import answers_of, eased, preview, with_first
from explorer.frames.deadline import Deadline
from explorer.learning.own_keep import know
from explorer.learning.own_table import (
    FILL,
    Recipe,
    TableError,
    making,
    reading,
)
from explorer.panels.own_data import OwnDataPanel
from explorer.settings.own_words import refusal
from explorer.settings.settings import DEFAULTS
from explorer.text.data import DATA

SECONDS = 0.012  # of a frame
PAUSE = 0.004
LARGE = 1_000_000  # bytes of a table that takes a while to work on
REST = "rest"  # what steps give where the next one had better have a frame of its own
PASTED = "pasted.csv"  # what a paste is called, as a file
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
        self.eased = {}  # kind of a refusal: in words, what was chosen so that there is none
        self.table = None  # the OwnTable, if it can be used so
        self.room = DrawingRoom(app)
        self.actions = self.room.actions | {
            "own-choose": lambda _: self.browser.element("open-file").click(),
            "own-paste": lambda _: self.take_text(),
            "own-stop": lambda _: self.stop(),
            "own-forget": lambda _: self.forget(),
            "own-other": lambda _: self.stop(),
            "own-use": lambda _: self.use(),
            "own-plane": lambda _: self.use_plane(),
            "own-marker": self.mark,
            "own-unmark": self.unmark,
            "own-fill": lambda _: self.choose(replace(self.recipe, missing=FILL)),
            "own-gather": lambda _: self.choose(replace(self.recipe, gathered=True)),
            "own-apart": lambda _: self.choose(replace(self.recipe, gathered=False)),
            "own-first": lambda _: self.keep_first(),
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
        self.recipe, self.eased = Recipe(), {}
        self.panel.show_progress(DATA["reading"].format(name=self.file))
        self.begin(self.reading(content))

    def reading(self, content):
        """Read a table, step by step, and show what it was taken for."""
        if len(content) > LARGE:
            yield REST  # to take over so many bytes has filled a frame
        try:
            self.found = yield from reading(content)
        except TableError as error:
            self.panel.show_start(f"{self.file}: {refusal(error)}", self.kept())
        else:
            yield from self.choosing(self.recipe, eases=True)

    def begin(self, steps):
        """Do this, in the place of what was being done."""
        self.steps = steps
        self.browser.publish(working="true")
        self.work()

    def work(self):
        """Do some steps, for a part of a frame."""
        deadline, steps = Deadline(self.browser.now, SECONDS), self.steps
        try:
            for share in steps:
                if self.steps is not steps:
                    return  # something else was begun meanwhile
                if share is REST or not deadline.left():
                    self.timer.start(PAUSE)
                    if share is not None and share is not REST:
                        self.panel.set_progress(share)
                    return
        except Exception:
            self.stop(DATA["failed"])  # and the page says more
            raise
        self.steps = None
        self.app.stale = True  # what is published says that nothing is worked on any more

    def stop(self, fault=""):
        """Read no further, and ask for other data; `fault` is why a file is none."""
        self.timer.stop()
        self.steps = self.found = self.table = None
        self.app.stale = True
        self.panel.show_start(fault, self.kept())

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
        elif what == "marker":
            values = [value.strip() for value in node.value.split(",") if value.strip()]
            self.choose(self.marked(*(("", value) for value in values)))
        elif what == "by":
            self.choose(replace(self.recipe, by=node.value))
        else:
            value = node.value
            if what == "target":
                what, name, value = "role", value, "target"
            column = next(c for c in self.shown.columns if c.name == name)
            kind = value if what == "kind" else column.kind
            role = value if what == "role" else column.role
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
        if recipe.columns != self.recipe.columns:
            self.eased.pop("many_inputs", None)
        self.begin(self.choosing(recipe))

    def choosing(self, recipe, eases=False):
        """The same, step by step.

        Args:
            eases: Whether other choices are made where the table cannot be used with these.
        """
        fault, answers = "", ()
        try:
            shown = recipe.applied(self.found)
        except TableError as error:
            self.refuse(error)
            return
        self.recipe, self.shown, self.table = recipe, shown, None
        try:
            self.table = yield from making(self.file, self.content, recipe, shown)
        except TableError as error:
            easier = eased(error, recipe, shown) if eases else None
            if easier is not None:
                recipe, self.eased[error.kind] = easier
                yield from self.choosing(recipe, eases)
                return
            fault, answers = refusal(error), answers_of(error, shown)
        rest = [REST] * (len(self.content) > LARGE)
        yield from rest
        view = preview(self, shown, fault, answers)
        yield from rest
        focus = self.panel.show_preview(view)
        yield from rest  # else the page would be laid out twice in a frame
        focus()

    def refuse(self, error):
        """Say why a choice cannot be made; what was chosen before stays."""
        answers = answers_of(error, self.shown)
        self.panel.show_preview(preview(self, self.shown, refusal(error), answers))()

    def marked(self, *markers):
        """The choices, with more values that mean missing."""
        return replace(self.recipe, markers=tuple(dict.fromkeys((*self.recipe.markers, *markers))))

    def mark(self, text):
        """Take a value of a column for missing; the column may then be of another kind."""
        name, value, kind = json.loads(text)
        recipe = self.marked((name, value))
        if kind:
            role = next(c.role for c in self.shown.columns if c.name == name)
            recipe = replace(recipe, columns=recipe.columns | {name: (kind, role)})
        self.choose(recipe)

    def unmark(self, text):
        """Take a value for itself again."""
        gone = tuple(json.loads(text))
        markers = tuple(marker for marker in self.recipe.markers if marker != gone)
        self.choose(replace(self.recipe, markers=markers))

    def keep_first(self):
        """Leave out the inputs that are too many."""
        self.choose(with_first(self.recipe, self.shown))

    # Using ------------------------------------------------------------------------------------

    def use(self):
        """Open the table in the lab."""
        table = self.table
        if table is not None:
            changes = {"batch_size": batch_for(table.n_rows), "train_share": 80, "stop_epoch": 20}
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
            shown = recipe.applied(self.found)
            table = yield from making(self.file, self.content, recipe, shown)
        except TableError as error:
            self.refuse(error)
            return
        yield from self.opening("playground", table, {"problem": "classification"})

    def opening(self, view, table, changes):
        """Show a table in a view, step by step: the view comes first, with what it had. What the
        reader has opened meanwhile stays."""
        app = self.app
        there = app.current
        yield REST
        know(table)
        app.pause()
        app.stage.card.close()
        yield REST
        if app.current is there:
            app.session.show(view)
            there = app.current
            yield REST
        while app.session.work():
            yield
        yield REST
        if app.current is not there:
            return
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
