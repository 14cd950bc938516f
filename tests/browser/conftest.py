"""Fixtures of the browser tests: the built page, a server, a browser, and watched pages."""

import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from harness import BOOT_TIMEOUT_MS, TIMEOUT_MS, axe_violations, show, wait_ready
from harness_course import COURSE, NEIGHBOUR, SHARED
from harness_log import PageLog
from harness_pages import SLOW_LINE, forget, goto, how_it_starts, keep_pictures
from harness_server import Fault, SiteServer
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tools.drivers import Engine, Firefox, Missing, WebKit
from tools.testing_runtime import runtime_files

SOAK_MINUTES = 0.5  # about what an ordinary run takes
BROWSER_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = os.environ.get("NNCORE_BROWSER")  # None: Playwright's own
LIFTOFF = "--js-flags=--liftoff-only"
expect.set_options(timeout=TIMEOUT_MS)  # five seconds are few on a busy machine


@pytest.fixture(scope="module", params=[Firefox, WebKit])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Firefox and WebKit, where this machine has them."""
    try:
        engine = request.param()
    except Missing as missing:
        pytest.skip(str(missing))
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def site_server(dist: Path) -> Iterator[SiteServer]:
    """A well-behaved server of the built page, under a sub-path."""
    with SiteServer(dist, compress=True) as server:
        yield server


@pytest.fixture(scope="session")
def site_url(site_server: SiteServer) -> str:
    """The page's address."""
    return site_server.url


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, which drives the browsers."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for the whole run; every page gets a context of its own."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=BROWSER_OPTIONS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def beginner(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium that compiles WebAssembly once and quickly, not a second time for speed: for
    the many pages that are opened to see how they start, or fail to."""
    options = [*BROWSER_OPTIONS, LIFTOFF]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def reader(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[BrowserContext]:
    """The Chromium of a returning reader: its profile lies on disk and keeps Python's machine
    code, so that a page is there in two thirds of the time."""
    context = playwright.chromium.launch_persistent_context(
        tmp_path_factory.mktemp("profile"), executable_path=CHROMIUM, args=BROWSER_OPTIONS
    )
    context.add_init_script(how_it_starts(pytestconfig))
    yield context
    context.close()


@pytest.fixture
def soak_length(pytestconfig: pytest.Config) -> tuple[int, float | None]:
    """(seed, minutes) of the soak. The ordinary run has one seed and a number of actions instead,
    as all tests are to meet the same examples each time and on every machine; a longer one draws
    another seed, and says which."""
    seed, asked = pytestconfig.getoption("soak_seed"), pytestconfig.getoption("soak")
    if seed is None:
        seed = 1 if asked is None else random.SystemRandom().randrange(10**6)
    return seed, asked


def pytest_itemcollected(item: pytest.Item) -> None:
    """Give the soak the time that it was asked to take, and some more on a busy machine."""
    if "soak_length" in getattr(item, "fixturenames", ()):
        minutes = item.config.getoption("soak") or SOAK_MINUTES
        item.add_marker(pytest.mark.timeout(300 + 60 * 4 * minutes))


@pytest.fixture
def page_log() -> Iterator[PageLog]:
    """The faults of this test's pages; any that was not allowed fails the test at its end."""
    log = PageLog()
    yield log
    log.close()


@pytest.fixture
def open_page(page_log: PageLog, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Open the page with nothing stored: `open_page("#...", viewport=(390, 844))`.

    hash: the fragment, with its `#`. url: another address than the built page's.
    until: the `data-state` to wait for, or None not to wait. script: JavaScript to run before the
    page's own. Further options go to the context. A test's first page opens for a returning reader
    where it can, any other for a new one, whose line is slow.
    """
    pages: list[Page] = []
    at_reader = False

    def open_it(
        hash: str = "",
        *,
        viewport: tuple[int, int] = (1440, 900),
        color_scheme: str = "light",
        url: str | None = None,
        until: str | None = "ready",
        script: str | None = None,
        **options: object,
    ) -> Page:
        nonlocal at_reader
        size = {"width": viewport[0], "height": viewport[1]}
        address = url or request.getfixturevalue("site_url")
        origin = re.match(r"\w+://[^/]*", address)[0]
        returning = not (url or options or at_reader)
        if returning:
            context = request.getfixturevalue("reader")
            at_reader = True  # a second page there would hide the first from sight
        else:
            chromium = request.getfixturevalue("beginner" if url else "browser")
            context = chromium.new_context(viewport=size, color_scheme=color_scheme, **options)
            context.add_init_script(SLOW_LINE)
        page_log.watch(context, [origin], stays=returning)

        def blank() -> Page:
            page = context.new_page()
            if script:
                page.add_init_script(script)
            if returning:
                page.set_viewport_size(size)
                page.emulate_media(color_scheme=color_scheme)
                forget(page, origin)
            return page

        page = goto(blank, address + hash)
        pages.append(page)
        page.locator("html[data-state]").wait_for(state="attached")
        if until == "ready":
            wait_ready(page)
        elif until:
            page.locator(f'html[data-state="{until}"]').wait_for(timeout=BOOT_TIMEOUT_MS)
        return page

    yield open_it
    if request.node.stash.get(FAILED, False):
        keep_pictures(pages, request.node.name)


@pytest.fixture(scope="module")
def page_of_file(
    browser: Browser, site_url: str, pytestconfig: pytest.Config
) -> Iterator[Callable[[], Page]]:
    """Give one page for all tests of a file; another one if its renderer has crashed."""
    kept: list[tuple[Page, PageLog]] = []

    def page_now() -> Page:
        if kept and not kept[-1][1].crashed:
            return kept[-1][0]
        log = PageLog()
        context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
        context.add_init_script(how_it_starts(pytestconfig))
        log.watch(context, [re.match(r"\w+://[^/]*", site_url)[0]])
        page = goto(context.new_page, site_url)
        kept.append((page, log))
        wait_ready(page)
        return page

    yield page_now
    for _, log in kept:
        log.close()


@pytest.fixture
def shared_page(page_of_file: Callable[[], Page]) -> Page:
    """One page for all tests of a file, which bring it to what they need by `harness.show`.

    Its faults fail the file's last test.
    """
    return page_of_file()


@pytest.fixture
def visit(page_of_file: Callable[[], Page]) -> Callable[..., Page]:
    """Like `open_page`, but in the one page of the file, by the experiment's own means:
    `visit("#...", viewport=(390, 844))`. Quick, for tests that ask for nothing but settings."""

    def go(
        hash: str = "#", *, viewport: tuple[int, int] = (1440, 900), color_scheme: str = "light"
    ) -> Page:
        page = page_of_file()
        page.evaluate("document.querySelectorAll(':popover-open').forEach((p) => p.hidePopover())")
        page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
        page.emulate_media(color_scheme=color_scheme)
        show(page, hash)
        return page

    return go


@pytest.fixture
def misbehaving_server(dist: Path) -> Iterator[Callable[..., SiteServer]]:
    """Start servers of the built page with faults: `misbehaving_server({"*.wasm": Fault(...)})`."""
    servers: list[SiteServer] = []

    def start(faults: dict[str, Fault], **options: object) -> SiteServer:
        servers.append(SiteServer(dist, faults, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def open_course(
    dist: Path, browser: Browser, page_log: PageLog
) -> Iterator[Callable[..., tuple[Page, SiteServer]]]:
    """open_course(html): a course page on another site; HERE in it is the playground's address."""
    servers: list[SiteServer] = []

    def opened(
        html: str,
        headers: dict[str, str] = SHARED,
        script: str | None = None,
        faults: dict[str, Fault] | None = None,
    ) -> tuple[Page, SiteServer]:
        server = SiteServer(dist, faults, headers=headers)
        servers.append(server)
        head = '<!doctype html><html lang="en"><link rel="icon" href="data:,"><body>'
        server.files[NEIGHBOUR] = head.encode()
        server.files[COURSE] = (head + html.replace("HERE", server.url)).encode()
        course = server.origin.replace("127.0.0.1", "localhost")
        context = browser.new_context(viewport={"width": 1200, "height": 900})
        context.add_init_script(SLOW_LINE)
        if script:
            context.add_init_script(script)
        page_log.watch(context, [server.origin, course])
        page = context.new_page()
        page.goto(course + COURSE, wait_until="commit")
        return page, server

    yield opened
    for server in servers:
        server.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[dict]]:
    """`axe(page)` lists what axe-core finds; an empty list is what a test wants."""
    script = runtime_files("test")["axe.min.js"].read_text(encoding="utf-8")
    return lambda page: axe_violations(page, script)


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """Remember for the fixtures' ends whether the test itself failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report
