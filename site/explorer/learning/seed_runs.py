"""Many seeds of one experiment: what one run cannot prove.

How a run ends depends on its points and on its first weights. SeedRuns trains the same settings
from so many seeds, a little at a time, by nncore.sweep and on the page's own data, and says how
each went. The Wine lab's seeds are made of it, and so may be the checks of a lesson;
`app.runs.train_seeds` has it done beside the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from explorer.learning import by_hand
from explorer.learning.evaluation import r_squared
from explorer.learning.problem import Problem, make_problem
from explorer.learning.setups import seeds_from, setup_of, usable
from explorer.learning.until import Until
from explorer.learning.working import Workers, Working
from explorer.settings.settings import LOOKS, Settings
from nncore.arrays import FloatArray
from nncore.kernel.engine import Engine
from nncore.sweep import Run, Setup

EPOCHS = 20  # where the settings set no limit
POINTS = 1000  # measurements of a run, at most


@dataclass(frozen=True)
class Outcome:
    """How one seed went.

    Attributes:
        epoch: How many were done.
        score: The training rows' accuracy at the end, or R squared for regression.
        first: The first measured epoch at which all training rows were right, or None.
        diverged: Whether it blew up; the losses are then infinite, and the scores those before it.
        params: The last ones.
    """

    seed: str
    epoch: int
    loss_train: float
    loss_test: float | None
    score: float
    score_test: float | None
    first: int | None
    diverged: bool
    params: FloatArray


class SeedRuns:
    """Trains settings from many seeds. `runs` holds an Outcome for each that is finished, in the
    order of the seeds.

    The first seed is that of the settings; weights that were set or held by hand are left to the
    seeds. Epochs: as many as asked for, or as the settings stop after, or EPOCHS.

    Args:
        crew: Who trains them, if not this page.

    Attributes:
        predicts_values: Whether the scores are R squared.
    """

    def __init__(
        self, settings: Settings, engine: Engine | None = None, count: int = 20, epochs: int = 0,
        crew: Workers | None = None,
    ) -> None:  # fmt: skip
        self.settings, self.count = settings, count
        self.engine = usable(engine, settings)
        self.epochs = epochs or settings.stop_epoch or EPOCHS
        self.runs: list[Outcome] = []
        self.stopped, self.predicts_values = False, False
        self._seeds = seeds_from(settings.seed, count)
        self._problems: dict[str, Problem] = {}  # of the seeds that are under way
        self._working = Working(self._setups(), self.epochs, self.engine, crew, POINTS)

    def settings_of(self, seed: str) -> Settings:
        """Return the settings that such a run is opened by."""
        return replace(self.settings, seed=seed, **by_hand.NOTHING)

    @property
    def is_running(self) -> bool:
        return not self.stopped and len(self.runs) < self.count

    @property
    def solved(self) -> int:
        """How many of the finished runs end with all training rows right."""
        return sum(run.score == 1 and not run.diverged for run in self.runs)

    @property
    def touched(self) -> int:
        """How many of the finished runs had all training rows right at some epoch."""
        return sum(run.first is not None for run in self.runs)

    def belong_to(self, settings: Settings) -> bool:
        """Whether these runs are still about `settings`, whatever its seed."""
        return replace(self.settings, seed=settings.seed, **plain(settings)) == settings

    def stop(self) -> None:
        """End it: what is finished stays."""
        self.stopped = True
        self._forget()

    def _forget(self) -> None:
        self._working.close()
        self._problems.clear()

    def work(self, deadline: Until) -> bool:
        """Train until the deadline, at least a little; return whether a run was finished."""
        runs = self._working.work(deadline)
        if runs:  # workers answer in any order
            self.runs = sorted(
                [*self.runs, *map(self._outcome, runs)], key=lambda run: self._seeds.index(run.seed)
            )
        if not self.is_running:
            self._forget()
        return bool(runs)

    def _setups(self) -> Iterator[Setup]:
        for seed in self._seeds:
            settings = self.settings_of(seed)
            self._problems[seed] = problem = make_problem(settings, self.engine)
            self.predicts_values = problem.task == "regression"
            yield setup_of(settings, problem, {"seed": seed})

    def _outcome(self, run: Run) -> Outcome:
        problem = self._problems.pop(run.choice["seed"])
        shares = [rows for rows in (problem.train, problem.test) if len(rows.inputs)]
        at = -2 if run.diverged and len(run.epochs) > 1 else -1  # before it blew up
        measured = zip(shares, run.losses[at].tolist(), run.right[at].tolist(), strict=True)
        regression = problem.task == "regression"
        scores = [
            r_squared(loss, rows.labels) if regression else right / len(rows.labels)
            for rows, loss, right in measured
        ]
        ends = [loss if math.isfinite(loss) else math.inf for loss in run.losses[-1].tolist()]
        whole = np.flatnonzero(run.right[:, 0] == len(problem.train.inputs))
        perfect = whole.size > 0 and not regression
        return Outcome(
            run.choice["seed"], int(run.epochs[-1]), ends[0], ends[1] if ends[1:] else None,
            scores[0], scores[1] if scores[1:] else None,
            int(run.epochs[whole[0]]) if perfect else None, run.diverged, run.params,
        )  # fmt: skip


def plain(settings: Settings) -> dict[str, Any]:
    """What does not change how a run goes, so that the runs outlive a change of it."""
    return {name: getattr(settings, name) for name in (*LOOKS, *by_hand.NOTHING)}
