"""The command `build.py check`: lint, format and types, in seconds and without the page.

ruff finds likely bugs and says where the format differs from its own; mypy checks the types, in
its strict mode where pyproject.toml says so. Everything is said at once, not the first fault
alone, with the command that mends it where there is one.
"""

import argparse
import subprocess
import time
from pathlib import Path

from tools.paths import ROOT
from tools.testing_venv import ensure_venv

CHECKS = {
    "lint": ("ruff", "check", "--quiet", "--output-format=concise", "."),
    "format": ("ruff", "format", "--check", "--quiet", "."),
    "types": ("mypy",),
}
MENDED_BY = {"lint": "ruff check --fix .", "format": "ruff format ."}


def configure(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.set_defaults(run=run)


def run(_options: argparse.Namespace) -> int:
    """Do all checks; return 0 if all pass, else 1, or 2 if the tools could not be had."""
    started = time.monotonic()
    try:
        python = ensure_venv(ROOT)
    except RuntimeError as error:
        print(f"check: {error}", flush=True)
        return 2
    failed = faults(python)
    verdict = f"failed: {', '.join(failed)}" if failed else "passed"
    print(f"check: {verdict} after {time.monotonic() - started:.0f} s", flush=True)
    return 1 if failed else 0


def faults(python: Path) -> list[str]:
    """Return the names of the checks that fail; what they say goes to the terminal."""
    failed = []
    for name, command in CHECKS.items():
        done = subprocess.run([str(python), "-m", *command], cwd=ROOT, check=False)
        if done.returncode:
            failed.append(name)
            if name in MENDED_BY:
                print(f"check: {python.parent / MENDED_BY[name]} mends what it can", flush=True)
    return failed
