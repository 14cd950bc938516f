"""Moving to another Pyodide: what becomes of the lock file, and what is said where it cannot be."""

import argparse
import hashlib
import io
import json
from pathlib import Path

import pytest
from fake_cdn import FakeCdn, Play

from tools import upgrade
from tools.fetch import FetchError
from tools.lock import read_lock
from tools.report import Report

OLD, NEW = b"old core", b"another core"
WHEEL, NEWER = "numpy-1-x.whl", "numpy-2-x.whl"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def locked(tmp_path: Path) -> Path:
    """A lock file as ours is written, with two files and two sources of each."""
    path = tmp_path / "lock.json"
    path.write_text(
        f"""{{
 "sources": {{
  "pyodide-cdn": {{"kind": "http", "address": "https://cdn.invalid/v1.0.0/full/"}},
  "pyodide-npm": {{"kind": "npm", "address": "pyodide@1.0.0"}},
  "pyodide-pypi": {{"kind": "pypi", "address": "somebody==3"}}
 }},
 "files": [
  {{"name": "core.mjs", "group": "runtime", "size": {len(OLD)}, "licence": "MPL-2.0",
   "sha256": "{digest(OLD)}",
   "from": ["pyodide-cdn:core.mjs", "pyodide-npm:package/core.mjs", "pyodide-pypi:a/core.mjs"]}},
  {{"name": "{WHEEL}", "group": "runtime", "size": 5, "licence": "MIT",
   "sha256": "{digest(b"wheel")}",
   "from": ["pyodide-cdn:{WHEEL}", "pyodide-pypi:a/{WHEEL}"]}}
 ]
}}
"""
    )
    return path


def test_the_lock_file_is_rewritten_where_something_changes_and_nowhere_else(tmp_path):
    path = locked(tmp_path)
    core, wheel = read_lock(path)
    changes = [
        upgrade.changed_core(core, NEW),
        upgrade.Change(wheel, NEWER, 6, digest(b"wheel2"), ("pyodide-cdn",)),
    ]
    before = path.read_text()
    path.write_text(upgrade.rewritten(before, changes, "1.0.0", "1.1.0"))
    core, wheel = read_lock(path)
    assert (core.sha256, core.size) == (digest(NEW), len(NEW))
    assert [p.source.address for p in core.places] == [
        "https://cdn.invalid/v1.1.0/full/",
        "pyodide@1.1.0",
    ]
    assert (wheel.name, wheel.size, wheel.sha256) == (NEWER, 6, digest(b"wheel2"))
    assert [p.path for p in wheel.places] == [NEWER]
    assert len(path.read_text().splitlines()) == len(before.splitlines())
    assert upgrade.version_of([core]) == "1.1.0"


def test_a_wheel_that_the_list_names_anew_is_fetched_and_looked_at(tmp_path):
    _, wheel = read_lock(locked(tmp_path))
    report = Report(io.StringIO())

    def changed(listed: bytes) -> upgrade.Change:
        packages = {"numpy": {"file_name": NEWER, "sha256": digest(listed)}}
        return upgrade.changed_wheel(wheel, packages, cdn.url, report)

    with FakeCdn({NEWER: Play(b"wheel2")}) as cdn:
        found = changed(b"wheel2")
        assert (found.name, found.size, found.places) == (NEWER, 6, ("pyodide-cdn",))
        assert changed(b"wheel").sha256 == wheel.sha256
        with pytest.raises(FetchError, match="is not what Pyodide's list names"):
            changed(b"something else")
    with pytest.raises(FetchError, match=f"--trial tries it with {WHEEL}"):
        changed(b"wheel2")
    with pytest.raises(FetchError, match="list has no numpy"):
        upgrade.changed_wheel(wheel, {}, cdn.url, report)


def test_the_lock_file_is_as_it_was_if_anything_fails(tmp_path, monkeypatch):
    path = locked(tmp_path)
    before = path.read_bytes()
    told = tmp_path / "interpreter.mjs"
    told.write_text('version = "1.0.0"')
    monkeypatch.setattr(upgrade, "LOCK_PATH", path)
    monkeypatch.setattr(upgrade, "INTERPRETER", told)

    def half(version, trial, report):
        path.write_text(json.dumps({"half": version}))

    monkeypatch.setattr(upgrade, "upgrade", half)
    monkeypatch.setattr(upgrade, "look", lambda report: False)
    options = argparse.Namespace(version="1.1.0", trial=False)
    assert upgrade.run(options) == 1
    assert path.read_bytes() == before

    def interrupted(report):
        raise KeyboardInterrupt

    monkeypatch.setattr(upgrade, "look", interrupted)
    with pytest.raises(KeyboardInterrupt):
        upgrade.run(options)
    assert path.read_bytes() == before
    monkeypatch.setattr(upgrade, "look", lambda report: True)
    assert upgrade.run(argparse.Namespace(version="1.1.0", trial=True)) == 0
    assert path.read_bytes() == before, "a trial keeps nothing"
    assert upgrade.run(options) == 0
    assert json.loads(path.read_text()) == {"half": "1.1.0"}
