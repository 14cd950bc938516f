"""Reads the blocks of a lesson: predict, ask, task and code.

Within a block, a line that begins with one of its keys, such as `hint:`, is that key's value and
goes on in lines that are indented; the answers of a question are items `- ( ) text`, the right
ones `- (x) text`, each with ` => feedback` if there is some. Everything else is prose.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from explorer.learning.lessons import check_reader
from explorer.learning.lessons.lesson import (
    Block,
    Choice,
    Code,
    LessonError,
    Node,
    Prose,
    Question,
    Task,
    digest_of,
)
from explorer.learning.lessons.markdown import FENCE, fence_end, inline, prose
from explorer.settings import link

MOST_HINTS = 3
MOST_CHOICES = 10
LONGEST_PROGRAM = 20_000
LEVELS = ("result", "all")
# What a task's `controls` may name: what changes the run.
CONTROLS = (
    "learningRate", "activation", "regularization", "regularizationRate", "problem", "dataset",
    "percTrainData", "noise", "batchSize", "numHiddenLayers", "optimizer", "seed",
)  # fmt: skip
KEYS = {
    "predict": ("answer", "explain"),
    "ask": (
        "answer",
        "wrong",
        "hint",
        "explain",
        "start",
        "level",
        "check",
        "controls",
        "done",
        "solution",
    ),
    "task": ("start", "controls", "check", "hint", "done", "solution"),
    "code": ("shows", "hint"),
}
CHOICE = re.compile(r"[-*]\s+\(( |x|X)\)\s+(.*)")
WHEN = re.compile(r"when\s+(.+?):\s+(.*)")
ANSWER = re.compile(r"(-?\d+(?:\.\d+)?)(?:\s*(?:\+-|±)\s*(\d+(?:\.\d+)?))?")
WRONG = re.compile(r"(-?\d+(?:\.\d+)?)\s*=>\s*(.+)")
SOLUTION = re.compile(r"(\S*)\s*until\s+(\d{1,5})(\s+kept)?")


class Entry(NamedTuple):
    """A line with a key, and the lines that go on with it."""

    key: str
    line: int
    text: str


class Body(NamedTuple):
    """A block taken apart: entries in order, choices, and the prose with its first line."""

    entries: list[Entry]
    choices: list[Entry]
    prose: list[str]

    def all(self, key: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.key == key]

    def one(self, key: str) -> Entry | None:
        found = self.all(key)
        if found[1:]:
            raise LessonError("key_twice", found[1].line, text=key)
        return found[0] if found else None


def read(kind: str, title: str, lines: Sequence[str], line: int) -> Block:
    """Return the block whose opening stands in `line`.

    Raises:
        LessonError: If the text cannot be used.
    """
    if kind not in KEYS:
        raise LessonError("unknown_block", line, text=kind, known=", ".join(KEYS))
    digest = digest_of("\n".join((kind, title, *lines)))
    if kind == "code":
        return code(title, lines, line, digest)
    body = taken_apart(kind, lines, line + 1)
    if kind == "task" or body.one("level") is not None:
        return task(title, body, line, digest)
    return question(kind == "ask", title, body, line, digest)


def taken_apart(kind: str, lines: Sequence[str], first: int) -> Body:
    """Sort the lines of a block; what is no prose becomes an empty line of it."""
    body, place = Body([], [], []), 0
    begin = re.compile(rf"({'|'.join(KEYS[kind])})\s*:\s*(.*)")
    while place < len(lines):
        text, line = lines[place].strip(), first + place
        when, choice = WHEN.fullmatch(text), CHOICE.fullmatch(text)
        key = begin.fullmatch(text)
        place += 1
        if text.startswith(FENCE):
            end = fence_end(lines, place - 1, first)
            body.prose.extend(lines[place - 1 : end + 1])
            place = end + 1
        elif not (when or choice or key):
            if re.match(r"when\s", text) and kind == "task":
                raise LessonError("when", line, text=text[:60])
            no_misspelt_key(kind, text, line)
            body.prose.append(lines[place - 1])
        else:
            body.prose.append("")
            while place < len(lines) and lines[place][:1] in (" ", "\t") and lines[place].strip():
                text += " " + lines[place].strip()
                body.prose.append("")
                place += 1
            if choice:
                match = CHOICE.fullmatch(text)
                body.choices.append(Entry(match[1].strip(), line, match[2]))  # type: ignore[index]
            else:
                match = (WHEN if when else begin).fullmatch(text)
                name, value = ("when", text) if when else match.groups()  # type: ignore[union-attr]
                body.entries.append(Entry(name, line, value.strip()))
    return body


def no_misspelt_key(kind: str, text: str, line: int) -> None:
    """Refuse a line that begins with what is nearly a key: students would read it as prose."""
    match = re.match(r"([A-Za-z]+)\s*:\s", f"{text} ")
    known = [*KEYS[kind], *(["when"] if kind == "task" else [])]
    near = get_close_matches(match[1].lower(), known, 1, 0.75) if match else []
    if near:
        raise LessonError("misspelt_key", line, text=match[1], known=near[0])  # type: ignore[index]


def said(entry: Entry | None) -> Prose:
    """An entry's text as a paragraph."""
    return (Node("p", inline(entry.text, entry.line)),) if entry is not None else ()


def hints_of(body: Body) -> tuple[Prose, ...]:
    found = body.all("hint")
    if len(found) > MOST_HINTS:
        raise LessonError("many_hints", found[MOST_HINTS].line, most=MOST_HINTS)
    return tuple(said(entry) for entry in found)


# Questions ----------------------------------------------------------------------------------------


def question(scored: bool, title: str, body: Body, line: int, digest: str) -> Question:
    for entry in body.entries:
        if entry.key not in ("answer", "wrong", "hint", "explain"):
            raise LessonError("key_needs_level", entry.line, text=entry.key)
    answer, number, tolerance = body.one("answer"), None, 0.0
    if (answer is None) == (not body.choices):
        raise LessonError("no_answer", line)
    if len(body.choices) > MOST_CHOICES or len(body.choices) == 1:
        raise LessonError("choices", line, most=MOST_CHOICES)
    if answer is not None:
        match = ANSWER.fullmatch(answer.text)
        if match is None:
            raise LessonError("bad_answer", answer.line, text=answer.text[:40])
        number, tolerance = float(match[1]), float(match[2] or 0)
    choices = tuple(map(choice_of, body.choices))
    if scored and choices and not any(choice.right for choice in choices):
        raise LessonError("none_right", line)
    return Question(
        digest, line, scored, title, prose(body.prose, line + 1), choices, number, tolerance,
        hints_of(body), said(body.one("explain")),
        tuple(wrong_of(entry, bool(choices)) for entry in body.all("wrong")),
    )  # fmt: skip


def wrong_of(entry: Entry, beside_choices: bool) -> tuple[float, Prose]:
    """A usual wrong number, and what to say to it."""
    match = WRONG.fullmatch(entry.text)
    if match is None or beside_choices:
        raise LessonError("bad_wrong", entry.line, text=entry.text[:40])
    return float(match[1]), said(entry._replace(text=match[2]))


def choice_of(entry: Entry) -> Choice:
    text, arrow, feedback = entry.text.partition(" => ")
    more = said(Entry("", entry.line, feedback)) if arrow else ()
    return Choice((Node("p", inline(text.strip(), entry.line)),), bool(entry.key), more)


# Tasks --------------------------------------------------------------------------------------------


def task(title: str, body: Body, line: int, digest: str) -> Task:
    if body.choices:
        raise LessonError("choices_in_task", body.choices[0].line)
    check = body.one("check")
    if check is None:
        raise LessonError("no_check", line)
    level = body.one("level")
    if level is not None and level.text not in LEVELS:
        raise LessonError("bad_level", level.line, text=level.text[:40], known=", ".join(LEVELS))
    controls = body.one("controls")
    wrong = []
    for entry in body.all("when"):
        match = WHEN.fullmatch(entry.text)
        assert match is not None, "it was found by this pattern"
        wrong.append(
            (
                check_reader.read(match[1], entry.line, inner=False),
                said(entry._replace(text=match[2])),
            )
        )
    return Task(
        digest, line, title, prose(body.prose, line + 1), check_reader.read(check.text, check.line),
        link_of(body.one("start")),
        None if controls is None else controls_of(controls.text, controls.line, CONTROLS),
        level.text if level else "", hints_of(body), tuple(wrong),
        said(body.one("done") or body.one("explain")),
        tuple(solution_of(entry) for entry in body.all("solution")),
    )  # fmt: skip


def controls_of(text: str, line: int, known: Collection[str]) -> frozenset[str]:
    """The keys of controls, separated by commas or blanks; "none" for none of them."""
    names = [] if text.strip() == "none" else re.split(r"[\s,]+", text.strip())
    for name in names:
        if name not in known:
            raise LessonError("unknown_control", line, text=name[:40], known=", ".join(known))
    return frozenset(names)


def link_of(entry: Entry | None) -> str:
    """A link of this page, without its `#`; every key and value of it has to be understood."""
    if entry is None:
        return ""
    text = entry.text
    if not text.startswith("#"):
        raise LessonError("elsewhere", entry.line, text=text[:60])
    _, problems = link.decode(text)
    unknown = [
        part for part in text[1:].split("&")
        if part and part.partition("=")[0] not in link.BY_KEY and not part.endswith("_hide=true")
    ]  # fmt: skip
    if problems or unknown:
        fault = problems[0] if problems else unknown[0]
        raise LessonError("bad_link", entry.line, text=str(fault)[:200])
    return text[1:]


def solution_of(entry: Entry) -> tuple[str, int, bool]:
    match = SOLUTION.fullmatch(entry.text)
    if match is None:
        raise LessonError("bad_solution", entry.line, text=entry.text[:60])
    changes = match[1].removeprefix("#")
    link_of(Entry("", entry.line, f"#{changes}"))
    return changes, int(match[2]), bool(match[3])


# Code ---------------------------------------------------------------------------------------------


def code(title: str, lines: Sequence[str], line: int, digest: str) -> Code:
    """Prose, one fence with the program, and what it has to show, if anything."""
    begin = next((i for i, text in enumerate(lines) if text.strip().startswith(FENCE)), None)
    if begin is None:
        raise LessonError("no_program", line)
    end = fence_end(lines, begin, line + 1)
    program = "\n".join(lines[begin + 1 : end])
    if len(program) > LONGEST_PROGRAM:
        raise LessonError("long_program", line, most=LONGEST_PROGRAM)
    rest = [*lines[:begin], *([""] * (end + 1 - begin)), *lines[end + 1 :]]
    body = taken_apart("code", rest, line + 1)
    shows, hints = body.one("shows"), hints_of(body)
    text = prose(body.prose, line + 1)
    return Code(digest, line, title, text, program, shows.text if shows else "", hints)
