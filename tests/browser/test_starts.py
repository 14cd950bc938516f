"""Many starts in a row, when they are asked for: each ends ready, and Python computes.

`python3 build.py test tests/browser/test_starts.py --starts 200`; never by default.
"""

from collections import Counter
from collections.abc import Callable

import pytest
from harness import wait_ready
from harness_server import SiteServer
from playwright.sync_api import BrowserContext

from tools.drivers import Firefox, Missing

pytestmark = pytest.mark.timeout(0)
PLAIN_EVERY = 10  # one in so many starts in the ordinary way
STATE = "({...document.documentElement.dataset})"
SAYS_READY = "document.documentElement.dataset.state !== 'booting'"


@pytest.fixture
def starts(pytestconfig: pytest.Config) -> int:
    """How many starts in a row were asked for; without, the tests are skipped."""
    return pytestconfig.getoption("starts") or pytest.skip("asked for by --starts N")


def addresses(url: str, count: int) -> list[str]:
    """The addresses of the visits: the page's, and now and then without the snapshot."""
    return [url + "?snapshot=no" * (k % PLAIN_EVERY == PLAIN_EVERY - 1) for k in range(count)]


def report(capsys: pytest.CaptureFixture, browser: str, ways: Counter) -> None:
    with capsys.disabled():
        print(f"\n{browser}: {ways.total()} starts, all ready: {dict(ways)}", flush=True)


def test_in_chromium(
    starts: int, reader: BrowserContext, site_url: str, capsys: pytest.CaptureFixture
) -> None:
    ways: Counter = Counter()
    page = reader.new_page()
    for address in addresses(site_url, starts):
        page.goto("about:blank")
        page.goto(address, wait_until="commit")
        wait_ready(page)
        found = page.evaluate(STATE)
        assert float(found["lossTrain"]) > 0
        ways[found["start"]] += 1
    page.close()
    report(capsys, "Chromium", ways)


def test_in_firefox(
    starts: int,
    misbehaving_server: Callable[..., SiteServer],
    capsys: pytest.CaptureFixture,
) -> None:
    ways: Counter = Counter()
    server = misbehaving_server({}, compress=True)
    try:
        engine = Firefox()
    except Missing as missing:
        pytest.skip(str(missing))
    try:
        for address in addresses(server.url, starts):
            engine.open("about:blank")
            engine.open(address)
            engine.wait(SAYS_READY)
            found = engine.run(f"arguments[0]({STATE})")
            assert found["state"] == "ready"
            assert float(found["lossTrain"]) > 0
            ways[found["start"]] += 1
    finally:
        engine.close()
    report(capsys, "Firefox", ways)
