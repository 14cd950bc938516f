"""How Python imports here: what the page's start would take twice, it takes once or never.

The boot code calls `prepare` as soon as NumPy is installed, before anything else is imported.
"""

import importlib
import sys
import zipfile
from pathlib import PurePosixPath
from types import ModuleType
from zipimport import zipimporter

PYSCRIPT = "pyscript"
GENERATORS = "numpy.random"  # not for the first picture, but for the lab's, and for shuffling
QUIET = 2.0  # seconds after the first picture, or until the next look whether training runs


class Importer(zipimporter):
    """Imports from a zip archive. Python's own importer reads and unpacks each module's code to
    find out where it comes from, and then once more to run it."""

    def get_filename(self, fullname):
        """Where the module's source is, or would be beside its code."""
        inner = "/__init__.py" if self.is_package(fullname) else ".py"
        return f"{self.archive}/{self.prefix}{fullname.rpartition('.')[2]}{inner}"


class Later(ModuleType):
    """A module that is imported when an attribute of it is first looked for. (importlib's
    LazyLoader would need the module's files, which are not there yet.)"""

    def __getattr__(self, name):
        if name.startswith("__") and name != "__path__":  # asked of every module now and then
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def prepare():
    """Has archives read once, and PyScript's library imported when somebody wants it.

    PyScript writes that library into Python's files and imports it before it runs a page's script.
    This page reaches the browser through Pyodide alone (see `browser`).
    """
    sys.path_hooks.insert(0, Importer)
    sys.path_importer_cache.clear()
    sys.modules[PYSCRIPT] = Later(PYSCRIPT)


def add_archive(path):
    """Puts the modules of an archive in reach: those of a package that lies elsewhere, such as
    `explorer`, become that package's own.

    path: where a part of our Python lies (see tools/inside/parts.py); it is left packed.
    """
    with zipfile.ZipFile(path) as archive:
        names = [PurePosixPath(name) for name in archive.namelist()]
    packages = {name.parent for name in names if name.name == "__init__.py"}
    folders = {folder for name in names for folder in name.parents if folder.name}
    for folder in sorted(folders - packages):
        if packages.isdisjoint(folder.parents):
            package = importlib.import_module(".".join(folder.parts))
            package.__path__.append(f"{path}/{folder}")


def complete(timer, busy):
    """Imports what the first picture did without, so that no later one has to wait for it; in a
    quiet moment. timer: makes a Timer as the browser does; busy: whether training runs."""

    def look():
        if busy():
            waiting.start(QUIET)
        else:
            importlib.import_module(GENERATORS)

    waiting = timer(look)
    waiting.start(QUIET)
