"""Give the tests what `build.py` fetches: runtime files by group, and Node.

Everything comes through the same lock file, cache and sources as the build itself, so after a
build nothing is fetched here.
"""

from pathlib import Path

from tools.cache import Cache, default_cache_folder
from tools.fetch import Fetcher
from tools.lock import read_lock
from tools.node import find_node
from tools.report import Report


def runtime_files(group: str) -> dict[str, Path]:
    """The files of one group of runtime.lock.json, by name.

    Raises:
        ValueError: If the lock file has no such group.
    """
    files = read_lock()
    wanted = [file for file in files if file.group == group]
    if not wanted:
        groups = sorted({file.group for file in files})
        raise ValueError(f"group must be one of {', '.join(groups)}; got {group!r}")
    return Fetcher(Cache(default_cache_folder()), files, Report()).ensure(wanted)


def node() -> Path:
    """The Node that the build uses."""
    return find_node(default_cache_folder(), Report())
