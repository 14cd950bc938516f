"""The page in one file, opened from disk as by double click: it needs nothing and asks nobody."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import BOOT_TIMEOUT_MS, run_until, state, wait_state
from harness_log import PageLog
from playwright.sync_api import Page, expect
from test_later import ANSWER_START, IMPORT, RUN
from test_notebook import READY, RUNNING, settle

Open = Callable[..., Page]
INSIDE = ("file:///", "blob:", "data:")
LATER = ("part-", "notebook.json")  # how the names begin of files that no start takes


@pytest.fixture
def copy(dist: Path, tmp_path: Path) -> Path:
    """The file alone in a folder of its own, under a name with a space, as on a stick."""
    path = tmp_path / "play ground.html"
    path.write_bytes((dist / "playground.html").read_bytes())
    return path


def test_it_learns_with_nothing_but_itself(
    copy: Path, open_page: Open, page_log: PageLog, axe: Callable[[Page], list]
) -> None:
    page = open_page(url=copy.as_uri(), offline=True)
    now = state(page)
    assert f"{now['loss_train']:.5f} {now['loss_test']:.5f}" == "0.50158 0.51811"
    run_until(page, lambda now: now["epoch"] >= 100)
    assert state(page)["loss_train"] < 0.02
    assert page.evaluate("document.fonts.check('16px Inter')")
    assert page.evaluate("[...document.fonts].map(({display}) => display)") == ["block", "block"]
    assert page.evaluate("typeof uPlot") == "function"
    assert [url for url in page_log.requested if not url.startswith(INSIDE)] == []
    assert sum(url.startswith("file:") for url in page_log.requested) == 1
    inside = page.locator('script[type="text/plain"][id^="file:"]')
    left = inside.evaluate_all("(nodes) => nodes.map(({id}) => id.slice(5))")
    assert [name for name in left if not name.startswith(LATER) and "_later" not in name] == []
    assert "nncore-playground" in page.locator("#licences").text_content()
    assert axe(page) == []

    assert page.evaluate(RUN, IMPORT).startswith(ANSWER_START)
    part = page.locator('script[id="file:part-code.zip"]')
    assert part.count() == 1
    page.get_by_role("button", name="Code", exact=True).click()
    expect(page.locator("#program")).to_contain_text("from nncore import")
    assert part.count() == 0


def test_a_link_opens_wine_is_learned_and_lessons_are_there(copy: Path, open_page: Open) -> None:
    page = open_page("#view=wine", url=copy.as_uri(), offline=True)
    run_until(page, lambda now: now["epoch"] >= 20)
    assert wait_state(page, playing=False, epoch=20)["accuracy_train"] == 1.0
    page.evaluate("location.hash = '#networkShape=3&learningRate=0.1&seed=0.5'")
    wait_state(page, view="playground", epoch=0)
    assert page.locator("#layer-count").inner_text() == "1"
    page.get_by_role("button", name="Add hidden layer", exact=True).click()
    assert "networkShape=3,2&" in page.url

    page.evaluate("location.hash = '#lesson=smallest-xor'")
    wait_state(page, lesson="smallest-xor")
    lesson = page.get_by_role("region", name="Lessons")
    lesson.get_by_role("button", name="All lessons").click()
    expect(lesson.locator(".shelf button")).to_have_count(12)
    own = "# Mine\n\n:::task Begin\nstart: #dataset=gauss\ncheck: test_loss < 0.1\n:::\n"
    file = {"name": "mine.md", "mimeType": "text/markdown", "buffer": own.encode()}
    page.locator("#lesson-file").set_input_files(file)
    wait_state(page, lesson="mine.md", task="1")
    run_until(page, lambda now: now["loss_test"] < 0.1)
    lesson.get_by_role("button", name="Check", exact=True).click()
    wait_state(page, checks_passed="1")


def test_the_notebook_runs_stops_and_is_saved(
    copy: Path, open_page: Open, page_log: PageLog, tmp_path: Path
) -> None:
    page = open_page(url=copy.as_uri(), offline=True)
    page.get_by_role("tab", name="Notebook").click()
    page.locator(READY).wait_for(state="attached", timeout=BOOT_TIMEOUT_MS)
    page.get_by_role("button", name="Run all").click()
    settle(page)
    expect(page.locator(".nb-error")).to_have_count(0)
    shown = page.locator(".nb-outputs")
    expect(shown.filter(has_text="Epoch 1/20")).to_contain_text("Epoch 20/20")
    expect(shown.get_by_text("(178, 2)", exact=True)).to_be_visible()
    expect(shown.locator("img")).to_have_count(1)

    page.get_by_role("button", name="Add a code cell below").click()
    page.keyboard.type("import pandas")
    page.keyboard.press("Control+Enter")
    settle(page)
    expect(page.locator(".nb-error")).to_contain_text("lies on a web server")

    page.get_by_role("button", name="Add a code cell below").click()
    page.keyboard.type("while True: pass")
    page.keyboard.press("Control+Enter")
    page.locator(RUNNING).wait_for(state="attached")
    page.get_by_role("button", name="Stop").click()
    expect(shown.last).to_contain_text("Stopped, and its Python with it")
    settle(page)
    page.locator(".nb-cell .cm-content").last.fill("6 * 7")
    page.keyboard.press("Control+Enter")
    expect(shown.last).to_have_text("42")

    with page.expect_download() as found:
        page.get_by_role("button", name="Save notebook").click()
    assert found.value.suggested_filename == "wine.ipynb"
    saved = tmp_path / "wine.ipynb"
    found.value.save_as(saved)
    cells = json.loads(saved.read_text("utf-8"))["cells"]
    assert [cell["source"] for cell in cells][-2:] == [["import pandas"], ["6 * 7"]]
    assert [url for url in page_log.requested if not url.startswith(INSIDE)] == []


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_a_file_that_was_cut_short_says_so(
    copy: Path, open_page: Open, page_log: PageLog, share: float
) -> None:
    page_log.allow("^console error")  # Python, left without its library, says so
    whole = copy.read_bytes()
    copy.write_bytes(whole[: int(len(whole) * share)])
    page = open_page(url=copy.as_uri(), until="failed")
    expect(page.locator("#boot-failure-text")).to_contain_text("damaged or was not copied")
    assert page.locator("html").get_attribute("data-boot-cause") == "copy"


def test_it_is_small_and_names_no_other_place(dist: Path) -> None:
    path = dist / "playground.html"
    assert path.stat().st_size <= 14_000_000
    text = path.read_text("utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
    assert "connect-src blob: data:;" in policy
    assert "'self'" not in policy
    assert "'unsafe-eval'" not in policy
    page = re.sub(r"<script.*?</script>", "", text, flags=re.S)
    assert not re.findall(r'(?:src|href|srcset)="(?!#|data:)[^"]+"', page)
