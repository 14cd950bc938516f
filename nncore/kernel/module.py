"""The compiler's last stage: one WebAssembly module for one Plan.

`compile_plan` strings the passes and the step together. A module that trains exports `train`,
which runs mini-batches; one that does not exports `forward`, which gives units' outputs and the
loss, and `shade`, which turns numbers into colours. Addresses are in bytes. Data stand in columns,
one per sample: row i of a matrix (an input or target of all samples) begins `stride` bytes after
row i - 1.
"""

from contextlib import contextmanager
from functools import lru_cache

from nncore.kernel import products, steps, units
from nncore.kernel.assembler import TO_F64, TO_WHOLE, Module
from nncore.kernel.binary import F64, I32
from nncore.kernel.plan import CHUNK, Plan
from nncore.kernel.products import WORD


@lru_cache(maxsize=64)
def compile_plan(plan: Plan) -> bytes:
    """Return the WebAssembly module for `plan`."""
    module = Module(plan.lanes)
    for write in (_train,) if plan.optimizer else (forward, _shade):
        module.once(write, plan)
    return module.encode()


def _train(module, plan):
    """Mini-batches of `batch` samples over the next `samples` columns of x and t.

    The outputs that they give before their step go to `out`, columns like those of t; 0 for none.
    """
    f = module.function(
        "train", None, True, state=I32, x=I32, t=I32, stride=I32, samples=I32, batch=I32, out=I32
    )
    with f.repeat((f.samples + f.batch - 1) // f.batch):
        size = f.let((f.samples < f.batch).where(f.samples, f.batch))
        f.call(module.once(_batch, plan), f.state, f.x, f.t, f.stride, size, f.out)
        f.move({f.x: size * WORD, f.t: size * WORD})
        with f.when(f.out):
            f.move({f.out: size * WORD})
        f.set(f.samples, f.samples - size)
    return f


def _batch(module, plan):
    """One mini-batch: the gradient over `samples` samples, then the step."""
    f = module.function("batch", state=I32, x=I32, t=I32, stride=I32, samples=I32, out=I32)
    blocks, state, shapes = plan.blocks, plan.state, plan.model.shapes
    params, gradient, block = (
        f.let(f.state + WORD * at) for at in (state.params, state.gradient, state.workspace)
    )
    starts = [WORD * sum(r * n for r, n in shapes[:k]) for k in range(len(shapes))]
    scale = f.let(_mean(f, plan, units.LOSSES[plan.loss].gradient))
    _clear(f, gradient, state.padded // f.lanes)
    with _chunks(f, module, plan, params, block) as (chunk, count):
        with f.when(f.out):
            give = module.once(_copy, blocks, False)
            f.call(give, f.out, f.stride, plan.model.n_outputs, chunk, block + blocks.outputs[-1])
            f.move({f.out: WORD * CHUNK})
        deltas = module.once(units.deltas, blocks, plan.loss in units.FUSED)
        f.call(deltas, *_ends(plan, block), plan.model.n_outputs, count, scale)
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
    step = module.once(steps.step, state, plan.optimizer, plan.regularizer)
    f.call(step, f.state)
    return f


def forward(module, plan):
    """Outputs and loss of `samples` columns x: `rows` rows from `first` on in a block go to `out`.

    The result is the loss with respect to the targets at t; 0 if t is 0. work: a workspace.
    """
    f = module.function(
        "forward", F64, True, params=I32, work=I32, x=I32, t=I32, stride=I32, samples=I32,
        out=I32, out_stride=I32, first=I32, rows=I32,
    )  # fmt: skip
    total = f.let(f.value(0.0, F64))
    scale = f.let(_mean(f, plan, units.LOSSES[plan.loss].factor))
    with _chunks(f, module, plan, f.params, f.work) as (chunk, count):
        give = module.once(_copy, plan.blocks, False)
        f.call(give, f.out, f.out_stride, f.rows, chunk, f.work + f.first)
        with f.when(f.t):
            loss = module.once(units.loss_sum, plan.blocks, plan.loss)
            part = f.call(loss, *_ends(plan, f.work), plan.model.n_outputs, count, chunk)
            f.set(total, total + part)
        f.move({f.out: WORD * CHUNK})
    f.returns(total * scale)
    return f


def _shade(module, plan):
    """Colours of `count` numbers: table[place] with place = (number - low) scale, cut to 0..last.

    table: last + 1 pixels of 32 bits. What is not a number takes the middle of the table.
    """
    f = module.function(
        "shade", None, True, values=I32, count=I32, pixels=I32, table=I32, low=F64, scale=F64,
        last=F64,
    )  # fmt: skip
    with f.repeat(f.count):
        place = f.let((f.load(f.values, kind=F64) - f.low) * f.scale)
        cut = place.equals(place).where(place.least(f.last).most(0.0), f.last * 0.5)
        f.store(f.pixels, f.load(f.table + cut.then(TO_WHOLE, kind=I32) * 4, kind=I32))
        f.move({f.values: WORD, f.pixels: 4})
    return f


@contextmanager
def _chunks(f, module, plan, params, block):
    """Repeat over the samples in chunks, each loaded and passed forward in the blocks at `block`.

    Gives the number of samples in the chunk, and of blocks.
    """
    left, x, t = f.let(f.samples), f.let(f.x), f.let(f.t)
    take = module.once(_copy, plan.blocks, True)
    with f.repeat((f.samples + (CHUNK - 1)) // CHUNK):
        chunk = f.let((left < CHUNK).where(left, CHUNK))
        count = f.let((chunk + (f.lanes - 1)) // f.lanes)
        f.call(take, x, f.stride, plan.model.n_inputs, chunk, block)
        with f.when(f.t):
            f.call(take, t, f.stride, plan.model.n_outputs, chunk, block + plan.blocks.targets)
        f.call(module.once(_network, plan), params, block, count)
        yield chunk, count
        f.move({x: WORD * CHUNK, t: WORD * CHUNK, left: -CHUNK})


def _network(module, plan):
    """Forward through all layers, `count` blocks at `block`, whose inputs are in place."""
    f = module.function("network", params=I32, block=I32, count=I32)
    model, blocks, inputs = plan.model, plan.blocks, f.block
    if blocks.ones:
        place = f.let(f.block)
        with f.repeat(f.count):
            for ones in blocks.ones:
                f.store(place, f.number(1.0), ones)
            f.move({place: blocks.size})
    for k, (layer, shape) in enumerate(zip(model.layers, model.shapes, strict=True)):
        sums, outputs = f.block + blocks.sums[k], f.block + blocks.outputs[k]
        weigh = module.once(products.weighted_sums, blocks, *shape, False)
        f.call(weigh, f.params, inputs, sums, f.count)
        fused = k == len(model.layers) - 1 and plan.loss in units.FUSED
        keeps_sums = fused or not plan.optimizer
        activate = module.once(units.activation, blocks, layer.activation, keeps_sums)
        f.call(activate, sums, outputs, layer.units, f.count)
        f.move({f.params: WORD * shape[0] * shape[1]})
        inputs = outputs
    return f


def _copy(module, blocks, into):
    """Copy `rows` rows of `samples` numbers each between a matrix and the blocks at `place`."""
    f = module.function("copy", matrix=I32, stride=I32, rows=I32, samples=I32, place=I32)

    def all_rows(whole):
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


def _wipe(f, blocks, block, chunk, count):
    """Set the second lane of the last block to 0 if it belongs to no sample."""
    with f.when(chunk & 1):
        place = f.let(block + (count - 1) * blocks.size)
        with f.repeat(blocks.size // blocks.row):
            f.store(place, f.value(0.0, F64), WORD)
            f.move({place: blocks.row})


def _clear(f, vector, count):
    """Set `count` reals to 0."""
    place = f.let(vector)
    with f.repeat(count):
        f.store(place, f.number(0.0))
        f.move({place: WORD * f.lanes})


def _mean(f, plan, factor):
    """factor / (number of samples, or of entries where the loss is a mean over entries)."""
    per_entry = units.LOSSES[plan.loss].per_entry
    entries = f.samples * plan.model.n_outputs if per_entry else f.samples
    return f.value(factor, F64) / entries.then(TO_F64, kind=F64)


def _ends(plan, block):
    """The addresses of the last layer's outputs, of its sums or slopes, and of the targets."""
    blocks = plan.blocks
    return [block + at for at in (blocks.outputs[-1], blocks.sums[-1], blocks.targets)]
