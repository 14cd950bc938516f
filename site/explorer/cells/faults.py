"""Exceptions of cells, as the reader is told them: the lines of cells, and none of ours.

Every cell counts as a file `<cell 3>` whose lines Python knows, so that a traceback shows them.
"""

import linecache
import re
import traceback

NAME = re.compile(r"<cell (\d+)>")
OURS = "/explorer/cells/"
MOST_FRAMES = 40
LONGEST = 20_000  # characters


def remember(number, text):
    """Have Python know the lines of a cell; return the name of its file."""
    name = f"<cell {number}>"
    lines = [line + "\n" for line in text.split("\n")]
    linecache.cache[name] = len(text), None, lines, name
    return name


def told(error, advice=lambda error: None):
    """What the page is told: the exception's name, its message, its traceback as lines, and the
    last place in a cell as `cell` and `line`, where there is one.

    Args:
        advice: What it gives for an exception goes behind its message, unless it is None.
    """
    name = type(error).__name__
    if isinstance(error, KeyboardInterrupt):
        return {"name": name, "value": "", "lines": [], "cell": None, "line": None}
    try:
        shown = traceback.TracebackException.from_exception(error, limit=-MOST_FRAMES)
        own_frames_only(shown)
        text = "".join(shown.format())
        value = str(error)
        if said := advice(error):
            value = f"{value}. {said}"
    except Exception:  # noqa: BLE001 - an exception whose message raises one
        text = value = name
    cell, line = place_of(error)
    lines = text[-LONGEST:].rstrip().split("\n")
    return {"name": name, "value": value[:LONGEST], "lines": lines, "cell": cell, "line": line}


def own_frames_only(shown):
    """Take out of a traceback what runs the cells, from it and from those before it."""
    while shown is not None:
        frames = shown.stack
        first = next((i for i, f in enumerate(frames) if NAME.fullmatch(f.filename)), 0)
        kept = [frame for frame in frames[first:] if OURS not in frame.filename]
        shown.stack = traceback.StackSummary.from_list(kept)
        shown = shown.__cause__ or shown.__context__


def place_of(error):
    """(number of the cell, line) where it was raised, or where it is no Python."""
    if isinstance(error, SyntaxError) and (found := NAME.fullmatch(error.filename or "")):
        return int(found[1]), error.lineno
    place = None, None
    step = error.__traceback__
    while step is not None:
        if found := NAME.fullmatch(step.tb_frame.f_code.co_filename):
            place = int(found[1]), step.tb_lineno
        step = step.tb_next
    return place
