"""Texts in the language of the moment.

Every table of texts in this folder is made by `texts`: it can be read like a dictionary, nobody
can write to it, and `speak` changes what it says while the page runs. So a module looks a text up
where it is shown and keeps none; a text that was kept would stay in the language of before.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

Translate = Callable[[str, str], str]  # (where a text stands, the English text) -> the text

_tables: dict[str, tuple[dict, dict, Mapping]] = {}  # name: in English, as it is now, to be read
_added: dict[str, dict] = {}  # name: what `extend` has brought
_language: list[Translate] = []  # the translation in use; empty for English


def texts(name: str, english: dict) -> Mapping:
    """Return the table `english` in the language of the moment.

    Its values are texts, tuples of them, and tables of them. `name` is where it stands: the text
    `TEXT["run"]` of the table "notices" is "notices.run" to a translation.
    """
    if name not in _tables:
        now: dict = {}
        _tables[name] = {}, now, MappingProxyType(now)
    known, now, table = _tables[name]
    known |= english | _added.get(name, {})
    for key, value in known.items():
        if isinstance(value, dict):
            now[key] = texts(f"{name}.{key}", value)
    _fill(name)
    return table


def extend(name: str, english: dict) -> None:
    """Add entries to the table called `name`: what others say of themselves, such as the titles
    of the core's activations. A translation finds them like any other text."""
    _added.setdefault(name, {}).update(english)
    if name in _tables:
        texts(name, {})


def speak(translate: Translate | None = None) -> None:
    """Turn every table to another language; without a translation to English."""
    _language[:] = [] if translate is None else [translate]
    for name in _tables:
        _fill(name)


def said() -> dict[str, str]:
    """Return every text as it is now, by the place where it stands."""
    found: dict[str, str] = {}

    def note(place: str, value: str | tuple) -> None:
        for number, part in enumerate(value) if isinstance(value, tuple) else ():
            note(f"{place}.{number}", part)
        if isinstance(value, str):
            found[place] = value

    for name, table in tables().items():
        for key, value in table.items():
            note(f"{name}.{key}", value)
    return found


def tables() -> dict[str, Mapping]:
    """Return all tables there are, by name."""
    return {name: table for name, (_, _, table) in _tables.items()}


def _fill(name: str) -> None:
    english, now, _ = _tables[name]
    for key, value in english.items():
        if not isinstance(value, dict):
            now[key] = _said(f"{name}.{key}", value)


def _said(name: str, value: str | tuple) -> str | tuple:
    if isinstance(value, tuple):
        return tuple(_said(f"{name}.{place}", part) for place, part in enumerate(value))
    return _language[0](name, value) if _language else value
