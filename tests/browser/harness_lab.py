"""What the tests of the Wine lab do again and again on the built page."""

import numpy as np
from harness import (
    canvas_pixels,
    run_until,
    wait_state,
)
from playwright.sync_api import Page, expect

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
    wait_state(page, step=number)


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


def pick(page: Page, value: str) -> None:
    """Choose a value in the menu that has the focus, by arrow keys: what is typed counts as one
    word only as long as the keys follow each other within a second."""
    menu = page.locator("select:focus")
    values, now = menu.evaluate("menu => [[...menu.options].map((o) => o.value), menu.value]")
    steps = values.index(value) - values.index(now)
    for _ in range(abs(steps)):
        page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
    expect(menu).to_have_value(value)


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
