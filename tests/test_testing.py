"""The test command's own parts: when it builds, what it installs, which browser it takes."""

import os
from pathlib import Path

import pytest

from tools import testing_browser, testing_dist, testing_venv

BUILD = """
from pathlib import Path
import sys
count = Path("count")
count.write_text(count.read_text() + "x" if count.exists() else "x")
Path("dist").mkdir(exist_ok=True)
Path("dist/index.html").write_text(Path("site/index.html").read_text())
sys.exit(Path("site/index.html").read_text() == "broken")
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository in miniature, whose build counts how often it ran."""
    monkeypatch.delenv("NNCORE_DIST", raising=False)
    for folder in ("site", "nncore", "tools"):
        (tmp_path / folder).mkdir()
    (tmp_path / "build.py").write_text(BUILD)
    (tmp_path / "site/index.html").write_text("one")
    return tmp_path


def builds(project: Path) -> int:
    assert testing_dist.ensure_dist(project) == project / "dist"
    return len((project / "count").read_text())


def test_builds_when_the_sources_or_the_result_changed(project: Path) -> None:
    assert builds(project) == 1
    assert builds(project) == 1
    (project / "site/index.html").write_text("two")
    assert builds(project) == 2
    (project / "nncore/new.py").write_text("")
    assert builds(project) == 3
    (project / "nncore/new.py").unlink()
    assert builds(project) == 4
    (project / "dist/index.html").write_text("spoilt")
    assert builds(project) == 5
    (project / "tools/testing_venv.py").write_text("no part of the page")
    (project / "nncore/__pycache__").mkdir()
    (project / "nncore/__pycache__/new.cpython-311.pyc").write_text("")
    assert builds(project) == 5


def test_a_failed_build_fails_and_is_tried_again(project: Path) -> None:
    (project / "site/index.html").write_text("broken")
    for _ in range(2):
        with pytest.raises(RuntimeError, match=r"python3 build\.py failed"):
            testing_dist.ensure_dist(project)
    assert (project / "count").read_text() == "xx"


def test_a_ready_build_can_be_named(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NNCORE_DIST", str(tmp_path / "site"))
    assert testing_dist.ensure_dist(project) == tmp_path / "site"
    monkeypatch.setenv("NNCORE_DIST", str(tmp_path / "tools"))
    with pytest.raises(ValueError, match=r"NNCORE_DIST must be a folder with an index\.html; got"):
        testing_dist.ensure_dist(project)


def test_requirements_are_the_project_s_and_both_groups(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text(
        '[project]\ndependencies = ["a>=1"]\n'
        '[dependency-groups]\nlint = ["d"]\ntest = ["b", "c"]\nother = ["e"]\n'
    )
    assert testing_venv.requirements(file) == ["a>=1", "b", "c", "d"]


def script(path: Path, exit_status: int) -> Path:
    path.write_text(f"#!/bin/sh\nexit {exit_status}\n")
    path.chmod(0o755)
    return path


@pytest.mark.skipif(os.name == "nt", reason="shell scripts play the browsers")
def test_browser_is_the_first_that_starts_and_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NNCORE_BROWSER", raising=False)
    folder = tmp_path / "venv" / "bin"
    folder.mkdir(parents=True)
    python = script(folder / "python", 1)  # Playwright is asked through it, and knows of none
    script(tmp_path / "chromium", 1)
    good = script(tmp_path / "google-chrome", 0)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(testing_browser, "PLACES", ())
    assert testing_browser.ensure_browser(python) == good
    script(tmp_path / "chromium", 0)
    assert testing_browser.ensure_browser(python) == good
    good.unlink()
    assert testing_browser.ensure_browser(python) == tmp_path / "chromium"


def test_a_named_browser_must_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NNCORE_BROWSER", str(tmp_path / "nothing"))
    with pytest.raises(RuntimeError, match="NNCORE_BROWSER must be a browser that starts; got"):
        testing_browser.ensure_browser(tmp_path)
