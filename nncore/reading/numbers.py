"""From the texts of a column to numbers: decimal commas, thousands marks, percents, currencies.

A text may be ambiguous by itself: 1,250 is 1.25 in one country and 1250 in another. So each column
is asked first for texts that can mean one thing only, then the whole table; what is still open is
guessed, and the guess is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from nncore.arrays import FloatArray
from nncore.pauses import result_of

DOT, COMMA = "dot", "comma"
PART = 2_000  # texts that are read between two pauses
CURRENCY = re.compile(r"[$€£¥]|[A-Z]{3}")
BRACKETS = re.compile(r"([$€£¥]?)\s?\((.*)\)")  # accountants' minus
BLANKS = dict.fromkeys(map(ord, "\u00a0\u202f\u2009"), " ")  # no-break and narrow spaces
BLANKS |= {ord("\u2019"): "'", ord("\u2013"): "-"}  # an apostrophe, a dash
AMOUNT = re.compile(
    r"([-+−]?)\s?(?:(?:[$€£¥]|EUR|USD|GBP|CHF)\s?)?([-+−]?)(\d[\d.,' ]*|[.,]\d+)((?:[eE][-+]?\d+)?)"
    r"\s?(%|[$€£¥]|EUR|USD|GBP|CHF)?"
)
WITH_DOT = re.compile(r"(\d{1,3}(?:[,' ]\d{3})+|\d*)(?:\.(\d*))?")
WITH_COMMA = re.compile(r"(\d{1,3}(?:[.' ]\d{3})+|\d*)(?:,(\d*))?")


def _surely(point: str, group: str) -> re.Pattern[str]:
    """Texts that can be read with one decimal mark only."""
    grouped = rf"\d{{1,3}}(?:{group}\d{{3}})+{point}\d+|\d{{1,3}}(?:{group}\d{{3}}){{2,}}"
    plain = rf"0?{point}\d+|\d{{4,}}{point}\d+|\d+{point}(?:\d{{1,2}}|\d{{4,}})"
    return re.compile(rf"[^\d.,]*(?:{plain}|{grouped})(?:[eE][-+]?\d+)?[^\d.,]*")


SURELY_DOT, SURELY_COMMA = _surely(r"\.", ","), _surely(",", r"\.")
OPEN = re.compile(r"[^\d.,]*[1-9]\d{0,2}[.,]\d{3}[^\d.,]*")  # may be either


def votes(cells: Iterable[str]) -> tuple[int, int]:
    """(how many texts surely have a decimal point, how many surely a decimal comma)."""
    dots = commas = 0
    for cell in cells:
        dots += SURELY_DOT.fullmatch(cell) is not None
        commas += SURELY_COMMA.fullmatch(cell) is not None
    return dots, commas


@dataclass
class Numbers:
    """A column as numbers.

    Attributes:
        values: (n,), NaN where the text is no number.
        odd: The places of these texts.
        marks: How often which mark was met: "%", "money", "groups", "brackets" or "mixed".
        infinite: The places of texts that are not finite; their values are NaN.
        open: The places of texts that were guessed.
        mixed: The places of texts with the other decimal mark.
    """

    values: FloatArray
    odd: list[int] = field(default_factory=list)
    marks: Counter[str] = field(default_factory=Counter)
    infinite: list[int] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    mixed: list[int] = field(default_factory=list)


def numbers(cells: Sequence[str], style: str, sure: bool) -> Numbers:
    """Read the texts of a column that are not missing; see `reading_numbers`."""
    return result_of(reading_numbers(cells, style, sure))


def reading_numbers(cells: Sequence[str], style: str, sure: bool) -> Generator[None, None, Numbers]:
    """Read the texts of a column that are not missing; pauses after every PART of them.

    Args:
        style: DOT or COMMA.
        sure: Whether column or table have shown it; else open texts are noted.
    """
    found = Numbers(np.full(len(cells), np.nan))
    known: dict[str, tuple[float | None, str]] = {}
    for start in range(0, len(cells), PART):
        _read_part(found, known, start, cells[start : start + PART], style, sure)
        yield
    return found


def _read_part(
    found: Numbers, known: dict[str, tuple[float | None, str]], start: int, cells: Sequence[str],
    style: str, sure: bool,
) -> None:  # fmt: skip
    """Read some texts into `found`, where the first has the place `start`."""
    quick = _quick(cells, style, sure)
    if quick is not None:
        infinite = ~np.isfinite(quick)
        found.infinite += (np.flatnonzero(infinite) + start).tolist()
        found.values[start : start + len(cells)] = np.where(infinite, np.nan, quick)
        return
    for place, cell in enumerate(cells, start):
        if cell not in known:
            known[cell] = _amount(cell, style)
        value, mark = known[cell]
        if value is None:
            found.odd.append(place)
            continue
        if mark == "infinite":
            found.infinite.append(place)
            continue
        if mark:
            found.marks.update(mark.split())
        if "mixed" in mark:
            found.mixed.append(place)
        if not sure and OPEN.fullmatch(cell):
            found.open.append(place)
        found.values[place] = value


def _quick(cells: Sequence[str], style: str, sure: bool) -> FloatArray | None:
    """Return the numbers, if Python reads them all as they stand, or with a point for the comma."""
    joined = "\n".join(cells)
    if "_" in joined:
        return None
    if style == COMMA and "," in joined:
        if not sure or "." in joined:
            return None
        cells = joined.replace(",", ".").split("\n")
    elif style == COMMA and "." in joined:
        return None
    try:
        return np.array(list(map(float, cells)))
    except ValueError:
        return None


def finite(text: str) -> float | None:
    """Return what Python reads a text as, or None if that is no number or has no end."""
    try:
        value = float(text)
    except ValueError:
        return None
    return None if np.isinf(value) else value


def marks_of(text: str, style: str) -> str:
    """Return the marks that a text was read with, parted by blanks; see Numbers."""
    return _amount(text, style)[1]


def _amount(cell: str, style: str) -> tuple[float | None, str]:
    """(value or None, marks) of one text."""
    text = cell.translate(BLANKS).strip()
    if text.lower().lstrip("+-") in ("inf", "infinity", "1.#inf"):
        return np.nan, "infinite"
    brackets = BRACKETS.fullmatch(text)
    text = brackets[1] + brackets[2].strip() if brackets else text
    match = AMOUNT.fullmatch(text)
    if match is None or (match[1] and match[2]) or (brackets and (match[1] or match[2])):
        return None, ""
    body, marks = match[3].strip(), ["brackets"] if brackets else []
    shape = WITH_COMMA if style == COMMA else WITH_DOT
    parts = shape.fullmatch(body)
    if parts is None or not (parts[1] or parts[2]):
        parts = (WITH_DOT if style == COMMA else WITH_COMMA).fullmatch(body)
        marks.append("mixed")
    if parts is None or not (parts[1] or parts[2]):
        return None, ""
    whole = re.sub(r"\D", "", parts[1])
    if len(whole) < len(parts[1]):
        marks.append("groups")
    value = float(f"{whole or 0}.{parts[2] or 0}{match[4]}")
    if np.isinf(value):
        return np.nan, "infinite"
    if brackets or match[1] in ("-", "−") or match[2] in ("-", "−"):
        value = -value
    if match[5] == "%":
        value, marks = float(np.round(value / 100, 15)), [*marks, "%"]
    elif match[5] or CURRENCY.search(text):
        marks.append("money")
    return value, " ".join(marks)
