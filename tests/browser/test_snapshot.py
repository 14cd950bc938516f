"""A returning reader's Python comes from a snapshot of its memory; where that fails, as ever."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from harness import state, wait_ready
from harness_log import PageLog
from harness_pages import SLOW_LINE, forget, goto
from harness_server import Fault, SiteServer
from playwright.sync_api import Browser, BrowserContext, Page

SNAPSHOT = "python.snapshot*"
RUN = "async (text) => (await nncoreBoot.python).runPython(text)"
KEPT = 'html[data-snapshot="kept"]'
# What the start imported: nothing that was not in the snapshot, or these would be gone.
WAITING = """
import sys
from explorer.browser.lazy_imports import MissingFinder
str(any(isinstance(each, MissingFinder) for each in sys.meta_path))"""
EVERYTHING = """
import ctypes, inspect, pydoc, random, traceback
import numpy as np
import nncore, nncore.model
from nncore import Dense, Sequential, load_wine
import email.mime.text, numpy.fft, numpy.random
def fail():
    try:
        Sequential([Dense(0)], n_inputs=1)
    except ValueError:
        return traceback.format_exc()
callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(lambda n: n + 1)
big = bytearray(60_000_000)
str([
    round(float(np.linalg.det(np.eye(3) * 2)), 9), load_wine().X.shape, callback(41),
    inspect.getsource(Sequential).startswith("@dataclass"),
    'Sequential' in pydoc.plain(pydoc.render_doc(nncore.model)),
    "nncore/checks.py" in fail() or "nncore/layers.py" in fail(),
    np.random.default_rng(1).random(), len(big),
])"""
ANSWER = "[8.0, (178, 13), 42, True, True, True, 0.5118216247002567, 60000000]"
NOW = "?snapshot=now"
# Other browsers: the table cannot grow when the snapshot is restored; functions stand in other
# places of it, as in WebKit's; vectors are unknown.
NO_ROOM = """
const grow = WebAssembly.Table.prototype.grow;
WebAssembly.Table.prototype.grow = function (count) {
  if (count < 100) return grow.call(this, count);
  WebAssembly.Table.prototype.grow = grow;
  throw new TypeError("no room in the table");
};"""
OTHER_TABLE = """
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...given) => {
  const found = await instantiate(...given);
  found.exports?.__indirect_function_table?.grow(700);
  return found;
};"""
NO_SIMD = """
const { validate } = WebAssembly;
WebAssembly.validate = (bytes) => !new Uint8Array(bytes).includes(0xfd) && validate(bytes);"""
AFTERWARDS = """() => {
  const [ready] = performance.getEntriesByName("boot:ready");
  return performance.getEntriesByType("resource").filter(({name, startTime}) =>
    /numpy|stdlib/.test(name) && startTime < ready.startTime).map(({name}) => name);
}"""
NO_MEMORY = """
const grow = WebAssembly.Memory.prototype.grow;
let first = true;
WebAssembly.Memory.prototype.grow = function (pages) {
  if (first) { first = false; throw new RangeError("no memory"); }
  return grow.call(this, pages);
};"""
DRAW = "import random; str(random.random())"
SPOIL = """async (change) => {
  const [name] = await caches.keys();
  const store = await caches.open(name);
  const [key] = await store.keys();
  const bytes = new Uint8Array(await (await store.match(key)).arrayBuffer());
  await store.put(key, new Response(new Function("bytes", change)(bytes)));
}"""
READ = """async ([address, change]) => {
  const { readSnapshot } = await import(address);
  const [name] = await caches.keys();
  const [kept] = await (await caches.open(name)).matchAll();
  const bytes = new Uint8Array(await kept.arrayBuffer());
  try {
    readSnapshot(new Function("bytes", change)(bytes).buffer);
  } catch (error) {
    return error.message;
  }
}"""
CUT_SHORT = "return bytes.slice(0, 5e6)"
ANOTHER_BUILD = """
const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1e6));
bytes[head.indexOf('"build":"') + 9] ^= 1; return bytes"""
UNREADABLE = [
    (CUT_SHORT, "Invalid typed array length"),
    (
        "const more = new Uint8Array(bytes.length + 1); more.set(bytes); return more",
        "bytes instead",
    ),
    ("bytes[0] ^= 1; return bytes", "no snapshot"),
    ("return bytes.fill(32, 16, 400)", "JSON"),
]
EMPTY = "/empty.html"  # a page of the same origin, which may look into its store
FORGET = "async () => { for (const name of await caches.keys()) await caches.delete(name); }"
HOLDS = """async () => {
  for (const name of await caches.keys())
    for (const {status} of await (await caches.open(name)).matchAll())
      if (status === 200) return true;
  return false;
}"""


@dataclass(frozen=True)
class Reader:
    """A browser that has kept the snapshot in a first visit, and the state which that showed."""

    context: BrowserContext
    server: SiteServer
    first: dict[str, Any]


def first_visit(page: Page, server: SiteServer) -> dict[str, Any]:
    """Start from the modules, and keep the snapshot; the page's state."""
    page.goto(server.url, wait_until="commit")
    now = wait_ready(page)
    assert now["start"] == "modules"
    page.locator(KEPT).wait_for(state="attached", timeout=60_000)
    return now


@pytest.fixture(scope="module")
def reader_of_file(beginner: Browser, dist: Path) -> Iterator[Reader]:
    """One for all tests of this file: a first visit takes longer than what follows it."""
    log = PageLog()
    with SiteServer(dist, compress=True) as server:
        server.files[EMPTY] = b'<!doctype html><title>empty</title><link rel="icon" href="data:,">'
        context = beginner.new_context(viewport={"width": 1440, "height": 900})
        context.add_init_script(SLOW_LINE)
        context.new_page()  # a context that stays needs one
        log.watch(context, [server.origin], stays=True)
        page = goto(context.new_page, server.origin + EMPTY)
        first = first_visit(page, server)
        log.close()
        yield Reader(context, server, first)
        context.close()


@pytest.fixture
def returning(reader_of_file: Reader, page_log: PageLog) -> tuple[Page, SiteServer]:
    """(page, server): an empty page of a browser that has kept the snapshot and nothing else."""
    context, server = reader_of_file.context, reader_of_file.server
    page_log.watch(context, [server.origin], stays=True)
    page = goto(context.new_page, server.origin + EMPTY)
    if not page.evaluate(HOLDS):  # another test has taken it away
        page.evaluate(FORGET)
        first_visit(page, server)
        page.goto(server.origin + EMPTY)
    forget(page, server.origin)
    return page, server


def again(page: Page, address: str = "") -> str:
    """Visit once more, or an address from elsewhere; how Python came up."""
    if address:
        page.goto(address, wait_until="commit")
    else:
        page.reload(wait_until="commit")
    wait_ready(page)
    return page.locator("html").get_attribute("data-start")


def test_a_second_visit_starts_from_it_and_everything_holds(returning, reader_of_file):
    page, server = returning
    asked = len(server.requests)
    assert again(page, server.url) == "snapshot"
    assert page.evaluate(RUN, WAITING) == "True"
    assert state(page)["loss_train"] == reader_of_file.first["loss_train"]
    assert [path for path in server.requests[asked:] if "/assets/" in path] == []
    drawn = page.evaluate(RUN, DRAW)
    assert page.evaluate(RUN, EVERYTHING) == ANSWER
    page.get_by_role("button", name="Step", exact=True).click()
    page.locator('html[data-epoch="1"]').wait_for(state="attached")
    assert again(page) == "snapshot"
    assert page.evaluate(RUN, DRAW) != drawn


def test_the_lab_starts_from_it_too(returning):
    page, server = returning
    assert again(page, f"{server.url}?#view=wine") == "snapshot"
    assert page.evaluate(RUN, WAITING) == "True"
    assert page.evaluate(RUN, EVERYTHING) == ANSWER


def test_who_does_not_want_it_starts_in_the_ordinary_way(returning):
    page, server = returning
    assert again(page, f"{server.url}?snapshot=no") == "modules"


def test_blocked_storage_is_no_obstacle(returning):
    page, server = returning
    page.add_init_script("caches.match = () => Promise.reject(new Error('blocked'));")
    assert again(page, server.url) == "modules"


def test_other_engines_start_from_it_as_well(returning):
    page, server = returning
    page.add_init_script(OTHER_TABLE)
    page.add_init_script(NO_SIMD)
    assert again(page, server.url) == "snapshot"
    assert page.evaluate(RUN, EVERYTHING) == ANSWER
    page.get_by_role("button", name="Step", exact=True).click()
    page.locator('html[data-epoch="1"]').wait_for(state="attached")


def test_one_that_cannot_be_read_says_why(returning):
    page, server = returning
    [module] = [path for path in server.files if path.endswith("/restore.js")]
    address = server.origin + module
    assert page.evaluate(READ, [address, "return bytes"]) is None
    for change, reason in UNREADABLE:
        assert reason in page.evaluate(READ, [address, change])


def test_one_that_does_not_do_is_forgotten(returning):
    """Such as one that cannot be read, or that does not fit."""
    page, server = returning
    for change in (CUT_SHORT, ANOTHER_BUILD):
        page.goto(server.origin + EMPTY)
        page.evaluate(SPOIL, change)
        assert again(page, server.url) == "modules"
        page.locator(KEPT).wait_for(state="attached", timeout=60_000)
    assert again(page) == "snapshot"


def test_one_for_which_there_is_no_memory_is_kept_again(returning):
    page, server = returning
    page.add_init_script(f"{{ {NO_MEMORY} }}")
    assert again(page, server.url) == "modules"
    page.locator(KEPT).wait_for(state="attached", timeout=60_000)


def test_a_browser_that_cannot_restore_it_is_not_asked_twice(returning):
    page, server = returning
    page.add_init_script(f"if (!sessionStorage.tried) {{ sessionStorage.tried = 1; {NO_ROOM} }}")
    assert again(page, server.url) == "modules"
    asked = server.count(SNAPSHOT)
    page.evaluate(RUN, EVERYTHING)
    assert again(page) == "modules"
    assert server.count(SNAPSHOT) == asked


def test_a_first_visit_on_a_fast_line_starts_from_it(open_page, misbehaving_server):
    """It is fetched once, and what it stands for comes afterwards."""
    server = misbehaving_server({}, compress=True)
    page = open_page(url=server.url + NOW, bypass_csp=True)
    assert page.locator("html").get_attribute("data-start") == "snapshot"
    assert page.evaluate(AFTERWARDS) == []
    assert page.evaluate(RUN, EVERYTHING) == ANSWER
    page.locator(KEPT).wait_for(state="attached", timeout=60_000)
    assert server.count(SNAPSHOT) == 1
    assert again(page) == "snapshot"


def test_what_cannot_be_had_is_done_without_and_not_kept(open_page, misbehaving_server, page_log):
    """On a first visit, and on those that follow: one that breaks off, is missing, is cut short."""
    page_log.allow("python.snapshot|ERR_|404")
    server = misbehaving_server({SNAPSHOT: Fault(keep=0.5, broken_off=True)})
    page = open_page(url=server.url + NOW)
    for fault in (None, Fault(status=404), Fault(keep=0.5)):
        if fault:
            server.faults[SNAPSHOT] = fault
            again(page)
        assert page.locator("html").get_attribute("data-start") == "modules"
        done, _, total, _ = page.locator("#boot-bytes").text_content().split()
        assert done == total
    page.locator('html[data-snapshot="missing"]').wait_for(state="attached", timeout=60_000)
    server.faults.clear()
    assert again(page, server.url) == "modules"
