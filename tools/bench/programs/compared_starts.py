"""Start two builds of the page by turns, in every way of a reader, and print the times as JSON.

usage: compared_starts.py ADDRESS SLOW FOLDER ROUNDS ROW ...

ADDRESS serves FOLDER, in which `new` and `old` are the builds and `lesson-new.html`,
`lesson-old.html` course pages with three playgrounds; SLOW serves it over a slow line; ROW are
names of rows of the table (see comparison.py).

Each turn has a fresh profile on disk, as a reader has one. A returning reader's visits come after
two others, by when the browser has kept what it compiled and what the page gave it to keep. Times
are milliseconds since the navigation began, as the browser itself counts them.
"""

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tools.bench.programs.reader import reader, say
from tools.drivers import Engine, Firefox, Missing, WebKit

ENGINES = {"firefox": Firefox, "webkit": WebKit}
VISITS = 3  # of one returning reader that count
SLOWER = 4
REST_MS = 3000  # the reader looks; the browser stores what it compiled
READY = "performance.getEntriesByName('boot:ready').length > 0"
MARKS = """Object.fromEntries(performance.getEntriesByType("mark")
  .filter(({name}) => name.startsWith("boot:"))
  .map(({name, startTime}) => [name.slice(5), startTime]))"""
UNTIL_READY = f"""() => new Promise((resolve) => {{
  const look = () => {READY} ? resolve() : setTimeout(look, 5);
  look();
}})"""
AT_REST = """document.documentElement.dataset.snapshot ||
  !JSON.parse(document.getElementById("boot-files")?.textContent ?? "{}").snapshot"""
BYTES = """["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
  .filter(({startTime}) => startTime < performance.getEntriesByName("boot:ready")[0].startTime)
  .reduce((sum, {transferSize}) => sum + transferSize, 0)"""


def note(row: str, build: str, marks: dict[str, float]) -> dict:
    """One start that came to its end; it is told at once, since many take minutes."""
    say(f"{row}, {build}: {marks['ready']:.0f} ms")
    return {"row": row, "build": build, "value": marks["ready"], "marks": marks}


def visited(context: BrowserContext, address: str, slower: int = 1) -> Page:
    """Open the page in a new tab and wait until it is ready; return the tab."""
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    if slower > 1:
        session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    tab.goto(address, wait_until="commit")
    tab.evaluate(UNTIL_READY)
    return tab


def rest(tab: Page) -> None:
    """Wait until the page has kept what it keeps, and the browser as well."""
    tab.locator("html").evaluate(
        f"() => new Promise((resolve) => {{ const look = () => ({AT_REST}) ? resolve() :"
        "setTimeout(look, 100); look(); })"
    )
    tab.wait_for_timeout(REST_MS)
    tab.close()


def chromium(playwright, address: str, rows: list[str], build: str) -> list[dict]:
    """A reader who comes for the first time, then again and again."""
    found = []
    with reader(playwright.chromium) as context:
        tab = visited(context, f"{address}/{build}/")
        found.append(note("first", build, tab.evaluate(MARKS)))
        found.append({"row": "bytes-fast", "build": build, "value": tab.evaluate(BYTES)})
        if not {"returning", "slowed"} & set(rows):
            return found
        rest(tab)
        rest(visited(context, f"{address}/{build}/"))
        for row, slower in (("returning", 1), ("slowed", SLOWER)):
            for _ in range(VISITS if row in rows else 0):
                tab = visited(context, f"{address}/{build}/", slower)
                found.append(note(row, build, tab.evaluate(MARKS)))
                tab.close()
    return found


def slow_line(playwright, address: str, _rows: list[str], build: str) -> list[dict]:
    """A first visit on a slow line."""
    with reader(playwright.chromium) as context:
        tab = visited(context, f"{address}/{build}/")
        size = {"row": "bytes", "build": build, "value": tab.evaluate(BYTES)}
        return [note("line", build, tab.evaluate(MARKS)), size]


def one_file(playwright, folder: str, _rows: list[str], build: str) -> list[dict]:
    """The page in one file, opened from the disk."""
    address = (Path(folder) / build / "playground.html").resolve().as_uri()
    found = []
    with reader(playwright.chromium) as context:
        for _ in range(VISITS):
            tab = visited(context, address)
            found.append(note("file", build, tab.evaluate(MARKS)))
            tab.close()
    return found[1:]  # the first one also starts the browser's own parts


def lesson(playwright, address: str, _rows: list[str], build: str) -> list[dict]:
    """A course page with three playgrounds, for a reader who comes again."""
    found = []
    with reader(playwright.chromium) as context:
        for visit in range(2 + VISITS):
            tab = visited(context, f"{address}/lesson-{build}.html")
            if visit >= 2:
                found.append(note("lesson", build, tab.evaluate(MARKS)))
            else:
                tab.wait_for_timeout(REST_MS)
            tab.close()
    return found


def other_engine(kind: type[Engine], row: str, address: str, build: str) -> list[dict]:
    """A reader of another browser, who comes again."""
    engine = kind()
    found = []
    try:
        for visit in range(2 + VISITS):
            engine.open("about:blank")
            engine.open(f"{address}/{build}/")
            engine.wait(READY)
            if visit >= 2:
                found.append(note(row, build, engine.run(f"arguments[0]({MARKS})")))
            else:
                engine.wait(AT_REST)
                engine.run(f"setTimeout(arguments[0], {REST_MS})")
    finally:
        engine.close()
    return found


def by_turns(rounds: int, turn: Callable[[str], list[dict]]) -> list[dict]:
    """Both builds in each round; who was second begins the next one."""
    order = ["new", "old"]
    found = []
    for _ in range(rounds):
        for build in order:
            found += turn(build)
        order.reverse()
    return found


def main(address: str, slow: str, folder: str, rounds: int, rows: list[str]) -> None:
    ways = {
        chromium: ({"first", "bytes-fast", "returning", "slowed"}, address),
        slow_line: ({"line", "bytes"}, slow),
        one_file: ({"file"}, folder),
        lesson: ({"lesson"}, address),
    }
    found = []
    with sync_playwright() as playwright:
        for way, (its_rows, where) in ways.items():
            if its_rows & set(rows):
                found += by_turns(rounds, partial(way, playwright, where, rows))
    for row, kind in ENGINES.items():
        if row not in rows:
            continue
        try:
            found += by_turns(rounds, partial(other_engine, kind, row, address))
        except Missing as missing:
            found.append({"row": row, "skipped": str(missing)})
    print(json.dumps([entry for entry in found if entry["row"] in rows]))


main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5:])
