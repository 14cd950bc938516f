"""The server of `build.py serve`: types, caching, ports."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from tools import serve
from tools.folder import write_folder


@contextmanager
def running(server: ThreadingHTTPServer) -> Iterator[ThreadingHTTPServer]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def headers_of(server: ThreadingHTTPServer, path: str) -> tuple[int, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.headers.items()}


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("index.html", "text/html; charset=utf-8", False),
        ("assets/a.js", "text/javascript; charset=utf-8", True),
        ("assets/a.css", "text/css; charset=utf-8", True),
        ("assets/a.woff2", "font/woff2", True),
        ("assets/a.bin", "application/octet-stream", True),
        ("assets/a.py", "text/x-python; charset=utf-8", True),
    ],
)
def test_server_types_and_caching(tmp_path: Path, name: str, media_type: str, kept: bool) -> None:
    write_folder(tmp_path / "dist", {name: b"content"})
    with running(serve.make_server(tmp_path / "dist", 0)) as server:
        status, headers = headers_of(server, f"/{name}")
        assert status == 200
        assert headers["content-type"] == media_type
        assert ("immutable" in headers["cache-control"]) == kept
        assert server.server_address[0] == "127.0.0.1"
        status, headers = headers_of(server, "/assets/lost.js")
        assert status == 404
        assert "immutable" not in headers["cache-control"]


def test_taken_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(serve.make_server(tmp_path, 0)) as first:
        monkeypatch.setattr(serve, "USUAL_PORT", first.server_port)
        with running(serve.make_server(tmp_path)) as second:
            assert second.server_port != first.server_port
        with pytest.raises(OSError, match="in use"):
            serve.make_server(tmp_path, first.server_port)
