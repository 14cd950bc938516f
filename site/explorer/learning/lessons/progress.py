"""How far a student is in a lesson: answers, tasks with the runs that solved them, hints taken.

It is kept by the digests of blocks. When a newer version of a lesson comes, what was answered to
blocks that stayed the same still counts, and the rest is kept beside it, never written over.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from explorer.learning.lessons.journal import Entry
from explorer.learning.lessons.judging import Case, Claim
from explorer.learning.lessons.lesson import Block, Code, Lesson, Question, Step, Task

LONGEST = 400_000  # characters of what a browser keeps for one lesson
MOST_BLOCKS = 200
LONGEST_NAME = 60
MOST_KEPT = 12
Json: TypeAlias = "dict[str, Any]"


@dataclass
class Progress:
    """How far a student is with a lesson.

    Attributes:
        answers: By digest, the number of a choice (from 0) or a number.
        cases: By digest, the Case that solved a task.
        hints: By digest, how many were shown.
        step: The one that is open.
    """

    answers: dict[str, float] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    hints: dict[str, int] = field(default_factory=dict)
    step: int = 0

    def is_done(self, block: Block) -> bool:
        """Whether a task is solved, a question answered right, a prediction made."""
        if isinstance(block, Task):
            return block.digest in self.cases
        if isinstance(block, Code) and not block.shows:
            return True
        given = self.answers.get(block.digest)
        return given is not None and (not block.scored or block.is_right(given))

    def passed(self, lesson: Lesson) -> int:
        return sum(map(self.is_done, lesson.scored))

    def is_complete(self, lesson: Lesson) -> bool:
        return self.passed(lesson) == len(lesson.scored)

    def open_prediction(self, step: Step) -> Question | None:
        """The first prediction of a step that was not made yet."""
        return next((each for each in step.predictions if not self.is_done(each)), None)


# As text ------------------------------------------------------------------------------------------


def fields_of(progress: Progress) -> Json:
    return {
        "answers": progress.answers,
        "hints": progress.hints,
        "step": progress.step,
        "cases": {digest: case_fields(case) for digest, case in progress.cases.items()},
    }


def case_fields(case: Case) -> Json:
    return {
        "run": claim_fields(case.run), "kept": [claim_fields(each) for each in case.kept],
        "right": dict(case.right),
    }  # fmt: skip


def claim_fields(claim: Claim) -> Json:
    return {
        "actions": [list(entry) for entry in claim.entries], "epoch": claim.epoch,
        "batch": claim.batch, "loss_train": claim.loss_train, "loss_test": claim.loss_test,
    }  # fmt: skip


def written(progress: Progress) -> str:
    return json.dumps(fields_of(progress))


def read(text: str | None) -> Progress:
    """The Progress of a text; an empty one if it is none of ours."""
    try:
        if not text or len(text) > LONGEST:
            return Progress()
        return progress_of(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return Progress()


def progress_of(fields: Mapping[str, Any]) -> Progress:
    """Return the Progress that these fields hold.

    Raises:
        ValueError, TypeError, KeyError or AttributeError: If they hold none.
    """
    cases = {str(key): case_of(each) for key, each in some(fields["cases"])}
    answers = {str(key): answer_of(each) for key, each in some(fields["answers"])}
    hints = {str(key): min(9, whole(each)) for key, each in some(fields.get("hints", {}))}
    return Progress(answers, cases, hints, whole(fields.get("step", 0)))


def some(fields: Mapping[str, Any]) -> list[tuple[str, Any]]:
    found = list(fields.items())
    if len(found) > MOST_BLOCKS:
        raise ValueError
    return found


def whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**9:
        raise ValueError
    return value


def answer_of(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError
    return value


def loss_of(value: object) -> float | None:
    return None if value is None else answer_of(value)


def case_of(fields: Mapping[str, Any]) -> Case:
    if len(fields["kept"]) > MOST_KEPT:
        raise ValueError
    right = {str(phase)[:20]: whole(count) for phase, count in some(fields["right"])}
    return Case(claim_of(fields["run"]), tuple(map(claim_of, fields["kept"])), right)


def claim_of(fields: Mapping[str, Any]) -> Claim:
    entries = tuple(
        Entry(whole(epoch), whole(batch), str(text)) for epoch, batch, text in fields["actions"]
    )
    return Claim(
        entries, whole(fields["epoch"]), whole(fields["batch"]), loss_of(fields["loss_train"]),
        loss_of(fields["loss_test"]),
    )  # fmt: skip
