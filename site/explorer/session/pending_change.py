"""A change of settings under way: what it needs is prepared part by part, and then it is made.

So the page goes on while many points are drawn or a large table is read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from explorer.learning.problem import Problem

Change: TypeAlias = Callable[[Problem | None], object]


@dataclass
class PendingChange:
    """A change under way: `parts` makes its Problem, and `change(problem)` then applies it.

    Attributes:
        parts: A generator that returns the Problem, or an empty iterator where that takes no time.
        settled: Whether this makes the change a step of undo.
    """

    parts: Iterator[None]
    change: Change
    settled: bool
    problem: Problem | None = None

    def prepare(self) -> bool:
        """Do the next part of what the change needs; return whether all is there."""
        try:
            next(self.parts)
        except StopIteration as end:
            self.problem = end.value
            return True
        return False
