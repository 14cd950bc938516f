"""From the bytes of a file to its text, or to a sentence on what the file is instead.

UTF-8 is tried first, then what a byte order mark says, and last Windows-1252, which older
spreadsheets write. A file that is no text is known by its first bytes. Long ones are decoded piece
by piece.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Generator

from nncore.reading.faults import Doubt, refusal

MOST_BYTES = 50_000_000
PORTION = 1_000_000  # bytes that are decoded between two pauses

# How files begin that are no text, and what they are.
BEGINNINGS = (
    (b"PAR1", "a Parquet file"),
    (b"\x89HDF", "an HDF5 file"),
    (b"SQLite format 3", "a database"),
    (b"\x93NUMPY", "an array of NumPy"),
    (b"7z\xbc\xaf", "a packed archive"),
    (b"Rar!", "a packed archive"),
    (b"\x80\x04\x95", "a pickle of Python"),
    (b"\x80\x05\x95", "a pickle of Python"),
)
PICTURES = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"  # .xls
PAGE = re.compile(r"<(!doctype|\?xml|html|head|body|table|div)\b")
JSON = re.compile(r'\{\s*["}]|\[\s*[\[{"]')
SIGNS = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[ \t]+\d+:\S+)+\s*$", re.MULTILINE)
CONTROLS = {*range(32)} - {9, 10, 11, 12, 13, 27}  # no text has these letters


def decoding(content: str | bytes) -> Generator[None, None, tuple[str, list[Doubt]]]:
    """Return (text, doubts) of a file's content; a text stays as it is, but for its mark. There is
    a pause after every PORTION of it.

    Raises:
        TableError: If the content is empty, too large, or no table of text.
    """
    if len(content) > MOST_BYTES:
        most, count = MOST_BYTES // 1_000_000, -(-len(content) // 1_000_000)
        raise refusal("large", count=count, most=most)
    doubts: list[Doubt] = []
    if isinstance(content, str):
        text = content
    else:
        text, doubts = yield from _decoding(bytes(content))
    text = text.removeprefix("\ufeff")
    start = text[:500].lstrip().lower()
    if not start and not text.strip():
        raise refusal("empty")
    if PAGE.match(start):
        raise refusal("page")
    if JSON.match(start):
        raise refusal("json")
    if SIGNS.match(start):
        raise refusal("libsvm")
    return text, doubts


def _decoding(content: bytes) -> Generator[None, None, tuple[str, list[Doubt]]]:
    for beginning, what in BEGINNINGS:
        if content.startswith(beginning):
            raise refusal("binary", what=what)
    for beginning, what in PICTURES:
        if content.startswith(beginning):
            raise refusal("picture", what=what)
    if content.startswith(OLD_WORKBOOK):
        raise refusal("spreadsheet")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return (yield from _as_text(content, "utf-16", "replace")), []
    if CONTROLS & {*content[:4096]}:
        raise refusal("binary", what="a file of bytes")
    try:
        return (yield from _as_text(content, "utf-8", "strict")), []
    except UnicodeDecodeError:
        text = yield from _as_text(content, "cp1252", "replace")
        return text, [Doubt("encoding")]


def _as_text(content: bytes, encoding: str, errors: str) -> Generator[None, None, str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    parts = []
    for start in range(0, len(content), PORTION):
        parts.append(decoder.decode(content[start : start + PORTION]))
        yield
    return "".join([*parts, decoder.decode(b"", True)])
