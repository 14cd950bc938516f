"""A static server for the tests that serves a folder from memory, and can misbehave on demand.

It serves under a sub-path, as a course page would, on a free port of this machine. The files are
read once at the start, so a build that runs meanwhile disturbs no test. `faults` maps name
patterns to a `Fault`; a test may change it while the server runs, for example to mend the file
before it presses Retry. `requests` lists what was asked for, in order.
"""

import functools
import gzip
import hashlib
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

PREFIX = "/course/play/"
MIME_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".py": "text/x-python; charset=utf-8",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}
COMPRESSED = (".css", ".html", ".js", ".json", ".mjs", ".py", ".svg", ".wasm")


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one file; the defaults are no fault at all.

    Attributes:
        status: The HTTP status; other than 200 it comes without the file.
        body: Bytes to send in place of the file's own.
        keep: The share of the bytes that is sent, in [0, 1]; the length header says the same.
        broken_off: With `keep`, the header promises the whole file and the connection then closes.
        hanging: With `keep`, the header promises the whole file and the connection stays open.
        mime: The content type.
        bytes_per_second: The speed.
    """

    status: int = 200
    body: bytes | None = None
    keep: float = 1.0
    broken_off: bool = False
    hanging: bool = False
    mime: str | None = None
    bytes_per_second: float | None = None


class SiteServer:
    """Serves `folder` under `url` until it is closed; use it in a `with` statement.

    `compress=True` sends text and wasm with gzip, as public hosts do: the length header then
    tells the compressed size. `extra` adds pages of the test's own, by path from the root,
    and `headers` are sent with every file.
    """

    def __init__(
        self,
        folder: Path,
        faults: Mapping[str, Fault] | None = None,
        *,
        prefix: str = PREFIX,
        compress: bool = False,
        extra: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.faults = dict(faults or {})
        self.requests: list[str] = []
        self.compress = compress
        self.headers = dict(headers or {})
        self.closing = threading.Event()
        self.files = {
            prefix + path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        self.files[prefix] = self.files[f"{prefix}index.html"]
        self.files.update({path: text.encode() for path, text in (extra or {}).items()})
        if compress:
            for path, body in self.files.items():
                if path.endswith(COMPRESSED):
                    packed(body)  # before anybody waits for it
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._http.site = self
        self._http.daemon_threads = True
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.1}
        )
        self._thread.start()
        self.origin = f"http://127.0.0.1:{self._http.server_port}"
        self.url = self.origin + prefix

    def fault(self, path: str) -> Fault:
        """The fault of the first pattern that fits this path's last part."""
        name = path.rsplit("/", 1)[-1]
        return next((f for pattern, f in self.faults.items() if fnmatch(name, pattern)), Fault())

    def count(self, pattern: str) -> int:
        """How many requests there were so far for files whose last part fits the pattern."""
        return sum(fnmatch(path.rsplit("/", 1)[-1], pattern) for path in self.requests)

    def repeated(self) -> list[str]:
        """What was asked for more than once; of one moment, for more may be asked for meanwhile."""
        return [path for path, times in Counter(list(self.requests)).items() if times > 1]

    def close(self) -> None:
        """Let go of hanging connections and stop."""
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def __enter__(self) -> "SiteServer":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


@functools.lru_cache(maxsize=256)
def packed(body: bytes) -> bytes:
    """The bytes as gzip, made once."""
    return gzip.compress(body, 6, mtime=0)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.server.site.requests.append(path)
        self._answer(path)

    def _answer(self, path: str) -> None:
        site: SiteServer = self.server.site
        fault, body = site.fault(path), site.files.get(path)
        if body is None or fault.status != HTTPStatus.OK:
            status = HTTPStatus.NOT_FOUND if body is None else fault.status
            headers = {"Content-Type": "text/plain", **site.headers}
            self._send(status, b"no such file here", headers, Fault())
            return
        suffix = Path(path).suffix or ".html"
        body = body if fault.body is None else fault.body
        mime = fault.mime or MIME_TYPES.get(suffix, "application/octet-stream")
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {"Content-Type": mime, "Cache-Control": "max-age=600", "ETag": tag}
        headers |= site.headers
        if self.headers.get("If-None-Match") == tag:
            self._send(HTTPStatus.NOT_MODIFIED, b"", headers, Fault())
            return
        if site.compress and suffix in COMPRESSED:
            body, headers["Content-Encoding"] = packed(body), "gzip"
        self._send(HTTPStatus.OK, body, headers, fault)

    def do_HEAD(self) -> None:
        """The head of the answer alone, or silence; it fetches nothing, so it is not listed."""
        path = unquote(urlsplit(self.path).path)
        if self.server.site.fault(path).hanging:
            self.server.site.closing.wait()
        self._answer(path)

    def _send(self, status: int, body: bytes, headers: dict[str, str], fault: Fault) -> None:
        kept = body[: int(len(body) * fault.keep)]
        promised = body if fault.broken_off or fault.hanging else kept
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(promised))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        try:
            self._write(kept, fault.bytes_per_second)
            self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        if fault.hanging:
            self.server.site.closing.wait()
        if len(kept) < len(promised):
            self.close_connection = True

    def _write(self, body: bytes, bytes_per_second: float | None) -> None:
        if bytes_per_second is None:
            self.wfile.write(body)
            return
        step = max(1, int(bytes_per_second / 20))
        for start in range(0, len(body), step):
            if self.server.site.closing.wait(step / bytes_per_second):
                return
            self.wfile.write(body[start : start + step])

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal quiet."""
