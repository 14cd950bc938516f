"""How Python's WebAssembly arrives: unpacked where the host packs it for the way, else packed.

Browsers keep the machine code that they made only for WebAssembly which came as a plain answer.
"""

from collections.abc import Callable

import pytest
from harness import state, wait_later, wait_ready
from harness_log import PageLog
from harness_server import Fault, SiteServer
from playwright.sync_api import Page

PLAIN, PACKED = "pyodide.asm.????????.wasm", "pyodide.asm.wasm.*"

Start = Callable[..., SiteServer]
Open = Callable[..., Page]


def came(server: SiteServer) -> tuple[int, int]:
    """How often each form was fetched: unpacked, packed."""
    return server.count(PLAIN), server.count(PACKED)


@pytest.mark.parametrize(("compress", "expected"), [(True, (1, 0)), (False, (0, 1))])
def test_form_follows_the_host(
    misbehaving_server: Start, open_page: Open, compress: bool, expected: tuple[int, int]
) -> None:
    """The progress counts what the host unpacked as if it had been packed."""
    server = misbehaving_server({PLAIN: Fault(bytes_per_second=2_000_000)}, compress=compress)
    address = f"{server.url}?snapshot=no"
    page = open_page(url=address)
    assert came(server) == expected
    wasm = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert sum("pyodide.asm" in name and name.endswith(".wasm") for name in wasm) >= expected[0]
    done, _, total, _ = page.locator("#boot-bytes").text_content().split()
    assert done == total
    assert page.evaluate("document.getElementById('boot-progress').value") == 1
    wait_later(page)
    assert state(page)["later"] == "kept"
    server.requests.clear()
    revisit(page, address)
    assert not [path for path in server.requests if "/assets/" in path]


def revisit(page: Page, address: str) -> None:
    page.goto("about:blank")
    page.goto(address, wait_until="commit")
    wait_ready(page)


def test_packed_form_stands_in(
    misbehaving_server: Start, open_page: Open, page_log: PageLog
) -> None:
    """One fault after the other, in a browser that may keep nothing."""
    page_log.allow("^(console|request failed)")
    wrong_type, damaged = Fault(mime="text/plain"), Fault(body=b"\0asm\1\0\0\0nonsense")
    broken_off, silent = Fault(keep=0.5, broken_off=True), Fault(hanging=True)
    server = misbehaving_server(
        {PLAIN: wrong_type}, compress=True, headers={"Cache-Control": "no-store"}
    )
    address = f"{server.url}?snapshot=no"
    page = open_page(url=address)
    assert server.count(PACKED) == 1
    for fault in (damaged, broken_off, silent):
        server.faults[PLAIN] = fault
        server.requests.clear()
        revisit(page, address)
        assert server.count(PACKED) == 1, fault
