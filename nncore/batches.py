"""The training data in the order of an epoch, cut into mini-batches.

The rows are gathered once per epoch into a copy in which the batches lie side by side, all at once
or as far as they are wanted next; a batch is then a view, and cutting costs nothing. As everywhere
in the passes, one column is one sample, and below the inputs stands a row of ones for the biases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from nncore.arrays import FloatArray, IntArray, RandomSource

BLOCK = 1000  # rows that are gathered at once: so many stay in the processor's cache
MOST_KEPT = 4096  # batches whose views are kept; those of larger data are cut anew every time


class Batches:
    """Data of n rows, dealt out in batches of `batch_size`; the last batch may be smaller.

    Args:
        X: (n, n_inputs).
        targets: (n_outputs, n). The arranged rows are `x`, (n_inputs + 1, n), and `targets`, once
            `arrange` has been called; `order` says which rows they are.

    Attributes:
        rows, answers: X and the targets' columns as they came, one row after the other.
    """

    def __init__(self, X: FloatArray, targets: FloatArray, batch_size: int) -> None:
        self.n, self.batch_size = len(X), batch_size
        self.natural_order = np.arange(self.n)
        self.natural_order.flags.writeable = False
        self.rows = np.array(X, dtype=np.float64, order="C")
        self.answers = np.array(targets.T, dtype=np.float64, order="C")
        self.order: IntArray = self.natural_order
        self.move(np.empty)
        # Views of a batch, by the number of its first row.
        self._pieces: dict[int, tuple[FloatArray, FloatArray]] = {}

    def new_order(self, rng: RandomSource | None) -> IntArray:
        """Return the row order of a new epoch: as they came without `rng`, else drawn from it."""
        if rng is None:
            return self.natural_order
        return np.argsort(rng.random(self.n), kind="stable")

    def arrange(self, order: IntArray, stop: int | None = None) -> None:
        """Put the rows into this order (row indices, each once), unless they are in it already.

        Args:
            stop: How many of them are wanted by now; None for all.
        """
        if order is not self.order:
            self.order, self._arranged = order, 0
        last = self.n if stop is None else stop
        for start in range(self._arranged, last, BLOCK):
            place = slice(start, min(start + BLOCK, last))
            self.x[:-1, place] = self.rows.take(order[place], axis=0).T
            self.targets[:, place] = self.answers.take(order[place], axis=0).T
        self._arranged = max(self._arranged, last)

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

    def move(self, empty: Callable[[int], FloatArray]) -> None:
        """Arrange the rows in arrays of empty(n_words) from now on; there are no pieces yet."""
        heights = self.rows.shape[1] + 1, self.answers.shape[1]
        self.x, self.targets = (empty(h * self.n).reshape(h, self.n) for h in heights)
        self.x[-1] = 1.0
        self._arranged = 0  # rows of the order that are in their places
