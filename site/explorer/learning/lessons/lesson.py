"""What a lesson is made of: steps with prose, predictions, tasks, questions and code.

All of it is plain data, read from a text by `reader`. Prose is a tuple of Nodes; a panel makes
elements of them, and nothing in a lesson can be anything else. A block is known by the digest of
its own text, so that answers to what has not changed survive a new version of a lesson.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from explorer.learning.lessons.checks import Check


class LessonError(ValueError):
    """Something in a lesson cannot be used.

    Args:
        key: The key of a sentence in the page's texts.
        line: Where, from 1; 0 stands for the whole lesson.
        words: What the sentence puts in.
    """

    def __init__(self, key: str, line: int = 0, **words: object) -> None:
        super().__init__(f"line {line}: {key} {words}")
        self.key, self.line, self.words = key, line, words


class Node(NamedTuple):
    """An element of prose.

    Attributes:
        link: Where an `a` leads, always a link of this page.
    """

    tag: str
    children: tuple[Node | str, ...]
    link: str = ""


Prose: TypeAlias = "tuple[Node, ...]"


@dataclass(frozen=True)
class Choice:
    """One of some answers.

    Attributes:
        feedback: What to say to who chooses it.
    """

    text: Prose
    right: bool
    feedback: Prose = ()


@dataclass(frozen=True)
class Question:
    """A question with choices or with a number, whichever there is.

    Attributes:
        scored: Whether it has to be answered right; a prediction (False) only has to be made, and
            before the network is trained.
        explain: Shown afterwards.
        wrong: Usual wrong numbers, and what to say to each.
    """

    digest: str
    line: int
    scored: bool
    title: str
    text: Prose
    choices: tuple[Choice, ...] = ()
    answer: float | None = None
    tolerance: float = 0.0
    hints: tuple[Prose, ...] = ()
    explain: Prose = ()
    wrong: tuple[tuple[float, Prose], ...] = ()

    def feedback(self, given: float) -> Prose:
        """What there is to say to a wrong answer, the number of a choice or a number."""
        if self.choices:
            return self.choices[int(given)].feedback
        near = self.tolerance * (1 + 1e-9)
        return next((said for number, said in self.wrong if abs(given - number) <= near), ())

    def is_right(self, given: object) -> bool:
        """Whether an answer is right: the number of a choice, from 0, or a number."""
        if self.choices:
            place = given if isinstance(given, int) else -1
            return 0 <= place < len(self.choices) and self.choices[place].right
        if not isinstance(given, (int, float)) or self.answer is None:
            return False
        return abs(given - self.answer) <= self.tolerance * (1 + 1e-9)


@dataclass(frozen=True)
class Task:
    """Something to do on the stage until a check holds.

    Attributes:
        start: The link to begin with, or "".
        controls: Keys of what may be changed; None for all.
        level: How much "Inside" asks for ("result" or "all"), or "".
        wrong: Checks for usual wrong states, and what to say.
        solution: (changes as link text, epochs, kept) of the runs that solve it, for the tests and
            for `build.py lesson`.
    """

    digest: str
    line: int
    title: str
    text: Prose
    check: Check
    start: str = ""
    controls: frozenset[str] | None = None
    level: str = ""
    hints: tuple[Prose, ...] = ()
    wrong: tuple[tuple[Check, Prose], ...] = ()
    done: Prose = ()
    solution: tuple[tuple[str, int, bool], ...] = ()


@dataclass(frozen=True)
class Code:
    """A program to read, to take along, and to run as a cell of the notebook.

    Attributes:
        shows: What a cell has to print or give for the block to be done; "" asks for nothing.
    """

    digest: str
    line: int
    title: str
    text: Prose
    program: str
    shows: str = ""
    hints: tuple[Prose, ...] = ()

    @property
    def scored(self) -> bool:
        return bool(self.shows)

    def is_right(self, given: object) -> bool:
        """Whether what is kept of it says that a cell has shown it."""
        return given == 1


Block: TypeAlias = "Question | Task | Code"


@dataclass(frozen=True)
class Step:
    """What is shown at a time: a title and, in order, prose and blocks."""

    title: str
    parts: tuple[Prose | Block, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(part for part in self.parts if not isinstance(part, tuple))

    @property
    def predictions(self) -> tuple[Question, ...]:
        found = (block for block in self.blocks if isinstance(block, Question))
        return tuple(block for block in found if not block.scored)


@dataclass(frozen=True)
class Lesson:
    """A lesson.

    Attributes:
        name: The name, as in links.
        digest: The digest of its whole text.
        hide: Keys of controls it hides.
    """

    name: str
    title: str
    minutes: int
    learn: str
    hide: frozenset[str]
    steps: tuple[Step, ...]
    digest: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for step in self.steps for block in step.blocks)

    @property
    def scored(self) -> tuple[Block, ...]:
        """What has to be solved: tasks, questions, programs that are to show something; predictions
        have to be made."""
        return tuple(each for each in self.blocks if not isinstance(each, Code) or each.shows)


def digest_of(text: str) -> str:
    """A short name for a text that another text does not have."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
