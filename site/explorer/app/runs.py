"""The section on runs: those that are kept, many at once, and a map of what trains."""

from explorer.app.kept import Kept
from explorer.app.train_map import TrainMap
from explorer.app.vary import Vary


class Runs:
    """The parts of the section, and the actions of all."""

    def __init__(self, app):
        self.app, self.theme = app, app.stage.theme
        self.kept = Kept(app)
        self.vary, self.map = Vary(app), TrainMap(app)
        self.actions = {**self.kept.actions, **self.vary.actions, **self.map.actions}

    def work(self, seconds):
        """Train some of many runs for so long, if there are any, and follow a change of colours."""
        if self.app.stage.theme is not self.theme:
            self.theme = self.app.stage.theme
            if self.kept.runs:
                self.kept.show()
        busy = self.vary.is_running
        self.vary.work(seconds)
        if not busy:
            self.map.work(seconds)
