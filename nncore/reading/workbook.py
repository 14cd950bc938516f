"""Workbooks of spreadsheets (.xlsx): the first sheet that has a table, as text.

A workbook is a zip archive of XML files. Of it are read the cells' values, the shared texts, and
which styles are dates. Texts come out in quotes and numbers bare, so that a number that was stored
as text stays one. Formulas have the value that the spreadsheet has last computed.

Source: ECMA-376, Office Open XML File Formats, part 1.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Generator, Iterator
from datetime import datetime, timedelta
from xml.etree import ElementTree

from nncore.reading.archives import DAMAGED
from nncore.reading.faults import Doubt, TableError, refusal

MARK = b"PK\x03\x04"  # how a zip archive begins
MOST_BYTES = 300_000_000  # that a file within may unpack to
ENOUGH = 10  # rows, the one of names not counted
PORTION = 400  # rows between two pauses
DATES = {*range(14, 23), *range(45, 48)}  # number formats of dates that need no description
EPOCH = datetime(1899, 12, 30)  # day 0; day 60 is the 29th of February 1900, which never was
PLACE = re.compile(r"([A-Z]{1,3})\d+")
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def is_workbook(content: str | bytes) -> bool:
    """Whether this is the content of a zip archive, as workbooks are."""
    return not isinstance(content, str) and content[:4] == MARK


def as_text(content: str | bytes) -> Generator[None, None, tuple[str, list[Doubt]]]:
    """Return (a sheet as comma-separated text, doubts); pauses in between.

    It is the first sheet with a table of ENOUGH rows, or else the longest one.

    Raises:
        TableError: If it is no workbook, or is damaged.
    """
    assert not isinstance(content, str), "see `is_workbook`"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            largest = max((info.file_size for info in archive.infolist()), default=0)
            if largest > MOST_BYTES:
                count, most = -(-largest // 1_000_000), MOST_BYTES // 1_000_000
                raise refusal("large", count=count, most=most)
            names = set(archive.namelist())
            if "xl/workbook.xml" not in names:
                raise refusal("spreadsheet")
            shared = _shared(archive) if "xl/sharedStrings.xml" in names else []
            dates = _date_styles(archive) if "xl/styles.xml" in names else set()
            sheets, longest = [*_sheets(archive)], ("", "")
            for name, path in sheets:
                text = yield from _sheet(archive, path, shared, dates)
                longest = max(longest, (name, text), key=lambda sheet: len(sheet[1]))
                if has_table(text):
                    longest = name, text
                    break
            if longest[1]:
                said = [Doubt("sheet", values=(longest[0],))] if len(sheets) > 1 else []
                return longest[1], said
    except TableError:
        raise
    except (*DAMAGED, RuntimeError, ElementTree.ParseError):
        raise refusal("workbook") from None
    raise refusal("empty")


def has_table(text: str) -> bool:
    """Whether the text of a sheet has several columns, and rows enough to learn from."""
    lines = text.splitlines()
    return len(lines) > ENOUGH and "," in lines[0]


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Return the names and paths of the sheets, in their order."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {node.attrib["Id"]: node.attrib["Target"] for node in relations}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{SPACE}sheet"):
        target = targets[sheet.attrib[RELATION]]
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        yield sheet.get("name", ""), path


def _shared(archive: zipfile.ZipFile) -> list[str]:
    """Return the texts that cells refer to by number."""
    root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(part.text or "" for part in item.iter(f"{SPACE}t")) for item in root]


def _date_styles(archive: zipfile.ZipFile) -> set[int]:
    """Return the numbers of the styles that show a number as a date."""
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    dates = {
        int(node.attrib["numFmtId"])
        for node in root.iter(f"{SPACE}numFmt")
        if re.search(
            r"[dy]", re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", node.attrib["formatCode"]).lower()
        )
    }
    styles = root.find(f"{SPACE}cellXfs")
    kinds = [] if styles is None else [int(node.get("numFmtId", "0")) for node in styles]
    return {number for number, kind in enumerate(kinds) if kind in DATES or kind in dates}


def _sheet(
    archive: zipfile.ZipFile, path: str, shared: list[str], dates: set[int]
) -> Generator[None, None, str]:
    """Return a sheet as text; "" if it has no cells."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    rows: list[list[str | int | float]] = []
    with archive.open(path) as file:
        for _, node in ElementTree.iterparse(file):
            if node.tag != f"{SPACE}row":
                continue
            rows.append(_row(node, shared, dates))
            node.clear()
            if len(rows) % PORTION == 0:
                yield
    rows = [row for row in rows if any(value != "" for value in row)]
    width = max(map(len, rows), default=0)
    left = min((next(i for i, value in enumerate(row) if value != "") for row in rows), default=0)
    for row in rows:
        writer.writerow([*row, *[""] * (width - len(row))][left:])
    return out.getvalue()


def _row(node: ElementTree.Element, shared: list[str], dates: set[int]) -> list[str | int | float]:
    """Return the values of a row; cells that are not there are empty."""
    row: list[str | int | float] = []
    for cell in node.iter(f"{SPACE}c"):
        place = PLACE.fullmatch(cell.get("r", ""))
        column = _column(place[1]) if place else len(row)
        row += [""] * (column - len(row))
        row.append(_value(cell, shared, dates))
    return row


def _column(letters: str) -> int:
    """Return the number of a column, from 0: A, B, ..., Z, AA."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: ElementTree.Element, shared: list[str], dates: set[int]) -> str | int | float:
    """Return what stands in a cell: a text, a number, or a date as a text."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{SPACE}t"))
    node = cell.find(f"{SPACE}v")
    text = "" if node is None else node.text or ""
    if not text or kind == "e":
        return ""
    if kind == "s":
        return shared[int(text)]
    if kind == "b":
        return "TRUE" if text == "1" else "FALSE"
    if kind != "n":
        return text
    number = float(text)
    if int(cell.get("s", "0")) in dates:
        moment = EPOCH + timedelta(days=number)
        return f"{moment:%Y-%m-%d}" if number == int(number) else f"{moment:%Y-%m-%d %H:%M}"
    return int(number) if number == int(number) and abs(number) < 1e15 else number
