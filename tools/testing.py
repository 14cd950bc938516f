"""What `python3 build.py test` does: everything a fresh machine needs, then every test.

It makes `.venv` with the test dependencies, finds or installs a browser, runs the linter and
then pytest, to which all further arguments are passed on (`python3 build.py test -k losses`).
Without arguments it runs all tests, side by side in two processes. The page is built when the
first test asks for it, and only if its sources have changed. On a machine that is set up already,
all this adds less than a second.
"""

import os
import subprocess
import time
from pathlib import Path

from tools.testing_browser import ensure_browser
from tools.testing_venv import ensure_venv

ROOT = Path(__file__).resolve().parent.parent
# Two at a time; the tests of one file stay together, as they may share a page, and in order.
ALL = ("--numprocesses=2", "--dist=loadfile", "--no-loadscope-reorder")


def main(argv: list[str]) -> int:
    """Run the linter and the tests; return 0 if both pass, else a failing exit status."""
    started = time.monotonic()
    try:
        python = ensure_venv(ROOT)
        browser = ensure_browser(python)
    except RuntimeError as error:
        print(f"test: {error}", flush=True)
        return 2
    environment = {**os.environ, "NNCORE_BROWSER": str(browser)}

    def run(*module: str) -> int:
        command = [str(python), "-m", *module]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode

    lint = run("ruff", "check", "--quiet", "--output-format=concise", ".")
    tests = run("pytest", *(argv or ALL))
    verdict = "failed" if lint or tests else "passed"
    if lint:
        print("test: ruff found faults; its list stands above the tests", flush=True)
    print(f"test: {verdict} after {time.monotonic() - started:.0f} s", flush=True)
    return tests or lint
