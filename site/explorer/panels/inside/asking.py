"""Hide and ask: numbers of a sheet that the reader works out instead of reading them.

Three levels, as worked examples fade: all numbers shown, results hidden (of a neuron's gradients a
weight's and the bias's), all hidden that can be worked out. A lesson sets `level` and reads `log`:
every Answer in order, each with its Question (which number: `place`, `name`, `value`), what was
typed, whether that was right, and whether the reader gave up. `listeners` are called with each
Answer as it is given. The page's one Asking is `room.asking`: `app.inside.want(then)` calls
then(room) once the part is there. `<html>` publishes `data-inside-asked` and `data-inside-right`,
the two numbers of `score`.
"""

from dataclasses import dataclass

from explorer.drawing.figures import is_right, read, shown
from explorer.panels.inside.reckoning import of_line

LEVELS = ("none", "result", "all")


@dataclass(frozen=True)
class Question:
    """One number that is asked for.

    Attributes:
        key: (phase, layer, unit, ..., number of the line), which tells it from every other number
            of the walk.
        value: The number.
        hint: The key of its rule in HINTS.
        name: What it is called, such as "z", "δ" or the name of an input.
        decimals: How many it is shown with, or None for as many as usual.
        reckoned: What comes of the rounded numbers beside it, or None.
    """

    key: tuple
    value: float
    hint: str
    name: str = ""
    decimals: int | None = None
    reckoned: float | None = None

    @property
    def place(self):
        """(phase, layer, unit): "sum" to "after"; layers from 1, the inputs 0; units from 0."""
        return self.key[:3]

    @property
    def text(self):
        """The number as it is shown."""
        return shown(self.value, decimals=self.decimals)


@dataclass(frozen=True)
class Answer:
    """What was typed for a question.

    Attributes:
        right: Whether it is within one of the last shown digit.
        given_up: Whether the reader had the number shown instead.
    """

    question: Question
    typed: str
    right: bool
    given_up: bool = False


class Asking:
    """The level, the open questions and the answers so far."""

    def __init__(self):
        self.level = "none"
        self.log = []
        self.settled = {}  # by the question's key: the last Answer
        self.listeners = []  # called with each Answer

    def asked(self, place_key, sheet):
        """Return the questions of a sheet at this level: line number -> Question.

        Args:
            place_key: (phase, layer, unit) and whatever else tells one sheet from another.
        """
        if self.level == "none":
            return {}
        lines = [
            (number, line) for number, line in enumerate(sheet.lines)
            if line.tree is not None and (line.final or self.level == "all")
        ]  # fmt: skip
        if self.level == "result":
            lines = lines[-2:]
        return {
            number: Question(
                (*place_key, number), line.value, line.hint, line.name, line.decimals,
                of_line(sheet, number),
            )
            for number, line in lines
        }  # fmt: skip

    def answer(self, question, typed):
        """Judge what was typed; None where it is no number."""
        if read(typed) is None:
            return None
        right = is_right(typed, question.value, question.decimals, question.reckoned)
        return self.settle(Answer(question, typed, right))

    def give_up(self, question):
        """The reader has the number shown."""
        return self.settle(Answer(question, question.text, False, given_up=True))

    def settle(self, answer):
        self.settled[answer.question.key] = answer
        self.log.append(answer)
        for listener in self.listeners:
            listener(answer)
        return answer

    def is_open(self, question):
        """Whether a question still hides its number."""
        answer = self.settled.get(question.key)
        return answer is None or not (answer.right or answer.given_up)

    def forget(self):
        """Another sample or other weights: its numbers are asked anew. The log stays."""
        self.settled = {}

    @property
    def score(self):
        """(right, asked): questions answered right, and answered at all."""
        last = {answer.question.key: answer for answer in self.log}.values()
        return sum(answer.right for answer in last), len(last)
