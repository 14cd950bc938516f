"""What a check may ask of a run: names, what kind of value each is, and what values it can have.

The facts are those that the page shows of an experiment. A check is read against this table, so
that an unknown name, or a comparison that can never be true, is found before anybody is taught.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from explorer.settings.packed import unpack
from explorer.settings.settings import (
    CLASSIFICATION,
    HIDDEN_ACTIVATIONS,
    INPUT_NAMES,
    KNOBS,
    REGRESSION,
    Settings,
)

if TYPE_CHECKING:
    from explorer.learning.experiment import Experiment

Value: TypeAlias = "float | str | bool | None"
Facts: TypeAlias = "dict[str, Value]"


@dataclass(frozen=True)
class Fact:
    """What kind of value a fact has, and which ones there can be.

    Attributes:
        kind: "number", "text" or "flag".
        low: Of a number, the smallest that it can be.
        high: Of a number, the largest.
        choices: Of a text, what it can be, or ().
    """

    kind: str
    low: float = -math.inf
    high: float = math.inf
    choices: tuple[str, ...] = ()


def number(low: float = 0.0, high: float = math.inf) -> Fact:
    return Fact("number", low, high)


def names(field: str) -> Fact:
    return Fact("text", choices=tuple(KNOBS[field].metadata["kind"].names))


# What only a run's end can tell, beside what its settings say.
RESULTS = {
    "train_loss": number(),
    "test_loss": number(),
    "train_accuracy": number(0, 1),
    "test_accuracy": number(0, 1),
    "gap": number(-math.inf),
    "lost_classes": number(0, 20),
    "diverged": Fact("flag"),
}
FACTS = {
    **RESULTS,
    "epoch": number(),
    "updates": number(),
    "hidden_layers": number(0, 8),
    "hidden_neurons": number(0, 256),
    "weights": number(1),
    "weights_by_hand": number(),
    "inputs": number(0, 100),
    "rows": number(),
    "learning_rate": number(1e-6, 1000),
    "batch_size": number(1, 1000),
    "noise": number(0, 50),
    "train_share": number(10, 100),
    "regularization_rate": number(0, 1000),
    "activation": Fact("text", choices=HIDDEN_ACTIVATIONS),
    "data": Fact("text", choices=tuple(dict.fromkeys((*CLASSIFICATION, *REGRESSION)))),
    "regularization": names("regularization"),
    "optimizer": names("optimizer"),
    "initializer": names("initializer"),
    "seed": Fact("text"),
    "init_zero": Fact("flag"),
    **{name: Fact("flag") for name in INPUT_NAMES},
}


def of_settings(settings: Settings, n_params: int, rows: int) -> Facts:
    """What the settings alone say."""
    fields = (
        "learning_rate", "batch_size", "noise", "train_share", "regularization_rate",
        "activation", "regularization", "optimizer", "initializer", "seed", "init_zero",
    )  # fmt: skip
    found: Facts = {name: getattr(settings, name) for name in (*fields, *INPUT_NAMES)}
    return found | {
        "data": settings.dataset_name,
        "hidden_layers": len(settings.network_shape),
        "hidden_neurons": sum(settings.network_shape),
        "inputs": sum(bool(getattr(settings, name)) for name in INPUT_NAMES),
        "weights": n_params,
        "weights_by_hand": len(unpack(settings.start)[1]) if settings.start else 0,
        "rows": rows,
    }


def of_experiment(experiment: Experiment) -> Facts:
    """All facts of an experiment as it is shown."""
    shown, settings = experiment.shown, experiment.settings
    rows = len(experiment.problem.train.inputs)
    per_epoch = -(-rows // settings.batch_size)
    scores = experiment.problem.task != "regression"
    found = of_settings(settings, experiment.model.n_params, rows) | {
        "epoch": shown.epoch,
        "updates": shown.epoch * per_epoch + experiment.batch,
        "train_accuracy": shown.score_train if scores else None,
        "test_accuracy": shown.score_test if scores else None,
        "lost_classes": lost(shown.confusion),
        "diverged": experiment.diverged,
    }
    return found | losses(shown.loss_train, shown.loss_test)


def losses(train: float | None, test: float | None) -> Facts:
    """Both losses and the gap between them; None where there is nothing to be tested on."""
    gap = None if train is None or test is None else test - train
    return {"train_loss": train, "test_loss": test, "gap": gap}


def lost(confusion: np.ndarray | None) -> int | None:
    """How many classes no row is taken for; None where there are no classes to count."""
    if confusion is None or not np.asarray(confusion).sum():
        return None
    return int((np.asarray(confusion).sum(axis=0) == 0).sum())
