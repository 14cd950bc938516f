"""Undo and redo: every change of settings and weights can be taken back.

A change is kept as the state before it and the state after it. What a state is, is the caller's
business; here it is only put back. The newest changes are kept, as many as fit into some memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

MOST = 60  # changes that are kept
MOST_BYTES = 64_000_000  # what they may hold; the last change is kept whatever it holds


@dataclass
class Undo:
    """Two stacks of changes. `restore(state)` is called to go to a state.

    Attributes:
        sizes: Gives {identity: bytes} of what a state holds; states may share it.
    """

    restore: Callable[[Any], None]
    sizes: Callable[[Any], dict[int, int]] = lambda state: {}
    past: list[tuple[Any, Any]] = field(default_factory=list)
    future: list[tuple[Any, Any]] = field(default_factory=list)

    def changed(self, before: Any, after: Any) -> None:
        """Note that the state went from `before` to `after`; what was undone is forgotten."""
        self.past.append((before, after))
        self.future.clear()
        del self.past[: -self.room()]

    def room(self) -> int:
        """How many of the newest changes can be kept."""
        held: dict[int, int] = {}
        for count, change in enumerate(reversed(self.past[-MOST:])):
            for state in change:
                held |= self.sizes(state)
            if count and sum(held.values()) > MOST_BYTES:
                return count
        return MOST

    def undo(self) -> None:
        """Go back one change; do nothing if there is none."""
        if self.past:
            change = self.past.pop()
            self.future.append(change)
            self.restore(change[0])

    def redo(self) -> None:
        """Go forward again."""
        if self.future:
            change = self.future.pop()
            self.past.append(change)
            self.restore(change[1])
