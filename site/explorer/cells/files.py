"""The files beside a notebook: what the reader puts there, what cells write, and the given tables.

Courses look for tables in `data/` and in `../data/`: both are the same folder here, and what is
put beside the notebook is found in either.
"""

import importlib.util
import os
import shutil
from pathlib import Path, PurePosixPath

DATA = "data"
TABLES = ("breast_cancer", "diabetes", "iris", "wine")
MOST = 200  # files in the list


def prepare(home):
    """Make the notebook's folder the present one, with the given tables in data/."""
    data = Path(home, DATA)
    data.mkdir(parents=True, exist_ok=True)
    package = importlib.util.find_spec("nncore")  # which is not imported by that
    for table in TABLES:
        given = Path(package.origin).parent / DATA / f"{table}.csv"
        (data / given.name).write_bytes(package.loader.get_data(str(given)))
    beside = Path(home).parent / DATA
    if not beside.exists():
        beside.symlink_to(data)
    os.chdir(home)


def put(home, name, content):
    """Put a file beside the notebook, and in data/ under the same name."""
    name = PurePosixPath(name.replace("\\", "/")).name
    if name in ("", ".", "..", DATA):
        raise ValueError(f"a file must have a name of its own; got {name!r}")
    path, link = Path(home, name), Path(home, DATA, name)
    path.write_bytes(content)
    if link.is_symlink() or link.exists():
        link.unlink()
    link.symlink_to(path)


def remove(home, name):
    """Take a file away, wherever `put` has put it."""
    path = Path(home, name)
    for each in (path, Path(home, DATA, PurePosixPath(name).name)):
        if each.is_symlink() or each.is_file():
            each.unlink()
        elif each.is_dir():
            shutil.rmtree(each)


def listed(home):
    """[name, bytes] of the files, as the page lists them."""
    found = []
    for path in sorted(Path(home).rglob("*")):
        if path.is_file() and not path.is_symlink() and "__pycache__" not in path.parts:
            found.append([path.relative_to(home).as_posix(), path.stat().st_size])
    return found[:MOST]
