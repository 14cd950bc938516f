"""Checks that count kept runs and other seeds, beside a page that goes on."""

from hands import press
from lesson_hands import text, until

from explorer.text.lessons import LESSONS

COUNTING = """# Counting
:::task Kept runs
start: #dataset=gauss&networkShape=&stopEpoch=6
check: kept(test_loss < 0.1 and epoch == 6) >= 1
:::
:::task Other seeds
start: #dataset=gauss&networkShape=
check: test_loss < 0.1 and seeds(3, epochs=5) >= 2
:::
"""


def test_kept_runs_and_other_seeds_are_counted_beside_the_page(open_page):
    browser, app = open_page()
    app.lessons.open_file("counting.md", COUNTING.encode())
    browser.tick()
    kept, seeds = browser.elements('[data-action="lesson-check"]')
    browser.click(browser.element("run"))
    until(browser, lambda: browser.state["epoch"] == "6" and browser.state["playing"] == "false")
    browser.click(kept)
    until(
        browser, lambda: "of this yet. The test loss: below 0.100; The epoch: 6." in text(browser)
    )
    press(browser, "keep")
    browser.click(browser.elements('[data-action="lesson-check"]')[0])
    until(browser, lambda: browser.state["checks-passed"] == "1")
    [seeds] = browser.elements('[data-action="lesson-check"]')
    browser.click(seeds)
    assert LESSONS["checking"] in text(browser)
    until(browser, lambda: browser.state["checks-passed"] == "2")
    [case] = [c for c in app.lessons.made.own_progress.cases.values() if c.kept]
    assert case.kept[0].epoch == 6


def test_a_count_that_is_too_small_says_how_many(open_page):
    browser, app = open_page()
    asked = "seeds(3, test_loss < 0.0001, epochs=5) >= 2"
    source = COUNTING.replace("seeds(3, epochs=5) >= 2", asked)
    app.lessons.open_file("counting.md", source.encode())
    browser.tick()
    browser.click(browser.element("run"))
    until(browser, lambda: browser.state["epoch"] == "6")
    browser.click(browser.elements('[data-action="lesson-check"]')[1])
    until(browser, lambda: "Of 3 networks from other seeds" in text(browser))
    assert "within 5 epochs; 0 did." in text(browser)


def test_numbers_inside_are_counted_without_a_step_that_is_open(open_page):
    browser, app = open_page()
    source = '# Inside\n:::task\ncheck: right("sum") >= 1\n:::\n'
    app.lessons.open_file("inside.md", source.encode())
    browser.tick()
    wanted = []
    browser.part_loader = lambda name, arrived, done, failed: (wanted.append(name), done())
    press(browser, "lesson-check")
    until(browser, lambda: "In the phase “Weighted sum”" in text(browser))
    assert wanted == ["inside"]
