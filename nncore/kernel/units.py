"""What happens at the units themselves: activations with their slopes, losses with theirs.

Each entry of ACTIVATIONS brings its formula in expressions; here it becomes a function, which
finds the sums z of a layer in its rows, writes f(z) to the layer's output rows, and leaves the
slope f'(z) where z was. Behind a loss that is fused with its activation, or where nothing is
trained, nobody asks for that slope, and z stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import ModuleType
from typing import NamedTuple, TypeAlias

from nncore.activations import ACTIVATIONS
from nncore.kernel import mathlib
from nncore.kernel.assembler import Expression, Function, Module
from nncore.kernel.binary import F64, I32
from nncore.kernel.products import Blocks
from nncore.losses import LOSSES, CompiledLoss

Unit: TypeAlias = AbstractContextManager[list[Expression]]


@contextmanager
def _each_block(f: Function, blocks: Blocks, *pointers: Expression) -> Iterator[Unit]:
    """Repeat `count` times, moving `pointers` on from block to block; yield `each_unit`."""
    with f.repeat(f.count):
        yield each_unit(f, blocks, *pointers)
        f.move(dict.fromkeys(pointers, blocks.size))


@contextmanager
def each_unit(f: Function, blocks: Blocks, *pointers: Expression) -> Iterator[list[Expression]]:
    """Repeat over a block's units with copies of `pointers` that move on from row to row."""
    copies = [f.let(pointer) for pointer in pointers]
    with f.repeat(f.units):
        yield copies
        f.move(dict.fromkeys(copies, blocks.row))


def activation(module: Module, blocks: Blocks, name: str, keeps_sums: bool) -> Function:
    """f(z) from the rows at `sums` to those at `outputs`: `units` rows in `count` blocks."""
    if name == "softmax":
        return module.once(softmax, blocks)
    compiled = ACTIVATIONS[name].compiled
    assert compiled is not None  # `plan_for` has asked
    f = module.function(name, sums=I32, outputs=I32, units=I32, count=I32)
    with _each_block(f, blocks, f.sums, f.outputs) as each, each as (z, a):
        value, slope = compiled(f, f.let(f.load(z)), mathlib)
        f.store(a, value)
        if not keeps_sums:
            f.store(z, slope)
    return f


def softmax(module: Module, blocks: Blocks) -> Function:
    """exp(z_k) / sum over units j of exp(z_j), each z first lowered by the largest."""
    f = module.function("softmax", sums=I32, outputs=I32, units=I32, count=I32)
    with _each_block(f, blocks, f.sums, f.outputs):
        top, total = top_sum(f, blocks), f.let(f.number(0.0))
        with each_unit(f, blocks, f.sums, f.outputs) as (z, a):
            value = f.let(mathlib.exp(f, f.let(f.load(z) - top)))
            f.store(a, value)
            f.set(total, total + value)
        with each_unit(f, blocks, f.outputs) as (a,):
            f.store(a, f.load(a) / total)
    return f


def top_sum(f: Function, blocks: Blocks) -> Expression:
    """The largest z of a block."""
    top = f.let(f.load(f.sums))
    with each_unit(f, blocks, f.sums) as (z,):
        f.set(top, top.maximum(f.load(z)))
    return top


def deltas(module: Module, blocks: Blocks, loss: str) -> Function:
    """The loss's slope times scale, and times that of the activation unless the two are fused;
    written over the slopes or sums."""
    f = module.function(
        "deltas", outputs=I32, sums=I32, targets=I32, units=I32, count=I32, scale=F64
    )
    scale = f.let(f.scale.spread())
    with _each_block(f, blocks, f.outputs, f.sums, f.targets) as each, each as (o, z, t):
        delta = loss_slope(f, loss, f.load(o), f.load(t)) * scale
        f.store(z, delta if is_fused(loss) else delta * f.load(z))
    return f


def loss_slope(f: Function, loss: str, o: Expression, t: Expression) -> Expression:
    """The slope of a loss at one output, without its factors."""
    slope = compiled_loss(loss).slope
    if slope is None:
        return o - t
    made: Expression = slope(f, f.let(o), f.let(t), mathlib)
    return made


class Kit(NamedTuple):
    """What a loss writes its value with: the functions, and loops over the units of a block."""

    mathlib: ModuleType
    each_unit: Callable[..., Unit]
    top_sum: Callable[[Function, Blocks], Expression]


KIT = Kit(mathlib, each_unit, top_sum)


def compiled_loss(name: str) -> CompiledLoss:
    """Return how the loss called `name` is compiled; `plan_for` has asked whether it is."""
    compiled = LOSSES[name].compiled
    assert compiled is not None
    return compiled


def is_fused(name: str) -> bool:
    """Whether the slope of a loss is with respect to the sums z, not to the outputs."""
    return LOSSES[name].activation is not None


def middle(loss: str) -> float:
    """The number between the two answers of a single output: between 0 and 1, or -1 and 1."""
    return 0.5 if loss == "binary_crossentropy" else 0.0


def _right_sides(f: Function, blocks: Blocks, total: Expression, middle: float) -> None:
    """1 where output and target are on the same side of `middle`, which is itself above."""
    with each_unit(f, blocks, f.outputs, f.targets) as (o, t):
        above = f.let((f.load(t) > middle).where(1.0, f.number(0.0)))
        f.set(total, (f.load(o) < middle).where(1.0 - above, above))


def _right_classes(f: Function, blocks: Blocks, total: Expression, _: float) -> None:
    """1 where the largest output, the first of equal ones, stands at the largest target."""
    best, chosen, top = (f.let(f.load(p)) for p in (f.outputs, f.targets, f.targets))
    with each_unit(f, blocks, f.outputs, f.targets) as (o, t):
        output, target = f.let(f.load(o)), f.let(f.load(t))
        f.set(chosen, (output > best).where(target, chosen))
        f.set(best, best.maximum(output))
        f.set(top, top.maximum(target))
    f.set(total, chosen.equals(top).where(1.0, f.number(0.0)))


def loss_sum(module: Module, blocks: Blocks, name: str) -> Function:
    """The loss, not yet divided, summed over the first `samples` samples of `count` blocks."""
    return _sum(module, blocks, "loss", compiled_loss(name).value, KIT)


def right_count(module: Module, blocks: Blocks, n_outputs: int, middle: float) -> Function:
    """How many of the first `samples` samples of `count` blocks are classified rightly."""
    value = _right_sides if n_outputs == 1 else _right_classes
    return _sum(module, blocks, "right", value, middle)


def _sum(
    module: Module, blocks: Blocks, name: str, value: Callable[..., None], *details: object
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
