"""The section on runs: those that are kept, two at a time, many at once, a map of what trains."""

from explorer.app.kept import Kept
from explorer.app.pair import Pair
from explorer.app.train_map import TrainMap
from explorer.app.vary import Vary


class Runs:
    """The parts of the section, and the actions of all."""

    def __init__(self, app):
        self.app, self.theme = app, app.stage.theme
        self.kept = Kept(app)
        self.pair = Pair(app, self.kept)
        self.vary, self.map = Vary(app), TrainMap(app)
        self.actions = {
            **self.kept.actions,
            **self.pair.actions,
            **self.vary.actions,
            **self.map.actions,
        }

    def follow(self):
        """Once in a frame: show what the page's own run and its colours have become."""
        if self.app.stage.theme is not self.theme:
            self.theme = self.app.stage.theme
            if self.kept.runs:
                self.kept.show()
        self.pair.work()

    def work(self, seconds):
        """Train some of many runs for so long, if there are any."""
        busy = self.vary.is_running
        self.vary.work(seconds)
        if not busy:
            self.map.work(seconds)
