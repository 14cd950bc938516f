"""The training data in the order of an epoch, cut into mini-batches.

The rows are gathered once per epoch into a copy in which the batches lie side by side; a batch is
then a view, and cutting costs nothing. As everywhere in the passes, one column is one sample, and
below the inputs stands a row of ones for the biases.
"""

import numpy as np


class Batches:
    """Data of n rows, dealt out in batches of `batch_size`; the last batch may be smaller.

    X: (n, n_inputs). targets: (n_outputs, n).
    """

    def __init__(self, X: np.ndarray, targets: np.ndarray, batch_size: int):
        self.n, self.batch_size = len(X), batch_size
        self.natural_order = np.arange(self.n)
        self.natural_order.flags.writeable = False
        self._source_x = np.vstack([X.T, np.ones(self.n)])
        self._source_t = targets
        self._x, self._t = self._source_x.copy(), self._source_t.copy()
        self._order = self.natural_order
        self._cuts = {}

    def new_order(self, rng) -> np.ndarray:
        """Return the row order of a new epoch: as they came without `rng`, else drawn from it."""
        if rng is None:
            return self.natural_order
        return np.argsort(rng.random(self.n), kind="stable")

    def arrange(self, order: np.ndarray) -> None:
        """Put the rows into this order (row indices, each once), unless they are in it already."""
        if order is self._order:
            return
        np.take(self._source_x, order, axis=1, out=self._x, mode="clip")
        np.take(self._source_t, order, axis=1, out=self._t, mode="clip")
        self._order = order

    def cut(self, position: int):
        """Return (stops, pieces) of the batches from row number `position` of the order on.

        stops: where each batch ends in the order. pieces: views (x_and_ones, targets) of shapes
        (n_inputs + 1, rows) and (n_outputs, rows); they follow every later `arrange`.
        """
        if position not in self._cuts:
            stops = [*range(position + self.batch_size, self.n, self.batch_size), self.n]
            starts = [position, *stops[:-1]]
            spans = [slice(a, b) for a, b in zip(starts, stops, strict=True)]
            pieces = [(self._x[:, span], self._t[:, span]) for span in spans]
            self._cuts[position] = (stops, pieces)
        return self._cuts[position]
