"""Failures that no file is to blame for, and failures inside a course page.

What a server can do wrong to the site is tested in `test_boot.py`.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from harness import wait_until
from harness_course import LISTEN, NO_STORAGE, seen, wait_event
from harness_log import NOT_USED, PageLog
from harness_server import Fault, SiteServer
from playwright.sync_api import Page, expect
from test_boot import failure_of, replaced

NO_ROOM = """WebAssembly.instantiate = async () => {
  throw new RangeError("WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory");
}"""

Open = Callable[..., Page]
Start = Callable[..., SiteServer]
OpenCourse = Callable[..., tuple[Page, SiteServer]]


@pytest.mark.parametrize(
    ("script", "cause", "remedy"),
    [
        ("delete globalThis.WebAssembly", "unsupported", "Firefox"),
        (NO_ROOM, "memory", "Close other tabs"),
    ],
    ids=["no WebAssembly", "no memory for it"],
)
def test_a_browser_that_cannot(
    open_page: Open, page_log: PageLog, script: str, cause: str, remedy: str
) -> None:
    page_log.allow(f"boot: {cause}|^request failed|Out of memory|{NOT_USED}")
    page = open_page(script=script, until="failed")
    found, sentence = failure_of(page)
    assert found == cause
    assert remedy in sentence


def test_python_runs_out_of_memory(
    dist: Path, misbehaving_server: Start, open_page: Open, page_log: PageLog
) -> None:
    page_log.allow("^console")
    script = b"import numpy\nkept = [numpy.empty(2**31 - 1, numpy.uint8) for _ in range(3)]\n"
    server = misbehaving_server(replaced(dist, "main.py", script))
    page = open_page(url=server.url, until="failed")
    cause, sentence = failure_of(page)
    assert cause == "memory"
    assert "Close other tabs" in sentence


def test_storage_denied_is_no_failure(open_page: Open) -> None:
    page = open_page(script=NO_STORAGE)
    page.get_by_role("button", name="Step", exact=True).click()
    wait_until(page, lambda now: now.get("epoch") == 1)
    expect(page.locator(".notice")).to_have_count(0)


@pytest.mark.parametrize("name", ["index.html", "embed.html"])
def test_opened_from_a_disk(dist: Path, open_page: Open, page_log: PageLog, name: str) -> None:
    page_log.allow("^(console|page error|request failed)")
    page = open_page(url=(dist / name).as_uri(), until="failed")
    cause, sentence = failure_of(page)
    assert cause == "disk"
    assert "Open playground.html" in sentence


FAULTS = [  # all files first, as the browser keeps what has come
    ("offline", {"*.bin": Fault(keep=0, broken_off=True)}),
    ("missing", {"numpy-*": Fault(status=404)}),
    ("offline", {"numpy-*": Fault(keep=0.5, broken_off=True)}),
    ("damaged", {"numpy-*": Fault(keep=0.5)}),
]


def test_a_failed_start_is_told_and_can_be_tried_again(
    open_course: OpenCourse, page_log: PageLog
) -> None:
    """What is asked of the element meanwhile waits until the frame is ready, as at first."""
    page_log.allow("^(console|request failed|status)")
    page, server = open_course(
        f'<script src="HEREembed.js"></script><nn-playground id="a"></nn-playground>{LISTEN}',
        faults=dict(FAULTS[0][1]),
    )
    frame = page.frame_locator("#a iframe")
    again = frame.get_by_role("button", name="Try again", exact=True)
    for cause, faults in FAULTS:
        if faults is not FAULTS[0][1]:
            server.faults = dict(faults)
            page.evaluate("events.length = 0")
            again.click()
        wait_event(page, "e.kind === 'failed'")
        [failed] = seen(page, "failed")
        assert failed["cause"] == cause
        expect(frame.get_by_role("alert")).to_contain_text(failed["text"])
    server.faults.clear()
    page.evaluate("a.step()")
    again.click()
    wait_event(page, "e.kind === 'epoch' && e.epoch === 1")

    page.evaluate("events.length = 0; a.setAttribute('start', 'press'); a.step()")
    expect(frame.locator("#boot-stage")).to_have_text("Press anywhere to start Python")
    frame.locator("h1").click()
    wait_event(page, "e.kind === 'epoch' && e.epoch === 1")


def test_who_has_pressed_once_need_not_press_again(
    open_course: OpenCourse, page_log: PageLog
) -> None:
    page_log.allow("^(console|request failed|status)")
    page, server = open_course(
        '<script src="HEREembed.js"></script>'
        f'<nn-playground id="a" start="press" link="#seed=0.7"></nn-playground>{LISTEN}',
        faults={"numpy-*": Fault(status=404)},
    )
    frame = page.frame_locator("#a iframe")
    expect(frame.locator("#boot-stage")).to_have_text("Press anywhere to start Python")
    frame.locator("h1").click()
    wait_event(page, "e.kind === 'failed'")
    server.faults.clear()
    page.evaluate("a.step()")
    frame.get_by_role("button", name="Try again", exact=True).click()
    wait_event(page, "e.kind === 'epoch' && e.epoch === 1")
    expect(frame.locator("[name=seed]").last).to_have_value("0.7")
