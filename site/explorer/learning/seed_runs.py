"""Many seeds: the same experiment from other initial weights, one after the other.

How a run ends depends on where it starts. Twenty runs tell how much. They are trained in slices,
so that the page stays alive, and each is an Experiment like the one on the page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from explorer.learning.experiment import Experiment
from explorer.settings.settings import Settings
from nncore.kernel.engine import Engine

COUNT = 20
EPOCHS = 20  # where the settings set no limit


@dataclass(frozen=True)
class Run:
    """One seed's finished run."""

    seed: str
    experiment: Experiment
    score: float | None  # at the end
    first: int | None  # the first epoch at which all training rows were right


def seeds_from(seed: str, count: int = COUNT) -> list[str]:
    """`seed` and those that follow: 11, 12, ...; of a seed that is no number, a, a-2, a-3, ..."""
    if seed.isdecimal():
        return [str(int(seed) + k) for k in range(count)]
    return [seed, *(f"{seed}-{k}" for k in range(2, count + 1))]


class SeedRuns:
    """Trains the settings with many seeds. `runs` holds what is finished."""

    def __init__(
        self, settings: Settings, engine: Engine | None = None, count: int = COUNT
    ) -> None:
        self.settings, self.engine = settings, engine
        self.count = count
        self.waiting = seeds_from(settings.seed, count)
        self.runs: list[Run] = []
        self.now: Experiment | None = None  # the experiment that is being trained
        self.stopped = False

    @property
    def is_running(self) -> bool:
        return not self.stopped and bool(self.waiting or self.now is not None)

    @property
    def solved(self) -> int:
        """How many of the finished runs end with all training rows right."""
        return sum(run.score == 1 for run in self.runs)

    @property
    def touched(self) -> int:
        """How many of the finished runs had all training rows right at some epoch."""
        return sum(run.first is not None for run in self.runs)

    def belong_to(self, settings: Settings) -> bool:
        """Whether these runs are still about `settings`, whatever its seed."""
        return replace(self.settings, seed=settings.seed, **plain(settings)) == settings

    def stop(self) -> None:
        self.stopped, self.now = True, None

    def work(self, clock: Callable[[], float], budget: float) -> None:
        """Train until `budget` seconds of `clock()` are spent, or all is done."""
        start = clock()
        while self.is_running:
            if self.now is None:
                seed = self.waiting.pop(0)
                settings = replace(self.settings, seed=seed, start="", frozen=())
                self.now = Experiment(settings, self.engine)
            elif self.now.diverged or self.now.epoch >= (self.settings.stop_epoch or EPOCHS):
                self.finish(self.now)
            else:
                self.now.step()
            if clock() - start >= budget:
                return

    def finish(self, run: Experiment) -> None:
        records = run.history.records
        first = next((r.epoch for r in records if r.epoch and r.score_train == 1), None)
        self.runs.append(Run(run.settings.seed, run, run.shown.score_train, first))
        self.now = None


def plain(settings: Settings) -> dict[str, Any]:
    """What does not change how a run goes, so that the runs outlive a change of it."""
    names = ("speed", "hidden", "hide_text", "log_scale", "chart", "all_epochs", "plane_layer",
             "projection",
             "unit_x", "unit_y", "show_test_data", "discretize", "start", "frozen")  # fmt: skip
    return {name: getattr(settings, name) for name in names}
