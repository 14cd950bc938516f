"""A walk through one step of training: its places in order, and the step itself, written down.

The numbers are those of `nncore.recording`: train() takes the step, on a copy, and every pass
and the update are kept. So the walk changes nothing; at its end the reader may have the network
take the step. The step is that of a single sample, or of the whole batch that training takes next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.learning.problem import Problem
from explorer.learning.trainer import optimizer_of, regularizer_of, schedule_of
from explorer.settings.settings import LOOKS, Settings
from nncore import Sequential
from nncore.arrays import BoolArray, twin
from nncore.paths import Paths, strongest_paths
from nncore.recording import StepRecord, index_of, record_step

if TYPE_CHECKING:
    from explorer.learning.experiment import Experiment


PHASES = ("input", "sum", "activation", "loss", "delta", "gradient", "update", "after")
BY_UNIT = ("sum", "activation", "delta", "gradient", "update")  # phases that have units to visit


class NoWalk(Exception):
    """There is no step to walk through; the text is a key of the page's sentences."""


@dataclass(frozen=True)
class Place:
    """Where a walk stands.

    Attributes:
        layer: 0 for the inputs, 1 for the first layer, and so on; 0 in the phase "gradient" for the
            mean over the batch.
        unit: From 0, or None for the whole layer.
    """

    phase: str
    layer: int
    unit: int | None = None


def places(model: Sequential, whole_batch: bool, by_unit: bool) -> list[Place]:
    """Every place of a walk, in order."""
    depth = len(model.layers)
    forward = [Place(phase, k) for k in range(1, depth + 1) for phase in ("sum", "activation")]
    back = [Place(phase, k) for k in range(depth, 0, -1) for phase in ("delta", "gradient")]
    mean = [Place("gradient", 0)] if whole_batch else []
    update = [Place("update", k) for k in range(1, depth + 1)]
    loss, after = Place("loss", depth), Place("after", depth)
    whole = [Place("input", 0), *forward, loss, *back, *mean, *update, after]
    if not by_unit:
        return whole
    return [
        Place(place.phase, place.layer, unit) for place in whole for unit in units_of(model, place)
    ]


def units_of(model: Sequential, place: Place) -> Sequence[int | None]:
    """The units that a place is about, one after the other."""
    if place.phase in BY_UNIT and place.layer:
        return range(model.layers[place.layer - 1].units)
    return (None,)


def options_of(experiment: Experiment) -> dict[str, Any]:
    """What train() is to be told, so that the next step is the experiment's own."""
    choices = choices_of(experiment.settings, experiment.problem, experiment.frozen)
    return choices | {"start": experiment.progress}


def choices_of(s: Settings, problem: Problem, frozen: BoolArray) -> dict[str, Any]:
    """The options of train() that make an update what it is."""
    return {
        "loss": problem.loss, "optimizer": optimizer_of(s), "regularizer": regularizer_of(s),
        "schedule": schedule_of(s), "frozen": frozen,
    }  # fmt: skip


def step_on(experiment: Experiment, row: int) -> StepRecord:
    """The step that training would take on one row of the training data alone, recorded."""
    rows, one = experiment.problem.train, slice(row, row + 1)
    data = experiment.model, experiment.params, rows.inputs[one], rows.targets[one]
    return record_step(*data, batch_size=1, **options_of(experiment))[0]


def next_step(experiment: Experiment) -> StepRecord:
    """The step that training takes next, on its next batch, recorded."""
    s, rows = experiment.settings, experiment.problem.train
    rng = twin(experiment.rng) if s.shuffle else None
    data = experiment.model, experiment.params, rows.inputs, rows.targets
    how = {"batch_size": s.batch_size, "shuffle": s.shuffle, "rng": rng}
    return record_step(*data, **(options_of(experiment) | how))[0]


def goes_alike(here: Settings, there: Settings) -> bool:
    """Whether settings differ in nothing but how a run is looked at."""
    looks = {name: getattr(there, name) for name in LOOKS}
    return here == there or replace(here, **looks) == there


class StepWalk:
    """A walk on an experiment that stands still.

    Args:
        row: Which of the training rows is followed; None takes the first of the next batch.
        whole_batch: Whether the update is that of the batch, or of this row alone. Raises NoWalk
            where the network's numbers are not finite.
    """

    def __init__(
        self,
        experiment: Experiment,
        row: int | None = None,
        whole_batch: bool = False,
        by_unit: bool = False,
    ) -> None:
        self.experiment, self.model = experiment, experiment.model
        self.problem, self.settings = experiment.problem, experiment.settings
        self.before = experiment.params.copy()
        if not np.isfinite(self.before).all():
            raise NoWalk("not_finite")
        self.batch = next_step(experiment)
        self.whole_batch = whole_batch and (row is None or row in self.batch.rows)
        self.row = int(self.batch.rows[0]) if row is None else row
        self.sample = step_on(experiment, self.row)
        self.by_unit, self.number = by_unit, 0
        self.weight = (1, 0, 0)  # (layer from 1, input, unit): the one that is looked at

    @property
    def is_current(self) -> bool:
        """Whether the experiment still stands where the walk began, with the same choices."""
        now = self.experiment
        return (
            now.model is self.model
            and now.problem is self.problem
            and goes_alike(now.settings, self.settings)
            and np.array_equal(now.params, self.before)
        )

    @property
    def update(self) -> StepRecord:
        """The recorded step whose update the walk shows."""
        return self.batch if self.whole_batch else self.sample

    @property
    def loss_after(self) -> float:
        """The loss of the sample, or of the batch, once the step is taken."""
        return self.update.loss_under(self.update.after)

    @property
    def outputs_after(self) -> list[list[float]]:
        """What every unit gives for the sample once the step is taken: per layer a list."""
        inputs = self.sample.layers[0].inputs.T
        return [layer[0].tolist() for layer in self.model.forward(self.update.after, inputs)]

    # One number -------------------------------------------------------------------------------

    def index(self, layer: int, source: int, unit: int) -> int:
        """The number of a parameter: of the weight from `source` (from 0; after the last comes the
        bias) to `unit` of a layer, which counts from 1."""
        return index_of(self.model, layer - 1, source, unit)

    def nudged(self, index: int, amount: float) -> float:
        """How much the sample's loss changes when one parameter grows by `amount`."""
        params = self.before.copy()
        params[index] += amount
        return self.sample.loss_under(params) - self.sample.loss

    def paths_of(self, index: int) -> Paths:
        """The strongest paths from one parameter to the sample's loss."""
        return strongest_paths(self.sample, index)

    # Walking ------------------------------------------------------------------------------------

    @property
    def places(self) -> list[Place]:
        return places(self.model, self.whole_batch, self.by_unit)

    @property
    def place(self) -> Place:
        return self.places[self.number]

    @property
    def at_end(self) -> bool:
        return self.number == len(self.places) - 1

    def move(self, steps: int) -> bool:
        """Go on, or back; return whether there was another place."""
        number = min(max(self.number + steps, 0), len(self.places) - 1)
        moved, self.number = number != self.number, number
        return moved

    def go_to(self, phase: str, layer: int | None = None) -> None:
        """Go to the first place of a phase (and layer), if there is one."""
        for number, place in enumerate(self.places):
            if place.phase == phase and layer in (None, place.layer):
                self.number = number
                return

    def one_by_one(self, by_unit: bool, unit: int = 0) -> None:
        """Visit every unit of a layer, or the layer at once; stay at the same phase."""
        here = self.place
        self.by_unit = by_unit
        wanted = Place(here.phase, here.layer, unit)
        found = self.places
        self.number = next(
            (n for n, place in enumerate(found) if place == wanted),
            next(n for n, p in enumerate(found) if (p.phase, p.layer) == (here.phase, here.layer)),
        )

    def next_row(self, steps: int = 1) -> int:
        """The row after this one in the next batch; the first after the last."""
        rows = self.batch.rows.tolist()
        place = rows.index(self.row) + steps if self.row in rows else 0
        return int(rows[place % len(rows)])
