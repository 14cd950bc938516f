"""The walk through the exercise: six steps, and which of them have truly been taken.

A step counts as done because of what has happened: the data were looked at, the values the
network learns from are standardized, the network ends in two units, training has reached 100 %
(or its end, for values), the features of this very run were taken, and plotted.
"""

from __future__ import annotations

from explorer.learning.experiment import Experiment
from explorer.learning.history import Record

STEPS = 6
DATA, STANDARDIZE, BUILD, TRAIN, FEATURES, PLOT = range(1, STEPS + 1)


class Walk:
    """Which step is open, and what was looked at."""

    def __init__(self) -> None:
        self.open = TRAIN
        self.restart()

    def restart(self) -> None:
        """Forget what was looked at."""
        self.looked = False
        self.seen: dict[int, Record | None] = {
            FEATURES: None,
            PLOT: None,
        }  # the run whose features were looked at

    def visit(self, step: int, experiment: Experiment) -> None:
        """The reader opens a step."""
        self.open = step
        self.note(experiment)

    def note(self, experiment: Experiment) -> None:
        """Take note of what the reader sees in the open step."""
        if self.open == DATA:
            self.looked = True
        elif self.open in self.seen and experiment.epoch > 0:
            self.seen[self.open] = start_of(experiment)

    def done(self, experiment: Experiment) -> set[int]:
        """The numbers of the steps that are done."""
        shape = experiment.settings.network_shape
        facts = {
            DATA: self.looked,
            STANDARDIZE: experiment.settings.standardize,
            BUILD: len(shape) > 0 and shape[-1] == 2,
            TRAIN: trained(experiment),
            FEATURES: self.seen[FEATURES] is start_of(experiment),
            PLOT: self.seen[PLOT] is start_of(experiment),
        }
        return {step for step, fact in facts.items() if fact}


def start_of(experiment: Experiment) -> Record:
    """The first record of a run: another run has another one."""
    return experiment.history.records[0]


def trained(experiment: Experiment) -> bool:
    """Whether training has got where it should: to 100 %; for values, to its last epoch."""
    if experiment.problem.task == "regression":
        return 0 < experiment.settings.stop_epoch <= experiment.epoch
    return first_perfect(experiment) is not None


def first_perfect(experiment: Experiment) -> int | None:
    """The first recorded epoch of this run at which all training rows were right, or None."""
    if experiment.problem.task == "regression":
        return None
    records = experiment.history.records
    return next((r.epoch for r in records if r.epoch > 0 and r.score_train == 1), None)
