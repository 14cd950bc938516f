"""Imports that take no longer than they must: archives read once, PyScript's when wanted."""

import sys
import zipfile
import zipimport
from importlib import import_module, resources
from inspect import getsource

import pytest

from explorer.browser import lazy_imports

MODULE = "answer = 42\n\n\ndef fail():\n    raise KeyError\n"


@pytest.fixture(autouse=True)
def as_it_was(monkeypatch):
    """Leaves Python's importing as it was found."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "path_hooks", list(sys.path_hooks))
    known = dict(sys.modules)
    yield
    for name in sys.modules.keys() - known:
        del sys.modules[name]
    sys.path_importer_cache.clear()


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
