"""The command `build.py bench large`: the frames of a page that works on a large table.

A table of 100,000 rows and 20 columns is read, opened in the lab and trained on at full speed. A
frame that takes the page more than 50 ms of the processor is one that a reader feels.
"""

import argparse
from pathlib import Path

from tools.bench.comparison import drive, serving
from tools.bench.start import bench
from tools.serve import Handler

PROGRAM = Path(__file__).parent / "programs" / "large_table.py"
LONG = 50.0  # milliseconds


def configure(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.description = __doc__
    parser.set_defaults(run=run)


def run(_options: argparse.Namespace) -> int:
    """Measure, print a table, and keep it in artifacts/bench; return the exit status."""
    return bench("large", measure, table)


def measure(python: Path, browser: Path, dist: Path) -> list[dict]:
    """Return each phase's name, its milliseconds and its frames."""
    with serving(dist, Handler) as address:
        return drive(PROGRAM, python, browser, (f"{address}/",))


def table(found: list[dict]) -> str:
    """Return the phases as Markdown: seconds, frames, the longest, and those above LONG."""
    lines = [
        "| | seconds | frames | longest, processor | over 50 ms | longest, clock | over 50 ms |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for phase in found:
        cells = [f"{phase['ms'] / 1000:.1f}", str(len(phase["processor"]))]
        for times in (phase["processor"], phase["clock"]):
            cells += [f"{max(times):.0f} ms", str(sum(time > LONG for time in times))]
        lines.append(f"| {phase['phase']} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
