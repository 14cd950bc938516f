"""The command line, started as a reader starts it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import cli, testing
from tools.report import megabytes


def run_build(root: Path, cache: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run build.py on the bare standard library: no site-packages, no environment of Python's."""
    environment = {**os.environ, "NNCORE_CACHE": str(cache)}
    command = [sys.executable, "-S", "-E", str(root / "build.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)


@pytest.mark.parametrize(
    "arguments", [["--offline"], ["--offline", "serve"], ["serve", "--offline"]]
)
def test_failure_names_file_cause_and_remedy(
    root: Path, tmp_path: Path, arguments: list[str]
) -> None:
    done = run_build(root, tmp_path, *arguments)
    assert done.returncode == 1
    assert re.search(
        r"build: failed: pyodide\.mjs is not in the cache \(.*\), and --offline forbids fetching "
        r"it\. Run once without --offline\.",
        done.stderr,
    )
    assert "Traceback" not in done.stderr
    assert list(tmp_path.rglob("*")) == []


def test_help(root: Path, tmp_path: Path) -> None:
    done = run_build(root, tmp_path, "--help")
    assert done.returncode == 0
    for word in ("serve", "check", "test", "bench", "--mirror", "--offline"):
        assert word in done.stdout
    done = run_build(root, tmp_path, "serve", "--help")
    for word in ("--port", "--open", "--watch", "--mirror", "--offline"):
        assert word in done.stdout
    assert "--rounds" in run_build(root, tmp_path, "bench", "start", "--help").stdout


def test_only_pytest_gets_what_is_not_known(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run_build(root, tmp_path, "check", "-k", "losses")
    assert done.returncode == 2
    assert "unrecognized arguments: -k losses" in done.stderr
    called = []
    monkeypatch.setattr(testing, "ensure_venv", lambda root: Path("python"))
    monkeypatch.setattr(testing, "ensure_browser", lambda python: Path("browser"))
    monkeypatch.setattr(testing, "faults", lambda python: [])

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        called.append(command[3:])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(testing.subprocess, "run", run)
    for arguments in (["-k", "losses", "tests/core"], ["--quick", "-x"], []):
        assert cli.main(["test", *arguments]) == 0
    assert called == [["-k", "losses", "tests/core"], [*testing.QUICK, "-x"], [*testing.BY_FILE]]


def test_a_failed_check_fails_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testing, "ensure_venv", lambda root: Path("python"))
    monkeypatch.setattr(testing, "faults", lambda python: ["types"])
    passed = subprocess.CompletedProcess([], 0)
    monkeypatch.setattr(testing.subprocess, "run", lambda *_, **__: passed)
    assert cli.main(["test", "--quick"]) == 1


def test_sizes_are_said_as_people_say_them() -> None:
    assert [megabytes(n) for n in (0, 1, 12_345, 9_430_141)] == ["0 kB", "1 kB", "12 kB", "9.4 MB"]
