"""What all optimizers share: a choice of numbers, a memory, and the form of a step.

An Optimizer is frozen. What it has to remember between steps, such as a velocity, is kept in an
OptimizerState with one row per remembered quantity. `update` changes `params` and the state's
arrays in place and returns the state. nncore.optimizers holds the optimizers themselves.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from nncore.arrays import FloatArray
from nncore.checks import positive


@dataclass
class OptimizerState:
    """What an optimizer remembers between steps.

    Args:
        slots: One row for each remembered quantity, (k, n_params).
        t: The updates made so far.
        optimizer: The name of the kind of optimizer that it belongs to.
    """

    slots: FloatArray
    t: int = 0
    optimizer: str = "sgd"

    def copy(self) -> OptimizerState:
        """Return a copy that later updates do not touch."""
        return OptimizerState(self.slots.copy(), self.t, self.optimizer)


class Optimizer(ABC):
    """What all optimizers share: the first state, the form of a step, and what there is to know.

    Attributes:
        name: How settings call it.
        n_slots: How many numbers it remembers per parameter.
        compiled: `compiled(f, w, g, memory, h)` gives (new w, new memory) as expressions of the
            compiler; h has the "rate" and the fields named in `numbers`.
        numbers: The fields that its rule reads besides the learning rate.
        formula: The same rule as a Python assignment to w, which reads w, its gradient g, the
            learning rate lr, the number of the step t (from 1), the fields in `numbers`, and what
            it works out before that. A name that is worked out from itself is remembered, and
            stands for a slot: "v = momentum * v - lr * g; w = w + v". The page writes it out.
        title: How a reader sees it.
        keras: The call in Keras 3, with fields in braces, or a class that takes the same.
        torch: The call in PyTorch, likewise.
        sklearn: The closest solver that scikit-learn's MLPClassifier has.
        learning_rate: The length of a step for a gradient of 1; above 0.
    """

    name: ClassVar[str]
    n_slots: ClassVar[int] = 0
    compiled: ClassVar[Callable[..., tuple[Any, Any]] | None] = None
    numbers: ClassVar[tuple[str, ...]] = ()
    formula: ClassVar[str] = ""
    title: ClassVar[str] = ""
    sklearn: ClassVar[str] = ""
    keras: ClassVar[str] = ""
    torch: ClassVar[str] = ""
    learning_rate: float

    def __post_init__(self) -> None:
        positive("learning_rate", self.learning_rate)

    def init(self, n_params: int) -> OptimizerState:
        """Return the state before the first update: zeros everywhere."""
        return OptimizerState(np.zeros((self.n_slots, n_params)), 0, self.name)

    @abstractmethod
    def update(
        self, params: FloatArray, grad: FloatArray, state: OptimizerState, learning_rate: float
    ) -> OptimizerState:
        """Step `params` against `grad` in place, and return the updated state.

        Args:
            params: The parameters, (n_params,); changed in place.
            grad: The loss's slope with respect to each, (n_params,).
            state: What `init` or the last update returned; changed in place.
            learning_rate: The one of this step, schedule included.
        """
