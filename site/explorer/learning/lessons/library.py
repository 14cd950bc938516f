"""The lessons that come with the page, in the order of the course. They lie in `site/lessons/`."""

from __future__ import annotations

import functools
from pathlib import Path

from explorer.learning.lessons import reader
from explorer.learning.lessons.lesson import Lesson

NAMES = (
    "one-neuron", "by-hand", "learning-rate", "linear-layers", "smallest-xor",
    "features-or-layers", "zero-start", "forward", "backward", "batches", "by-heart", "wine",
)  # fmt: skip
FOLDER = Path(__file__).parents[3] / "lessons"


def text_of(file: str) -> str:
    """The text of a file beside our lessons. The page has it in the archive of this module."""
    loader = __spec__.loader if __spec__ is not None else None
    assert loader is not None, "a module that is imported has one"
    content: bytes = loader.get_data(str(FOLDER / file))  # type: ignore[attr-defined]
    return content.decode()


@functools.cache
def lesson(name: str) -> Lesson:
    """Return a lesson of ours.

    Raises:
        KeyError: For a name that is none.
    """
    if name not in NAMES:
        raise KeyError(name)
    return reader.read(text_of(f"{name}.md"), name)
