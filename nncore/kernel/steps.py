"""One step of training on the flat vectors: the optimizer's update, then the regularizer's pull.

Each optimizer brings its rule in expressions: it takes a parameter, its gradient and what is
remembered of it, and returns the new parameter and memory. Regularizers' slopes stand here.
Numbers that a reader may change while training runs (learning rate, momentum, ...) are read from
memory at every call, so that no change of theirs asks for another module.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from nncore.kernel.assembler import TO_WHOLE, Expression, Function, Module
from nncore.kernel.binary import F64, I32
from nncore.kernel.products import WORD
from nncore.optimizers import OPTIMIZERS

Slope: TypeAlias = Callable[[Function, Expression], Expression]


# Each regularizer's R'(w), before it is masked by is_weight.
SLOPES: dict[str, Slope] = {
    "l1": lambda f, w: (abs(w) > 0.0).where(f.number(1.0).signed_as(w), 0.0),
    "l2": lambda f, w: w,
}


class State:
    """Where everything stands in a kernel's memory, in float64 words from its beginning.

    Vectors have `padded` words, an even number. Without an optimizer there are only params.

    Attributes:
        hyper: By name, where each number is: "rate", "shrink", "t" (steps done) and the optimizer's
            fields.
        params: The parameters, a vector.
        gradient: Their gradient, a vector.
        slots: The optimizer's vectors.
        is_weight: A vector, 1 for weights and 0 for biases.
        held: A vector, 1 for parameters that stay as they are.
        workspace: Where the blocks begin.
    """

    def __init__(self, n_params: int, optimizer: str | None) -> None:
        self.padded = n_params + n_params % 2
        fields: tuple[str, ...] = ()
        n_slots = -3
        if optimizer:
            kind = OPTIMIZERS[optimizer]
            fields, n_slots = kind.numbers, kind.n_slots
        names = ("rate", "shrink", "t", *fields)
        self.hyper = {name: place for place, name in enumerate(names)}
        first = len(names) + len(names) % 2
        *starts, self.workspace = (first + k * self.padded for k in range(5 + n_slots))
        self.params, *others = starts
        if optimizer:
            self.gradient, self.is_weight, self.held, *self.slots = others


def step(module: Module, state: State, optimizer: str, regularizer: str | None) -> Function:
    """Write the step for a State.

    Args:
        regularizer: "l1", "l2" or None.
    """
    rule = OPTIMIZERS[optimizer].compiled
    assert rule is not None  # `plan_for` has asked
    f = module.function("step", state=I32)
    h = {name: f.let(f.load_spread(f.state, WORD * at)) for name, at in state.hyper.items()}
    if optimizer == "adam":
        h["rate"] = _corrected_rate(f, state)
    pointer = f.let(f.state)
    with f.repeat(state.padded // f.lanes):
        before, gradient, held, *memory = (
            f.let(f.load(pointer, WORD * at))
            for at in (state.params, state.gradient, state.held, *state.slots)
        )
        after, remembered = rule(f, before, gradient, memory, h)
        after = f.let(after)
        for at, value in zip(state.slots, remembered, strict=True):
            f.store(pointer, value, WORD * at)
        if regularizer:
            is_weight = f.load(pointer, WORD * state.is_weight)
            pull = h["shrink"] * (SLOPES[regularizer](f, before) * is_weight)
            after, pushed = f.let(after - pull), after
            if regularizer == "l1":  # what crosses zero stays there
                crossed = f.let((pushed * after < 0.0) & (held < 0.5))
                f.store(pointer, crossed.where(1.0, held), WORD * state.held)
                after = f.let(crossed.where(0.0, after))
        f.store(pointer, (held > 0.5).where(before, after), WORD * state.params)
        f.move({pointer: WORD * f.lanes})
    return f


def _corrected_rate(f: Function, state: State) -> Expression:
    """lr sqrt(1 - beta_2^t) / (1 - beta_1^t) at this step's t, which is counted up in memory."""
    rate, beta_1, beta_2, t = (
        f.let(f.load(f.state, WORD * state.hyper[name], F64))
        for name in ("rate", "beta_1", "beta_2", "t")
    )
    f.set(t, t + 1.0)
    f.store(f.state, t, WORD * state.hyper["t"])
    correction = (1.0 - _power(f, beta_2, t)).sqrt() / (1.0 - _power(f, beta_1, t))
    return f.let((rate * correction).spread())


def _power(f: Function, base: Expression, t: Expression) -> Expression:
    """base^t for a whole t of 1 or more, by squaring: t's binary digits say which powers count."""
    left, square = f.let(t.then(TO_WHOLE, kind=I32)), f.let(base)
    result = f.let(1.0, F64)
    with f.until_zero(left):
        with f.when(left & 1):
            f.set(result, result * square)
        f.set(square, square * square)
        f.set(left, left // 2)
    return result
