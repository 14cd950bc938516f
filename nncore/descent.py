"""Optimizers that go down the gradient: plain, and with momentum.

Each is a frozen choice of numbers and one formula over the whole flat parameter vector; what they
share is in nncore.optimizer. Field names and formulas follow Keras 3; where other libraries differ,
the docstring says how. Below, g is the gradient and lr the learning rate of this step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nncore.arrays import FloatArray
from nncore.checks import decay
from nncore.optimizer import Optimizer, OptimizerState


@dataclass(frozen=True)
class SGD(Optimizer):
    """Plain gradient descent: w <- w - lr g.

    "Stochastic" because g is taken on a mini-batch.

    Args:
        learning_rate: lr, the length of a step for a gradient of 1; above 0.

    Raises:
        ValueError: If `learning_rate` is not above 0.
    """

    name = "sgd"
    formula = "w = w - lr * g"
    title, sklearn = "SGD", "sgd"
    keras = "SGD"
    torch = "optim.SGD({learning_rate})"
    learning_rate: float = 0.01

    def update(
        self, params: FloatArray, grad: FloatArray, state: OptimizerState, learning_rate: float
    ) -> OptimizerState:
        params -= learning_rate * grad
        state.t += 1
        return state

    @staticmethod
    def compiled(f: Any, w: Any, g: Any, memory: Any, h: Any) -> tuple[Any, Any]:
        return w - h["rate"] * g, ()


@dataclass(frozen=True)
class Momentum(Optimizer):
    """A ball with inertia: v <- momentum v - lr g, w <- w + v.

    As Keras's SGD(momentum=...) and scikit-learn. PyTorch instead lets v <- momentum v + g and
    w <- w - lr v, which is the same as long as the learning rate does not change.

    Args:
        learning_rate: lr; above 0.
        momentum: The part of the velocity that is kept from step to step; from 0 to below 1.

    Raises:
        ValueError: If a number is outside its range.

    Source: Polyak (1964), doi 10.1016/0041-5553(64)90137-5.
    """

    name = "momentum"
    formula = "v = momentum * v - lr * g; w = w + v"
    title, sklearn = "Momentum", "sgd"
    keras = "SGD({learning_rate}, momentum={momentum})"
    torch = "optim.SGD({learning_rate}, momentum={momentum})"
    numbers = ("momentum",)
    n_slots = 1
    learning_rate: float = 0.01
    momentum: float = 0.9

    def __post_init__(self) -> None:
        super().__post_init__()
        decay("momentum", self.momentum)

    def update(
        self, params: FloatArray, grad: FloatArray, state: OptimizerState, learning_rate: float
    ) -> OptimizerState:
        velocity = state.slots[0]
        velocity *= self.momentum
        velocity -= learning_rate * grad
        params += velocity
        state.t += 1
        return state

    @staticmethod
    def compiled(f: Any, w: Any, g: Any, memory: Any, h: Any) -> tuple[Any, Any]:
        velocity = f.let(memory[0] * h["momentum"] - h["rate"] * g)
        return w + velocity, (velocity,)


@dataclass(frozen=True)
class Nesterov(Momentum):
    """Momentum that looks ahead: v <- momentum v - lr g, w <- w + momentum v - lr g.

    As Keras's SGD(nesterov=True) and scikit-learn.

    Args:
        learning_rate: lr; above 0.
        momentum: The part of the velocity that is kept from step to step; from 0 to below 1.

    Raises:
        ValueError: If a number is outside its range.

    Source: Nesterov (1983); this form from Sutskever et al. (2013), ICML.
    """

    name = "nesterov"
    formula = "v = momentum * v - lr * g; w = w + momentum * v - lr * g"
    title, sklearn = "Nesterov", "sgd"
    keras = "SGD({learning_rate}, momentum={momentum}, nesterov=True)"
    torch = "optim.SGD({learning_rate}, momentum={momentum}, nesterov=True)"
    numbers = ("momentum",)

    def update(
        self, params: FloatArray, grad: FloatArray, state: OptimizerState, learning_rate: float
    ) -> OptimizerState:
        velocity = state.slots[0]
        step = learning_rate * grad
        velocity *= self.momentum
        velocity -= step
        params += self.momentum * velocity
        params -= step
        state.t += 1
        return state

    @staticmethod
    def compiled(f: Any, w: Any, g: Any, memory: Any, h: Any) -> tuple[Any, Any]:
        step = f.let(h["rate"] * g)
        velocity = f.let(memory[0] * h["momentum"] - step)
        return w + h["momentum"] * velocity - step, (velocity,)
