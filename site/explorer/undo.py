"""Undo and redo: every change of settings and weights can be taken back.

A change is kept as the state before it and the state after it. What a state is, is the caller's
business; here it is only put back.
"""

from dataclasses import dataclass, field

MOST = 60  # changes that are kept


@dataclass
class Undo:
    """Two stacks of changes. `restore(state)` is called to go to a state."""

    restore: object
    past: list = field(default_factory=list)
    future: list = field(default_factory=list)

    def changed(self, before, after):
        """Notes that the state went from `before` to `after`; what was undone is forgotten."""
        self.past.append((before, after))
        del self.past[:-MOST]
        self.future.clear()

    def undo(self):
        """Goes back one change; does nothing if there is none."""
        if self.past:
            change = self.past.pop()
            self.future.append(change)
            self.restore(change[0])

    def redo(self):
        """Goes forward again."""
        if self.future:
            change = self.future.pop()
            self.past.append(change)
            self.restore(change[1])
