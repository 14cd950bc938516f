"""What training goes by at some epochs of a run: the settings, and the optimizer's memory.

With it the update that followed an epoch can be worked out at any later time, so that training
need not wait for that. Copying a memory takes a few microseconds. Moments are thinned as a run
grows, and their number is bounded by their size.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from explorer.learning.history import Record
from explorer.learning.trainer import optimizer_of, regularizer_of, schedule_of
from explorer.settings.settings import Settings
from nncore import Progress
from nncore.arrays import BoolArray

if TYPE_CHECKING:
    from explorer.learning.experiment import Experiment


MOST = 160  # moments kept in all
RECENT = 40  # the newest of them are not thinned
NUMBERS = 1_000_000  # in all memories that are kept


class Moment(NamedTuple):
    """Where training stood after an epoch.

    Attributes:
        record: What the history knows of the epoch.
        progress: The start of the next epoch, with copies; None before the first.
    """

    record: Record
    settings: Settings
    frozen: BoolArray
    progress: Progress | None

    @property
    def epoch(self) -> int:
        return self.record.epoch

    @property
    def nbytes(self) -> int:
        """The bytes of what it alone holds."""
        return 0 if self.progress is None else self.progress.state.slots.nbytes


def record(experiment: Experiment) -> None:
    """Write an epoch that was just completed into the history, with its moment."""
    experiment.history.add(experiment.shown)
    remember(experiment.history.moments, experiment)


def remember(moments: list[Moment], experiment: Experiment) -> None:
    """Add the moment of an epoch that was just completed, if it tells more than the last one.

    An optimizer without a memory goes by the settings alone.
    """
    e, shown = experiment, experiment.shown
    while moments and moments[-1].epoch >= shown.epoch:
        moments.pop()
    progress = e.progress
    if moments:
        last = moments[-1]
        same = last.frozen is e.frozen and goes_by_same(last.settings, e.settings)
        has_memory = progress is not None and progress.state.slots.size
        if same and not (has_memory and shown.epoch >= last.epoch + apart(shown.epoch)):
            return
    if progress is not None:
        progress = replace(
            progress, epoch=shown.epoch, batch=0, position=0, rows=None, params=shown.params,
            state=progress.state.copy(), dead=progress.dead.copy(), outputs=None, measured=None,
        )  # fmt: skip
    moments.append(Moment(shown, e.settings, e.frozen, progress))
    if len(moments) > most(moments[-1]):
        moments[:] = thinned(moments)


def goes_by_same(one: Settings, other: Settings) -> bool:
    """Whether two settings mean the same to an update."""
    return one is other or choices(one) == choices(other)


def choices(s: Settings) -> tuple[object, ...]:
    return optimizer_of(s), regularizer_of(s), schedule_of(s), s.batch_size


def most(moment: Moment) -> int:
    """How many moments of this size are kept."""
    size = 1 if moment.progress is None else moment.progress.state.slots.size
    return max(4, min(MOST, NUMBERS // max(size, 1)))


def apart(epoch: int) -> int:
    """How many epochs lie at least between the last moment and one that is added at `epoch`."""
    return max(1, epoch // (8 * MOST))


def thinned(moments: list[Moment]) -> list[Moment]:
    """Return the newest quarter, and of the older ones about every second, evenly over the run.

    The first stays, and so does the first with other settings.
    """
    n_recent = min(RECENT, len(moments) // 4)
    old, recent = moments[: len(moments) - n_recent], moments[len(moments) - n_recent :]
    wide = 2 * (old[-1].epoch - old[0].epoch) / max(len(old) - 1, 1)
    kept = old[:1]
    for moment in old[1:]:
        last = kept[-1]
        same = last.frozen is moment.frozen and goes_by_same(last.settings, moment.settings)
        if not same or moment.epoch >= last.epoch + wide:
            kept.append(moment)
    return (kept if len(kept) < len(old) else old[::2]) + recent


def in_force(moments: list[Moment], epoch: int) -> Moment:
    """Return the last moment that is not after an epoch."""
    return next((m for m in reversed(moments) if m.epoch <= epoch), moments[0])
