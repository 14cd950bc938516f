"""A local server that plays the CDN, well or badly, and counts what it is asked for.

Each path has a `Play`: what is sent, how much of it is promised, and what happens then. The port
is a free one of this machine.
"""

import socket
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Play:
    """How one file is answered.

    Attributes:
        promised: The length that the header claims; None means the true one.
        hanging: Send what there is, then stay silent until the server closes.
        mute: Accept the connection and never answer at all.
    """

    body: bytes = b""
    status: int = 200
    promised: int | None = None
    hanging: bool = False
    mute: bool = False


class FakeCdn:
    """Serves `plays` (path -> Play) until it is closed; use it in a `with` statement."""

    def __init__(self, plays: dict[str, Play]) -> None:
        self.plays = plays
        self.requests: list[str] = []
        self.closing = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._http.cdn = self
        self._http.daemon_threads = True
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.05}
        )
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._http.server_port}/"

    def __enter__(self) -> "FakeCdn":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        cdn: FakeCdn = self.server.cdn
        path = self.path.lstrip("/")
        cdn.requests.append(path)
        play = cdn.plays.get(path, Play(b"not here", status=404))
        if not play.mute:
            promised = len(play.body) if play.promised is None else play.promised
            self.send_response(play.status)
            self.send_header("Content-Length", str(promised))
            self.end_headers()
            self.wfile.write(play.body)
            self.wfile.flush()
        if play.hanging or play.mute:
            cdn.closing.wait()
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal quiet."""


def refusing_url() -> str:
    """Return the address of a port at which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}/"
