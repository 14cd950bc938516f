"""Start the page and bare Pyodide by turns in one browser, and print the times as JSON.

usage: start.py ADDRESS ROUNDS. Each turn has a fresh profile: the first visit finds an empty
cache, the second a full one. Times are milliseconds since the navigation began, as the browser
itself counts them.
"""

import json
import os
import sys

from playwright.sync_api import Browser, sync_playwright

SLOWED = (1, 4)
NOTE = """new MutationObserver(() => {
  if (document.documentElement.dataset.state === "ready") window.readyAt ??= performance.now();
}).observe(document, {attributes: true, subtree: true, attributeFilter: ["data-state"]});"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def visit_twice(browser: Browser, address: str, page: str, slowed: int) -> list[dict]:
    """One turn of one page: an empty cache, then a full one."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(NOTE)
    tab = context.new_page()
    context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    found = []
    for cache in ("empty", "full"):
        tab.goto("about:blank")
        tab.goto(f"{address}/{page}/", wait_until="commit")
        tab.locator('html[data-state="ready"]').wait_for(timeout=120_000, state="attached")
        times = {"ready": tab.evaluate("window.readyAt"), "paint": tab.evaluate(PAINT)}
        found.append({"page": page, "cache": cache, "slowed": slowed, **times})
    context.close()
    return found


def main(address: str, rounds: int) -> None:
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-background-networking"]
        path = os.environ.get("NNCORE_BROWSER")
        browser = playwright.chromium.launch(executable_path=path, args=options)
        found = []
        for slowed in SLOWED:
            for _ in range(rounds if slowed == 1 else max(1, rounds // 2)):
                for page in ("page", "bare"):
                    found += visit_twice(browser, address, page, slowed)
        browser.close()
    found.sort(key=lambda entry: (entry["slowed"], entry["cache"]))
    print(json.dumps(found))


main(sys.argv[1], int(sys.argv[2]))
