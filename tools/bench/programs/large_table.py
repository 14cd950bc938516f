"""Read, open and train on a table of 100,000 rows and 20 columns in the page; print JSON.

usage: large_table.py ADDRESS. Each phase is traced: a frame is as long as the page's main thread
had the processor from one animation frame to the next, so that what else the machine does counts
little. Frames by the clock, which a reader sees, are told as well.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

ROWS, NUMBERS, CLASSES = 100_000, 18, 4
PAUSE_MS, TRAINING_MS = 3000, 4000
TRACED = ["devtools.timeline"]
ASK = "() => { const ask = () => requestAnimationFrame(ask); ask(); }"  # as a display would


def content() -> bytes:
    """The table: numbers, a category and the class."""
    rng = np.random.default_rng(0)
    kinds = rng.integers(0, CLASSES, ROWS)
    X = rng.normal(size=(ROWS, NUMBERS)) + kinds[:, None] * (np.arange(NUMBERS) % 3)
    colours = np.array(["red", "green", "blue"])[rng.integers(0, 3, ROWS)]
    lines = [",".join([*(f"c{k}" for k in range(NUMBERS)), "colour", "kind"])]
    for numbers, colour, kind in zip(X.tolist(), colours.tolist(), kinds.tolist(), strict=True):
        lines.append(",".join([*(f"{x:.4f}" for x in numbers), colour, f"k{kind}"]))
    return "\n".join(lines).encode()


def frames(trace: bytes) -> tuple[list[float], list[float]]:
    """(milliseconds of the processor, of the clock) from one animation frame to the next."""
    fired: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for event in json.loads(trace)["traceEvents"]:
        if event["name"] == "FireAnimationFrame" and event["ph"] == "X":
            thread = event["pid"], event["tid"]
            fired.setdefault(thread, []).append((event["ts"] / 1000, event["tts"] / 1000))
    starts: list[tuple[float, float]] = []
    page = max(fired, key=lambda thread: len(fired[thread]))
    for start in sorted(fired[page]):
        if not starts or start[0] > starts[-1][0] + 2:  # several callbacks are one frame
            starts.append(start)
    clock, processor = np.diff(np.array(starts), axis=0).T.tolist()
    return processor, clock


def measure(browser: Browser, page: Page, name: str, act: Callable[[], Any]) -> dict[str, Any]:
    """Return the phase's name, its milliseconds and its frames."""
    browser.start_tracing(page=page, categories=TRACED)
    started = page.evaluate("performance.now()")
    act()
    took = page.evaluate("performance.now()") - started
    page.wait_for_timeout(200)
    processor, clock = frames(browser.stop_tracing())
    return {"phase": name, "ms": took, "processor": processor, "clock": clock}


def main(address: str) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="nncore-table-") as folder,
        sync_playwright() as playwright,
    ):
        table = Path(folder) / "large.csv"  # on disk: to hand it over takes the page no time
        table.write_bytes(content())
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("NNCORE_BROWSER"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900})

        def wait(selector: str) -> None:
            page.locator(selector).wait_for(timeout=120_000, state="attached")

        def read() -> None:
            page.locator("#open-file").set_input_files(table)
            wait('#own-body[data-state="preview"]')

        def open_it() -> None:
            page.get_by_role("button", name="Open in the lab").click()
            wait(f'html[data-view="wine"][data-rows="{ROWS}"][data-working="false"]')

        def train() -> None:
            page.locator("#run").click()
            page.wait_for_timeout(TRAINING_MS)

        page.goto(address)
        wait('html[data-state="ready"]')
        page.wait_for_timeout(PAUSE_MS)
        page.locator('[data-action="own-data"]:visible').first.click()
        wait('#own-body[data-state="start"]')
        page.evaluate(ASK)
        found = [
            measure(browser, page, "reading", read),
            measure(browser, page, "opening", open_it),
        ]
        page.locator('select[name="speed"]:visible').first.select_option("fast")
        found.append(measure(browser, page, "training at full speed", train))
        browser.close()
    print(json.dumps(found))


main(sys.argv[1])
