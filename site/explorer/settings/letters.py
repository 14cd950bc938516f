"""Bytes and texts in letters and digits alone, which no renderer, editor or mail program changes.

Base 32 (RFC 4648, in small letters, without padding) needs a fifth more room than base 64, but
has no character with a meaning in an address, in HTML or in Markdown, and stands being written
in capitals.
"""

import base64
import binascii
import re

MARK = "b32."  # what a text in letters begins with, where others may stand as they are
PLAIN = re.compile(r"[A-Za-z0-9.,_-]*")


def to_letters(content: bytes) -> str:
    """The bytes `content` in letters and digits."""
    return base64.b32encode(content).decode().rstrip("=").lower()


def from_letters(text: str) -> bytes:
    """Return the bytes of such a text.

    Raises:
        ValueError: If it is none.
    """
    padded = text.upper() + "=" * (-len(text) % 8)
    try:
        content = base64.b32decode(padded)
    except binascii.Error as error:
        raise ValueError(str(error)) from None
    if to_letters(content) != text.lower():
        raise ValueError("more bits than bytes")
    return content


def written(value: str) -> str:
    """A value as a link writes it: as it is, or marked and in letters where it needs escapes."""
    if PLAIN.fullmatch(value) and not value.startswith(MARK):
        return value
    return MARK + to_letters(value.encode("utf-8", "surrogatepass"))


def read(value: str) -> str:
    """Return the value behind one that `written` wrote.

    Raises:
        ValueError: Where that is spoilt.
    """
    if not value.startswith(MARK):
        return value
    return from_letters(value.removeprefix(MARK)).decode("utf-8", "surrogatepass")
