"""How well the network does on some rows: its loss, and its accuracy or R squared.

The rows are checked and laid out once; a measurement is then one forward pass in buffers that
are kept, so that measuring after every epoch costs little beside the epoch itself. Many rows are
measured in parts, whose size depends on the network alone: the result is always the same.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from itertools import repeat
from typing import TypeAlias

import numpy as np

from explorer.learning.problem import Problem, Rows
from nncore import Sequential, Workspace
from nncore.arrays import Array, FloatArray, IntArray
from nncore.kernel.columns import Columns
from nncore.kernel.compiled import CompiledModel
from nncore.losses import loss_for
from nncore.measuring import Measured
from nncore.pauses import result_of

Result: TypeAlias = tuple[float | None, float | None]  # loss and score; None without rows
Numbers: TypeAlias = "list[float] | repeat[None]"

PART = 2_000_000  # what a part of a measurement may cost, in multiplications
ACTIVATION = 12  # what an activation costs, in multiplications


def rows_at_once(model: Sequential) -> int:
    """How many rows a part may have: a multiple of 32, as the kernel works in such chunks."""
    units = sum(layer.units for layer in model.layers)
    return max(32, PART // (model.n_params + ACTIVATION * units) // 32 * 32)


def spans(n: int, most: int) -> list[tuple[int, int]]:
    """(start, stop) of the parts of n rows, none longer than `most`."""
    return [(start, min(start + most, n)) for start in range(0, n, most)]


class Evaluation:
    """Measures a model on one share of a problem's rows.

    Args:
        compiled: The model as an nncore.kernel CompiledModel, which then does the work; or None.
    """

    def __init__(
        self,
        model: Sequential,
        problem: Problem,
        rows: Rows,
        compiled: CompiledModel | None = None,
    ) -> None:
        self.model, self.rows, self.task = model, rows, problem.task
        self.compiled = compiled
        self.n, self.n_classes = len(rows.inputs), len(problem.class_names)
        self.is_empty = not self.n
        self.spans = spans(self.n, rows_at_once(model))
        if self.is_empty:
            return
        if compiled is not None:
            self.columns = Columns(compiled.engine, rows.inputs, rows.targets)
        else:
            self.targets = np.ascontiguousarray(rows.targets.T)
            self.inputs = np.ascontiguousarray(np.vstack([rows.inputs.T, np.ones(self.n)]))
            sizes = {stop - start for start, stop in self.spans}
            self.workspaces = {size: Workspace(model, size) for size in sizes}
            self.outputs = np.empty(self.targets.shape)
        self.rule = loss_for(problem.loss, model.layers[-1].activation)
        # The winning output decides; a single one is compared with the middle of its range.
        self.middle = 0.5 if problem.loss == "binary_crossentropy" else 0.0
        self.positive = rows.labels > 0
        if self.task == "regression":
            self.squares = squares(rows.labels)

    def __call__(self, params: FloatArray) -> Result:
        """(loss, score) under `params`; (None, None) without rows. The score is the accuracy,
        or R squared for regression; it is NaN where the loss is not finite."""
        return result_of(self.parts(params))

    def parts(self, params: FloatArray) -> Generator[None, None, Result]:
        """The same, part by part: a generator that waits before every further part."""
        if self.is_empty:
            return None, None
        total = 0.0
        for start, stop in self.spans:
            if start:
                yield
            loss, outputs = self.measure(params, start, stop)
            total += loss * (stop - start)
        loss = total / self.n if start else loss
        self.outputs = outputs
        return loss, self.score(loss, outputs) if math.isfinite(loss) else math.nan

    def measure(self, params: FloatArray, start: int, stop: int) -> tuple[float, FloatArray]:
        """(the loss on some of the rows, the outputs of all rows up to them)."""
        if self.compiled is not None:
            return self.compiled.evaluate(params, self.columns, start, stop)
        workspace, rows = self.workspaces[stop - start], slice(start, stop)
        workspace.bind(params)
        with np.errstate(all="ignore"):
            outputs = workspace.forward(self.inputs[:, rows])
            loss = self.rule.value(outputs, workspace.layers[-1].z, self.targets[:, rows])
        self.outputs[:, rows] = outputs
        return loss, self.outputs

    def confusion(self) -> IntArray | None:
        """(n_classes, n_classes) counts of the last measurement: rows are true classes, columns
        what the network said. None for two classes and for values."""
        if self.task != "multiclass":
            return None
        pairs = self.rows.labels.astype(int) * self.n_classes + self.outputs.argmax(axis=0)
        k = self.n_classes
        return np.bincount(pairs, minlength=k * k).reshape(k, k)

    def remember(self, params: FloatArray) -> None:
        """Measure without asking for the result, so that `confusion` is about these parameters."""
        if self.task == "multiclass" and not self.is_empty:
            result_of(self.parts(params))

    def numbers(self, measured: Measured, place: int) -> tuple[Numbers, Numbers]:
        """Return (losses, scores) of all epochs of a Measured, as lists.

        Args:
            place: Which set is meant.
        """
        if self.is_empty:
            return repeat(None), repeat(None)
        losses = measured.losses[:, place].tolist()
        right = measured.right[:, place].tolist()
        score = self.r2 if self.task == "regression" else None
        pairs = zip(losses, right, strict=True)
        return losses, [
            math.nan if not math.isfinite(loss) else score(loss) if score else count / self.n
            for loss, count in pairs
        ]

    def r2(self, loss: float) -> float:
        return r_squared(loss, self.rows.labels, self.squares)

    def score(self, loss: float, outputs: FloatArray) -> float:
        if self.task == "regression":
            return self.r2(loss)
        if self.task == "binary":
            return float(np.mean((outputs[0] >= self.middle) == self.positive))
        return float(np.mean(outputs.argmax(axis=0) == self.rows.labels))


def squares(labels: Array) -> float:
    """The sum of (y - mean)^2."""
    return float(np.square(labels - labels.mean()).sum())


def r_squared(loss: float, labels: Array, total: float | None = None) -> float:
    """R squared: 1 - sum (y - o)^2 / sum (y - mean)^2; the first sum is 2 n times the loss.

    Where all y are equal it is 1 if the outputs are exact, else 0.

    Args:
        total: The second sum, if it is known.
    """
    total = squares(labels) if total is None else total
    if not total:
        return 1.0 if loss == 0 else 0.0
    return 1 - 2 * len(labels) * loss / total
