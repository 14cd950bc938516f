"""Kernels seen from Python: a learner that trains, and a model that only computes.

Both own a piece of the engine's memory in which the flat vectors lie, so that NumPy and the
compiled code see the same numbers. CompiledLearner stands in for the learner of nncore.training;
CompiledModel gives the outputs, losses and colours of a picture. Both raise Unsupported where
NumPy has to do the work.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nncore.arrays import Array, FloatArray, IntArray
from nncore.batches import Batches
from nncore.checks import invalid
from nncore.kernel.columns import Columns
from nncore.kernel.errand import Errand
from nncore.kernel.plan import plan_for
from nncore.kernel.products import WORD
from nncore.kernel.run import RESULTS
from nncore.learner import Learner
from nncore.measuring import Measure
from nncore.model import Sequential
from nncore.optimizer import Optimizer, OptimizerState
from nncore.regularizers import Regularizer

if TYPE_CHECKING:
    from nncore.kernel.engine import Engine


class CompiledLearner:
    """A learner of nncore.training whose batches run compiled.

    Args:
        learner: The one to stand in for; its params, state and dead weights are taken over.
        batches: The data, which move to where the engine reaches them.
    """

    def __init__(self, engine: Engine, learner: Learner, batches: Batches) -> None:
        self.optimizer, self.regularizer = learner.optimizer, learner.regularizer
        self.engine, self.dead = engine.name, learner.dead
        kinds = self.optimizer, self.regularizer
        plan = plan_for(learner.model, learner.rule.name, engine.lanes, *kinds, engine.tanh_table)
        self._functions, self._place, self._plan = engine.load(plan), plan.state, plan
        self._memory = memory = engine.empty(plan.n_words)
        memory[:] = 0.0
        n, at = learner.model.n_params, plan.state
        self.params = memory[at.params : at.params + n]
        self.params[:] = learner.params
        slots = memory[at.held + at.padded : at.workspace].reshape(-1, at.padded)[:, :n]
        slots[:] = learner.state.slots
        self.state = OptimizerState(slots, learner.state.t, learner.state.optimizer)
        memory[at.is_weight : at.is_weight + n] = learner.model.is_weight
        self._held = memory[at.held : at.held + n]
        self._held[:] = learner.held
        self._immune = np.where(learner.held & ~learner.dead, 1.0, 0.0)  # frozen, but not dead
        self._set_numbers()
        batches.move(engine.empty)
        self._batch_size = min(batches.batch_size, batches.n)
        self._addresses = [engine.address(a) for a in (memory, batches.x, batches.targets)]
        self.outputs: FloatArray | None = None
        self._out = 0
        if learner.outputs is not None:
            self.outputs = engine.empty(batches.targets.size).reshape(batches.targets.shape)
            self._out = engine.address(self.outputs)
        self._stride = WORD * batches.n
        self._engine, self._n_params = engine, n
        self._sets: list[Columns] = []
        self._rows: list[FloatArray] = []  # as they came, for calls that reorder them

    def _set_numbers(self) -> None:
        """Write the optimizer's own numbers to where the module reads them."""
        for name in self.optimizer.numbers:
            self._memory[self._place.hyper[name]] = getattr(self.optimizer, name)

    def restart(
        self, params: FloatArray, optimizer: Optimizer, regularizer: Regularizer | None
    ) -> None:
        """Begin anew from other parameters, with objects of the same kinds; nothing is dead."""
        self.optimizer, self.regularizer = optimizer, regularizer
        self.params[:] = params
        self.state.slots[:] = 0.0
        self.state.t = 0
        self.dead[:] = False
        self._held[:] = self._immune
        self._set_numbers()

    def learn(self, batches: Batches, start: int, stop: int, learning_rate: float) -> None:
        """Apply the batches of the rows from number `start` of the order up to `stop`."""
        memory, hyper, state = self._memory, self._place.hyper, self.state
        memory[hyper["rate"]], memory[hyper["t"]] = learning_rate, state.t
        if self.regularizer is not None:
            memory[hyper["shrink"]] = learning_rate * self.regularizer.rate
        base, x, t = self._addresses
        rows, offset = stop - start, WORD * start
        out = self._out and self._out + offset
        self._functions.train(
            base, x + offset, t + offset, self._stride, rows, self._batch_size, out
        )
        self._after(-(-rows // self._batch_size))

    def run(
        self, batches: Batches, rates: FloatArray, measure: Measure
    ) -> tuple[FloatArray, FloatArray | None]:
        """Train rounds of whole epochs, measuring after each, as nncore.learner's Learner does."""
        kept: FloatArray | None = None
        if measure.keeps_params:
            kept = self._engine.empty(len(rates) * self._place.padded).reshape(len(rates), -1)
        job = self._job(batches, rates, self.regularizer, measure, kept, None)
        self._memory[self._place.hyper["t"]] = self.state.t
        address, *limits = job.arguments
        done = self._functions.run(self._addresses[0], address, *limits)
        self._after(done * rates.shape[1] * -(-batches.n // self._batch_size))
        return job.results[:done], None if kept is None else kept[:done, : self._n_params]

    def new_state(self) -> FloatArray:
        """A copy of all that training changes, for `errand`."""
        return self._engine.place(self._memory.copy())

    def params_of(self, state: FloatArray) -> FloatArray:
        """The parameters in such a copy."""
        start = self._place.params
        return state[start : start + self._n_params].copy()

    def errand(
        self,
        batches: Batches,
        rates: FloatArray,
        regularizer: Regularizer | None,
        measure: Measure,
        state: FloatArray,
        orders: IntArray | None = None,
    ) -> Errand:
        """Return a call of `run` on a state of its own, which is overwritten when it is done.

        Args:
            regularizer: The state's own; by now the learner may have been given another.
            orders: The row order of each epoch, (epochs, n); without, the rows are as arranged.
        """
        engine, base = self._engine, self._addresses[0]
        job = self._job(batches, rates, regularizer, measure, None, orders)
        arranged = [batches.x, batches.targets] if orders is None else []
        here = [*arranged, *job.kept, engine.tanh_values]
        reads = [(base, state), *((engine.address(each), each) for each in here)]
        writes = [(base, state), (engine.address(job.results), job.results)]
        return Errand(self._plan, (base, *job.arguments), reads, writes, job.results)

    def _job(
        self,
        batches: Batches,
        rates: FloatArray,
        regularizer: Regularizer | None,
        measure: Measure,
        kept: FloatArray | None,
        orders: IntArray | None,
    ) -> _Job:
        engine = self._engine
        if not self._sets:
            self._sets = [Columns(engine, *each) for each in measure.sets]
        rounds, epochs = rates.shape
        pull = 0.0 if regularizer is None else regularizer.rate
        pairs = engine.place(np.stack([rates, rates * pull], axis=-1))
        results = engine.empty(rounds * len(self._sets) * RESULTS)
        results = results.reshape(rounds, len(self._sets), RESULTS)
        _, x, t = self._addresses
        out = [0 if array is None else engine.address(array) for array in (results, kept)]
        job = [x, t, self._stride, batches.n, self._batch_size, self._out]
        rows = [] if orders is None else self._reordered(batches, orders)
        sources = [engine.address(each) for each in rows] or [0, 0, 0]
        job += [epochs, engine.address(pairs), len(self._sets), *out, *sources]
        for each in self._sets:
            job += [each.x, each.t, WORD * each.n, each.n]
        fields = engine.place(np.array(job, dtype=np.uint32))
        arguments = engine.address(fields), rounds, measure.low, measure.high
        data = [array for columns in self._sets for array in columns.placed]
        return _Job(arguments, results, [fields, pairs, *rows, *data])

    def _reordered(self, batches: Batches, orders: IntArray) -> list[Array]:
        """The orders, the rows and their targets, where a call reads them."""
        if not self._rows:
            self._rows = [self._engine.place(each) for each in (batches.rows, batches.answers)]
        return [self._engine.place(np.asarray(orders, dtype=np.uint32)), *self._rows]

    def _after(self, steps: int) -> None:
        """Note that so many steps were taken, and which weights they switched off."""
        self.state.t += steps
        if self.regularizer is not None and self.regularizer.prunes:
            np.greater(self._held, self._immune, out=self.dead)


class _Job(NamedTuple):
    """A call of `run`: its arguments behind the memory, results, and what must be kept for it."""

    arguments: tuple[float, ...]
    results: FloatArray
    kept: list[Array]


class CompiledModel:
    """A model's outputs, losses and colours, computed by the engine.

    The data are given as `Columns`. Arrays that come back are views of memory that the next call
    with the same Columns overwrites.
    """

    def __init__(self, engine: Engine, model: Sequential, loss: str) -> None:
        plan = plan_for(model, loss, engine.lanes, tanh_table=engine.tanh_table)
        self.model, self.engine, self._functions = model, engine, engine.load(plan)
        self._outputs = plan.blocks.outputs
        self._memory = engine.empty(plan.n_words)
        self._params = self._memory[plan.state.params :][: model.n_params]
        places = plan.state.params, plan.state.workspace
        self._addresses = [engine.address(self._memory) + WORD * place for place in places]
        self._table: Array | None = None
        self._placed_table: Array

    def forward(
        self, params: FloatArray, columns: Columns, start: int = 0, stop: int | None = None
    ) -> list[FloatArray]:
        """Return every layer's output, shapes (units, n): one row per unit.

        Args:
            start, stop: Work on these samples only; the others' outputs stay as they were.
        """
        rows = [layer.units for layer in self.model.layers]
        out = self._run(params, columns, 0, self._outputs[0], sum(rows), start, stop)[1]
        ends = accumulate(rows)
        return [out[end - n : end] for n, end in zip(rows, ends, strict=True)]

    def evaluate(
        self, params: FloatArray, columns: Columns, start: int = 0, stop: int | None = None
    ) -> tuple[float, FloatArray]:
        """Return (loss, outputs of shape (n_outputs, n)) on Columns that have a y.

        Args:
            start, stop: Work on these samples only. The loss is theirs; of the outputs, the other
                samples' stay as they were.
        """
        if not columns.t:
            raise invalid("columns", "made with a y, for a loss", None)
        rows = self._outputs[-1], self.model.n_outputs
        return self._run(params, columns, columns.t, *rows, start, stop)

    def _run(
        self,
        params: FloatArray,
        columns: Columns,
        targets: int,
        first: int,
        n_rows: int,
        start: int = 0,
        stop: int | None = None,
    ) -> tuple[float, FloatArray]:
        widths = [self.model.n_inputs, self.model.n_outputs][: 1 + bool(targets)]
        if columns.widths[: len(widths)] != widths:
            raise invalid("columns", f"of {' and '.join(map(str, widths))} rows", columns.widths)
        self._params[:] = params
        out, address = columns.out(n_rows)
        stop, before = columns.n if stop is None else stop, WORD * start
        t = targets and targets + before
        data = columns.x + before, t, WORD * columns.n, stop - start
        to = address + before, WORD * columns.n, first, n_rows
        return self._functions.forward(*self._addresses, *data, *to), out

    def shade(
        self, values: FloatArray, table: Array, low: float = -1.0, high: float = 1.0
    ) -> Array:
        """Return the colours of numbers from `low` to `high`: pixels (uint32) in values' shape.

        Args:
            values: A C-contiguous array that `forward` or `evaluate` returned.
            table: Shades, uint32.
        """
        if values.dtype != np.float64 or not values.flags.c_contiguous:
            raise invalid("values", "a C-contiguous array of float64", values.dtype)
        if table is not self._table:
            self._table, self._placed_table = table, self.engine.place(table)
        pixels = self.engine.empty(-(-values.size // 2)).view(np.uint32)[: values.size]
        scale = (len(table) - 1) / (high - low)
        arrays = [self.engine.address(each) for each in (values, pixels, self._placed_table)]
        self._functions.shade(arrays[0], values.size, *arrays[1:], low, scale, len(table) - 1.0)
        return pixels.reshape(values.shape)
