"""Reads a lesson from its text: a small Markdown with blocks. docs/lessons.md describes it.

A lesson begins with `# Title` and lines such as `minutes: 10`; each `## Title` begins a step; a
block stands between `:::task` and `:::`, with lines such as `check: ...` before, between or after
its prose. Whatever cannot be used is a LessonError that knows its line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from explorer.learning.lessons import blocks
from explorer.learning.lessons.lesson import Block, Lesson, LessonError, Prose, Step, digest_of
from explorer.learning.lessons.markdown import FENCE, prose
from explorer.settings.link import HIDEABLE

LONGEST = 200_000  # characters
LONGEST_LINE = 5000
MOST_STEPS, MOST_BLOCKS = 30, 60
LONGEST_TITLE = 100
HEAD = ("minutes", "learn", "hide")
KEY = re.compile(r"([a-z]+)\s*:\s*(.*)")
BLOCK = re.compile(r":::\s*([A-Za-z]*)\s*(.*)")


@dataclass
class Draft:
    """A step while it is read.

    Attributes:
        prose: (line number, text) of the prose that is not read yet.
    """

    title: str = ""
    parts: list[Prose | Block] = field(default_factory=list)
    prose: list[tuple[int, str]] = field(default_factory=list)

    def settle(self) -> None:
        """The prose so far is a part of the step."""
        if self.prose:
            found = prose([text for _, text in self.prose], self.prose[0][0])
            if found:
                self.parts.append(found)
            self.prose = []


def read(text: str, name: str = "") -> Lesson:
    """Return the Lesson of a text.

    Raises:
        LessonError: If the text cannot be used.
    """
    if len(text) > LONGEST:
        raise LessonError("long_lesson", most=LONGEST, count=len(text))
    lines = text.removeprefix("\ufeff").splitlines()
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise LessonError("long_line", number, most=LONGEST_LINE)
    title, about, place = head(lines)
    minutes, hide, steps = minutes_of(about), hide_of(about), body(lines, place)
    if not any(step.parts for step in steps):
        raise LessonError("empty")
    if sum(len(step.blocks) for step in steps) > MOST_BLOCKS or len(steps) > MOST_STEPS:
        raise LessonError("many_steps", steps=MOST_STEPS, blocks=MOST_BLOCKS)
    digests = [block.digest for step in steps for block in step.blocks]
    if len(set(digests)) < len(digests):
        twice = next(b for step in steps for b in step.blocks if digests.count(b.digest) > 1)
        raise LessonError("twice", twice.line)
    return Lesson(
        name or digest_of(text), title, minutes, about.get("learn", (0, ""))[1],
        hide, tuple(steps), digest_of(text),
    )  # fmt: skip


def head(lines: Sequence[str]) -> tuple[str, dict[str, tuple[int, str]], int]:
    """(title, {key: (line, value)}, where the rest begins)."""
    place = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if not lines or not lines[place].startswith("# "):
        raise LessonError("no_title", place + 1)
    title, about = lines[place][2:].strip()[:LONGEST_TITLE], {}
    place += 1
    while place < len(lines) and (match := KEY.fullmatch(lines[place].strip())):
        if match[1] not in HEAD:
            raise LessonError("unknown_key", place + 1, text=match[1], known=", ".join(HEAD))
        about[match[1]] = place + 1, match[2].strip()
        place += 1
    return title, about, place


def minutes_of(about: dict[str, tuple[int, str]]) -> int:
    line, text = about.get("minutes", (0, "10"))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 600:
        raise LessonError("minutes", line, text=text)
    return int(text)


def hide_of(about: dict[str, tuple[int, str]]) -> frozenset[str]:
    line, text = about.get("hide", (0, ""))
    return blocks.controls_of(text, line, HIDEABLE) if text else frozenset()


def body(lines: Sequence[str], place: int) -> list[Step]:
    """The steps; what stands before the first `##` is one of its own."""
    drafts = [Draft()]
    while place < len(lines):
        text = lines[place]
        if text.startswith("## "):
            drafts[-1].settle()
            drafts.append(Draft(text[3:].strip()[:LONGEST_TITLE]))
        elif text.strip().startswith(FENCE):
            end = closing(lines, place, FENCE, "open_fence")
            drafts[-1].prose += [(i + 1, lines[i]) for i in range(place, end + 1)]
            place = end
        elif match := BLOCK.fullmatch(text.strip()):
            drafts[-1].settle()
            end = closing(lines, place, ":::", "open_block")
            inside = lines[place + 1 : end]
            drafts[-1].parts.append(blocks.read(match[1], match[2].strip(), inside, place + 1))
            place = end
        else:
            drafts[-1].prose.append((place + 1, text))
        place += 1
    drafts[-1].settle()
    return [Step(draft.title, tuple(draft.parts)) for draft in drafts if draft.parts]


def closing(lines: Sequence[str], place: int, mark: str, fault: str) -> int:
    """Return where what begins at `place` ends with a line of the mark alone; within a block,
    fences hide what they hold.

    Raises:
        LessonError: If there is no such line.
    """
    end = place + 1
    while end < len(lines):
        text = lines[end].strip()
        if text == mark:
            return end
        if mark == ":::" and text.startswith(":::"):
            break
        if mark == ":::" and text.startswith(FENCE):
            end = closing(lines, end, FENCE, "open_fence")
        end += 1
    raise LessonError(fault, place + 1, text=lines[place].strip()[:60])
