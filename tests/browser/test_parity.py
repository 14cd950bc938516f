"""What a user of TensorFlow Playground expects, row by row of its behaviour.

All tests share one page; each brings it to its own link first.
"""

from html import unescape

import numpy as np
import pytest
import reference
from harness import (
    canvas_pixels,
    next_picture,
    press,
    record_states,
    recorded_states,
    run_until,
    show,
    wait_state,
    wait_until,
)
from playwright.sync_api import Page, expect

from nncore import DATASETS, Dense, SeedRandom, Sequential, shuffle_split

# A link as TensorFlow Playground writes it, with everything away from its default.
THEIR_LINK = (
    "#activation=relu&regularization=L2&batchSize=5&dataset=xor&regDataset=reg-gauss"
    "&learningRate=0.1&regularizationRate=0.003&noise=10&networkShape=3,3&seed=0.55555"
    "&showTestData=true&discretize=true&percTrainData=70&x=true&y=true&xTimesY=true"
    "&xSquared=false&ySquared=false&cosX=false&sinX=true&cosY=false&sinY=false"
    "&collectStats=false&problem=classification&initZero=false&hideText=false"
)


def hash_of(page: Page) -> dict[str, str]:
    return dict(part.split("=") for part in page.evaluate("location.hash.slice(1)").split("&"))


def test_their_link_sets_every_control(shared_page):
    show(shared_page, THEIR_LINK)
    menus = {
        "Learning rate": "0.1",
        "Activation": "relu",
        "Regularization": "L2",
        "Regularization rate": "0.003",
        "Problem type": "classification",
    }
    for name, value in menus.items():
        box = shared_page.get_by_role("combobox", name=name, exact=True)
        expect(box).to_have_value(value)
    for name, value in {"Training share": "70", "Noise": "10", "Batch size": "5"}.items():
        expect(shared_page.get_by_role("slider", name=name, exact=True)).to_have_value(value)
    for name in ("Show test data", "Discretize output", "X1", "X2", "X1 times X2", "sin X1"):
        expect(shared_page.get_by_role("checkbox", name=name, exact=True)).to_be_checked()
    for name in ("X1 squared", "X2 squared", "sin X2"):
        expect(shared_page.get_by_role("checkbox", name=name, exact=True)).not_to_be_checked()
    expect(shared_page.get_by_role("radio", name="Exclusive or")).to_be_checked()
    expect(shared_page.locator('[data-unit^="2."]')).to_have_count(3)


def test_our_link_has_all_of_their_keys_and_opens_the_same(shared_page):
    show(shared_page, THEIR_LINK)
    theirs = dict(part.split("=") for part in THEIR_LINK[1:].split("&"))
    ignored = {"cosX", "cosY", "collectStats"}
    ours = hash_of(shared_page)
    assert {key: ours[key] for key in theirs if key not in ignored} == {
        key: value for key, value in theirs.items() if key not in ignored
    }


@pytest.mark.parametrize(
    ("dataset", "shape", "activation", "rate", "penalty", "epochs"),
    [
        ("spiral", [4, 2], "tanh", 0.03, None, 100),
        ("xor", [3], "relu", 0.03, "L1", 40),
        ("gauss", [5, 4, 3], "sigmoid", 0.1, "L2", 40),
    ],
)
def test_losses_of_a_link_are_theirs_at_every_epoch(
    shared_page, dataset, shape, activation, rate, penalty, epochs
):
    """Against a neuron-by-neuron network, to the three decimals that they show."""
    seed, strength = "0.31415", 0.003 if penalty else 0
    show(
        shared_page,
        f"#activation={activation}&dataset={dataset}&networkShape={','.join(map(str, shape))}"
        f"&learningRate={rate}&seed={seed}&noise=5&regularizationRate={strength}"
        + (f"&regularization={penalty}" if penalty else ""),
    )
    record_states(shared_page)
    run_until(shared_page, lambda now: now["epoch"] >= epochs)
    shown = {s["epoch"]: (s["loss_train"], s["loss_test"]) for s in recorded_states(shared_page)}
    assert set(shown) >= set(range(epochs + 1))

    rng = SeedRandom(seed)
    X, y = DATASETS[dataset].make(500, 0.05, rng)
    X_train, X_test, y_train, y_test = shuffle_split(X, y, 0.5, rng)
    layers = [Dense(units, activation, "uniform") for units in shape]
    model = Sequential([*layers, Dense(1, "tanh", "uniform")], n_inputs=2)
    twin = reference.Network(model, model.init(rng))
    for epoch in range(epochs + 1):
        if epoch:
            kind = penalty.lower() if penalty else None
            twin.epoch(X_train, y_train[:, None].tolist(), 10, rate, kind, strength)
        both = [twin.loss(X_train, y_train[:, None]), twin.loss(X_test, y_test[:, None])]
        assert [f"{loss:.3f}" for loss in shown[epoch]] == [f"{loss:.3f}" for loss in both], epoch


def test_back_forward_and_an_edited_address_are_followed(shared_page):
    show(shared_page, "#dataset=circle&seed=0.1")
    menu = shared_page.get_by_role("combobox", name="Activation", exact=True)
    menu.select_option("relu")
    menu.select_option("sigmoid")
    shared_page.go_back()
    expect(menu).to_have_value("relu")
    shared_page.go_back()
    expect(menu).to_have_value("tanh")
    shared_page.go_forward()
    expect(menu).to_have_value("relu")
    shared_page.evaluate("location.hash = '#activation=linear&seed=0.2'")
    expect(menu).to_have_value("linear")
    assert hash_of(shared_page)["seed"] == "0.2"


def output_pixels(page: Page) -> np.ndarray:
    return canvas_pixels(page, "#output-map")


def test_a_neuron_is_shown_large_by_hover_and_by_focus_and_leaving_restores(shared_page):
    show(shared_page, "#seed=0.3")
    shared_page.mouse.move(700, 20)
    next_picture(shared_page)
    before = output_pixels(shared_page)
    tile = shared_page.locator('[data-unit="1.2"]')
    title = shared_page.locator("#output-title")
    tile.hover()
    expect(title).to_have_text("Neuron 2 of layer 1")
    assert (output_pixels(shared_page) != before).any()
    shared_page.mouse.move(700, 20)
    expect(title).to_have_text("Output")
    next_picture(shared_page)
    np.testing.assert_array_equal(output_pixels(shared_page), before)
    tile.focus()
    expect(title).to_have_text("Neuron 2 of layer 1")
    tile.blur()
    expect(title).to_have_text("Output")


def test_an_input_is_shown_large_even_when_it_is_off(shared_page):
    show(shared_page, "#seed=0.3")
    shared_page.locator('[data-input="sin_x"]').hover()
    expect(shared_page.locator("#output-title")).to_have_text("sin X1")
    shared_page.mouse.move(700, 20)


def test_regenerate_keeps_weights_and_epoch_and_the_losses_follow_at_once(shared_page):
    show(shared_page, "#seed=0.3")
    press(shared_page, "Step")
    before = wait_state(shared_page, epoch=1)
    press(shared_page, "Regenerate")
    after = wait_until(shared_page, lambda now: now["loss_train"] != before["loss_train"])
    assert after["epoch"] == 1
    assert hash_of(shared_page)["seed"] != "0.3"


@pytest.mark.parametrize("control", ["dataset", "noise", "share", "problem"])
def test_new_data_come_from_a_new_seed(shared_page, control):
    show(shared_page, "#seed=0.3")
    if control == "dataset":
        shared_page.get_by_role("radio", name="Exclusive or").check(force=True)
    elif control == "problem":
        shared_page.get_by_role("combobox", name="Problem type").select_option("regression")
    else:
        name = {"noise": "Noise", "share": "Training share"}[control]
        shared_page.get_by_role("slider", name=name).press("ArrowRight")
    next_picture(shared_page)
    assert hash_of(shared_page)["seed"] != "0.3"


@pytest.mark.parametrize("press_it", ["Reset", "Add hidden layer", "Add neuron to layer 1", "Step"])
def test_every_control_that_resets_pauses(shared_page, press_it):
    show(shared_page, "#seed=0.3")
    press(shared_page, "Run")
    wait_until(shared_page, lambda now: now["epoch"] > 2)
    press(shared_page, press_it)
    wait_state(shared_page, playing=False)


def test_layers_and_neurons_have_limits(shared_page):
    show(shared_page, "#networkShape=32&seed=0.3")
    press(shared_page, "Add neuron to layer 1")
    expect(shared_page.locator('[data-unit^="1."]')).to_have_count(32)
    show(shared_page, "#networkShape=1,1,1,1,1,1,1,1&seed=0.3")
    expect(shared_page.get_by_role("button", name="Add hidden layer")).to_be_disabled()
    press(shared_page, "Remove neuron from layer 1")
    expect(shared_page.locator('[data-unit^="1."]')).to_have_count(1)
    show(shared_page, "#networkShape=&seed=0.3")
    expect(shared_page.get_by_role("button", name="Remove hidden layer")).to_be_disabled()
    press(shared_page, "Add hidden layer")
    expect(shared_page.locator('[data-unit^="1."]')).to_have_count(2)


def test_all_inputs_may_be_off(shared_page):
    show(shared_page, "#x=false&y=false&seed=0.3")
    press(shared_page, "Step")
    assert wait_state(shared_page, epoch=1)["loss_train"] > 0
    assert len(np.unique(output_pixels(shared_page).reshape(-1, 4), axis=0)) == 1


def test_discretize_shows_two_colours_and_test_data_more_points(shared_page):
    show(shared_page, "#seed=0.3")
    shared_page.get_by_role("checkbox", name="Discretize output").check()
    next_picture(shared_page)
    assert len(np.unique(output_pixels(shared_page).reshape(-1, 4), axis=0)) <= 2
    points = canvas_pixels(shared_page, "#output-points")[..., 3].astype(bool).sum()
    shared_page.get_by_role("checkbox", name="Show test data").check()
    next_picture(shared_page)
    assert canvas_pixels(shared_page, "#output-points")[..., 3].astype(bool).sum() > 1.3 * points


def test_the_largest_picture_is_the_right_way_up(shared_page):
    """Blue is up to the right in the Gaussian set: there the trained output is positive."""
    show(shared_page, "#dataset=gauss&seed=0.3")
    run_until(shared_page, lambda now: now["epoch"] >= 20)
    pixels = output_pixels(shared_page).astype(int)
    blueness = pixels[..., 2] - pixels[..., 0]
    assert blueness[10, -10] > 50
    assert blueness[-10, 10] < -50


def test_hidden_controls_stay_hidden_and_the_text_too(shared_page):
    show(shared_page, "#learningRate_hide=true&playButton_hide=true&hideText=true&seed=0.3")
    hidden = ("combobox", "Learning rate"), ("button", "Run")
    for role, name in hidden:
        expect(shared_page.get_by_role(role, name=name, exact=True)).to_have_count(0)
    expect(shared_page.locator("#article")).to_be_hidden()
    assert hash_of(shared_page)["learningRate_hide"] == "true"
    show(shared_page, "#seed=0.4")
    for role, name in hidden:
        expect(shared_page.get_by_role(role, name=name, exact=True)).to_be_visible()


def test_the_teacher_s_panel_gives_the_link_and_the_snippet(shared_page):
    show(shared_page, "#seed=0.3")
    shared_page.get_by_role("button", name="Share").click()
    shared_page.locator("#share summary").click()
    shared_page.locator("#share").get_by_label("Noise", exact=True).check()
    link = shared_page.get_by_label("Link", exact=True).input_value()
    assert "noise_hide=true" in link
    snippet = shared_page.get_by_label("Embed", exact=True).input_value()
    assert f'embed.html#{link.partition("#")[2]}"' in unescape(snippet)
    shared_page.locator("#share").get_by_label("Noise", exact=True).uncheck()
    shared_page.keyboard.press("Escape")


def test_bad_values_fall_back_and_are_named(shared_page):
    show(shared_page, "#learningRate=fast&batchSize=0&dataset=moon&seed=0.3")
    notice = shared_page.locator("#notices")
    for key in ("learningRate", "batchSize", "dataset"):
        expect(notice).to_contain_text(key)
    expect(shared_page.get_by_role("combobox", name="Learning rate")).to_have_value("0.03")
    notice.get_by_role("button", name="Close").click()
