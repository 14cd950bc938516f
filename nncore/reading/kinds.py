"""What a column is taken for: numbers, categories, dates, text, or the number of the row.

The texts of a column are looked at as a whole. Where nearly all are numbers, the few that are not
are named and taken for missing; where quotes tell names from numbers, they are believed.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from heapq import merge

import numpy as np

from nncore.arrays import FloatArray
from nncore.reading.columns import HEAD, SLICE, Column, day_of, placed, written
from nncore.reading.dialects import Quoted
from nncore.reading.faults import Doubt
from nncore.reading.numbers import COMMA, DOT, Numbers, reading_numbers, votes

MISSING = {"", "NA", "N/A", "n/a", "NaN", "nan", "NAN", "NULL", "null", "<NA>", "#N/A", "?",
           "#NV", "#DIV/0!", "#VALUE!", "NaT"}  # fmt: skip
MISSING_NUMBERS = {"-", "--", "---", ".", "..", "na", "none", "None", "NONE", "missing", "unknown",
                   "*", "k.A.", "k. A."}  # fmt: skip
MOSTLY = 0.75  # the share of numbers from which on a column is one of numbers
LEAST_MOSTLY = 3  # numbers that there must be then
PART = 2_000  # the same, where each takes longer
SAMPLE = 200  # texts that are asked for the style of numbers
MOST_CATEGORIES = 50
FEW_ROWS = 10
LONG_TEXT = 40  # letters
WORDS = 4
ZEROS = re.compile(r"0\d+")
ROW_NAMES = re.compile(r"(|unnamed: ?0|index|idx|id|no\.?|nr\.?|row|rownames|row_?(id|number)|#|"
                       r"x1?|obs|case|.*[_ ]id|year|time|t|step)", re.IGNORECASE)  # fmt: skip
IDENTIFIER = re.compile(
    r"(.*[_ .-])?(id|identifier|uuid|key|name|code|number|no|nr)", re.IGNORECASE
)


@dataclass(frozen=True)
class Style:
    """How the table as a whole writes numbers.

    Attributes:
        decimal: DOT or COMMA.
        sure: Whether a text has shown it.
        separator: That of the fields.
        quotes_mean: Whether quotes tell text from numbers, because only some fields have them.
    """

    decimal: str = DOT
    sure: bool = True
    separator: str = ","
    quotes_mean: bool = False


def style_of(columns: Sequence[Sequence[str]], separator: str) -> Style:
    """Return the Style of a table, from the first texts of each column."""
    dots = commas = quoted = bare = 0
    open_commas = False
    for cells in columns:
        some = cells[:SAMPLE]
        more_dots, more_commas = votes(some)
        dots, commas = dots + more_dots, commas + more_commas
        open_commas |= any("," in cell for cell in some)
        strings = sum(isinstance(cell, Quoted) for cell in some)
        quoted, bare = quoted + strings, bare + sum(map(bool, some)) - strings
    decimal = COMMA if commas > dots or (not dots and separator != "," and open_commas) else DOT
    return Style(decimal, bool(dots or commas), separator, bool(quoted and bare))


def typed(
    name: str, cells: list[str], style: Style
) -> Generator[None, None, tuple[Column, list[Doubt]]]:
    """Return what a column is taken for, and what is doubtful about it; pauses in between."""
    head = tuple(map(str, cells[:HEAD]))
    plain = yield from plain_numbers(cells, style)
    if plain is not None:
        infinite = np.isinf(plain)
        rows = tuple(int(row) + 1 for row in np.flatnonzero(infinite))
        values = tuple(dict.fromkeys(cells[row - 1] for row in rows[:20]))
        plain[infinite] = np.nan
        doubts = [Doubt("infinite", name, rows, values, len(rows))] if rows else []
        if not np.isnan(plain).all():
            return Column(name, "number", plain, head=head), doubts
    here: list[int] = []
    texts: list[str] = []
    for start in range(0, len(cells), SLICE):
        piece = enumerate(cells[start : start + SLICE], start)
        some = [i for i, cell in piece if cell.strip() not in MISSING or is_word(cell)]
        here += some
        texts += [cells[i] for i in some]
        yield
    if not here:
        none = np.full(len(cells), np.nan)
        return Column(name, "empty", none, head=head), [Doubt("empty_column", name)]
    column, doubts = yield from as_numbers(name, texts, here, len(cells), style)
    if column is None:
        column = yield from as_dates(name, texts, here, len(cells))
    if column is None:
        column = yield from as_names(name, texts, here, len(cells))
    return replace(column, head=head), doubts


def plain_numbers(cells: list[str], style: Style) -> Generator[None, None, FloatArray | None]:
    """Return the values of a column that Python reads as they stand, or None."""
    if style.decimal != DOT or any(map(ZEROS.fullmatch, cells[:SAMPLE])):
        return None
    values = np.empty(len(cells))
    for start in range(0, len(cells), SLICE):
        piece = cells[start : start + SLICE]
        try:
            values[start : start + SLICE] = list(map(float, piece))
        except ValueError:
            return None
        if "_" in "".join(piece) or Quoted in set(map(type, piece)):
            return None
        yield
    return values


def is_missing(cell: str) -> bool:
    """Whether a text means that the value is missing; a quoted NA is the word."""
    return cell.strip() in MISSING and not is_word(cell)


def is_word(cell: str) -> bool:
    """Whether a text of MISSING stands in quotes, and so for itself."""
    return isinstance(cell, Quoted) and cell.strip().isalpha()


# Numbers ----------------------------------------------------------------------------------------


def as_numbers(
    name: str, texts: list[str], here: list[int], n: int, style: Style
) -> Generator[None, None, tuple[Column | None, list[Doubt]]]:
    """Return the column as numbers, or None and what is doubtful nevertheless, with pauses."""
    if style.quotes_mean and all_quoted_names(texts, style.separator):
        digits = texts[0].strip().isdigit()
        return None, [Doubt("quoted_digits", name)] if digits else []
    dots, commas = votes(texts[:SAMPLE])
    decimal, sure = style.decimal, style.sure
    if bool(dots) != bool(commas):
        decimal, sure = (COMMA if commas else DOT), True
    found = yield from reading_numbers(texts, decimal, sure)
    good = len(texts) - len(found.odd)
    said: list[int] = []
    odd: list[int] = []
    for start in range(0, len(found.odd) if good else 0, SLICE):
        for i in found.odd[start : start + SLICE]:
            (said if texts[i].strip() in MISSING_NUMBERS else odd).append(i)
        yield
    if not good or (odd and (good < LEAST_MOSTLY or good < MOSTLY * (good + len(odd)))):
        return None, []
    if len(said) == len(found.odd) and said and good < LEAST_MOSTLY:
        return None, []
    zeros = [text for text in texts[:SAMPLE] if ZEROS.fullmatch(text)]
    if zeros and not found.odd and all(text.isdigit() for text in texts):
        return None, [Doubt("leading_zeros", name, values=(zeros[0],))]
    column = Column(name, "number", (yield from placed(found.values, here, n)))
    doubts = number_doubts(name, texts, here, found, odd, said, decimal)
    return column, [*doubts, *quote_damage(name, texts, here, found.values, style)]


def all_quoted_names(texts: list[str], separator: str) -> bool:
    """Whether all texts are quoted without need, and none has a decimal point."""
    return all(
        isinstance(text, Quoted) and not (separator and separator in text) and "." not in text
        for text in texts
    )


def number_doubts(
    name: str, texts: list[str], here: list[int], found: Numbers, odd: list[int], said: list[int],
    decimal: str,
) -> list[Doubt]:  # fmt: skip
    """Return what is doubtful about numbers that were read."""

    def doubt(kind: str, places: list[int], reading: bool = True) -> Doubt:
        values = tuple(dict.fromkeys(texts[i] for i in places[:20]))
        value = written(found.values[places[:1]])[0] if reading and places else ""
        rows = tuple(here[i] + 1 for i in places)
        return Doubt(kind, name, rows, values, len(places), value)

    doubts = []
    for kind, places in (("odd", odd), ("missing_words", said), ("infinite", found.infinite)):
        if places:
            doubts.append(doubt(kind, places, reading=False))
    if found.mixed:
        doubts.append(doubt("mixed_decimals", found.mixed))
    if found.open:
        doubts.append(doubt("comma_guess", found.open[:1]))
    elif found.marks["groups"]:
        mark = "." if decimal == COMMA else ","
        marked = (i for i, t in enumerate(texts) if mark in t or " " in t.strip() or "'" in t)
        doubts.append(doubt("groups", [next(marked)]))
    if found.marks["%"]:
        doubts.append(doubt("percent", [next(i for i, t in enumerate(texts) if "%" in t)]))
    if found.marks["money"]:
        doubts.append(Doubt("money", name))
    return doubts


def quote_damage(
    name: str, texts: list[str], here: list[int], values: FloatArray, style: Style
) -> list[Doubt]:
    """Quoted texts with a point beside bare whole numbers: a spreadsheet of another language."""
    if style.separator == "," or Quoted not in set(map(type, texts)):
        return []
    pointed = [i for i, t in enumerate(texts) if isinstance(t, Quoted) and "." in t]
    whole = [i for i, t in enumerate(texts) if not isinstance(t, Quoted) and t.isdigit()]
    if not pointed or not whole:
        return []
    large = [i for i in whole if values[i] >= 100] or whole
    return [Doubt("locale_damage", name, tuple(here[i] + 1 for i in large),
                  tuple(texts[i] for i in large[:5]), len(large))]  # fmt: skip


# Dates and names --------------------------------------------------------------------------------


def as_dates(
    name: str, texts: list[str], here: list[int], n: int
) -> Generator[None, None, Column | None]:
    """Return the column as days, if all of it are dates; pauses in between."""
    if not any(mark.isdigit() for mark in texts[0]):
        return None
    for day_first in (True, False):
        known: dict[str, float | None] = {}
        days = []
        for place, text in enumerate(texts, 1):
            if place % PART == 0:
                yield
            if text not in known:
                known[text] = day_of(text, day_first)
            day = known[text]
            if day is None:
                break
            days.append(day)
        else:
            return Column(name, "date", (yield from placed(days, here, n)))
    return None


def as_names(name: str, texts: list[str], here: list[int], n: int) -> Generator[None, None, Column]:
    """Return the column as a category, or as text where nearly all rows differ; with pauses."""
    place: dict[str, int] = {}  # of each text, in the order in which they come
    places = np.empty(len(texts))
    for start in range(0, len(texts), PART):
        some = [text.strip() for text in texts[start : start + PART]]
        places[start : start + PART] = [place.setdefault(text, len(place)) for text in some]
        yield
    categories = yield from in_order(list(place))
    rank = np.empty(len(categories))
    for start in range(0, len(categories), SLICE):
        numbers = [place[text] for text in categories[start : start + SLICE]]
        rank[numbers] = np.arange(start, start + len(numbers))
        yield
    values = yield from placed(rank[places.astype(int)], here, n)
    own = len(categories) > len(texts) / 2
    sentences = any(map(is_sentence, categories[:200]))
    many = sentences or (own and len(texts) >= FEW_ROWS)
    kind = "text" if many and len(categories) > 1 else "category"
    return Column(name, kind, values, categories)


def in_order(texts: list[str]) -> Generator[None, None, tuple[str, ...]]:
    """Return the texts as names are ordered, by parts that are merged; pauses in between."""
    parts = []
    for start in range(0, len(texts), PART):
        parts.append(sorted((natural(text), text) for text in texts[start : start + PART]))
        yield
    found = []
    for count, (_, text) in enumerate(merge(*parts), 1):
        found.append(text)
        if count % PART == 0:
            yield
    return tuple(found)


def is_sentence(text: str) -> bool:
    """Whether a text is more than the name of a category."""
    return len(text) > LONG_TEXT or len(text.split()) > WORDS or any(m in text for m in ',;"')


def natural(text: str) -> list[tuple[int, float, str]]:
    """How names are ordered: 2 before 10."""
    parts = re.findall(r"\d+|\D+", text)
    return [(0, float(p), "") if p.isdecimal() and p.isascii() else (1, 0.0, p) for p in parts]
