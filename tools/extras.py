"""Packages that the page fetches only when its reader asks: scikit-learn and what it needs.

Their wheels lie in `dist/` as they were fetched, each a file of its own, and no part of the start
knows them. Their licences stand inside them and are copied out.
"""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from tools.assets import Assets

GROUP = "sklearn"
LICENCE_WORDS = ("licen", "copying", "notice")


def add_extras(assets: Assets, wheels: Mapping[str, Path]) -> list[dict]:
    """Add the wheels (name -> path); return what the page is told about each."""
    entries = []
    for name, path in sorted(wheels.items()):
        content = path.read_bytes()
        place = assets.add(name, content, ending=".bin")
        entries.append({"name": name, "path": place, "bytes": len(content)})
    return entries


def extra_licences(wheels: Mapping[str, Path]) -> dict[str, bytes]:
    """Return the licences of the wheels, joined, by the project's name.

    Raises:
        ValueError: If a wheel holds no licence.
    """
    return {name.partition("-")[0]: _licence(path) for name, path in sorted(wheels.items())}


def _licence(path: Path) -> bytes:
    with zipfile.ZipFile(path) as wheel:
        names = [
            name
            for name in sorted(wheel.namelist())
            if ".dist-info/" in name
            and any(word in name.rpartition("/")[2].lower() for word in LICENCE_WORDS)
        ]
        if not names:
            raise ValueError(f"{path.name} must hold its licence; got none")
        return b"\n\n".join(wheel.read(name) for name in names)
