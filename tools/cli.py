"""The command line of `build.py`: build, serve, test and bench.

Every failure ends in one message that names the file, the cause and the remedy, and in exit
status 1; a traceback is shown only for faults of the build itself.
"""

import argparse
from pathlib import Path

from tools.bundle import build
from tools.cache import Cache, default_cache_folder
from tools.compiled import CompileError
from tools.fetch import Fetcher, FetchError
from tools.lock import read_lock
from tools.node import NoNode
from tools.report import Report
from tools.serve import serve

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = (FetchError, NoNode, CompileError, OSError, ValueError)


def main(argv: list[str]) -> int:
    """Run the command line `argv` (without the program's name); return the exit status."""
    if argv[:1] == ["test"]:
        from tools.testing import main as run_tests

        return run_tests(argv[1:])
    if argv[:2] == ["bench", "start"]:
        from tools.bench.start import main as time_the_start

        return time_the_start(argv[2:])
    if argv[:1] == ["bench"]:
        from tools.bench.command import main as run_benchmark

        return run_benchmark(argv[1:])
    options = _parser().parse_args(argv)
    report = Report()
    try:
        dist = build(ROOT, make_fetcher(report, options.mirror, options.offline), report)
        if options.command == "serve":
            serve(dist, options.port, options.open)
    except EXPECTED as error:
        report.line(f"failed: {error}")
        return 1
    except KeyboardInterrupt:
        report.line("interrupted; nothing half-written was left behind")
        return 130
    return 0


def make_fetcher(report: Report, mirror: str | None = None, offline: bool = False) -> Fetcher:
    """Return a fetcher of everything in the lock file, into the machine's own cache."""
    return Fetcher(Cache(default_cache_folder()), read_lock(), report, mirror, offline)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py",
        description="Fetch the pinned runtime, verify it, and write the playground to dist/.",
        epilog="Without a command: write dist/ and stop.",
    )
    parser.set_defaults(command="build", mirror=None, offline=False)
    commands = parser.add_subparsers(title="commands", metavar="")
    serving = commands.add_parser("serve", help="write dist/, then serve it on this machine")
    serving.set_defaults(command="serve")
    serving.add_argument("--port", type=int, help="the port (default: 8000, or a free one)")
    serving.add_argument("--open", action="store_true", help="open the page in the browser")
    commands.add_parser("test", help="build, then run every test (arguments go to pytest)")
    commands.add_parser("bench", help="measure the speed beside other libraries, in a browser")
    for each in (parser, serving):  # so that the options may stand before or after the command
        unset = argparse.SUPPRESS
        each.add_argument(
            "--mirror", metavar="URL", default=unset, help="a web folder to ask instead of the CDN"
        )
        each.add_argument(
            "--offline", action="store_true", default=unset, help="use the local cache alone"
        )
    return parser
