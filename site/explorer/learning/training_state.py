"""Where an experiment stands: all that has to be put back for it to go on from there.

What can be worked out again is no part of it: data laid out for measuring and for the compiled
network, and what is under way. A field of Experiment that is to outlive an undo is named here.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from explorer.learning.history import History, Record
from explorer.learning.problem import Problem
from explorer.settings.settings import Settings
from nncore import Progress, Sequential
from nncore.arrays import BoolArray, FloatArray, IntArray, RandomSource
from nncore.kernel.compiled import CompiledModel

if TYPE_CHECKING:
    from explorer.learning.experiment import Experiment


@dataclass(frozen=True)
class TrainingState:
    """One moment of an experiment; made by `Experiment.save`, for `Experiment.restore`."""

    settings: Settings
    origin: dict[str, Any]  # what was chosen by hand when the network was made
    problem: Problem
    model: Sequential
    compiled: CompiledModel | None  # the network for the engine, or None
    engine_name: str
    drawn: FloatArray  # the parameters as the seed draws them
    params: FloatArray
    frozen: BoolArray
    too_many: bool  # whether what was done by hand is more than a link can carry
    order: RandomSource | None  # the stream that shuffles the rows, or None before it is wanted
    progress: Progress | None
    epoch: int
    batch: int
    batch_rows: IntArray | None
    diverged_at: int | None
    history: History
    shown: Record
    is_measuring: bool  # whether a measurement was under way, which has to begin anew

    @classmethod
    def of(cls, experiment: Experiment) -> TrainingState:
        """Return the state of an experiment."""
        names = [
            field.name for field in fields(cls) if field.name not in ("history", "is_measuring")
        ]
        return cls(
            **{name: getattr(experiment, name) for name in names},
            history=experiment.history.copy(),
            is_measuring=experiment.measuring is not None,
        )

    def values(self) -> dict[str, Any]:
        """Return the experiment's fields as they are to be put back, by name."""
        names = [field.name for field in fields(self) if field.name != "is_measuring"]
        return {name: getattr(self, name) for name in names} | {"history": self.history.copy()}

    @property
    def sizes(self) -> dict[int, int]:
        """{identity: bytes} of what is large. What states share, such as the data or the records
        of one run, has one identity, so that it counts once."""
        shares = self.problem.train, self.problem.test
        arrays = [array for rows in shares for array in vars(rows).values() if array is not None]
        arrays += [self.params, self.frozen]
        if self.progress is not None:
            arrays += [self.progress.order, self.progress.state.slots, self.progress.params]
        found = {id(array): array.nbytes for array in arrays}
        # The records of one run begin with the same one.
        records = self.history.records
        found[id(records[0])] = sum(record.params.nbytes for record in records)
        found |= {id(moment): moment.nbytes for moment in self.history.moments}
        return found

    @property
    def nbytes(self) -> int:
        """How much memory it holds, in bytes."""
        return sum(self.sizes.values())
