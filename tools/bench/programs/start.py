"""Start the page and bare Pyodide by turns, and print the times as JSON.

usage: start.py ADDRESS ROUNDS. Each turn has a fresh profile on disk, as a reader has one. The
first visit finds an empty cache; the third, in a new tab, is a returning reader's: by then the
browser has also kept what it compiled. Times are milliseconds since the navigation began, as the
browser itself counts them.
"""

import json
import sys

from playwright.sync_api import BrowserType, sync_playwright

from tools.bench.programs.reader import reader, say

SLOWED = (1, 4)
PAUSE_MS = 3000
NOTE = """new MutationObserver(() => {
  if (document.documentElement.dataset.state === "ready") window.readyAt ??= performance.now();
}).observe(document, {attributes: true, subtree: true, attributeFilter: ["data-state"]});"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def visit(chromium: BrowserType, address: str, page: str, slowed: int) -> list[dict]:
    """One turn of one page: three visits, of which the first and the last count."""
    found = []
    with reader(chromium) as context:
        context.add_init_script(NOTE)
        for cache in ("empty", "filling", "full"):
            tab = context.new_page()
            context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": slowed})
            tab.goto(f"{address}/{page}/", wait_until="commit")
            tab.locator('html[data-state="ready"]').wait_for(timeout=120_000, state="attached")
            times = {"ready": tab.evaluate("window.readyAt"), "paint": tab.evaluate(PAINT)}
            found.append({"page": page, "cache": cache, "slowed": slowed, **times})
            say(f"{page}, {cache} cache, slowed {slowed} times: {times['ready']:.0f} ms")
            tab.wait_for_timeout(PAUSE_MS)  # the reader looks; the browser stores what it compiled
            tab.close()
    return [entry for entry in found if entry["cache"] != "filling"]


def main(address: str, rounds: int) -> None:
    with sync_playwright() as playwright:
        found = []
        for slowed in SLOWED:
            for _ in range(rounds if slowed == 1 else max(1, rounds // 2)):
                for page in ("page", "bare"):
                    found += visit(playwright.chromium, address, page, slowed)
    found.sort(key=lambda entry: (entry["slowed"], entry["cache"]))
    print(json.dumps(found))


main(sys.argv[1], int(sys.argv[2]))
