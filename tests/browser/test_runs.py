"""Many runs on the built page: three presses, then the share of seeds, a run of them, files."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import state, wait_state
from playwright.sync_api import Page, expect

NO_WORKERS = """() => {
  globalThis.realWorker = Worker;
  globalThis.Worker = class { constructor() { throw new Error("there are none") } };
}"""
WORKERS = "() => { globalThis.Worker = realWorker }"  # other tests may have this page


@pytest.fixture
def varied(visit: Callable[..., Page]) -> Page:
    """The page after the three presses: another data set, Vary, Start.

    The last of the epochs is measured apart from the others, and so is an errand of its own. Rows
    are shuffled: workers are sent the orders.
    """
    page = visit("#networkShape=2&seed=7&optimizer=adam&shuffle=true")
    page.get_by_role("radio", name="Exclusive or").check(force=True)
    button = page.get_by_role("button", name="Vary", exact=True)
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    page.get_by_role("textbox", name="Seeds").fill("4")
    page.get_by_role("textbox", name="Epochs", exact=True).fill("41")
    with page.expect_worker():  # workers train them
        page.get_by_role("button", name="Start", exact=True).click()
    wait_state(page, sweep_done=32)
    page.locator("#vary-table tbody tr").nth(7).wait_for()
    return page


def table(page: Page, folder: Path) -> list[dict[str, str]]:
    with page.expect_download() as found:
        page.get_by_role("button", name="Table (CSV)").click()
    found.value.save_as(folder / "runs.csv")
    return list(csv.DictReader(io.StringIO((folder / "runs.csv").read_text("utf-8"))))


def test_three_presses_say_how_many_seeds_solve_it(varied: Page, tmp_path: Path) -> None:
    page = varied
    assert state(page)["sweep_total"] == 32
    assert page.locator("#vary-cells button").count() == 8
    rows = table(page, tmp_path)
    assert len(rows) == 32
    for place, line in enumerate(page.locator("#vary-table tbody tr").all()):
        losses = [float(row["loss_test"]) for row in rows if row["units"] == str(place + 1)]
        cells = line.locator("td").all_inner_texts()
        assert cells[:2] == [str(place + 1), f"{sum(loss < 0.05 for loss in losses)} / 4"]
        assert cells[3] == f"{sorted(losses)[1]:.4f}"
    page.evaluate(NO_WORKERS)
    page.get_by_role("textbox", name="Seeds").fill("5")
    with page.expect_console_message(lambda said: "the page's own thread" in said.text):
        page.get_by_role("button", name="Start", exact=True).click()
    page.evaluate(WORKERS)
    wait_state(page, sweep_done=40)
    again = table(page, tmp_path)
    assert len(again) == 40
    assert [row for row in again if row in rows] == rows, "on the page they are the same"


def test_a_card_opens_its_run_and_a_picture_of_all_can_be_saved(
    varied: Page, tmp_path: Path
) -> None:
    page = varied
    page.locator("#vary-cells button").nth(3).press("Enter")
    wait_state(page, epoch=41)
    median = page.locator("#vary-table tbody tr").nth(3).locator("td").nth(3).inner_text()
    loss = state(page)["loss_test"]
    assert f"{loss:.4f}" == median
    rows = [row for row in table(page, tmp_path) if row["units"] == "4"]
    assert loss in [float(row["loss_test"]) for row in rows], "a worker's run is the page's own"
    with page.expect_download() as found:
        page.get_by_role("button", name="Picture (PNG)").click()
    found.value.save_as(tmp_path / "runs.png")
    assert (tmp_path / "runs.png").read_bytes().startswith(b"\x89PNG")


def test_a_kept_run_survives_a_reload_and_opens_as_it_stood(
    open_page: Callable[..., Page], axe: Callable[[Page], list[dict]]
) -> None:
    page = open_page("#dataset=gauss&seed=7")
    for _ in range(3):
        page.get_by_role("button", name="Step", exact=True).click()
    kept = wait_state(page, epoch=3)
    page.get_by_role("button", name="Keep run", exact=True).click()
    wait_state(page, runs_kept=1)
    page.get_by_role("textbox", name="Name of the run").fill("three epochs")
    page.get_by_role("textbox", name="Name of the run").press("Tab")
    page.get_by_role("button", name="Two at a time").click()
    wait_state(page, beside_epoch=3)
    page.get_by_role("combobox", name="Learning rate", exact=True).select_option("0.3")
    page.get_by_role("button", name="Step", exact=True).click()
    wait_state(page, epoch=4, beside_epoch=4)
    line = page.locator("#pair-line")
    expect(line).to_have_text("On the page: Learning rate 0.3 instead of 0.03.")
    page.get_by_role("button", name="Vary", exact=True).click()
    page.get_by_role("textbox", name="Seeds").fill("1")
    page.get_by_role("textbox", name="Epochs", exact=True).fill("5")
    page.get_by_role("button", name="Start", exact=True).click()
    page.locator("#vary-table tbody tr").nth(7).wait_for()
    assert axe(page) == []
    page.reload()
    wait_state(page, state="ready", runs_kept=1, epoch=0)
    page.get_by_role("button", name="Open three epochs").click()
    again = wait_state(page, epoch=3)
    assert again["loss_test"] == pytest.approx(kept["loss_test"], rel=1e-12)


def test_a_map_in_the_lab_is_walked_and_opens_a_run(
    open_page: Callable[..., Page], axe: Callable[[Page], list[dict]]
) -> None:
    page = open_page("#view=wine&seed=7&stopEpoch=2")
    assert not page.locator(".runs").is_visible(), "nothing is in it yet"
    page.get_by_role("button", name="What trains", exact=True).click()
    page.locator("#map-start").click()
    wait_state(page, map_done=256)
    picture = page.get_by_role("slider", name="What trains: cell")
    picture.focus()
    page.keyboard.press("ArrowUp")
    said = picture.get_attribute("aria-valuetext")
    assert "seed 16: loss " in said
    assert axe(page) == []
    page.keyboard.press("Enter")
    now = wait_state(page, epoch=2)
    assert f"{now['loss_train']:.4f}" in said
    page.get_by_role("button", name="Keep run", exact=True).click()
    wait_state(page, runs_kept=1)
    assert page.locator("#kept-runs canvas").first.is_visible()
