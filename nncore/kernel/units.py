"""What happens at the units themselves: activations with their slopes, losses with theirs.

The formulas are those of nncore.activations and nncore.losses, written once more in expressions.
An activation's function finds the sums z of a layer in its rows, writes f(z) to the layer's
output rows, and leaves the slope f'(z) where z was. Behind a loss that is fused with its
activation, or where nothing is trained, nobody asks for that slope, and z stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import NamedTuple, TypeAlias

from nncore.activations import GELU_CUBE, GELU_SCALE, LEAK
from nncore.kernel import mathlib
from nncore.kernel.assembler import Expression, Function, Module
from nncore.kernel.binary import F64, I32
from nncore.kernel.products import Blocks

Formula: TypeAlias = Callable[[Function, Expression], tuple[Expression, Expression]]
Unit: TypeAlias = AbstractContextManager[list[Expression]]


def _relu(f: Function, z: Expression) -> tuple[Expression, Expression]:
    a = f.let(z.maximum(0.0))
    return a, (a > 0.0).where(1.0, f.number(0.0))


def _elu(f: Function, z: Expression) -> tuple[Expression, Expression]:
    below = f.let(z.minimum(0.0))
    a = f.let(z.maximum(mathlib.expm1(f, below)))
    return a, a.minimum(0.0) + 1.0


def _sigmoid(f: Function, z: Expression) -> tuple[Expression, Expression]:
    a = f.let(mathlib.sigmoid(f, z))
    return a, a * (1.0 - a)


def _silu(f: Function, z: Expression) -> tuple[Expression, Expression]:
    s = f.let(mathlib.sigmoid(f, z))
    a = f.let(z * s)
    return a, s + a * (1.0 - s)


def _gelu(f: Function, z: Expression) -> tuple[Expression, Expression]:
    inner = f.let((z + z * GELU_CUBE * z * z) * GELU_SCALE)
    t = f.let(mathlib.tanh(f, inner))
    slope = (z * z * (3 * GELU_CUBE) + 1.0) * GELU_SCALE
    half = f.let(z * 0.5)
    return half * (t + 1.0), (t + 1.0) * 0.5 + half * (1.0 - t * t) * slope


def _tanh(f: Function, z: Expression) -> tuple[Expression, Expression]:
    a = f.let(mathlib.tanh(f, z))
    return a, 1.0 - a * a


# Each takes a Function and z and gives (f(z), f'(z)).
FORMULAS: dict[str, Formula] = {
    "linear": lambda f, z: (z, f.number(1.0)),
    "relu": _relu,
    "leaky_relu": lambda f, z: (z.maximum(z * LEAK), (z > 0.0).where(1.0, f.number(LEAK))),
    "elu": _elu,
    "silu": _silu,
    "gelu": _gelu,
    "softplus": lambda f, z: (mathlib.softplus(f, z), mathlib.sigmoid(f, z)),
    "sigmoid": _sigmoid,
    "tanh": _tanh,
    "sin": mathlib.sin_cos,
}


@contextmanager
def _each_block(f: Function, blocks: Blocks, *pointers: Expression) -> Iterator[Unit]:
    """Repeat `count` times, moving `pointers` on from block to block; gives `_each_unit`."""
    with f.repeat(f.count):
        yield _each_unit(f, blocks, *pointers)
        f.move(dict.fromkeys(pointers, blocks.size))


@contextmanager
def _each_unit(f: Function, blocks: Blocks, *pointers: Expression) -> Iterator[list[Expression]]:
    """Repeat over a block's units with copies of `pointers` that move on from row to row."""
    copies = [f.let(pointer) for pointer in pointers]
    with f.repeat(f.units):
        yield copies
        f.move(dict.fromkeys(copies, blocks.row))


def activation(module: Module, blocks: Blocks, name: str, keeps_sums: bool) -> Function:
    """f(z) from the rows at `sums` to those at `outputs`: `units` rows in `count` blocks."""
    if name == "softmax":
        return module.once(softmax, blocks)
    f = module.function(name, sums=I32, outputs=I32, units=I32, count=I32)
    with _each_block(f, blocks, f.sums, f.outputs) as each, each as (z, a):
        value, slope = FORMULAS[name](f, f.let(f.load(z)))
        f.store(a, value)
        if not keeps_sums:
            f.store(z, slope)
    return f


def softmax(module: Module, blocks: Blocks) -> Function:
    """exp(z_k) / sum over units j of exp(z_j), each z first lowered by the largest."""
    f = module.function("softmax", sums=I32, outputs=I32, units=I32, count=I32)
    with _each_block(f, blocks, f.sums, f.outputs):
        top, total = _top(f, blocks), f.let(f.number(0.0))
        with _each_unit(f, blocks, f.sums, f.outputs) as (z, a):
            value = f.let(mathlib.exp(f, f.let(f.load(z) - top)))
            f.store(a, value)
            f.set(total, total + value)
        with _each_unit(f, blocks, f.outputs) as (a,):
            f.store(a, f.load(a) / total)
    return f


def _top(f: Function, blocks: Blocks) -> Expression:
    """The largest z of a block."""
    top = f.let(f.load(f.sums))
    with _each_unit(f, blocks, f.sums) as (z,):
        f.set(top, top.maximum(f.load(z)))
    return top


def deltas(module: Module, blocks: Blocks, fused: bool) -> Function:
    """(o - t) scale, times the slope unless the loss is fused, written over the slopes or sums."""
    f = module.function(
        "deltas", outputs=I32, sums=I32, targets=I32, units=I32, count=I32, scale=F64
    )
    scale = f.let(f.scale.spread())
    with _each_block(f, blocks, f.outputs, f.sums, f.targets) as each, each as (o, z, t):
        delta = (f.load(o) - f.load(t)) * scale
        f.store(z, delta if fused else delta * f.load(z))
    return f


def _squares(f: Function, blocks: Blocks, total: Expression) -> None:
    with _each_unit(f, blocks, f.outputs, f.targets) as (o, t):
        error = f.let(f.load(o) - f.load(t))
        f.set(total, total + error * error)


def _binary_crossentropy(f: Function, blocks: Blocks, total: Expression) -> None:
    with _each_unit(f, blocks, f.sums, f.targets) as (z, t):
        logit = f.let(f.load(z))
        f.set(total, total + mathlib.softplus(f, logit) - f.load(t) * logit)


def _categorical_crossentropy(f: Function, blocks: Blocks, total: Expression) -> None:
    top, shares = _top(f, blocks), f.let(f.number(0.0))
    with _each_unit(f, blocks, f.sums, f.targets) as (z, t):
        logit = f.let(f.load(z) - top)
        f.set(total, total - f.load(t) * logit)
        f.set(shares, shares + mathlib.exp(f, logit))
    f.set(total, total + mathlib.log(f, shares))


class CompiledLoss(NamedTuple):
    """A loss is factor * (sum of `value`) / n, its slope gradient * (o - t) / n.

    value: writes one block's sum. per_entry: n is the number of entries, not of samples.
    """

    value: Callable[[Function, Blocks, Expression], None]
    factor: float = 1.0
    gradient: float = 1.0
    per_entry: bool = False


LOSSES = {
    "half_mse": CompiledLoss(_squares, factor=0.5),
    "mse": CompiledLoss(_squares, gradient=2.0, per_entry=True),
    "binary_crossentropy": CompiledLoss(_binary_crossentropy, per_entry=True),
    "categorical_crossentropy": CompiledLoss(_categorical_crossentropy),
}
FUSED = ("binary_crossentropy", "categorical_crossentropy")  # the slope is with respect to z


def middle(loss: str) -> float:
    """The number between the two answers of a single output: between 0 and 1, or -1 and 1."""
    return 0.5 if loss == "binary_crossentropy" else 0.0


def _right_sides(f: Function, blocks: Blocks, total: Expression, middle: float) -> None:
    """1 where output and target are on the same side of `middle`, which is itself above."""
    with _each_unit(f, blocks, f.outputs, f.targets) as (o, t):
        above = f.let((f.load(t) > middle).where(1.0, f.number(0.0)))
        f.set(total, (f.load(o) < middle).where(1.0 - above, above))


def _right_classes(f: Function, blocks: Blocks, total: Expression, _: float) -> None:
    """1 where the largest output, the first of equal ones, stands at the largest target."""
    best, chosen, top = (f.let(f.load(p)) for p in (f.outputs, f.targets, f.targets))
    with _each_unit(f, blocks, f.outputs, f.targets) as (o, t):
        output, target = f.let(f.load(o)), f.let(f.load(t))
        f.set(chosen, (output > best).where(target, chosen))
        f.set(best, best.maximum(output))
        f.set(top, top.maximum(target))
    f.set(total, chosen.equals(top).where(1.0, f.number(0.0)))


def loss_sum(module: Module, blocks: Blocks, name: str) -> Function:
    """The loss, not yet divided, summed over the first `samples` samples of `count` blocks."""
    return _sum(module, blocks, "loss", LOSSES[name].value)


def right_count(module: Module, blocks: Blocks, n_outputs: int, middle: float) -> Function:
    """How many of the first `samples` samples of `count` blocks are classified rightly."""
    value = _right_sides if n_outputs == 1 else _right_classes
    return _sum(module, blocks, "right", value, middle)


def _sum(
    module: Module, blocks: Blocks, name: str, value: Callable[..., None], *details: float
) -> Function:
    f = module.function(
        name, F64, outputs=I32, sums=I32, targets=I32, units=I32, count=I32, samples=I32
    )
    result = f.let(f.value(0.0, F64))
    with _each_block(f, blocks, f.outputs, f.sums, f.targets):
        total = f.let(f.number(0.0))
        value(f, blocks, total, *details)
        for k in range(f.lanes):
            with f.when(f.samples > k):
                f.set(result, result + total.lane(k))
        f.set(f.samples, f.samples - f.lanes)
    f.returns(result)
    return f
