"""The command `build.py test`: everything a fresh machine needs, then every test.

It makes `.venv` with the test dependencies, finds or installs a browser, does the checks of
`build.py check` and then runs pytest, to which all further arguments are passed on
(`python3 build.py test -k losses`). Without arguments it runs all tests, side by side in two
processes; --quick leaves out those that need the built page, and slow ones. The page is built when
the first test asks for it, and only if its sources have changed. On a machine that is set up
already, all this adds a few seconds.
"""

import argparse
import os
import subprocess
import time

from tools.check import faults
from tools.paths import ROOT
from tools.testing_browser import ensure_browser
from tools.testing_venv import ensure_venv

# Two at a time; the tests of one file stay together, as they may share a page, and in order.
BY_FILE = ("--numprocesses=2", "--dist=loadfile", "--no-loadscope-reorder")
# Without a browser there is nothing to share: the tests go to whoever is free.
QUICK = ("--numprocesses=2", "--dist=worksteal", "-m", "not slow", "tests/core", "tests/page")


def configure(parser: argparse.ArgumentParser) -> None:
    """Give the command its options; all others go to pytest."""
    parser.epilog = "All other arguments go to pytest: build.py test -k losses"
    parser.add_argument(
        "--quick", action="store_true", help="only the package and the page, without a browser"
    )
    parser.set_defaults(run=run, others=[])


def run(options: argparse.Namespace) -> int:
    """Do the checks and the tests; return 0 if both pass, else a failing exit status."""
    started = time.monotonic()
    environment = dict(os.environ)
    try:
        python = ensure_venv(ROOT)
        if not options.quick:
            environment["NNCORE_BROWSER"] = str(ensure_browser(python))
    except RuntimeError as error:
        print(f"test: {error}", flush=True)
        return 2
    failed = faults(python)
    chosen = (*QUICK, *options.others) if options.quick else (options.others or BY_FILE)
    command = [str(python), "-m", "pytest", *chosen]
    tests = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    if failed:
        print(f"test: {' and '.join(failed)} failed; see above the tests", flush=True)
    verdict = "failed" if failed or tests else "passed"
    print(f"test: {verdict} after {time.monotonic() - started:.0f} s", flush=True)
    return tests or (1 if failed else 0)
