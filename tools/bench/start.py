"""The command `build.py bench start`: how long the page takes to start, beside bare Pyodide.

Bare means: stock `loadPyodide` with NumPy, from the very same compiled files, unpacked and served
by the same server, in a page with nothing else in it. Both take turns, with an empty cache and as
a returning reader, and once more on a processor slowed four times. With --against DIR another
build of the page takes the place of bare Pyodide (see comparison.py).
"""

import argparse
import gzip
import json
import re
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from tools.bench.comparison import ROWS, compare, comparison_table, drive, serving
from tools.bundle import build
from tools.fetch import make_fetcher
from tools.paths import BENCH_RESULTS, ROOT
from tools.report import Report
from tools.serve import Handler
from tools.testing_browser import ensure_browser
from tools.testing_venv import ensure_venv

PROGRAM = Path(__file__).parent / "programs" / "start.py"
BARE = """<!doctype html><html data-state="booting"><link rel="icon" href="data:,"><p>...</p>
<script type="module">
import { loadPyodide } from "./pyodide.mjs";
const python = await loadPyodide({ packages: ["numpy"] });
python.runPython("import numpy; numpy.ones(3).sum()");
document.documentElement.dataset.state = "ready";
</script></html>"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.description = __doc__
    parser.add_argument("--rounds", type=int, default=5, help="turns of each page (5)")
    parser.add_argument(
        "--against", type=Path, metavar="DIR", help="a built page to compare with, in every way"
    )
    parser.add_argument(
        "--rows", nargs="+", choices=ROWS, default=list(ROWS), help="of that table (all)"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure the start beside bare Pyodide, or beside another build; return the exit status."""
    if not options.against:
        return bench("start", partial(_beside_bare, rounds=options.rounds), table)
    asked = {"against": options.against, "rows": options.rows, "rounds": options.rounds}
    return bench("start-against", partial(compare, **asked), comparison_table)


def bench(
    name: str,
    measure: Callable[[Path, Path, Path], list[dict]],
    table: Callable[[list[dict]], str],
) -> int:
    """Build the page and measure it; print a table, and keep it in artifacts/bench with what it
    was made from. Return the exit status.

    Args:
        measure: measure(python, browser, dist), which may raise RuntimeError or ValueError.
    """
    report = Report()
    python = ensure_venv(ROOT)
    dist = build(ROOT, make_fetcher(report), report)
    try:
        found = measure(python, ensure_browser(python), dist)
        text = table(found)
    except (RuntimeError, ValueError) as error:
        report.line(f"bench failed: {error}")
        return 1
    BENCH_RESULTS.mkdir(parents=True, exist_ok=True)
    (BENCH_RESULTS / f"{name}.md").write_text(text, encoding="utf-8")
    (BENCH_RESULTS / f"{name}.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    print(text)
    return 0


def _beside_bare(python: Path, browser: Path, dist: Path, rounds: int) -> list[dict]:
    """Return one entry for each start: page, cache, slowed, ready and first paint in ms."""
    with tempfile.TemporaryDirectory(prefix="nncore-start-") as temporary:
        site = Path(temporary)
        (site / "page").symlink_to(dist, target_is_directory=True)
        unpack(dist, site / "bare")
        with serving(site, Handler) as address:
            return drive(PROGRAM, python, browser, (address, str(rounds)))


def unpack(dist: Path, folder: Path) -> None:
    """Write the site's own runtime files as bare Pyodide wants them."""
    html = (dist / "index.html").read_text("utf-8")
    listed = re.search(r'id="boot-files">(.*?)</script>', html)
    assert listed is not None, "the page lists the files of its start"
    manifest = json.loads(listed[1])
    folder.mkdir()
    for name, entry in manifest["files"].items():
        content = (dist / entry.get("path", entry.get("module"))).read_bytes()
        (folder / name).write_bytes(gzip.decompress(content) if "path" in entry else content)
    (folder / "pyodide-lock.json").write_text(json.dumps(manifest["lock"]))
    (folder / "index.html").write_text(BARE)


def table(found: list[dict]) -> str:
    """Return the medians as Markdown."""
    lines = [
        "| start | first picture | ready | bare Pyodide with NumPy | ratio |",
        "|---|---|---|---|---|",
    ]
    cases = dict.fromkeys((entry["cache"], entry["slowed"]) for entry in found)
    for cache, slowed in cases:
        here = [e for e in found if (e["cache"], e["slowed"]) == (cache, slowed)]
        page = [e for e in here if e["page"] == "page"]
        bare = median(e["ready"] for e in here if e["page"] == "bare")
        ready, paint = median(e["ready"] for e in page), median(e["paint"] for e in page)
        name = f"{cache} cache" + (f", processor slowed {slowed} times" if slowed > 1 else "")
        lines.append(
            f"| {name} | {paint / 1000:.2f} s | {ready / 1000:.2f} s | {bare / 1000:.2f} s "
            f"| {ready / bare:.2f} |"
        )
    return "\n".join(lines) + "\n"
