"""The compiler's last stage: one WebAssembly module for one Plan.

`compile_plan` strings the passes and the step together. A module that trains exports `train`,
which runs mini-batches, and `run`, which runs epochs and measures them; one that does not exports
`forward`, which gives units' outputs and the loss, and `shade`, which turns numbers into colours.
Addresses are in bytes. Data stand in columns, one per sample: row i of a matrix (an input or
target of all samples) begins `stride` bytes after row i - 1.
"""

from __future__ import annotations

from functools import lru_cache

from nncore.kernel import passes, run, units
from nncore.kernel.assembler import TO_WHOLE, Function, Module
from nncore.kernel.binary import F64, I32
from nncore.kernel.plan import CHUNK, Plan
from nncore.kernel.products import WORD


@lru_cache(maxsize=64)
def compile_plan(plan: Plan) -> bytes:
    """Return the WebAssembly module for `plan`."""
    module = Module(plan.lanes, plan.tanh_table)
    for write in (passes.epoch, run.run) if plan.optimizer else (forward, _shade):
        module.once(write, plan)
    return module.encode()


def forward(module: Module, plan: Plan) -> Function:
    """Outputs and loss of `samples` columns x: `rows` rows from `first` on in a block go to `out`.

    The result is the loss with respect to the targets at t; 0 if t is 0. work: a workspace.
    """
    f = module.function(
        "forward", F64, True, params=I32, work=I32, x=I32, t=I32, stride=I32, samples=I32,
        out=I32, out_stride=I32, first=I32, rows=I32,
    )  # fmt: skip
    total = f.let(f.value(0.0, F64))
    scale = f.let(passes.mean(f, plan, units.compiled_loss(plan.loss).factor))
    with passes.chunks(f, module, plan, f.params, f.work, False) as (chunk, count):
        give = module.once(passes.copy, plan.blocks, False)
        f.call(give, f.out, f.out_stride, f.rows, chunk, f.work + f.first)
        with f.when(f.t):
            passes.add_loss(f, module, plan, f.work, chunk, count, total)
        f.move({f.out: WORD * CHUNK})
    f.returns(total * scale)
    return f


def _shade(module: Module, plan: Plan) -> Function:
    """Colours of `count` numbers: table[place] with place = (number - low) scale, cut to 0..last.

    table: last + 1 pixels of 32 bits. What is not a number takes the middle of the table.
    """
    f = module.function(
        "shade", None, True, values=I32, count=I32, pixels=I32, table=I32, low=F64, scale=F64,
        last=F64,
    )  # fmt: skip
    with f.repeat(f.count):
        place = f.let((f.load(f.values, kind=F64) - f.low) * f.scale)
        cut = place.equals(place).where(place.minimum(f.last).maximum(0.0), f.last * 0.5)
        f.store(f.pixels, f.load(f.table + cut.then(TO_WHOLE, kind=I32) * 4, kind=I32))
        f.move({f.values: WORD, f.pixels: 4})
    return f
