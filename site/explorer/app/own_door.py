"""The way to the reader's own data: a button, the menu of tables, a file that is dropped, a paste.

What reads tables is a part, which the first of these fetches. Here is only what has to listen from
the start.
"""

from explorer.app import own_memory
from explorer.app.parts import OnDemand
from explorer.forms import bind
from explorer.forms.markup import YOUR_DATA

ACTIONS = (
    "own-choose",
    "own-paste",
    "own-stop",
    "own-other",
    "own-forget",
    "own-use",
    "own-plane",
    "own-split",
    "own-draw",
    "own-marker",
    "own-unmark",
    "own-first",
    "own-fill",
    "own-gather",
    "own-apart",
    "draw-tool",
    "draw-undo",
    "draw-clear",
    "draw-done",
)
LEAST_LINES = 2  # of a pasted text that is taken for a table


class OwnDoor(OnDemand):
    """Opens the dialog, and hands on what is to be read."""

    def __init__(self, app):
        status = app.browser.element("own-status")
        super().__init__(app, "data", lambda: opened(app), ACTIONS, status)
        self.dialog = app.browser.element("own-data")
        app.actions["own-data"] = lambda _: self.open()
        app.fields |= {
            'select[name="table"]': self.table_chosen,
            "[data-own]": self.choice_changed,
            "[data-draw]": lambda node, settled: self.made.room.chosen(node, settled),
            "#own-text": lambda _node, _settled: None,
        }
        app.browser.listen(app.browser.document, "paste", self.pasted)
        app.stage.awaits_data = self.is_working

    def is_working(self):
        """Whether a table is being read or opened."""
        return self.made is not None and self.made.steps is not None

    def restore(self, text):
        """Make the table known that a link text names, if it can be had."""
        own_memory.restore(self.app.browser, text)

    def open(self):
        """Open the dialog, with what was there before."""
        self.dialog.showPopover()
        self.app.parts.wanted(self.part, lambda: self.made_now().show(), self.place)

    def made_now(self):
        if self.made is None:
            self.made = self.make()
        return self.made

    def open_file(self, name, content):
        """Read a file that was chosen or dropped."""
        self.dialog.showPopover()
        self.app.parts.wanted(self.part, lambda: self.made_now().read(name, content), self.place)

    def refuse(self, sentence):
        """Say in the dialog why a file cannot be read, if it is open; return whether."""
        is_open = self.made is not None and self.dialog.matches(":popover-open")
        if is_open:
            self.made.stop(sentence)
        return is_open

    def table_chosen(self, node, settled):
        """The menu of tables: its last entry opens the dialog, all others are tables."""
        app = self.app
        if node.value == YOUR_DATA:
            bind.show_table(app.browser, app.current)
            self.open()
        elif settled:
            app.change(bind.changed(app.current, node), settled)

    def choice_changed(self, node, settled):
        """A choice of the preview."""
        if settled and self.made is not None:
            self.made.chosen(node)

    def key_pressed(self, event):
        """A key while the reader draws; return whether it was one of drawing."""
        return self.made is not None and self.made.room.key_pressed(event)

    def pasted(self, event):
        """Cells of a spreadsheet, pasted anywhere but into a field."""
        if (
            self.app.browser.closest(event.target, "input, textarea, select, [contenteditable]")
            is not None
        ):
            return
        text = event.clipboardData.getData("text/plain")
        if len(text.strip().splitlines()) >= LEAST_LINES:
            event.preventDefault()
            self.open_file("", text.encode())


def opened(app):
    """What is behind the dialog: a part that is not there before."""
    from explorer.app.own_data import OwnData

    return OwnData(app)
