"""When something breaks: errors while the page is used, Python's own death, and coming back."""

from collections.abc import Callable

from harness import state, wait_ready, wait_state
from harness_log import PageLog
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
FAIL_IN_A_CALLBACK = """nncoreBoot.python.then((python) => {
  python.runPython(`
from explorer.app.stage import Stage
whole = Stage.publish
def broken(*_):
    Stage.publish = whole
    raise RuntimeError("no such <b>luck</b>")
Stage.publish = broken`);
  dispatchEvent(new Event("resize"));
})"""
CAN_SUSPEND = """nncoreBoot.python.then(
  (python) => python.runPythonAsync("import pyodide.ffi as f; f.can_run_sync()"))"""
KILL = """nncoreBoot.python.then((python) => {
  try {
    python.runPython("import ctypes; ctypes.memset(0xfffffff0, 0, 1 << 20)");
  } catch {}
})"""


def test_an_error_in_a_callback_is_told_and_after_its_death_python_can_be_started_again(
    open_page: Open, page_log: PageLog
) -> None:
    page_log.allow("no such <b>luck</b>")
    permissions = ["clipboard-read", "clipboard-write"]
    page = open_page("#networkShape=3&noise=15&seed=0.5", permissions=permissions)
    # Not on a stack that WebAssembly can suspend: there Chromium's heap profiler kills the tab.
    assert page.evaluate(CAN_SUSPEND) is False
    page.get_by_role("button", name="Step", exact=True).click()
    wait_state(page, epoch=1)
    page.evaluate(FAIL_IN_A_CALLBACK)
    notice = page.locator(".notice")
    expect(notice.locator("pre")).to_contain_text("RuntimeError: no such <b>luck</b>")
    assert notice.locator("b").count() == 0
    notice.get_by_role("button", name="Copy details").click()
    expect(notice.get_by_role("button", name="Copied.")).to_be_visible()
    assert "RuntimeError" in page.evaluate("navigator.clipboard.readText()")
    notice.get_by_role("button", name="Reset", exact=True).click()
    wait_state(page, epoch=0)
    page.get_by_role("button", name="Step", exact=True).click()
    wait_state(page, epoch=1)
    assert page_log.faults() == []

    page_log.allow("^console error|^page error")
    page.evaluate(KILL)
    page.locator('html[data-state="failed"]').wait_for(state="attached")
    failure = page.get_by_role("alert")
    expect(failure).to_contain_text("Python has stopped")
    expect(page.locator("html")).to_have_attribute("data-boot-cause", "died")
    with page.expect_navigation(wait_until="commit"):
        failure.get_by_role("button", name="Start again").click()
    wait_ready(page)
    assert state(page)["epoch"] == 0
    assert all(part in page.url for part in ("networkShape=3&", "noise=15&", "seed=0.5&"))


def test_settings_survive_a_reload_and_who_comes_back_is_offered_the_last_session(
    open_page: Open, site_url: str
) -> None:
    page = open_page()
    page.get_by_role("button", name="Add hidden layer", exact=True).click()
    page.reload(wait_until="commit")
    wait_ready(page)
    assert "networkShape=4,2,2&" in page.url
    assert page.locator("#layer-count").inner_text() == "3"
    page.get_by_role("tab", name="Wine").click()
    wait_state(page, view="wine")
    page.goto("about:blank")
    page.goto(site_url, wait_until="commit")
    assert wait_ready(page)["view"] == "playground"  # on a shared machine it is somebody else's
    assert page.locator("#layer-count").inner_text() == "2"
    page.get_by_role("button", name="Go on where you were", exact=True).click()
    wait_state(page, view="wine")
    page.get_by_role("tab", name="Playground").click()
    wait_state(page, view="playground")
    assert "networkShape=4,2,2&" in page.url
    page.goto("about:blank")
    page.goto(f"{site_url}#networkShape=5", wait_until="commit")
    wait_ready(page)
    assert "networkShape=5&" in page.url
