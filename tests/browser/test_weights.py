"""Weights and biases as live numbers: read by hover, typed, nudged, held fixed.

All tests share one page; each brings it to its own link first.
"""

import pytest
from harness import next_picture, press, show, state, wait_state, wait_until
from playwright.sync_api import Page, expect


def middle_of_first_link(page: Page) -> tuple[float, float]:
    start = page.locator('[data-input="x"]').bounding_box()
    end = page.locator('[data-unit="1.1"]').bounding_box()
    return (
        (start["x"] + start["width"] + end["x"]) / 2,
        start["y"] + start["height"] / 2,
    )


def test_a_weight_is_read_by_hover_and_typed_after_a_press(shared_page):
    before = show(shared_page, "#networkShape=1&y=false&seed=0.3")
    shared_page.mouse.move(*middle_of_first_link(shared_page))
    card = shared_page.locator("#weight-card")
    expect(card.locator("h3")).to_have_text("X₁ → Neuron 1 of layer 1")
    shown = card.locator("output").inner_text()
    shared_page.mouse.click(*middle_of_first_link(shared_page))
    field = card.get_by_role("spinbutton", name="Weight")
    assert float(field.input_value()) == pytest.approx(float(shown.replace("−", "-")), abs=5e-4)
    field.fill("2")
    typed = wait_until(shared_page, lambda now: now["loss_train"] != before["loss_train"])
    assert typed["epoch"] == 0
    field.press("ArrowUp")
    wait_until(shared_page, lambda now: now["loss_train"] != typed["loss_train"])
    expect(field).to_have_value("2.1")
    field.blur()
    press(shared_page, "Step")
    wait_state(shared_page, epoch=1)
    expect(field).not_to_have_value("2.1")  # the card follows training
    shared_page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_a_weight_held_fixed_does_not_train(shared_page):
    show(shared_page, "#seed=0.3")
    shared_page.locator('[data-unit="1.1"]').click()
    card = shared_page.locator("#weight-card")
    fields = card.get_by_role("spinbutton")
    expect(fields.last).not_to_have_value("")
    before = [fields.nth(i).input_value() for i in range(3)]
    card.get_by_role("button", name="Hold fixed: Weight from X₁").click()
    press(shared_page, "Step")
    wait_state(shared_page, epoch=1)
    next_picture(shared_page)
    after = [fields.nth(i).input_value() for i in range(3)]
    assert after[0] == before[0]
    assert after[1] != before[1]
    assert after[2] != before[2]
    shared_page.keyboard.press("Escape")


@pytest.mark.parametrize("name", ["Bias of neuron 2 in layer 1", "Bias of neuron 1 in layer 3"])
def test_every_bias_shows_its_value_the_output_s_too(shared_page, name):
    show(shared_page, "#seed=0.3")
    bias = shared_page.get_by_role("button", name=name, exact=True)
    bias.hover()
    card = shared_page.locator("#weight-card")
    expect(card.locator("output")).to_have_text("0.100")
    bias.click()
    before = state(shared_page)["loss_train"]
    card.get_by_role("spinbutton", name="Bias").fill("-1.5")
    wait_until(shared_page, lambda now: now["loss_train"] != before)
    shared_page.keyboard.press("Escape")
