"""The way to the runs: what the section on them can do before its Python is there.

The buttons are in the page from the start. The first press fetches the part behind them; so does
a visit with runs that were kept in this browser.
"""

from explorer.app.parts import OnDemand

KEY = "runs"  # of the kept runs in the browser's storage
ACTIONS = (
    "vary", "vary-start", "vary-stop", "vary-show", "vary-sort", "vary-take",
    "keep", "kept-open", "kept-remove", "kept-save", "kept-restore",
)  # fmt: skip


class RunsDoor(OnDemand):
    """Fetches the part with the first action, and hands all of them on."""

    key = KEY

    def __init__(self, app):
        status = app.browser.element("runs-status")
        super().__init__(app, "runs", lambda: opened(app), ACTIONS, status)

    def restore(self):
        """Bring back the runs that were kept in this browser, if there are any."""
        if self.app.browser.stored(KEY):
            self.do("kept-restore", None)

    def open_file(self, name, content):
        """Take the kept runs of a file."""
        self.app.parts.wanted(self.part, lambda: self.take_file(name, content), self.place)

    def take_file(self, name, content):
        self.act("kept-restore", None)
        self.made.kept.open_file(name, content)
        self.app.stale = True

    def work(self, seconds):
        """Train some of many runs, if there are any."""
        if self.made is not None:
            self.made.work(seconds)


def opened(app):
    """What is behind the section: a part that is not there before."""
    from explorer.app.runs import Runs

    return Runs(app)
