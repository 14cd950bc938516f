"""A change of settings under way: what it needs is prepared part by part, and then it is made.

So the page goes on while many points are drawn or a large table is read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass
class PendingChange:
    """A change under way: `parts` prepares what it needs, `change` then makes it.

    settled: whether this makes the change a step of undo.
    """

    parts: Iterator[None]
    change: Callable[[], object]
    settled: bool
