"""The way to the runs: what the section on them can do before its Python is there.

The buttons are in the page from the start. The first press fetches the part behind them; so does
a visit with runs that were kept in this browser.
"""

from explorer.app.parts import OnDemand
from explorer.frames.deadline import REDRAW, Deadline

KEY = "runs"  # of the kept runs in the browser's storage
ACTIONS = (
    "pair", "pair-now", "pair-swap", "pair-take",
    "vary", "vary-start", "vary-stop", "vary-fewer", "vary-show", "vary-sort", "vary-take",
    "keep", "kept-open", "kept-remove", "kept-save", "kept-restore",
    "kept-earlier", "kept-later", "kept-take",
    "train-map", "map-start", "map-stop", "map-in", "map-out", "map-open", "map-take",
)  # fmt: skip


class RunsDoor(OnDemand):
    """Fetches the part with the first action, and hands all of them on.

    Attributes:
        seeds: The SeedRuns that are trained beside the page, each with its watcher.
        pair: The Beside that is trained in step with the page's run, if there is one.
    """

    key = KEY

    def __init__(self, app):
        self.status = app.browser.element("runs-status")
        super().__init__(app, "runs", lambda: opened(app), ACTIONS, self.status)
        self.seeds, self.pair = [], None
        self.news, self.told = False, 0.0  # whether who watches lacks a run; when it was told

    def train_seeds(self, settings, count, epochs, watch):
        """Train so many seeds of an experiment beside the page, and tell how each went.

        Whoever calls this need not fetch the part behind it, nor care for frames. `stop()` ends it
        early.

        Args:
            settings: Those of the experiment; the first seed is theirs.
            epochs: How many; 0 for as many as the settings stop after.
            watch: `watch(seed_runs)` is called when it begins, now and then when more runs are
                finished, and at the end: then `is_running` is false, and `runs` holds an Outcome
                for each seed (its losses, scores, and whether it blew up; see
                learning.seed_runs).
        """
        self.app.parts.wanted(self.part, lambda: self.begin_seeds(settings, count, epochs, watch))

    def do(self, name, value):
        """The lab has its buttons elsewhere: there a notice tells of what is being fetched."""
        self.place = self.status if self.app.session.view == "playground" else None
        super().do(name, value)

    def begin_seeds(self, settings, count, epochs, watch):
        runs = seed_runs(self.app, settings, count, epochs)
        self.seeds.append((runs, watch))
        watch(runs)

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

    def keeps(self, dataset):
        """Whether a kept run has learned from a data set."""
        kept = [] if self.made is None else self.made.kept.runs
        return any(run.settings.dataset == dataset for run in kept)

    def open_run(self, settings, epochs):
        """Show a run from its start, and train it to an epoch at full speed: one of many."""
        app = self.app
        app.pause()
        app.stage.card.close()
        app.session.open_anew(settings)
        app.settings_shown()
        app.player.run_to(epochs)

    def work(self, seconds):
        """Train some of many runs, if there are any."""
        if self.made is not None:
            self.made.follow()
        if self.seeds:
            self.work_on_seeds(Deadline(self.app.browser.now, seconds))
        elif self.made is not None:
            self.made.work(seconds)

    def work_on_seeds(self, deadline):
        """Train the oldest seed runs that are still wanted, and tell who watches them."""
        runs, watch = self.seeds[0]
        self.news = runs.work(deadline) or self.news
        now = self.app.browser.now()
        if not runs.is_running:
            self.seeds.pop(0)
        elif not self.news or now - self.told < REDRAW:
            return  # a picture of each run would take longer than the run
        self.news, self.told = False, now
        watch(runs)


def opened(app):
    """What is behind the section: a part that is not there before."""
    from explorer.app.runs import Runs

    return Runs(app)


def seed_runs(app, settings, count, epochs):
    from explorer.app.runs_section import means
    from explorer.learning.seed_runs import SeedRuns

    engine, crew = means(app, settings)
    return SeedRuns(settings, engine, count, epochs, crew)
