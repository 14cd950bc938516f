"""The Wine lab on the built page: it reaches 100 % in 20 epochs and separates the classes.

Separation is checked on what is drawn: the pixels of the three classes' marks in the learned
plane must lie on different sides of straight lines.
"""

from itertools import combinations

import numpy as np
from harness import (
    canvas_pixels,
    experiment_of,
    record_states,
    recorded_states,
    run_until,
    screenshot,
    wait_state,
)
from playwright.sync_api import Page
from scipy.optimize import linprog

from explorer.drawing.palette import THEMES

EPOCHS = 20
COLOUR_TOLERANCE = 16  # of 255, in each channel


def train(page: Page) -> list[dict]:
    """Press Run, wait until training has ended by itself, and return all states on the way."""
    record_states(page)
    run_until(page, lambda now: now["epoch"] >= EPOCHS)
    wait_state(page, playing=False, epoch=EPOCHS)
    return recorded_states(page)


def mark_pixels(page: Page, colour: str) -> np.ndarray:
    """Where a canvas has this colour, or nearly: (n, 2) columns and rows."""
    pixels = canvas_pixels(page, "#plane-points").astype(int)
    wanted = [*bytes.fromhex(colour.lstrip("#")), 255]
    rows, columns = np.nonzero(np.abs(pixels - wanted).max(axis=2) <= COLOUR_TOLERANCE)
    return np.column_stack([columns, rows]).astype(float)


def separable(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether a straight line parts two sets of points: w·x + b >= 1 here and <= -1 there."""
    sides = np.repeat([-1.0, 1.0], [len(one), len(other)])[:, None]
    points = np.vstack([one, other])
    rows = sides * np.column_stack([points, np.ones(len(points))])
    answer = linprog(np.zeros(3), A_ub=rows, b_ub=-np.ones(len(points)), bounds=(None, None))
    return answer.status == 0


def test_the_oracle_tells_separable_from_not():
    square = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    assert separable(square, square + 1.5)
    assert not separable(square, square + 0.5)


def test_twenty_epochs_separate_the_classes(visit):
    page = visit("#view=wine")
    states = train(page)
    screenshot(page, "wine-trained")
    assert {now["epoch"] for now in states} == set(range(EPOCHS + 1))
    assert states[-1]["accuracy_train"] == 1.0
    assert states[-1]["loss_train"] < 0.1
    assert states[-1]["loss_test"] is None
    assert states[-1]["accuracy_test"] is None
    marks = [mark_pixels(page, colour) for colour in THEMES["light"].classes[:3]]
    assert min(len(pixels) for pixels in marks) > 10
    for one, other in combinations(marks, 2):
        assert separable(one, other)


def test_classes_are_not_separable_before_training(visit):
    page = visit("#view=wine")
    marks = [mark_pixels(page, colour) for colour in THEMES["light"].classes[:3]]
    assert not all(separable(one, other) for one, other in combinations(marks, 2))


def test_reset_and_run_again_gives_the_same_numbers(visit):
    page = visit("#view=wine&speed=epoch")
    first = {now["epoch"]: now["loss_train"] for now in train(page)}
    page.get_by_role("button", name="Reset", exact=True).click()
    wait_state(page, epoch=0, playing=False)
    assert {now["epoch"]: now["loss_train"] for now in train(page)} == first


def test_both_tabs_keep_their_own_experiment(visit):
    page = visit("#view=wine")
    page.get_by_role("button", name="Step", exact=True).click()
    wine = experiment_of(wait_state(page, view="wine", epoch=1))
    page.get_by_role("tab", name="Playground").click()
    wait_state(page, view="playground", epoch=0, cells=100)
    page.get_by_role("button", name="Step", exact=True).click()
    playground = experiment_of(wait_state(page, view="playground", epoch=1))
    page.get_by_role("tab", name="Wine").click()
    again = wait_state(page, view="wine", loss_train=wine["loss_train"])
    assert experiment_of(again) == wine
    page.get_by_role("tab", name="Playground").click()
    again = wait_state(page, view="playground", loss_train=playground["loss_train"])
    assert experiment_of(again) == playground
