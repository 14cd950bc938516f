"""A receipt: what a student hands in, and how a teacher's page finds out whether it is so.

A receipt names the lesson and its version and holds the answers and the runs that solved the
tasks. Every run is trained again: an edited action or number comes to other numbers. What a
student typed by hand is compared with the lesson; nobody can say who has typed it.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from explorer.learning.lessons import progress as kept
from explorer.learning.lessons.journal import NoReplay
from explorer.learning.lessons.judging import judge
from explorer.learning.lessons.lesson import Code, Lesson, LessonError, Question, Task
from explorer.learning.lessons.progress import Progress
from nncore.kernel.engine import Engine

VERSION = 1
KEY = "nncore-receipt"
ENDING = ".receipt.json"
LONGEST = 400_000  # characters


@dataclass(frozen=True)
class Receipt:
    """What was read.

    Attributes:
        digest: Of the lesson that the student had.
    """

    student: str
    lesson: str
    title: str
    digest: str
    progress: Progress


@dataclass(frozen=True)
class Line:
    """What became of one block.

    Attributes:
        verdict: "holds" (done, and proved), "fails" (its check does not hold), "differs" (the
            replay comes to other numbers), "no_replay", "right", "wrong", "said" (a prediction that
            was made) or "open".
        given: An answer.
    """

    title: str
    verdict: str
    given: float | None = None


GOOD = ("holds", "right", "said")
FORGED = ("differs", "fails", "no_replay")


@dataclass(frozen=True)
class Report:
    """What is to be said of a receipt.

    Attributes:
        same: Whether it is of this version of the lesson.
    """

    receipt: Receipt
    lines: tuple[Line, ...]
    same: bool

    @property
    def passed(self) -> int:
        return sum(line.verdict in GOOD for line in self.lines)

    @property
    def doubtful(self) -> tuple[Line, ...]:
        """What is claimed and is not so."""
        return tuple(line for line in self.lines if line.verdict in FORGED)


def clean(name: str) -> str:
    """A name as it is shown: one line, not too long."""
    return "".join(c for c in name.strip() if c.isprintable())[: kept.LONGEST_NAME]


def file_name(lesson: Lesson, student: str) -> str:
    """What a receipt's file is called: the lesson and who did it, so that thirty can lie together.

    Of the student's name it takes letters and digits of any script; hyphens stand for the rest.
    """
    words = "".join(c if c.isalnum() else " " for c in clean(student)).split()
    return "-".join([lesson.name.removesuffix(".md"), *words]) + ENDING


def written(lesson: Lesson, progress: Progress, student: str) -> str:
    """A receipt as text."""
    known = {block.digest for block in lesson.scored}
    own = Progress(
        {digest: given for digest, given in progress.answers.items() if digest in known},
        {digest: case for digest, case in progress.cases.items() if digest in known},
        {digest: count for digest, count in progress.hints.items() if digest in known},
        progress.step,
    )
    head = {
        KEY: VERSION, "student": clean(student), "lesson": lesson.name, "title": lesson.title,
        "digest": lesson.digest,
    }  # fmt: skip
    return json.dumps(head | kept.fields_of(own), indent=1)


def read(text: str) -> Receipt:
    """Return the Receipt of a text.

    Raises:
        LessonError: With the sentence that fits.
    """
    if len(text) > LONGEST:
        raise LessonError("receipt_long", most=LONGEST)
    try:
        fields = json.loads(text)
        version = fields[KEY]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise LessonError("receipt_cut") from None
    if version != VERSION:
        raise LessonError("receipt_version", text=str(version)[:20])
    try:
        names = [clean(str(fields[key])) for key in ("student", "lesson", "title", "digest")]
        return Receipt(names[0], names[1], names[2], names[3], kept.progress_of(fields))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        raise LessonError("receipt_edited") from None


def several(text: str) -> list[str]:
    """The receipts of a text into which some were pasted, one after the other."""
    found: list[str] = []
    decoder, place = json.JSONDecoder(), 0
    while (begin := text.find("{", place)) >= 0:
        try:
            _, place = decoder.raw_decode(text, begin)
        except (ValueError, RecursionError):
            return [*found, text[begin:]]
        found.append(text[begin:place])
    return found or [text]


def verify(
    receipt: Receipt, lesson: Lesson, engine: Engine | None = None
) -> Generator[None, None, Report]:
    """A generator that trains all runs of a receipt again, and returns the Report."""
    lines = []
    for number, block in enumerate(lesson.scored, 1):
        title = block.title or str(number)
        if not isinstance(block, Task):
            lines.append(answered(block, title, receipt.progress))
        else:
            verdict = yield from solved(block, receipt.progress, engine)
            lines.append(Line(title, verdict))
    return Report(receipt, tuple(lines), receipt.digest == lesson.digest)


def answered(block: Question | Code, title: str, progress: Progress) -> Line:
    given = progress.answers.get(block.digest)
    if given is None:
        return Line(title, "open")
    if not block.scored:
        return Line(title, "said", given)
    return Line(title, "right" if block.is_right(given) else "wrong", given)


def solved(task: Task, progress: Progress, engine: Engine | None) -> Generator[None, None, str]:
    """The verdict on a task."""
    case = progress.cases.get(task.digest)
    if case is None:
        return "open"
    try:
        found = yield from judge(task.check, case, engine)
    except NoReplay:
        return "no_replay"
    if not found.proved or found.unproved:
        return "differs"
    return "holds" if found.holds else "fails"


def table(reports: Sequence[Report]) -> list[list[str]]:
    """The reports as rows for a gradebook; the first one is the head."""
    most = max((len(report.lines) for report in reports), default=0)
    head = ["student", "lesson", "passed", "of", "doubtful", "version"]
    rows = [[*head, *(f"part {number}" for number in range(1, most + 1))]]
    for report in reports:
        receipt = report.receipt
        rows.append([
            safe(receipt.student), safe(receipt.lesson), str(report.passed),
            str(len(report.lines)), str(len(report.doubtful)),
            "same" if report.same else "other", *(line.verdict for line in report.lines),
        ])  # fmt: skip
    return rows


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
