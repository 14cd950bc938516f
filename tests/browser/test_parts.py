"""Parts of the page's Python that are fetched when they are wanted, on the built page."""

import pytest
from harness import state
from harness_server import Fault
from playwright.sync_api import Page, expect

PART = "part-code.zip*"
CALL = """async (text) => (await nncoreBoot.python).runPython(text)"""
SOURCE = """
import inspect, pydoc, traceback
from explorer.export import nncore_program as program
help_text = pydoc.plain(pydoc.render_doc(program))
try:
    program.nncore_program(None, 1)
except Exception:
    trace = traceback.format_exc()
"\\n".join([inspect.getsource(program.nncore_program), help_text, trace])
"""


def open_code(page: Page) -> None:
    page.get_by_role("button", name="Code", exact=True).click()


def expect_program(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("data-parts", "code")
    expect(page.locator("#program")).to_contain_text("from nncore import")
    expect(page.locator("#code-status")).to_be_empty()


def test_a_part_is_fetched_once_and_only_when_it_is_wanted(open_page, misbehaving_server):
    server = misbehaving_server({})
    page = open_page(url=server.url)
    assert server.count(PART) == 0
    assert page.evaluate(CALL, "import sys; 'explorer.export.downloads' in sys.modules") is False
    open_code(page)
    expect_program(page)
    page.keyboard.press("Escape")
    open_code(page)
    page.get_by_role("button", name="Keras", exact=True).click()
    expect(page.locator("#program")).to_contain_text("import keras")
    assert server.count(PART) == 1
    said = page.evaluate(CALL, SOURCE)
    assert "def nncore_program(" in said
    assert "NAME\n    explorer.export.nncore_program" in said
    assert '/lib/part-code.zip/explorer/export/nncore_program.py", line ' in said


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault(status=404), "no longer on the server"),
        (Fault(keep=0.5), "damaged or cut short"),
        (Fault(keep=0.5, broken_off=True), "connection broke"),
        (Fault(keep=0.5, hanging=True), "connection broke"),
    ],
    ids=["missing", "cut", "broken off", "silent"],
)
def test_a_part_that_does_not_come_is_told_and_tried_again(
    open_page, misbehaving_server, page_log, fault, reason
):
    page_log.allow("part-code|404|ERR_")
    server = misbehaving_server({PART: fault})
    page = open_page(url=f"{server.url}?boot-patience=5")
    open_code(page)
    status = page.locator("#code-status")
    expect(status).to_contain_text(reason, timeout=30_000)
    assert state(page)["state"] == "ready"
    server.faults.clear()
    status.get_by_role("button", name="Try again", exact=True).click()
    expect_program(page)


def test_the_page_in_one_file_has_its_parts_inside(open_page, page_log, dist):
    page = open_page(url=(dist / "playground.html").as_uri(), offline=True)
    assert page.locator('script[id="file:part-code.zip"]').count() == 1
    open_code(page)
    expect_program(page)
    assert page.locator('script[id="file:part-code.zip"]').count() == 0


def test_a_sandboxed_frame_has_them_too(open_course):
    page, server = open_course(
        '<iframe src="HEREembed.html" title="it" width="1200" height="800"'
        ' sandbox="allow-scripts allow-downloads"></iframe>'
    )
    frame = page.frame_locator("iframe")
    frame.locator('html[data-state="ready"]').wait_for(state="attached", timeout=60_000)
    assert server.count(PART) == 0
    frame.get_by_role("button", name="Code", exact=True).click()
    expect(frame.locator("#program")).to_contain_text("from nncore import")
    assert server.count(PART) == 1
