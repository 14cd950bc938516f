"""A lesson on the built page, by hand: prediction, task, receipt, and the receipt trained again."""

from collections.abc import Callable
from pathlib import Path

from harness import BOOT_TIMEOUT_MS, run_until, state, wait_state
from harness_log import PageLog
from harness_server import PREFIX
from playwright.sync_api import Page, expect


def test_a_lesson_is_done_handed_in_and_trained_again(
    visit: Callable[..., Page], axe: Callable[[Page], list[dict]], tmp_path: Path
) -> None:
    page = visit("#dataset=xor&seed=3")
    page.get_by_role("button", name="Lessons", exact=True).click()
    lesson = page.get_by_role("region", name="Lessons")
    expect(lesson.locator(".shelf button")).to_have_count(12)
    assert axe(page) == []
    lesson.get_by_role("button", name="One neuron, one line").click()
    wait_state(page, lesson="one-neuron")
    lesson.get_by_role("button", name="Next").click()
    wait_state(page, task="2")
    run = page.get_by_role("button", name="Run", exact=True)
    run.click()
    expect(page.locator("#notices")).to_contain_text("First say what you expect")
    assert state(page)["epoch"] == 0
    lesson.get_by_role("radio", name="Yes, almost without a mistake").check()
    lesson.get_by_role("button", name="Answer").click()
    wait_state(page, checks_passed="1")
    lesson.get_by_role("button", name="Check", exact=True).click()
    expect(lesson).to_contain_text("Nothing has been trained yet")
    run_until(page, lambda now: now["loss_test"] < 0.05)
    lesson.get_by_role("button", name="Check", exact=True).click()
    wait_state(page, checks_passed="2")
    expect(lesson).to_contain_text("So it is.")
    assert axe(page) == []
    lesson.get_by_role("button", name="Step 4: What to take away").click()
    lesson.get_by_role("textbox", name="Your name").fill("Ada")
    with page.expect_download() as found:
        lesson.get_by_role("button", name="Save receipt").click()
    honest = tmp_path / "ada.receipt.json"
    found.value.save_as(honest)
    text = honest.read_text("utf-8")
    forged = tmp_path / "eve.receipt.json"
    forged.write_text(text.replace("Ada", "Eve").replace('"epoch": ', '"epoch": 1'), "utf-8")
    lesson.get_by_role("button", name="All lessons").click()
    lesson.get_by_role("button", name="Check receipts").click()
    page.locator("#lesson-file").set_input_files([honest, forged])
    wait_state(page, receipts_checked="2")
    rows = lesson.locator("#receipts-rows tr")
    expect(rows.nth(0)).to_contain_text("everything claimed comes out again")
    expect(rows.nth(1)).to_contain_text("Eve")
    expect(rows.nth(1)).to_contain_text("were edited")
    lesson.get_by_role("button", name="Close the lesson").click()
    expect(lesson).to_be_hidden()


def test_a_lesson_in_a_course_page_is_kept_by_it(open_course: Callable, page_log: PageLog) -> None:
    page_log.allow("404|none.md")
    page, server = open_course(
        """<script src="HEREembed.js"></script>
        <nn-playground id="net" lesson="one-neuron" height="800"></nn-playground>"""
    )
    own = "# Mine\n\n:::ask\nYes?\n- (x) Yes\n- ( ) No\n:::\n"
    server.files[f"{PREFIX}own/mine.md"] = own.encode()
    frame = page.frame_locator("iframe")
    lesson = frame.get_by_role("region", name="Lessons")
    lesson.get_by_role("button", name="Next").click(timeout=BOOT_TIMEOUT_MS)
    lesson.get_by_role("radio", name="Yes, almost without a mistake").check()
    lesson.get_by_role("button", name="Answer").click()
    expect(frame.locator('html[data-checks-passed="1"]')).to_be_attached()
    expect(lesson).not_to_contain_text("keeps nothing")
    page.reload()
    expect(frame.locator('html[data-checks-passed="1"]')).to_be_attached(timeout=BOOT_TIMEOUT_MS)
    expect(lesson).to_contain_text("You expected: Yes, almost without a mistake.")
    page.evaluate("net.setAttribute('lesson', 'own/mine.md')")
    expect(lesson.get_by_role("heading", name="Mine")).to_be_visible()
    assert server.count("mine.md") == 1
    page.evaluate("net.setAttribute('lesson', 'own/none.md')")
    expect(lesson).to_contain_text("own/none.md cannot be fetched")
