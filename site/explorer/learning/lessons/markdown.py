"""A small part of Markdown, read into Nodes.

Paragraphs, headings (###), lists with - or 1., > quotations, fenced code; in a line *emphasis*,
**strong**, `code` and [links](#...) into this page. What is no part of it (HTML, pictures, tables,
links elsewhere) is refused with its line, so that nothing is shown other than it was meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from explorer.learning.lessons.lesson import LessonError, Node, Prose

MOST_DEPTH = 4  # emphasis within emphasis
INLINE = re.compile(
    r"\\(?P<escaped>[\\`*\[\]#_<>-])|`(?P<code>[^`]+)`|\*\*(?P<strong>.+?)\*\*(?!\*)"
    r"|\*(?P<em>[^*\s](?:[^*]*[^*\s])?)\*|(?P<picture>!\[)|\[(?P<text>[^\]]*)\]\((?P<link>[^)]*)\)"
    r"|(?P<html><[A-Za-z/!?][^>]*>?)"
)
ITEM = re.compile(r"(?:[-*]|(\d{1,3})[.)])\s+(.*)")
HEADING = re.compile(r"(#{1,6})\s+(.*)")
FENCE = "```"


def inline(text: str, line: int, depth: int = 0) -> tuple[Node | str, ...]:
    """Return the Nodes of a line of text.

    Raises:
        LessonError: If the text cannot be used.
    """
    found: list[Node | str] = []
    end = 0
    for match in INLINE.finditer(text):
        found.append(text[end : match.start()])
        end = match.end()
        kind = str(match.lastgroup)
        if kind in ("html", "picture"):
            raise LessonError(kind, line, text=match[0][:40])
        if kind == "escaped":
            found.append(match["escaped"])
        elif kind == "code":
            found.append(Node("code", (match["code"],)))
        elif depth == MOST_DEPTH:
            found.append(match[0])
        elif kind == "link":
            target = match["link"].strip()
            if not target.startswith("#"):
                raise LessonError("elsewhere", line, text=target[:60])
            found.append(Node("a", inline(match["text"], line, depth + 1), target))
        else:
            found.append(Node(kind, inline(match[kind], line, depth + 1)))
    found.append(text[end:])
    return joined(found)


def joined(parts: Sequence[Node | str]) -> tuple[Node | str, ...]:
    """The same with neighbouring texts made one, and without empty ones."""
    found: list[Node | str] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return tuple(found)


def prose(lines: Sequence[str], first: int) -> Prose:
    """Return the Nodes of some lines; `first` is the number of the first one.

    Raises:
        LessonError: If the text cannot be used.
    """
    found: list[Node] = []
    place = 0
    while place < len(lines):
        text, line = lines[place].strip(), first + place
        if not text:
            place += 1
        elif text.startswith(FENCE):
            end = fence_end(lines, place, first)
            found.append(Node("pre", ("\n".join(lines[place + 1 : end]),)))
            place = end + 1
        elif heading := HEADING.match(text):
            found.append(Node("h4", inline(heading[2], line)))
            place += 1
        elif text.startswith("|"):
            raise LessonError("table", line)
        elif ITEM.match(text):
            node, place = listed(lines, place, first)
            found.append(node)
        else:
            end = place + 1
            while end < len(lines) and continues(lines[end]):
                end += 1
            rows = [row.strip() for row in lines[place:end]]
            quoted = all(row.startswith(">") for row in rows)
            text = " ".join(row.removeprefix(">").strip() if quoted else row for row in rows)
            node = Node("p", inline(text, line))
            found.append(Node("blockquote", (node,)) if quoted else node)
            place = end
    return tuple(found)


def continues(text: str) -> bool:
    """Whether a line goes on with the paragraph before it."""
    text = text.strip()
    begins = text.startswith((FENCE, "|")) or HEADING.match(text) or ITEM.match(text)
    return bool(text) and not begins


def fence_end(lines: Sequence[str], place: int, first: int) -> int:
    """Return where the fence ends that begins at `place`.

    Raises:
        LessonError: If it ends nowhere.
    """
    for end in range(place + 1, len(lines)):
        if lines[end].strip() == FENCE:
            return end
    raise LessonError("open_fence", first + place)


def listed(lines: Sequence[str], place: int, first: int) -> tuple[Node, int]:
    """(the list that begins at `place`, where it ends). Its items may go on in further lines."""
    begin = ITEM.match(lines[place].strip())
    numbered = begin is not None and begin[1] is not None
    items: list[Node] = []
    while place < len(lines) and (item := ITEM.match(lines[place].strip())):
        if (item[1] is not None) != numbered:
            break
        line, texts = first + place, [item[2]]
        place += 1
        while place < len(lines) and continues(lines[place]):
            texts.append(lines[place].strip())
            place += 1
        items.append(Node("li", inline(" ".join(texts), line)))
    return Node("ol" if numbered else "ul", tuple(items)), place
