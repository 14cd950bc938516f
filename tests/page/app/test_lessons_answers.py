"""Answers that are not given yet, and tasks that were left: the student finds them again."""

from hands import press
from lesson_hands import answer, text, until

from explorer.text.lessons import LESSONS

LESSON = """# Questions

:::ask
How many borders are there?
answer: 1
wrong: 17 => So many lines have no room.
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
    assert "So many lines have no room." in text(browser)
    number = browser.elements("[data-question]")[0]
    assert number.value == "17"
    number.value = "1,0"
    browser.key("Enter", number)
    assert browser.state["checks-passed"] == "1"
    assert browser.elements("[data-question]")[1].checked
    press(browser, "lesson-over")
    assert LESSONS["start_over_sure"] in text(browser)
    assert browser.state["checks-passed"] == "1"
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


def test_the_number_of_another_sample_counts_as_well(open_page):
    browser, app = open_page("#lesson=backward")
    press(browser, "lesson-step", "2")
    press(browser, "inside-phase", "delta")
    for count in (1, 2):
        [field] = browser.elements(".asked")
        question = app.inside.room.questions[int(field.getAttribute("data-asked"))]
        browser.choose(field, question.text)
        browser.key("Enter", field)
        assert app.lessons.made.checking.right() == {"delta": count}
        press(browser, "inside-next")


def test_a_walk_goes_on_when_a_step_brings_controls_back(open_page):
    browser, app = open_page("#lesson=backward")
    press(browser, "lesson-step", "2")
    press(browser, "inside-phase", "delta")
    walk = app.inside.room.walk
    press(browser, "lesson-step", "3")
    assert "learningRate" not in app.current.hidden
    assert app.inside.room.walk is walk
    network = browser.element("network")
    assert network.children[-1].getAttribute("class") == "inside-numbers"  # above the new tiles


def test_steps_before_the_first_task_show_its_start(open_page):
    browser, app = open_page()
    press(browser, "lessons")
    press(browser, "lesson-open", "smallest-xor")
    assert (app.current.dataset, app.current.network_shape) == ("xor", (2,))
    assert "dataset" not in app.current.hidden
    press(browser, "lesson-step", "1")
    assert "dataset" in app.current.hidden
    browser.elements("[data-question]")[0].value = "4"
    answer(browser, 0)
    browser.click(browser.element("run"))
    browser.tick(5)
    browser.click(browser.element("run"))
    epoch = browser.state["epoch"]
    assert epoch != "0"
    press(browser, "lesson-step", "0")  # to read something again
    press(browser, "lesson-step", "1")
    assert browser.state["epoch"] == epoch
    press(browser, "lesson-step", "4")
    assert browser.state["epoch"] == epoch


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
