"""Parts of the page's Python that are fetched when they are wanted, on the built page."""

from harness import state
from harness_server import Fault
from playwright.sync_api import Page, expect
from test_later import ANSWER_START, IMPORT

PART = "part-code.zip*"
CALL = """async (text) => (await nncoreBoot.python).runPython(text)"""
IMPATIENT = "nncoreBoot.patience = 3"  # not while it starts, which may take long
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


FAULTS = [
    (Fault(status=404), "no longer on the server"),
    (Fault(keep=0.5, broken_off=True), "connection broke"),
    (Fault(keep=0.5), "damaged or cut short"),
    (Fault(keep=0.5, hanging=True), "connection broke"),
]


def test_a_part_is_fetched_when_it_is_wanted_and_each_fault_is_told(
    open_page, misbehaving_server, page_log
):
    page_log.allow("part-code|404|ERR_")
    server = misbehaving_server({})
    page = open_page(url=server.url)
    page.evaluate(IMPATIENT)
    assert server.count(PART) == 0
    assert page.evaluate(CALL, "import sys; 'explorer.export.downloads' in sys.modules") is False
    status = page.locator("#code-status")
    again = status.get_by_role("button", name="Try again", exact=True)
    for tries, (fault, reason) in enumerate(FAULTS):
        server.faults[PART] = fault
        again.click() if tries else open_code(page)
        expect(status).to_contain_text(reason, timeout=30_000)
        assert state(page)["state"] == "ready"
    server.faults.clear()
    asked = server.count(PART)
    again.click()
    expect_program(page)
    page.keyboard.press("Escape")
    open_code(page)
    page.get_by_role("button", name="Keras", exact=True).click()
    expect(page.locator("#program")).to_contain_text("import keras")
    assert server.count(PART) == asked + 1
    said = page.evaluate(CALL, SOURCE)
    assert "def nncore_program(" in said
    assert "NAME\n    explorer.export.nncore_program" in said
    assert '/lib/part-code.zip/explorer/export/nncore_program.py", line ' in said


def test_a_sandboxed_frame_has_them_and_what_comes_later(open_course):
    page, server = open_course(
        '<iframe src="HEREembed.html" title="it" width="1200" height="800"'
        ' sandbox="allow-scripts allow-downloads"></iframe>'
    )
    frame = page.frame_locator("iframe")
    frame.locator('html[data-state="ready"]').wait_for(state="attached", timeout=60_000)
    assert page.frames[-1].evaluate(CALL, IMPORT).startswith(ANSWER_START)
    assert server.count(PART) == 0
    frame.get_by_role("button", name="Code", exact=True).click()
    expect(frame.locator("#program")).to_contain_text("from nncore import")
    assert server.count(PART) == 1
