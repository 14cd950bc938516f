"""How one number of a step comes about: the terms it is made of, and what they give.

An account is plain data for the formula panel: for a weighted sum its products, for a delta what
comes back along each link, for an update the gradient and the optimizer's memory. All numbers are
taken from the record of the step; a product shown is the product of the numbers in the record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from explorer.learning.inside.walk import Place, StepWalk
from nncore.arrays import FloatArray
from nncore.recording import LayerRecord, index_of

Names: TypeAlias = Sequence[Sequence[str]]  # of inputs and units, layer by layer

SHOWN = 4  # of many terms, the largest that are listed by themselves
MOST = 6  # as many are listed all


@dataclass(frozen=True)
class Term:
    """One summand of an account.

    Attributes:
        name: Where it comes from.
        factors: What is multiplied.
        value: The product.
    """

    name: str
    factors: tuple[float, ...]
    value: float
    source: int | None = None  # the number of the input or unit; None for a bias


@dataclass(frozen=True)
class Account:
    """Where a number comes from.

    Attributes:
        kind: Which formula it follows.
        terms: Those listed.
        others: (how many, their sum) of those that are not.
        values: Named numbers of the formula.
        result: What comes out; None for none.
    """

    kind: str
    terms: tuple[Term, ...] = ()
    others: tuple[int, float] | None = None
    values: dict[str, Any] = field(default_factory=dict)
    result: float | None = None


def account_of(
    walk: StepWalk, place: Place, unit: int, source: int, names: Names, all_terms: bool = False
) -> Account:
    """The account of unit `unit` (from 0) at a place of a walk.

    Args:
        source: The number of the input whose weight the update is shown for; the bias is the last.
        names: What inputs and units are called, layer by layer, the inputs first.
    """
    most = 10**9 if all_terms else MOST
    if place.phase == "gradient" and not place.layer:
        return mean_account(walk, *walk.weight)
    make: dict[str, Callable[[StepWalk, int, int, Names], Account]] = {
        "input": input_account, "sum": sum_account, "activation": activation_account,
        "loss": loss_account, "delta": delta_account, "gradient": gradient_account,
        "after": after_account,
    }  # fmt: skip
    if place.phase == "update":
        return update_account(walk, place.layer, unit, source)
    account = make[place.phase](walk, place.layer, unit, names)
    return folded(account, most)


def folded(account: Account, most: int) -> Account:
    """The same with only the largest terms listed, where there are more than `most`."""
    sources = [term for term in account.terms if term.source is not None]
    if len(sources) <= most:
        return account
    largest = sorted(sources, key=lambda term: -abs(term.value))[:SHOWN]
    kept = tuple(t for t in account.terms if t.source is None or any(t is k for k in largest))
    rest = [term.value for term in sources if not any(term is k for k in largest)]
    others = len(rest), float(sum(rest))
    return Account(account.kind, kept, others, account.values, account.result)


def input_account(walk: StepWalk, _layer: int, _unit: int, names: Names) -> Account:
    x = walk.sample.layers[0].inputs[:, 0].tolist()
    terms = tuple(Term(n, (v,), v, k) for k, (n, v) in enumerate(zip(names[0], x, strict=True)))
    targets = walk.sample.targets[:, 0].tolist()
    return Account("input", terms, values={"targets": targets})


def sum_account(walk: StepWalk, layer: int, unit: int, names: Names) -> Account:
    record, (weights, biases) = walk.sample.layers[layer - 1], weights_of(walk, layer)
    inputs = record.inputs[:, 0].tolist()
    terms = [
        Term(names[layer - 1][k], (w, x), w * x, k)
        for k, (w, x) in enumerate(zip(weights[:, unit].tolist(), inputs, strict=True))
    ]
    bias = float(biases[unit])
    terms.append(Term("bias", (bias,), bias))
    values = {"layer": layer}
    return Account("sum", tuple(terms), values=values, result=float(record.z[unit, 0]))


def activation_account(walk: StepWalk, layer: int, unit: int, names: Names) -> Account:
    record, name = walk.sample.layers[layer - 1], walk.model.layers[layer - 1].activation
    result = float(record.a[unit, 0])
    values = {"activation": name, "z": float(record.z[unit, 0]), "slope": slope_at(record, unit)}
    if name != "softmax":
        return Account("activation", values=values, result=result)
    top = record.z[:, 0].max()
    terms = tuple(
        Term(each, (float(z),), float(np.exp(z - top)), k)
        for k, (each, z) in enumerate(zip(names[layer], record.z[:, 0], strict=True))
    )
    total = float(np.exp(record.z[:, 0] - top).sum())
    return Account("softmax", terms, values=values | {"top": float(top), "total": total},
                   result=result)  # fmt: skip


def slope_at(record: LayerRecord, unit: int) -> float | None:
    return None if record.slope is None else float(record.slope[unit, 0])


def loss_account(walk: StepWalk, layer: int, _unit: int, names: Names) -> Account:
    outputs = walk.sample.layers[-1].a[:, 0].tolist()
    targets = walk.sample.targets[:, 0].tolist()
    terms = tuple(
        Term(name, (o, t), term_of_loss(walk.sample.loss_name, o, t), k)
        for k, (name, o, t) in enumerate(zip(names[layer], outputs, targets, strict=True))
    )
    return Account("loss", terms, values={"loss": walk.sample.loss_name}, result=walk.sample.loss)


def term_of_loss(loss: str, output: float, target: float) -> float:
    """What one output adds to the loss of a sample (before a mean over the outputs)."""
    if loss == "half_mse":
        return (output - target) ** 2 / 2
    if loss == "mse":
        return (output - target) ** 2
    if loss == "binary_crossentropy":
        return -log(output) * target - log(1 - output) * (1 - target)
    return -log(output) * target if target else 0.0


def log(share: float) -> float:
    return float(np.log(max(share, 1e-300)))


def delta_account(walk: StepWalk, layer: int, unit: int, names: Names) -> Account:
    record = walk.sample.layers[layer - 1]
    values: dict[str, Any] = {
        "activation": walk.model.layers[layer - 1].activation, "slope": slope_at(record, unit),
        "z": float(record.z[unit, 0]), "a": float(record.a[unit, 0]),
    }  # fmt: skip
    result = float(record.delta[unit, 0])
    upstream = None if record.upstream is None else float(record.upstream[unit, 0])
    values["upstream"] = upstream
    if layer == len(walk.model.layers):
        output, target = float(record.a[unit, 0]), float(walk.sample.targets[unit, 0])
        values |= {"output": output, "target": target, "loss": walk.sample.loss_name,
                   "outputs": walk.model.n_outputs}  # fmt: skip
        return Account("output delta", values=values, result=result)
    ahead, (weights, _) = walk.sample.layers[layer], weights_of(walk, layer + 1)
    terms = tuple(
        Term(names[layer + 1][k], (w, d), w * d, k)
        for k, (w, d) in enumerate(
            zip(weights[unit].tolist(), ahead.delta[:, 0].tolist(), strict=True)
        )
    )
    return Account("delta", terms, values=values, result=result)


def gradient_account(walk: StepWalk, layer: int, unit: int, names: Names) -> Account:
    record = walk.sample.layers[layer - 1]
    delta, slots = float(record.delta[unit, 0]), blocks(walk, walk.sample.gradient, layer)
    inputs = [*record.inputs[:, 0].tolist(), 1.0]
    called = [*names[layer - 1], "bias"]
    sources = [*range(len(record.inputs)), None]
    bias = float(weights_of(walk, layer)[1][unit])
    terms = tuple(
        Term(name, (x, delta), float(g), k)
        for name, x, g, k in zip(called, inputs, slots[:, unit], sources, strict=True)
    )
    return Account("gradient", terms, values={"delta": delta, "bias": bias, "layer": layer})


def mean_account(walk: StepWalk, layer: int, source: int, unit: int) -> Account:
    index = index_of(walk.model, layer - 1, source, unit)
    each = walk.batch.per_sample(index)
    values = {"each": each, "rows": walk.batch.rows, "row": walk.row}
    return Account("mean", values=values, result=float(walk.batch.gradient[index]))


def update_account(walk: StepWalk, layer: int, unit: int, source: int) -> Account:
    step = walk.update
    index = index_of(walk.model, layer - 1, source, unit)
    optimizer = step.optimizer
    values: dict[str, Any] = {
        "optimizer": optimizer.name, "rate": step.learning_rate,
        "before": float(step.before[index]), "gradient": float(step.gradient[index]),
        "stepped": float(step.stepped[index]), "pull": float(step.pull[index]),
        "memory_before": step.memory_before.slots[:, index].tolist(),
        "memory_after": step.memory_after.slots[:, index].tolist(), "t": step.memory_after.t,
        "held": bool(step.held[index]), "pruned": bool(step.pruned[index]),
        "regularizer": type(step.regularizer).__name__ if step.regularizer else None,
        "regularization_rate": step.regularizer.rate if step.regularizer else 0.0,
        "is_bias": source == len(step.layers[layer - 1].inputs), "n": len(step.rows),
    }  # fmt: skip
    values |= {name: getattr(optimizer, name) for name in optimizer.numbers}
    return Account("update", values=values, result=float(step.after[index]))


def after_account(walk: StepWalk, _layer: int, _unit: int, _names: Names) -> Account:
    step = walk.update
    predicted = float(step.gradient @ (step.after - step.before))
    values = {"before": step.loss, "predicted": predicted, "n": len(step.rows)}
    return Account("after", values=values, result=walk.loss_after)


def weights_of(walk: StepWalk, layer: int) -> tuple[FloatArray, FloatArray]:
    """(W, b) of a layer (from 1) before the step."""
    return walk.model.unflatten(walk.sample.before)[layer - 1]


def blocks(walk: StepWalk, vector: FloatArray, layer: int) -> FloatArray:
    """A layer's (n_in + 1, n_out) part of a flat vector."""
    return walk.model.blocks(vector)[layer - 1]
