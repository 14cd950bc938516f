"""The Wine lab on the built page: planes, film, seeds, validation, and what goes wrong."""

import numpy as np
import pytest
from harness import (
    canvas_pixels,
    next_picture,
    press,
    record_states,
    recorded_states,
    state,
    wait_state,
)
from harness_lab import (
    EPOCHS,
    QUICK,
    train,
)
from playwright.sync_api import expect

# Presses Stop when the first seed is done; a test of its own may come when all of them are.
STOP_AT_THE_FIRST = """() => new MutationObserver((_, observer) => {
  if (!document.querySelector('#seeds li')) return;
  observer.disconnect();
  document.getElementById('seeds-stop').click();
}).observe(document.getElementById('seeds'), {childList: true, subtree: true})"""


def test_a_layer_that_is_no_plane_says_so_and_offers_two_ways(visit):
    page = visit(f"{QUICK}&networkShape=8,5")
    expect(page.locator("#plane-remark")).to_have_text("Layer 2 has 5 units, too many for a plane.")
    components = canvas_pixels(page, "#plane-points")
    page.get_by_role("combobox", name="Plane", exact=True).select_option("units")
    wait_state(page, plane="units")
    units = canvas_pixels(page, "#plane-points")
    assert units.shape != components.shape or (units != components).any()
    for units in (4, 3, 2):
        press(page, "Remove neuron from layer 2")  # each makes the rows further down
        expect(page.locator('[data-unit^="2."]')).to_have_count(units)
        next_picture(page)
    wait_state(page, plane="two")
    expect(page.locator("#plane-remark")).to_be_hidden()


# Time and seeds ---------------------------------------------------------------------------------


def test_film_and_slider_go_to_what_was_recorded(visit):
    page = visit(QUICK)
    record_states(page)
    train(page)
    recorded = {now["epoch"]: now["loss_train"] for now in recorded_states(page)}
    pictures = page.locator("#film button")
    expect(pictures).to_have_count(EPOCHS)  # they come a few a frame
    next_picture(page)
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


def test_twenty_seeds_with_progress_stop_and_opening_one(visit):
    page = visit(f"{QUICK}&stopEpoch=10000")
    page.get_by_role("button", name="20 seeds", exact=True).click()
    page.evaluate(STOP_AT_THE_FIRST)
    page.get_by_role("button", name="Train 20 seeds").click()
    expect(page.locator("#seeds-line")).to_contain_text("Stopped after")

    epochs = page.get_by_role("combobox", name="Epochs")
    epochs.fill(str(EPOCHS))
    epochs.press("Enter")
    with page.expect_worker():  # with the row orders of the page's own runs
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


def test_a_validation_share_is_measured_beside_the_training(visit):
    page = visit(QUICK)
    page.get_by_role("combobox", name="Validation share").select_option("30")
    train(page)
    now = state(page)
    assert now["accuracy_test"] > 0.85
    expect(page.locator("#standing-held-score")).to_contain_text("validation")
    page.get_by_role("combobox", name="Confusion matrix of").select_option("test")
    next_picture(page)
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
def test_impossible_choices_of_rows_are_explained(visit, link, notice):
    page = visit(f"{QUICK}&{link}")
    expect(page.locator("#notices .notice")).to_have_count(1)  # those of the rows before are gone
    expect(page.locator("#notices")).to_contain_text(notice)
    page.get_by_role("button", name="Step", exact=True).click()
    assert wait_state(page, epoch=1)["loss_train"] >= 0


def test_epochs_0_and_a_run_that_blows_up_are_explained(visit):
    page = visit(f"{QUICK}&activation=linear&learningRate=1000&optimizer=sgd")
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


def test_a_lost_class_is_said_in_words(visit):
    page = visit(f"{QUICK}&networkShape=1&standardize=false&optimizer=sgd&learningRate=0.01")
    train(page)
    expect(page.locator("#class-lost")).to_contain_text("The network has lost Cultivar")
