"""The command `build.py lesson FILE`: reads a lesson, solves it, and measures how fair it is.

What is wrong with a lesson is told with its line. Each task with a `solution:` is solved by it,
from the seed of its start and from others, in the environment of the tests.
"""

import argparse
import subprocess

from tools.paths import ROOT
from tools.testing_venv import ensure_venv

PROGRAM = ROOT / "tools" / "measure_lesson.py"


def configure(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.add_argument("file", help="a lesson, such as site/lessons/smallest-xor.md")
    parser.add_argument("--seeds", type=int, default=20, help="how many seeds to measure by (20)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Return 0 if the lesson can be used and its checks are fair, 1 if not, 2 without Python's
    packages."""
    try:
        python = ensure_venv(ROOT)
    except RuntimeError as error:
        print(f"lesson: {error}", flush=True)
        return 2
    command = [str(python), str(PROGRAM), options.file, str(max(0, options.seeds))]
    return subprocess.run(command, check=False).returncode
