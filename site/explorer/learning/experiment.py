"""One experiment: data, network, parameters and what happened, for one Settings.

The experiment owns all that changes. It trains when told to, by epochs, by batches or in parts of
any size, and gives snapshots; it neither draws nor knows a clock. However training is cut, the
numbers are the same. The playground and the Wine lab show an experiment in different ways.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from dataclasses import replace

import numpy as np

from explorer.learning import by_hand, moments, pulls
from explorer.learning.evaluation import Evaluation, Result
from explorer.learning.history import History, Record
from explorer.learning.map_computer import MapComputer
from explorer.learning.problem import Problem, generator, make_problem
from explorer.learning.snapshot import Snapshot
from explorer.learning.trainer import optimizer_of, training
from explorer.learning.training_state import TrainingState
from explorer.settings.settings import DATA, WEIGHTS, Settings, invalidated
from nncore import Progress
from nncore.arrays import IntArray, RandomSource
from nncore.kernel.compiled import CompiledModel
from nncore.kernel.engine import Engine
from nncore.kernel.plan import Unsupported
from nncore.pauses import result_of

WHOLE = 1 << 30  # more batches than an epoch ever has


class Experiment:
    """The state behind one view. `change` takes new settings, `step` trains one epoch.

    Args:
        engine: An nncore.kernel Engine that does the arithmetic compiled; None leaves it to NumPy.
    """

    def __init__(
        self, settings: Settings, engine: Engine | None = None, problem: Problem | None = None
    ) -> None:
        self.settings, self.engine = settings, engine
        self.rebuild(problem)

    # What the settings ask for ----------------------------------------------------------

    def rebuild(self, problem: Problem | None = None) -> None:
        """Make data and network anew from the settings, and start at epoch 0."""
        self.measuring: Generator[None, None, list[Result]] | None = None
        self.take_problem(problem)
        self.model = self.problem.model(self.settings)
        self.origin = by_hand.choice(self.settings)
        self.compile()
        self.reset()

    def compile(self) -> None:
        """Compile the network if that is wanted and can be had; NumPy is the reference."""
        self.compiled: CompiledModel | None = None
        self.engine_name = "NumPy"
        self.evaluations: list[Evaluation] | None = None
        self.training: Iterator[Progress] | None = None
        engine = self.wanted_engine
        try:
            if engine is not None:
                self.compiled = engine.model(self.model, self.problem.loss)
                self.engine_name = engine.name
        except Unsupported as reason:
            self.engine_name = f"NumPy ({reason})"
        self.computer = MapComputer(self.model, self.compiled, self.problem)

    @property
    def wanted_engine(self) -> Engine | None:
        return self.engine if self.settings.engine == "compiled" else None

    def take_problem(self, problem: Problem | None) -> None:
        self.problem = problem or make_problem(self.settings, self.engine)
        self.evaluations = None

    def reset(self) -> None:
        """Back to epoch 0: the same initial weights, those set by hand included."""
        self.settings = by_hand.from_start(self)
        self.drawn, stream = by_hand.draw(self)
        self.order: RandomSource | None = None if self.problem.on_plane else stream
        self.params, self.frozen = by_hand.start(self.settings, self.drawn)
        self.too_many = False  # whether what was done by hand is more than a link can carry
        self.progress: Progress | None = None
        self.epoch = self.batch = 0
        self.batch_rows: IntArray | None = None  # those just learned from, in slow motion
        self.diverged_at: int | None = None
        self.evaluations = self.training = None
        self.history = History()
        self.shown = Record(0, None, None, None, None, self.params.copy())  # not yet measured
        self.history.add(self.shown)
        self.record()

    def change(self, settings: Settings, problem: Problem | None = None) -> str:
        """Take new settings (and their Problem, if it is there); return what they invalidate."""
        undone = invalidated(self.settings, settings)
        other_engine = settings.engine != self.settings.engine
        self.settings = settings
        if undone in (DATA, WEIGHTS):
            self.rebuild(problem)
        elif other_engine:
            self.compile()
            if self.measuring is not None:
                self.record()
        else:
            self.training = None  # the next step continues with the new choices
        return undone

    def renew(self, settings: Settings, problem: Problem | None = None) -> None:
        """Other points, such as those of a new seed; the network keeps weights and epoch."""
        self.settings = settings
        self.take_problem(problem)
        by_hand.draw_again(self)
        self.training = None
        self.record()

    # Training -----------------------------------------------------------------------------

    def step(self) -> None:
        """Train to the end of the epoch, and measure it."""
        within = self.measuring is not None and self.batch > 0  # all batches are done
        self.finish_measuring()
        if not within:
            self.work()
            self.finish_measuring()

    def work(self, batches: int = WHOLE, through: bool = False) -> int:
        """Do a part of the work that is next, so that the page need not wait for all of it.

        Train up to so many batches of the epoch, and `through` whole epochs if there are more;
        or, where many rows have to be measured, measure some of them. Return the number of
        batches. Until an epoch is measured it does not count: `epoch`, `shown` and the history
        are those of the last one that is.
        """
        if self.measuring is not None:
            self.measure()
            return 0
        self.diverged_at = None
        self.portion, self.rounds = batches, pulls.rounds(self, batches) if through else 0
        self.progress = progress = next(self.prepare())
        self.params = progress.params
        if progress.measured is not None:
            return pulls.take(self, progress)
        self.batch_rows = progress.rows if batches == 1 else None
        done = (progress.batch or progress.n_batches) - self.batch
        self.batch = progress.batch or progress.n_batches
        if progress.batch == 0:
            self.record()
        elif not np.isfinite(self.params).all():
            self.diverge()
        return done

    def prepare(self) -> Iterator[Progress]:
        """Lay out the rows to train on, unless they are: very many take a part of a frame."""
        if self.training is None:
            self.training = training(self)
        return self.training

    @property
    def rng(self) -> RandomSource:
        """What shuffles the rows: the stream, where the weights left off. The playground's own has
        no draws for it, so its data sets shuffle by a generator of the same seed, made when it is
        wanted, because NumPy's generators take long to load."""
        if self.order is None:
            self.order = generator(self.settings.seed)
        return self.order

    @property
    def diverged(self) -> bool:
        return self.diverged_at is not None

    @property
    def finished(self) -> bool:
        """Training stops by itself: the last epoch is reached, the loss is low, or it blew up."""
        s, loss = self.settings, self.shown.loss_train
        is_whole = self.batch == 0 and self.measuring is None
        return (
            self.diverged
            or 0 < s.stop_epoch <= self.epoch
            or (s.stop_loss > 0 and is_whole and loss is not None and loss <= s.stop_loss)
        )

    # Measuring ------------------------------------------------------------------------------

    def record(self) -> None:
        """Measure the network on all rows, and write a completed epoch into the history.

        Where there are many rows, `work` does it part by part.
        """
        if self.evaluations is None:
            shares = (self.problem.train, self.problem.test)
            self.evaluations = [
                Evaluation(self.model, self.problem, rows, self.compiled) for rows in shares
            ]
        self.measuring = self.measurement()
        if all(len(evaluation.spans) < 2 for evaluation in self.evaluations):
            self.finish_measuring()

    def measurement(self) -> Generator[None, None, list[Result]]:
        """A generator that waits between the parts of a measurement, and returns it."""
        results: list[Result] = []
        for evaluation in self.evaluations or ():
            if results:
                yield
            results.append((yield from evaluation.parts(self.params)))
        return results

    def measure(self) -> None:
        """The next part of the measurement under way."""
        try:
            if self.measuring is not None:
                next(self.measuring)
        except StopIteration as end:
            self.measured(end.value)

    def finish_measuring(self) -> None:
        """All the parts of the measurement under way, if there is one."""
        if self.measuring is not None:
            self.measured(result_of(self.measuring))

    def measured(self, results: list[Result]) -> None:
        """Take a finished measurement: this is now what is shown."""
        self.measuring = None
        (loss_train, score_train), (loss_test, score_test) = results
        if self.batch and self.progress is not None and self.progress.batch == 0:
            self.epoch, self.batch = self.progress.epoch, 0
        losses = [loss for loss in (loss_train, loss_test) if loss is not None]
        if not all(map(math.isfinite, losses)) or pulls.has_blown_up(self, loss_train):
            self.diverge()
            return
        self.shown = Record(
            self.epoch, loss_train, loss_test, score_train, score_test, self.params.copy(),
            self.evaluations[0].confusion() if self.evaluations else None,
        )  # fmt: skip
        if self.batch == 0:  # within an epoch it is no record of that epoch
            moments.record(self)

    def diverge(self) -> None:
        """Training has blown up: remember when, and go back to the last good state."""
        self.diverged_at = self.epoch
        if self.history.records:
            self.go_to(self.history.records[-1])

    # Going back and changing weights by hand ------------------------------------------------

    def go_to(self, record: Record) -> None:
        """Take the parameters of an earlier epoch; training can go on from there.

        The optimizer's memory of earlier gradients starts anew.
        """
        self.shown = record = pulls.complete(self, record)
        self.params = record.params.copy()
        self.epoch, self.batch, self.batch_rows = record.epoch, 0, None
        self.training = self.measuring = None
        if self.progress is not None:
            self.progress = replace(
                self.progress, epoch=record.epoch, batch=0, position=0, params=self.params,
                state=optimizer_of(self.settings).init(self.model.n_params),
                dead=self.progress.dead & (self.params == 0),
            )  # fmt: skip
        if record.loss_train is None:  # it was left before it was measured
            self.record()

    def set_param(self, index: int | list[int], value: float | list[float]) -> None:
        """Set one weight or bias by hand, or some; losses and pictures follow at once."""
        self.params = self.params.copy()
        self.params[index] = value
        self.training = None
        if self.progress is not None:
            dead = self.progress.dead.copy()
            dead[index] = False
            self.progress = replace(self.progress, params=self.params, dead=dead)
        self.record()

    def freeze(self, index: int, held: bool) -> None:
        """Hold one weight or bias fixed in training, or let it go."""
        self.frozen = self.frozen.copy()
        self.frozen[index] = held
        self.training = None

    def save(self) -> TrainingState:
        """Return where it stands, for `restore`."""
        return TrainingState.of(self)

    def restore(self, state: TrainingState) -> None:
        """Go on from a TrainingState; a measurement that was under way then begins anew."""
        vars(self).update(state.values())
        self.computer = MapComputer(self.model, self.compiled, self.problem)
        self.evaluations = self.training = self.measuring = None
        if state.is_measuring:
            self.record()

    def snapshot(self) -> Snapshot:
        """The picture of now: arrays and numbers for the views."""
        return Snapshot(self)
