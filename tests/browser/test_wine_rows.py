"""The Wine lab on the built page: the table's rows and the plane's points."""

import numpy as np
from harness import (
    canvas_pixels,
    next_picture,
    screenshot,
)
from harness_lab import (
    QUICK,
    a_point,
    open_step,
    rows,
    selected,
    train,
)
from playwright.sync_api import expect

from explorer.drawing.palette import THEMES
from nncore import load_wine


def test_rows_and_points_are_selected_together(visit):
    page = visit(QUICK)
    train(page)
    open_step(page, 1)
    page.locator('#wines [data-row="3"]').click()
    page.locator('#wines [data-row="5"]').click(modifiers=["Shift"])
    expect(page.locator("#selection-line")).to_have_text("3 selected")
    next_picture(page)  # the marks
    ink = np.array([*bytes.fromhex(THEMES["light"].ink[1:])])
    marks = canvas_pixels(page, "#plane-marks")
    assert (np.abs(marks[..., :3].astype(int) - ink).max(axis=2)[marks[..., 3] > 200] < 40).any()

    page.mouse.click(*a_point(page, THEMES["light"].classes[2]))
    (number,) = selected(page, 1)
    assert load_wine().y[number] == 2
    page.get_by_role("button", name="Clear selection").click()
    expect(page.locator("#selection-line")).to_contain_text("Press rows")


def test_wines_left_out_are_not_learned_from(visit):
    page = visit(QUICK)
    open_step(page, 1)
    page.locator('#wines [data-row="0"]').click()
    page.get_by_role("button", name="Leave out").click()
    expect(page.locator("#left-out-line")).to_have_text("1 left out")
    assert "leftOut=1" in page.evaluate("() => location.hash")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#left-out-line")).to_have_text("")


# The plane --------------------------------------------------------------------------------------


def test_pointing_at_a_wine_tells_its_values_class_and_chances(visit):
    page = visit(QUICK)
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


def test_the_table_sorts_and_keeps_its_head_in_sight(visit):
    """After the others: the page keeps the order."""
    page = visit(QUICK)
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
