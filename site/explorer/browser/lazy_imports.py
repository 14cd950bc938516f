"""How Python imports here: what the page's start would take twice, it takes once or never; what
the start does not need is fetched afterwards, or by the import itself if that comes first.

The boot code calls `prepare` as soon as NumPy is installed, before anything else is imported.
"""

import functools
import importlib
import io
import random
import sys
import zipfile
import zlib
from importlib.machinery import PathFinder
from pathlib import Path, PurePosixPath
from types import ModuleType
from zipimport import zipimporter

LIBRARY = "/lib"  # the folder of archives
PYSCRIPT = "pyscript"
NUMPY = "numpy_later.zip"
NUMPYS = ("numpy_later.", "numpy-")  # how NumPy's archives begin
STANDARD_LIBRARY = "python_stdlib.zip"
STANDARD_PLACE = f"/lib/python{sys.version_info[0]}{sys.version_info[1]}.zip"
SOURCES = "sources_later.zip"  # of our own modules, which are imported as bytecode
OWN = ("nncore/", "explorer/")
GZIP = 16 + zlib.MAX_WBITS
GENERATORS = "numpy.random"  # not for the first picture, but for the lab's, and for shuffling
QUIET = 2.0  # seconds after the first picture, or until the next look whether training runs


class Importer(zipimporter):
    """Imports from a zip archive. Python's own importer reads and unpacks each module's code to
    find out where it comes from, and then once more to run it."""

    def get_filename(self, fullname):
        """Where the module's source is, or would be beside its code."""
        inner = "/__init__.py" if self.is_package(fullname) else ".py"
        return f"{self.archive}/{self.prefix}{fullname.rpartition('.')[2]}{inner}"

    def get_source(self, fullname):
        """The module's source; ours have theirs in an archive of its own."""
        inside = super().get_source(fullname)
        name = self.get_filename(fullname).removeprefix(f"{self.archive}/")
        if inside is None and name.startswith(OWN):
            try:
                return sources().get(name)
            except ImportError:  # a traceback without lines is better than none
                return None
        return inside


class LaterFinder:
    """Finds modules in archives that the start does without.

    Args:
        later: The boot code's interface to them, see site/boot/later.mjs.
    """

    def __init__(self, later):
        self.later = later

    def find_spec(self, fullname, _path=None, _target=None):
        """Fetch the archive that holds the module, then look again where it now lies."""
        archive = self.later.archiveOf(fullname)
        if not archive:
            return None
        install(archive, self.take(archive))
        parent = fullname.rpartition(".")[0]
        return PathFinder.find_spec(fullname, sys.modules[parent].__path__ if parent else None)

    def take(self, archive):
        """The unpacked archive; ImportError if it cannot be had."""
        try:
            return zlib.decompress(self.later.take(archive).to_bytes(), GZIP)
        except Exception as error:
            reason = getattr(error, "message", error)
            raise ImportError(f"{archive} could not be fetched: {reason}") from error

    @staticmethod
    def installed():
        """The one that is at work, or None where everything is there from the start."""
        return next((each for each in sys.meta_path if isinstance(each, LaterFinder)), None)


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
    """Let archives be read once, and PyScript's library be imported when somebody wants it.

    PyScript writes that library into Python's files and imports it before it runs a page's script.
    This page reaches the browser through Pyodide alone (see `browser`).
    """
    sys.path_hooks.insert(0, Importer)
    sys.path_importer_cache.clear()
    sys.modules[PYSCRIPT] = Later(PYSCRIPT)


def connect(later, missing=()):
    """Let the rest of the modules be fetched when they are imported.

    Args:
        missing: Archives that Python believes to have: it comes from a snapshot, in which all that
            the start needs is imported, but its files are not there. Its random numbers begin anew.
        later: As for LaterFinder.
    """
    sys.meta_path.insert(sys.meta_path.index(PathFinder) + 1, LaterFinder(later))
    if missing:
        sys.meta_path.insert(0, MissingFinder(list(missing)))
        random.seed()


class MissingFinder:
    """Finds nothing, but puts the archives in place of which an import may be."""

    def __init__(self, archives):
        self.archives = archives

    def find_spec(self, fullname, _path=None, _target=None):
        """Is asked about every module that is not imported yet."""
        finder = LaterFinder.installed()
        if finder.later.knows(fullname):
            return
        while self.archives:
            install(self.archives[0], finder.take(self.archives[0]))
            del self.archives[0]
        sys.meta_path.remove(self)


def install(name, content):
    """Put the modules of an archive in reach.

    NumPy's are taken out of it, since compiled libraries are loaded from files.

    Args:
        content: The unpacked archive's bytes.
    """
    if name == STANDARD_LIBRARY:
        Path(STANDARD_PLACE).write_bytes(content)
    elif name.startswith(NUMPYS):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            archive.extractall(Path(importlib.import_module("numpy").__file__).parents[1])
        importlib.invalidate_caches()
    else:
        path = Path(LIBRARY, name)
        path.write_bytes(content)
        sys.path.append(str(path))
        add_archive(str(path))


@functools.cache
def sources():
    """Name -> text of our modules' sources, where they are not beside the modules.

    Raises:
        ImportError: If they cannot be fetched.
    """
    finder = LaterFinder.installed()
    if not finder:
        return {}
    with zipfile.ZipFile(io.BytesIO(finder.take(SOURCES))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def add_archive(path):
    """Put the modules of an archive in reach.

    Those of a package that lies elsewhere, such as `explorer`, become that package's own.

    Args:
        path: Where a part of our Python lies (see tools/inside/parts.py); it is left packed.
    """
    with zipfile.ZipFile(path) as archive:
        names = [PurePosixPath(name) for name in archive.namelist()]
    packages = {name.parent for name in names if name.stem == "__init__"}
    folders = {folder for name in names for folder in name.parents if folder.name}
    for folder in sorted(folders - packages):
        if packages.isdisjoint(folder.parents):
            package = importlib.import_module(".".join(folder.parts))
            package.__path__.append(f"{path}/{folder}")


def complete(timer, busy):
    """Import what the first picture did without, so that no later one has to wait for it.

    This is done in a quiet moment.

    Args:
        timer: Makes a Timer as the browser does.
        busy: Returns whether training runs.
    """
    finder = LaterFinder.installed()

    def look():
        if busy() or (finder and not finder.later.isHere(NUMPY)):
            waiting.start(QUIET)
        else:
            importlib.import_module(GENERATORS)

    waiting = timer(look)
    waiting.start(QUIET)
