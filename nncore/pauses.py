"""Work that is cut into steps, so that a page can do a few of them in each frame.

Such work is a generator that pauses after every step. Who need not pause asks for its result.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

Result = TypeVar("Result")


def result_of(steps: Generator[object, None, Result]) -> Result:
    """Do all the steps at once, and return what they return."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result
