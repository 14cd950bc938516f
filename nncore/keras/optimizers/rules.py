"""Update rules that Keras has beyond nncore.optimizers, in nncore's form.

g is the gradient, lr the learning rate of the step, t = 1, 2, ... its number. Defaults and the
place of epsilon are Keras's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nncore.arrays import FloatArray
from nncore.optimizer import Optimizer, OptimizerState
from nncore.optimizers import Adam, RMSprop


@dataclass(frozen=True)
class RMSpropVariant(RMSprop):
    """RMSprop with momentum, or with the variance of g in place of its mean square (centered).

    d = v - mean^2 if centered, else v;  step = lr g / sqrt(d + eps);
    m <- momentum m + step, w <- w - m (or w - step without momentum).
    """

    name = "rmsprop_variant"
    n_slots = 3
    momentum: float = 0.0
    centered: bool = False

    def update(
        self, params: FloatArray, grad: FloatArray, state: OptimizerState, learning_rate: float
    ) -> OptimizerState:
        mean_square, mean, velocity = state.slots
        mean_square *= self.rho
        mean_square += (1 - self.rho) * grad * grad
        spread = mean_square
        if self.centered:
            mean *= self.rho
            mean += (1 - self.rho) * grad
            spread = mean_square - mean * mean
        step = learning_rate * grad / np.sqrt(spread + self.epsilon)
        if self.momentum > 0:
            velocity *= self.momentum
            velocity += step
            step = velocity
        params -= step
        state.t += 1
        return state


@dataclass(frozen=True)
class AMSGrad(Adam):
    """Adam that divides by the largest v so far. Source: Reddi, Kale, Kumar (2018), ICLR."""

    name = "amsgrad"
    n_slots = 3

    def update(
        self, params: FloatArray, grad: FloatArray, state: OptimizerState, learning_rate: float
    ) -> OptimizerState:
        state.t += 1
        mean, mean_square, largest = state.slots
        mean += (1 - self.beta_1) * (grad - mean)
        mean_square += (1 - self.beta_2) * (grad * grad - mean_square)
        np.maximum(largest, mean_square, out=largest)
        rate = learning_rate * (1 - self.beta_2**state.t) ** 0.5 / (1 - self.beta_1**state.t)
        params -= rate * mean / (np.sqrt(largest) + self.epsilon)
        return state


@dataclass(frozen=True)
class Adamax(Adam):
    """Adam with the largest |g|, slowly forgotten, in place of the root of v.

    u <- max(beta_2 u, |g|), w <- w - lr m / ((1 - beta_1^t) (u + eps)). Source: as Adam, section 7.
    """

    name = "adamax"

    def update(
        self, params: FloatArray, grad: FloatArray, state: OptimizerState, learning_rate: float
    ) -> OptimizerState:
        state.t += 1
        mean, norm = state.slots
        mean += (1 - self.beta_1) * (grad - mean)
        np.maximum(self.beta_2 * norm, np.abs(grad), out=norm)
        params -= learning_rate * mean / ((1 - self.beta_1**state.t) * (norm + self.epsilon))
        return state


@dataclass(frozen=True)
class Nadam(Adam):
    """Adam with Nesterov's look ahead and a momentum that grows: u_t = beta_1 (1 - 0.96^t / 2).

    w <- w - lr (u_{t+1} m / (1 - U_{t+1}) + (1 - u_t) g / (1 - U_t)) / (sqrt(v / (1 - beta_2^t))
    + eps), with U_t = u_1 u_2 ... u_t. Source: Dozat (2016), ICLR workshop.
    """

    name = "nadam"
    n_slots = 3  # the last one holds U_t - 1 in its first place, so that it starts at 0

    def update(
        self, params: FloatArray, grad: FloatArray, state: OptimizerState, learning_rate: float
    ) -> OptimizerState:
        state.t += 1
        mean, mean_square, product = state.slots
        now, ahead = self._momentum(state.t), self._momentum(state.t + 1)
        product[:] = (product[0] + 1.0) * now - 1.0
        so_far = product[0] + 1.0
        mean += (1 - self.beta_1) * (grad - mean)
        mean_square += (1 - self.beta_2) * (grad * grad - mean_square)
        step = ahead * mean / (1 - so_far * ahead) + (1 - now) * grad / (1 - so_far)
        root = np.sqrt(mean_square / (1 - self.beta_2**state.t))
        params -= learning_rate * step / (root + self.epsilon)
        return state

    def _momentum(self, t: int) -> float:
        return float(self.beta_1 * (1 - 0.5 * 0.96**t))


@dataclass(frozen=True)
class Adadelta(Optimizer):
    """Steps in the units of w: rms(earlier steps) / rms(g) times g.

    Source: Zeiler (2012), arXiv:1212.5701.
    """

    name = "adadelta"
    n_slots = 2
    learning_rate: float = 0.001
    rho: float = 0.95
    epsilon: float = 1e-7

    def update(
        self, params: FloatArray, grad: FloatArray, state: OptimizerState, learning_rate: float
    ) -> OptimizerState:
        squares, steps = state.slots
        squares *= self.rho
        squares += (1 - self.rho) * grad * grad
        step = np.sqrt(steps + self.epsilon) / np.sqrt(squares + self.epsilon) * grad
        steps *= self.rho
        steps += (1 - self.rho) * step * step
        params -= learning_rate * step
        state.t += 1
        return state


@dataclass(frozen=True)
class Lion(Optimizer):
    """Steps of equal size: w <- w - lr sign(beta_1 m + (1 - beta_1) g).

    Source: Chen et al. (2023), arXiv:2302.06675.
    """

    name = "lion"
    n_slots = 1
    learning_rate: float = 0.001
    beta_1: float = 0.9
    beta_2: float = 0.99

    def update(
        self, params: FloatArray, grad: FloatArray, state: OptimizerState, learning_rate: float
    ) -> OptimizerState:
        mean = state.slots[0]
        params -= learning_rate * np.sign(self.beta_1 * mean + (1 - self.beta_1) * grad)
        mean *= self.beta_2
        mean += (1 - self.beta_2) * grad
        state.t += 1
        return state


@dataclass(frozen=True)
class Ftrl(Optimizer):
    """Follow the regularized leader, with l1 and l2 penalties of its own.

    Source: McMahan et al. (2013), Ad click prediction, KDD.
    """

    name = "ftrl"
    n_slots = 2
    learning_rate: float = 0.001
    learning_rate_power: float = -0.5
    initial_accumulator_value: float = 0.1
    l1_regularization_strength: float = 0.0
    l2_regularization_strength: float = 0.0
    l2_shrinkage_regularization_strength: float = 0.0
    beta: float = 0.0

    def init(self, n_params: int) -> OptimizerState:
        state = super().init(n_params)
        state.slots[0] = self.initial_accumulator_value
        return state

    def update(
        self, params: FloatArray, grad: FloatArray, state: OptimizerState, learning_rate: float
    ) -> OptimizerState:
        squares, linear = state.slots
        power, l1 = -self.learning_rate_power, self.l1_regularization_strength
        l2 = self.l2_regularization_strength + self.beta / (2 * learning_rate)
        total = squares + grad * grad
        linear += grad + 2 * self.l2_shrinkage_regularization_strength * params
        linear -= (total**power - squares**power) / learning_rate * params
        params[:] = (np.clip(linear, -l1, l1) - linear) / (total**power / learning_rate + 2 * l2)
        squares[:] = total
        state.t += 1
        return state
