"""The command line, started as a reader starts it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

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
    for word in ("serve", "test", "--mirror", "--offline"):
        assert word in done.stdout
    done = run_build(root, tmp_path, "serve", "--help")
    for word in ("--port", "--open", "--mirror", "--offline"):
        assert word in done.stdout


def test_sizes_are_said_as_people_say_them() -> None:
    assert [megabytes(n) for n in (0, 1, 12_345, 9_430_141)] == ["0 kB", "1 kB", "12 kB", "9.4 MB"]
