"""The course of a run as a text for an experiment file: losses, scores and weights by epoch.

Numbers are float64, little-endian, packed with deflate (RFC 1950) into letters and digits. Of a
long run as many epochs are kept as fit in, the same distance apart. A text that comes back is data:
it is unpacked up to a limit, and has to be of the network that it comes with.
"""

import zlib

import numpy as np

from explorer.learning.history import MOST, Record
from explorer.settings.letters import from_letters, to_letters

MOST_BYTES = 2_000_000  # before they are packed
NUMBERS = 5  # of a record, beside its weights: those of Record, in its order


def packed(experiment):
    """The epochs before the one that is shown, as a text."""
    records = [r for r in experiment.history.records if r.epoch < experiment.epoch]
    width = NUMBERS + experiment.model.n_params
    apart = -(-len(records) * width * 8 // MOST_BYTES) or 1
    rows = [[*map(number, record[:NUMBERS]), *record.params] for record in records[::apart]]
    content = np.array(rows, "<f8").tobytes()
    return to_letters(zlib.compress(content))


def number(value):
    """A number of a record; NaN where there is none."""
    return np.nan if value is None else value


def unpacked(text, n_params, epoch):
    """Return the Records of a text, of epochs before `epoch`.

    Raises:
        ValueError: If it is none, or of another network.
    """
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(from_letters(text), MOST_BYTES + 8 * (NUMBERS + n_params))
    except zlib.error as error:
        raise ValueError(str(error)) from None
    width = NUMBERS + n_params
    if not unpacker.eof or len(content) % (8 * width) or len(content) > 8 * width * MOST:
        raise ValueError("history is not whole")
    table = np.frombuffer(content, "<f8").reshape(-1, width).astype(float)
    epochs, params = table[:, 0], table[:, NUMBERS:]
    whole = (epochs == np.floor(epochs)) & (epochs >= 0) & (epochs < epoch)
    if not np.isfinite(params).all() or not whole.all():
        raise ValueError("history has no such epochs or weights")
    if (np.diff(epochs) <= 0).any() or np.isinf(table).any():
        raise ValueError("history is not in order")
    return [record(row) for row in table]


def record(row):
    """The Record of a row of numbers."""
    numbers = [None if np.isnan(value) else float(value) for value in row[1:NUMBERS]]
    return Record(int(row[0]), *numbers, row[NUMBERS:].copy())
