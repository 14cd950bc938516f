"""The lock file: it is complete, and a faulty one is refused with a clear message."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.lock import KINDS, read_lock, select

ENTRY = {
    "name": "a.wasm",
    "group": "runtime",
    "size": 3,
    "licence": "MIT",
    "sha256": "0" * 64,
    "from": ["cdn:a.wasm"],
}
SOURCES = {"cdn": {"kind": "http", "address": "http://127.0.0.1/"}}


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(files: list[dict], sources: dict | None = None) -> Path:
        path = tmp_path / "lock.json"
        path.write_text(json.dumps({"sources": sources or SOURCES, "files": files}))
        return path

    return write


def test_every_file_is_pinned() -> None:
    files = read_lock()
    assert {file.group for file in files} >= {"runtime", "page", "licences", "sklearn", "test"}
    for file in files:
        assert re.fullmatch("[0-9a-f]{64}", file.sha256), file.name
        assert file.size > 0
        assert file.licence
        assert file.places
        for place in file.places:
            assert place.source.kind in KINDS
            assert place.source.kind == "http" or re.search(r"[@=]\d+\.\d+", place.source.address)


def test_everything_for_the_build_is_had_without_the_cdn() -> None:
    for file in read_lock():
        assert any(place.source.kind != "http" for place in file.places), file.name


def test_no_registry_is_named(root: Path) -> None:
    """The clients know their registries; ours is no business to name them."""
    paths = [root / "runtime.lock.json", root / "build.py", *(root / "tools").rglob("*.*")]
    forbidden = re.compile(r"(registry\.npmjs|pypi|pythonhosted)\.(org|io)")
    for path in paths:
        if path.suffix in (".py", ".mjs", ".json"):
            assert not forbidden.search(path.read_text("utf-8")), path


def test_select_by_group() -> None:
    files = read_lock()
    assert "pyodide.asm.wasm" in {file.name for file in select(files, "runtime")}
    with pytest.raises(ValueError, match=r"group must be one of \[.*'runtime'.*\]; got 'nothing'"):
        select(files, "nothing")


@pytest.mark.parametrize("field", sorted(ENTRY))
def test_missing_field(written: Callable[..., Path], field: str) -> None:
    entry = {key: value for key, value in ENTRY.items() if key != field}
    with pytest.raises(ValueError, match=f"must have the field '{field}'"):
        read_lock(written([entry]))


def test_unknown_source(written: Callable[..., Path]) -> None:
    message = r"each place of 'a\.wasm' must be SOURCE:PATH with a known source; got 'moon:a\.wasm'"
    with pytest.raises(ValueError, match=message):
        read_lock(written([ENTRY | {"from": ["moon:a.wasm"]}]))


def test_unknown_kind(written: Callable[..., Path]) -> None:
    with pytest.raises(ValueError, match=r"kind of source 'cdn' must be in .*; got 'ftp'"):
        read_lock(written([ENTRY], {"cdn": {"kind": "ftp", "address": "x"}}))


def test_name_that_stands_twice(written: Callable[..., Path]) -> None:
    with pytest.raises(ValueError, match=r"each file must be named once; got 'a\.wasm' twice"):
        read_lock(written([ENTRY, ENTRY]))
