"""Remove what a killed build could not remove itself.

Everything unfinished lies under a temporary name beside its place and is normally removed by the
build that made it. Only a process that is killed outright leaves it behind; the next build then
clears it away, an hour later at the earliest, so that it never disturbs one that still runs.
"""

import shutil
import time
from pathlib import Path

SECONDS = 3600


def remove_leftovers(folder: Path, pattern: str) -> None:
    """Remove files and folders in `folder` that fit `pattern` and are over an hour old."""
    for path in folder.glob(pattern):
        try:
            if time.time() - path.stat().st_mtime < SECONDS:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        except OSError:  # in use, or gone already
            continue
