"""Imports that take no longer than they must: archives read once, PyScript's when wanted."""

import sys
import zipfile
from importlib import import_module, resources
from inspect import getsource

import pytest

from explorer import importing

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


def test_an_archive_s_modules_are_as_ever(tmp_path):
    archive = tmp_path / "packed.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("packed/__init__.py", "")
        file.writestr("packed/inner.py", MODULE)
        file.writestr("packed/words.txt", "ab\n")
    importing.prepare()
    sys.path.insert(0, str(archive))
    inner = import_module("packed.inner")
    assert isinstance(inner.__loader__, importing.Importer)
    assert inner.__file__ == f"{archive}/packed/inner.py"
    assert sys.modules["packed"].__file__ == f"{archive}/packed/__init__.py"
    assert (inner.answer, sys.modules["packed"].__path__) == (42, [f"{archive}/packed"])
    assert getsource(inner.fail) == MODULE.partition("\n\n\n")[2]
    assert resources.files("packed").joinpath("words.txt").read_text() == "ab\n"
    with pytest.raises(ModuleNotFoundError, match=r"packed\.outer"):
        import_module("packed.outer")


def test_pyscript_is_imported_when_something_of_it_is_wanted(tmp_path):
    package = tmp_path / importing.PYSCRIPT
    package.mkdir()
    (package / "__init__.py").write_text("from pyscript.inside import window\nhere = True\n")
    (package / "inside.py").write_text("window = 'w'\n")
    importing.prepare()
    sys.path.insert(0, str(tmp_path))
    import_module("pyscript")
    assert "pyscript.inside" not in sys.modules
    assert not hasattr(sys.modules["pyscript"], "__file__")  # others look through all modules
    from pyscript import here

    assert here is True
    assert sys.modules["pyscript"].window == "w"
    assert sys.modules["pyscript"].__file__ == str(package / "__init__.py")


@pytest.mark.parametrize("first", ["pyscript.inside", "pyscript.missing"])
def test_pyscript_s_parts_are_found(tmp_path, first):
    package = tmp_path / importing.PYSCRIPT
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "inside.py").write_text("window = 'w'\n")
    importing.prepare()
    sys.path.insert(0, str(tmp_path))
    if first == "pyscript.inside":
        assert import_module(first).window == "w"
    else:
        with pytest.raises(ModuleNotFoundError, match=first):
            import_module(first)
