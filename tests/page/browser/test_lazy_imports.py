"""Imports that take no longer than they must: archives read once, PyScript's when wanted."""

import gzip
import io
import random
import sys
import zipfile
import zipimport
from importlib import import_module, resources
from inspect import getsource
from types import SimpleNamespace

import pytest

from explorer.browser import lazy_imports

MODULE = "answer = 42\n\n\ndef fail():\n    raise KeyError\n"


@pytest.fixture(autouse=True)
def as_it_was(monkeypatch):
    """Leave Python's importing as it was found."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "path_hooks", list(sys.path_hooks))
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    lazy_imports.sources.cache_clear()
    known = dict(sys.modules)
    yield
    for name in sys.modules.keys() - known:
        del sys.modules[name]
    sys.path_importer_cache.clear()
    lazy_imports.sources.cache_clear()


class Answer(bytes):
    """Bytes as they come from JavaScript."""

    def to_bytes(self):
        return bytes(self)


class Later:
    """Stands for the boot code's later.mjs: archives (name -> files), and whether they come."""

    def __init__(self, archives=None, lost=False):
        self.archives, self.lost, self.taken = archives or {}, lost, []

    def archiveOf(self, module):
        start = module.replace(".", "/")
        fitting = (f"{start}.py", f"{start}/__init__.py")
        for name, files in self.archives.items():
            if name not in self.taken and any(each in files for each in fitting):
                return name
        return ""

    def knows(self, module):
        taken, self.taken = self.taken, []
        found = self.archiveOf(module)
        self.taken = taken
        return bool(found)

    def isHere(self, name):
        return name in self.archives

    def take(self, name):
        if self.lost:
            raise OSError("no connection")
        self.taken.append(name)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as file:
            for each, text in self.archives[name].items():
                file.writestr(each, text)
        return Answer(gzip.compress(packed.getvalue()))


@pytest.fixture
def library(tmp_path):
    """PyScript's library as it writes it: a package in a folder that is searched."""
    package = tmp_path / lazy_imports.PYSCRIPT
    package.mkdir()
    (package / "__init__.py").write_text("from pyscript.inside import window\nhere = True\n")
    (package / "inside.py").write_text("window = 'w'\n")
    lazy_imports.prepare()
    sys.path.insert(0, str(tmp_path))
    return package


def test_an_archive_s_modules_are_as_ever_but_read_once(tmp_path, monkeypatch):
    archive = tmp_path / "packed.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("packed/__init__.py", "")
        file.writestr("packed/inner.py", MODULE)
        file.writestr("packed/words.txt", "ab\n")
    read, original = [], zipimport._get_data
    monkeypatch.setattr(
        zipimport, "_get_data", lambda *what: read.append(what[1][0]) or original(*what)
    )
    lazy_imports.prepare()
    sys.path.insert(0, str(archive))
    inner = import_module("packed.inner")
    assert len(read) == len(set(read)) == 2
    assert isinstance(inner.__loader__, lazy_imports.Importer)
    assert inner.__file__ == f"{archive}/packed/inner.py"
    assert sys.modules["packed"].__file__ == f"{archive}/packed/__init__.py"
    assert (inner.answer, sys.modules["packed"].__path__) == (42, [f"{archive}/packed"])
    assert getsource(inner.fail) == MODULE.partition("\n\n\n")[2]
    assert resources.files("packed").joinpath("words.txt").read_text() == "ab\n"
    with pytest.raises(ModuleNotFoundError, match=r"packed\.outer"):
        import_module("packed.outer")


def test_an_archive_adds_modules_to_a_package_that_lies_elsewhere(tmp_path):
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    with zipfile.ZipFile(first, "w") as file:
        file.writestr("packed/__init__.py", "")
        file.writestr("packed/deep/__init__.py", "")
    with zipfile.ZipFile(second, "w") as file:
        file.writestr("packed/inner.py", MODULE)
        file.writestr("packed/deep/inner.py", MODULE)
        file.writestr("packed/whole/__init__.py", "")
        file.writestr("packed/whole/inner.py", MODULE)
        file.writestr("packed/whole/data/words.txt", "ab\n")
    lazy_imports.prepare()
    sys.path.insert(0, str(first))
    with pytest.raises(ModuleNotFoundError):
        import_module("packed.inner")
    lazy_imports.add_archive(str(second))
    for name in ("packed.inner", "packed.deep.inner", "packed.whole.inner"):
        inner = import_module(name)
        assert inner.__file__ == f"{second}/{name.replace('.', '/')}.py"
        assert getsource(inner.fail) == MODULE.partition("\n\n\n")[2]
    assert resources.files("packed.whole").joinpath("data/words.txt").read_text() == "ab\n"
    assert sys.modules["packed.whole"].__path__ == [f"{second}/packed/whole"]


def test_an_early_import_has_its_archive_fetched_and_works(tmp_path, monkeypatch):
    monkeypatch.setattr(lazy_imports, "LIBRARY", str(tmp_path))
    first = tmp_path / "first.zip"
    with zipfile.ZipFile(first, "w") as file:
        file.writestr("packed/__init__.py", "")
    later = Later({"later.zip": {"alone.py": MODULE, "packed/inner.py": MODULE}})
    lazy_imports.prepare()
    lazy_imports.connect(later)
    sys.path.insert(0, str(first))
    import_module("packed")
    assert later.taken == []
    assert import_module("packed.inner").__file__ == f"{tmp_path}/later.zip/packed/inner.py"
    assert import_module("alone").answer == 42
    assert later.taken == ["later.zip"]
    with pytest.raises(ModuleNotFoundError, match=r"packed\.outer"):
        import_module("packed.outer")


def test_after_a_snapshot_an_import_first_has_the_missing_archives_put_in_place(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(lazy_imports, "LIBRARY", str(tmp_path))
    monkeypatch.setattr(lazy_imports, "STANDARD_PLACE", str(tmp_path / "library.zip"))
    missing = {lazy_imports.STANDARD_LIBRARY: {"start.py": MODULE}}
    later = Later({**missing, "later.zip": {"alone.py": "import start\n", "free.py": MODULE}})
    lazy_imports.prepare()
    sys.path.insert(0, str(tmp_path / "library.zip"))
    state = random.getstate()
    lazy_imports.connect(later, missing)
    assert random.getstate() != state, "or every visit would draw the same"
    assert import_module("free").answer == 42
    assert later.taken == ["later.zip"], "what lies in a later archive needs nothing else"
    later.lost = True
    with pytest.raises(ImportError, match="could not be fetched"):
        import_module("something")
    later.lost = False
    later.archives = {**missing}
    later.knows = lambda _: False
    sys.path_importer_cache.clear()  # the page's has read the archive's directory
    assert import_module("alone").start.answer == 42
    assert later.taken == ["later.zip", lazy_imports.STANDARD_LIBRARY]
    finders = [each for each in sys.meta_path if isinstance(each, lazy_imports.MissingFinder)]
    assert finders == []


def test_numpy_s_files_are_taken_out_of_their_archive(tmp_path, monkeypatch):
    site = tmp_path / "site"
    (site / "numpy").mkdir(parents=True)
    (site / "numpy" / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(site))
    for name in [name for name in sys.modules if name.partition(".")[0] == "numpy"]:
        monkeypatch.delitem(sys.modules, name)
    lazy_imports.prepare()
    lazy_imports.connect(Later({lazy_imports.NUMPY: {"numpy/late.py": MODULE}}))
    assert import_module("numpy.late").__file__ == str(site / "numpy" / "late.py")


def test_an_import_that_cannot_be_fetched_says_so_and_can_be_tried_again(tmp_path, monkeypatch):
    monkeypatch.setattr(lazy_imports, "LIBRARY", str(tmp_path))
    later = Later({"later.zip": {"alone.py": MODULE}}, lost=True)
    lazy_imports.prepare()
    lazy_imports.connect(later)
    with pytest.raises(ImportError, match=r"later\.zip could not be fetched: no connection"):
        import_module("alone")
    later.lost = False
    assert import_module("alone").answer == 42


def test_our_sources_come_from_an_archive_of_their_own(tmp_path):
    archive = tmp_path / "own.whl"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("explorer/__init__.pyc", "")
        file.writestr("explorer/inner.pyc", "")
        file.writestr("other.pyc", "")
    later = Later({lazy_imports.SOURCES: {"explorer/inner.py": MODULE}}, lost=True)
    lazy_imports.prepare()
    lazy_imports.connect(later)
    ours = lazy_imports.Importer(f"{archive}/explorer")
    assert ours.get_source("explorer.inner") is None, "a traceback goes without its lines"
    with pytest.raises(ImportError, match="could not be fetched"):
        lazy_imports.sources()
    later.lost = False
    assert lazy_imports.Importer(str(archive)).get_source("other") is None
    assert later.taken == []
    assert ours.get_source("explorer.inner") == MODULE
    assert lazy_imports.Importer(str(archive)).get_source("explorer") is None
    assert lazy_imports.sources() == {"explorer/inner.py": MODULE}
    assert later.taken == [lazy_imports.SOURCES]


def test_where_everything_lies_beside_the_modules_there_are_no_other_sources():
    assert lazy_imports.sources() == {}


def test_pyscript_is_imported_when_something_of_it_is_wanted(library):
    import_module("pyscript")
    assert "pyscript.inside" not in sys.modules
    assert not hasattr(sys.modules["pyscript"], "__file__")  # others look through all modules
    from pyscript import here

    assert here is True
    assert sys.modules["pyscript"].window == "w"
    assert sys.modules["pyscript"].__file__ == str(library / "__init__.py")


def test_pyscript_s_parts_are_found(library):
    with pytest.raises(ModuleNotFoundError, match=r"pyscript\.missing"):
        import_module("pyscript.missing")
    assert import_module("pyscript.inside").window == "w"


def test_the_rest_comes_when_no_training_runs(monkeypatch):
    """The page's timer is wound up anew for as long as it does."""
    wound, imported, busy = [], [], [True, True, False]
    monkeypatch.setattr(lazy_imports.importlib, "import_module", imported.append)

    class Timer:
        def __init__(self, call):
            self.call = call

        def start(self, seconds):
            wound.append(seconds)

    timers = []
    lazy_imports.complete(lambda call: timers.append(Timer(call)) or timers[0], lambda: busy.pop(0))
    for looks in range(2):
        timers[0].call()
        assert (len(wound), imported) == (looks + 2, [])
    timers[0].call()
    assert (len(wound), imported) == (3, [lazy_imports.GENERATORS])


def test_the_rest_comes_when_its_archive_is_here(monkeypatch):
    """Nobody waits for it."""
    later, imported = Later(), []
    lazy_imports.prepare()
    lazy_imports.connect(later)
    monkeypatch.setattr(lazy_imports.importlib, "import_module", imported.append)
    waiting = SimpleNamespace(start=lambda _: None)

    def timer(call):
        waiting.call = call
        return waiting

    lazy_imports.complete(timer, lambda: False)
    waiting.call()
    assert imported == []
    later.archives[lazy_imports.NUMPY] = {}
    waiting.call()
    assert imported == [lazy_imports.GENERATORS]
