"""Time the notebook beside a bare second Pyodide, and a fit in it beside train(); print JSON.

usage: notebook.py ADDRESS ROUNDS CELL, where CELL is the file of the cell that races the fit. Each
round has a fresh profile on disk and visits thrice, as a returning reader does. A page is ready,
and has rested, when its second Python is asked for; the time ends when that has computed.
"""

import json
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserType, Page, sync_playwright

from tools.bench.programs.reader import reader, say

READY = 'html[data-state="ready"]'
PAUSE_MS = 3000
FIRST = "import numpy\nnumpy.ones(3).sum()"
KEEP = "Object.assign(localStorage, %s);"  # so the page opens with this notebook
OPEN = """async () => {
  const started = performance.now();
  const until = (look) => new Promise((done, failed) => {
    const watcher = new MutationObserver(() => look() && end(done));
    const timer = setTimeout(() => end(failed, new Error(`${look} for a minute`)), 60_000);
    const end = (way, value) => { watcher.disconnect(); clearTimeout(timer); way(value); };
    watcher.observe(document, {attributes: true, childList: true, subtree: true});
    if (look()) end(done);
  });
  document.getElementById("tab-notebook").click();
  await until(() => document.querySelector(".nb-run"));
  document.querySelector(".nb-run").click();
  await until(() => document.querySelector(".nb-cell .nb-outputs").textContent);
  return performance.now() - started;
}"""


def open_file(page: Page, cell: str) -> None:
    """Show a notebook of one cell."""
    content = json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": cell}]})
    file: Any = {"name": "own.ipynb", "mimeType": "application/json", "buffer": content.encode()}
    page.locator("#nb-field").set_input_files(file)


def come(page: Page, address: str) -> None:
    page.goto(address, wait_until="commit")
    page.locator(READY).wait_for(timeout=120_000, state="attached")
    page.wait_for_timeout(PAUSE_MS)


def keep_first(chromium: BrowserType, address: str) -> dict[str, str]:
    """What the browser stores once it has kept a notebook of one cell, FIRST."""
    with reader(chromium) as context:
        page = context.new_page()
        come(page, address)
        page.get_by_role("tab", name="Notebook").click()
        page.locator("#nb-field").wait_for(state="attached", timeout=120_000)
        open_file(page, FIRST)
        page.locator(".cm-content", has_text="numpy.ones").wait_for()
        return page.evaluate("Object.fromEntries(Object.entries(localStorage))")


def race(page: Page, cell: str) -> dict[str, list[float]]:
    """What the cell prints: milliseconds of each contender."""
    open_file(page, cell)
    page.get_by_role("button", name="Run all").click()
    shown = page.locator(".nb-outputs pre", has_text="train")
    shown.wait_for(timeout=120_000)
    return json.loads(shown.inner_text())


def main(address: str, rounds: int, cell: str) -> None:
    found: list[dict[str, Any]] = []
    names = {"page": "tab to first cell", "bare": "bare second Pyodide"}
    with sync_playwright() as playwright:
        chromium = playwright.chromium
        kept = keep_first(chromium, f"{address}/page/")
        for turn in range(1, rounds + 1):
            for kind, name in names.items():
                with reader(chromium) as context:
                    context.add_init_script(KEEP % json.dumps(kept))
                    page = context.new_page()
                    for cache in ("first visit", "filling", "returning"):
                        come(page, f"{address}/{kind}/")
                        took = page.evaluate(OPEN if kind == "page" else "second()")
                        found.append({"name": f"{name}, {cache}", "ms": took})
                        say(f"turn {turn} of {rounds}: {name}, {cache}: {took:.0f} ms")
                    if kind == "page":
                        times = race(page, cell)
                        found += [{"name": n, "ms": ms} for n in times for ms in times[n]]
    print(json.dumps(found))


main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]).read_text("utf-8"))
