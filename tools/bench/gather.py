"""Serve the benchmark's page to a browser and wait until it has sent its results.

The page reports by POST: a line of progress, the results, or what went wrong. So any browser can
be measured: without one of our own, the address is printed and whoever comes first does the work.
"""

import json
import os
import queue
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TypeAlias

from tools.drivers import Firefox, Missing
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

    def handle(self) -> None:
        """Serve; a browser that leaves while it still fetches is no fault."""
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True

    def do_POST(self) -> None:
        """Take a message."""
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.posts.put((self.path.lstrip("/"), text))
        self.send_response(204)
        self.send_header("Content-Length", "0")
        self.end_headers()


Opener: TypeAlias = Callable[[str], AbstractContextManager[object]]


def gather(site: Path, query: str, opener: Opener | None, say: Callable[[str], None]) -> dict:
    """Return the results of the page in `site`; `say` is told every line of progress.

    Args:
        opener: Opens an address in a browser, and closes it afterwards; without one, the address
            is said, and whoever comes does the work.

    Raises:
        RuntimeError: If the page reports a failure, or nothing for a long time.
    """
    posts: queue.Queue = queue.Queue()
    handler = partial(_Listener, directory=str(site), posts=posts)
    with ThreadingHTTPServer((HOST, 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://{HOST}:{server.server_port}/index.html{query}"
        try:
            if opener is None:
                say(f"open {address}")
                return _listen(posts, say)
            with opener(address):
                return _listen(posts, say)
        finally:
            server.shutdown()


@contextmanager
def chromium(browser: Path, address: str) -> Iterator[None]:
    """Open an address in this Chromium, with a profile of its own."""
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    quiet = subprocess.DEVNULL
    # Its processes may still write a little after it has been told to end.
    with tempfile.TemporaryDirectory(
        prefix="nncore-browser-", ignore_cleanup_errors=True
    ) as profile:
        command = [str(browser), *FLAGS, *root, f"--user-data-dir={profile}", address]
        with subprocess.Popen(command, stdout=quiet, stderr=quiet) as process:
            try:
                yield
            finally:
                process.terminate()


@contextmanager
def firefox(address: str) -> Iterator[None]:
    """Open an address in Firefox.

    Raises:
        RuntimeError: If it is not on this machine.
    """
    try:
        engine = Firefox()
    except Missing as reason:
        raise RuntimeError(str(reason)) from None
    try:
        engine.open(address)
        yield
    finally:
        engine.close()


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
