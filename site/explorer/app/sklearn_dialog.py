"""Compares the network with scikit-learn, when the reader asks for it and not before.

Loading and training go in steps, so that the page can say what it is doing: the wheels from the
page's own site with progress in bytes, then one model after the other.
"""

from types import ModuleType

import numpy as np

from explorer.learning.sklearn_models import Score, comparison
from explorer.panels.comparing import ComparePanel

PAUSE = 0.05  # seconds between two steps: time for the page to show what comes next


class SklearnDialog:
    """The actions of the part of the Code panel that is about scikit-learn."""

    def __init__(self, app):
        self.app, self.browser = app, app.browser
        self.panel = ComparePanel(app.browser)
        self.timer = app.browser.Timer(self.step)
        self.steps = None
        self.busy = self.installed = False
        guard = app.browser.guard
        self.callbacks = [
            app.browser.callback(guard(each))
            for each in (self.arrived, self.ready, self.not_loaded)
        ]
        self.actions = {"compare": lambda _: self.start()}

    @property
    def extras(self):
        """What the boot code offers to load; None where the page comes without it."""
        boot = getattr(self.browser.window, "nncoreBoot", None)
        extras = getattr(boot, "extras", None)
        return extras if extras is not None and extras.bytes else None

    def opened(self):
        """The panel was opened: says what a comparison takes."""
        self.panel.offer(self.extras.bytes if self.extras else 0, self.installed)

    def start(self):
        """Compare; load scikit-learn first if need be."""
        if self.busy:
            return
        self.busy = True
        self.app.pause()
        if self.installed:
            self.ready()
            return
        arrived, *answers = self.callbacks
        self.panel.loading(0, self.extras.bytes)
        self.extras.install(arrived).then(*answers)

    def arrived(self, count):
        """Called as bytes arrive; when all are there, Python is busy installing them."""
        self.panel.loading(count, self.extras.bytes)

    def not_loaded(self, error):
        self.busy = False
        self.panel.failed(str(error.message))

    def ready(self, *_):
        """scikit-learn is installed: the models are trained one by one."""
        self.installed = True
        # SciPy takes all of NumPy's names; the page's NumPy comes without f2py.
        vars(np).setdefault("f2py", ModuleType("numpy.f2py"))
        self.steps = comparison(self.app.experiment)
        self.panel.begin(self.app.experiment)
        self.timer.start(PAUSE)

    def step(self):
        """Train the next model, or show what comes of it."""
        experiment = self.app.experiment
        try:
            result = next(self.steps)
        except StopIteration:
            self.busy = False
            self.panel.done()
            return
        except BaseException:
            self.busy = False
            self.panel.done()
            raise
        if isinstance(result, str):
            self.panel.training(result, experiment)
        elif isinstance(result, Score):
            self.panel.add(result, experiment)
        else:
            self.panel.draw(result, experiment.problem, self.app.stage)
        self.timer.start(PAUSE)
