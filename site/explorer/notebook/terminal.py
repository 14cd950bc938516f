"""What a terminal would show of printed text: progress bars go back and write over themselves.

Carriage return and backspace move within the line, colours and other escape sequences go.
"""

import re

ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-_])")
MOVES = re.compile(r"[\r\b]")


def shown(text: str) -> str:
    """Return the text as it stands on the screen in the end."""
    if "\x1b" in text:
        text = ESCAPES.sub("", text)
    if not MOVES.search(text):
        return text
    return "\n".join(map(line_of, text.replace("\r\n", "\n").split("\n")))


def line_of(text: str) -> str:
    """Return one line in which the cursor may go back."""
    if not MOVES.search(text):
        return text
    line: list[str] = []
    place = 0
    for part in re.findall(r"\r|\x08+|[^\r\x08]+", text):
        if part == "\r":
            place = 0
        elif part[0] == "\b":
            place = max(place - len(part), 0)
        else:
            line[place : place + len(part)] = part
            place += len(part)
    return "".join(line).rstrip()
