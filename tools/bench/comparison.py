"""The command `build.py bench start --against DIR`: this build's start beside another build's.

Both are served by one server and take turns, so that what else the machine does meets both. Each
row of the table is a way to come to the page; its figure is a ratio, which holds on other machines
better than milliseconds do. What an engine that is missing would have measured is left out, and
the table says so.
"""

import json
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tools.paths import ROOT
from tools.serve import Handler, make_server

PROGRAM = Path(__file__).parent / "programs" / "compared_starts.py"
BUILDS = ("new", "old")  # the folders of the server: this build, the other one
STAGES = ("start", "numpy", "draw", "ready")  # the page's own marks, in their order
LESSON = """<!doctype html><html lang="en"><title>A lesson</title><link rel="icon" href="data:,">
<script src="{build}/embed.js"></script>
{playgrounds}
<script>
let ready = 0;
for (const each of document.querySelectorAll("nn-playground"))
  each.addEventListener("ready", () => ++ready === {count} && performance.mark("boot:ready"));
</script></html>"""
PLAYGROUNDS = 3


@dataclass(frozen=True)
class Row:
    """A way to come to the page. most: the ratio that it may have (see issue "Ready in half the
    time"); unit: of its medians."""

    title: str
    most: float
    unit: str = "ms"


ROWS = {
    "returning": Row("ready, returning, Chromium", 0.60),
    "slowed": Row("ready, returning, processor slowed 4 times", 0.60),
    "firefox": Row("ready, returning, Firefox", 0.55),
    "webkit": Row("ready, returning, WebKitGTK", 0.55),
    "first": Row("ready, first visit, unthrottled", 0.70),
    "line": Row("ready, first visit, 10 Mbit/s and 40 ms", 0.85),
    "bytes": Row("bytes of a first visit until ready", 0.80, "MB"),
    "file": Row("`playground.html`, ready from file://", 0.70),
    "lesson": Row("three playgrounds on a page, all ready", 0.60),
}


def compare(
    python: Path, browser: Path, dist: Path, against: Path, rows: Iterable[str], rounds: int
) -> list[dict]:
    """Return one entry for each start: row, build and what was measured; or row and why not.

    Raises:
        ValueError: If `against` is no built page.
        RuntimeError: If the program that drives the browsers fails.
    """
    if not (against / "index.html").is_file():
        raise ValueError(f"--against must name a built page (with index.html); got {against}")
    with tempfile.TemporaryDirectory(prefix="nncore-compare-") as temporary:
        site = Path(temporary)
        for build, folder in zip(BUILDS, (dist, against.resolve()), strict=True):
            (site / build).symlink_to(folder, target_is_directory=True)
            (site / f"lesson-{build}.html").write_text(lesson(build), encoding="utf-8")
        with make_server(site, 0, _Quiet) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}"
            try:
                return _drive(python, browser, [address, str(site), str(rounds), *rows])
            finally:
                server.shutdown()


class _Quiet(Handler):
    """A browser that is closed while it still fetches is no fault here."""

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True


def lesson(build: str) -> str:
    """Return a course page with three playgrounds that are all in sight."""
    links = ("dataset=circle", "dataset=xor", "dataset=spiral")[:PLAYGROUNDS]
    playgrounds = "\n".join(
        f'<nn-playground link="#{link}" height="260"></nn-playground>' for link in links
    )
    return LESSON.format(build=build, playgrounds=playgrounds, count=len(links))


def _drive(python: Path, browser: Path, arguments: list[str]) -> list[dict]:
    environment = {**os.environ, "NNCORE_BROWSER": str(browser), "PYTHONPATH": str(ROOT)}
    command = [str(python), str(PROGRAM), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise RuntimeError(f"the browsers could not be driven:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)


def comparison_table(found: list[dict]) -> str:
    """Return the medians and their ratios as Markdown, and where the milliseconds went."""
    lines = ["| | this build | the other | ratio | at most | starts |", "|---|---|---|---|---|---|"]
    stages = [
        f"| until (ms: this build / the other) | {' | '.join(STAGES)} |",
        "|---|" + "---|" * len(STAGES),
    ]
    for name, row in ROWS.items():
        here = [entry for entry in found if entry["row"] == name]
        skipped = [entry["skipped"] for entry in here if "skipped" in entry]
        if skipped:
            lines.append(f"| {row.title} | {skipped[0]} | | | {row.most:.2f} | 0 |")
            continue
        both = [[entry for entry in here if entry["build"] == build] for build in BUILDS]
        if not all(both):
            continue
        new, old = (median(entry["value"] for entry in one) for one in both)
        lines.append(
            f"| {row.title} | {_figure(new, row)} | {_figure(old, row)} | {new / old:.2f} "
            f"| {row.most:.2f} | {len(both[0])} + {len(both[1])} |"
        )
        if all("draw" in entry.get("marks", {}) for entry in here):
            marks = (
                " / ".join(f"{median(entry['marks'][stage] for entry in one):.0f}" for one in both)
                for stage in STAGES
            )
            stages.append(f"| {row.title} | {' | '.join(marks)} |")
    return "\n".join([*lines, "", *(stages if len(stages) > 2 else [])]) + "\n"


def _figure(value: float, row: Row) -> str:
    return f"{value / 1e6:.2f} MB" if row.unit == "MB" else f"{value:.0f} ms"
