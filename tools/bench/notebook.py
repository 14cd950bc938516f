"""The command `build.py bench notebook`: the notebook in a browser, side by side.

Opening it, from the press on its tab to the first cell that has run, beside a bare second Pyodide:
stock `loadPyodide` with NumPy in a worker, from the very same files, in a page that has one Pyodide
already. And in the notebook's own Python a fit through nncore.keras beside train(), by turns.
"""

import argparse
import tempfile
from functools import partial
from pathlib import Path
from statistics import median

from tools.bench.comparison import drive, serving
from tools.bench.start import BARE, bench, unpack
from tools.serve import Handler

PROGRAMS = Path(__file__).parent / "programs"
WORKER = """import { loadPyodide } from "./pyodide.mjs";
const python = await loadPyodide({ packages: ["numpy"] });
postMessage(python.runPython("import numpy; float(numpy.ones(3).sum())"));"""
SECOND = """<script>
const second = () => new Promise((done) => {
  const started = performance.now();
  const worker = new Worker("./worker.mjs", { type: "module" });
  worker.onmessage = () => { done(performance.now() - started); worker.terminate(); };
});
</script></html>"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.description = __doc__
    parser.add_argument("--rounds", type=int, default=5, help="turns of each page (5)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure, print a table, and keep it in artifacts/bench; return the exit status."""
    return bench("notebook", partial(measure, rounds=options.rounds), table)


def measure(python: Path, browser: Path, dist: Path, rounds: int) -> list[dict]:
    """Return one entry for each measurement: what was measured, of whom, milliseconds."""
    with tempfile.TemporaryDirectory(prefix="nncore-notebook-") as temporary:
        site = Path(temporary)
        (site / "page").symlink_to(dist, target_is_directory=True)
        unpack(dist, site / "bare")
        (site / "bare" / "worker.mjs").write_text(WORKER, encoding="utf-8")
        (site / "bare" / "index.html").write_text(BARE.replace("</html>", SECOND), "utf-8")
        with serving(site, Handler) as address:
            arguments = (address, str(rounds), str(PROGRAMS / "notebook_cell.py"))
            return drive(PROGRAMS / "notebook.py", python, browser, arguments)


def table(found: list[dict]) -> str:
    """Return the medians as Markdown, each beside what it is measured by."""
    lines = ["| in the page | ms | beside | ms | ratio |", "|---|---:|---|---:|---:|"]
    for name, beside in PAIRS.items():
        both = [median(e["ms"] for e in found if e["name"] == each) for each in (name, beside)]
        lines.append(f"| {name} | {both[0]:.1f} | {beside} | {both[1]:.1f} "
                     f"| {both[0] / both[1]:.2f} |")  # fmt: skip
    return "\n".join(lines) + "\n"


PAIRS = {
    "tab to first cell, first visit": "bare second Pyodide, first visit",
    "tab to first cell, returning": "bare second Pyodide, returning",
    "nncore.keras, fit of Wine": "nncore.train, compiled",
}
