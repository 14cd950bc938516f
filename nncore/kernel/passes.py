"""What samples go through in a module: chunks into the workspace, forward, back, and a step.

Samples come from matrices in columns and are worked on in chunks of a fixed size, so that the
workspace stays small. `chunks` loads each and passes it forward; `batch` adds the way back and
the optimizer's step, `epoch` goes from batch to batch; `add_loss` sums up what came out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nncore.kernel import products, single, steps, units
from nncore.kernel.assembler import TO_F64, Expression, Function, Module
from nncore.kernel.binary import F64, I32
from nncore.kernel.plan import CHUNK, Plan
from nncore.kernel.products import WORD, Blocks


def epoch(module: Module, plan: Plan) -> Function:
    """Mini-batches of `batch` samples over the next `samples` columns of x and t.

    The outputs that they give before their step go to `out`, columns like those of t; 0 for none.
    """
    f = module.function(
        "train", None, True, state=I32, x=I32, t=I32, stride=I32, samples=I32, batch=I32, out=I32
    )
    if single.suits(plan):
        alone = f.let(f.batch.equals(1) & f.out.equals(0))
        with f.when(alone):
            _one_by_one(f, module, plan)
        with f.when(alone.equals(0)):
            _batches(f, module, plan)
    else:
        _batches(f, module, plan)
    return f


def _one_by_one(f: Function, module: Module, plan: Plan) -> None:
    """A step for every sample."""
    with f.repeat(f.samples):
        f.call(module.once(single.sample, plan), f.state, f.x, f.t, f.stride)
        f.call(_step(module, plan), f.state)
        f.move({f.x: WORD, f.t: WORD})


def _step(module: Module, plan: Plan) -> Function:
    assert plan.optimizer is not None, "a module that trains has an optimizer"
    return module.once(steps.step, plan.state, plan.optimizer, plan.regularizer)


def _batches(f: Function, module: Module, plan: Plan) -> None:
    """A step for every mini-batch."""
    with f.repeat((f.samples + f.batch - 1) // f.batch):
        size = f.let((f.samples < f.batch).where(f.samples, f.batch))
        f.call(module.once(batch, plan), f.state, f.x, f.t, f.stride, size, f.out)
        f.move({f.x: size * WORD, f.t: size * WORD})
        with f.when(f.out):
            f.move({f.out: size * WORD})
        f.set(f.samples, f.samples - size)


def batch(module: Module, plan: Plan) -> Function:
    """One mini-batch: the gradient over `samples` samples, then the step."""
    f = module.function("batch", state=I32, x=I32, t=I32, stride=I32, samples=I32, out=I32)
    blocks, state, shapes = plan.blocks, plan.state, plan.model.shapes
    params, gradient, block = (
        f.let(f.state + WORD * at) for at in (state.params, state.gradient, state.workspace)
    )
    starts = [WORD * sum(r * n for r, n in shapes[:k]) for k in range(len(shapes))]
    scale = f.let(mean(f, plan, units.compiled_loss(plan.loss).gradient))
    _clear(f, gradient, state.padded // f.lanes)
    with chunks(f, module, plan, params, block, True) as (chunk, count):
        with f.when(f.out):
            give = module.once(copy, blocks, False)
            f.call(give, f.out, f.stride, plan.model.n_outputs, chunk, block + blocks.outputs[-1])
            f.move({f.out: WORD * CHUNK})
        deltas = module.once(units.deltas, blocks, plan.loss)
        f.call(deltas, *ends(plan, block), plan.model.n_outputs, count, scale)
        for k in reversed(range(1, len(shapes))):
            back = module.once(products.weighted_sums, blocks, *shapes[k], True)
            sums = block + blocks.sums[k], block + blocks.sums[k - 1]
            f.call(back, params + starts[k], *sums, count)
        if f.lanes == 2:
            _wipe(f, blocks, block, chunk, count)
        for k, inputs in enumerate([0, *blocks.outputs[:-1]]):
            collect = module.once(products.gradients, blocks, *shapes[k])
            rows = block + inputs, block + blocks.sums[k]
            f.call(collect, gradient + starts[k], *rows, count)
    f.call(_step(module, plan), f.state)
    return f


@contextmanager
def chunks(
    f: Function, module: Module, plan: Plan, params: Expression, block: Expression, trains: bool
) -> Iterator[tuple[Expression, Expression]]:
    """Repeat over the samples in chunks, each loaded and passed forward in the blocks at `block`.

    Yield the number of samples in the chunk, and of blocks.

    Args:
        trains: Whether to leave slopes in the blocks.
    """
    left, x, t = f.let(f.samples), f.let(f.x), f.let(f.t)
    take = module.once(copy, plan.blocks, True)
    with f.repeat((f.samples + (CHUNK - 1)) // CHUNK):
        chunk = f.let((left < CHUNK).where(left, CHUNK))
        count = f.let((chunk + (f.lanes - 1)) // f.lanes)
        f.call(take, x, f.stride, plan.model.n_inputs, chunk, block)
        with f.when(f.t):
            f.call(take, t, f.stride, plan.model.n_outputs, chunk, block + plan.blocks.targets)
        f.call(module.once(network, plan, trains), params, block, count)
        yield chunk, count
        f.move({x: WORD * CHUNK, t: WORD * CHUNK, left: -CHUNK})


def network(module: Module, plan: Plan, trains: bool) -> Function:
    """Forward through all layers, `count` blocks at `block`, whose inputs are in place."""
    f = module.function("network", params=I32, block=I32, count=I32)
    model, blocks, inputs = plan.model, plan.blocks, f.block
    if trains:
        place = f.let(f.block)
        with f.repeat(f.count):
            for ones in blocks.ones:
                f.store(place, f.number(1.0), ones)
            f.move({place: blocks.size})
    for k, (layer, shape) in enumerate(zip(model.layers, model.shapes, strict=True)):
        sums, outputs = f.block + blocks.sums[k], f.block + blocks.outputs[k]
        weigh = module.once(products.weighted_sums, blocks, *shape, False)
        f.call(weigh, f.params, inputs, sums, f.count)
        fused = k == len(model.layers) - 1 and units.is_fused(plan.loss)
        keeps_sums = fused or not trains
        activate = module.once(units.activation, blocks, layer.activation, keeps_sums)
        f.call(activate, sums, outputs, layer.units, f.count)
        f.move({f.params: WORD * shape[0] * shape[1]})
        inputs = outputs
    return f


def copy(module: Module, blocks: Blocks, into: bool) -> Function:
    """Copy `rows` rows of `samples` numbers each between a matrix and the blocks at `place`."""
    f = module.function("copy", matrix=I32, stride=I32, rows=I32, samples=I32, place=I32)

    def all_rows(whole: bool) -> None:
        m, b = f.let(f.matrix), f.let(f.place)
        with f.when(f.rows), f.repeat(f.rows):
            if into:
                f.store(b, f.load(m) if whole else f.load_first(m))
            else:
                f.store(m, f.load(b, kind=None if whole else F64))
            f.move({m: f.stride, b: blocks.row})

    with f.when(f.samples > f.lanes - 1), f.repeat(f.samples // f.lanes):
        all_rows(True)
        f.move({f.matrix: blocks.row, f.place: blocks.size})
    if f.lanes == 2:
        with f.when(f.samples & 1):
            all_rows(False)
    return f


def _wipe(
    f: Function, blocks: Blocks, block: Expression, chunk: Expression, count: Expression
) -> None:
    """Set the second lane of the last block to 0 if it belongs to no sample."""
    with f.when(chunk & 1):
        place = f.let(block + (count - 1) * blocks.size)
        with f.repeat(blocks.size // blocks.row):
            f.store(place, f.value(0.0, F64), WORD)
            f.move({place: blocks.row})


def _clear(f: Function, vector: Expression, count: int) -> None:
    """Set `count` reals to 0."""
    place = f.let(vector)
    with f.repeat(count):
        f.store(place, f.number(0.0))
        f.move({place: WORD * f.lanes})


def add_loss(
    f: Function,
    module: Module,
    plan: Plan,
    block: Expression,
    chunk: Expression,
    count: Expression,
    total: Expression,
) -> None:
    """Add the loss of a chunk that has passed forward, not yet divided, to the F64 `total`."""
    loss = module.once(units.loss_sum, plan.blocks, plan.loss)
    f.set(total, total + f.result(loss, *ends(plan, block), plan.model.n_outputs, count, chunk))


def mean(f: Function, plan: Plan, factor: float) -> Expression:
    """factor / (number of samples, or of entries where the loss is a mean over entries)."""
    per_entry = units.compiled_loss(plan.loss).per_entry
    entries = f.samples * plan.model.n_outputs if per_entry else f.samples
    return f.value(factor, F64) / entries.then(TO_F64, kind=F64)


def ends(plan: Plan, block: Expression) -> list[Expression]:
    """The addresses of the last layer's outputs, of its sums or slopes, and of the targets."""
    blocks = plan.blocks
    return [block + at for at in (blocks.outputs[-1], blocks.sums[-1], blocks.targets)]
