"""Two runs at a time: the one of the page, and another beside it, on the same data and in step.

One transport moves both: Run, Step, Reset and going back in time. What is changed on the page is
then the difference, and it is said in words.
"""

import operator
from dataclasses import replace

import numpy as np

from explorer.app.csv_text import csv_text, full
from explorer.app.kept import value
from explorer.app.runs_section import Section
from explorer.drawing.views import heatmap
from explorer.frames.deadline import REDRAW
from explorer.learning.beside import Beside, curve
from explorer.learning.kept_runs import differences
from explorer.panels.runs.pair import MAP, NOW, PairPanel
from explorer.settings.settings import LOOKS
from explorer.text.labels import LABELS
from explorer.text.runs import RUNS

VIEW = "playground"


class Pair(Section):
    """The actions of the section; the loop trains what is beside (see RunsDoor.pair).

    Attributes:
        beside: The Beside, while the section is open.
    """

    def __init__(self, app, kept):
        super().__init__(app, "pair", "two-runs")
        self.kept = kept
        self.panel = PairPanel(app.browser, self.node)
        self.beside, self.name = None, ""
        self.drawn, self.seen, self.names = 0.0, [], None  # when it was drawn, and what of
        self.actions = {
            "pair": lambda _: self.toggle(),
            "pair-now": lambda _: self.begin(NOW),
            "pair-swap": lambda _: self.swap(),
            "pair-take": self.take,
        }
        app.browser.listen(self.node, "change", lambda _: self.begin(self.panel.first.value))

    def toggle(self):
        super().toggle()
        if self.node.hidden:
            self.end()
        else:
            self.begin(NOW)

    @property
    def offered(self):
        """The kept runs that can be beside the page's."""
        return [run for run in self.kept.runs if run.settings.view == VIEW]

    def begin(self, chosen):
        """Set a run beside the page's: the settings of now, or those of a kept run."""
        run = None if chosen == NOW else self.offered[int(chosen)]
        if run is None:
            self.put(self.app.current, RUNS["pair_beside"])
        else:
            self.put(run.settings, run.name)

    def put(self, settings, name):
        """Train these settings beside the page's."""
        app = self.app
        self.name, self.names = name, None
        self.beside = app.runs.pair = Beside(settings, app.experiment, app.session.engine)

    def end(self):
        self.beside = self.app.runs.pair = None
        self.browser.publish(beside_epoch="", beside_loss_train="")

    def swap(self):
        """Show the settings of the run beside, and set those of the page aside; both from 0."""
        app, here = self.app, self.app.current
        same = {name: getattr(here, name) for name in (*LOOKS, "stop_epoch", "stop_loss")}
        app.pause()
        app.stage.card.close()
        app.session.open_anew(replace(self.beside.settings, **same))
        app.settings_shown()
        self.put(here, RUNS["pair_beside"])

    def work(self):
        """Once in a frame: show what is new."""
        app, beside = self.app, self.beside
        if beside is None:
            return
        if app.session.view != VIEW:
            self.toggle()
            return
        beside.lead(app.experiment)
        names = [run.name for run in self.offered]
        seen = [app.experiment.shown, beside.shown, app.stage.theme, app.current]
        if names == self.names and all(map(operator.is_, self.seen, seen)):
            return
        now, moves = self.browser.now(), app.player.is_running or beside.is_behind
        if self.names is not None and moves and now - self.drawn < REDRAW:
            return
        self.seen, self.names, self.drawn = seen, names, now
        self.draw(names)

    def draw(self, names):
        here, beside, theme = self.app.experiment, self.beside.experiment, self.app.stage.theme
        chosen = str(names.index(self.name)) if self.name in names else NOW
        self.panel.show_names(names, chosen)
        self.panel.show_difference(self.difference())
        both = here, beside
        self.panel.draw(
            (RUNS["pair_here"], self.name), [self.picture(each) for each in both],
            [losses_of(each) for each in both], [stands(each) for each in both], theme,
        )  # fmt: skip
        loss = beside.shown.loss_train
        self.browser.publish(beside_epoch=str(beside.epoch), beside_loss_train=full(loss))

    def picture(self, experiment):
        """The colours of what a run says over the plane."""
        answers, stage = experiment.snapshot().maps(MAP)[-1], self.app.stage
        if answers.shape[1] > 1:
            return heatmap.regions(answers, stage.class_shades)
        return heatmap.shade(answers[:, 0], stage.shades)

    def difference(self):
        """What differs, in words."""
        found = [
            RUNS["pair_differs"].format(
                name=LABELS[name], here=value(name, here), beside=value(name, beside)
            )
            for name, beside, here in differences(self.beside.settings, self.app.current)
        ]
        if not found:
            return RUNS["pair_same"]
        return RUNS["pair_different"].format(differences=", ".join(found))

    def csv(self):
        rows = [[RUNS[name] for name in ("run_column", "epochs_column", "loss_train", "loss_test")]]
        both = {RUNS["pair_here"]: self.app.experiment, self.name: self.beside.experiment}
        for name, experiment in both.items():
            for record in experiment.history.records:
                losses = full(record.loss_train), full(record.loss_test)
                rows.append([name, record.epoch, *losses])
        return csv_text(rows)


def losses_of(experiment):
    """(epochs, losses): those on the test points where there are any."""
    epochs, train, test = curve(experiment)
    losses = train if np.isnan(test).all() else test
    known = np.isfinite(losses)
    return epochs[known], losses[known]


def stands(experiment):
    """Where a run stands: epoch, loss, whether it has blown up."""
    shown = experiment.shown
    loss = shown.loss_train if shown.loss_test is None else shown.loss_test
    return shown.epoch, 0.0 if loss is None else loss, experiment.diverged
