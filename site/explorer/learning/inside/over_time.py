"""What happened in every layer over time: gradients, flat units, the reach of updates.

A history keeps the parameters of its epochs, and at some of them the optimizer's memory. So all
of it is worked out afterwards, part by part, when it is wanted, for the whole run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from explorer.learning.history import Record
from explorer.learning.inside.walk import choices_of, next_step
from explorer.learning.moments import Moment, in_force
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
Task: TypeAlias = tuple[int, Callable[..., None], Any]  # epoch, what to call, with what

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
        """Work out what the history lacks until `deadline`: that of now, then the first, then the
        newest.
        """
        self.follow(experiment)
        self.note_update(experiment)
        records, moments = experiment.history.records, experiment.history.moments
        missing = self.missing(experiment)
        while missing:
            _, task, subject = missing.pop()
            task(experiment, subject)
            self.count += 1
            if not deadline.left():
                break
        self.complete = not missing
        if len(self.found) + len(self.updates) > 4 * (len(records) + len(moments)):
            self.thin(experiment)

    def missing(self, experiment: Experiment) -> list[Task]:
        """What there is to do, the most urgent last."""
        records, moments = experiment.history.records, experiment.history.moments
        tasks: list[Task] = [
            (m.epoch, self.update_after, m) for m in moments if key_of(m.record) not in self.updates
        ]
        tasks += [(r.epoch, self.numbers, r) for r in records if key_of(r) not in self.found]
        first, last = records[0].epoch, records[-1].epoch
        return sorted(tasks, key=lambda each: (each[0] == last, each[0] == first, each[0]))

    def thin(self, experiment: Experiment) -> None:
        """Let go of what belongs to records that the history has let go of."""
        history = experiment.history
        keys = {key_of(r) for r in (*history.records, *(m.record for m in history.moments))}
        self.found = {key: value for key, value in self.found.items() if key in keys}
        self.updates = {key: value for key, value in self.updates.items() if key in keys}

    def numbers(self, experiment: Experiment, record: Record) -> None:
        """Lengths of the gradient and shares of flat units under a record's weights; its update,
        too, where the optimizer has no memory."""
        model, loss = experiment.model, experiment.problem.loss
        gradient = model.loss_and_gradient(
            record.params, self.inputs, self.targets, loss, self.workspace
        )[1]
        fused = loss_for(loss, model.layers[-1].activation).activation is not None
        flat = flat_shares(model, record.params, self.inputs, fused_output=fused)
        self.found[key_of(record)] = np.array([layer_norms(model, gradient), flat])
        moment = in_force(experiment.history.moments, record.epoch)
        if not optimizer_of(moment.settings).n_slots and key_of(record) not in self.updates:
            start = moment.progress or experiment.progress
            if record.epoch and start is not None:
                start = replace(start, epoch=record.epoch, batch=0, position=0)
            self.update_after(experiment, moment._replace(record=record, progress=start))

    def update_after(self, experiment: Experiment, moment: Moment) -> None:
        """The update on the rows' first batch, as training stood at a moment."""
        problem, s, model = experiment.problem, moment.settings, experiment.model
        batch = slice(s.batch_size)
        step = record_step(
            model, moment.record.params, problem.train.inputs[batch], problem.train.targets[batch],
            batch_size=s.batch_size, start=moment.progress,
            **choices_of(s, problem, moment.frozen),
        )[0]  # fmt: skip
        shares = update_shares(model, step.before, step.after)
        self.updates[key_of(moment.record)] = shares

    def note_update(self, experiment: Experiment) -> None:
        """The update that comes next, on the batch that comes next."""
        record = experiment.history.records[-1]
        now = experiment.batch == 0 and experiment.epoch == record.epoch
        if not now or key_of(record) in self.updates or experiment.measuring is not None:
            return
        step = next_step(experiment)
        self.updates[key_of(record)] = update_shares(experiment.model, step.before, step.after)
        self.count += 1

    def columns(self, experiment: Experiment, kind: str, last: int | None = None) -> FloatArray:
        """Epochs, then one row per layer, of the records whose numbers are known by now; NaN for
        what cannot be said of a layer."""
        records = experiment.history.records
        known: dict[Key, Any] = self.updates
        place: Any = ...
        if kind == "update":
            of_moments = (moment.record for moment in experiment.history.moments)
            both = {key_of(record): record for record in (*of_moments, *records)}
            records = sorted(both.values(), key=lambda record: record.epoch)
        else:
            known, place = self.found, KINDS.index(kind)
        if last is not None:
            records = [r for r in records if r.epoch >= records[-1].epoch - last]
        there = [(r.epoch, known[key][place]) for r in records if (key := key_of(r)) in known]
        if not there:
            there = [(records[-1].epoch, np.full(len(experiment.model.layers), np.nan))]
        epochs, rows = zip(*there, strict=True)
        return np.vstack([np.array(epochs, dtype=float), np.array(rows).T])


def key_of(record: Record) -> Key:
    return record.epoch, record.loss_train
