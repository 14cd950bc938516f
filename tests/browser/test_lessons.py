"""A lesson on the built page, by hand: done, handed in, trained again, and taken into courses."""

import zipfile
from collections.abc import Callable
from pathlib import Path

from harness import BOOT_TIMEOUT_MS, run_until, state, wait_state
from harness_course import COURSE, PLATFORM
from harness_log import PageLog
from harness_server import PREFIX
from playwright.sync_api import Page, expect

from tools.testing_runtime import runtime_files

OWN = """# Short
:::predict
Will it do?
- (x) Yes
- ( ) No
:::

:::task One step
start: #dataset=gauss&networkShape=
check: updates >= 1
:::
"""


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


def test_a_lesson_of_a_teacher_s_own_is_done_in_a_course_platform(
    visit: Callable[..., Page], open_course: Callable, tmp_path: Path
) -> None:
    """The package that the page makes, in a platform with the runtime of scorm-again."""
    page = visit()
    page.locator('[data-action="lessons"]').first.click()
    lesson = page.get_by_role("region", name="Lessons")
    own = {"name": "short.md", "mimeType": "text/markdown", "buffer": OWN.encode()}
    page.locator("#lesson-file").set_input_files(own)
    wait_state(page, lesson="short.md")
    lesson.get_by_role("button", name="All lessons").click()
    lesson.get_by_role("button", name="Check receipts").click()
    lesson.get_by_role("combobox", name="Lesson").select_option("short.md")
    with page.expect_download() as found:
        lesson.get_by_role("button", name="Download for Moodle").click()
    found.value.save_as(tmp_path / "unit.zip")

    platform, server = open_course("")
    server.files[COURSE] += PLATFORM.encode()
    with zipfile.ZipFile(tmp_path / "unit.zip") as unit:
        files = {f"/unit/{name}": unit.read(name) for name in unit.namelist()}
    old = page.url.partition("#")[0].encode()
    assert old in files["/unit/index.html"]
    files["/unit/index.html"] = files["/unit/index.html"].replace(old, server.url.encode())
    runtime = runtime_files("test")["scorm12.min.js"].read_bytes()
    server.files |= {"/scorm12.js": runtime, f"{PREFIX}short.md": OWN.encode(), **files}

    platform.wait_for_load_state()  # a page that has only just come cannot always be reloaded
    platform.reload()
    told = platform.locator("output")
    frame = platform.frame_locator("iframe").frame_locator("iframe")
    lesson = frame.get_by_role("region", name="Lessons")
    platform.get_by_role("button", name="Begin").click()
    lesson.get_by_role("radio", name="Yes").check(timeout=BOOT_TIMEOUT_MS)
    lesson.get_by_role("button", name="Answer").click()
    expect(told).to_have_text("incomplete, 50; kept")
    platform.reload()
    platform.get_by_role("button", name="Begin").click()
    expect(lesson).to_contain_text("You expected: Yes.", timeout=BOOT_TIMEOUT_MS)
    expect(told).to_have_text("incomplete, 50; kept")
    frame.get_by_role("button", name="Step", exact=True).click()
    expect(frame.locator('html[data-batch="1"], html[data-epoch="1"]')).to_be_attached()
    lesson.get_by_role("button", name="Check", exact=True).click()
    expect(told).to_have_text("completed, 100; kept")
