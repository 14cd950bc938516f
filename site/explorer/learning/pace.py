"""How much of many runs is done in one call: as much as a few milliseconds hold.

A call costs more than an epoch of a small network, so that many measurements in one are quicker;
but a frame ends where a call does, so that none may take long.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from explorer.learning.until import Until

PIECE = 0.002  # seconds that a call should take
MOST = 64  # measurements in one call


Answer = TypeVar("Answer")


class Pace:
    """Measurements that a call may hold. Begins with one, and learns from how long calls took."""

    def __init__(self) -> None:
        self.rounds = 1
        self.asked = False  # whether the piece of work that goes on has asked

    def __call__(self) -> int:
        self.asked = True
        return self.rounds

    def restart(self) -> None:
        """Another network begins: what its calls take is not known."""
        self.rounds = 1

    def of(self, work: Iterator[Answer], deadline: Until) -> Answer:
        """Return the next piece of `work`, and learn from what it took of the time that is left."""
        self.asked, before = False, deadline.left()
        answer = next(work)
        if self.asked:
            left = deadline.left()
            self.learn(before - left, left > 0)
        return answer

    def learn(self, seconds: float, is_all: bool) -> None:
        """A call took so long, or longer if that is not all."""
        if seconds > PIECE:
            self.rounds = max(1, self.rounds // 2)
        elif seconds < PIECE / 2 and is_all:
            self.rounds = min(2 * self.rounds, MOST)
