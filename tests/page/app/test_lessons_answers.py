"""Answers that are not given yet, and tasks that were left: the student finds them again."""

from hands import press
from lesson_hands import answer, text, until

from explorer.text.lessons import LESSONS

LESSON = """# Questions

:::ask
How many borders are there?
answer: 1
hint: Look at the picture.
:::

:::ask
And how many bends?
- (x) none
- ( ) one
hint: Look again.
:::
"""


def test_what_is_chosen_or_typed_stays_until_it_is_answered(open_page):
    browser, app = open_page()
    app.lessons.open_file("questions.md", LESSON.encode())
    browser.tick()
    answer(browser, 1)
    assert f"✗ {LESSONS['no_choice']}" in text(browser)
    number = browser.elements("[data-question]")[0]
    browser.key("Enter", number)
    assert LESSONS["no_number"] in text(browser)
    number = browser.elements("[data-question]")[0]
    number.value = "17"
    browser.elements("[data-question]")[2].checked = True
    browser.click(browser.elements('[data-action="lesson-hint"]')[1])
    assert browser.elements("[data-question]")[2].checked
    browser.key("Enter", number)
    assert LESSONS["wrong"] in text(browser)
    number = browser.elements("[data-question]")[0]
    assert number.value == "17"
    number.value = "1,0"
    browser.key("Enter", number)
    assert browser.state["checks-passed"] == "1"
    assert browser.elements("[data-question]")[1].checked
    press(browser, "lesson-over")
    assert browser.elements("[data-question]")[0].value == ""


def test_a_task_that_was_left_is_found_as_it_was(open_page):
    browser, app = open_page("#lesson=backward")
    press(browser, "lesson-step", "2")
    assert app.inside.is_open
    press(browser, "inside-phase", "delta")
    [field] = browser.elements(".asked")
    question = app.inside.room.questions[int(field.getAttribute("data-asked"))]
    browser.choose(field, question.text)
    browser.key("Enter", field)
    assert app.lessons.made.checking.right() == {"delta": 1}
    press(browser, "lesson-step", "1")
    press(browser, "lesson-step", "2")
    assert app.inside.is_open
    assert app.lessons.made.checking.right() == {"delta": 1}
    press(browser, "lesson-check")
    assert "In the phase “Delta”, 2 numbers have to be right; so far: 1." in text(browser)
    press(browser, "lesson-step", "1")
    app.open_preset("#dataset=spiral")
    press(browser, "lesson-step", "2")
    assert app.current.dataset == "gauss"
    assert app.inside.is_open
    assert app.lessons.made.checking.right() == {}


def test_a_reload_opens_the_step_of_a_task_inside_again(open_page):
    browser, _ = open_page("#lesson=backward")
    press(browser, "lesson-step", "2")
    _, app = open_page(browser.hash, stored=browser.kept)
    assert app.inside.is_open
    assert app.inside.room.asking.level == "result"


def test_a_check_that_does_not_hold_yet_lets_training_go_on(open_page):
    browser, app = open_page()
    source = "# Ring\n:::task\nstart: #dataset=circle&networkShape=\ncheck: epoch >= 30\n:::\n"
    app.lessons.open_file("ring.md", source.encode())
    browser.tick()
    browser.click(browser.element("run"))
    browser.tick(5)
    press(browser, "lesson-check")
    assert "has to be at least 30" in text(browser)
    assert browser.state["playing"] == "true"
    until(browser, lambda: int(browser.state["epoch"]) >= 30)
    press(browser, "lesson-check")
    assert browser.state["playing"] == "false"
    until(browser, lambda: browser.state["checks-passed"] == "1")
