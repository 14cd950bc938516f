"""Download one file over HTTP, with one limit for connecting and another for silence.

A dead host must not hold up a build, so connecting is given only a few seconds. Once the server
talks, it is only expected not to fall silent. Proxies and redirects are left to `urllib`.
"""

import http.client
import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass

BLOCK = 1 << 16


@dataclass(frozen=True)
class Patience:
    """Limits in seconds: to connect, and between two blocks of an answer."""

    connect: float = 4.0
    silence: float = 20.0


class SourceDown(Exception):
    """The host gives no answer: there is no use in asking it for another file."""


class FileRefused(Exception):
    """The host answers, but not with this file."""


def download(url: str, limit: int, patience: Patience, progress: Callable[[int], None]) -> bytes:
    """Return the body found at `url`, at most `limit` + 1 bytes of it.

    Raises:
        SourceDown: If there is no connection, or the host falls silent.
        FileRefused: If the host answers with an error or breaks off.
    """
    request = urllib.request.Request(url, headers={"User-Agent": "nncore-build"})
    try:
        with _opener(patience).open(request) as answer:
            return _read(answer, limit, progress)
    except urllib.error.HTTPError as error:
        error.close()
        raise FileRefused(f"the server answers {error.code} {error.reason}") from error
    except http.client.IncompleteRead as error:
        raise FileRefused(f"broken off after {len(error.partial):,} bytes") from error
    except TimeoutError as error:
        raise SourceDown(f"silent for {patience.silence:g} s") from error
    except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            reason = f"no connection within {patience.connect:g} s"
        raise SourceDown(str(reason)) from error


def _read(answer: http.client.HTTPResponse, limit: int, progress: Callable[[int], None]) -> bytes:
    parts, size = [], 0
    while size <= limit:
        part = answer.read(min(BLOCK, limit + 1 - size))
        if not part:
            break
        parts.append(part)
        size += len(part)
        progress(size)
    return b"".join(parts)


def _opener(patience: Patience) -> urllib.request.OpenerDirector:
    def connect(
        connection: http.client.HTTPConnection, base: type[http.client.HTTPConnection]
    ) -> None:
        connection.timeout = patience.connect
        base.connect(connection)
        assert isinstance(connection.sock, socket.socket)
        connection.sock.settimeout(patience.silence)

    class Http(http.client.HTTPConnection):
        def connect(self) -> None:
            connect(self, http.client.HTTPConnection)

    class Https(http.client.HTTPSConnection):
        def connect(self) -> None:
            connect(self, http.client.HTTPSConnection)

    class HttpHandler(urllib.request.HTTPHandler):
        def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Http, request)

    class HttpsHandler(urllib.request.HTTPSHandler):
        def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Https, request)

    return urllib.request.build_opener(HttpHandler, HttpsHandler)
