"""A table of the reader's own as a text: for a link, where it is small, and for this browser.

Name of the file, choices and content are packed with deflate (RFC 1950) into letters and digits. A
text that comes back is data: it is unpacked up to a limit, read like any file, and has to be the
very table that its name says.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Generator

from explorer.learning.own_table import OwnTable, own_table, recipe_of
from explorer.settings import own
from explorer.settings.letters import from_letters, to_letters
from nncore.pauses import result_of
from nncore.reading.reader import read

LONGEST_LINK = 6000  # letters
LONGEST_KEPT = 200_000
MOST_BYTES = 50_000_000  # that a text may unpack to
PORTION = 20_000  # bytes that are packed between two pauses
MOST_PACKING = 10  # times that a table gets shorter at best; larger ones are not tried


def packed(table: OwnTable, longest: int = LONGEST_KEPT) -> str | None:
    """The text of a table; None if it would be longer."""
    return result_of(packing(table, longest))


def packing(table: OwnTable, longest: int = LONGEST_KEPT) -> Generator[None, None, str | None]:
    """The same, step by step."""
    if len(table.content) > min(MOST_BYTES, MOST_PACKING * longest):
        return None
    head = json.dumps([table.file, table.recipe.as_text()]).encode()
    packer, parts = zlib.compressobj(9), []
    parts.append(packer.compress(head + b"\n"))
    for start in range(0, len(table.content), PORTION):
        parts.append(packer.compress(table.content[start : start + PORTION]))
        if sum(map(len, parts)) > longest:
            return None
        yield
    text = to_letters(b"".join([*parts, packer.flush()]))
    return text if len(text) <= longest else None


def unpacked(text: str) -> OwnTable:
    """Return the table of a text.

    Raises:
        ValueError: If it is none.
    """
    unpacker = zlib.decompressobj()
    try:
        whole = unpacker.decompress(from_letters(text), MOST_BYTES)
        head, _, content = whole.partition(b"\n")
        file, recipe = json.loads(head)
    except (zlib.error, UnicodeDecodeError, TypeError) as error:
        raise ValueError(str(error)) from None
    if not unpacker.eof or not isinstance(file, str):
        raise ValueError("it is not whole")
    return own_table(file[:100], content, recipe_of(recipe), read(content))


def know(table: OwnTable) -> None:
    """Make a table known, and have links carry it if it is small."""
    table.register()
    text = packed(table, LONGEST_LINK)
    if text is not None:
        own.in_links[table.name] = text
