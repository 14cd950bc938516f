"""The start of the page: stages, bytes, and every way in which it can fail.

A local server misbehaves with one file at a time. Whatever it does, the page must end in `ready`
or in a failure that names the file and the cause in plain words; after the fault is mended, the
retry must lead to a page that works. None of this depends on what the page draws.
"""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import BOOT_TIMEOUT_MS, wait_ready
from harness_log import PageLog
from harness_server import Fault, SiteServer
from playwright.sync_api import Page, expect

from tools.head import policy

WASM = "pyodide.asm.wasm.*"
NUMPY = "numpy-*"
BOOT_FILES = re.compile(r'(<script type="application/json" id="boot-files">)(.*?)(</script>)')
IMPATIENT = "?boot-patience=3"
SOMEWHAT_PATIENT = "?boot-patience=10"  # longer than any stage takes on a busy machine
RECORD_PROGRESS = """() => {
  const bar = document.getElementById("boot-progress");
  const stage = document.getElementById("boot-stage");
  window.seen = {values: [bar.value], bytes: [], stages: [stage.textContent]};
  const note = () => {
    window.seen.values.push(bar.value);
    window.seen.bytes.push(document.getElementById("boot-bytes").textContent);
    window.seen.stages.push(stage.textContent);
  };
  const observer = new MutationObserver(note);
  observer.observe(document.getElementById("boot"),
    {attributes: true, childList: true, subtree: true, characterData: true});
}"""

Start = Callable[..., SiteServer]
Open = Callable[..., Page]


@pytest.fixture
def faulty(misbehaving_server: Start, page_log: PageLog) -> Start:
    """A misbehaving server; what the browser says about its faults is expected."""
    page_log.allow("^(console|page error|request failed|status)")
    return misbehaving_server


def failure_of(page: Page) -> tuple[str, str]:
    """Return the cause and the sentence of the failure that is shown."""
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#boot")).to_be_hidden()
    assert page.locator("#boot-failure-details").text_content()
    cause = page.locator("html").get_attribute("data-boot-cause")
    return cause, page.locator("#boot-failure-text").inner_text()


def try_again(page: Page) -> None:
    """Press the button of the failure view."""
    with page.expect_navigation(wait_until="commit"):
        page.get_by_role("button", name="Try again", exact=True).click()


def fail_again(page: Page) -> None:
    """Press the button of the failure view, where the next start has to fail as well."""
    try_again(page)
    failed = page.locator('html[data-state="failed"]')
    failed.wait_for(state="attached", timeout=BOOT_TIMEOUT_MS)


def retry(page: Page) -> None:
    """Press the button of the failure view and wait until the page works."""
    page.evaluate("history.replaceState(null, '', location.pathname)")  # patient from now on
    try_again(page)
    wait_ready(page)
    expect(page.locator("#boot")).to_be_hidden()
    expect(page.locator("#boot-failure")).to_be_hidden()


MISSING = Fault(status=404)
FAULTS = [
    ("missing", MISSING),
    ("offline", Fault(keep=0.5, broken_off=True)),
    ("damaged", Fault(keep=0.5)),
    ("damaged", Fault(keep=0.0)),
    ("damaged", Fault(body=b"<!doctype html><title>Log in to the school's network</title>")),
]


@pytest.mark.parametrize(
    ("pattern", "faults"), [(WASM, FAULTS), (NUMPY, FAULTS), ("main.py.gz.*", FAULTS[:2])]
)
def test_every_fault_of_a_file_is_named_and_mended(
    faulty: Start, open_page: Open, pattern: str, faults: list[tuple[str, Fault]]
) -> None:
    """One after the other, in one page that is told to try again. The server lets browsers keep
    the damaged file: the retry must not take it from there."""
    server = faulty({pattern: faults[0][1]})
    page = open_page(url=server.url, until="failed")
    for expected, fault in faults:
        if fault is not faults[0][1]:
            server.faults[pattern], asked = fault, server.count(pattern)
            fail_again(page)
            assert server.count(pattern) > asked
        cause, sentence = failure_of(page)
        assert cause == expected, fault
        assert pattern.split(".*")[0].split(".gz")[0].rstrip("*") in sentence
    server.faults.clear()
    retry(page)


def test_one_wrong_byte(
    dist: Path, faulty: Start, open_page: Open, axe: Callable[[Page], list]
) -> None:
    """Told in a view that is accessible, as all of the page."""
    [path] = (dist / "assets").glob(NUMPY)
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 0x10
    server = faulty({NUMPY: Fault(body=bytes(body))})
    page = open_page(url=server.url, until="failed")
    assert failure_of(page)[0] == "damaged"
    for color_scheme in ("light", "dark"):
        page.emulate_media(color_scheme=color_scheme)
        assert axe(page) == [], color_scheme


def test_silence_wakes_the_watchdog(faulty: Start, open_page: Open) -> None:
    """From the beginning, and in the middle of a file."""
    server = faulty({WASM: Fault(keep=0.0, hanging=True)})
    page = open_page(url=server.url + IMPATIENT, until="failed")
    assert failure_of(page)[0] == "stalled"
    server.faults[WASM] = Fault(keep=0.3, hanging=True)
    fail_again(page)
    assert failure_of(page)[0] == "stalled"
    server.faults.clear()
    retry(page)


def test_slow_but_steady_is_no_failure(faulty: Start, open_page: Open) -> None:
    """The download takes longer than the watchdog's patience, but bytes keep arriving."""
    server = faulty({WASM: Fault(bytes_per_second=300_000)})
    page = open_page(url=server.url + SOMEWHAT_PATIENT, until=None)
    page.locator("#boot-progress").wait_for(state="attached")
    page.evaluate(RECORD_PROGRESS)
    page.locator('html[data-state="ready"]').wait_for(timeout=60_000)
    seen = page.evaluate("window.seen")
    values = seen["values"]
    assert values == sorted(values)
    assert len(set(values)) > 20
    assert values[-1] == 1
    assert re.fullmatch(r"(\d+\.\d) of \1 MB", seen["bytes"][-1])
    stages = list(dict.fromkeys(filter(None, seen["stages"])))
    assert stages == ["Fetching Python", "Starting Python", "Loading NumPy", "Drawing"]


def test_missing_scripts(faulty: Start, open_page: Open) -> None:
    """One after the other. The browser may keep none, or it would not ask for the next one."""
    server = faulty({"boot.js": MISSING}, headers={"Cache-Control": "no-store"})
    page = open_page(url=server.url, until="failed")
    assert failure_of(page)[0] == "script"
    for pattern in ("bytes.js", "core.js", "core-*.js", "interp*.js"):
        server.faults.clear()
        server.faults[pattern] = MISSING
        fail_again(page)
        assert failure_of(page)[0] == "script", pattern
        assert server.count(pattern) > 0
    server.faults.clear()
    retry(page)


def test_python_s_own_script(faulty: Start, open_page: Open) -> None:
    """Missing, and then cut short, which the browser may keep."""
    server = faulty({"pyodide.asm.js": MISSING})
    page = open_page(url=server.url, until="failed")
    assert failure_of(page)[0] == "script"
    assert "pyodide.asm.mjs" in failure_of(page)[1]
    server.faults["pyodide.asm.js"] = Fault(keep=0.5)
    fail_again(page)
    assert failure_of(page)[0] == "script"
    assert "pyodide.asm.mjs" in failure_of(page)[1]
    server.faults.clear()
    retry(page)


def replaced(dist: Path, name: str, content: bytes) -> dict[str, Fault]:
    """Return faults that hand out `content`, whole and well packed, as the file `name`."""
    packed = gzip.compress(content)

    def replace(match: re.Match[str]) -> str:
        manifest = json.loads(match[2])
        manifest["files"][name] |= {"size": len(content), "bytes": len(packed)}
        return match[1] + json.dumps(manifest).replace("<", "\\u003c") + match[3]

    html = BOOT_FILES.sub(replace, (dist / "index.html").read_text("utf-8"))
    return {"": Fault(body=html.encode()), f"{name}.gz.*": Fault(body=packed)}


def test_exception_in_the_page_s_python(dist: Path, faulty: Start, open_page: Open) -> None:
    script = b"def broken():\n    return {}['no such key <b>']\n\nbroken()\n"
    page = open_page(url=faulty(replaced(dist, "main.py", script)).url, until="failed")
    assert failure_of(page)[0] == "python"
    details = page.locator("#boot-failure-details")
    expect(details).to_contain_text("KeyError: 'no such key <b>'")
    assert details.locator("b").count() == 0


def test_webassembly_forbidden(dist: Path, faulty: Start, open_page: Open) -> None:
    html = (dist / "index.html").read_text("utf-8")
    assert "'wasm-unsafe-eval'" in html
    html = html.replace(" 'wasm-unsafe-eval'", "")
    server = faulty({"": Fault(body=html.encode())})
    page = open_page(url=server.url, until="failed")
    assert failure_of(page)[0] == "blocked"


def test_wasm_that_does_not_instantiate(dist: Path, faulty: Start, open_page: Open) -> None:
    """It asks for a function that nobody provides: Pyodide alone would wait for ever."""
    module = b"\0asm\1\0\0\0" + b"\1\4\1\x60\0\0" + b"\2\x0c\1\3env\4nope\0\0"
    server = faulty(replaced(dist, "pyodide.asm.wasm", module))
    page = open_page(url=server.url, until="failed")
    assert failure_of(page)[0] == "unknown"
    expect(page.locator("#boot-failure-details")).to_contain_text("LinkError")


def test_python_that_does_not_draw_in_time(dist: Path, faulty: Start, open_page: Open) -> None:
    """When the watchdog was too impatient, the page still becomes usable."""
    script = b"""
import js
from asyncio import Event
from pyodide.ffi import create_proxy
drawn = Event()
js.document.addEventListener("draw", create_proxy(lambda *_: drawn.set()))
await drawn.wait()
js.document.documentElement.dataset.state = "ready"
"""
    server = faulty(replaced(dist, "main.py", script))
    page = open_page(url=server.url + SOMEWHAT_PATIENT, until="failed")
    assert failure_of(page)[0] == "stuck"
    page.evaluate("document.dispatchEvent(new Event('draw'))")
    page.locator('html[data-state="ready"][data-boot-cause="stuck"]').wait_for()
    expect(page.locator("#boot")).to_be_hidden()
    expect(page.locator("#boot-failure")).to_be_hidden()


def assert_storage_belongs_to_the_page_again(page: Page) -> None:
    """PyScript starts on a stand-in; afterwards the browser's own database is back."""
    assert page.evaluate("Object.prototype.toString.call(indexedDB)") == "[object IDBFactory]"
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert page.evaluate("fetch.name") == "fetch"
    assert "native code" in page.evaluate("String(fetch)")
    assert "native code" in page.evaluate("String(WebAssembly.instantiateStreaming)")


def test_the_policy_is_in_force(open_page: Open, dist: Path, page_log: PageLog) -> None:
    """Nothing can be sent elsewhere, no text becomes code, and the policy says so.

    Before that, on the same page: the browser's own storage is there."""
    html = (dist / "index.html").read_text("utf-8")
    guard = re.search(r"<script data-code=[^>]+>(.*?)</script>", html, re.S)[1]
    assert f'content="{policy([guard])}"' in html
    page_log.allow("Content Security Policy")
    page = open_page()
    assert_storage_belongs_to_the_page_again(page)
    outcomes = page.evaluate(
        """async () => {
          const names = [];
          addEventListener("securitypolicyviolation", (e) => names.push(e.effectiveDirective));
          await fetch("http://127.0.0.2:9/").catch(() => {});
          const script = document.createElement("script");
          script.textContent = "globalThis.injected = true";
          document.head.append(script);
          document.body.setAttribute("onfocus", "globalThis.injected = true");
          document.body.dispatchEvent(new Event("focus"));
          setTimeout("globalThis.injected = true");
          await new Promise((resolve) => setTimeout(resolve));
          return [names, globalThis.injected ?? false];
        }"""
    )
    assert outcomes[0][0] == "connect-src"
    assert set(outcomes[0][1:]) == {"script-src-elem", "script-src-attr", "script-src"}
    assert not outcomes[1]
