"""What was done to a run, short enough to hand in, and the replay that proves it.

A journal holds the settings with which a run began and every change while it went on, with the
epoch and the batch. Training is exact, so whoever has the journal has the run: `replay` trains it
again. What a journal cannot say (a network opened from a file, a weight set by hand on the way)
shows in a replay that comes to other numbers.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import NamedTuple

from explorer.learning.experiment import Experiment
from explorer.settings import link
from explorer.settings.settings import LOOKS, Settings
from nncore.kernel.engine import Engine

MOST_ENTRIES = 100
MOST_EPOCHS = 20_000
MOST_COST = 4e11  # multiplications and additions of a replay; some minutes
PIECE = 2_000_000  # of them, between two looks at the clock
CLOSE = 1e-6  # how far a loss may be from the one it is compared with, relatively
# What changes nothing of a run, as it is when nothing is said of it.
PLAIN = {name: getattr(Settings(), name) for name in (*LOOKS, "stop_epoch", "stop_loss")}


class Entry(NamedTuple):
    """Settings, as a link, and when they came."""

    epoch: int
    batch: int
    link: str


class NoReplay(ValueError):
    """What cannot be run again; the text is a key of the page's sentences."""


def plain(settings: Settings) -> Settings:
    """The settings without what does not concern the run."""
    return replace(settings, **PLAIN)


class Journal:
    """Written while the reader works."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def note(self, epoch: int, batch: int, settings: Settings) -> None:
        """These are the settings from this moment on; what was noted of a later one is gone."""
        entry = Entry(epoch, batch, link.encode(plain(settings)))
        self.entries = [e for e in self.entries if (e.epoch, e.batch) < (epoch, batch)]
        if not self.entries or self.entries[-1].link != entry.link:
            self.entries.append(entry)
        del self.entries[MOST_ENTRIES:]

    def until(self, epoch: int, batch: int) -> list[Entry]:
        """What leads to a moment."""
        return [e for e in self.entries if (e.epoch, e.batch) <= (epoch, batch)]


def replay(
    entries: Sequence[Entry], epoch: int, batch: int = 0, engine: Engine | None = None
) -> Generator[None, None, Experiment]:
    """Train a journal again, pausing between its parts, and return the Experiment.

    Raises:
        NoReplay: If the run cannot be trained again.
    """
    settings = [settings_of(entry.link) for entry in entries]
    moments = [(entry.epoch, entry.batch) for entry in entries]
    if not entries or moments[0] != (0, 0) or moments != sorted(set(moments)):
        raise NoReplay("no_journal")
    if len(entries) > MOST_ENTRIES or not moments[-1] <= (epoch, batch):
        raise NoReplay("no_journal")
    if epoch > MOST_EPOCHS:
        raise NoReplay("long_replay")
    experiment = Experiment(settings[0], engine)
    if epoch * cost_of_epoch(experiment) > MOST_COST:
        raise NoReplay("long_replay")
    for moment, each in zip(moments[1:], settings[1:], strict=True):
        yield from train_to(experiment, *moment)
        experiment.change(each)
        if experiment.epoch != moment[0]:
            raise NoReplay("no_journal")
    yield from train_to(experiment, epoch, batch)
    return experiment


def settings_of(text: str) -> Settings:
    settings, problems = link.decode(text)
    if problems:
        raise NoReplay("no_journal")
    return plain(settings)


def cost_of_epoch(experiment: Experiment) -> float:
    return 6.0 * experiment.model.n_params * len(experiment.problem.train.inputs) + 1000


def train_to(experiment: Experiment, epoch: int, batch: int) -> Generator[None, None, None]:
    """Train up to a moment, or until it blows up."""
    some = max(1, int(PIECE / cost_of_epoch(experiment)))
    experiment.finish_measuring()
    while experiment.epoch < epoch and not experiment.diverged:
        per_epoch = -(-len(experiment.problem.train.inputs) // experiment.settings.batch_size)
        left = (epoch - experiment.epoch) * per_epoch - experiment.batch
        experiment.work(min(left, some * per_epoch), through=True)
        experiment.finish_measuring()
        yield
    while experiment.batch < batch and not experiment.diverged:
        experiment.work(batch - experiment.batch)
        yield


def close(one: float | None, other: float | None) -> bool:
    """Whether two losses are the same but for rounding."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=CLOSE, abs_tol=1e-12)
