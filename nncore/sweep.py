"""Many runs, one after the other or side by side: what one run cannot prove.

A Setup says all about one run; `grid` makes one for every combination of values and seeds; and
`sweep` trains them and yields a Run for each, with its curves. Runs that differ in numbers alone
share their data and their compiled network. With more than one worker, the runs are dealt out to
processes, and the results are the same.

    setups = grid(Setup(model, X, y), learning_rate=[0.01, 0.1], seed=range(500))
    losses = [run.losses[-1, 0] for run in sweep(setups, epochs=300, workers=8)]
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import product
from typing import Any

import numpy as np

from nncore.arrays import ArrayLike, FloatArray, IntArray, RandomSource
from nncore.batches import Batches
from nncore.checks import invalid, whole_number
from nncore.learner import Learner, Learning, TakesOver
from nncore.measuring import Measure
from nncore.model import Sequential
from nncore.optimizer import Optimizer
from nncore.optimizers import SGD
from nncore.processes import by_processes
from nncore.regularizers import Regularizer
from nncore.training import rates_of_rounds, train_rounds

POINTS = 32  # measurements of a run, unless asked for otherwise
MOST_DRAWN = 256  # seeds whose first parameters are remembered
MOST_KEPT, KEPT_ROWS = 64, 100_000  # learners that are kept for later runs, and rows of all


@dataclass(frozen=True)
class Setup:
    """All about one run.

    Attributes:
        model, X, y, loss, optimizer, regularizer, batch_size, shuffle, schedule: As for train().
        test: A pair (X, y) that is only measured, or None.
        seed: A whole number, or a source of random numbers, which is used up; the first parameters
            come from it, and then the row orders.
        params: The first parameters, if they do not come from the seed.
        choice: What this run is called by.
    """

    model: Sequential
    X: ArrayLike
    y: ArrayLike
    test: tuple[ArrayLike, ArrayLike] | None = None
    seed: int | RandomSource = 0
    params: FloatArray | None = None
    loss: str = "half_mse"
    optimizer: Optimizer = SGD(0.03)
    regularizer: Regularizer | None = None
    batch_size: int = 10
    shuffle: bool = False
    schedule: Callable[[int], float] | None = None
    choice: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """What became of a Setup.

    Attributes:
        choice: The Setup's.
        epochs: (k,) how many were done at each measurement, the last at the end.
        losses, right: (k, s) losses and numbers of right answers on the data and, if there is one,
            on the test set; see nncore.measuring.Measured.
        params: The last ones, (n_params,).
        diverged: Whether a loss was no longer finite, which ends a run.
        engine: What did the work.
    """

    choice: Mapping[str, Any]
    epochs: IntArray
    losses: FloatArray
    right: FloatArray
    params: FloatArray
    diverged: bool
    engine: str

    @property
    def nbytes(self) -> int:
        """How much memory its numbers take."""
        return sum(a.nbytes for a in (self.epochs, self.losses, self.right, self.params))


def grid(base: Setup, **values: Iterable[Any]) -> Iterator[Setup]:
    """Yield a Setup for every combination of values, the last name's changing fastest.

    Args:
        values: For a field of Setup, or learning_rate, the values that it is to take. Each Setup's
            choice is that of `base` with the names and values of its own.

    Raises:
        ValueError: For an unknown name and for a name without values.
    """
    fields = set(Setup.__dataclass_fields__) - {"choice"}
    lists = {name: list(each) for name, each in values.items()}
    for name, each in lists.items():
        if name not in fields | {"learning_rate"}:
            raise invalid("grid's names", "fields of Setup, or learning_rate", name)
        if not each:
            raise invalid(name, "one or more values", each)
    return (
        _changed(base, dict(zip(lists, each, strict=True))) for each in product(*lists.values())
    )


def _changed(base: Setup, choice: dict[str, Any]) -> Setup:
    fields = dict(choice)
    rate = fields.pop("learning_rate", None)
    if rate is not None:
        fields["optimizer"] = replace(fields.get("optimizer", base.optimizer), learning_rate=rate)
    return replace(base, **fields, choice={**base.choice, **choice})


def sweep(
    setups: Iterable[Setup],
    *,
    epochs: int = 300,
    points: int = POINTS,
    engine: TakesOver | Callable[[], TakesOver] | None = None,
    workers: int = 1,
) -> Iterator[Run]:
    """Train every Setup for so many epochs; yield a Run for each, in their order.

    Args:
        points: How many measurements a run has, at most.
        engine: As for train(), or a function that makes one, such as
            nncore.kernel.native.WasmtimeEngine.
        workers: With more than one, processes share the work; each makes its own engine, so
            `engine` must then be such a function (or None). A script that asks for workers keeps
            its own work under `if __name__ == "__main__"`.

    Raises:
        ValueError: For bad numbers at once, and for a bad Setup when it is its turn.
    """
    whole_number("epochs", epochs, 1)
    whole_number("points", points, 1)
    whole_number("workers", workers, 1)
    task = partial(_runs, epochs=epochs, points=points, engine=engine)
    if workers == 1:
        return task(setups)
    if engine is not None and not callable(engine):
        raise invalid("engine", "a function that makes one where there are workers", engine)
    return by_processes(setups, task, workers)


def pieces(
    setups: Iterable[Setup],
    *,
    epochs: int,
    points: int = POINTS,
    engine: TakesOver | None = None,
    rounds: int | Callable[[], int] = 1,
) -> Generator[Run | None, None, None]:
    """Do the same as `sweep`, but also yield None now and then: for a busy page.

    Before and after another network is prepared (compiled), which takes longest, there is a None,
    too.

    Args:
        rounds: After so many measurements there is a None, or a function that gives the number anew
            each time.
    """
    trainer = Trainer(epochs, points, engine)
    for setup in setups:
        yield from trainer.run(setup, rounds)


def _runs(
    setups: Iterable[Setup],
    epochs: int,
    points: int,
    engine: TakesOver | Callable[[], TakesOver] | None,
) -> Iterator[Run]:
    trainer = Trainer(epochs, points, engine() if callable(engine) else engine)
    for setup in setups:
        yield from (run for run in trainer.run(setup, points) if run is not None)


def run_of(
    setup: Setup, found: list[tuple[Any, ...]], params: FloatArray, diverged: bool, engine: str
) -> Run:
    """Return a Run from its parts: (epochs, losses, right) of each."""
    epochs, losses, right = (np.concatenate(each) for each in zip(*found, strict=True))
    return Run(setup.choice, epochs, losses, right, params, diverged, engine)


class Trainer:
    """Trains setups; a learner goes on from one to a later one where only numbers differ."""

    def __init__(self, epochs: int, points: int, engine: TakesOver | None) -> None:
        self.epochs, self.engine = epochs, engine
        self.every = -(-epochs // points)
        # By key: a learner, what belongs to it, and what the key's identities are of.
        self.kept: OrderedDict[tuple[Any, ...], tuple[Any, ...]] = OrderedDict()
        self.drawn_for: Sequential | None = None
        self.drawn: dict[int | np.integer, FloatArray] = {}  # seed -> first parameters

    def run(self, setup: Setup, rounds: int | Callable[[], int]) -> Iterator[Run | None]:
        """Yield the Run, and None after every so many measurements before it."""
        is_new = self._key(setup) not in self.kept
        if is_new:
            yield None
        learner, batches, measure, rng = self.begin(setup)
        if is_new:
            yield None
        epoch, found, ended = 0, [], False
        while epoch < self.epochs and not ended:
            rates = self.rates(setup, epoch, rounds() if callable(rounds) else rounds)
            part = train_rounds(learner, batches, epoch, rates, rng, measure)
            found.append((part.epochs, part.losses, part.right))
            epoch, ended = int(part.epochs[-1]), measure.ends(part.losses[-1])
            if epoch < self.epochs and not ended:
                yield None
        yield run_of(setup, found, learner.params.copy(), ended, learner.engine)

    def begin(self, setup: Setup) -> tuple[Learning, Batches, Measure, RandomSource | None]:
        """Have a learner stand where a run begins; the last is what gives row orders, if any."""
        params, rng = self._first(setup)
        key = self._key(setup)
        if key not in self.kept:
            self.kept[key] = (*self._made(setup, params), setup.X, setup.y, setup.test)
            self._forget()
        self.kept.move_to_end(key)
        learner, batches, measure, *_ = self.kept[key]
        learner.restart(params, setup.optimizer, setup.regularizer)
        return learner, batches, measure, rng

    def rates(self, setup: Setup, epoch: int, most: int) -> FloatArray:
        """Return the learning rates of the next epochs, up to `most` measurements: (rounds,
        epochs).
        """
        left = self.epochs - epoch
        shape = (min(most, left // self.every), self.every) if left >= self.every else (1, left)
        rate = setup.optimizer.learning_rate
        return rates_of_rounds(rate, epoch, *shape, setup.schedule)

    def _forget(self) -> None:
        """Let the oldest learners go where there are too many."""
        rows = sum(batches.n for _, batches, *_ in self.kept.values())
        while len(self.kept) > 1 and (len(self.kept) > MOST_KEPT or rows > KEPT_ROWS):
            _, (_, batches, *_) = self.kept.popitem(last=False)
            rows -= batches.n

    def _first(self, setup: Setup) -> tuple[FloatArray, RandomSource | None]:
        """Return the first parameters, and what gives row orders, if that is wanted."""
        seed = setup.seed
        if not isinstance(seed, (int, np.integer)):
            params = setup.model.init(seed) if setup.params is None else setup.params
            return params, seed if setup.shuffle else None
        if setup.shuffle:
            source = np.random.default_rng(seed)
            params = setup.model.init(source) if setup.params is None else setup.params
            return params, source
        return self._drawn(setup.model, seed) if setup.params is None else setup.params, None

    def _drawn(self, model: Sequential, seed: int | np.integer) -> FloatArray:
        """Return what a seed draws: learning rates and other numbers share it."""
        if model is not self.drawn_for or len(self.drawn) >= MOST_DRAWN:
            self.drawn_for, self.drawn = model, {}
        if seed not in self.drawn:
            self.drawn[seed] = model.init(np.random.default_rng(seed))
        return self.drawn[seed]

    @staticmethod
    def _key(setup: Setup) -> tuple[Any, ...]:
        """Return what runs must have in common to share a learner."""
        kinds = type(setup.optimizer), type(setup.regularizer)
        data = map(id, (setup.X, setup.y, *(setup.test or ())))
        return setup.model, setup.loss, setup.batch_size, *kinds, *data

    def _made(self, setup: Setup, params: FloatArray) -> tuple[Learning, Batches, Measure]:
        model = setup.model
        rule, rows, targets = model.check_data(setup.X, setup.y, setup.loss)
        if setup.test is not None:
            model.check_data(*setup.test, setup.loss)
        whole_number("batch_size", setup.batch_size, 1)
        mask = np.zeros(model.n_params, dtype=bool)
        numbers = setup.optimizer, setup.regularizer
        learner = Learner(model, params, rule, *numbers, mask, None)
        batches = Batches(rows, targets, setup.batch_size)
        by = learner if self.engine is None else self.engine.take_over(learner, batches)
        sets = [(setup.X, setup.y), *([] if setup.test is None else [setup.test])]
        return by, batches, Measure(sets)
