"""Serve the benchmark's page to a browser and wait until it has sent its results.

The page reports by POST: a line of progress, the results, or what went wrong. No driver is
needed, so any browser can be measured: without one of our own, the address is printed and
whoever comes first does the work.
"""

import json
import os
import queue
import subprocess
import tempfile
import threading
from collections.abc import Callable
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from tools.serve import HOST, Handler

SILENCE_SECONDS = 300  # the longest time between two lines of progress
FLAGS = (
    "--headless=new", "--no-first-run", "--disable-extensions", "--enable-precise-memory-info",
    "--disable-background-timer-throttling", "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows", "--window-size=1500,1200",
)  # fmt: skip


class _Listener(Handler):
    """The folder's files, and a queue for what is posted: (path, text)."""

    def __init__(self, *given, posts: queue.Queue, **named):
        self.posts = posts
        super().__init__(*given, **named)

    def do_POST(self) -> None:
        """Take a message."""
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.posts.put((self.path.lstrip("/"), text))
        self.send_response(204)
        self.send_header("Content-Length", "0")
        self.end_headers()


def gather(site: Path, query: str, browser: Path | None, say: Callable[[str], None]) -> dict:
    """Return the results of the page in `site`; `say` is told every line of progress.

    Raises:
        RuntimeError: If the page reports a failure, or nothing for a long time.
    """
    posts: queue.Queue = queue.Queue()
    handler = partial(_Listener, directory=str(site), posts=posts)
    with ThreadingHTTPServer((HOST, 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://{HOST}:{server.server_port}/index.html{query}"
        try:
            if browser is None:
                say(f"open {address}")
                return _listen(posts, say)
            with tempfile.TemporaryDirectory(prefix="nncore-browser-") as profile:
                return _drive(browser, profile, address, posts, say)
        finally:
            server.shutdown()


def _drive(browser: Path, profile: str, address: str, posts: queue.Queue, say) -> dict:
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [str(browser), *FLAGS, *root, f"--user-data-dir={profile}", address]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as process:
        try:
            return _listen(posts, say)
        finally:
            process.terminate()


def _listen(posts: queue.Queue, say: Callable[[str], None]) -> dict:
    while True:
        try:
            kind, text = posts.get(timeout=SILENCE_SECONDS)
        except queue.Empty:
            raise RuntimeError(f"the page said nothing for {SILENCE_SECONDS} s") from None
        if kind == "results":
            return json.loads(text)
        if kind == "failed":
            raise RuntimeError(f"the page failed: {text}")
        say(text)
