"""Runs of setups in what a frame has time for: by a crew of workers where there is one, else here.

A crew trains beside the page, so that a frame only has to send errands and take what came back. If
it cannot do the work, or stops answering, what has not come back is trained here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from explorer.learning.pace import Pace
from explorer.learning.until import Until
from nncore.crew import Crew, Outside
from nncore.kernel.engine import Engine
from nncore.sweep import POINTS, Run, Setup, pieces

MOST_PIECES = 500  # pieces of runs that one frame may do


class Workers(Crew, Protocol):
    """A crew that belongs to whoever has it."""

    def end(self) -> None:
        """Let it go, whatever it is at."""


class Working:
    """Trains setups. `work(deadline)` gives the runs that were finished meanwhile.

    Args:
        crew: Who trains them, if not this page; it is ended with the last run.
        points: How many measurements a run has, at most.
    """

    def __init__(
        self,
        setups: Iterator[Setup],
        epochs: int,
        engine: Engine | None = None,
        crew: Workers | None = None,
        points: int = POINTS,
    ) -> None:
        self.points = points
        self.setups, self.epochs, self.engine, self.crew = setups, epochs, engine, crew
        self.pace = Pace()
        self.outside: Outside | None = None
        if crew is not None and engine is not None:
            self.outside = Outside(setups, epochs=epochs, engine=engine, crew=crew, points=points)
        self.pieces = self.begin(setups)

    def begin(self, setups: Iterator[Setup]) -> Iterator[Run | None]:
        """Begin to train setups here."""
        return pieces(
            setups, epochs=self.epochs, points=self.points, engine=self.engine, rounds=self.pace
        )

    def work(self, deadline: Until) -> list[Run]:
        """Train until the deadline, at least a little."""
        if self.outside is None:
            return self.here(deadline)
        outside, crew = self.outside, self.outside.crew
        for _ in range(MOST_PIECES):
            if not outside.send() or not deadline.left():
                break
        if crew.is_broken or not outside.is_of_use:
            self.pieces, self.outside = self.begin(outside.rest()), None
            self.end_crew()
        runs, outside.finished = outside.finished, []
        return runs

    def here(self, deadline: Until) -> list[Run]:
        runs = []
        for _ in range(MOST_PIECES):
            try:
                run = self.pace.of(self.pieces, deadline)
            except StopIteration:
                break
            if run is not None:
                runs.append(run)
            if not deadline.left():
                break
        return runs

    def close(self) -> None:
        """Let go of all that only further runs would need."""
        self.pieces, self.outside = iter(()), None
        self.end_crew()

    def end_crew(self) -> None:
        if self.crew is not None:
            self.crew.end()
            self.crew = None
