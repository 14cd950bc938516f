"""Many runs with a crew: others, such as a browser's workers, train where this Python only asks.

A Crew takes errands of the compiled kernel and answers when they are done. `Outside` has setups of
nncore.sweep trained by it: the same runs, to the last bit, in whatever order they come back. What a
crew cannot do (a network that is not compiled) it leaves to `pieces`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, Protocol

import numpy as np

from nncore.arrays import FloatArray, twin
from nncore.kernel.compiled import CompiledLearner
from nncore.kernel.errand import Errand
from nncore.learner import TakesOver
from nncore.sweep import POINTS, Run, Setup, Trainer, run_of

ROUNDS = 32  # measurements in one errand
ORDERED = 100_000  # rows in the orders of its epochs, where each has its own and it can be so few


class Crew(Protocol):
    """Who does errands.

    Attributes:
        has_room: Whether another errand is taken now.
        is_broken: Whether no answer comes any more.
    """

    has_room: bool
    is_broken: bool

    def send(self, errand: Errand, answered: Callable[[int], None]) -> None:
        """Have it done, then call `answered(rounds)` with how many rounds were."""


class Outside:
    """Has setups trained by a crew.

    Attributes:
        finished: Runs that have come back; whoever takes them empties the list.
    """

    def __init__(
        self, setups: Iterator[Setup], *, epochs: int, engine: TakesOver, crew: Crew,
        points: int = POINTS,
    ) -> None:  # fmt: skip
        self.trainer, self.setups, self.crew = Trainer(epochs, points, engine), setups, crew
        self.finished: list[Run] = []
        self.under_way: dict[int, Setup] = {}  # by their number
        self.count = 0
        self.ready: list[_Task] = []  # those that have another errand to send
        self.is_of_use = True

    def send(self) -> bool:
        """Send one errand if there is room for it; return whether one was sent."""
        if not self.crew.has_room or self.crew.is_broken or not self.is_of_use:
            return False
        task = self.ready.pop(0) if self.ready else self._next()
        if task is None:
            return False
        task.send()
        return True

    def rest(self) -> Iterator[Setup]:
        """Return the setups that have not come back, for somebody else."""
        return chain(list(self.under_way.values()), self.setups)

    def _next(self) -> _Task | None:
        setup = next(self.setups, None)
        if setup is None:
            return None
        self.count += 1
        again = setup  # for somebody else, who begins with the same numbers
        if setup.shuffle and not isinstance(setup.seed, (int, np.integer)):
            again = replace(setup, seed=twin(setup.seed))
        self.under_way[self.count] = again
        learner, batches, measure, rng = self.trainer.begin(setup)
        if not isinstance(learner, CompiledLearner):
            self.is_of_use = False
            return None
        if rng is None:
            batches.arrange(batches.natural_order)
        return _Task(self, self.count, (learner, batches, measure, rng))


class _Task:
    """One setup on its way: one errand after the other."""

    def __init__(self, outside: Outside, number: int, parts: tuple[Any, ...]) -> None:
        self.outside, self.number, self.setup = outside, number, outside.under_way[number]
        self.learner, self.batches, self.measure, self.rng = parts
        self.state: FloatArray = self.learner.new_state()
        self.epoch = 0
        self.found: list[tuple[Any, ...]] = []

    def send(self) -> None:
        trainer, batches, orders = self.outside.trainer, self.batches, None
        most = ROUNDS if self.rng is None else ORDERED // (trainer.every * batches.n)
        rates = trainer.rates(self.setup, self.epoch, min(max(most, 1), ROUNDS))
        if self.rng is not None:
            orders = np.array([batches.new_order(self.rng) for _ in range(rates.size)])
        errand = self.learner.errand(
            batches, rates, self.setup.regularizer, self.measure, self.state, orders
        )
        self.outside.crew.send(errand, lambda done: self.answered(errand, rates.shape[1], done))

    def answered(self, errand: Errand, every: int, done: int) -> None:
        outside, results = self.outside, errand.results[:done]
        epochs = self.epoch + every * np.arange(1, done + 1)
        self.found.append((epochs, results[:, :, 0], results[:, :, 1]))
        self.epoch = int(epochs[-1])
        ended = self.measure.ends(results[-1, :, 0])
        if self.epoch < outside.trainer.epochs and not ended:
            outside.ready.append(self)
            return
        del outside.under_way[self.number]
        params, engine = self.learner.params_of(self.state), self.learner.engine
        outside.finished.append(run_of(self.setup, self.found, params, ended, engine))
