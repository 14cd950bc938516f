"""One experiment: data, network, parameters and what happened, for one Settings.

The experiment owns all that changes. It trains when told to, epoch by epoch or batch by batch,
and gives snapshots; it neither draws nor knows a clock. The playground and the Wine lab are
both an experiment shown in different ways.
"""

import math
from dataclasses import replace

from nncore import OPTIMIZERS, SCHEDULES, accuracy, classify, r2_score, train
from nncore.regularizers import REGULARIZERS

from explorer.history import History, Record
from explorer.problem import generator, make_problem
from explorer.settings import DATA, WEIGHTS, invalidated
from explorer.snapshot import Snapshot


class Experiment:
    """The state behind one view. `change` takes new settings, `step` trains one epoch."""

    def __init__(self, settings):
        self.settings = settings
        self.rebuild()

    # What the settings ask for ----------------------------------------------------------

    def rebuild(self):
        """Makes data and network anew from the settings, and starts at epoch 0."""
        self.problem = make_problem(self.settings)
        self.model = self.problem.model(self.settings)
        self.reset()

    def reset(self):
        """Back to epoch 0: the same seed gives the same initial weights."""
        stream = fresh(self.problem.stream)
        self.params = self.model.init(stream)
        # Shuffling goes on where the weights left off; the playground's own stream has no
        # draws for it, so its data sets shuffle by a generator of the same seed.
        self.rng = generator(self.settings.seed) if self.problem.on_plane else stream
        self.progress = None
        self.epoch = self.batch = 0
        self.diverged = False
        self.history = History()
        self.training = None
        self.record()

    def change(self, settings):
        """Takes new settings; rebuilds only what they invalidate. Gives what that was."""
        undone = invalidated(self.settings, settings)
        self.settings = settings
        if undone in (DATA, WEIGHTS):
            self.rebuild()
        else:
            self.training = None  # the next step continues with the new choices
        return undone

    def regenerate(self, seed):
        """New points from a new seed; the network keeps its weights and its epoch."""
        self.settings = replace(self.settings, seed=seed)
        self.problem = make_problem(self.settings)
        self.training = None
        self.record()

    # Training -----------------------------------------------------------------------------

    def step(self):
        """Trains to the end of the epoch."""
        self.pull("epoch")

    def step_batch(self):
        """Trains one mini-batch."""
        self.pull("batch")

    def pull(self, every):
        if self.training is None or self.training[0] != every:
            self.training = every, self.start(every)
        self.progress = next(self.training[1])
        self.params = self.progress.params
        self.epoch, self.batch = self.progress.epoch, self.progress.batch
        if self.batch == 0:
            self.record()

    def start(self, every):
        """A training generator with the choices of now, from where the last one stopped."""
        s, rows = self.settings, self.problem.train
        return train(
            self.model, self.params, rows.inputs, rows.targets, loss=self.problem.loss,
            optimizer=optimizer_of(s), regularizer=regularizer_of(s), batch_size=s.batch_size,
            shuffle=s.shuffle, rng=self.rng, schedule=schedule_of(s), every=every,
            start=self.progress,
        )  # fmt: skip

    @property
    def finished(self):
        """Training stops by itself: the last epoch is reached, the loss is low, or it blew up."""
        s, last = self.settings, self.history.records[-1]
        return (
            self.diverged
            or (s.stop_epoch > 0 and self.epoch >= s.stop_epoch)
            or (s.stop_loss > 0 and last.loss_train <= s.stop_loss and self.batch == 0)
        )

    # Numbers --------------------------------------------------------------------------------

    def record(self):
        """Evaluates the network on all rows and writes the epoch into the history."""
        loss_train, score_train = self.evaluate(self.problem.train)
        loss_test, score_test = self.evaluate(self.problem.test)
        if math.isfinite(loss_train):
            record = Record(
                self.epoch, loss_train, loss_test, score_train, score_test, self.params.copy()
            )
            self.history.cut(self.epoch - 1)
            self.history.add(record)
        else:
            self.diverged = True

    def evaluate(self, rows):
        """(loss, accuracy or R squared) on these rows; (None, None) if there are none."""
        if not len(rows.inputs):
            return None, None
        loss = self.model.loss(self.params, rows.inputs, rows.targets, self.problem.loss)
        outputs = self.model.predict(self.params, rows.inputs)
        if self.problem.task == "regression":
            return loss, r2_score(rows.labels, outputs[:, 0])
        if self.problem.loss == "binary_crossentropy":
            outputs = 2 * outputs - 1
        return loss, accuracy(rows.labels, classify(outputs))

    def features_at(self, record):
        """(features (n, 2), reach) of the last hidden layer at an earlier epoch, or None."""
        if not self.snapshot().has_plane:
            return None
        return self.snapshot().plane_at(record.params)

    def snapshot(self):
        """The picture of now: arrays and numbers for the views."""
        return Snapshot(self)


def fresh(stream):
    """An independent stream at the same position."""
    if hasattr(stream, "copy"):
        return stream.copy()
    twin = type(stream)(type(stream.bit_generator)())
    twin.bit_generator.state = stream.bit_generator.state
    return twin


def optimizer_of(s):
    """The optimizer of the settings, with its own parameters."""
    own = {
        "momentum": {"momentum": s.momentum},
        "nesterov": {"momentum": s.momentum},
        "rmsprop": {"rho": s.rho},
        "adam": {"beta_1": s.beta_1, "beta_2": s.beta_2},
    }
    return OPTIMIZERS[s.optimizer](s.learning_rate, **own.get(s.optimizer, {}))


def regularizer_of(s):
    if s.regularization == "none":
        return None
    return REGULARIZERS[s.regularization.lower()](s.regularization_rate)


def schedule_of(s):
    if s.schedule == "constant":
        return None
    return SCHEDULES[s.schedule](s.schedule_epochs)
