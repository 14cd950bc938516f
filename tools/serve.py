"""Serve `dist/` on this machine, and on this machine only.

Files under `assets/` carry a hash in their name and may be kept for ever; the page itself is
asked for anew each time. Style, scripts and WebAssembly are packed with gzip for the way, and any
page may read them, as on public hosts: a sandboxed frame counts
as another place even on this machine. If the usual port is taken, the system picks a free one.
"""

import functools
import gzip
import io
import sys
import webbrowser
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tools.assets import FOLDER

HOST = "127.0.0.1"
USUAL_PORT = 8000
PACKED = (".css", ".js", ".wasm")


@functools.lru_cache(maxsize=64)
def packed(path: Path, changed: int) -> bytes:
    """Return the file packed with gzip; `changed` is when that was, and keeps the copy fresh."""
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


class Handler(SimpleHTTPRequestHandler):
    """Static files with the right types and sensible cache headers."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 (as in the base class)
        **SimpleHTTPRequestHandler.extensions_map,
        ".bin": "application/octet-stream",
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".mjs": "text/javascript; charset=utf-8",
        ".py": "text/x-python; charset=utf-8",
        ".svg": "image/svg+xml",
        ".wasm": "application/wasm",
        ".woff2": "font/woff2",
    }

    def send_head(self):
        """Send the head; return what to send after it, packed if that is worth it."""
        path = Path(self.translate_path(self.path))
        takes = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (takes and self.never_changes and path.suffix in PACKED and path.is_file()):
            return super().send_head()
        content = packed(path, path.stat().st_mtime_ns)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        return io.BytesIO(content)

    @property
    def never_changes(self) -> bool:
        return f"/{FOLDER}/" in self.path

    def send_response(self, code: int, message: str | None = None) -> None:
        self.found = code < HTTPStatus.BAD_REQUEST
        super().send_response(code, message)

    def end_headers(self) -> None:
        kept = self.found and self.never_changes
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header(
            "Cache-Control", "public, max-age=31536000, immutable" if kept else "no-cache"
        )
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet; errors are logged by `log_error`."""

    def log_error(self, format: str, *args: object) -> None:
        sys.stderr.write(f"serve: {self.path}: {format % args}\n")


def make_server(
    folder: Path, port: int | None = None, kind: type[Handler] = Handler
) -> ThreadingHTTPServer:
    """Return a server of `folder` that listens already; `port` None means the usual or any.

    Raises:
        OSError: If the given port is taken.
    """
    handler = functools.partial(kind, directory=str(folder))
    if port is not None:
        return ThreadingHTTPServer((HOST, port), handler)
    try:
        return ThreadingHTTPServer((HOST, USUAL_PORT), handler)
    except OSError:
        return ThreadingHTTPServer((HOST, 0), handler)


def announce(server: ThreadingHTTPServer, open_browser: bool) -> None:
    """Print the address on stdout, and open it if asked to."""
    address = f"http://{HOST}:{server.server_port}/"
    print(f"Serving the playground at {address} (Ctrl-C stops it)", flush=True)
    if open_browser:
        webbrowser.open(address)


def serve(folder: Path, port: int | None = None, open_browser: bool = False) -> None:
    """Serve `folder` until Ctrl-C; print the address on stdout."""
    with make_server(folder, port) as server:
        announce(server, open_browser)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nStopped.", flush=True)
