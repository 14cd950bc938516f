"""The local cache: files that were fetched once and never need fetching again.

A file lies under its SHA-256, so that versions cannot be confused, and keeps its own name. It is
written beside its place and moved there in one step: whatever interrupts a build, the cache
holds whole files or nothing. What is read from it is checked again.
"""

import hashlib
import os
import sys
import tempfile
from pathlib import Path

from tools.leftovers import remove_leftovers
from tools.lock import LockedFile


def default_cache_folder() -> Path:
    """Return the folder named by NNCORE_CACHE, else the user's cache folder."""
    named = os.environ.get("NNCORE_CACHE")
    if named:
        return Path(named).expanduser().resolve()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "nncore-playground"


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` to `path` in one step: readers see the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(path.parent, ".writing-*")
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def mismatch(file: LockedFile, data: bytes) -> str | None:
    """Say how `data` differs from what the lock file promises; None where it does not."""
    if len(data) < file.size:
        return f"truncated: {len(data):,} of {file.size:,} bytes"
    if len(data) > file.size:
        return f"wrong size: {len(data):,} instead of {file.size:,} bytes"
    digest = hashlib.sha256(data).hexdigest()
    if digest != file.sha256:
        return f"wrong content: SHA-256 is {digest}, the lock file says {file.sha256}"
    return None


class Cache:
    """Verified files below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, file: LockedFile) -> Path:
        """Return where `file` lies, or would lie."""
        return self.folder / "files" / file.sha256[:16] / Path(file.name).name

    def find(self, file: LockedFile) -> Path | None:
        """Return the path of `file` if it is there and whole; remove a damaged one."""
        path = self.path(file)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if mismatch(file, data):
            path.unlink(missing_ok=True)
            return None
        return path

    def put(self, file: LockedFile, data: bytes) -> Path:
        """Store `data` as `file`.

        Raises:
            ValueError: If the data is not what the lock file promises.
        """
        problem = mismatch(file, data)
        if problem:
            raise ValueError(f"{file.name} must match the lock file; got {problem}")
        write_atomically(self.path(file), data)
        return self.path(file)
