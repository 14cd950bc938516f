"""What a column is taken for: numbers, categories, dates, text, or the number of the row.

The texts of a column are looked at as a whole. Where nearly all are numbers, the few that are not
are named and taken for missing; where quotes tell names from numbers, they are believed.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nncore.arrays import FloatArray
from nncore.reading.columns import HEAD, SLICE, Column, placed, written
from nncore.reading.dates import as_dates
from nncore.reading.dialects import Quoted
from nncore.reading.faults import Doubt
from nncore.reading.names import as_names, is_ticked, ticked
from nncore.reading.numbers import COMMA, DOT, OPEN, Numbers, marks_of, reading_numbers, votes

MISSING = {"", "NA", "N/A", "n/a", "NaN", "nan", "NAN", "NULL", "null", "<NA>", "#N/A", "?",
           "#NV", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#WERT!", "#BEZUG!",
           "NaT"}  # fmt: skip
MISSING_NUMBERS = {"-", "--", "---", ".", "..", "na", "none", "None", "NONE", "missing", "unknown",
                   "*", "k.A.", "k. A."}  # fmt: skip
MOSTLY = 0.75  # the share of numbers from which on a column is one of numbers
LEAST_MOSTLY = 3  # numbers that there must be then
SAMPLE = 200  # texts that are asked for the style of numbers
MOST_CATEGORIES = 50
MOST_QUOTED = 12  # different numbers in quotes that are names
ZEROS = re.compile(r"0\d+")
ROW_NAMES = re.compile(r"(|unnamed: ?0|index|idx|id|no\.?|nr\.?|row|rownames|row_?(id|number)|#|"
                       r"x1?|obs|case|.*[_ ]id|year|time|t|step)", re.IGNORECASE)  # fmt: skip
UNIT = re.compile(
    r"[-+−]?[\d.,' \u00a0]*\d\s?([^\W\d_]{1,4}[²³]?|°[CF]?|[^\W\d_]{1,4}/[^\W\d_]{1,3}[²³]?)"
)
NO_UNITS = {"am", "pm", "EUR", "USD", "GBP", "CHF"}
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
        quotes_mean: Whether quotes tell text from numbers, because some columns have none.
    """

    decimal: str = DOT
    sure: bool = True
    separator: str = ","
    quotes_mean: bool = False


def style_of(columns: Sequence[Sequence[str]], separator: str) -> Style:
    """Return the Style of a table, from the first texts of each column."""
    dots = commas = 0
    quoted = bare = open_commas = open_dots = False
    for cells in columns:
        some = cells[:SAMPLE]
        more_dots, more_commas = votes(some)
        dots, commas = dots + more_dots, commas + more_commas
        open_commas |= any("," in cell for cell in some)
        open_dots |= any("." in cell and OPEN.fullmatch(cell) is not None for cell in some)
        strings = any(isinstance(cell, Quoted) for cell in some)
        quoted |= strings
        bare |= not strings and not all(map(is_missing, some))
    # With semicolons, 1.808 is as a spreadsheet groups thousands where decimals have commas.
    comma = (open_commas and separator != ",") or (open_dots and separator == ";")
    decimal = COMMA if commas > dots or (not dots and comma) else DOT
    return Style(decimal, bool(dots or commas), separator, quoted and bare)


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
        return Column(name, "empty", none, head=head), []
    column, doubts = yield from as_numbers(name, texts, here, len(cells), style)
    if column is None:
        column = yield from as_dates(name, texts, here, len(cells))
    if column is None:
        column = yield from as_names(name, texts, here, len(cells))
    if is_ticked(column, cells):
        doubts.append(Doubt("ticks", name, values=column.categories, count=len(here)))
        column = ticked(column)
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
    many = False
    if style.quotes_mean and all_quoted_names(texts, style.separator):
        digits = texts[0].strip().isdigit()
        many = digits and len(set(texts)) > MOST_QUOTED
        if not many:
            return None, [Doubt("quoted_digits", name)] if digits else []
    unit = yield from unit_of(texts)
    for start in range(0, len(texts) if unit else 0, SLICE):
        piece = texts[start : start + SLICE]
        texts[start : start + SLICE] = [t.strip().removesuffix(unit).rstrip() for t in piece]
        yield
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
    doubts = [Doubt("unit", name, values=(unit,))] if unit else []
    doubts += [Doubt("quoted_amounts", name)] if many else []
    doubts += number_doubts(name, texts, here, found, odd, said, decimal)
    return column, [*doubts, *quote_damage(name, texts, here, found.values, style)]


def unit_of(texts: list[str]) -> Generator[None, None, str]:
    """Return what stands behind the number in each of the texts, such as kg, or ""; pauses."""
    match = UNIT.fullmatch(texts[0].strip())
    unit = match[1] if match else ""
    if not unit or unit in NO_UNITS:
        return ""
    for start in range(0, len(texts), SLICE):
        if not all(text.rstrip().endswith(unit) for text in texts[start : start + SLICE]):
            return ""
        yield
    return unit


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
        marked = (i for i, t in enumerate(texts) if "groups" in marks_of(t, decimal))
        doubts.append(doubt("groups", [next(marked)]))
    if found.marks["%"]:
        doubts.append(doubt("percent", [next(i for i, t in enumerate(texts) if "%" in t)]))
    if found.marks["brackets"]:
        doubts.append(doubt("brackets", [next(i for i, t in enumerate(texts) if "(" in t)]))
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
