"""keras.optimizers: by name or as objects, with Keras 3's arguments and the spellings before.

`SGD`, `RMSprop`, `Adam` and `Adagrad` are nncore's own rules with Keras's defaults; the others
stand in optimizers.rules.
"""

from __future__ import annotations

from typing import Any, ClassVar

from nncore import optimizers as core
from nncore.checks import invalid
from nncore.keras.objects import lookup
from nncore.keras.optimizers import rules, schedules
from nncore.keras.optimizers.base import Optimizer
from nncore.keras.optimizers.schedules import LearningRateSchedule
from nncore.optimizer import Optimizer as Rule


class SGD(Optimizer):
    """w <- w - lr g; with momentum v <- momentum v - lr g, w <- w + v; or Nesterov's form."""

    own = ("momentum", "nesterov")

    def __init__(
        self,
        learning_rate: Any = 0.01,
        momentum: float = 0.0,
        nesterov: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(learning_rate, **kwargs)
        self.momentum, self.nesterov = momentum, nesterov
        self.rule()

    def rule(self) -> Rule:
        if not self.momentum:
            return core.SGD(1.0)
        return (core.Nesterov if self.nesterov else core.Momentum)(1.0, self.momentum)


class RMSprop(Optimizer):
    """Steps divided by the root of a running mean of g^2 (Hinton, 2012)."""

    own = ("rho", "momentum", "epsilon", "centered")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        rho: float = 0.9,
        momentum: float = 0.0,
        epsilon: float | None = 1e-7,
        centered: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(learning_rate, **kwargs)
        self.rho, self.momentum, self.centered = rho, momentum, centered
        self.epsilon = 1e-7 if epsilon is None else epsilon
        self.rule()

    def rule(self) -> Rule:
        if self.momentum or self.centered:
            numbers = (1.0, self.rho, self.epsilon, self.momentum, self.centered)
            return rules.RMSpropVariant(*numbers)
        return core.RMSprop(1.0, self.rho, self.epsilon)

    def count_numbers(self, n_params: int) -> int:
        return 2 + n_params * (1 + bool(self.momentum) + bool(self.centered))


class _AdamLike(Optimizer):
    """Optimizers of (learning_rate, beta_1, beta_2, epsilon)."""

    kind: Any
    own: ClassVar[tuple[str, ...]] = ("beta_1", "beta_2", "epsilon")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float | None = 1e-7,
        **kwargs: Any,
    ) -> None:
        super().__init__(learning_rate, **kwargs)
        self.beta_1, self.beta_2 = beta_1, beta_2
        self.epsilon = 1e-7 if epsilon is None else epsilon
        self.rule()

    def rule(self) -> Rule:
        made: Rule = self.kind(1.0, self.beta_1, self.beta_2, self.epsilon)
        return made


class Adam(_AdamLike):
    """Momentum and RMSprop together (Kingma, Ba, 2015); amsgrad keeps the largest mean square."""

    own = ("beta_1", "beta_2", "epsilon", "amsgrad")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float | None = 1e-7,
        amsgrad: bool = False,
        **kwargs: Any,
    ) -> None:
        self.amsgrad, self.kind = amsgrad, rules.AMSGrad if amsgrad else core.Adam
        super().__init__(learning_rate, beta_1, beta_2, epsilon, **kwargs)


class AdamW(Adam):
    """Adam with weight decay (Loshchilov, Hutter, 2019)."""

    def __init__(
        self,
        learning_rate: Any = 0.001,
        weight_decay: float = 0.004,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float | None = 1e-7,
        amsgrad: bool = False,
        **kwargs: Any,
    ) -> None:
        if weight_decay is None:
            raise invalid("weight_decay", "a number", weight_decay)
        kwargs["weight_decay"] = weight_decay
        super().__init__(learning_rate, beta_1, beta_2, epsilon, amsgrad, **kwargs)


class Adamax(_AdamLike):
    """Adam with the largest |g| in place of the mean square (Kingma, Ba, 2015)."""

    kind = rules.Adamax


class Nadam(_AdamLike):
    """Adam with Nesterov momentum (Dozat, 2016)."""

    kind = rules.Nadam

    def count_numbers(self, n_params: int) -> int:
        return 3 + 2 * n_params


class Adagrad(Optimizer):
    """Steps divided by the root of the sum of g^2 (Duchi, Hazan, Singer, 2011)."""

    own = ("initial_accumulator_value", "epsilon")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        initial_accumulator_value: float = 0.1,
        epsilon: float | None = 1e-7,
        **kwargs: Any,
    ) -> None:
        super().__init__(learning_rate, **kwargs)
        self.initial_accumulator_value = initial_accumulator_value
        self.epsilon = 1e-7 if epsilon is None else epsilon
        self.rule()

    def rule(self) -> Rule:
        return core.AdaGrad(1.0, self.epsilon, self.initial_accumulator_value)


class Adadelta(Optimizer):
    """Steps in the units of the weights (Zeiler, 2012)."""

    own = ("rho", "epsilon")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        rho: float = 0.95,
        epsilon: float | None = 1e-7,
        **kwargs: Any,
    ) -> None:
        super().__init__(learning_rate, **kwargs)
        self.rho, self.epsilon = rho, 1e-7 if epsilon is None else epsilon

    def rule(self) -> Rule:
        return rules.Adadelta(1.0, self.rho, self.epsilon)


class Lion(Optimizer):
    """Steps of equal size in the direction of the momentum's sign (Chen et al., 2023)."""

    own = ("beta_1", "beta_2")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.99,
        **kwargs: Any,
    ) -> None:
        super().__init__(learning_rate, **kwargs)
        self.beta_1, self.beta_2 = beta_1, beta_2

    def rule(self) -> Rule:
        return rules.Lion(1.0, self.beta_1, self.beta_2)


class Ftrl(Optimizer):
    """Follow the regularized leader (McMahan et al., 2013)."""

    own = (
        *("learning_rate_power", "initial_accumulator_value", "l1_regularization_strength"),
        *("l2_regularization_strength", "l2_shrinkage_regularization_strength", "beta"),
    )

    def __init__(
        self,
        learning_rate: Any = 0.001,
        learning_rate_power: float = -0.5,
        initial_accumulator_value: float = 0.1,
        l1_regularization_strength: float = 0.0,
        l2_regularization_strength: float = 0.0,
        l2_shrinkage_regularization_strength: float = 0.0,
        beta: float = 0.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(learning_rate, **kwargs)
        self.learning_rate_power = learning_rate_power
        self.initial_accumulator_value = initial_accumulator_value
        self.l1_regularization_strength = l1_regularization_strength
        self.l2_regularization_strength = l2_regularization_strength
        self.l2_shrinkage_regularization_strength = l2_shrinkage_regularization_strength
        self.beta = beta

    def rule(self) -> Rule:
        return rules.Ftrl(1.0, *(getattr(self, name) for name in self.own))


KINDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (SGD, RMSprop, Adam, AdamW, Adamax, Nadam, Adagrad, Adadelta, Lion, Ftrl)
}
LOWER = {name.lower(): name for name in KINDS}
sgd, rmsprop, adam, adamax, nadam = SGD, RMSprop, Adam, Adamax, Nadam
adagrad, adadelta = Adagrad, Adadelta

__all__ = [
    "SGD",
    "RMSprop",
    "Adam",
    "AdamW",
    "Adamax",
    "Nadam",
    "Adagrad",
    "Adadelta",
    "Lion",
    "Ftrl",
    "LearningRateSchedule",
    "Optimizer",
    "get",
    "schedules",
]


def get(identifier: Any) -> Optimizer:
    """Return the optimizer of a name ("adam"), a config, or an object (itself)."""
    found = lookup("optimizer", identifier, KINDS, LOWER)
    if not isinstance(found, Optimizer):
        raise invalid("optimizer", "the name of an optimizer or an object such as Adam()", found)
    return found


deserialize = get
