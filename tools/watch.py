"""The option `build.py serve --watch`: a change of site/ or nncore/ is built and shown at once.

The page is served as ever, with one more script at the end of its head, which this server alone
hands out: it listens for builds and loads the page anew. It comes from the page's own origin and
speaks to nothing else, as the page's policy demands. What lies in dist/ knows nothing of it.
"""

import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from tools.bundle import build
from tools.compiled import PAGE_STEP, CompileError, in_pyodide
from tools.fetch import Fetcher
from tools.lock import select
from tools.node import find_node
from tools.paths import ROOT
from tools.ready import Ready
from tools.report import Report
from tools.serve import Handler, announce, make_server

FOLDERS = ("site", "nncore")
SECONDS = 0.2  # between two looks at the files
SCRIPT, CHANGES = "/watch/reload.js", "/watch/changes"
TAG = f'<script src="{SCRIPT}" defer></script>'
RELOAD = f"""\
// A number comes with every build, and one when this page begins to listen.
let shown;
new EventSource("{CHANGES}").onmessage = (event) => {{
  if (shown !== undefined && shown !== event.data) location.reload();
  shown = event.data;
}};
"""


class Builds:
    """The number of the latest build, and a way to wait for the next."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._number = time.time_ns()  # a server that is started anew has other numbers

    def next(self) -> None:
        """Say that there is a new build."""
        with self._changed:
            self._number += 1
            self._changed.notify_all()

    def after(self, number: int, seconds: float) -> int:
        """Return the latest build's number as soon as it is not `number`, or after `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: self._number != number, seconds)
            return self._number


def watched(builds: Builds) -> type[Handler]:
    """Return a handler that tells the pages it serves of new builds."""

    class Watched(Handler):
        def send_head(self) -> BinaryIO | None:
            if self.path.partition("?")[0] in ("/", "/index.html"):
                page = Path(self.translate_path("/index.html")).read_text("utf-8")
                return self._send(page.replace("</head>", f"{TAG}</head>", 1), "text/html")
            if self.path == SCRIPT:
                return self._send(RELOAD, "text/javascript")
            if self.path == CHANGES:
                self._tell()
                return None
            return super().send_head()

        def _send(self, text: str, kind: str) -> BinaryIO | None:
            content = text.encode()
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(content)
            return None

        def _tell(self) -> None:
            """Send the number of each build, until the page is gone."""
            self.close_connection = True
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            number = 0
            try:
                while True:
                    number = builds.after(number, 10)
                    self.wfile.write(f"data: {number}\n\n".encode())
            except OSError:
                return  # the page was closed, or loads anew

    return Watched


def look(root: Path) -> dict[Path, tuple[int, int]]:
    """Return time and size of every file that the page is made from, by its path."""
    found = {}
    for folder in FOLDERS:
        for path in (root / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                state = path.stat()
                found[path] = state.st_mtime_ns, state.st_size
    return found


def follow(
    root: Path, make: Callable[[], object], builds: Builds, report: Report, end: threading.Event
) -> None:
    """Make a build after each change, until `end`; a build that fails is told, and not shown."""
    seen = look(root)
    while not end.wait(SECONDS):
        try:
            now = look(root)
        except OSError:  # a file went away while it was looked at
            continue
        if now == seen:
            continue
        started, seen = time.monotonic(), now
        try:
            make()
        except (CompileError, OSError, ValueError) as error:
            report.line(f"failed: {error}")
            continue
        report.line(f"built anew after {time.monotonic() - started:.1f} s")
        builds.next()


def watch(fetcher: Fetcher, report: Report, port: int | None, open_browser: bool) -> None:
    """Serve dist/, which is built, and build it anew after every change, until Ctrl-C."""
    builds, end = Builds(), threading.Event()
    cache = fetcher.cache.folder
    runtime = fetcher.ensure(select(fetcher.files, "runtime"))
    command = partial(in_pyodide, find_node(cache, report, fetcher.offline), script=PAGE_STEP)
    with (
        tempfile.TemporaryDirectory(prefix="nncore-ready-", ignore_cleanup_errors=True) as folder,
        make_server(ROOT / "dist", port, watched(builds)) as server,
    ):
        ready = Ready(command, runtime, Path(folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        announce(server, open_browser)
        try:
            follow(ROOT, partial(build, ROOT, fetcher, report, ready), builds, report, end)
        except KeyboardInterrupt:
            print("\nStopped.", flush=True)
        finally:
            ready.close()
            server.shutdown()
