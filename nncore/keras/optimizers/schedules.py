"""keras.optimizers.schedules: a learning rate for every step of the optimizer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from nncore.checks import invalid, positive
from nncore.keras.objects import Configurable


class LearningRateSchedule(Configurable):
    """What all share: `schedule(step)` returns the rate of the step after `step` steps."""

    def __call__(self, step: int) -> float:
        raise NotImplementedError


class _Falling(LearningRateSchedule):
    """Schedules of (initial_learning_rate, decay_steps, decay_rate, staircase)."""

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: float,
        decay_rate: float,
        staircase: bool = False,
        name: str | None = None,
    ) -> None:
        self.initial_learning_rate, self.decay_rate = initial_learning_rate, decay_rate
        self.decay_steps = positive("decay_steps", decay_steps)
        self.staircase, self.name = staircase, name or type(self).__name__

    def _stairs(self, step: int) -> float:
        passed = step / self.decay_steps
        return math.floor(passed) if self.staircase else passed


class ExponentialDecay(_Falling):
    """rate = initial_learning_rate decay_rate^(step / decay_steps)."""

    def __call__(self, step: int) -> float:
        return float(self.initial_learning_rate * self.decay_rate ** self._stairs(step))


class InverseTimeDecay(_Falling):
    """rate = initial_learning_rate / (1 + decay_rate step / decay_steps)."""

    def __call__(self, step: int) -> float:
        return self.initial_learning_rate / (1 + self.decay_rate * self._stairs(step))


class PiecewiseConstantDecay(LearningRateSchedule):
    """values[0] up to and including step boundaries[0], then values[1], and so on."""

    def __init__(
        self, boundaries: Sequence[float], values: Sequence[float], name: str = "PiecewiseConstant"
    ) -> None:
        if len(boundaries) != len(values) - 1:
            rule = "one fewer than values"
            raise invalid("boundaries", rule, f"{len(boundaries)} for {len(values)} values")
        self.boundaries, self.values, self.name = boundaries, values, name

    def __call__(self, step: int) -> float:
        passed = sum(step > boundary for boundary in self.boundaries)
        return float(self.values[passed])


class PolynomialDecay(LearningRateSchedule):
    """rate = (initial - end) (1 - step / decay_steps)^power + end, then `end`; or again (cycle)."""

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: float,
        end_learning_rate: float = 0.0001,
        power: float = 1.0,
        cycle: bool = False,
        name: str = "PolynomialDecay",
    ) -> None:
        self.initial_learning_rate, self.end_learning_rate = (
            initial_learning_rate,
            end_learning_rate,
        )
        self.decay_steps = positive("decay_steps", decay_steps)
        self.power, self.cycle, self.name = power, cycle, name

    def __call__(self, step: int) -> float:
        steps = self.decay_steps
        if self.cycle:
            steps *= max(1.0, math.ceil(step / steps))
        left = 1 - min(step, steps) / steps
        span = self.initial_learning_rate - self.end_learning_rate
        return float(span * left**self.power + self.end_learning_rate)


class CosineDecay(LearningRateSchedule):
    """Half a cosine wave from the initial (or, after a warm-up, the target) rate to alpha of it."""

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: float,
        alpha: float = 0.0,
        name: str = "CosineDecay",
        warmup_target: float | None = None,
        warmup_steps: float = 0,
    ) -> None:
        self.initial_learning_rate, self.alpha, self.name = initial_learning_rate, alpha, name
        self.decay_steps = positive("decay_steps", decay_steps)
        self.warmup_target, self.warmup_steps = warmup_target, warmup_steps

    def __call__(self, step: int) -> float:
        top = self.initial_learning_rate
        if self.warmup_target is not None:
            if step < self.warmup_steps:
                return top + (self.warmup_target - top) * step / self.warmup_steps
            top, step = self.warmup_target, step - int(self.warmup_steps)
        wave = 0.5 * (1 + math.cos(math.pi * min(step, self.decay_steps) / self.decay_steps))
        return top * ((1 - self.alpha) * wave + self.alpha)


class CosineDecayRestarts(LearningRateSchedule):
    """Cosine waves that begin anew, each t_mul times as long and m_mul times as high.

    Source: Loshchilov, Hutter (2017), SGDR, arXiv:1608.03983.
    """

    def __init__(
        self,
        initial_learning_rate: float,
        first_decay_steps: float,
        t_mul: float = 2.0,
        m_mul: float = 1.0,
        alpha: float = 0.0,
        name: str = "SGDRDecay",
    ) -> None:
        self.initial_learning_rate, self.alpha, self.name = initial_learning_rate, alpha, name
        self.first_decay_steps = positive("first_decay_steps", first_decay_steps)
        self.t_mul, self.m_mul = t_mul, m_mul

    def __call__(self, step: int) -> float:
        length, height, left = float(self.first_decay_steps), 1.0, float(step)
        while left >= length:
            left -= length
            length *= self.t_mul
            height *= self.m_mul
        wave = 0.5 * height * (1 + math.cos(math.pi * left / length))
        return self.initial_learning_rate * ((1 - self.alpha) * wave + self.alpha)


KINDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        *(ExponentialDecay, InverseTimeDecay, PiecewiseConstantDecay, PolynomialDecay),
        *(CosineDecay, CosineDecayRestarts),
    )
}
