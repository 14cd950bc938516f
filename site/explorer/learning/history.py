"""What happened at every epoch, in bounded memory.

The newest epochs are kept one by one; older ones are thinned: whenever the list is full, only
every second, fourth, eighth ... old epoch is kept, the same distance over the whole run. So a
million epochs stay light, and the shape of the curve stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nncore.arrays import FloatArray, IntArray

if TYPE_CHECKING:
    from explorer.learning.moments import Moment

RECENT = 200  # epochs that are always kept one by one
MOST = 1000  # records kept in all
MOST_MARKS = 50


class Record(NamedTuple):
    """The state after one epoch. Losses are None where there is no such data, or no number yet."""

    epoch: int
    loss_train: float | None
    loss_test: float | None
    score_train: float | None  # accuracy, or R squared for regression
    score_test: float | None
    params: FloatArray  # a copy
    confusion: IntArray | None = None  # of the training rows: true classes by answers


@dataclass
class History:
    """The records of one run, oldest first."""

    records: list[Record] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)  # what training went by, at some epochs
    marks: list[tuple[int, str, str]] = field(default_factory=list)  # (epoch, setting, its value)

    def add(self, record: Record) -> None:
        """Append a record; thin the old ones when the list is full.

        A record of an earlier epoch than the last replaces everything from there on.
        """
        self.extend([record])

    def extend(self, records: list[Record]) -> None:
        """The same for the records of some epochs in their order."""
        while self.records and self.records[-1].epoch >= records[0].epoch:
            self.records.pop()
        while records:
            room = MOST + 1 - len(self.records)
            self.records += records[:room]
            records = records[room:]
            if len(self.records) > MOST:
                self.thin()

    def thin(self) -> None:
        """Let old records go. Those that stay let go of the others' parameters, too."""
        old, recent = self.records[:-RECENT], self.records[-RECENT:]
        apart = 1
        while recent[-1].epoch > apart * (MOST - RECENT) // 2:
            apart *= 2
        kept = [r for r in old if r.epoch % apart == 0]
        own = [r if r.params.base is None else r._replace(params=r.params.copy()) for r in kept]
        self.records = own + recent

    def copy(self) -> History:
        """A history of the same records that goes its own way from here."""
        return History(list(self.records), list(self.moments), list(self.marks))

    def mark(self, epoch: int, name: str, value: str) -> None:
        """Note that a setting was changed at this epoch, and to what, as a link writes it."""
        self.marks.append((epoch, name, value))
        del self.marks[:-MOST_MARKS]

    def nearest(self, epoch: int) -> Record:
        """The record closest to `epoch`."""
        return min(self.records, key=lambda r: abs(r.epoch - epoch))

    def columns(self, names: Sequence[str], last: int | None = None) -> FloatArray:
        """The named numbers of all records, or of the `last` epochs, as float arrays.

        Missing numbers (no test data) are NaN.
        """
        records = self.records
        if last is not None and records:
            first = records[-1].epoch - last
            records = [r for r in records if r.epoch >= first]
        found = dict(zip(Record._fields, zip(*records, strict=True), strict=False))
        return np.array([found.get(name, ()) for name in names], dtype=float)
