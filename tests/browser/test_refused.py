"""Frames on hosts that do not let other sites read their files: the page in one file takes over.

Two real servers: one has the course page, on `localhost`, the other the built page, on
`127.0.0.1`. With `Access-Control-Allow-Origin` the element and the plain frame are in
`test_embed.py`; Firefox and WebKit see the cases in which something has to be found out.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from harness_course import LISTEN, SHARED, ready, wait_event
from harness_log import PageLog
from harness_server import Fault, SiteServer
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tools.drivers import Engine

LINK = "dataset=xor&networkShape=3&seed=0.5&noise_hide=true"
COURSE = "/course.html"
ELEMENT = '<script src="HEREembed.js"></script><nn-playground id="a" link="LINK"></nn-playground>'
FRAME = """<iframe sandbox="allow-scripts allow-downloads" width="1180" height="850"
 src="HEREPAGE#LINK"></iframe>"""
SNIPPETS = {
    "element": ELEMENT,
    "frame": FRAME.replace("PAGE", "embed.html"),
    "the page itself": FRAME.replace("PAGE", ""),
}
NOTHING = {"playground.html": Fault(status=404)}
BLOCKED = "CORS|ERR_FAILED|ERR_ABORTED|boot: |^request failed|404|Content Security Policy"

Servers = Callable[..., tuple[str, SiteServer]]


@pytest.fixture
def servers(dist: Path, tmp_path: Path) -> Iterator[Servers]:
    """servers(snippet, headers, faults): (the course page's address, the playground's server)."""
    opened: list[SiteServer] = []

    def start(
        snippet: str, headers: dict[str, str], faults: dict[str, Fault] | None = None
    ) -> tuple[str, SiteServer]:
        play = SiteServer(dist, faults, headers=headers)
        (tmp_path / "index.html").write_text("")
        html = snippet.replace("HERE", play.url).replace("LINK", LINK)
        head = '<!doctype html><html lang="en"><link rel="icon" href="data:,"><body>'
        course = SiteServer(tmp_path, extra={COURSE: f"{head}{html}{LISTEN}"})
        opened.extend((play, course))
        return course.origin.replace("127.0.0.1", "localhost") + COURSE, play

    yield start
    for server in opened:
        server.close()


@pytest.fixture
def opened(browser: Browser, page_log: PageLog) -> Callable[[str, SiteServer], Page]:
    """Open a course page in Chromium."""

    def open_it(address: str, play: SiteServer) -> Page:
        context = browser.new_context(viewport={"width": 1200, "height": 900})
        page_log.watch(context, [play.origin, address.removesuffix(COURSE)])
        page = context.new_page()
        page.goto(address, wait_until="commit")
        return page

    return open_it


def opens_the_link(page: Page) -> FrameLocator:
    """Wait until the frame is ready, and look whether it has what its link asks for."""
    frame = page.frame_locator("iframe")
    ready(frame)
    wait_event(page, "(e.kind ?? e.event) === 'ready'")
    expect(frame.get_by_role("radio", name="Exclusive or", exact=True)).to_be_checked()
    expect(frame.locator("#layer-count")).to_have_text("1")
    expect(frame.locator('[data-hides="noise"]').first).to_be_hidden()
    return frame


@pytest.mark.parametrize("name", ["element", "the page itself"])
def test_the_page_in_one_file_takes_over(
    servers: Servers, opened: Callable, page_log: PageLog, name: str
) -> None:
    page_log.allow(BLOCKED)
    address, play = servers(SNIPPETS[name], {})
    page = opened(address, play)
    frame = opens_the_link(page)
    assert play.count("playground.html") > 0
    assert page.evaluate("events.filter((e) => (e.kind ?? e.event) === 'failed')") == []
    frame.locator("#run").click()
    expect(frame.locator("#epoch")).not_to_have_text("000,000")
    if name == "element":
        page.evaluate("a.set({noise: 20})")
        wait_event(page, "e.kind === 'changed' && /noise=20&/.test(e.link)")


def test_a_page_that_is_left_before_all_of_it_has_come_makes_no_noise(
    servers: Servers, opened: Callable, page_log: PageLog
) -> None:
    page_log.allow("^request failed: .*/course/play/ net::ERR_ABORTED")
    slow = {"": Fault(bytes_per_second=80_000)}  # it goes to embed.html from within its head
    address, play = servers(SNIPPETS["the page itself"], SHARED, slow)
    page = opened(address, play)
    opens_the_link(page)
    assert play.count("playground.html") == 0
    assert page.evaluate("events.filter((e) => (e.kind ?? e.event) === 'failed')") == []


@pytest.mark.parametrize("name", ["element", "frame"])
def test_without_the_one_file_the_cause_and_the_remedy_are_named(
    servers: Servers, opened: Callable, page_log: PageLog, name: str
) -> None:
    page_log.allow(BLOCKED)
    address, play = servers(SNIPPETS[name], {}, dict(NOTHING))
    page = opened(address, play)
    wait_event(page, "(e.kind ?? e.event) === 'failed'")
    failed = page.evaluate("events.find((e) => (e.kind ?? e.event) === 'failed')")
    assert failed["cause"] == "refused"
    assert "Access-Control-Allow-Origin" in failed["text"]
    assert "playground.html" in failed["text"]
    frame = page.frame_locator("iframe")
    expect(frame.locator("#boot-failure-text")).to_have_text(failed["text"])
    assert play.count("whole.html") == play.count("playground.html") == 1
    play.faults.clear()  # the file is put there, and the reader tries again
    frame.locator("#boot-retry").click()
    opens_the_link(page)


def test_nothing_large_is_fetched_before_it_is_wanted(
    servers: Servers, opened: Callable, page_log: PageLog
) -> None:
    page_log.allow(BLOCKED)
    waiting = SNIPPETS["frame"].replace("embed.html", "embed.html?start=press")
    address, play = servers(waiting + '<p style="height: 5000px"></p>' + SNIPPETS["frame"], {})
    page = opened(address, play)
    first, second = page.frame_locator("iframe >> nth=0"), page.locator("iframe >> nth=1")
    expect(first.locator("#boot-stage")).to_have_text("Press anywhere to start Python")
    assert play.count("playground.html") == 0
    # not click(), which waits for the frame that goes away by it
    first.locator("h1").dispatch_event("pointerdown")
    ready(first)
    before = play.count("playground.html")
    assert before > 0
    with page.expect_event("framenavigated", lambda frame: "playground.html" in frame.url):
        second.scroll_into_view_if_needed()
    assert play.count("playground.html") > before


def test_in_firefox_and_webkit(engine: Engine, servers: Servers) -> None:
    """By the element, which has the plain frame inside."""
    address, play = servers(ELEMENT, {}, dict(NOTHING))
    engine.open("about:blank")
    engine.open(address)
    engine.wait("events.some((e) => e.kind === 'failed' && e.cause === 'refused')")
    play.faults.clear()
    engine.open("about:blank")
    engine.open(address)
    engine.wait("events.some((e) => e.kind === 'ready')")
    told = engine.run("arguments[0](events.find((e) => e.kind === 'ready').link)")
    assert "dataset=xor&" in told
    assert told.endswith("noise_hide=true")
