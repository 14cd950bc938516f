"""What Keras's optimizers share around their rule: the rate, clipping, weight decay, the count.

The rule itself is one of nncore.optimizers, or of optimizers.rules where nncore has none. A step
clips the gradient, then shrinks the weights (weight decay), then applies the rule.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

from nncore.arrays import BoolArray, FloatArray
from nncore.checks import invalid, not_negative, positive, real_number
from nncore.keras import config
from nncore.keras.missing import no_such_arguments, raise_missing
from nncore.keras.objects import Configurable, serialize
from nncore.keras.optimizers import schedules
from nncore.keras.variables import Variable
from nncore.optimizer import Optimizer as Rule
from nncore.optimizer import OptimizerState

NOT_HERE = ("use_ema", "loss_scale_factor", "gradient_accumulation_steps")
IGNORED = ("jit_compile", "ema_momentum", "ema_overwrite_frequency")


class Optimizer(Configurable):
    """What all share.

    Args:
        learning_rate: A number, a schedule, or a function without arguments.
        weight_decay: The part of lr w that is taken from each weight before a step.
        clipnorm: The most that the gradient of a variable may measure.
        global_clipnorm: Of all variables together.
        clipvalue: Each number. Old spellings: lr for learning_rate; decay for rates that fall as 1
            / (1 + decay step).
    """

    own: ClassVar[tuple[str, ...]] = ()  # the names of the rule's own numbers

    def __init__(
        self,
        learning_rate: Any = 0.001,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        learning_rate = kwargs.pop("lr", learning_rate)
        self.decay = not_negative("decay", kwargs.pop("decay", None) or 0.0)
        for key in [key for key in kwargs if key in NOT_HERE]:
            if kwargs.pop(key):
                raise_missing(f"{key} is an option of Keras's optimizers that is not here")
        no_such_arguments(type(self).__name__, [key for key in kwargs if key not in IGNORED])
        self.name = name or config.snake_case(type(self).__name__)
        self.weight_decay, self.clipnorm = weight_decay, clipnorm
        self.clipvalue, self.global_clipnorm = clipvalue, global_clipnorm
        self._excluded: list[str] = []
        self._rate = Variable(np.zeros(()), "learning_rate", self.name)
        self._schedule: Any = None
        self._set_rate(learning_rate)
        self.state: OptimizerState | None = None
        self._bound: object = None
        for key in ("weight_decay", "clipnorm", "clipvalue", "global_clipnorm"):
            value = getattr(self, key)
            if value is not None:
                not_negative(key, value)

    def _set_rate(self, value: Any) -> None:
        if isinstance(value, dict):
            kind = schedules.KINDS[value["class_name"]]
            value = kind(**value["config"])
        self._schedule = None
        if callable(value) and not isinstance(value, Variable):
            takes_step = isinstance(value, schedules.LearningRateSchedule)
            self._schedule = value if takes_step else lambda step: value()
            return
        number = value.item() if isinstance(value, np.ndarray | np.generic) else value
        number = float(number) if isinstance(number, Variable) else number
        rule = "a number of 0 or more, a schedule or a function"
        self._rate.array[...] = real_number("learning_rate", number, rule, lambda rate: rate >= 0)

    @property
    def learning_rate(self) -> Any:
        """The rate of the next step; a variable, which can be assigned to."""
        if self._schedule is None:
            return self._rate
        now = np.asarray(float(self._schedule(self._steps)))
        return Variable(now, "learning_rate", self.name)

    @learning_rate.setter
    def learning_rate(self, value: Any) -> None:
        if self._schedule is not None and not callable(value):
            raise TypeError(
                "This optimizer was made with a LearningRateSchedule as its `learning_rate`,"
                f" so the rate cannot be set. Received: {value!r}"
            )
        self._set_rate(value)

    lr = learning_rate

    @property
    def _steps(self) -> int:
        return 0 if self.state is None else self.state.t

    @property
    def iterations(self) -> Variable:
        """The number of steps done, as a variable."""
        return Variable(np.asarray(float(self._steps)), "iterations", self.name)

    @property
    def varies(self) -> bool:
        """Whether the rate may be another one at every step."""
        return self._schedule is not None or self.decay > 0

    @property
    def plain(self) -> bool:
        """Whether a step is the rule and nothing else."""
        return not (self.varies or self.weight_decay or self._clips)

    @property
    def _clips(self) -> bool:
        return bool(self.clipnorm or self.clipvalue or self.global_clipnorm)

    def rule(self) -> Rule:
        """Return the update rule, with a learning rate of 1: each step brings its own."""
        raise NotImplementedError

    def count_numbers(self, n_params: int) -> int:
        """Return how many numbers are remembered for n_params parameters, as Keras counts them."""
        return 2 + self.rule().n_slots * n_params  # with the count of steps and the rate

    def bind(self, owner: object, n_params: int) -> OptimizerState:
        """Return the memory for the parameters of `owner`: that of earlier steps, or a new one."""
        if self.state is not None and self._bound is not owner:
            raise ValueError(
                f"The optimizer {self.name!r} already trains the variables of another model."
                " Make a new optimizer for this model."
            )
        if self.state is None or self.state.slots.shape[1:] != (n_params,):
            self.state, self._bound = self.rule().init(n_params), owner
        return self.state

    def rate(self, step: int) -> float:
        """Return the learning rate of the step after `step` steps."""
        rate = float(self._rate.array) if self._schedule is None else float(self._schedule(step))
        return rate / (1 + self.decay * step)

    def step(
        self, rule: Rule, params: FloatArray, grad: FloatArray, variables: Sequence[slice],
        decays: BoolArray,
    ) -> None:  # fmt: skip
        """Step `params` against `grad` in place, both (n_params,).

        Args:
            variables: Where each variable lies in them, for clipping.
            decays: Mask of the parameters that weight decay is for.
        """
        state = self.state
        if state is None:
            raise invalid("optimizer", "bound to a model before its first step", None)
        rate = self.rate(state.t)
        if self._clips:
            self._clip(grad, variables)
        if self.weight_decay:
            params -= np.where(decays, params * self.weight_decay * rate, 0.0)
        rule.update(params, grad, state, rate)

    def _clip(self, grad: FloatArray, variables: Sequence[slice]) -> None:
        if self.clipnorm:
            for part in variables:
                _shorten(grad[part], self.clipnorm)
        elif self.global_clipnorm:
            _shorten(grad, self.global_clipnorm)
        elif self.clipvalue:
            np.clip(grad, -self.clipvalue, self.clipvalue, out=grad)

    def exclude_from_weight_decay(
        self, var_list: Any = None, var_names: Sequence[str] | None = None
    ) -> None:
        """Leave variables out of weight decay: given ones, or those whose path has a name in it."""
        self._excluded += [re.escape(each.path) for each in var_list or ()]
        self._excluded += list(var_names or ())

    def decays(self, variable: Variable) -> bool:
        """Return whether weight decay is for this variable."""
        return not any(re.search(pattern, variable.path) for pattern in self._excluded)

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that make an optimizer like this one."""
        rate = float(self._rate.array) if self._schedule is None else serialize(self._schedule)
        common = ("weight_decay", "clipnorm", "global_clipnorm", "clipvalue")
        found = {"name": self.name, "learning_rate": rate}
        return found | {key: getattr(self, key) for key in (*common, *self.own)}


def _shorten(vector: FloatArray, most: float) -> None:
    """Scale `vector` in place such that its length is at most `most`."""
    length = math.sqrt(float(vector @ vector))
    if length > most:
        vector *= positive("clipnorm", most) / length
