"""The command `build.py bench`: build, race, and write down the results.

They are printed and kept in `artifacts/bench/` as JSON, Markdown and SVG. With --write the table
also goes into docs/benchmarks.md, between the marks that are there for it, and the chart beside it.
"""

import argparse
import json
import os
import platform
import subprocess
import tempfile
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tools.bench import keras, large, notebook, start
from tools.bench.assembly import assemble
from tools.bench.chart import chart
from tools.bench.gather import Opener, chromium, firefox, gather
from tools.bench.table import table
from tools.bundle import build
from tools.fetch import make_fetcher
from tools.lock import select
from tools.paths import BENCH_RESULTS, ROOT
from tools.report import Report
from tools.testing_browser import ensure_browser
from tools.testing_venv import ensure_venv

PARTS = ("epochs", "grid", "wine", "growth", "page", "sweeps", "full", "curves", "vary")
OF_PAGE = {"page", "full", "curves", "vary"}  # parts that measure the built page
PAPER, CHART = Path("docs/benchmarks.md"), Path("docs/benchmarks.svg")
MARKS = "<!-- benchmark -->", "<!-- end of benchmark -->"


def configure(parser: argparse.ArgumentParser) -> None:
    """Give the command its options, and a command of its own: `start`."""
    parser.add_argument("--rounds", type=int, default=9, help="turns of each contender (9)")
    parser.add_argument(
        "--parts", nargs="+", choices=PARTS, default=PARTS, help="what to measure (everything)"
    )
    parser.add_argument(
        "--own-browser", action="store_true", help="print the address and wait for any browser"
    )
    parser.add_argument(
        "--against", type=Path, metavar="DIR", help="a built page to compare full speed with"
    )
    parser.add_argument(
        "--only",
        default="",
        metavar="TEXT",
        help="of the epochs and of full speed, networks with this in their name",
    )
    parser.add_argument("--firefox", action="store_true", help="in Firefox instead of Chromium")
    parser.add_argument("--write", action="store_true", help=f"put the results into {PAPER}")
    parser.set_defaults(run=run)
    commands = parser.add_subparsers(title="commands", metavar="")
    start.configure(commands.add_parser("start", help="how long the page takes to start"))
    keras.configure(commands.add_parser("keras", help="a fit through nncore.keras, side by side"))
    large.configure(commands.add_parser("large", help="frames of a page with 100,000 rows"))
    notebook.configure(commands.add_parser("notebook", help="the notebook, beside bare Pyodide"))


def run(options: argparse.Namespace) -> int:
    """Run the benchmark; return 0, or 1 if something could not be had or did not agree."""
    report = Report()
    try:
        found = measure(options, report)
    except (OSError, RuntimeError, ValueError) as error:
        report.line(f"bench failed: {error}")
        return 1
    folder = BENCH_RESULTS
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    text = table(found)
    (folder / "results.md").write_text(text, encoding="utf-8")
    print(text)
    if "epochs" in found:
        (folder / "results.svg").write_text(chart(found), encoding="utf-8")
    if options.write:
        publish(text, found)
    report.line(f"the results are in {folder}")
    return 0


def measure(options: argparse.Namespace, report: Report) -> dict:
    """Return everything that was found, with the day and the machine."""
    python = ensure_venv(ROOT)
    fetcher = make_fetcher(report)
    files = fetcher.ensure(select(fetcher.files, "runtime", "bench"))
    shown = OF_PAGE & set(options.parts)
    dist = build(ROOT, fetcher, report) if shown else None
    found: dict[str, Any] = {"date": date.today().isoformat(), "machine": machine()}
    if "epochs" in options.parts:
        found["native"] = _scikit_learn(python, options.rounds)
    with tempfile.TemporaryDirectory(prefix="nncore-bench-") as temporary:
        site = Path(temporary)
        assemble(site, ROOT, files, dist, options.against)
        asked = {"rounds": options.rounds, "parts": ",".join(options.parts), "only": options.only}
        found |= gather(site, f"?{urlencode(asked)}", _opener(options, python), report.line)
    return found


def _opener(options: argparse.Namespace, python: Path) -> Opener | None:
    """What opens the page: a browser of ours, or None for any that may come."""
    if options.own_browser:
        return None
    return firefox if options.firefox else partial(chromium, ensure_browser(python))


def machine() -> str:
    """Return the processor's name, the number of cores and the system."""
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        name = names[0] if names else name
    return f"{name}, {os.cpu_count()} cores, {platform.system()}"


def publish(text: str, found: dict) -> None:
    """Write the table into its paper between the marks, and the chart to its place.

    Raises:
        ValueError: If the paper has no such marks.
    """
    paper = ROOT / PAPER
    before, mark, rest = paper.read_text(encoding="utf-8").partition(MARKS[0])
    _, end, after = rest.partition(MARKS[1])
    if not mark or not end:
        raise ValueError(f"{PAPER} must hold the marks {MARKS[0]} and {MARKS[1]}")
    (ROOT / CHART).write_text(chart(found), encoding="utf-8")
    picture = f"![Milliseconds per epoch, by library]({CHART.name})"
    paper.write_text(f"{before}{mark}\n{picture}\n\n{text}{end}{after}", encoding="utf-8")


def _scikit_learn(python: Path, rounds: int) -> dict:
    program = Path(__file__).parent / "programs" / "native.py"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    command = [str(python), str(program), str(rounds)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise RuntimeError(f"scikit-learn's part failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)
