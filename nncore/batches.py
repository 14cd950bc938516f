"""The training data in the order of an epoch, cut into mini-batches.

The rows are gathered once per epoch into a copy in which the batches lie side by side; a batch is
then a view, and cutting costs nothing. As everywhere in the passes, one column is one sample, and
below the inputs stands a row of ones for the biases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from nncore.arrays import FloatArray, IntArray, RandomSource

MOST_KEPT = 4096  # batches whose views are kept; those of larger data are cut anew every time


class Batches:
    """Data of n rows, dealt out in batches of `batch_size`; the last batch may be smaller.

    Args:
        X: (n, n_inputs).
        targets: (n_outputs, n). The arranged rows are `x`, (n_inputs + 1, n), and `targets`;
            `order` says which rows they are.
    """

    def __init__(self, X: FloatArray, targets: FloatArray, batch_size: int) -> None:
        self.n, self.batch_size = len(X), batch_size
        self.natural_order = np.arange(self.n)
        self.natural_order.flags.writeable = False
        self._source_x = np.vstack([X.T, np.ones(self.n)])
        self._source_t = targets
        self.x, self.targets = self._source_x.copy(), self._source_t.copy()
        self.order: IntArray = self.natural_order
        # Views of a batch, by the number of its first row.
        self._pieces: dict[int, tuple[FloatArray, FloatArray]] = {}

    def new_order(self, rng: RandomSource | None) -> IntArray:
        """Return the row order of a new epoch: as they came without `rng`, else drawn from it."""
        if rng is None:
            return self.natural_order
        return np.argsort(rng.random(self.n), kind="stable")

    def arrange(self, order: IntArray) -> None:
        """Put the rows into this order (row indices, each once), unless they are in it already."""
        if order is self.order:
            return
        np.take(self._source_x, order, axis=1, out=self.x, mode="clip")
        np.take(self._source_t, order, axis=1, out=self.targets, mode="clip")
        self.order = order

    def count(self, position: int) -> int:
        """Return how many batches there are from row number `position` of the order on."""
        return -(-(self.n - position) // self.batch_size)

    def stop(self, position: int, count: int) -> int:
        """Return where `count` batches from row number `position` on end, or the epoch does."""
        return min(position + count * self.batch_size, self.n)

    def pieces(self, start: int, stop: int) -> Iterator[tuple[FloatArray, FloatArray]]:
        """Yield the batches of the rows from number `start` of the order up to `stop`.

        Each is a pair of views (x_and_ones, targets), shapes (n_inputs + 1, rows) and (n_outputs,
        rows); they follow every later `arrange`. `stop` is where a batch ends.
        """
        kept = self._pieces
        for first in range(start, stop, self.batch_size):
            piece = kept.get(first)
            if piece is None:
                rows = slice(first, min(first + self.batch_size, self.n))
                piece = self.x[:, rows], self.targets[:, rows]
                if len(kept) < MOST_KEPT:
                    kept[first] = piece
            yield piece

    def move(self, place: Callable[[FloatArray], FloatArray]) -> None:
        """Let place(array) say where the arranged rows are kept from now on, before any piece."""
        self.x, self.targets = place(self.x), place(self.targets)
