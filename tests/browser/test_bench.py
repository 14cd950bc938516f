"""The bench itself: does it notice what it is there to notice? On small pages of its own."""

import http.client
import re
import time
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from harness import (
    canvas_pixels,
    failure_text,
    run_until,
    state,
    wait_epoch,
    wait_state,
    wait_until,
)
from harness_log import PageLog
from harness_server import Fault, SiteServer

CSP = "default-src 'self'; script-src 'unsafe-inline'; img-src 'self' data:"
PAGE = f"""<!doctype html><html lang="en"><title>t</title>
<meta http-equiv="Content-Security-Policy" content="{CSP}">
<link rel="icon" href="data:,">
<button id="run">Run</button><canvas id="c" width="3" height="2"></canvas>
<script>
const root = document.documentElement.dataset;
Object.assign(root, {{state: 'ready', epoch: 0, playing: false, lossTrain: '0.5', lossTest: ''}});
const button = document.querySelector('button');
const step = () => {{
  root.epoch = Number(root.epoch) + 1;
  root.lossTrain = 1 / root.epoch;
  if (root.playing === 'true') requestAnimationFrame(step);
}};
button.onclick = () => {{
  root.playing = root.playing !== 'true';
  button.textContent = root.playing === 'true' ? 'Pause' : 'Run';
  if (root.playing === 'true') step();
}};
const context = document.querySelector('canvas').getContext('2d');
context.fillStyle = '#ff8000';
context.fillRect(2, 1, 1, 1);
</script>
"""


@pytest.fixture
def tiny(tmp_path: Path):
    """Serve a page that counts epochs; `tiny(more_html)` adds to it and returns its address."""
    servers = []

    def serve(more: str = "") -> str:
        (tmp_path / "index.html").write_text(PAGE + more)
        servers.append(SiteServer(tmp_path))
        return servers[-1].url

    yield serve
    for server in servers:
        server.close()


def test_state_is_parsed(open_page, tiny):
    page = open_page(url=tiny())
    wanted = {"state": "ready", "epoch": 0, "playing": False, "loss_train": 0.5, "loss_test": None}
    assert state(page) == wanted


def test_waiting_sees_epochs_and_pause_stops_them(open_page, tiny):
    page = open_page(url=tiny())
    found = run_until(page, lambda now: now["loss_train"] < 0.2)
    assert found["epoch"] >= 6
    stopped = wait_state(page, playing=False)
    page.get_by_role("button", name="Run", exact=True).click()
    assert wait_epoch(page, stopped["epoch"] + 3)["epoch"] >= stopped["epoch"] + 3


def test_waiting_ends_when_nothing_changes(open_page, tiny):
    page = open_page(url=tiny())
    with pytest.raises(AssertionError, match=r"nothing changed for 200 ms; the state is .*ready"):
        wait_until(page, lambda now: now["epoch"] > 0, timeout=200)


def test_waiting_ends_when_the_page_fails(open_page, tiny):
    page = open_page(url=tiny("<p id=boot-failure>no Python here</p>"))
    page.evaluate("document.documentElement.dataset.state = 'failed'")
    assert failure_text(page) == "no Python here"
    with pytest.raises(AssertionError, match="the page failed: no Python here"):
        wait_epoch(page, 1)


def test_pixels_have_rows_columns_and_colours(open_page, tiny):
    pixels = canvas_pixels(open_page(url=tiny()), "#c")
    assert pixels.shape == (2, 3, 4)
    np.testing.assert_array_equal(pixels[1, 2], [255, 128, 0, 255])
    assert pixels.sum() == 255 + 128 + 255


@pytest.mark.parametrize(
    ("fault", "lines"),
    [
        ("<script>fetch('?again')</script>", []),
        ("<script>console.log('fine')</script>", []),
        ("<script>console.error('ouch')</script>", ["console error: ouch"]),
        ("<script>console.warn('hm')</script>", ["console warning: hm"]),
        ("<script>throw new Error('broken')</script>", ["page error: broken"]),
        ("<script>Promise.reject(new Error('late'))</script>", ["page error: late"]),
        ("<img src=gone.png>", ["status 404: .*/play/gone.png", "console error: Failed to load"]),
        (
            "<img src=https://example.org/a.png>",
            [
                "foreign request: https://example.org/a.png",
                "request failed: https://example.org/a.png",
                "console error: .*Content Security Policy",
            ],
        ),
    ],
)
def test_log_notices(open_page, page_log, tiny, fault, lines):
    page = open_page(url=tiny(fault))
    page.wait_for_load_state("networkidle")
    assert len(page_log.faults()) == len(lines)
    for pattern in lines:
        assert any(re.match(pattern, line) for line in page_log.faults())
        page_log.allow(pattern)
    assert page_log.faults() == []


def test_log_notices_other_origins(open_page, page_log, tiny):
    here, elsewhere = tiny(), tiny()
    open_page(url=here).goto(elsewhere)
    assert page_log.faults() == [f"foreign request: {elsewhere}"]
    page_log.allow("foreign request")


def test_log_fails_the_test_at_its_end(browser):
    log = PageLog()
    context = browser.new_context()
    log.watch(context, ["http://nowhere.test"])
    page = context.new_page()
    page.goto("data:text/html,<link rel=icon href=data:,><script>console.error('ouch')</script>")
    with pytest.raises(AssertionError, match=r"(?s)the page misbehaved:.*ouch"):
        log.close()


def test_axe_finds_what_is_wrong_and_nothing_else(open_page, axe, tiny):
    main = "<main><h1>Title</h1><img alt='a dot' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"
    assert axe(open_page(url=tiny(main))) == []
    found = axe(open_page(url=tiny(main.replace("alt='a dot'", ""))))
    assert [violation["id"] for violation in found] == ["image-alt"]
    assert "img" in found[0]["nodes"][0]


@pytest.fixture
def file_server(tmp_path: Path):
    """A server of one 1000-byte file, with a fault; returns the server."""
    (tmp_path / "index.html").write_text("hello")
    (tmp_path / "x.wasm").write_bytes(bytes(1000))
    servers = []

    def serve(fault: Fault, **options) -> SiteServer:
        servers.append(SiteServer(tmp_path, {"*.wasm": fault}, **options))
        return servers[-1]

    yield serve
    for server in servers:
        server.close()


def fetch(server: SiteServer, path: str = "x.wasm", patience: float = 20.0, **headers: str):
    """(status, headers, what arrived) as an HTTP client sees it."""
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection(address.netloc, timeout=20)
    connection.request("GET", address.path + path, headers=headers)
    answer = connection.getresponse()
    connection.sock.settimeout(patience)  # from now on: a busy machine may be slow to answer at all
    try:
        return answer.status, answer.headers, answer.read()
    except http.client.IncompleteRead as error:
        return answer.status, answer.headers, error
    except TimeoutError as error:
        return answer.status, answer.headers, error
    finally:
        connection.close()


def test_server_serves_below_its_prefix_only(file_server):
    server = file_server(Fault())
    status, headers, body = fetch(server)
    assert (status, headers["Content-Type"], len(body)) == (200, "application/wasm", 1000)
    assert fetch(server, "")[2] == b"hello"
    assert fetch(server, "../x.wasm")[0] == 404
    assert server.count("x.wasm") == 2
    again = fetch(server, **{"If-None-Match": headers["ETag"]})
    assert (again[0], again[2]) == (304, b"")


def test_server_misbehaves_as_told(file_server):
    assert fetch(file_server(Fault(status=503)))[0] == 503
    assert len(fetch(file_server(Fault(keep=0.25)))[2]) == 250
    assert fetch(file_server(Fault(mime="text/plain")))[1]["Content-Type"] == "text/plain"
    assert fetch(file_server(Fault(body=b"<html>")))[2] == b"<html>"
    broken = fetch(file_server(Fault(keep=0.25, broken_off=True)))
    assert isinstance(broken[2], http.client.IncompleteRead)
    assert (broken[1]["Content-Length"], len(broken[2].partial)) == ("1000", 250)


def test_server_hangs_until_it_is_closed(file_server):
    server = file_server(Fault(keep=0.25, hanging=True))
    assert isinstance(fetch(server, patience=1.0)[2], TimeoutError)


def test_server_can_be_slow_and_be_mended(file_server):
    server = file_server(Fault(keep=0.5, bytes_per_second=2000))
    started = time.monotonic()
    assert len(fetch(server)[2]) == 500
    assert time.monotonic() - started > 0.2
    server.faults.clear()
    assert len(fetch(server)[2]) == 1000


def test_server_compresses_as_hosts_do(file_server):
    server = file_server(Fault(), compress=True)
    _, headers, body = fetch(server)
    assert headers["Content-Encoding"] == "gzip"
    assert len(body) == int(headers["Content-Length"]) < 100
