"""The command `build.py check`: lint, format, types and the API's page, in under a minute.

ruff finds likely bugs and says where the format differs from its own; mypy checks the types, in
its strict mode where pyproject.toml says so; docs/api.md has to be what the docstrings say. All
faults are told, not the first alone. --fix mends what can be mended without a thought.
"""

import argparse
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.api import PAGE, api_page
from tools.paths import ROOT
from tools.testing_venv import ensure_venv

CHECKS = {
    "lint": ("ruff", "check", "--quiet", "--output-format=concise", "."),
    "format": ("ruff", "format", "--check", "--quiet", "--output-format=concise", "."),
    "types": ("mypy",),
}
FIXES = (("ruff", "check", "--fix", "--quiet", "."), ("ruff", "format", "--quiet", "."))


def configure(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.add_argument("--fix", action="store_true", help="first mend what can be mended")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do all checks; return 0 if all pass, else 1, or 2 if the tools could not be had."""
    started = time.monotonic()
    try:
        python = ensure_venv(ROOT)
    except RuntimeError as error:
        print(f"check: {error}", flush=True)
        return 2
    if options.fix:
        for command in FIXES:
            _run(python, command)
        PAGE.write_text(api_page(python), encoding="utf-8")
    failed = faults(python)
    verdict = f"failed: {', '.join(failed)}" if failed else "passed"
    print(f"check: {verdict} after {time.monotonic() - started:.0f} s", flush=True)
    return 1 if failed else 0


def faults(python: Path) -> list[str]:
    """Return the names of the checks that fail; what they say goes to the terminal."""
    with ThreadPoolExecutor() as beside:
        page = beside.submit(list, _faults_of_the_page(python))
        failed = [name for name, command in CHECKS.items() if _run(python, command)]
    for fault in page.result():
        print(f"check: {fault}", flush=True)
        failed.append("api")
    if failed and failed != ["types"]:
        print("check: python3 build.py check --fix mends what it can", flush=True)
    return failed


def _run(python: Path, command: tuple[str, ...]) -> int:
    return subprocess.run([str(python), "-m", *command], cwd=ROOT, check=False).returncode


def _faults_of_the_page(python: Path) -> Iterator[str]:
    try:
        text = api_page(python)
    except RuntimeError as error:
        yield str(error)
        return
    if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
        yield f"{PAGE.relative_to(ROOT)} must say what nncore's docstrings say"
