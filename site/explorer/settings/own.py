"""Tables of the reader's own: the names that settings call them by.

A table that was opened from a file or a paste is known by a name such as own-1a2b3c4d, made of its
content and of what its columns were taken for. A name of which no table is known is no value.
"""

from explorer.text.language import extend
from explorer.text.notices import TEXT
from nncore import TABLES

PREFIX = "own-"
in_links: dict[str, str] = {}  # name: the whole table as a text, if it is small enough for a link
planes: set[str] = set()  # names of those with two inputs, which the playground can show
numbers: set[str] = set()  # names of those whose target is a number
names: dict[str, str] = {}  # name: title, in the order in which they were opened


def register(name: str, title: str, is_plane: bool, is_number: bool) -> None:
    """Make a name known, and what a reader calls the table and its rows."""
    names[name] = title
    if is_plane:
        planes.add(name)
    if is_number:
        numbers.add(name)
    extend("choices.dataset", {name: title})
    extend("nouns", {name: TEXT["own_nouns"]})


def forget(name: str) -> None:
    """Make a name unknown, such as that of a drawing which has been drawn on long since."""
    names.pop(name, None)
    in_links.pop(name, None)
    planes.discard(name)
    numbers.discard(name)


def is_own(name: str) -> bool:
    """Whether this is the name of a table of the reader's own that is known."""
    return name in names


def fits(name: str, view: str) -> bool:
    """Whether a view can show a data set."""
    if view == "playground":
        return not is_table(name) or name in planes
    return is_table(name)


def is_table(name: str) -> bool:
    """Whether this is the name of a table, the package's or the reader's own."""
    return name in TABLES or name in names
