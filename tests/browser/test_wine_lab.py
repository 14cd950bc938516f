"""The Wine lab on the built page: the whole exercise by mouse, by keyboard alone and by touch."""

import numpy as np
import pytest
from harness import (
    canvas_pixels,
    record_states,
    recorded_states,
    run_until,
    screenshot,
    state,
    wait_state,
)
from playwright.sync_api import Page, expect

from explorer.palette import THEMES
from nncore import load_wine

EPOCHS = 20
QUICK = "#view=wine&speed=epoch"
STEPS = (
    "Look at the data", "Standardize", "Build the network", "Train", "Take the features",
    "Plot them",
)  # fmt: skip
MOST_STOPS = 150  # of the Tab key, until something must have been reached
FOCUSED = "() => document.activeElement.matches(%r)"


def train(page: Page) -> None:
    run_until(page, lambda now: now["epoch"] >= EPOCHS)
    wait_state(page, playing=False, epoch=EPOCHS)


def open_step(page: Page, number: int) -> None:
    page.locator(f'[data-step="{number}"][data-action]').click()
    expect(page.locator("html")).to_have_attribute("data-step", str(number))


def expect_done(page: Page, *numbers: int) -> None:
    """Exactly these steps are ticked."""
    steps = page.locator("[data-step][data-done]")
    expect(steps).to_have_count(len(numbers))
    found = [int(steps.nth(i).get_attribute("data-step")) for i in range(steps.count())]
    assert found == list(numbers)


def tab_to(page: Page, selector: str, back: bool = False) -> None:
    """Press Tab until the focus is there."""
    for _ in range(MOST_STOPS):
        if page.evaluate(FOCUSED % selector):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"{selector} cannot be reached by the Tab key")


def rows(page: Page, table: str = "wines") -> list[int]:
    return page.evaluate(
        "(id) => [...document.querySelectorAll(`#${id} [data-row]`)].map(r => +r.dataset.row)",
        table,
    )


def selected(page: Page, count: int, table: str = "wines") -> list[int]:
    """The numbers of the selected rows, once there are `count` of them."""
    marked = page.locator(f'#{table} [data-row][aria-selected="true"]')
    expect(marked).to_have_count(count)
    return [int(marked.nth(i).get_attribute("data-row")) for i in range(count)]


def a_point(page: Page, colour: str) -> tuple[float, float]:
    """A place of the window at which the plane shows a mark of this colour, away from piles."""
    pixels = canvas_pixels(page, "#plane-points").astype(int)
    wanted = np.array([*bytes.fromhex(colour.lstrip("#")), 255])
    ys, xs = np.nonzero(np.abs(pixels - wanted).max(axis=2) <= 2)
    box = page.locator("#plane-points").bounding_box()
    scale = box["width"] / pixels.shape[1]
    return box["x"] + float(xs[0]) * scale, box["y"] + float(ys[0]) * scale


# The exercise -----------------------------------------------------------------------------------


def test_the_whole_exercise_by_keyboard_alone(open_page):
    page = open_page(QUICK)
    tab_to(page, '[data-action="empty"]')
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-step", "1")
    expect_done(page, 1)

    # 1 and 2: the data, then standardized.
    tab_to(page, '#wines [data-row="0"]')
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert selected(page, 1) == [1]
    tab_to(page, '[data-step="2"][data-action]', back=True)
    page.keyboard.press("Enter")
    tab_to(page, '.bench [name="standardize"]')
    page.keyboard.press("Space")
    expect(page.locator('[data-step="2"][data-done]')).to_have_count(1)

    # 3: from one hidden layer of 1 unit to layers of 5 and 2 units, started well.
    tab_to(page, '[data-step="3"][data-action]', back=True)
    page.keyboard.press("Enter")
    tab_to(page, '[data-action="add-layer"]')
    page.keyboard.press("Enter")
    tab_to(page, '[data-action="add-neuron"][data-value="1"]')
    for _ in range(4):
        page.keyboard.press("Enter")
        tab_to(page, '[data-action="add-neuron"][data-value="1"]')
    tab_to(page, '.build-row [name="initializer"]', back=True)
    page.keyboard.type("He normal")
    expect(page.locator('[data-step="3"][data-action] .line')).to_have_text("5 · 2 · 3, tanh")

    # 4: optimizer, learning rate, Run.
    tab_to(page, '[name="optimizer"]', back=True)
    page.keyboard.type("RMSprop")
    tab_to(page, '[name="learning_rate"]', back=True)
    page.keyboard.type("0.05")
    tab_to(page, "#run", back=True)
    page.keyboard.press("Enter")
    wait_state(page, epoch=EPOCHS, playing=False)
    assert state(page)["accuracy_train"] == 1.0

    # 5 and 6: take the features, plot them, walk through the points.
    tab_to(page, '[data-step="5"][data-action]')
    page.keyboard.press("Enter")
    expect(page.locator("#feature-code")).to_contain_text("model.features(params, X, layer=1)")
    assert len(rows(page, "features-table")) == 178
    tab_to(page, '[data-step="6"][data-action]')
    page.keyboard.press("Enter")
    tab_to(page, "#plane")
    page.keyboard.press("End")
    expect(page.locator("#wine-card-title")).to_have_text("Wine 178")
    expect(page.locator("#plane")).to_have_attribute("aria-valuenow", "178")
    expect_done(page, 1, 2, 3, 4, 5, 6)
    screenshot(page, "wine-by-keyboard")


def test_show_the_answer_is_one_press(open_page):
    page = open_page("#view=wine&networkShape=1&optimizer=sgd&seed=77")
    page.get_by_role("button", name="Show the answer").click()
    wait_state(page, epoch=EPOCHS, playing=False)
    assert state(page)["accuracy_train"] == 1.0
    assert page.evaluate("() => location.hash") == "#view=wine"


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_every_step_is_accessible_and_fits_the_screen(open_page, axe, color_scheme):
    page = open_page(QUICK, color_scheme=color_scheme)
    train(page)
    for number, name in enumerate(STEPS, 1):
        open_step(page, number)
        expect(page.locator("[data-step][aria-current] strong")).to_have_text(name)
        screenshot(page, f"wine-step-{number}-{color_scheme}")
        hidden = page.evaluate(
            """() => [document.scrollingElement, ...document.querySelectorAll(
                 '.exercise, .plane, .plane-side, .bench')]
               .filter(e => e.scrollHeight > e.clientHeight + 1
                            || e.scrollWidth > e.clientWidth + 1)
               .map(e => e.className || e.tagName)"""
        )
        assert hidden == []
        assert axe(page) == []


# The table --------------------------------------------------------------------------------------


def test_the_table_sorts_and_keeps_its_head_in_sight(open_page):
    page = open_page(QUICK)
    open_step(page, 1)
    proline = load_wine().X[:, 12]
    head = page.get_by_role("columnheader", name="Proline").get_by_role("button", name="Proline")
    head.first.click()
    order = np.array(rows(page))
    assert (np.diff(proline[order]) >= 0).all()
    page.keyboard.press("Enter")  # the head has the focus
    order = np.array(rows(page))
    assert (np.diff(proline[order]) <= 0).all()
    expect(page.locator('#wines [aria-sort="descending"]')).to_have_count(1)
    before = page.locator("#wines thead").bounding_box()["y"]
    page.locator('#wines [data-row="40"]').scroll_into_view_if_needed()
    page.locator("#wines").evaluate("(table) => table.closest('.table-scroll').scrollBy(0, 900)")
    assert page.locator("#wines thead th").first.bounding_box()["y"] == before


def test_rows_and_points_are_selected_together(open_page):
    page = open_page(QUICK)
    train(page)
    open_step(page, 1)
    page.locator('#wines [data-row="3"]').click()
    page.locator('#wines [data-row="5"]').click(modifiers=["Shift"])
    expect(page.locator("#selection-line")).to_have_text("3 selected")
    ink = np.array([*bytes.fromhex(THEMES["light"].ink[1:])])
    marks = canvas_pixels(page, "#plane-marks")
    assert (np.abs(marks[..., :3].astype(int) - ink).max(axis=2)[marks[..., 3] > 200] < 40).any()

    page.mouse.click(*a_point(page, THEMES["light"].classes[2]))
    (number,) = selected(page, 1)
    assert load_wine().y[number] == 2
    page.get_by_role("button", name="Clear selection").click()
    expect(page.locator("#selection-line")).to_contain_text("Press rows")


def test_wines_left_out_are_not_learned_from(open_page):
    page = open_page(QUICK)
    open_step(page, 1)
    page.locator('#wines [data-row="0"]').click()
    page.get_by_role("button", name="Leave out").click()
    expect(page.locator("#left-out-line")).to_have_text("1 left out")
    assert "leftOut=1" in page.evaluate("() => location.hash")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#left-out-line")).to_have_text("")


# The plane --------------------------------------------------------------------------------------


def test_pointing_at_a_wine_tells_its_values_class_and_chances(open_page):
    page = open_page(QUICK)
    train(page)
    page.mouse.move(*a_point(page, THEMES["light"].classes[0]))
    card = page.locator("#wine-card")
    expect(card).to_be_visible()
    number = int(page.locator("#wine-card-title").inner_text().split()[1]) - 1
    wine = load_wine()
    assert wine.y[number] == 0
    shown = page.locator("#wine-card-values div dd:first-of-type").all_inner_texts()
    np.testing.assert_allclose([float(text) for text in shown], wine.X[number], rtol=1e-6)
    chances = page.locator("#wine-card-chances .number").all_inner_texts()
    assert [text.endswith("%") for text in chances] == [True] * 3
    page.mouse.move(5, 400)
    expect(card).to_be_hidden()


def test_a_tap_on_a_phone_shows_the_wine_below_the_picture(open_page):
    page = open_page(QUICK, viewport=(390, 844), has_touch=True)
    train(page)
    page.locator("#plane").scroll_into_view_if_needed()
    page.touchscreen.tap(*a_point(page, THEMES["light"].classes[1]))
    expect(page.locator("#wine-card")).to_be_visible()
    expect(page.locator("#wine-card-line")).to_contain_text("Cultivar 2")
    for number in range(1, 7):
        page.locator(f'[data-step="{number}"][data-action]').tap()
        expect(page.locator("html")).to_have_attribute("data-step", str(number))
        assert page.evaluate("() => document.scrollingElement.scrollWidth") == 390
    screenshot(page, "wine-phone", full_page=True)


def test_a_layer_that_is_no_plane_says_so_and_offers_two_ways(open_page):
    page = open_page(f"{QUICK}&networkShape=8,5")
    expect(page.locator("#plane-remark")).to_have_text("Layer 2 has 5 units, too many for a plane.")
    components = canvas_pixels(page, "#plane-points")
    page.get_by_role("combobox", name="Plane", exact=True).select_option("units")
    expect(page.locator("html")).to_have_attribute("data-plane", "units")
    units = canvas_pixels(page, "#plane-points")
    assert units.shape != components.shape or (units != components).any()
    page.get_by_role("button", name="Remove neuron from layer 2").click(click_count=3)
    expect(page.locator("html")).to_have_attribute("data-plane", "two")
    expect(page.locator("#plane-remark")).to_be_hidden()


# Time and seeds ---------------------------------------------------------------------------------


def test_film_and_slider_go_to_what_was_recorded(open_page):
    page = open_page(QUICK)
    record_states(page)
    train(page)
    recorded = {now["epoch"]: now["loss_train"] for now in recorded_states(page)}
    pictures = page.locator("#film button")
    assert pictures.count() == EPOCHS
    boxes = [pictures.nth(i).bounding_box() for i in range(EPOCHS)]
    assert boxes[0]["x"] >= 0
    assert boxes[-1]["x"] + boxes[-1]["width"] <= 1440
    last = canvas_pixels(page, "#plane-points")

    pictures.nth(3).click()
    assert wait_state(page, epoch=4)["loss_train"] == recorded[4]
    assert (canvas_pixels(page, "#plane-points") != last).any()
    slider = page.get_by_role("slider", name="Epoch shown")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert wait_state(page, epoch=5)["loss_train"] == recorded[5]
    page.keyboard.press("End")
    assert wait_state(page, epoch=EPOCHS)["loss_train"] == recorded[EPOCHS]
    np.testing.assert_array_equal(canvas_pixels(page, "#plane-points"), last)


def test_twenty_seeds_with_progress_stop_and_opening_one(open_page):
    page = open_page(QUICK)
    page.get_by_role("button", name="20 seeds", exact=True).click()
    page.get_by_role("button", name="Train 20 seeds").click()
    expect(page.locator("#seeds li").first).to_be_visible()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.locator("#seeds-line")).to_contain_text("Stopped after")

    page.get_by_role("button", name="Train 20 seeds").click()
    expect(page.locator("#seeds-line")).to_contain_text("of 20 end at 100 %", timeout=60_000)
    assert page.locator("#seeds li").count() == 20
    solved = int(page.locator("#seeds-line").inner_text().split()[0])
    assert solved == page.locator("#seeds [data-solved]").count() >= 15
    chosen = page.locator("#seeds button").nth(4)
    seed = chosen.get_attribute("data-value")
    chosen.click()
    now = wait_state(page, epoch=EPOCHS)
    expect(page.locator('.fields [name="seed"]')).to_have_value(seed)

    # The very same experiment: trained again from this seed it ends with the same numbers.
    page.get_by_role("button", name="Reset", exact=True).click()
    wait_state(page, epoch=0)
    train(page)
    assert state(page)["loss_train"] == now["loss_train"]


# Validation, and what goes wrong ------------------------------------------------------------------


def test_a_validation_share_is_measured_beside_the_training(open_page):
    page = open_page(QUICK)
    page.get_by_role("combobox", name="Validation share").select_option("30")
    train(page)
    now = state(page)
    assert now["accuracy_test"] > 0.85
    expect(page.locator("#standing-held-score")).to_contain_text("validation")
    page.get_by_role("combobox", name="Confusion matrix of").select_option("test")
    counts = page.locator("#wine-confusion td:not(.share)").all_inner_texts()
    assert sum(int(text) for text in counts if text.isdigit()) == 53


@pytest.mark.parametrize(
    ("link", "notice"),
    [
        ("leftOut=2-59&percTrainData=50", "Cultivar 1: only one of the wines is in use."),
        ("leftOut=1-178", "Only 0 would be left"),
        ("leftOut=1-58,60-129,131-177&percTrainData=80", "3 wines in use, 20 % cannot be held"),
        ("leftOut=1,3-178", "Only 1 would be left"),
    ],
)
def test_impossible_choices_of_rows_are_explained(open_page, link, notice):
    page = open_page(f"{QUICK}&{link}")
    expect(page.locator("#notices")).to_contain_text(notice)
    page.get_by_role("button", name="Step", exact=True).click()
    assert wait_state(page, epoch=1)["loss_train"] >= 0


def test_epochs_0_and_a_run_that_blows_up_are_explained(open_page):
    page = open_page(f"{QUICK}&activation=linear&learningRate=1000&optimizer=sgd")
    epochs = page.get_by_role("combobox", name="Epochs")
    epochs.fill("0")
    epochs.press("Enter")
    expect(page.locator("#notices")).to_contain_text("0 epochs train nothing")
    expect(epochs).to_have_value("20")
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("#notices")).to_contain_text("Training has blown up")
    assert np.isfinite(state(page)["loss_train"])
    page.get_by_role("button", name="Reset with a learning rate").click()
    wait_state(page, epoch=0, playing=False)


def test_a_lost_class_is_said_in_words(open_page):
    page = open_page(f"{QUICK}&networkShape=1&standardize=false&optimizer=sgd&learningRate=0.01")
    train(page)
    expect(page.locator("#class-lost")).to_contain_text("The network has lost Cultivar")
