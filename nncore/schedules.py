"""Learning-rate schedules: large steps first, small ones later.

A schedule is a frozen choice that turns the number of completed epochs into a factor on the
optimizer's learning rate. The factor is 1 at epoch 0, and stays the same within an epoch.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from nncore.checks import fraction, positive, real_number, whole_number


def _factor(parameter: str, value: object) -> None:
    constraint = "a number above 0 and at most 1"
    real_number(parameter, value, constraint, lambda number: 0 < number <= 1)


@dataclass(frozen=True)
class Constant:
    """factor = 1 at every epoch."""

    def __call__(self, epoch: int) -> float:
        """Return the factor for the epoch that follows `epoch` completed ones."""
        return 1.0


@dataclass(frozen=True)
class Step:
    """Stairs: factor = drop^floor(epoch / epochs_drop).

    Args:
        drop: Factor of one stair; above 0 and at most 1.
        epochs_drop: Epochs on one stair; 1 or more.

    Raises:
        ValueError: If a number is outside its range.
    """

    drop: float = 0.5
    epochs_drop: int = 100

    def __post_init__(self) -> None:
        _factor("drop", self.drop)
        whole_number("epochs_drop", self.epochs_drop, 1)

    def __call__(self, epoch: int) -> float:
        """Return the factor for the epoch that follows `epoch` completed ones."""
        return float(self.drop ** (epoch // self.epochs_drop))


@dataclass(frozen=True)
class Exponential:
    """A smooth fall: factor = decay_rate^(epoch / decay_epochs).

    Args:
        decay_rate: What is left after `decay_epochs`; above 0 and at most 1.
        decay_epochs: How many epochs that takes; above 0.

    Raises:
        ValueError: If a number is outside its range.
    """

    decay_rate: float = 0.5
    decay_epochs: float = 100

    def __post_init__(self) -> None:
        _factor("decay_rate", self.decay_rate)
        positive("decay_epochs", self.decay_epochs)

    def __call__(self, epoch: int) -> float:
        """Return the factor for the epoch that follows `epoch` completed ones."""
        return float(self.decay_rate ** (epoch / self.decay_epochs))


@dataclass(frozen=True)
class Cosine:
    """Half a cosine wave from 1 down to alpha, then level.

        factor = alpha + (1 - alpha) (1 + cos(pi min(epoch / decay_epochs, 1))) / 2

    Args:
        decay_epochs: How many epochs the fall takes; above 0.
        alpha: The factor at the end; from 0 to 1.

    Raises:
        ValueError: If a number is outside its range.

    Source: Loshchilov, Hutter (2017), SGDR, arXiv:1608.03983, without restarts.
    """

    decay_epochs: float = 500
    alpha: float = 0.0

    def __post_init__(self) -> None:
        positive("decay_epochs", self.decay_epochs)
        fraction("alpha", self.alpha)

    def __call__(self, epoch: int) -> float:
        """Return the factor for the epoch that follows `epoch` completed ones."""
        wave = (1 + math.cos(math.pi * min(epoch / self.decay_epochs, 1.0))) / 2
        return self.alpha + (1 - self.alpha) * wave


SCHEDULES: dict[str, Callable[..., Callable[[int], float]]] = {
    "constant": Constant,
    "step": Step,
    "exponential": Exponential,
    "cosine": Cosine,
}
