"""What work that is done in parts asks of a deadline; the page's own is in `frames`."""

from __future__ import annotations

from typing import Protocol


class Until(Protocol):
    """A time that work should be done by."""

    def left(self) -> float:
        """Return the seconds that are left; 0 when the time has come."""
