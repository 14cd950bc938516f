"""The first seconds: a true picture at once, nothing moves, little is fetched, nothing twice."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import state, wait_later, wait_ready, wait_until
from harness_log import NOT_USED, PageLog
from harness_server import COMPRESSED, Fault, SiteServer
from playwright.sync_api import Page, expect
from test_later import ANSWER_START, IMPORT, LATER, RUN

Open = Callable[..., Page]
MOST_BYTES = 8_000_000
SHIFTS = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().map(
    ({value, sources}) => [value, ...sources.map((s) => s.node?.outerHTML?.slice(0, 80))])))
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve([]), 100)));
})"""

AFTERWARDS = re.compile(r"_later\.zip|python\.snapshot")
AFTER_THE_START = """() => {
  const [ready] = performance.getEntriesByName("boot:ready");
  const entries = performance.getEntriesByType("resource").filter(({name}) =>
    /_later\\.zip|python\\.snapshot/.test(name));
  return entries.every(({startTime}) => startTime >= ready.startTime);
}"""

# Looks as soon as the page is ready: some come two seconds later.
MODULES = """window.atStart = new Promise((resolve) => {
  const look = async () => {
    if (document.documentElement?.dataset.state !== "ready") return;
    observer.disconnect();
    const python = await nncoreBoot.python;
    resolve([...python.pyimport("sys").modules.keys()]);
  };
  const observer = new MutationObserver(look);
  observer.observe(document, {subtree: true, attributeFilter: ["data-state"]});
})"""


def wire_bytes(server: SiteServer) -> dict[str, int]:
    """What each requested file costs on a host that packs text with gzip."""
    sizes = {}
    for path in list(server.requests):
        body = server.files[path]
        packed = path.endswith((*COMPRESSED, "/"))  # the rest is packed already
        sizes[path] = len(gzip.compress(body, 6, mtime=0)) if packed else len(body)
    return sizes


def test_a_first_visit_is_small_and_fetches_nothing_optional(
    misbehaving_server: Callable[..., SiteServer], open_page: Open, root: Path
) -> None:
    server = misbehaving_server({}, compress=True)
    page = open_page(url=server.url)
    sizes = {path: n for path, n in wire_bytes(server).items() if not AFTERWARDS.search(path)}
    assert page.evaluate(AFTER_THE_START) is True
    assert server.repeated() == []
    assert sum(sizes.values()) <= MOST_BYTES
    names = " ".join(path.rpartition("/")[2] for path in sizes)
    assert not re.findall(r"scikit|sklearn|scipy|joblib|micropip|codemirror|embed", names)
    readme = (root / "README.md").read_text("utf-8")
    told = re.search(r"first visit fetches\s+(\d+\.\d+) MB", readme)
    assert float(told[1]) == pytest.approx(sum(sizes.values()) / 1e6, rel=0.05)
    assert page.evaluate(SHIFTS) == []


def test_nothing_is_fetched_twice_or_from_elsewhere(
    misbehaving_server: Callable[..., SiteServer], open_page: Open, page_log: PageLog
) -> None:
    """Not even where the media types are wrong; nor what comes in the background."""
    server = misbehaving_server({"*.bin": Fault(mime="text/html")})
    page = open_page(url=server.url)
    expect(page.locator("#boot")).to_be_hidden()
    wait_later(page)
    assert state(page)["later"] == "kept"
    assert page.evaluate(RUN, IMPORT).startswith(ANSWER_START)
    assert server.count(LATER) == 3, "NumPy's, the library's, our sources"
    assert server.repeated() == []
    foreign = [url for url in page_log.requested if not url.startswith((server.url, "blob:"))]
    assert not [url for url in foreign if not url.startswith("data:")]
    first_visit = list(server.requests)
    page.goto("about:blank")
    page.goto(server.url, wait_until="commit")
    wait_ready(page)
    start = re.compile(r"/assets/(?!\w+_later|python\.snapshot)")
    assert not list(filter(start.search, server.requests[len(first_visit) :]))


def test_python_imports_nothing_that_the_start_does_not_need(open_page: Open) -> None:
    """Each of these takes as long as a whole picture; the first comes a little later."""
    page = open_page(until=None, script=MODULES)
    at_start = page.evaluate("atStart")
    assert "explorer.app.app" in at_start
    assert not {"numpy.random", "pyscript.web", "pyscript.context"} & set(at_start)
    page.wait_for_function(
        "async () => (await nncoreBoot.python).pyimport('sys').modules.has('numpy.random')"
    )
    window = "async () => (await nncoreBoot.python).pyimport('pyscript').window === window"
    assert page.evaluate(window), "PyScript's library is there for whoever asks"


def test_the_picture_is_there_without_any_script(open_page: Open, page_log: PageLog) -> None:
    page_log.allow("^request failed: .*csp$")  # scripts that may not run are not fetched
    page_log.allow(NOT_USED)
    page = open_page(until=None, java_script_enabled=False)
    expect(page.locator("#output .first").first).to_be_visible()
    expect(page.locator("#loss-train")).to_have_text("0.502")
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_visible()


def test_an_early_press_of_run_or_lessons_is_remembered(open_page: Open) -> None:
    page = open_page(until=None)
    for name in ("Run", "Lessons"):
        page.get_by_role("button", name=name, exact=True).click()
    now = wait_until(page, lambda now: (now.get("epoch") or 0) >= 3, 60_000)
    assert now["playing"] is True
    expect(page.locator(".shelf button")).to_have_count(12)
