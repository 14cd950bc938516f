"""Measuring while training: many epochs in one pull, with losses and right answers of each.

Whoever wants a curve need not stop training after every epoch. A Measure tells train() what to
measure and how many measurements a pull may hold; a Progress then brings them as a Measured. The
compiled kernel does all of it in one call; the NumPy path does the same, one epoch at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from nncore.arrays import ArrayLike, FloatArray, IntArray
from nncore.checks import invalid, whole_number
from nncore.losses import Loss
from nncore.model import Sequential
from nncore.workspace import Workspace


@dataclass(frozen=True)
class Measure:
    """What train() measures, and how far it may go in one pull.

    Attributes:
        sets: Pairs (X, y), shapes (n, n_inputs) and (n, n_outputs) or (n,): one or more.
        rounds: How many measurements a pull may hold, or a function that gives the number anew at
            every pull; 0 asks for an ordinary pull, without any.
        every: Epochs from one measurement to the next.
        low, high: A pull ends early where the first set's loss is not between the two, or where any
            loss is not finite.
        keeps_params: Whether the parameters of each measurement are kept.
    """

    sets: Sequence[tuple[ArrayLike, ArrayLike]]
    rounds: int | Callable[[], int] = 1
    every: int = 1
    low: float = -np.inf
    high: float = np.inf
    keeps_params: bool = False

    def __post_init__(self) -> None:
        if not len(self.sets):
            raise invalid("sets", "one or more pairs (X, y)", self.sets)
        whole_number("every", self.every, 1)

    def count(self, epoch: int, last: int | None) -> int:
        """Return how many measurements the next pull may hold, `epoch` epochs being done.

        Args:
            last: The number of epochs after which training ends, or None.
        """
        rounds = self.rounds() if callable(self.rounds) else self.rounds
        whole_number("rounds", rounds, 0)
        return rounds if last is None else min(rounds, (last - epoch) // self.every)

    def ends(self, losses: FloatArray) -> bool:
        """Return whether a pull ends with these losses, one for each set."""
        return not (self.low < losses[0] < self.high and np.isfinite(losses).all())


@dataclass(frozen=True)
class Measured:
    """What was measured in a pull: k measurements of s sets.

    Attributes:
        epochs: (k,), how many epochs were completed at each.
        losses: (k, s), the loss of each set.
        right: (k, s), how many rows were classified rightly: those whose only output is on the
            target's side of the middle (0.5 for binary cross-entropy, else 0), or whose largest
            output, the first of equal ones, stands at the largest target.
        params: (k, n_params), or None.
    """

    epochs: IntArray
    losses: FloatArray
    right: FloatArray
    params: FloatArray | None


class Meter:
    """The NumPy path's way of measuring a model on some sets."""

    def __init__(
        self, model: Sequential, loss: str, sets: Sequence[tuple[ArrayLike, ArrayLike]]
    ) -> None:
        self._middle = 0.5 if loss == "binary_crossentropy" else 0.0
        self._sets = []
        for X, y in sets:
            rule, rows, targets = model.check_data(X, y, loss)
            workspace = Workspace(model, len(rows))
            workspace.load(rows)
            self._sets.append((workspace, targets, rule))

    def __call__(self, params: FloatArray) -> FloatArray:
        """Return (loss, number of right answers) for every set, shape (s, 2)."""
        return np.array([self._measure(params, *each) for each in self._sets])

    def _measure(
        self, params: FloatArray, workspace: Workspace, targets: FloatArray, rule: Loss
    ) -> tuple[float, int]:
        workspace.bind(params)
        outputs = workspace.forward(workspace.x_and_ones)
        loss = rule.value(outputs, workspace.layers[-1].z, targets)
        if len(outputs) == 1:
            right = (outputs >= self._middle) == (targets > self._middle)
        else:
            chosen = outputs.argmax(axis=0)
            right = targets[chosen, np.arange(len(chosen))] == targets.max(axis=0)
        return loss, int(right.sum())
