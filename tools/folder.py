"""Write a whole folder in one step.

The new folder is made beside the old one and takes its place at the very end. A build that
fails or is interrupted leaves the old folder as it was, and nothing beside it.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tools.leftovers import remove_leftovers


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Return the text that `sha256sum --check` reads, for path -> content."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()


def contents(folder: Path) -> dict[str, bytes]:
    """Return path -> content of all files in a folder; none if there is no such folder."""
    paths = [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def write_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Make `folder` hold exactly `files` (path -> content); return it.

    One that does so already is left alone: others may be reading it.
    """
    if contents(folder) == files:
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(folder.parent, f"{folder.name}.tmp-*")
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f"{folder.name}.tmp-"))
    new, old = temporary / "new", temporary / "old"
    try:
        for name, content in files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if folder.exists():
            os.replace(folder, old)
        os.replace(new, folder)
    finally:
        if old.exists() and not folder.exists():
            os.replace(old, folder)
        shutil.rmtree(temporary, ignore_errors=True)
    return folder
