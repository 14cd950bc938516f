"""The compiler's last stage: one WebAssembly module for one way of training one network.

A Plan says what is fixed in the code: shapes, activations, loss, kind of optimizer. `compile_plan`
strings the passes and the step together and exports four functions: `train` runs mini-batches,
`evaluate` gives loss and outputs, `units` every unit's output, `shade` turns numbers into colours.
All addresses are in bytes. Data stand in columns: row i of a matrix begins `stride` bytes after
row i - 1, and holds that input (or output) of every sample.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache

from nncore.kernel import products, steps, units
from nncore.kernel.assembler import Module
from nncore.kernel.binary import F64, I32
from nncore.kernel.products import WORD
from nncore.optimizers import OPTIMIZERS

CHUNK = 32  # samples that are in the workspace at a time; larger batches come in several chunks


@dataclass(frozen=True)
class Plan:
    """What a module is compiled for.

    model: a Sequential. loss, optimizer: names. regularizer: "l1", "l2" or None. any_held:
    whether some parameters may be frozen or dead. lanes: 2 with SIMD, 1 without.
    """

    model: object
    loss: str
    optimizer: str
    regularizer: str | None
    any_held: bool
    lanes: int

    @cached_property
    def state(self) -> steps.State:
        """Where the vectors stand in memory."""
        n_slots = OPTIMIZERS[self.optimizer].n_slots
        return steps.State(self.model.n_params, self.optimizer, n_slots)

    @cached_property
    def blocks(self) -> products.Blocks:
        """Where a chunk's numbers stand in the workspace."""
        return products.Blocks(self.model, self.lanes)

    @property
    def n_words(self) -> int:
        """Length of the memory that the exported functions are given as `state`."""
        return self.state.workspace + CHUNK // self.lanes * self.blocks.size // WORD


@lru_cache(maxsize=64)
def compile_plan(plan: Plan) -> bytes:
    """Return the WebAssembly module for `plan`."""
    module = Module(plan.lanes)
    for write in (_train, _evaluate, _units, _shade):
        write(module, plan)
    return module.encode()


def _copy(module, blocks, into):
    """Copy `rows` rows of `samples` numbers each between a matrix and the blocks at `place`."""
    f = module.function("copy", matrix=I32, stride=I32, rows=I32, samples=I32, place=I32)

    @contextmanager
    def each_row():
        m, b = f.let(f.matrix), f.let(f.place)
        with f.repeat(f.rows):
            yield m, b
            f.set(m, m + f.stride)
            f.set(b, b + blocks.row)

    with f.when(f.samples > f.lanes - 1):
        with f.repeat(f.samples // f.lanes):
            with each_row() as (m, b):
                f.store(b, f.load(m)) if into else f.store(m, f.load(b))
            f.set(f.matrix, f.matrix + blocks.row)
            f.set(f.place, f.place + blocks.size)
    if f.lanes == 2:
        with f.when(f.samples & 1), each_row() as (m, b):
            f.store(b, f.load_first(m)) if into else f.store(m, f.load(b, kind=F64))
    return f


def _network(module, plan):
    """Forward through all layers, `count` blocks at `block`, whose inputs are in place."""
    f = module.function("network", params=I32, block=I32, count=I32)
    model, blocks, weights = plan.model, plan.blocks, 0
    place = f.let(f.block)
    with f.repeat(f.count):
        for ones in blocks.ones:
            f.store(place, f.number(1.0), ones)
        f.set(place, place + blocks.size)
    source, fused = 0, plan.loss in units.FUSED
    for k, (layer, (rows, n_out)) in enumerate(zip(model.layers, model.shapes)):
        sums, outputs = f.block + blocks.sums[k], f.block + blocks.outputs[k]
        forward = module.once(products.forward_layer, blocks, rows - 1, n_out)
        f.call(forward, f.params + WORD * weights, f.block + source, sums, f.count)
        if layer.activation == "softmax":
            activate = module.once(units.softmax, blocks)
        else:
            last = k == len(model.layers) - 1
            activate = module.once(units.activation, blocks, layer.activation, not (last and fused))
        f.call(activate, sums, outputs, n_out, f.count)
        weights, source = weights + rows * n_out, blocks.outputs[k]
    return f


@contextmanager
def _chunks(f, samples):
    """Repeat over `samples` in chunks; gives (samples in this chunk, blocks in this chunk)."""
    left = f.let(samples)
    with f.repeat((samples + (CHUNK - 1)) // CHUNK):
        chunk = f.let((left < CHUNK).where(left, CHUNK))
        yield chunk, f.let((chunk + (f.lanes - 1)) // f.lanes)
        f.set(left, left - CHUNK)


def _load(f, module, plan, x, stride, block, chunk):
    """Copy a chunk's inputs from the columns at `x`."""
    if plan.model.n_inputs:
        copy = module.once(_copy, plan.blocks, True)
        f.call(copy, x, stride, plan.model.n_inputs, chunk, block)


def _batch(module, plan):
    """One mini-batch: the gradient over `samples` samples, then the step."""
    f = module.function("batch", state=I32, x=I32, t=I32, stride=I32, samples=I32)
    model, blocks, state = plan.model, plan.blocks, plan.state
    params, gradient = (f.let(f.state + WORD * at) for at in (state.params, state.gradient))
    block = f.let(f.state + WORD * state.workspace)
    loss, last = units.LOSSES[plan.loss], len(model.layers) - 1
    entries = f.samples * model.n_outputs if loss.per_entry else f.samples
    scale = f.let(f.value(loss.gradient, F64) / entries.then(b"\xb8", kind=F64))
    slot = f.let(gradient)
    with f.repeat(state.padded // f.lanes):
        f.store(slot, f.number(0.0))
        f.set(slot, slot + blocks.row)
    with _chunks(f, f.samples) as (chunk, count):
        _load(f, module, plan, f.x, f.stride, block, chunk)
        copy = module.once(_copy, blocks, True)
        f.call(copy, f.t, f.stride, model.n_outputs, chunk, block + blocks.targets)
        f.call(module.once(_network, plan), params, block, count)
        deltas = module.once(units.deltas, blocks, plan.loss in units.FUSED)
        outputs, sums, targets = (
            block + place for place in (blocks.outputs[last], blocks.sums[last], blocks.targets)
        )
        f.call(deltas, outputs, sums, targets, model.n_outputs, count, scale)
        ends = [sum(r * n for r, n in model.shapes[:k]) for k in range(last + 1)]
        for k in range(last, 0, -1):
            rows, n_out = model.shapes[k]
            back = module.once(products.backward_layer, blocks, rows - 1, n_out)
            weights = params + WORD * ends[k]
            f.call(back, weights, block + blocks.sums[k], block + blocks.sums[k - 1], count)
        if f.lanes == 2:
            _wipe(f, blocks, block, chunk, count)
        for k, (rows, n_out) in enumerate(model.shapes):
            source = block + (blocks.outputs[k - 1] if k else 0)
            collect = module.once(products.gradient_layer, blocks, rows - 1, n_out)
            f.call(collect, gradient + WORD * ends[k], source, block + blocks.sums[k], count)
        f.set(f.x, f.x + WORD * CHUNK)
        f.set(f.t, f.t + WORD * CHUNK)
    write_step = module.once(steps.step, state, plan.optimizer, plan.regularizer, plan.any_held)
    f.call(write_step, f.state)
    return f


def _wipe(f, blocks, block, chunk, count):
    """In the last block of an odd number of samples, the second lane must not count: set it to 0."""
    with f.when(chunk & 1):
        place = f.let(block + (count - 1) * blocks.size)
        with f.repeat(blocks.size // blocks.row):
            f.store(place, f.value(0.0, F64), WORD)
            f.set(place, place + blocks.row)


def _train(module, plan):
    """Mini-batches of `batch` samples over the next `samples` columns of x and t."""
    f = module.function(
        "train", None, True, state=I32, x=I32, t=I32, stride=I32, samples=I32, batch=I32
    )
    with f.repeat((f.samples + f.batch - 1) // f.batch):
        size = f.let((f.samples < f.batch).where(f.samples, f.batch))
        f.call(module.once(_batch, plan), f.state, f.x, f.t, f.stride, size)
        for data in (f.x, f.t):
            f.set(data, data + size * WORD)
        f.set(f.samples, f.samples - size)


def _evaluate(module, plan):
    """The loss over `samples` columns; the last layer's outputs go to the matrix at `out`."""
    f = module.function(
        "evaluate", F64, True,
        params=I32, work=I32, x=I32, t=I32, stride=I32, samples=I32, out=I32, out_stride=I32,
    )  # fmt: skip
    model, blocks, loss = plan.model, plan.blocks, units.LOSSES[plan.loss]
    total, n = f.let(f.value(0.0, F64)), model.n_outputs
    entries = f.let((f.samples * n if loss.per_entry else f.samples).then(b"\xb8", kind=F64))
    with _chunks(f, f.samples) as (chunk, count):
        _load(f, module, plan, f.x, f.stride, f.work, chunk)
        copy = module.once(_copy, blocks, True)
        f.call(copy, f.t, f.stride, n, chunk, f.work + blocks.targets)
        f.call(module.once(_network, plan), f.params, f.work, count)
        outputs, sums = f.work + blocks.outputs[-1], f.work + blocks.sums[-1]
        write_sum = module.once(units.loss_sum, blocks, plan.loss)
        part = f.call(write_sum, outputs, sums, f.work + blocks.targets, n, count, chunk)
        f.set(total, total + part)
        f.call(module.once(_copy, blocks, False), f.out, f.out_stride, n, chunk, outputs)
        for data in (f.x, f.t, f.out):
            f.set(data, data + WORD * CHUNK)
    f.returns(total * loss.factor / entries)


def _units(module, plan):
    """Every unit's output on `samples` columns, layer by layer, to the matrix at `out`."""
    f = module.function(
        "units", None, True,
        params=I32, work=I32, x=I32, stride=I32, samples=I32, out=I32, out_stride=I32,
    )  # fmt: skip
    blocks = plan.blocks
    with _chunks(f, f.samples) as (chunk, count):
        _load(f, module, plan, f.x, f.stride, f.work, chunk)
        f.call(module.once(_network, plan), f.params, f.work, count)
        out = f.let(f.out)
        for layer, outputs in zip(plan.model.layers, blocks.outputs):
            copy = module.once(_copy, blocks, False)
            f.call(copy, out, f.out_stride, layer.units, chunk, f.work + outputs)
            f.set(out, out + f.out_stride * layer.units)
        for data in (f.x, f.out):
            f.set(data, data + WORD * CHUNK)


def _shade(module, plan):
    """Colours of `count` numbers: table[place] with place = (number - low) scale, cut to 0..last.

    table: last + 1 pixels of 32 bits. What is not a number takes the middle of the table.
    """
    f = module.function(
        "shade", None, True,
        values=I32, count=I32, pixels=I32, table=I32, low=F64, scale=F64, last=F64,
    )  # fmt: skip
    with f.repeat(f.count):
        place = f.let((f.load(f.values, kind=F64) - f.low) * f.scale)
        cut = f.let(place.least(f.last).most(0.0))
        cut = place.equals(place).where(cut, f.last * 0.5)
        index = cut.then(b"\xfc\x03", kind=I32)  # i32.trunc_sat_f64_u
        f.store(f.pixels, f.load(f.table + index * 4, kind=I32))
        f.set(f.values, f.values + WORD)
        f.set(f.pixels, f.pixels + 4)
