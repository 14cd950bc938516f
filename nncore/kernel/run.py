"""Many epochs with their measurements in one call: what a page asks for at full speed.

A job in memory says what to train on, what to measure on, and where results go. After each round
of epochs the network is measured, and the run ends by itself where somebody has to look: where
the loss is low enough, or too high, or no number. See nncore.measuring for its NumPy twin.
"""

from __future__ import annotations

from nncore.kernel import passes, units
from nncore.kernel.assembler import Expression, Function, Module
from nncore.kernel.binary import F64, I32
from nncore.kernel.plan import Plan
from nncore.kernel.products import WORD
from nncore.kernel.steps import State

# Fields of a job, 32-bit words: addresses, bytes and counts. Then four for every set of data.
JOB = (
    "x", "t", "stride", "samples", "batch", "out", "epochs", "rates", "sets", "results", "kept",
    "order", "rows", "answers",
)  # fmt: skip
SET = ("x", "t", "stride", "samples")
RESULTS = 2  # numbers that a measurement of one set gives: its loss, and how many are right


def run(module: Module, plan: Plan) -> Function:
    """Do up to `rounds` rounds of a job; the result is how many were done.

    A round: `epochs` epochs, each with the learning rate and the regularizer's pull that come next
    at `rates`, and, if `order` is not 0, with the samples in the order that comes next there:
    numbers of `rows` and `answers`, where a sample's inputs and its targets stand together. Then
    RESULTS numbers for each set to `results`, and a copy of the parameters to `kept` if that is
    not 0. It is the last if the first set's loss is not between low and high, or any loss is not
    finite.
    """
    f = module.function("run", I32, True, state=I32, job=I32, rounds=I32, low=F64, high=F64)
    state = plan.state
    job = {name: f.let(f.load(f.job, 4 * k, I32)) for k, name in enumerate(JOB)}
    data = [job[name] for name in JOB[:6]]
    done, going = f.let(0), f.let(1)
    with f.until_zero(going):
        with f.repeat(job["epochs"]):
            for k, name in enumerate(("rate", "shrink")):
                rate = f.load(job["rates"], k * WORD, F64)
                f.store(f.state, rate, WORD * state.hyper[name])
            with f.when(job["order"]):
                there = [job[name] for name in ("order", "rows", "answers")]
                f.call(module.once(arrange, plan), *data[:4], *there)
                f.move({job["order"]: job["samples"] * 4})
            f.call(module.once(passes.epoch, plan), f.state, *data)
            f.move({job["rates"]: 2 * WORD})
        first, total = f.let(job["results"]), f.let(0.0, F64)
        each = f.let(f.job + 4 * len(JOB))
        with f.repeat(job["sets"]):
            rows = [f.load(each, 4 * k, I32) for k in range(len(SET))]
            loss = f.result(module.once(measure, plan), f.state, *rows, job["results"])
            f.set(total, total + loss)
            f.move({each: 4 * len(SET), job["results"]: RESULTS * WORD})
        with f.when(job["kept"]):
            _keep(f, state, job["kept"])
        f.move({done: 1})
        loss = f.let(f.load(first, kind=F64))
        finite = (total - total).equals(f.value(0.0, F64))
        f.set(going, (done < f.rounds) & (loss > f.low) & (loss < f.high) & finite)
    f.returns(done)
    return f


def arrange(module: Module, plan: Plan) -> Function:
    """Write the rows and answers with these numbers to the columns x and t, one after the other."""
    f = module.function(
        "arrange", x=I32, t=I32, stride=I32, samples=I32, order=I32, rows=I32, answers=I32
    )  # fmt: skip
    with f.repeat(f.samples):
        number = f.let(f.load(f.order, kind=I32))
        widths = plan.model.n_inputs, plan.model.n_outputs
        for column, source, width in zip((f.x, f.t), (f.rows, f.answers), widths, strict=True):
            place, row = f.let(column), f.let(source + number * (WORD * width))
            if width:
                with f.repeat(width):
                    f.store(place, f.load(row, kind=F64))
                    f.move({place: f.stride, row: WORD})
        f.move({f.x: WORD, f.t: WORD, f.order: 4})
    return f


def measure(module: Module, plan: Plan) -> Function:
    """Write loss and number of right answers of all `samples` samples to `out`; give the loss."""
    f = module.function(
        "measure", F64, state=I32, x=I32, t=I32, stride=I32, samples=I32, out=I32
    )  # fmt: skip
    state, n_outputs = plan.state, plan.model.n_outputs
    params, block = (f.let(f.state + WORD * at) for at in (state.params, state.workspace))
    loss, right = f.let(0.0, F64), f.let(0.0, F64)
    scale = f.let(passes.mean(f, plan, units.compiled_loss(plan.loss).factor))
    with passes.chunks(f, module, plan, params, block, False) as (chunk, count):
        passes.add_loss(f, module, plan, block, chunk, count, loss)
        counted = module.once(units.right_count, plan.blocks, n_outputs, units.middle(plan.loss))
        ends = passes.ends(plan, block)
        f.set(right, right + f.result(counted, *ends, n_outputs, count, chunk))
    f.set(loss, loss * scale)
    f.store(f.out, loss)
    f.store(f.out, right, WORD)
    f.returns(loss)
    return f


def _keep(f: Function, state: State, kept: Expression) -> None:
    """Copy the parameters to `kept`, and move that on."""
    source = f.let(f.state + WORD * state.params)
    with f.repeat(state.padded // f.lanes):
        f.store(kept, f.load(source))
        f.move({source: WORD * f.lanes, kept: WORD * f.lanes})
