"""Lessons on the page: the list, a step, a prediction before Run, a task with its check."""

import csv
import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from fake_browser import FakeBrowser
from hands import press
from lesson_hands import answer, text

from explorer.app.host_messages import HostMessages
from explorer.app.opened_files import RECEIPT, OpenedFiles
from explorer.learning.lessons import library, progress, reader
from explorer.panels.files import Files
from explorer.text.lessons import LESSONS
from explorer.text.receipts import RECEIPTS

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))
from tools.measure_lesson import measure  # noqa: E402

LESSON = """# A first lesson
minutes: 5
learn: what one neuron can do

Some *text* with a [link](#dataset=xor).

## One line

:::predict
Will it work?
- ( ) no
- (x) yes
explain: It is one straight line.
:::

:::task Separate the groups
start: #dataset=gauss&networkShape=&learningRate=0.03
controls: learningRate
check: test_loss < 0.05 and epoch >= 5
hint: Press Run.
when epoch == 0: Nothing has been trained yet.
done: One neuron is enough.
:::

:::ask
How many borders are there?
answer: 1
hint: Look at the picture.
:::
"""


@pytest.fixture
def lesson(open_page):
    browser, app = open_page()
    app.lessons.open_file("first.md", LESSON.encode())
    browser.tick()
    return browser, app


def test_a_lesson_from_beginning_to_end(lesson):
    browser, app = lesson
    assert (browser.state["lesson"], browser.state["task"]) == ("first.md", "1")
    press(browser, "lesson-step", "1")
    assert app.current.dataset == "gauss"
    assert "learningRate" not in app.current.hidden
    assert "noise" in app.current.hidden
    browser.click(browser.element("run"))
    browser.tick(3)
    assert browser.state["epoch"] == "0"
    assert LESSONS["gate_title"] in browser.element("notices").textContent
    browser.elements("[data-question]")[1].checked = True
    press(browser, "lesson-answer")
    assert browser.state["checks-passed"] == "1"
    assert "It is one straight line." not in text(browser)
    press(browser, "lesson-check")
    assert "Nothing has been trained yet." in text(browser)
    browser.click(browser.element("run"))
    browser.tick(8)
    press(browser, "lesson-check", ticks=40)
    assert "One neuron is enough." in text(browser)
    assert "It is one straight line." in text(browser)
    assert browser.state["checks-passed"] == "2"


def test_the_list_opens_a_lesson_of_ours_and_closing_brings_all_controls_back(open_page):
    browser, app = open_page("#noise_hide=true")
    press(browser, "lessons")
    assert [node.getAttribute("data-value") for node in browser.elements(".shelf button")] == list(
        library.NAMES
    )
    assert "10 min" in text(browser)
    press(browser, "lesson-open", "one-neuron")
    press(browser, "lesson-step", "1")
    assert {"dataset", "batchSize"} <= app.current.hidden
    assert browser.hash.startswith("#lesson=one-neuron&")
    press(browser, "lesson-close")
    assert app.current.hidden == {"noise"}
    assert "lesson=" not in browser.hash
    assert browser.state["lesson"] == ""


@pytest.mark.parametrize("name", library.NAMES)
def test_every_step_of_ours_opens(open_page, name):
    browser, _ = open_page(f"#lesson={name}")
    browser.tick()
    assert browser.state["lesson"] == name
    count = len(library.lesson(name).steps)
    for step in range(1, count):
        press(browser, "lesson-step", str(step))
        assert browser.state["task"] == str(step + 1)
    assert LESSONS["hand_in"] in text(browser)


def test_a_link_with_settings_leaves_the_stage_as_it_says(open_page):
    link = "#lesson=smallest-xor&dataset=spiral&networkShape=3"
    browser, app = open_page(link)
    assert browser.state["lesson"] == "smallest-xor"
    assert app.current.dataset == "spiral"


@pytest.mark.parametrize("name", ["nowhere", "../../secret.txt", "//example.org/x.md", "%3Cb%3E"])
def test_a_lesson_that_there_is_not_gets_a_sentence_and_the_list(open_page, name):
    browser, _ = open_page(f"#lesson={name}")
    browser.tick()
    assert "is no lesson of this page" in text(browser)
    assert browser.elements(".shelf button")


def test_a_lesson_beside_the_page_is_fetched(open_page, monkeypatch):
    files = {"mine/xor.md": LESSON.encode()}

    def fetch(_browser, path, _most, done, failed):
        done(files[path]) if path in files else failed()

    monkeypatch.setattr(FakeBrowser, "fetch_bytes", fetch, raising=False)
    browser, _ = open_page("#lesson=mine/xor.md")
    assert browser.state["lesson"] == "mine/xor.md"
    browser, _ = open_page("#lesson=mine/other.md")
    assert "cannot be fetched" in text(browser)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff\xfe\x00", "no text in UTF-8"), (b"# T\n<script>alert(1)</script>", "Line 2: HTML"),
     (b"x" * 5_000_000, "at most 200000 characters")],
    ids=("bytes", "html", "large"),
)  # fmt: skip
def test_a_faulty_file_says_what_is_wrong(open_page, content, said):
    browser, app = open_page()
    app.lessons.open_file("bad.md", content)
    browser.tick()
    assert said in text(browser)
    assert not browser.elements("#lesson script")


def test_hints_come_one_by_one_and_answers_survive_a_reload(lesson, open_page):
    browser, _ = lesson
    press(browser, "lesson-step", "1")
    press(browser, "lesson-hint")
    assert "Press Run." in text(browser)
    browser.elements("[data-question]")[2].value = "3"
    answer(browser, 1)
    assert LESSONS["wrong"] in text(browser)
    browser.elements("[data-question]")[2].value = "1"
    answer(browser, 1)
    assert browser.state["checks-passed"] == "1"
    again, other = open_page(stored=browser.kept)
    other.lessons.open_file("first.md", LESSON.replace("One neuron is enough", "One is").encode())
    again.tick()
    assert (again.state["task"], again.state["checks-passed"]) == ("2", "1")


def solve(browser):
    press(browser, "lesson-step", "1")
    browser.elements("[data-question]")[1].checked = True
    press(browser, "lesson-answer")
    browser.click(browser.element("run"))
    browser.tick(8)
    press(browser, "lesson-check", ticks=40)


def test_thirty_receipts_are_dropped_and_the_forged_one_is_found(lesson, monkeypatch):
    browser, app = lesson
    saved = {}
    monkeypatch.setattr(Files, "save", lambda _, name, text, kind: saved.update({name: text}))
    solve(browser)
    browser.element("lesson-student").value = "Ada"
    press(browser, "lesson-copy")
    honest = browser.clipboard
    press(browser, "lesson-save")
    [name] = saved
    assert name == f"first-Ada{RECEIPT}"
    assert saved[name] == honest
    forged = honest.replace('"loss_test": 0.0', '"loss_test": 0.1')
    assert forged != honest
    OpenedFiles(app).listen()
    texts = [honest] * 28 + [forged, honest[:200]]
    files = [
        SimpleNamespace(name=f"{n}.receipt.json", size=len(each), content=each.encode())
        for n, each in enumerate(texts)
    ]
    OpenedFiles(app).open_all(files)
    for _ in range(600):
        browser.tick()
        if browser.state.get("receipts-checked") == "30":
            break
    states = [row.getAttribute("data-state") for row in browser.elements("#receipts-rows tr")]
    assert states == ["good"] * 28 + ["bad", "unread"]
    assert RECEIPTS["why_differs"] in text(browser)
    press(browser, "receipts-csv")
    rows = list(csv.DictReader(io.StringIO(saved["receipts.csv"])))
    assert [row["doubtful"] for row in rows] == ["0"] * 28 + ["1"]
    assert rows[0]["student"] == "Ada"


def test_a_run_that_cannot_be_repeated_is_told_so(lesson):
    browser, app = lesson
    press(browser, "lesson-step", "1")
    browser.elements("[data-question]")[1].checked = True
    press(browser, "lesson-answer")
    browser.click(browser.element("run"))
    browser.tick(8)
    browser.click(browser.element("run"))
    app.session.set_param(0, 0.9, True)
    press(browser, "lesson-check", ticks=40)
    assert LESSONS["not_proved"] in text(browser)


def test_inside_is_opened_at_the_level_that_is_asked(open_page):
    browser, app = open_page("#lesson=backward")
    press(browser, "lesson-step", "2")
    assert browser.state["inside"] == "input"
    assert app.inside.room.asking.level == "result"
    press(browser, "lesson-check", ticks=10)
    assert "In the phase “Delta”, 2 numbers have to be right; so far: 0." in text(browser)


def test_the_page_around_is_told(open_page):
    browser, app = open_page()
    told = []
    app.lessons.tell = lambda **what: told.append(what)
    app.lessons.open_file("first.md", LESSON.encode())
    browser.tick()
    solve(browser)
    assert [each["what"] for each in told] == ["opened", "step", "passed", "passed"]
    text = told[-1].pop("progress")
    assert progress.read(text) == app.lessons.made.own_progress
    assert told[-1] == {
        "what": "passed", "lesson": "first.md", "step": 2, "steps": 2, "passed": 2, "total": 3,
        "completed": False,
    }  # fmt: skip


def test_the_ten_lines_of_the_guide_work(open_page):
    guide = (ROOT / "docs" / "lessons.md").read_text("utf-8")
    source = guide.split("```md\n")[1].split("```")[0]
    assert len(source.strip().splitlines()) == 10
    lesson = reader.read(source, "xor.md")
    [found] = measure(lesson, 0, None)
    assert found.solved
    browser, app = open_page()
    app.lessons.open_file("xor.md", source.encode())
    browser.tick()
    assert "Separate the four corners" in text(browser)
    assert app.current.dataset == "xor"


def test_a_file_that_no_link_can_name_leaves_the_link_as_it_is(open_page):
    browser, app = open_page()
    app.lessons.open_file("my lesson & more.md", LESSON.encode())
    browser.tick()
    assert browser.state["lesson"] == "my lesson & more.md"
    assert "lesson=" not in browser.hash


def test_a_message_says_what_has_happened_in_a_lesson(open_page):
    browser, app = open_page()
    posted = []
    messages = HostMessages(app, posted.append)
    app.lessons.tell = messages.lesson
    press(browser, "lessons")
    press(browser, "lesson-open", "wine")
    assert posted[-1]["event"] == "lesson"
    assert posted[-1]["nncore"] == 1
    assert (posted[-1]["lesson"], posted[-1]["passed"]) == ("wine", 0)
