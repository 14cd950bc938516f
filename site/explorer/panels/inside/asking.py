"""Hide and ask: numbers of a sheet that the reader works out instead of reading them.

Three levels, as worked examples fade: all numbers shown, the last one hidden, all hidden that can
be worked out. `asked` says which lines are hidden, `answer` judges what was typed, and `log` keeps
every answer: what was asked, what was typed, whether it was right. A lesson may read the log.
"""

from dataclasses import dataclass

from explorer.drawing.figures import is_right, read, shown

LEVELS = ("none", "result", "all")


@dataclass(frozen=True)
class Question:
    """One number that is asked for. key: (phase, layer, unit, number of the line), each from 0
    but the layer, which counts from 1; value: the number; hint: the key of its rule in HINTS."""

    key: tuple
    value: float
    hint: str


@dataclass(frozen=True)
class Answer:
    """What was typed for a question; right: within one of the last shown digit. given_up: the
    reader had the number shown instead."""

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

    def asked(self, place_key, sheet):
        """The questions of a sheet at this level: line number -> Question. place_key: (phase,
        layer, unit) and whatever else tells one sheet from another."""
        if self.level == "none":
            return {}
        lines = [
            (number, line) for number, line in enumerate(sheet.lines)
            if line.tree is not None and (line.final or self.level == "all")
        ]  # fmt: skip
        if self.level == "result":
            lines = lines[-1:]
        return {
            number: Question((*place_key, number), line.value, line.hint) for number, line in lines
        }

    def answer(self, question, typed):
        """Judge what was typed; None where it is no number."""
        if read(typed) is None:
            return None
        return self.settle(Answer(question, typed, is_right(typed, question.value)))

    def give_up(self, question):
        """The reader has the number shown."""
        return self.settle(Answer(question, shown(question.value), False, given_up=True))

    def settle(self, answer):
        self.settled[answer.question.key] = answer
        self.log.append(answer)
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
