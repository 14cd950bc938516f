"""What the reader can do with many runs: start and stop them, look at them, open one, save them.

Joins the panel with a Sweep, which is trained a little in every frame. What comes of it is said
in a sentence, too.
"""

import math
from dataclasses import replace

import numpy as np

from explorer.app.csv_text import csv_text
from explorer.app.runs_section import Section, means
from explorer.app.runs_words import TooMany, duration, read, said, shown, values_of
from explorer.drawing.scales import decimals
from explorer.drawing.views import heatmap
from explorer.frames.deadline import REDRAW, Deadline
from explorer.learning import sweeps
from explorer.learning.projection import plane_of_run
from explorer.panels.lab.strip import small_scatter
from explorer.panels.runs.vary import (
    MAP,
    Result,
    VaryPanel,
    keys_of,
    label_of,
    number,
    seeds_in_words,
)
from explorer.settings import link
from explorer.settings.fields import BadValue, Number, Whole
from explorer.text.runs import RUNS

LOSS = Number(0, 1000)
EPOCHS = 300  # of each run at first, where the settings set no limit


class Vary(Section):
    """The actions of the section on many runs."""

    def __init__(self, app):
        super().__init__(app, "vary", "runs")
        self.begin_view()
        # On what stays: the form is made anew for another view.
        app.browser.listen(self.node, "change", lambda event: self.panel.changed(event.target))
        self.actions = {
            "vary": lambda _: self.toggle(),
            "vary-start": lambda _: self.start(),
            "vary-stop": lambda _: self.stop(),
            "vary-fewer": self.start_fewer,
            "vary-show": lambda place: self.open_run(int(place)),
            "vary-sort": lambda column: self.sort(int(column)),
            "vary-take": self.take,
        }

    def begin_view(self):
        """The form for the view of now, and nothing trained yet."""
        settings = self.app.current
        self.view, self.theme = settings.view, self.app.stage.theme
        hint = RUNS["hint" if self.view == "playground" else "hint_table"]
        epochs = min(settings.stop_epoch or EPOCHS, sweeps.MOST_EPOCHS)
        self.panel = VaryPanel(self.browser, self.node, sweeps.offered(settings), epochs, hint)
        self.sweep, self.results, self.below = None, {}, 0.0
        self.fresh = []  # cells with new runs that are not shown yet
        self.begun = self.drawn = 0.0
        self.expected = 0.0  # seconds for all, until some are done
        self.order, self.falling = 0, False

    # Training -----------------------------------------------------------------------------------

    def start(self):
        """Begin with what the form says, or say what is wrong with it."""
        try:
            variation, below = self.variation()
            sweep = sweeps.Sweep(variation, *means(self.app, self.app.current))
        except BadValue as error:
            self.panel.say(str(error))
            self.panel.offer(getattr(error, "seeds", 0))
            return
        self.panel.offer(0)
        self.sweep, self.below, self.results, self.fresh = sweep, below, {}, []
        self.expected = sweeps.seconds_expected(variation)
        self.order, self.falling = 0, False
        self.begun = self.drawn = self.browser.now()
        self.panel.clear(variation.values)
        self.progress()

    def start_fewer(self, seeds):
        """Begin with the number of seeds that was offered."""
        self.panel.seeds.value = seeds
        self.start()
        (self.panel.stop if self.is_running else self.panel.start).focus()

    def variation(self):
        """Return (Variation, loss that counts as solved) of the form, or raise BadValue."""
        values, twice, seeds, epochs, below = self.panel.read()
        if twice:
            raise BadValue(RUNS["twice"])
        for name, texts in values.items():
            if not texts:
                raise BadValue(said(label_of(name), RUNS["no_values"]))
            for text in texts:
                self.check(name, text)
        whole = Whole(1, sweeps.MOST_EPOCHS)
        variation = sweeps.Variation(
            self.app.current, values, read(Whole(1, 10**9), seeds, "seeds"),
            read(whole, epochs, "epochs"),
        )  # fmt: skip
        below = read(LOSS, below, "below")
        if variation.n_cells > sweeps.MOST_CELLS:
            words = {"cells": variation.n_cells, "most": sweeps.MOST_CELLS}
            raise BadValue(RUNS["too_many_cells"].format(**words))
        if variation.n_runs > sweeps.MOST_RUNS:
            raise self.too_many(variation)
        return variation, below

    def check(self, name, text):
        """Raise BadValue, with the setting's name, for what cannot be its value."""
        try:
            sweeps.with_value(self.app.current, name, text)
        except BadValue as error:
            raise BadValue(said(label_of(name), error)) from None

    def too_many(self, variation):
        seeds = max(1, sweeps.MOST_RUNS // variation.n_cells)
        text = RUNS["too_many"].format(
            runs=f"{variation.n_runs:,}", most=f"{sweeps.MOST_RUNS:,}",
            time=RUNS["about"].format(time=duration(sweeps.seconds_expected(variation))),
            seeds=seeds_in_words(seeds),
        )  # fmt: skip
        return TooMany(text, seeds)

    def work(self, seconds):
        """Train for so long in this frame, and show now and then what is new."""
        if self.app.session.view != self.view:
            if self.is_running:
                self.sweep.stop()
            self.begin_view()
        sweep = self.sweep
        if self.app.stage.theme is not self.theme:
            self.follow_theme()
        if sweep is not None and sweep.is_running:
            news = sweep.work(Deadline(self.browser.now, seconds))
            self.fresh += [place for place in news if place not in self.fresh]
            if not sweep.is_running:
                self.drawn = 0.0
        elif not self.fresh:
            return
        if self.browser.now() - self.drawn >= REDRAW:
            self.drawn = self.browser.now()
            self.refresh()

    def follow_theme(self):
        """Other colours: all pictures anew."""
        self.theme = self.app.stage.theme
        self.fresh = [*self.fresh, *(p for p in self.results if p not in self.fresh)]

    def refresh(self):
        """Show the next card that is out of date, and the table when all are up to date."""
        if self.fresh:
            place = self.fresh.pop(0)
            self.results[place] = self.result(self.sweep.cells[place])
            self.panel.show(place, self.results[place], self.app.stage.theme, self.top())
        if not self.sweep.is_running:
            self.drawn = 0.0  # the next card at once
            if not self.fresh:
                for place, result in self.results.items():  # all by the same measure
                    self.panel.show(place, result, self.app.stage.theme, self.top())
                self.show_table()
        self.progress()

    def progress(self):
        sweep = self.sweep
        self.browser.publish(sweep_done=str(sweep.done), sweep_total=str(sweep.total))
        self.panel.show_progress(sweep.done, sweep.total, sweep.is_running)
        words = {"done": sweep.done, "total": sweep.total, "epochs": sweep.variation.epochs}
        if sweep.is_running:
            passed = self.browser.now() - self.begun
            left = self.expected
            if sweep.done:
                left = passed / sweep.done * (sweep.total - sweep.done)
            about = RUNS["about"].format(time=duration(left))
            self.panel.say(RUNS["running"].format(time=about, **words))
        else:
            said = RUNS["stopped" if sweep.stopped else "done"].format(**words)
            found = "" if self.fresh else self.conclusion()
            self.panel.say(f"{found} {said}" if found else said)

    @property
    def is_running(self):
        return self.sweep is not None and self.sweep.is_running

    def stop(self):
        if self.is_running:
            self.sweep.stop()
            self.progress()
            self.refresh()

    def conclusion(self):
        """What came of it, in a sentence: which combinations most seeds solve."""
        results = list(self.results.values())
        if not results:
            return ""
        best = max(results, key=lambda result: result.solved / result.count)
        words = {
            "values": values_of(self.sweep.variation, best), "solved": best.solved,
            "count": best.count, "below": decimals(self.below, 2),
        }  # fmt: skip
        if not best.solved:
            lowest = min(results, key=lambda result: result.quartiles[1])
            words |= {"values": values_of(self.sweep.variation, lowest)}
            words |= {"median": number(lowest.quartiles[1])}
            return RUNS["none_solved"].format(**words)
        if best.solved < best.count:
            return RUNS["most_solved" if len(results) > 1 else "some_solved"].format(**words)
        before = results[: results.index(best)]
        if not before:
            return RUNS["all_solved"].format(**words)
        last = before[-1]
        more = {"before": ", ".join(last.values), "some": last.solved, "of": last.count}
        return RUNS["first_solved"].format(**words, **more)

    # Showing ------------------------------------------------------------------------------------

    def result(self, cell):
        epochs, curves = cell.curves()
        return Result(
            tuple(shown(name, text) for name, text in cell.choice.items()), len(cell.runs),
            cell.solved(self.below), sum(run.diverged for run in cell.runs.values()),
            tuple(map(float, cell.quartiles())), epochs, curves, self.picture_of(cell),
        )  # fmt: skip

    def top(self):
        """The loss at the top of all charts: where the worst combination begins."""
        first = [float(result.curves[2, 0]) for result in self.results.values()]
        return max((loss for loss in first if math.isfinite(loss)), default=1.0)

    def picture_of(self, cell):
        """What draws the run in the middle: its map, or the plane of a table's rows."""
        if cell.problem.on_plane:
            pixels = self.map_of(cell)
            return lambda _, raster: raster.draw(pixels)
        seed, run = cell.typical()
        stage, settings = self.app.stage, replace(cell.settings, seed=seed)
        if not np.isfinite(run.params).all():
            return lambda _canvas, _raster: None
        found = plane_of_run(settings, run.params)
        return lambda canvas, _: small_scatter(
            self.browser, canvas, *found, stage.theme, stage.shades
        )

    def map_of(self, cell):
        """The colours of what the run in the middle says over the plane."""
        answers, stage = cell.answers(MAP), self.app.stage
        if answers.shape[1] > 1:
            return heatmap.regions(answers, stage.class_shades)
        return heatmap.shade(answers[:, 0], stage.shades)

    def show_table(self):
        rows = sorted(
            self.results.items(), key=lambda item: keys_of(item[1])[self.order],
            reverse=self.falling,
        )  # fmt: skip
        self.panel.show_table(rows, self.order, self.falling)

    def sort(self, column):
        """Sort by a column; once more turns the order round."""
        self.falling = not self.falling if column == self.order else False
        self.order = column
        self.show_table()

    def open_run(self, place):
        """Show the run in the middle of a combination; it is trained again to its end."""
        app, cell = self.app, self.sweep.cells[place]
        if not cell.runs:
            return
        seed, _ = cell.typical()
        settings = replace(
            cell.settings, seed=seed, stop_epoch=app.current.stop_epoch,
            stop_loss=app.current.stop_loss,
        )  # fmt: skip
        app.runs.open_run(settings, self.sweep.variation.epochs)

    # Taking away --------------------------------------------------------------------------------

    def csv(self):
        sweep = self.sweep
        ends = ("seed", "epochs_column", "loss_train", "loss_test", "diverged", "link")
        rows = [[*sweeps.names_of(sweep.variation), *(RUNS[name] for name in ends)]]
        for cell in sweep.cells:
            for seed, run in cell.runs.items():
                settings = replace(cell.settings, seed=seed, stop_epoch=sweep.variation.epochs)
                address = f"#{link.encode(settings)}"
                rows.append([*sweeps.row_of(cell, seed, run), address])
        return csv_text(rows)
