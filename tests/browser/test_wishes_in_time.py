"""What the users of TensorFlow Playground have asked for: charts, numbers, speed, time and undo.

All tests share one page; each brings it to its own link first.
"""

import itertools

import pytest
from harness import (
    canvas_pixels,
    choose,
    next_picture,
    press,
    record_states,
    recorded_states,
    run_until,
    show,
    state,
    wait_state,
    wait_until,
)
from playwright.sync_api import expect

from explorer.settings import link
from explorer.settings.presets import presets

# 5 Charts, 6 numbers


def test_the_chart_reads_out_values_and_has_a_log_scale(shared_page):
    show(shared_page, "#seed=0.3")
    run_until(shared_page, lambda now: now["epoch"] >= 30)
    legend = shared_page.locator("#history-legend")
    last = legend.inner_text()
    chart = shared_page.locator("#history .u-over")
    box = chart.bounding_box()
    chart.hover(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(legend).not_to_have_text(last)
    shared_page.get_by_role("checkbox", name="Log scale").check()
    next_picture(shared_page)
    assert "logScale=true" in shared_page.url
    choose(shared_page, "Chart", "score")
    expect(legend).to_contain_text("accuracy")


def test_accuracy_r_squared_and_the_output_at_the_pointer(shared_page):
    show(shared_page, "#dataset=gauss&seed=0.3")
    found = run_until(shared_page, lambda now: now["accuracy_train"] > 0.99)
    assert found["accuracy_test"] > 0.9
    picture = shared_page.locator("#output")
    box = picture.bounding_box()
    picture.hover(position={"x": box["width"] * 0.7, "y": box["height"] * 0.3})
    expect(shared_page.locator("#pointer")).to_contain_text("blue")
    picture.hover(position={"x": box["width"] * 0.3, "y": box["height"] * 0.7})
    expect(shared_page.locator("#pointer")).to_contain_text("orange")
    show(shared_page, "#problem=regression&seed=0.3")
    run_until(shared_page, lambda now: now["epoch"] >= 20)
    expect(shared_page.locator("#score-train-name")).to_have_text("R²")
    assert float(shared_page.locator("#score-train").inner_text()) > 0.9


# 7 Speed and stopping


def test_slow_motion_shows_the_arriving_batch(shared_page):
    show(shared_page, "#speed=slow&seed=0.3")
    before = canvas_pixels(shared_page, "#output-points").copy()
    press(shared_page, "Step")
    expect(shared_page.locator("#batch")).to_have_text("Batch 1")
    assert (canvas_pixels(shared_page, "#output-points") != before).any()
    assert state(shared_page)["epoch"] == 0


def test_full_speed_does_more_than_an_epoch_a_frame_and_says_how_many(shared_page):
    show(shared_page, "#speed=fast&seed=0.3&points=20")
    record_states(shared_page)
    press(shared_page, "Run")
    expect(shared_page.locator("#rate")).to_contain_text("epochs/s")
    press(shared_page, "Pause")
    epochs = [now["epoch"] for now in recorded_states(shared_page)]
    assert max(b - a for a, b in itertools.pairwise(epochs)) > 1


def test_training_stops_at_an_epoch_or_at_a_loss(shared_page):
    show(shared_page, "#stopEpoch=7&seed=0.3")
    press(shared_page, "Run")
    wait_state(shared_page, playing=False, epoch=7)
    show(shared_page, "#stopLoss=0.4&seed=0.3")
    press(shared_page, "Run")
    now = wait_until(shared_page, lambda now: not now["playing"] and now["epoch"] > 0)
    assert 0.3 < now["loss_train"] <= 0.4


# 8 The same start again


def test_the_seed_is_seen_typed_and_drawn_anew(shared_page):
    first = show(shared_page, "#seed=0.3")
    field = shared_page.get_by_role("textbox", name="Seed", exact=True)
    expect(field).to_have_value("0.3")
    run_until(shared_page, lambda now: now["epoch"] >= 3)
    press(shared_page, "Reset")
    assert wait_state(shared_page, epoch=0)["loss_train"] == first["loss_train"]
    shared_page.locator('.seed-row [data-action="new-seed"]').click()
    expect(field).not_to_have_value("0.3")
    field.fill("0.3")
    field.press("Enter")
    field.blur()
    wait_until(shared_page, lambda now: now["loss_train"] == first["loss_train"])


# 9 Time travel, 10 presets, 11 undo


def test_the_slider_goes_back_and_training_goes_on_from_there(shared_page):
    show(shared_page, "#seed=0.3")
    record_states(shared_page)
    run_until(shared_page, lambda now: now["epoch"] >= 20)
    losses = {now["epoch"]: now["loss_train"] for now in recorded_states(shared_page)}
    shared_page.get_by_role("slider", name="Epoch shown").fill("8")
    assert wait_state(shared_page, epoch=8)["loss_train"] == losses[8]
    press(shared_page, "Step")
    assert wait_state(shared_page, epoch=9)["loss_train"] == pytest.approx(losses[9], rel=1e-9)
    assert shared_page.get_by_role("slider", name="Epoch shown").get_attribute("max") == "9"


def test_presets_are_links_with_a_reason(shared_page):
    show(shared_page, "#seed=0.3")
    links = shared_page.locator("#presets a")
    said = links.evaluate_all("all => all.map(a => [a.hash, a.querySelector('span').innerText])")
    assert len(said) >= 8
    for (hash, reason), (_, _, settings) in zip(said, presets(), strict=True):
        assert hash == f"#{link.encode(settings)}"
        assert len(reason) > 40
    for hash, _ in (said[0], said[-1]):
        shared_page.get_by_role("button", name="Presets").click()
        shared_page.locator(f'#presets a[href="{hash}"]').click()
        next_picture(shared_page)
        assert shared_page.evaluate("location.hash") == hash
        assert state(shared_page)["epoch"] == 0


def test_every_change_is_undone_and_made_again(shared_page):
    first = show(shared_page, "#seed=0.3")
    run_until(shared_page, lambda now: now["epoch"] >= 5)
    trained = state(shared_page)
    press(shared_page, "Add hidden layer")
    wait_state(shared_page, epoch=0)
    choose(shared_page, "Learning rate", "1")
    press(shared_page, "Undo")
    expect(shared_page.get_by_role("combobox", name="Learning rate")).to_have_value("0.03")
    press(shared_page, "Undo")  # brings the trained network back
    now = wait_state(shared_page, epoch=trained["epoch"])
    assert now["loss_train"] == trained["loss_train"] != first["loss_train"]
    press(shared_page, "Redo")
    wait_state(shared_page, epoch=0)
    expect(shared_page.locator('[data-unit^="3."]')).to_have_count(2)


def test_a_weight_typed_is_undone(shared_page):
    before = show(shared_page, "#seed=0.3")
    shared_page.locator('[data-unit="1.1"]').click()
    field = shared_page.locator("#weight-card").get_by_role("spinbutton").first
    field.fill("4")
    field.press("Enter")
    field.blur()
    wait_until(shared_page, lambda now: now["loss_train"] != before["loss_train"])
    shared_page.keyboard.press("Escape")
    press(shared_page, "Undo")
    wait_until(shared_page, lambda now: now["loss_train"] == before["loss_train"])
