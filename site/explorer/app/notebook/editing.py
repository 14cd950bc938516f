"""How the reader changes a notebook: text, and cells that come, go, move and turn.

Every change of cells can be undone. Text is taken over at every key, so it is there whatever
becomes of Python.
"""

from explorer.notebook.document import CODE, TEXT

KEEP_AFTER = 1.0  # seconds after the last change


class Editing:
    """The part of the room (see `room`) that changes cells."""

    def edited(self, cell, event, value):
        """What an editor reports: another text, or a key that is for the notebook."""
        if event == "change":
            cell.source = value
            self.keep_timer.start(KEEP_AFTER)
        elif event == "focus":
            self.focused = cell
        elif event in ("run", "run-stay", "run-insert"):
            self.run([cell])
            self.after_run(cell, event)
        elif event in ("up", "down"):
            self.move(cell, -1 if event == "up" else 1)
        elif event == "escape" and cell.kind == TEXT:
            self.views[cell.identity].show_prose()
            self.views[cell.identity].focus()

    def after_run(self, cell, event):
        """Where the reader goes on after running a cell by a key."""
        following = self.notebook.beside(cell, 1)
        if event == "run-insert" or (event == "run" and following is None):
            place = self.notebook.place_of(cell) + 1
            following = self.notebook.add(place, CODE)
            self.arrange()
        if event != "run-stay":
            self.views[following.identity].focus()
            self.focused = following

    def add(self, kind):
        cells = self.notebook.cells
        here = self.focused if self.focused in cells else cells[-1]
        cell = self.notebook.add(self.notebook.place_of(here) + 1, kind)
        self.arrange()
        view = self.views[cell.identity]
        view.edit()
        view.focus()
        self.focused = cell
        self.keep()

    def delete(self, cell):
        near = self.notebook.beside(cell, 1) or self.notebook.beside(cell, -1)
        self.notebook.remove(cell)
        self.arrange()
        self.views[(near or self.notebook.cells[0]).identity].focus()
        self.keep()

    def move(self, cell, step):
        self.notebook.move(cell, step)
        self.arrange()
        self.views[cell.identity].focus()
        self.keep()

    def turn(self, cell):
        self.notebook.turn(cell, TEXT if cell.kind == CODE else CODE)
        self.arrange()
        self.keep()

    def edit(self, cell):
        view = self.views[cell.identity]
        view.edit()
        view.focus()

    def undo(self):
        self.notebook.undo()
        self.arrange()
        self.keep()

    def complete(self, kind, text, place, answer):
        self.python.ask(kind, text, place, answer)

    def go_to_line(self, value):
        """Show the line that a traceback names."""
        number, _, line = value.partition(".")
        cell = self.results.cell_of(int(number))
        view = cell and self.views.get(cell.identity)
        if view is not None and view.editor is not None:
            view.editor.mark(int(line))

    def own(self, event):
        """What happens in here is not for the playground's keys and fields."""
        event.stopPropagation()

    def key_pressed(self, event):
        """Enter on a text that is not being edited: edit it. No other key is for the page."""
        event.stopPropagation()
        if event.key == "Enter" and event.target.matches(".prose"):
            event.preventDefault()
            self.pressed_twice(event)

    def pressed_twice(self, event):
        prose = self.browser.closest(event.target, ".prose")
        node = self.browser.closest(event.target, "[data-cell]")
        if prose is not None and node is not None:
            self.actions["nb-edit"](node.getAttribute("data-cell"))
