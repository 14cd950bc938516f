"""The notebook at work: what a press does, what runs, and what comes back.

Text is taken over from the editors at every key, so it is there whatever becomes of Python. Nothing
runs before the reader presses, wherever the notebook comes from.
"""

from explorer.app.notebook import exchange
from explorer.app.notebook.editing import KEEP_AFTER, Editing
from explorer.app.notebook.keeping import Keeping
from explorer.app.notebook.python import FAILED, OFF, READY, RUNNING, STARTING, Python
from explorer.app.notebook.results import Results
from explorer.notebook import file_format
from explorer.notebook.document import CODE, TEXT, Cell, Notebook, text_of
from explorer.notebook.given import lesson
from explorer.panels.notebook.cell import CellView
from explorer.panels.notebook.frame import Frame
from explorer.text.notebook import NOTEBOOK

PUBLISHED = {OFF: "idle", STARTING: "loading", READY: "idle", RUNNING: "running", FAILED: "idle"}
DRAW_AFTER = 0.05  # seconds from what a cell tells to its picture


class Room(Editing):
    """The view behind the tab. It is ready when its editor has been fetched."""

    def __init__(self, app, door):
        self.app, self.browser, self.door = app, app.browser, door
        self.tools = self.python = self.frame = None
        self.waiting, self.loading = [], False
        self.views, self.focused = {}, None
        self.files = {}
        self.runs = 0  # of cells in this Python, as Jupyter counts them
        self.done = self.failed = 0  # of these, those that have ended
        self.keeping = Keeping(app.browser)
        self.keep_timer = app.browser.Timer(self.keep)
        self.notebook = None
        self.results = Results(app.browser.Timer, self.cell_changed, self.ended, DRAW_AFTER)

    def when_ready(self, then):
        """Call then() once everything is there."""
        if self.tools is not None:
            then()
            return
        self.waiting.append(then)
        if not self.loading:
            self.loading = True
            self.browser.notebook().load(self.browser, self.loaded, self.not_loaded)

    def loaded(self, tools):
        self.loading = False
        self.tools = tools
        root = self.browser.element("notebook")
        self.frame = Frame(self.browser, root, tools.has_packages)
        self.python = Python(
            tools.start, self.show_state, self.results.hear, self.files, self.take_model
        )
        for kind in ("input", "change", "pointerover", "focusin"):
            self.browser.listen(root, kind, self.own)
        self.browser.listen(root, "keydown", self.key_pressed)
        self.browser.listen(self.frame.field, "change", self.chosen)
        self.browser.listen(root, "dblclick", self.pressed_twice)
        self.actions = self.actions_here()
        kept = self.keeping.restored()
        self.show(kept or self.lesson("lesson_new"), original=kept is None)
        waiting, self.waiting = self.waiting, []
        for then in waiting:
            then()

    def not_loaded(self, message):
        self.loading = False
        self.waiting = []
        self.browser.publish(notebook="idle")
        text = NOTEBOOK["not_opened"].format(reason=message)
        self.app.notices.show("notebook", NOTEBOOK["title"], text)

    def actions_here(self):
        act = self.with_cell
        return {
            "nb-run": act(lambda cell: self.run([cell])),
            "nb-run-all": lambda _: self.run(self.notebook.cells),
            "nb-stop": lambda _: self.stop(),
            "nb-restart": lambda _: self.restart(),
            "nb-add-code": lambda _: self.add(CODE),
            "nb-add-text": lambda _: self.add(TEXT),
            "nb-undo": lambda _: self.undo(),
            "nb-up": act(lambda cell: self.move(cell, -1)),
            "nb-down": act(lambda cell: self.move(cell, +1)),
            "nb-delete": act(self.delete),
            "nb-turn": act(self.turn),
            "nb-edit": act(self.edit),
            "nb-open": lambda _: self.frame.field.click(),
            "nb-save": lambda _: self.save(),
            "nb-lesson": self.open_lesson,
            "nb-kept": self.open_kept,
            "nb-forget": self.forget,
            "nb-take-file": self.take_file,
            "nb-line": self.go_to_line,
            "nb-model": lambda name: self.python.ask_model(name),
        }

    def with_cell(self, action):
        """An action on the cell that it names."""

        def act(identity):
            cell = self.notebook.find(identity)
            if cell is not None:
                action(cell)

        return act

    # Showing ----------------------------------------------------------------------------------

    def show(self, notebook, original=True):
        """Show another notebook; nothing of it runs."""
        if self.runs:  # names of one notebook are not for another
            self.restart()
        if original:
            notebook.name = self.keeping.free_name(notebook)
        self.notebook = notebook
        for view in self.views.values():
            view.remove()
        self.views = {}
        self.focused = None
        self.browser.write(self.frame.name, notebook.name)
        self.arrange()
        if original:
            self.keeping.keep_original(notebook)
        self.keep()
        self.frame.show_kept(self.keeping.names()[1:])

    def arrange(self):
        """Bring the cells' elements into the order of the cells; make and remove some."""
        wanted = {cell.identity: cell for cell in self.notebook.cells}
        for identity in list(self.views):
            view = self.views[identity]
            if wanted.get(identity) is not view.cell or view.kind != view.cell.kind:
                view.remove()
                del self.views[identity]
        for place, cell in enumerate(self.notebook.cells):
            view = self.views.get(cell.identity)
            if view is None:
                view = self.views[cell.identity] = self.view_of(cell, place + 1)
            view.number(place + 1)
            children = self.frame.cells.children
            here = children[place] if place < len(children) else None
            if here is None:
                self.frame.cells.appendChild(view.node)
            elif not here.isSameNode(view.node):
                self.frame.cells.insertBefore(view.node, here)
        self.frame.undo.disabled = not self.notebook.can_undo

    def view_of(self, cell, place):
        return CellView(self.browser, self.tools, cell, place, self.edited, self.complete)

    def cell_changed(self, cell):
        """Draw a cell as it is now."""
        view = self.views.get(cell.identity)
        if view is not None and view.cell is cell:
            state = self.results.state_of(cell)
            view.draw(state == "running", state == "waiting")

    def show_state(self, text, share, busy):
        self.frame.show_state(text, share, busy)
        if self.python is not None:
            self.browser.publish(notebook=PUBLISHED[self.python.state])

    def count(self, run=0, failed=0):
        """Publish how many cells this Python has run, after some more or from 0 on."""
        self.done, self.failed = (self.done + run, self.failed + failed) if run else (0, 0)
        self.browser.publish(cells_run=str(self.done), cells_failed=str(self.failed))

    # Running ----------------------------------------------------------------------------------

    def run(self, cells):
        """Run the code among these cells, in their order."""
        for cell in cells:
            if cell.kind == TEXT:
                self.views[cell.identity].show_prose()
            elif cell.kind == CODE and not self.results.state_of(cell):
                self.runs += 1
                self.results.expect(self.runs, cell)
                self.cell_changed(cell)
                self.python.run(self.runs, cell.source)

    def warm_up(self):
        """Have Python ready for the first press; no cell runs."""
        if self.python.state == OFF:
            self.python.begin()

    def stop(self):
        self.results.forget_waiting()
        self.python.stop()

    def restart(self):
        self.results.forget_all()
        self.frame.show_networks([])
        self.runs = 0
        self.count()
        self.python.restart()

    def ended(self, files, good, networks):
        """A cell has run to its end."""
        self.count(1, not good)
        self.frame.show_networks(networks)
        if not good:
            self.results.forget_waiting()
        if files is not None:
            self.frame.show_files(files)
        self.keep_timer.start(KEEP_AFTER)

    # Notebooks and files ----------------------------------------------------------------------

    def open_lesson(self, name):
        self.browser.element("nb-lessons-box").hidePopover()
        if name == "experiment":
            self.app.parts.wanted(exchange.PART, self.show_experiment)
            return
        if name == "as_it_was":
            before = self.keeping.original(self.notebook.name)
            self.show(before or self.notebook, original=False)
        else:
            self.show(self.lesson(name))

    def lesson(self, name):
        return lesson(name, self.tools.has_packages)

    def open_program(self, name, words, program):
        """Show a notebook with a text and a program, unless the one that is open has it already."""
        if all(program != cell.source for cell in self.notebook.cells):
            cells = [Cell("cell-1", TEXT, words), Cell("cell-2", CODE, program)]
            self.show(Notebook(name, cells))

    def shown(self):
        """What the cells show that have run, each as text."""
        ran = set(self.results.cells.values())
        return [text_of(cell.outputs) for cell in self.notebook.cells if cell in ran]

    def open_kept(self, name):
        """Show a notebook that this browser has kept."""
        self.browser.element("nb-lessons-box").hidePopover()
        kept = self.keeping.kept(name)
        if kept is not None:
            self.show(kept, original=False)

    def forget(self, name):
        self.keeping.forget(name)
        self.frame.show_kept(self.keeping.names()[1:])

    def show_experiment(self):
        self.show(exchange.notebook_of(self.app, self.tools.has_packages))

    def take_model(self, name, text):
        """Open a network that a cell has made in playground or lab."""
        self.app.parts.wanted(exchange.PART, lambda: self.open_model(name, text))

    def open_model(self, name, text):
        if not exchange.open_model(self.app, text):
            said = NOTEBOOK["no_place"].format(name=name)
            self.app.notices.show("notebook", NOTEBOOK["title"], said)

    def open_file(self, name, content):
        """Show the notebook in a file, or say what is wrong with it."""
        try:
            notebook = file_format.read(name, content)
        except ValueError as fault:
            self.app.notices.show("file", NOTEBOOK["file_title"], f"{name}: {fault}.")
            return
        self.app.notices.close("file")
        self.show(notebook)
        if not self.frame.remark.textContent:
            text = NOTEBOOK["opened"].format(name=notebook.name)
            self.browser.write(self.frame.remark, text)

    def put_file(self, name, content):
        """Put a file beside the notebook."""
        self.python.put(name, content)
        listed = dict(self.frame.listed) | {name: len(content)}
        self.frame.show_files(sorted(listed.items()))

    def take_file(self, name):
        self.python.take(name)
        self.frame.show_files([each for each in self.frame.listed if each[0] != name])

    def chosen(self, _event):
        for file in list(self.frame.field.files):
            self.door.opener.open(file)
        self.frame.field.value = ""

    def save(self):
        name = f"{self.notebook.name}{file_format.ENDING}"
        self.browser.notebook().take_away(self.browser, name, file_format.write(self.notebook))

    def keep(self):
        kept = self.keeping.keep(self.notebook)
        self.browser.write(self.frame.remark, "" if kept else NOTEBOOK["not_kept"])
