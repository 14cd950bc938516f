"""Packed files: a single table in a zip archive or behind gzip is read as if it were not packed.

Workbooks are zip archives, too, and stay as they are. An archive of several tables is refused by
their names, and so is one of another program's document; nothing is unpacked beyond the limit.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Generator

from nncore.reading.decoding import MOST_BYTES
from nncore.reading.faults import Doubt, TableError, refusal

ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"  # how they begin
WORKBOOK = "xl/workbook.xml"
TABLES = (".csv", ".tsv", ".tab", ".txt", ".data", ".dat", ".arff", ".xlsx", ".gz")
PORTION = 1_000_000  # bytes that are unpacked between two pauses
# What `zipfile` raises over an archive that is damaged, or packed as no one expects.
DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, KeyError, ValueError,
           OverflowError, OSError, struct.error)  # fmt: skip
ODD = {"word/document.xml": "a document of a word processor",
       "ppt/presentation.xml": "a presentation"}  # fmt: skip


def unpacking(content: str | bytes) -> Generator[None, None, tuple[str | bytes, list[Doubt]]]:
    """Return (the content of the one table that is packed in this, doubts); other content stays.

    Raises:
        TableError: If there is no table in it, or there are several, or it is too large.
    """
    doubts: list[Doubt] = []
    for _ in range(2):  # a packed file in an archive
        if isinstance(content, str) or len(content) > MOST_BYTES:
            break
        if content.startswith(GZIP):
            content = yield from _expanded(bytes(content))
            doubts = doubts or [Doubt("gzip")]
        elif content.startswith(ZIP):
            found = yield from _from_archive(bytes(content))
            if found is None:
                break
            name, content = found
            doubts = [Doubt("unpacked", values=(name,))]
    return content, doubts


def _expanded(content: bytes) -> Generator[None, None, bytes]:
    """Unpack what gzip has packed."""
    unpacker, parts, size = zlib.decompressobj(wbits=31), [], 0
    try:
        for start in range(0, len(content), PORTION):
            piece = content[start : start + PORTION]
            while piece:
                parts.append(unpacker.decompress(piece, PORTION))
                size += len(parts[-1])
                if size > MOST_BYTES:
                    raise _too_large(size)
                piece = unpacker.unconsumed_tail
                yield
    except zlib.error:
        raise refusal("packed_damaged") from None
    return b"".join(parts)


def _from_archive(content: bytes) -> Generator[None, None, tuple[str, bytes] | None]:
    """(name, content) of the only table in an archive, or None if it is a workbook or damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            there = {info.filename: info for info in archive.infolist() if not info.is_dir()}
            if WORKBOOK in there:
                return None
            for sign, what in ODD.items():
                if sign in there:
                    raise refusal("binary", what=what)
            if b"opendocument" in (archive.read("mimetype") if "mimetype" in there else b""):
                raise refusal("other_workbook")
            names = [name for name in there if _is_table(name)]
            if not names:
                raise refusal("packed_none", values=", ".join(there)[:80])
            if len(names) > 1:
                raise refusal("packed_many", values=", ".join(sorted(names)), count=len(names))
            [name] = names
            if there[name].file_size > MOST_BYTES:
                raise _too_large(there[name].file_size)
            parts = []
            with archive.open(name) as file:
                while part := file.read(PORTION):
                    parts.append(part)
                    yield
            return name.rpartition("/")[2], b"".join(parts)
    except TableError:
        raise
    except RuntimeError:  # it asks for a password
        raise refusal("packed_damaged") from None
    except DAMAGED:
        return None


def _is_table(name: str) -> bool:
    """Whether a file in an archive is a table by its name, and none that a system has added."""
    hidden = any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
    return not hidden and name.lower().endswith(TABLES)


def _too_large(size: int) -> Exception:
    return refusal("large", count=-(-size // 1_000_000), most=MOST_BYTES // 1_000_000)
