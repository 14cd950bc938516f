"""The playground on the built page: it learns, steps, resets, and reacts to its controls.

The expected losses are those that TensorFlow Playground shows for its own default experiment
with the seed 0.12345.
"""

import numpy as np
from harness import (
    canvas_pixels,
    experiment_of,
    next_picture,
    record_states,
    recorded_states,
    run_until,
    screenshot,
    state,
    wait_state,
    wait_until,
)
from playwright.sync_api import Page

THEIRS = {
    0: ("0.502", "0.518"),
    1: ("0.496", "0.509"),
    20: ("0.357", "0.391"),
    100: ("0.009", "0.011"),
}


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def pictures(page: Page) -> list[np.ndarray]:
    """The pixels of every canvas that can be seen."""
    count = page.locator("canvas:visible").count()
    return [canvas_pixels(page, f"canvas:visible >> nth={i}") for i in range(count)]


def test_circle_is_learned_as_in_tensorflow_playground(visit):
    page = visit()
    record_states(page)
    found = run_until(page, lambda now: now["epoch"] >= 100)
    assert found["loss_train"] < 0.05
    assert found["accuracy_train"] > 0.95
    states = recorded_states(page)
    losses = {
        now["epoch"]: (f"{now['loss_train']:.3f}", f"{now['loss_test']:.3f}") for now in states
    }
    assert {epoch: losses.get(epoch) for epoch in THEIRS} == THEIRS
    # Every epoch is shown once and in order, and the state changes with the picture.
    epochs = list(dict.fromkeys(now["epoch"] for now in states))
    assert epochs == list(range(epochs[-1] + 1))
    assert len({(now["epoch"], now["loss_train"], now["loss_test"]) for now in states}) == len(
        epochs
    )
    screenshot(page, "playground-trained")


def test_step_trains_one_epoch_and_stays_paused(visit):
    page = visit()
    for epoch in (1, 2, 3):
        press(page, "Step")
        assert wait_state(page, epoch=epoch)["playing"] is False


def test_step_pauses_a_running_network(visit):
    page = visit()
    press(page, "Run")
    wait_until(page, lambda now: now["epoch"] >= 5)
    press(page, "Step")
    epoch = wait_state(page, playing=False)["epoch"]
    press(page, "Step")
    wait_state(page, epoch=epoch + 1)


def test_reset_brings_back_the_same_first_picture(visit):
    page = visit()
    first, before = experiment_of(state(page)), pictures(page)
    assert len(before) > 10
    run_until(page, lambda now: now["epoch"] >= 20)
    trained = pictures(page)
    assert any((a != b).any() for a, b in zip(before, trained, strict=True))
    press(page, "Reset")
    assert experiment_of(wait_state(page, epoch=0, playing=False)) == first
    for a, b in zip(before, pictures(page), strict=True):
        np.testing.assert_array_equal(a, b)


def test_reset_pauses(visit):
    page = visit()
    press(page, "Run")
    wait_until(page, lambda now: now["epoch"] >= 5)
    press(page, "Reset")
    wait_state(page, epoch=0, playing=False)


def test_regenerate_draws_new_data_and_keeps_the_epoch(visit):
    page = visit()
    press(page, "Step")
    before = wait_state(page, epoch=1)
    press(page, "Regenerate")
    after = wait_until(page, lambda now: now["loss_train"] != before["loss_train"])
    assert (after["epoch"], after["playing"]) == (1, False)


def test_learning_rate_changes_while_training(visit):
    page = visit()
    press(page, "Run")
    wait_until(page, lambda now: now["epoch"] >= 5)
    page.get_by_role("combobox", name="Learning rate", exact=True).select_option("0.1")
    now = wait_until(page, lambda now: now["epoch"] >= 15)
    assert now["playing"] is True
    assert "learningRate=0.1&" in page.url


def test_activation_starts_again(visit):
    page = visit()
    press(page, "Step")
    before = wait_state(page, epoch=1)
    page.get_by_role("combobox", name="Activation", exact=True).select_option(label="ReLU")
    after = wait_state(page, epoch=0)
    assert after["loss_train"] != before["loss_train"]


def test_layers_and_neurons_come_and_go(visit):
    page = visit()
    first = experiment_of(state(page))
    press(page, "Add hidden layer")
    next_picture(page)  # the columns have moved
    press(page, "Add neuron to layer 3")
    assert "networkShape=4,2,3&" in page.url
    press(page, "Remove hidden layer")
    next_picture(page)
    press(page, "Remove neuron from layer 2")
    press(page, "Add neuron to layer 2")
    assert "networkShape=4,2&" in page.url
    again = wait_state(page, epoch=0, loss_train=first["loss_train"])
    assert experiment_of(again) == first


def test_every_data_set_trains(visit):
    page = visit()
    losses = set()
    for name in ("Exclusive or", "Gaussian", "Spiral", "Plane", "Multi gaussian", "Circle"):
        page.get_by_role("radio", name=name, exact=True).check(force=True)
        before = wait_state(page, epoch=0)
        press(page, "Step")
        after = wait_state(page, epoch=1)
        assert after["loss_train"] < before["loss_train"]
        losses.add(before["loss_train"])
    assert len(losses) == 6


def test_a_link_from_tensorflow_playground_opens(visit):
    theirs = (
        "#activation=relu&batchSize=5&dataset=xor&regDataset=reg-plane&learningRate=0.1"
        "&regularizationRate=0&noise=10&networkShape=3&seed=0.5&showTestData=true"
        "&discretize=false&percTrainData=70&x=true&y=true&xTimesY=false&xSquared=false"
        "&ySquared=false&cosX=false&sinX=false&cosY=false&sinY=false&collectStats=false"
        "&problem=classification&initZero=false&hideText=false"
    )
    page = visit(theirs)
    assert page.get_by_role("radio", name="Exclusive or", exact=True).is_checked()
    assert page.get_by_role("slider", name="Batch size", exact=True).input_value() == "5"
    assert page.get_by_role("checkbox", name="Show test data", exact=True).is_checked()
    assert page.locator("#layer-count").inner_text() == "1"
