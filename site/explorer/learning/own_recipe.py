"""What the reader has chosen about a table of their own, beside what was found in it.

A Recipe is data: it is applied to a Reading, written as JSON into links and files, and read back
from there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, ClassVar

from nncore.reading.encoding import AT_RANDOM, LEAVE_OUT
from nncore.reading.reader import Reading
from nncore.reading.targets import MOST_CLASSES

FLAGS = ("drawn", "gathered")  # as they are written


@dataclass(frozen=True)
class Recipe:
    """What the reader has chosen about a table, beside what was found in it.

    Attributes:
        columns: {name: (kind, role)} of those that were changed.
        missing: See nncore.reading.
        by: See nncore.reading.
        markers: (column, or "" for all; value) of what was taken for missing.
        drawn: Whether it is a drawing, whose points stay where they are on the plane.
        gathered: Whether the rare ones of more than `most` classes become one.
    """

    columns: dict[str, tuple[str, str]] = field(default_factory=dict)
    missing: str = LEAVE_OUT
    by: str = AT_RANDOM
    markers: tuple[tuple[str, str], ...] = ()
    drawn: bool = False
    gathered: bool = False
    most: ClassVar[int] = MOST_CLASSES

    def applied(self, reading: Reading) -> Reading:
        """The reading with the values that mean missing, and the kinds and roles that were chosen;
        a target comes last, because it frees the one before."""
        for name, value in self.markers:
            reading = reading.without(value, name or None)
        chosen = sorted(self.columns.items(), key=lambda item: item[1][1] == "target")
        for name, (kind, role) in chosen:
            reading = reading.changed(name, kind, role)
        target = reading.target
        if self.gathered and target is not None and target.categories:
            reading = reading.gathered(target.name, self.most)
        return reading

    def as_text(self) -> str:
        """The recipe as JSON."""
        more: list[Any] = [self.markers] if self.markers else []
        more += [flag for flag in FLAGS if getattr(self, flag)]
        return json.dumps([self.columns, self.missing, self.by, *more], sort_keys=True)


def recipe_of(text: Any) -> Recipe:
    """Return the Recipe of a text that `as_text` wrote.

    Raises:
        ValueError: If it is none.
    """
    try:
        columns, missing, by, *more = json.loads(text)
        pairs = {str(name): (str(kind), str(role)) for name, (kind, role) in columns.items()}
        pieces = [pair for part in more if part not in FLAGS for pair in part]
        markers = tuple((str(name), str(value)) for name, value in pieces)
        return Recipe(pairs, str(missing), str(by), markers, *(flag in more for flag in FLAGS))
    except (TypeError, ValueError, AttributeError):
        raise ValueError("no recipe") from None
