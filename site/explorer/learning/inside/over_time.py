"""What happened in every layer over time: gradients, flat units, the reach of updates.

A history keeps the parameters of its epochs, so gradients and flat units are worked out from it
afterwards, part by part, and cost training nothing. An update also needs the optimizer's memory,
which is kept of the present alone: where the optimizer has one, updates are noted while training
runs, at the epochs that are drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from explorer.learning.history import Record
from explorer.learning.inside.walk import next_step, options_of
from explorer.learning.problem import Problem
from explorer.learning.trainer import optimizer_of
from explorer.learning.until import Until
from nncore import Sequential, Workspace
from nncore.arrays import FloatArray
from nncore.diagnostics import flat_shares, layer_norms, update_shares
from nncore.losses import loss_for
from nncore.recording import record_step

if TYPE_CHECKING:
    from explorer.learning.experiment import Experiment


Key: TypeAlias = tuple[int, float | None]  # epoch and loss of a record

ROWS = 250  # training rows that are looked at, evenly chosen where there are more
KINDS = ("gradient", "flat", "update")


class OverTime:
    """Numbers per layer for the records of one experiment's history.

    Attributes:
        count: Grows with every number that is added.
    """

    def __init__(self) -> None:
        # The network and the data that the numbers are about.
        self.subject: tuple[Sequential, Problem] | None = None
        self.found: dict[Key, FloatArray] = {}  # (2, layers)
        self.updates: dict[Key, FloatArray] = {}  # (layers,)
        self.count = 0
        self.complete = True

    def follow(self, experiment: Experiment) -> None:
        """Forget all where the network or its data are others."""
        subject = experiment.model, experiment.problem
        if self.subject is None or any(a is not b for a, b in zip(subject, self.subject,
                                                                  strict=True)):  # fmt: skip
            self.subject, self.found, self.updates = subject, {}, {}
            rows = experiment.problem.train
            every = -(-len(rows.inputs) // ROWS)
            self.inputs, self.targets = rows.inputs[::every], rows.targets[::every]
            self.workspace = Workspace(experiment.model, len(self.inputs))

    def work(self, experiment: Experiment, deadline: Until) -> None:
        """Work out what the records of the history lack until `deadline`: that of now, then the
        first, then the newest.
        """
        self.follow(experiment)
        self.note_update(experiment)
        first, *others = experiment.history.records
        missing = [r for r in (*others[:-1], first, *others[-1:]) if key_of(r) not in self.found]
        while missing:
            record = missing.pop()
            self.found[key_of(record)] = self.numbers(experiment, record)
            self.count += 1
            if not deadline.left():
                break
        self.complete = not missing
        if len(self.found) > 2 * len(experiment.history.records):
            self.thin(experiment.history.records)

    def thin(self, records: list[Record]) -> None:
        """Let go of what belongs to records that the history has let go of."""
        keys = {key_of(record) for record in records}
        self.found = {key: value for key, value in self.found.items() if key in keys}
        self.updates = {key: value for key, value in self.updates.items() if key in keys}

    def numbers(self, experiment: Experiment, record: Record) -> FloatArray:
        """(2, layers): lengths of the gradient, shares of flat units under a record's weights."""
        model, loss = experiment.model, experiment.problem.loss
        gradient = model.loss_and_gradient(
            record.params, self.inputs, self.targets, loss, self.workspace
        )[1]
        fused = loss_for(loss, model.layers[-1].activation).activation is not None
        flat = flat_shares(model, record.params, self.inputs, fused_output=fused)
        if not optimizer_of(experiment.settings).n_slots:
            self.updates.setdefault(key_of(record), self.first_update(experiment, record))
        return np.array([layer_norms(model, gradient), flat])

    def first_update(self, experiment: Experiment, record: Record) -> FloatArray:
        """The update on the epoch's first batch, by an optimizer without a memory."""
        s, rows = experiment.settings, experiment.problem.train
        batch = slice(s.batch_size)
        options = options_of(experiment) | {"start": None}
        step = record_step(
            experiment.model, record.params, rows.inputs[batch], rows.targets[batch],
            batch_size=s.batch_size, **options,
        )[0]  # fmt: skip
        return update_shares(experiment.model, step.before, step.after)

    def note_update(self, experiment: Experiment) -> None:
        """The update that comes next, with the optimizer's memory as it is now."""
        record = experiment.history.records[-1]
        now = experiment.batch == 0 and experiment.epoch == record.epoch
        if not now or key_of(record) in self.updates or experiment.measuring is not None:
            return
        step = next_step(experiment)
        self.updates[key_of(record)] = update_shares(experiment.model, step.before, step.after)
        self.count += 1

    def missing_before(self, experiment: Experiment) -> int | None:
        """The first epoch whose update is known, where the run's earlier ones are not: the
        optimizer has a memory, and it was not noted then. None where nothing is missing."""
        records = experiment.history.records
        if not optimizer_of(experiment.settings).n_slots or key_of(records[0]) in self.updates:
            return None
        return next((r.epoch for r in records if key_of(r) in self.updates), records[-1].epoch)

    def columns(self, experiment: Experiment, kind: str, last: int | None = None) -> FloatArray:
        """Epochs, then one row per layer, of the records whose numbers are known by now; NaN for
        what cannot be said of a layer."""
        records = experiment.history.records
        if last is not None:
            records = [r for r in records if r.epoch >= records[-1].epoch - last]
        known: dict[Key, Any] = self.updates
        place: Any = ...
        if kind != "update":
            known, place = self.found, KINDS.index(kind)
        there = [(r.epoch, known[key][place]) for r in records if (key := key_of(r)) in known]
        if not there:
            there = [(records[-1].epoch, np.full(len(experiment.model.layers), np.nan))]
        epochs, rows = zip(*there, strict=True)
        return np.vstack([np.array(epochs, dtype=float), np.array(rows).T])


def key_of(record: Record) -> Key:
    return record.epoch, record.loss_train
