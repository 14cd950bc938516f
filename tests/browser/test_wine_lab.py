"""The Wine lab on the built page: the whole exercise, by keyboard alone and step by step."""

from harness import next_picture, screenshot, state, wait_state
from harness_lab import (
    EPOCHS,
    QUICK,
    STEPS,
    expect_done,
    open_step,
    pick,
    rows,
    selected,
    tab_to,
    train,
)
from playwright.sync_api import expect


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
    line = page.locator('[data-step="3"][data-action] .line')
    for units in (2, 3, 4, 5):
        page.keyboard.press("Enter")
        expect(line).to_have_text(f"{units} · 2 · 3, tanh")
        tab_to(page, '[data-action="add-neuron"][data-value="1"]')
    tab_to(page, '.build-row [name="initializer"]', back=True)
    pick(page, "he_normal")

    # 4: optimizer, learning rate, Run.
    tab_to(page, '[name="optimizer"]', back=True)
    pick(page, "rmsprop")
    tab_to(page, '[name="learning_rate"]', back=True)
    pick(page, "0.05")
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


def test_show_the_answer_is_one_press(visit):
    page = visit("#view=wine&networkShape=1&optimizer=sgd&seed=77")
    page.get_by_role("button", name="Show the answer").click()
    wait_state(page, epoch=EPOCHS, playing=False)
    assert state(page)["accuracy_train"] == 1.0
    assert page.evaluate("() => location.hash") == "#view=wine"


def test_every_step_is_accessible_and_fits_the_screen(visit, axe):
    page = visit(QUICK)
    train(page)
    for number, name in enumerate(STEPS, 1):
        open_step(page, number)
        expect(page.locator("[data-step][aria-current] strong")).to_have_text(name)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            next_picture(page)
            screenshot(page, f"wine-step-{number}-{scheme}")
            assert axe(page) == []
        hidden = page.evaluate(
            """() => [document.scrollingElement, ...document.querySelectorAll(
                 '.exercise, .plane, .plane-side, .bench')]
               .filter(e => e.scrollHeight > e.clientHeight + 1
                            || e.scrollWidth > e.clientWidth + 1)
               .map(e => e.className || e.tagName)"""
        )
        assert hidden == []
