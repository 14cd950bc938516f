"""How a text is cut into fields: the separator, the quotes and the escapes.

Every dialect is tried on the beginning of the text and scored. A good one gives many rows of the
same number of fields, and fields that are numbers, dates, missing values or plain words rather
than shreds. Python's `csv` does the cutting; spaces, which it cannot collapse, are cut here.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import groupby

SAMPLE_LETTERS = 50_000
PIECE = 1 << 16  # letters that are cut into lines at once
SAMPLE_ROWS = 80
SAMPLE_CELLS = 500  # of them that are looked at between two pauses
MOST_BETWEEN = 2  # rows of another length that do not end a table
TORN = 0.5
LEAST_SCORE = 0.12  # below it the text has one column
SEP_LINE = re.compile(r'^\s*"?sep=(.)"?\s*$', re.IGNORECASE)
SPACED = re.compile(r'"((?:\\.|""|[^"\\])*)"|(\S+)')
PLAIN = re.compile(
    r"""\s*(?:
    [$€£¥]?\s?[+-]?(?:\d[\d.,'\u00a0\u202f]*|[.,]\d+)(?:[eE][+-]?\d+)?[\s\u00a0]?[%€$£]? # numbers
    | \d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T\ ][\d:.+Z-]*)?                             # dates
    | [+-]?inf | NA | N/A | nan | NaN | NULL | null | \? | [+-]                       # others
    )\s*""",
    re.VERBOSE,
)
WORD = re.compile(r"[^\W\d_][\w .()/'’°%+&-]{0,39}")


class Quoted(str):
    """The text of a field that stood in quotes."""

    __slots__ = ()


@dataclass(frozen=True)
class Dialect:
    """How the text of a table is cut into fields.

    Attributes:
        separator: "" for a single column, " " for any run of blanks.
        backslash: Whether a quote inside quotes has a backslash before it; otherwise it is doubled.
    """

    separator: str
    backslash: bool = False

    def rows(self, lines: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
        """Yield (number of its last line, fields) of every row, empty ones included.

        Raises:
            csv.Error: If a row cannot be cut.
        """
        if self.separator == "":
            for number, line in enumerate(lines, 1):
                yield number, [unquoted(line.strip())] if line.strip() else []
        elif self.separator == " ":
            for number, line in enumerate(lines, 1):
                yield number, spaced(line)
        else:
            yield from self._rows(lines)

    def _rows(self, lines: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
        taken: list[str] = []

        def noted() -> Iterator[str]:
            for line in lines:
                taken.append(line)
                yield line

        reader = csv.reader(
            noted(), delimiter=self.separator, skipinitialspace=True,
            escapechar="\\" if self.backslash else None, doublequote=not self.backslash,
        )  # fmt: skip
        for row in reader:
            if any('"' in line for line in taken):
                row = self.marked(row, "".join(taken))
            taken.clear()
            yield reader.line_num, row

    def marked(self, row: list[str], line: str) -> list[str]:
        """Return the row with those fields as Quoted that stand in quotes in `line`."""
        parts = line.split(self.separator)
        if len(parts) != len(row):  # separators in quotes
            inner = r"(?:\\.|[^\"\\])*" if self.backslash else r'(?:[^"]|"")*'
            field = (
                rf'[ ]*(?:"{inner}"[^{re.escape(self.separator)}]*|[^{re.escape(self.separator)}]*)'
            )
            parts = re.findall(rf"({field})(?:{re.escape(self.separator)}|$)", line.rstrip("\r\n"))
        return [
            Quoted(cell) if part.lstrip(" ").startswith('"') else cell
            for cell, part in zip(row, parts, strict=False)
        ] + row[len(parts) :]


def spaced(line: str) -> list[str]:
    """Return the fields of a line that are parted by blanks."""
    if '"' not in line:
        return list(line.split())
    return [
        Quoted(re.sub(r'\\(.)|""', lambda m: m[1] or '"', match[1])) if match[2] is None
        else match[2]
        for match in SPACED.finditer(line)
    ]  # fmt: skip


def unquoted(cell: str) -> str:
    """Return a single field without its quotes."""
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return Quoted(cell[1:-1].replace('""', '"'))
    return cell


def lines_of(text: str) -> Iterator[str]:
    """Return the lines of a text with their ends, which may be LF, CR LF or CR alone."""
    mark = "\n" if "\n" in text else "\r"
    place = 0
    while place < len(text):  # in pieces, so that the text is never there twice
        end = text.find(mark, place + PIECE) + 1 or len(text)
        yield from io.StringIO(text[place:end], newline="")
        place = end


def best_dialect(text: str) -> Generator[None, None, Dialect]:
    """Return the dialect that makes most sense of the beginning of a text without comments; there
    are pauses while each is tried."""
    sample = text[:SAMPLE_LETTERS]
    if len(text) > len(sample):  # the last line is cut
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r"), 1)]
    best, most = Dialect(""), LEAST_SCORE
    for separator in (",", ";", "\t", "|", " "):
        if separator not in sample:
            continue
        for backslash in (False, True) if '\\"' in sample and separator != " " else (False,):
            dialect = Dialect(separator, backslash)
            found = yield from scoring(dialect, sample)
            if found > most:
                best, most = dialect, found
    return best


def scoring(dialect: Dialect, sample: str) -> Generator[None, None, float]:
    """Return how much sense a dialect makes of a sample, from 0 to 1; pauses in between."""
    rows = []
    try:
        for _, row in dialect.rows(lines_of(sample)):
            if row and any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) == SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0
    start, end = longest_run(rows)
    run = rows[start:end]
    if not run or len(run[-1]) < 2:
        return 0.0
    cells = [cell for row in run for cell in row]
    sense = 0.0
    for first in range(0, len(cells), SAMPLE_CELLS):
        yield
        sense += sum(map(sensible, cells[first : first + SAMPLE_CELLS]))
    sense /= len(cells)
    if dialect.separator == " " and sum(map(is_shred, cells)) >= len(run):
        sense *= TORN  # blanks within names and sentences
    return (len(run) / len(rows)) * sense * (1 - 1 / len(run[-1]) ** 2)


def sensible(cell: str) -> float:
    """1 for a number, a date or an empty field, less for words, least for shreds."""
    if not cell.strip() or PLAIN.fullmatch(cell):
        return 1.0
    if WORD.fullmatch(cell.strip()):
        return 0.9
    return 0.1 if is_shred(cell) else 0.7 if isinstance(cell, Quoted) else 0.5


def is_shred(cell: str) -> bool:
    """Whether a field holds what may part fields, and is no number such as 1,5."""
    marked = any(mark in cell for mark in ",;\t|") and not isinstance(cell, Quoted)
    return marked and not PLAIN.fullmatch(cell)


def longest_run(rows: list[list[str]]) -> tuple[int, int]:
    """(first, behind the last) of the longest run of rows with one number of fields.

    Runs of the same number are one where few rows of another number are between them. A header may
    have one name fewer: names of rows have none.
    """
    runs: list[tuple[int, int, int]] = []  # (number of fields, first, behind the last)
    place = 0
    for width, group in groupby(rows, key=len):
        count = sum(1 for _ in group)
        last = next((run for run in reversed(runs) if run[0] == width), None)
        if last is not None and place - last[2] <= MOST_BETWEEN:
            runs.remove(last)
            runs.append((width, last[1], place + count))
        else:
            runs.append((width, place, place + count))
        place += count
    _, start, end = max(runs, key=lambda run: run[2] - run[1], default=(0, 0, 0))
    if start and len(rows[start - 1]) == len(rows[start]) - 1 and len(rows[start]) > 2:
        start -= 1
    return start, end
