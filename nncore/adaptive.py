"""Optimizers whose steps are as long as each parameter's own gradients have been.

Their form, their names and their letters are those of nncore.descent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from nncore.arrays import FloatArray
from nncore.checks import decay, not_negative, positive
from nncore.optimizer import Optimizer, OptimizerState


@dataclass(frozen=True)
class AdaGrad(Optimizer):
    """Smaller steps where gradients have been large: s <- s + g^2, w <- w - lr g / sqrt(s + eps).

    Args:
        learning_rate: lr; above 0.
        epsilon: eps, above 0; inside the root as in Keras 3 (PyTorch adds it to the root).
        initial_accumulator_value: s at the start; 0 as in the paper and PyTorch, while Keras
            takes 0.1.

    Raises:
        ValueError: If a number is outside its range.

    Source: Duchi, Hazan, Singer (2011), JMLR 12.
    """

    name = "adagrad"
    formula = "s = s + g**2; w = w - lr * g / sqrt(s + epsilon)"
    title, sklearn = "AdaGrad", "adam"
    keras = "Adagrad({learning_rate}, initial_accumulator_value=0.0)"
    torch = "optim.Adagrad({learning_rate})"
    numbers = ("epsilon",)
    n_slots = 1
    learning_rate: float = 0.01
    epsilon: float = 1e-7
    initial_accumulator_value: float = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        positive("epsilon", self.epsilon)
        not_negative("initial_accumulator_value", self.initial_accumulator_value)

    def init(self, n_params: int) -> OptimizerState:
        state = super().init(n_params)
        state.slots[0] = self.initial_accumulator_value
        return state

    def update(
        self, params: FloatArray, grad: FloatArray, state: OptimizerState, learning_rate: float
    ) -> OptimizerState:
        total = state.slots[0]
        total += grad * grad
        params -= learning_rate * grad / np.sqrt(total + self.epsilon)
        state.t += 1
        return state

    @staticmethod
    def compiled(f: Any, w: Any, g: Any, memory: Any, h: Any) -> tuple[Any, Any]:
        total = f.let(memory[0] + g * g)
        return w - h["rate"] * g / (total + h["epsilon"]).sqrt(), (total,)


@dataclass(frozen=True)
class RMSprop(Optimizer):
    """AdaGrad that forgets: v <- rho v + (1 - rho) g^2, w <- w - lr g / sqrt(v + eps).

    Args:
        learning_rate: lr; above 0.
        rho: How much of v is kept from step to step; from 0 to below 1.
        epsilon: eps, above 0; inside the root as in Keras 3. Keras 2 and PyTorch divide by
            sqrt(v) + eps.

    Raises:
        ValueError: If a number is outside its range.

    Source: Hinton, Neural Networks for Machine Learning, lecture 6e (2012).
    """

    name = "rmsprop"
    formula = "v = rho * v + (1 - rho) * g**2; w = w - lr * g / sqrt(v + epsilon)"
    title, sklearn = "RMSprop", "adam"
    keras = "RMSprop"
    torch = "optim.RMSprop({learning_rate}, alpha={rho})"
    numbers = ("rho", "epsilon")
    n_slots = 1
    learning_rate: float = 0.001
    rho: float = 0.9
    epsilon: float = 1e-7

    def __post_init__(self) -> None:
        super().__post_init__()
        decay("rho", self.rho)
        positive("epsilon", self.epsilon)

    def update(
        self, params: FloatArray, grad: FloatArray, state: OptimizerState, learning_rate: float
    ) -> OptimizerState:
        mean_square = state.slots[0]
        mean_square *= self.rho
        mean_square += (1 - self.rho) * grad * grad
        params -= learning_rate * grad / np.sqrt(mean_square + self.epsilon)
        state.t += 1
        return state

    @staticmethod
    def compiled(f: Any, w: Any, g: Any, memory: Any, h: Any) -> tuple[Any, Any]:
        mean_square = f.let(memory[0] * h["rho"] + (1.0 - h["rho"]) * g * g)
        return w - h["rate"] * g / (mean_square + h["epsilon"]).sqrt(), (mean_square,)


@dataclass(frozen=True)
class Adam(Optimizer):
    """Momentum and RMSprop together, with their slow start corrected.

        m <- beta_1 m + (1 - beta_1) g
        v <- beta_2 v + (1 - beta_2) g^2
        w <- w - lr sqrt(1 - beta_2^t) / (1 - beta_1^t) m / (sqrt(v) + eps),  t = 1, 2, ...

    Args:
        learning_rate: lr; above 0.
        beta_1: How much of m is kept from step to step; from 0 to below 1.
        beta_2: How much of v is kept; from 0 to below 1.
        epsilon: eps, above 0; the "epsilon hat" of the paper's section 2, as in Keras and
            scikit-learn. PyTorch adds eps after correcting v.

    Raises:
        ValueError: If a number is outside its range.

    Source: Kingma, Ba (2015), arXiv:1412.6980.
    """

    name = "adam"
    formula = (
        "m = beta_1 * m + (1 - beta_1) * g; v = beta_2 * v + (1 - beta_2) * g**2; "
        "w = w - lr * sqrt(1 - beta_2**t) / (1 - beta_1**t) * m / (sqrt(v) + epsilon)"
    )
    title, sklearn = "Adam", "adam"
    keras = "Adam"
    torch = "optim.Adam({learning_rate}, betas=({beta_1}, {beta_2}))"
    numbers = ("beta_1", "beta_2", "epsilon")
    n_slots = 2
    learning_rate: float = 0.001
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-7

    def __post_init__(self) -> None:
        super().__post_init__()
        decay("beta_1", self.beta_1)
        decay("beta_2", self.beta_2)
        positive("epsilon", self.epsilon)

    def update(
        self, params: FloatArray, grad: FloatArray, state: OptimizerState, learning_rate: float
    ) -> OptimizerState:
        state.t += 1
        mean, mean_square = state.slots
        mean *= self.beta_1
        mean += (1 - self.beta_1) * grad
        mean_square *= self.beta_2
        mean_square += (1 - self.beta_2) * grad * grad
        correction = (1 - self.beta_2**state.t) ** 0.5 / (1 - self.beta_1**state.t)
        params -= learning_rate * correction * mean / (np.sqrt(mean_square) + self.epsilon)
        return state

    @staticmethod
    def compiled(f: Any, w: Any, g: Any, memory: Any, h: Any) -> tuple[Any, Any]:
        mean = f.let(memory[0] * h["beta_1"] + (1.0 - h["beta_1"]) * g)
        mean_square = f.let(memory[1] * h["beta_2"] + (1.0 - h["beta_2"]) * g * g)
        after = w - h["rate"] * mean / (mean_square.sqrt() + h["epsilon"])
        return after, (mean, mean_square)
