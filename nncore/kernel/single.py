"""One sample at a time, for batches of one: here two units share an instruction, not two samples.

A batch of one has no second sample to fill a pair with. So a layer's units are taken two by two,
and the weights that lead to both lie side by side anyway. All loops over units are written out,
which is for small networks only. A last unit without a partner fills both lanes by itself.
"""

from __future__ import annotations

from nncore.activations import ACTIVATIONS
from nncore.kernel import mathlib, units
from nncore.kernel.assembler import Expression, Function, Module
from nncore.kernel.binary import F64, I32
from nncore.kernel.plan import Plan
from nncore.kernel.products import WORD

MOST_PARAMS = 160  # parameters of a network for which the loops are written out


def suits(plan: Plan) -> bool:
    """Return whether the module for `plan` has this way."""
    names = [layer.activation for layer in plan.model.layers]
    return plan.lanes == 2 and plan.model.n_params <= MOST_PARAMS and "softmax" not in names


def pairs(n: int) -> list[tuple[int, bool]]:
    """(first unit, whether there is a second) of a layer's pairs."""
    return [(j, j + 1 < n) for j in range(0, n, 2)]


def sample(module: Module, plan: Plan) -> Function:
    """The gradient of one sample, column x with targets t, written over the old gradient."""
    f = module.function("sample", state=I32, x=I32, t=I32, stride=I32)
    shapes, fused = plan.model.shapes, units.is_fused(plan.loss)
    starts = [sum(r * n for r, n in shapes[:k]) for k in range(len(shapes))]
    weights = [WORD * (plan.state.params + start) for start in starts]
    inputs = []  # of each layer: every unit's number in both lanes
    place = f.let(f.x)
    for _ in range(plan.model.n_inputs):
        inputs.append(f.let(f.load_spread(place)))
        f.move({place: f.stride})
    values: list[list[Expression]] = [inputs]
    slopes: list[list[Expression | None]] = []
    for k, (layer, (n_rows, n_out)) in enumerate(zip(plan.model.layers, shapes, strict=True)):
        compiled = ACTIVATIONS[layer.activation].compiled
        assert compiled is not None
        outputs: list[Expression] = []
        layer_slopes: list[Expression | None] = []
        for j, two in pairs(n_out):
            load = f.load if two else f.load_spread
            total = f.let(load(f.state, weights[k] + WORD * ((n_rows - 1) * n_out + j)))
            for i, value in enumerate(values[-1]):
                f.set(total, total + value * load(f.state, weights[k] + WORD * (i * n_out + j)))
            a, slope = compiled(f, total, mathlib)
            a = f.let(a)
            layer_slopes.append(None if fused and k == len(shapes) - 1 else f.let(slope))
            outputs += [f.let(a.lane(lane).spread()) for lane in range(1 + two)]
        values.append(outputs)
        slopes.append(layer_slopes)
    deltas = _last_deltas(f, plan, values[-1], slopes[-1])
    found = [deltas]
    for k in reversed(range(1, len(shapes))):
        behind, deltas = deltas, []
        for (i, two), slope in zip(pairs(shapes[k - 1][1]), slopes[k - 1], strict=True):
            assert slope is not None, "only the last layer may be fused"
            deltas.append(f.let(_back(f, weights[k], shapes[k][1], i, two, behind) * slope))
        found.insert(0, deltas)
    one = f.number(1.0)
    for k, (_, n_out) in enumerate(shapes):
        for i, value in enumerate([*values[k], one]):
            for (j, two), delta in zip(pairs(n_out), found[k], strict=True):
                at = WORD * (plan.state.gradient + starts[k] + i * n_out + j)
                product = value * delta
                f.store(f.state, product if two else product.lane(0), at)
    return f


def _last_deltas(
    f: Function, plan: Plan, outputs: list[Expression], slopes: list[Expression | None]
) -> list[Expression]:
    """The loss's slope with its factors, times the activation's unless the two are fused."""
    loss = units.compiled_loss(plan.loss)
    factor = loss.gradient / (plan.model.n_outputs if loss.per_entry else 1)
    deltas, place = [], f.let(f.t)
    for (j, two), slope in zip(pairs(len(outputs)), slopes, strict=True):
        addresses = [place, place + f.stride if two else place]
        pair = [outputs[j].lane(0), outputs[j + two].lane(0)]
        delta = units.loss_slope(f, plan.loss, f.beside(*pair), f.gather(addresses)) * factor
        deltas.append(f.let(delta if slope is None else delta * slope))
        f.move({place: f.stride * (1 + two)})
    return deltas


def _back(
    f: Function, weights: int, n_out: int, i: int, two: bool, deltas: list[Expression]
) -> Expression:
    """What units i and i + 1 receive from the deltas of the layer behind them."""
    sums: list[Expression] = []
    for unit in (i, i + 1) if two else (i,):
        total: Expression | None = None
        for (j, full), delta in zip(pairs(n_out), deltas, strict=True):
            at = weights + WORD * (unit * n_out + j)
            if full:
                part = f.let(f.load(f.state, at) * delta)
                part = part.lane(0) + part.lane(1)
            else:
                part = f.load(f.state, at, F64) * delta.lane(0)
            total = part if total is None else total + part
        assert total is not None, "a layer has a unit"
        sums.append(f.let(total))
    return f.beside(sums[0], sums[-1])
