"""Reading a lesson: its parts, and what cannot be used, each with its line and a sentence."""

from pathlib import Path

import pytest

from explorer.app.lessons import words
from explorer.learning.lessons import check_reader, library, reader
from explorer.learning.lessons.blocks import CONTROLS
from explorer.learning.lessons.facts import FACTS
from explorer.learning.lessons.lesson import Code, LessonError, Node, Question, Task

WHOLE = """# A title
minutes: 12
learn: something
hide: speed, history

Text with *weight*, **more**, `code` and a [link](#dataset=xor).

- one
- two
  goes on

## Second

:::predict Guess
How many?
answer: 3 +- 0.5
explain: Because.
:::

:::task Do it
start: #dataset=xor&networkShape=3
controls: learningRate, noise
check: test_loss < 0.1
hint: one
hint: two
  in two lines
when epoch == 0: Run it.
done: Well.
solution: learningRate=0.1 until 50 kept
Some *text*.
:::

:::ask
Which?
- ( ) this => No, not this.
- (x) that
:::

:::code
```
:::task is no block here
```
:::
"""


def faults(text: str) -> str:
    with pytest.raises(LessonError) as caught:
        reader.read(text)
    return words.fault(caught.value)


def block(*lines: str) -> str:
    return "\n".join(("# T", "", *lines))


def task(*lines: str) -> str:
    return block(":::task", *lines, ":::")


def test_a_lesson_is_read_whole() -> None:
    lesson = reader.read(WHOLE, "mine")
    assert (lesson.name, lesson.title, lesson.minutes) == ("mine", "A title", 12)
    assert lesson.hide == {"speed", "history"}
    first, second = lesson.steps
    [text] = first.parts
    assert text[0] == Node(
        "p",
        (
            "Text with ", Node("em", ("weight",)), ", ", Node("strong", ("more",)), ", ",
            Node("code", ("code",)), " and a ", Node("a", ("link",), "#dataset=xor"), ".",
        ),
    )  # fmt: skip
    assert text[1] == Node("ul", (Node("li", ("one",)), Node("li", ("two goes on",))))
    predict, do, ask, code = second.blocks
    assert isinstance(predict, Question)
    assert (predict.answer, predict.tolerance, predict.scored) == (3.0, 0.5, False)
    assert isinstance(do, Task)
    assert do.controls == {"learningRate", "noise"}
    assert [hint[0].children for hint in do.hints] == [("one",), ("two in two lines",)]
    assert do.solution == (("learningRate=0.1", 50, True),)
    assert do.text[0].children[1] == Node("em", ("text",))
    assert isinstance(ask, Question)
    assert [choice.right for choice in ask.choices] == [False, True]
    assert ask.choices[0].feedback[0].children == ("No, not this.",)
    assert isinstance(code, Code)
    assert code.program == ":::task is no block here"


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("no title", 1, "begins with its title"),
        ("# T\nauthor: me\n", 2, "“author:” is not known"),
        ("# T\nminutes: soon\n", 2, "whole number"),
        ("# T\n", 0, "nothing else"),
        (block("<b>bold</b>"), 3, "HTML is not shown"),
        (block("<img src=x onerror=alert(1)>"), 3, "HTML is not shown"),
        (block("![x](y.png)"), 3, "pictures"),
        (block("[out](https://example.org)"), 3, "leads out of this page"),
        (block("[out](javascript:alert(1))"), 3, "leads out of this page"),
        (block("", "| a | b |"), 4, "tables"),
        (block("```", "open"), 3, "not closed"),
        (block(":::quiz", ":::"), 3, "“quiz” is not known"),
        (block(":::task", "check: epoch > 1"), 3, "not closed"),
        (block(":::task", "check: epoch > 1", ":::ask", ":::"), 3, "not closed"),
        (task("start: #dataset=xor"), 3, "check: ..."),
        (task("check: epoch > 1", "check: epoch > 2"), 5, "twice"),
        (task("check: epoch > 1", "start: https://example.org"), 5, "leads out"),
        (task("check: epoch > 1", "start: #dataset=moon"), 5, "cannot be used"),
        (task("check: epoch > 1", "start: #colour=red"), 5, "cannot be used"),
        (task("check: epoch > 1", "controls: colour"), 5, "“colour” is no control"),
        (task("check: epoch > 1", "control: noise"), 5, "is it “controls:”?"),
        (task("check: epoch > 1", "Hint: x"), 5, "is it “hint:”?"),
        (block(":::ask", "answer: 1", "expain: x", ":::"), 5, "is it “explain:”?"),
        (task("check: epoch > 1", "when epoch is odd: no"), 5, "no fact"),
        (task("check: epoch > 1", "when kept(x) > 1: no"), 5, "cannot use seeds"),
        (task("check: epoch > 1", *["hint: x"] * 4), 8, "at most 3 hints"),
        (block(":::ask", "Which?", ":::"), 3, "needs either answers"),
        (block(":::ask", "- ( ) a", "- ( ) b", ":::"), 3, "right one"),
        (block(":::ask", "answer: many", ":::"), 4, "no number"),
        (block(":::ask", "answer: 1", "start: #dataset=xor", ":::"), 5, "level: result"),
        (block(":::ask", "answer: 1", "wrong: 2, too many", ":::"), 5, "wrong: 0.48 => what"),
        (block(":::ask", "- (x) a", "- ( ) b", "wrong: 2 => no", ":::"), 6, "wrong: 0.48 => what"),
        (block(":::code", "words", ":::"), 3, "needs a program"),
        ("# T\n\n" + "x" * 6000, 3, "a line has at most"),
        ("# T\n" + "x\n" * 2_500_000, 0, "at most 200000 characters"),
        (block(*["## S", "x"] * 40), 0, "at most 30 steps"),
    ],
    ids=range(36),
)  # fmt: skip
def test_what_cannot_be_used_is_named_with_its_line(text: str, line: int, part: str) -> None:
    said = faults(text)
    assert said.startswith(f"Line {line}: ") == bool(line)
    assert any(each in said for each in part.split("|")), said


@pytest.mark.parametrize("name", library.NAMES)
def test_ours_can_be_read_and_have_all_that_a_lesson_needs(name: str) -> None:
    lesson = library.lesson(name)
    tasks = [block for block in lesson.blocks if isinstance(block, Task)]
    assert tasks
    assert lesson.learn
    assert lesson.steps[-1].title == "What to take away"
    assert any(step.predictions for step in lesson.steps)
    for each in tasks:
        assert each.hints
        assert each.done
        assert each.solution
        assert each.title
        assert each.start


CHECKS = (
    ("__import__('os').system('x')", "not_allowed"), ("epoch.real > 1", "not_allowed"),
    ("[1][0] > 0", "not_allowed"), ("(lambda: 1)() > 0", "not_allowed"),
    ("2 ** 999 > epoch", "not_allowed"), ("f'{epoch}' == ''", "not_allowed"),
    ("epoch if x else 1", "not_allowed"), ("epoch in (1, 2)", "not_allowed"),
    ("(epoch := 3) > 1", "not_allowed"), ("cost > 0.9", "unknown_fact"),
    ("epochs > 9", "near_fact"),
    ("test_loss", "no_flag"), ("epoch and x", "no_flag"), ("seed + 1 > 2", "no_number"),
    ("activation < 'tanh'", "no_order"), ("activation == 'foo'", "unknown_value"),
    ("test_loss < 0", "never"), ("0 > test_loss", "never"), ("test_accuracy > 1", "never"),
    ("test_loss < 0.1 and test_loss > 0.4", "never"), ("0.4 < test_loss < 0.1", "never"),
    ("test_loss < 1 and seeds(10, epochs=5) > 10", "never"),
    ("kept(test_loss < 0.1 and test_loss > 0.2) > 1", "never"),
    ("seeds(10, epochs=5) > 3", "seeds_of_nothing"),
    ("test_loss < 1 and seeds(10) > 1", "bad_seeds"),
    ("test_loss < 1 and seeds(10, epochs=10**9) > 1", "bad_seeds"),
    ("test_loss < 1 and seeds(50, epochs=5000) > 1", "much_work"),
    ("kept(kept(x) > 1) > 1", "nested"), ("right('thinking') > 1", "no_phase"),
    (" + ".join(["kept(x)"] * 5) + " > 1", "many_calls"), ("epoch >", "no_expression"),
    ("(" * 400, "no_expression"), ("epoch > 1 or " * 60 + "x", "long_check"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "key"), CHECKS, ids=range(len(CHECKS)))
def test_a_check_may_do_little(text: str, key: str) -> None:
    with pytest.raises(LessonError) as caught:
        check_reader.read(text, 7)
    assert (caught.value.key, caught.value.line) == (key, 7)
    assert words.fault(caught.value)


def test_every_fact_has_a_name_and_switches_have_those_of_their_controls() -> None:
    assert all(words.called(name) for name in FACTS)
    assert words.called("init_zero") == "Start from zeros"
    assert words.called("x_squared") == "X1 squared"


def test_the_guide_names_every_control_and_every_fact() -> None:
    guide = (Path(__file__).resolve().parents[3] / "docs" / "lessons.md").read_text("utf-8")
    assert [name for name in (*CONTROLS, *FACTS) if f"`{name}`" not in guide] == []
