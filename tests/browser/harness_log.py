"""What a page did that no page of ours should do: a log that fails the test.

Console errors and warnings, uncaught exceptions, failed requests, error answers, and any request
or socket that leaves the page's own origin are written down. At the end of each test the log must
be empty, save for lines that match a pattern which the test allowed beforehand.
"""

import re
import sys
from collections.abc import Callable, Iterable

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebSocket

LOCAL_SCHEMES = ("about:", "blob:", "data:")
# Chromium says so some seconds after a page has come that does not start.
NOT_USED = "was preloaded using link preload but not used"


# Files that the page gives up when it is left, or has from elsewhere by then. If it did need one,
# its start would fail and say so; a part that is lost is told on the console. Packages that the
# reader asks for (.whl, unpacked) are none of them: their loss is only a sentence on the page.
GIVEN_UP = re.compile(r"/assets/[^/]+\.gz\.\w+\.bin$")


class PageLog:
    """Collects faults of every page of the watched contexts as lines of plain text."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.crashed = False  # whether a renderer died; what follows says nothing of the page
        self._allowed_from = sys.maxsize  # lines from here on came after that
        self.requested: list[str] = []
        self._allowed: list[re.Pattern[str]] = []
        self._closers: list[Callable[[], None]] = []

    def allow(self, pattern: str) -> None:
        """Expect lines in which this regular expression is found."""
        self._allowed.append(re.compile(pattern))

    def watch(
        self, context: BrowserContext, origins: Iterable[str], *, stays: bool = False
    ) -> None:
        """Write down the faults of this context; `origins` are where requests may go.

        Args:
            stays: Whether, in the end, only the context's pages are closed and not itself.
        """
        homes = (*(f"{origin}/" for origin in origins), *LOCAL_SCHEMES)
        handlers = {
            "console": self._on_console,
            "weberror": lambda event: self.lines.append(f"page error: {event.error}"),
            "request": lambda request: self._on_request(request, homes),
            "requestfailed": self._on_failure,
            "response": self._on_response,
            "page": lambda page: self._on_page(page, homes),
        }
        for event, handler in handlers.items():
            context.on(event, handler)

        def leave() -> None:
            for page in context.pages[1:]:  # a context that stays needs one
                page.close()
            for event, handler in handlers.items():
                context.remove_listener(event, handler)

        self._closers.append(leave if stays else context.close)

    def faults(self) -> list[str]:
        """The lines that no test has allowed."""
        lines = self.lines[: self._allowed_from]
        return [line for line in lines if not any(p.search(line) for p in self._allowed)]

    def close(self) -> None:
        """Close the contexts and fail if anything was wrong until then."""
        faults = self.faults()
        for close in self._closers:
            close()
        self._closers.clear()
        assert not faults, "the page misbehaved:\n" + "\n".join(faults)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            place = message.location
            where = f"{place['url']}:{place['lineNumber']}"
            self.lines.append(f"console {message.type}: {message.text} ({where})")

    def _on_request(self, request: Request, homes: tuple[str, ...]) -> None:
        self.requested.append(request.url)
        if not request.url.startswith(homes):
            self.lines.append(f"foreign request: {request.url}")

    def _on_failure(self, request: Request) -> None:
        if request.failure == "net::ERR_ABORTED" and GIVEN_UP.search(request.url):
            return
        if request.url.startswith("blob:") and request.resource_type == "xhr":
            return  # revoked: so a cell of the notebook hears of Stop
        self.lines.append(f"request failed: {request.url} {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.lines.append(f"status {response.status}: {response.url}")

    def _on_page(self, page: Page, homes: tuple[str, ...]) -> None:
        def on_socket(socket: WebSocket) -> None:
            if not socket.url.replace("ws", "http", 1).startswith(homes):
                self.lines.append(f"foreign socket: {socket.url}")

        def on_crash(_page: Page) -> None:
            self.crashed = True
            self._allowed_from = min(self._allowed_from, len(self.lines))

        page.on("websocket", on_socket)
        page.on("crash", on_crash)
