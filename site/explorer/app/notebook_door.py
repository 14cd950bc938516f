"""The way to the notebook: its tab, and files that belong to it. What is behind is fetched when it
is first wanted.
"""

from functools import partial

NOTEBOOK = "notebook"
ACTIONS = (
    "nb-run", "nb-run-all", "nb-stop", "nb-restart", "nb-add-code", "nb-add-text", "nb-undo",
    "nb-up", "nb-down", "nb-delete", "nb-turn", "nb-edit", "nb-open", "nb-save", "nb-lesson",
    "nb-take-file", "nb-line", "nb-model", "nb-kept", "nb-forget",
)  # fmt: skip
ENDING = ".ipynb"
LINK = "view=notebook"


class NotebookDoor:
    """Shows the notebook in the place of playground and lab; `room` is what is inside, once."""

    def __init__(self, app):
        self.app, self.browser = app, app.browser
        self.is_open = False
        self.room = self.opener = None  # opener: what opens a file, see OpenedFiles
        self.actions = {name: partial(self.do, name) for name in ACTIONS}
        self.actions["nb-experiment"] = lambda _: self.open_experiment()

    def do(self, name, value):
        """Do what a button in the notebook says."""
        self.room.actions[name](value)

    def open_experiment(self):
        """Show the present experiment as a notebook."""
        self.browser.element("code").hidePopover()
        self.open(lambda room: room.open_lesson("experiment"))

    def shown_by_cells(self):
        """What the cells that have run show, each as text."""
        return self.room.shown() if self.room is not None and self.room.notebook else []

    def open_link(self):
        """Show what the address asks for."""
        app = self.app
        if self.browser.link_text().removeprefix("#") != LINK:
            self.leave()
            app.open_link()
        elif not self.is_open:
            if not app.session.experiments:
                app.session.open("")
                app.view_shown(keep=False)
            self.open()

    def show_view(self, view):
        """A tab was chosen."""
        if view == NOTEBOOK:
            self.open()
        else:
            self.app.show_view(view)

    def open(self, then=None):
        """Show the notebook; then(room) is called when it is there."""
        self.app.pause()
        if self.room is None:
            self.browser.publish(notebook="loading")
            self.browser.notebook_ahead()
        self.app.parts.wanted(NOTEBOOK, lambda: self.enter(then))

    def enter(self, then):
        if self.room is None:
            from explorer.app.notebook.room import Room

            self.room = Room(self.app, self)
        self.room.when_ready(lambda: self.entered(then))

    def entered(self, then):
        """Everything is there: the view changes, and no frame is drawn until it is left."""
        self.is_open = True
        self.browser.publish(playing="false", working="false")
        self.show_tabs(NOTEBOOK)
        self.browser.element(NOTEBOOK).hidden = False
        self.browser.set_link(LINK, keep=True)
        self.room.warm_up()
        if then is not None:
            then(self.room)

    def leave(self):
        """Playground or lab are shown again."""
        if self.is_open:
            self.is_open = False
            self.browser.element(NOTEBOOK).hidden = True
            self.show_tabs(self.app.session.view)
            self.app.stale = True

    def show_tabs(self, view):
        """Mark the tab of a view as the chosen one, and publish it."""
        self.browser.publish(view=view)
        for tab in self.browser.elements('[role="tab"]'):
            chosen = tab.getAttribute("data-value") == view
            tab.setAttribute("aria-selected", "true" if chosen else "false")
            tab.tabIndex = 0 if chosen else -1

    def handler(self, name):
        """What takes a file of this name: function of (name, bytes), or None."""
        if name.lower().endswith(ENDING):
            return lambda name, content: self.open(lambda room: room.open_file(name, content))
        return self.room.put_file if self.is_open else None
