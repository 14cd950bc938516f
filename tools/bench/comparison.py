"""The command `build.py bench start --against DIR`: this build's start beside another build's.

Both are served by one server and take turns, so that what else the machine does meets both. Each
row of the table is a way to come to the page; its figure is a ratio, which holds on other machines
better than milliseconds do. What an engine that is missing would have measured is left out, and
the table says so.
"""

import contextlib
import json
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
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
    """A way to come to the page.

    Attributes:
        most: The ratio that it may have, or None where that is open.
        unit: The unit of its medians.
    """

    title: str
    most: float | None
    unit: str = "ms"


ROWS = {
    "returning": Row("ready, returning, Chromium", 0.60),
    "slowed": Row("ready, returning, processor slowed 4 times", 0.60),
    "firefox": Row("ready, returning, Firefox", 0.55),
    "webkit": Row("ready, returning, WebKitGTK", 0.55),
    "first": Row("ready, first visit, unthrottled", 0.70),
    "line": Row("ready, first visit, 10 Mbit/s and 40 ms", 0.85),
    "bytes": Row("bytes of that visit until ready", 0.80, "MB"),
    "bytes-fast": Row("bytes of an unthrottled first visit until ready", None, "MB"),
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
        with serving(site, _Quiet) as address, serving(site, _SlowLine) as slow:
            arguments = (address, slow, str(site), str(rounds), *rows)
            return drive(PROGRAM, python, browser, arguments)


@contextlib.contextmanager
def serving(site: Path, kind: type[Handler]) -> Iterator[str]:
    """Serve a folder meanwhile; yield the address."""
    with make_server(site, 0, kind) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


class _Quiet(Handler):
    """A browser that is closed while it still fetches is no fault here."""

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True


class _SlowLine(_Quiet):
    """All that is sent goes over one line of 10 Mbit/s, and each request takes 40 ms more. (The
    browser's own emulation counts the bytes of a packed answer as they are after unpacking.)"""

    RATE = 10e6 / 8  # bytes in a second
    ROUND_TRIP = 0.04
    BLOCK = 1 << 14
    taken = threading.Lock()
    free_at = 0.0

    def send_head(self):
        time.sleep(self.ROUND_TRIP)
        return super().send_head()

    def copyfile(self, source, outputfile) -> None:
        """Send each block when the line has carried what was given to it before."""
        while block := source.read(self.BLOCK):
            with self.taken:
                start = max(time.monotonic(), _SlowLine.free_at)
                _SlowLine.free_at = start + len(block) / self.RATE
                time.sleep(max(0.0, _SlowLine.free_at - time.monotonic()))
            outputfile.write(block)


def lesson(build: str) -> str:
    """Return a course page with three playgrounds that are all in sight."""
    links = ("dataset=circle", "dataset=xor", "dataset=spiral")[:PLAYGROUNDS]
    playgrounds = "\n".join(
        f'<nn-playground link="#{link}" height="260"></nn-playground>' for link in links
    )
    return LESSON.format(build=build, playgrounds=playgrounds, count=len(links))


def drive(program: Path, python: Path, browser: Path, arguments: Iterable[str]) -> list[dict]:
    """Return what a program prints that drives browsers; what it says meanwhile is seen at once.

    Raises:
        RuntimeError: If it fails.
    """
    environment = {**os.environ, "NNCORE_BROWSER": str(browser), "PYTHONPATH": str(ROOT)}
    command = [str(python), str(program), *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=environment, check=False)
    if done.returncode:
        raise RuntimeError("the browsers could not be driven, for the reason above")
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
            lines.append(f"| {row.title} | {skipped[0]} | | | {_most(row)} | 0 |")
            continue
        both = [[entry for entry in here if entry["build"] == build] for build in BUILDS]
        if not all(both):
            continue
        new, old = (median(entry["value"] for entry in one) for one in both)
        lines.append(
            f"| {row.title} | {_figure(new, row)} | {_figure(old, row)} | {new / old:.2f} "
            f"| {_most(row)} | {len(both[0])} + {len(both[1])} |"
        )
        if all("draw" in entry.get("marks", {}) for entry in here):
            marks = (
                " / ".join(f"{median(entry['marks'][stage] for entry in one):.0f}" for one in both)
                for stage in STAGES
            )
            stages.append(f"| {row.title} | {' | '.join(marks)} |")
    return "\n".join([*lines, "", *(stages if len(stages) > 2 else [])]) + "\n"


def _most(row: Row) -> str:
    return "" if row.most is None else f"{row.most:.2f}"


def _figure(value: float, row: Row) -> str:
    return f"{value / 1e6:.2f} MB" if row.unit == "MB" else f"{value:.0f} ms"
