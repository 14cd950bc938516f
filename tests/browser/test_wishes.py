"""What users of TensorFlow Playground have asked for: help, choices, live changes, divergence.

All tests share one page; each brings it to its own link first.
"""

import math

import numpy as np
import pytest
from harness import (
    canvas_pixels,
    choose,
    next_picture,
    press,
    run_until,
    show,
    state,
    wait_state,
    wait_until,
)
from playwright.sync_api import Page, expect


def options(page: Page, field: str) -> list[str]:
    script = "menu => [...menu.options].map(option => option.value)"
    return page.locator(f"select[name={field}]").first.evaluate(script)


# 1 Explained on screen


def test_every_control_number_and_picture_has_a_help_text(shared_page):
    show(shared_page, "#seed=0.3")
    unexplained = shared_page.evaluate(
        """() => [...document.querySelectorAll(
             'select[name], input[name], .readouts > div, .cards > div, .picture, .tile, .bias')]
           .filter(node => !node.closest('[data-help]') && !node.querySelector('[data-help]'))
           .map(node => node.outerHTML.slice(0, 120))"""
    )
    assert unexplained == []
    empty = shared_page.evaluate(
        """() => [...document.querySelectorAll('[data-help]')].filter(node =>
             !document.getElementById('help-' + node.dataset.help)?.textContent.trim())
           .map(node => node.dataset.help)"""
    )
    assert empty == []


def test_help_is_shown_by_focus_by_hover_and_by_tap(shared_page):
    show(shared_page, "#seed=0.3")
    bubble = shared_page.get_by_role("tooltip")
    menu = shared_page.get_by_role("combobox", name="Learning rate", exact=True)
    shared_page.get_by_role("combobox", name="Speed", exact=True).focus()
    shared_page.keyboard.press("Tab")
    expect(bubble).to_contain_text("step the weights take")
    shared_page.keyboard.press("Escape")
    expect(bubble).to_be_hidden()
    menu.blur()
    shared_page.locator("#loss-train").hover()
    expect(bubble).to_contain_text("average error on the training data")
    shared_page.mouse.move(700, 20)
    expect(bubble).to_be_hidden()
    shared_page.locator("#explain").evaluate("box => { box.checked = true }")
    press(shared_page, "Run")
    expect(bubble).to_contain_text("Trains the network")
    assert state(shared_page)["playing"] is False
    shared_page.locator("#explain").evaluate("box => { box.checked = false }")
    shared_page.keyboard.press("Escape")


def test_an_article_explains_network_passes_and_pictures(shared_page):
    show(shared_page, "#seed=0.3")
    headings = shared_page.locator("#article h2").all_inner_texts()
    assert len(headings) >= 4
    assert "forward" in shared_page.locator("#article").inner_text()


# 2 More to choose


def test_choices_train(shared_page):
    """The last of each menu; tests of the page without a browser have all of them."""
    for field in ("activation", "optimizer", "initializer", "loss", "schedule"):
        show(shared_page, f"#{field}={options(shared_page, field)[-1]}&seed=0.3")
        press(shared_page, "Step")
        assert math.isfinite(wait_state(shared_page, epoch=1)["loss_train"])
    expect(shared_page.locator("#notices article")).to_have_count(0)


def test_a_layer_can_have_its_own_activation(shared_page):
    before = show(shared_page, "#seed=0.3")
    shared_page.get_by_role("button", name="More").click()
    choose(shared_page, "Activation of layer 2", "relu")
    after = wait_until(shared_page, lambda now: now["loss_train"] != before["loss_train"])
    shared_page.keyboard.press("Escape")
    assert "layerActivations=,relu" in shared_page.url
    assert (
        show(shared_page, shared_page.evaluate("location.hash"))["loss_train"]
        == (after["loss_train"])
    )


def test_eight_layers_of_sixteen_neurons_run(shared_page):
    show(shared_page, "#networkShape=16,16,16,16,16,16,16,16&learningRate=0.003&seed=0.3")
    expect(shared_page.locator("[data-unit]")).to_have_count(128)
    run_until(shared_page, lambda now: now["epoch"] >= 3)


@pytest.mark.parametrize("dataset", ["moons", "blobs", "spiral3"])
def test_more_data_sets(shared_page, dataset):
    show(shared_page, f"#dataset={dataset}&seed=0.3")
    run_until(shared_page, lambda now: now["epoch"] >= 10)
    if dataset != "moons":
        expect(shared_page.locator('[data-unit^="3."]')).to_have_count(3)
        expect(shared_page.locator("#confusion td")).to_have_count(9)


def test_the_number_of_points_can_be_chosen(shared_page):
    show(shared_page, "#points=50&percTrainData=80&dataset=blobs&seed=0.3")
    counts = [int(text) for text in shared_page.locator("#confusion td").all_inner_texts()]
    assert sum(counts) == 40


# 3 Live


@pytest.mark.parametrize(
    ("name", "value"),
    [("Learning rate", "0.1"), ("Regularization", "L1"), ("Regularization rate", "0.01"),
     ("Optimizer", "adam")],
)  # fmt: skip
def test_changes_take_effect_without_a_reset(shared_page, name, value):
    show(shared_page, "#regularization=L2&regularizationRate=0.001&seed=0.3")
    press(shared_page, "Run")
    wait_until(shared_page, lambda now: now["epoch"] >= 5)
    choose(shared_page, name, value)
    now = state(shared_page)
    assert now["playing"]
    assert now["epoch"] >= 5
    wait_until(shared_page, lambda later: later["epoch"] > now["epoch"] + 2)
    press(shared_page, "Pause")
    expect(shared_page.locator(".flag")).to_have_count(1)  # marked on the chart


# 4 Divergence


def test_divergence_is_caught_and_explained_and_leads_on(shared_page):
    show(
        shared_page,
        "#problem=regression&activation=linear&networkShape=4,4&learningRate=10&seed=0.3",
    )
    press(shared_page, "Run")
    notice = shared_page.locator("#notices article")
    expect(notice).to_contain_text("learning rate of 10")
    now = wait_state(shared_page, playing=False)
    assert math.isfinite(now["loss_train"])
    assert math.isfinite(now["loss_test"])
    assert "NaN" not in shared_page.locator("body").inner_text()
    notice.get_by_role("button", name="Reset with a learning rate of 3").click()
    expect(shared_page.get_by_role("combobox", name="Learning rate")).to_have_value("3")
    assert wait_state(shared_page, epoch=0)["playing"] is False
    choose(shared_page, "Learning rate", "0.03")
    run_until(shared_page, lambda now: now["epoch"] >= 5)
    expect(notice).to_have_count(0)


# Representations: what a hidden layer makes of the plane


def test_a_layer_is_shown_as_a_bent_plane_and_the_output_comes_back(shared_page):
    show(shared_page, "#seed=0.3")
    title = shared_page.locator("#output-title")
    menu = shared_page.get_by_role("combobox", name="Picture shows")
    next_picture(shared_page)
    before = canvas_pixels(shared_page, "#output-points").copy()
    menu.select_option("2")
    expect(title).to_have_text("What layer 2 has learned")
    next_picture(shared_page)
    assert (canvas_pixels(shared_page, "#output-points") != before).any()
    run_until(shared_page, lambda now: now["epoch"] >= 3)
    menu.select_option("0")
    expect(title).to_have_text("Output")
    next_picture(shared_page)
    np.testing.assert_array_equal(canvas_pixels(shared_page, "#output-points"), before)
