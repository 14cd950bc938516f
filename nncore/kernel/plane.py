"""The loss over a plane of parameters, compiled: what a picture of the landscape needs.

The module is that of a model's outputs and losses with one more function, which puts the
parameters together for each point of the plane and asks for the loss there. NumPy's counterpart
is nncore.landscape.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from nncore.arrays import FloatArray
from nncore.kernel import module as modules
from nncore.kernel.assembler import Function, Module
from nncore.kernel.binary import I32
from nncore.kernel.columns import Columns
from nncore.kernel.plan import Plan, plan_for
from nncore.kernel.products import WORD
from nncore.landscape import Plane
from nncore.model import Sequential

if TYPE_CHECKING:
    from nncore.kernel.engine import Engine


class CompiledPlane:
    """Losses of a model at points origin + s u + t v, computed by the engine.

    Args:
        model: A Sequential.
        loss: A name.

    Raises:
        Unsupported: Where NumPy has to do the work.
    """

    def __init__(self, engine: Engine, model: Sequential, loss: str) -> None:
        plan = plan_for(model, loss, engine.lanes, tanh_table=engine.tanh_table)
        self.model, self.engine, self._n = model, engine, model.n_params
        self._losses = engine.kept(("plane", plan), lambda: compile_plane(plan)).plane
        self._padded = plan.state.padded
        self._memory = engine.empty(plan.n_words)
        self._vectors = engine.empty(3 * self._padded).reshape(3, self._padded)
        self._vectors[:] = 0.0
        places = plan.state.params, plan.state.workspace
        self._addresses = [engine.address(self._memory) + WORD * place for place in places]
        self._addresses.append(engine.address(self._vectors))

    def losses(
        self,
        plane: Plane,
        s: Sequence[float] | FloatArray,
        t: Sequence[float] | FloatArray,
        columns: Columns,
    ) -> FloatArray:
        """Return the loss at every point of the plane's grid, shape (len(t), len(s)).

        Args:
            plane: A nncore.landscape Plane.
            s, t: The coordinates of columns and rows.
            columns: The data as nncore.kernel.compiled Columns, made with a y.
        """
        self._vectors[0, : self._n] = plane.origin
        self._vectors[1:, : self._n] = plane.directions
        points = self.engine.empty(3 * len(s) * len(t)).reshape(3, len(t), len(s))
        points[0], points[1] = s, np.asarray(t)[:, np.newaxis]
        data = columns.x, columns.t, WORD * columns.n, columns.n
        at = self.engine.address(points)
        self._losses(*self._addresses, *data, at, WORD * points[0].size, points[0].size)
        losses: FloatArray = points[2].copy()
        return losses


def compile_plane(plan: Plan) -> bytes:
    """Return the WebAssembly module for a Plan without an optimizer."""
    module = Module(plan.lanes, plan.tanh_table)
    module.once(_plane, plan)
    return module.encode()


def _plane(module: Module, plan: Plan) -> Function:
    """Losses at `count` points; points: their s, their t and room for the losses, `row` apart."""
    f = module.function(
        "plane", None, True, params=I32, work=I32, vectors=I32, x=I32, t=I32, stride=I32,
        samples=I32, points=I32, row=I32, count=I32,
    )  # fmt: skip
    loss = module.once(modules.forward, plan)
    size = WORD * plan.state.padded
    with f.repeat(f.count):
        s, t = (f.let(f.load_spread(f.points + place)) for place in (0, f.row))
        source, target = f.let(f.vectors), f.let(f.params)
        with f.repeat(plan.state.padded // f.lanes):
            origin, u, v = (f.load(source, k * size) for k in range(3))
            f.store(target, origin + s * u + t * v)
            f.move({source: WORD * f.lanes, target: WORD * f.lanes})
        value = f.result(loss, f.params, f.work, f.x, f.t, f.stride, f.samples, 0, 0, 0, 0)
        f.store(f.points + f.row + f.row, value)
        f.move({f.points: WORD})
    return f
