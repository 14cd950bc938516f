"""Data as a compiled network reads them: one column per sample, in memory that the engine reaches.

Laid out once, they serve any number of calls, and so does the room for what comes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nncore.arrays import ArrayLike, FloatArray

if TYPE_CHECKING:
    from nncore.kernel.engine import Engine


class Columns:
    """Data where the engine reaches them, one column per sample, and room for what comes out.

    Args:
        X: (n, n_inputs).
        y: (n, n_outputs), or None where no loss is asked for.
    """

    def __init__(self, engine: Engine, X: ArrayLike, y: ArrayLike | None = None) -> None:
        given = [_rows(each) for each in (X, y) if each is not None]
        self.engine, self.n = engine, given[0].shape[-1]
        self._outs: dict[int, tuple[FloatArray, int]] = {}
        self.placed = [engine.place(each) for each in given]
        self.widths = [each.size // self.n for each in given]
        self.x, self.t = [*map(engine.address, self.placed), 0][:2]

    def out(self, n_rows: int) -> tuple[FloatArray, int]:
        """Return (array of shape (n_rows, n), its address), the same at every call."""
        if n_rows not in self._outs:
            array = self.engine.empty(n_rows * self.n).reshape(n_rows, self.n)
            self._outs[n_rows] = array, self.engine.address(array)
        return self._outs[n_rows]


def _rows(matrix: ArrayLike) -> FloatArray:
    """A copy of `matrix` with a row for each of its columns, one after the other in memory."""
    return np.array(np.asarray(matrix).T, dtype=np.float64, order="C")
