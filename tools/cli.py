"""The command line of `build.py`: build, serve, check, test, lesson and bench.

Each command adds itself, with its options, and is called with them. Every failure ends in one
message that names the file, the cause and the remedy, and in exit status 1; a traceback is shown
only for faults of the build itself.
"""

import argparse

from tools import check, lesson, testing, upgrade
from tools.bench import command as bench
from tools.bundle import build
from tools.compiled import CompileError
from tools.fetch import FetchError, make_fetcher
from tools.node import NoNode
from tools.paths import ROOT
from tools.report import Report
from tools.serve import serve
from tools.watch import watch

EXPECTED = (FetchError, NoNode, CompileError, OSError, ValueError)


def main(argv: list[str]) -> int:
    """Run the command line `argv` (without the program's name); return the exit status."""
    parser = _parser()
    options, others = parser.parse_known_args(argv)
    if "others" in options:  # a command that hands on what it does not know
        options.others = others
    elif others:
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    return options.run(options)


def run_build(options: argparse.Namespace) -> int:
    """Write `dist/`, and serve it if that was asked for; return the exit status."""
    report = Report()
    try:
        fetcher = make_fetcher(report, options.mirror, options.offline)
        dist = build(ROOT, fetcher, report)
        if options.serves and options.watch:
            watch(fetcher, report, options.port, options.open)
        elif options.serves:
            serve(dist, options.port, options.open)
    except EXPECTED as error:
        report.line(f"failed: {error}")
        return 1
    except KeyboardInterrupt:
        report.line("interrupted; nothing half-written was left behind")
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py",
        description="Fetch the pinned runtime, verify it, and write the playground to dist/.",
        epilog="Without a command: write dist/ and stop.",
    )
    parser.set_defaults(run=run_build, serves=False, mirror=None, offline=False)
    commands = parser.add_subparsers(title="commands", metavar="")
    serving = commands.add_parser("serve", help="write dist/, then serve it on this machine")
    serving.set_defaults(run=run_build, serves=True)
    serving.add_argument("--port", type=int, help="the port (default: 8000, or a free one)")
    serving.add_argument("--open", action="store_true", help="open the page in the browser")
    serving.add_argument(
        "--watch", action="store_true", help="build and reload when site/ or nncore/ change"
    )
    for each in (parser, serving):  # so that the options may stand before or after the command
        unset = argparse.SUPPRESS
        each.add_argument(
            "--mirror", metavar="URL", default=unset, help="a web folder to ask instead of the CDN"
        )
        each.add_argument(
            "--offline", action="store_true", default=unset, help="use the local cache alone"
        )
    check.configure(commands.add_parser("check", help="lint, format and types, in under a minute"))
    testing.configure(commands.add_parser("test", help="check, build, test", allow_abbrev=False))
    lesson.configure(commands.add_parser("lesson", help="check a lesson, solve it, measure it"))
    bench.configure(commands.add_parser("bench", help="measure the speed beside other libraries"))
    upgrade.configure(
        commands.add_parser("upgrade-runtime", help="move to another Pyodide, or look if all holds")
    )
    return parser
