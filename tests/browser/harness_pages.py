"""Opening pages for the fixtures, and keeping pictures of those on which a test failed."""

import re
from collections.abc import Callable

import pytest
from harness import ARTIFACTS, failure_text
from playwright.sync_api import Error, Page

HAS_FONTS = """async () => {
  await document.fonts.ready;
  const ctx = document.createElement("canvas").getContext("2d");
  const width = (font) => ((ctx.font = `40px ${font}`), ctx.measureText("Learning rate").width);
  return ["Inter", "JetBrains Mono"].every(
    (name) => width(`"${name}", serif`) !== width("serif"));
}"""
# What the browser believes of the line: a first visit then fetches Python's modules, see line.mjs.
SLOW_LINE = "Object.defineProperty(navigator, 'connection', {value: {effectiveType: '3g'}});"
NOTHING_KEPT = "caches.match = () => Promise.reject(new Error('nothing is kept here'));"


def how_it_starts(config: pytest.Config) -> str:
    """A script for a reader's pages: with --no-snapshot, none starts from it."""
    return (
        f"{SLOW_LINE} try {{ {NOTHING_KEPT} }} catch {{}}"
        if config.getoption("no_snapshot")
        else ""
    )


def forget(page: Page, origin: str) -> None:
    """Clear what the pages of this origin have stored, but not the browser's cache."""
    what = {"origin": origin, "storageTypes": "cookies,indexeddb,local_storage"}
    page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", what)


def goto(blank: Callable[[], Page], address: str) -> Page:
    """Return a new page at this address, its renderer alive.

    If Chromium's renderer itself dies as it starts, and only then, once more. The cause that was
    found is avoided (see `stayOnOneStack` in site/boot/begin.mjs); there may be others.

    Args:
        blank: Makes a page.
    """
    page = blank()
    try:
        page.goto(address, wait_until="commit")
        page.evaluate("() => 1")
    except Error as error:
        if "crashed" not in str(error):
            raise
        print(f"Chromium's renderer crashed at the start; opened again: {address}")
        page = blank()
        page.goto(address, wait_until="commit")
    return page


def with_fonts(opened: Callable[[], Page]) -> Page:
    """A page that has its own fonts: the page does without where they do not come at once."""
    for _ in range(12):
        page = opened()
        if page.evaluate(HAS_FONTS):
            return page
        page.close()
    raise AssertionError("twelve pages had not got their fonts in time")


def keep_pictures(pages: list[Page], test: str) -> None:
    """A picture of each page, in artifacts/."""
    ARTIFACTS.mkdir(exist_ok=True)
    name = re.sub(r"[^\w-]+", "-", test)
    for number, page in enumerate(pages, start=1):
        if page.is_closed():
            continue
        try:
            page.screenshot(path=ARTIFACTS / f"failed-{name}-{number}.png")
            print(f"page {number}: {page.url} {failure_text(page)}")
        except Error as error:
            print(f"page {number}: no picture, {error}")  # its renderer has crashed
