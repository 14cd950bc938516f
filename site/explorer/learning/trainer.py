"""From settings to train(): optimizer, regularizer, schedule, and a training with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from explorer.learning import pulls
from explorer.settings.settings import Settings
from nncore import OPTIMIZERS, REGULARIZERS, SCHEDULES, Progress, train
from nncore.optimizer import Optimizer
from nncore.regularizers import Regularizer

if TYPE_CHECKING:
    from explorer.learning.experiment import Experiment


def optimizer_of(s: Settings) -> Optimizer:
    """Return the optimizer of the settings, with those of its numbers that are settings."""
    kind: Any = OPTIMIZERS[s.optimizer]
    own = {name: getattr(s, name) for name in kind.numbers if hasattr(s, name)}
    optimizer: Optimizer = kind(s.learning_rate, **own)
    return optimizer


def regularizer_of(s: Settings) -> Regularizer | None:
    if s.regularization == "none":
        return None
    return REGULARIZERS[s.regularization.lower()](s.regularization_rate)


def schedule_of(s: Settings) -> Callable[[int], float] | None:
    length = {"step": "epochs_drop", "exponential": "decay_epochs", "cosine": "decay_epochs"}
    if s.schedule == "constant":
        return None
    return SCHEDULES[s.schedule](**{length[s.schedule]: s.schedule_epochs})


def training(e: Experiment) -> Iterator[Progress]:
    """A training generator of an experiment, with the choices of now, from where the last one
    stopped."""
    s, rows = e.settings, e.problem.train
    return train(
        e.model, e.params, rows.inputs, rows.targets, loss=e.problem.loss,
        optimizer=optimizer_of(s), regularizer=regularizer_of(s), batch_size=s.batch_size,
        shuffle=s.shuffle, rng=e.rng if s.shuffle else None, schedule=schedule_of(s),
        frozen=e.frozen, every=lambda: e.portion, start=e.progress, engine=e.wanted_engine,
        measure=pulls.measure(e),
    )  # fmt: skip
