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
from harness import wait_ready
from harness_log import PageLog
from harness_server import Fault, SiteServer
from playwright.sync_api import Page, expect

from tools.head import policy

WASM = "pyodide.asm.wasm.*"
NUMPY = "numpy-*"
PACKED = "*.bin"
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


def retry(page: Page) -> None:
    """Press the button of the failure view and wait until the page works."""
    page.evaluate("history.replaceState(null, '', location.pathname)")  # patient from now on
    with page.expect_navigation(wait_until="commit"):
        page.get_by_role("button", name="Try again", exact=True).click()
    wait_ready(page)
    expect(page.locator("#boot")).to_be_hidden()
    expect(page.locator("#boot-failure")).to_be_hidden()


@pytest.mark.parametrize("pattern", [WASM, NUMPY, "main.py.gz.*"])
def test_missing_file(faulty: Start, open_page: Open, pattern: str) -> None:
    server = faulty({pattern: Fault(status=404)})
    page = open_page(url=server.url, until="failed")
    cause, sentence = failure_of(page)
    assert cause == "missing"
    assert pattern.split(".*")[0].split(".gz")[0].rstrip("*") in sentence
    server.faults.clear()
    retry(page)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(keep=0.5),
        Fault(keep=0.0),
        Fault(body=b"<!doctype html><title>Log in to the school's network</title>"),
    ],
    ids=["cut short", "empty", "another page"],
)
@pytest.mark.parametrize("pattern", [WASM, NUMPY], ids=["wasm", "numpy"])
def test_damaged_file(faulty: Start, open_page: Open, pattern: str, fault: Fault) -> None:
    """The server lets browsers keep the damaged file: the retry must not take it from there."""
    server = faulty({pattern: fault})
    page = open_page(url=server.url, until="failed")
    cause, sentence = failure_of(page)
    assert cause == "damaged"
    assert pattern.split(".*")[0].rstrip("*") in sentence
    server.faults.clear()
    retry(page)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_one_wrong_byte(
    dist: Path, faulty: Start, open_page: Open, axe: Callable[[Page], list], color_scheme: str
) -> None:
    """Told in a view that is accessible, as all of the page."""
    [path] = (dist / "assets").glob(NUMPY)
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 0x10
    server = faulty({NUMPY: Fault(body=bytes(body))})
    page = open_page(url=server.url, until="failed", color_scheme=color_scheme)
    assert failure_of(page)[0] == "damaged"
    assert axe(page) == []


@pytest.mark.parametrize("pattern", [WASM, NUMPY, "main.py.gz.*"])
def test_connection_breaks(faulty: Start, open_page: Open, pattern: str) -> None:
    server = faulty({pattern: Fault(keep=0.5, broken_off=True)})
    page = open_page(url=server.url, until="failed")
    cause, sentence = failure_of(page)
    assert cause == "offline"
    assert pattern.split(".*")[0].split(".gz")[0].rstrip("*") in sentence
    server.faults.clear()
    retry(page)


@pytest.mark.parametrize("keep", [0.0, 0.3])
def test_silence_wakes_the_watchdog(faulty: Start, open_page: Open, keep: float) -> None:
    server = faulty({WASM: Fault(keep=keep, hanging=True)})
    page = open_page(url=server.url + IMPATIENT, until="failed")
    assert failure_of(page)[0] == "stalled"
    server.faults.clear()
    retry(page)


def test_slow_but_steady_is_no_failure(faulty: Start, open_page: Open) -> None:
    """The download takes longer than the watchdog's patience, but bytes keep arriving."""
    server = faulty({WASM: Fault(bytes_per_second=250_000)})
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


def test_wrong_media_types_are_no_obstacle(faulty: Start, open_page: Open) -> None:
    server = faulty({PACKED: Fault(mime="text/html"), "*.py": Fault(mime="text/html")})
    page = open_page(url=server.url)
    expect(page.locator("#boot")).to_be_hidden()


@pytest.mark.parametrize("pattern", ["boot.js", "bytes.js", "core.js", "core-*.js", "interp*.js"])
def test_missing_script(faulty: Start, open_page: Open, pattern: str) -> None:
    server = faulty({pattern: Fault(status=404)})
    page = open_page(url=server.url, until="failed")
    assert failure_of(page)[0] == "script"
    server.faults.clear()
    retry(page)


@pytest.mark.parametrize(
    "fault", [Fault(status=404), Fault(keep=0.5)], ids=["missing", "cut short"]
)
def test_python_s_own_script(faulty: Start, open_page: Open, fault: Fault) -> None:
    server = faulty({"pyodide.asm.js": fault})
    page = open_page(url=server.url, until="failed")
    cause, sentence = failure_of(page)
    assert cause == "script"
    assert "pyodide.asm.mjs" in sentence
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


def test_python_that_never_draws(dist: Path, faulty: Start, open_page: Open) -> None:
    script = b"import asyncio\nawait asyncio.Event().wait()\n"
    server = faulty(replaced(dist, "main.py", script))
    page = open_page(url=server.url + SOMEWHAT_PATIENT, until="failed")
    assert failure_of(page)[0] == "stuck"


def test_python_that_draws_late(dist: Path, faulty: Start, open_page: Open) -> None:
    """When the watchdog was too impatient, the page still becomes usable."""
    script = b"""
import js
from asyncio import Event
from pyodide.ffi import create_proxy
failed = Event()
observer = js.MutationObserver.new(create_proxy(lambda *_: failed.set()))
observer.observe(js.document.getElementById("boot-failure"), attributes=True)
if js.document.documentElement.dataset.state != "failed":
    await failed.wait()
js.document.documentElement.dataset.state = "ready"
"""
    server = faulty(replaced(dist, "main.py", script))
    page = open_page(url=server.url + SOMEWHAT_PATIENT, until=None)
    page.locator('html[data-state="ready"][data-boot-cause="stuck"]').wait_for(timeout=60_000)
    expect(page.locator("#boot")).to_be_hidden()
    expect(page.locator("#boot-failure")).to_be_hidden()


def test_nothing_is_fetched_twice_or_from_elsewhere(
    misbehaving_server: Start, open_page: Open, page_log: PageLog
) -> None:
    server = misbehaving_server({})
    page = open_page(url=server.url)
    assert len(server.requests) == len(set(server.requests))
    foreign = [url for url in page_log.requested if not url.startswith((server.url, "blob:"))]
    assert not [url for url in foreign if not url.startswith("data:")]
    first_visit = list(server.requests)
    page.goto("about:blank")
    page.goto(server.url, wait_until="commit")
    wait_ready(page)
    start = re.compile(r"/assets/(?!\w+_later|python\.snapshot)")
    assert not list(filter(start.search, server.requests[len(first_visit) :]))


def test_the_policy_is_in_force(open_page: Open, dist: Path, page_log: PageLog) -> None:
    """Nothing can be sent elsewhere, no text becomes code, and the policy says so."""
    html = (dist / "index.html").read_text("utf-8")
    guard = re.search(r"<script data-code=[^>]+>(.*?)</script>", html, re.S)[1]
    assert f'content="{policy([guard])}"' in html
    page_log.allow("Content Security Policy")
    page = open_page()
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


def test_storage_belongs_to_the_page_again(open_page: Open) -> None:
    """PyScript starts on a stand-in; afterwards the browser's own database is back."""
    page = open_page()
    assert page.evaluate("Object.prototype.toString.call(indexedDB)") == "[object IDBFactory]"
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert page.evaluate("fetch.name") == "fetch"
    assert "native code" in page.evaluate("String(fetch)")
    assert "native code" in page.evaluate("String(WebAssembly.instantiateStreaming)")
