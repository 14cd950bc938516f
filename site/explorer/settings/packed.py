"""Weights as a text for a link: which of a network's numbers are other than drawn, and what.

The bytes: a checksum (CRC-32), a kind, how many numbers the network has, then either the places
and values of some of them, or all values; whole numbers have two bytes, values are float64, all
little-endian. In base 32, of at most `LONGEST` characters: what does not fit is no text for a link.
"""

import math
import struct
import zlib
from collections.abc import Mapping, Sequence

from explorer.settings.letters import from_letters, to_letters

LONGEST = 6000  # characters
MOST = 65_535  # numbers of a network that a text can be about
HEAD = struct.Struct("<BH")
SOME, ALL = 1, 2


def pack(size: int, values: Mapping[int, float]) -> str | None:
    """The text for a network of `size` numbers of which `values` are {place: value}; None if that
    is too much."""
    if size > MOST:
        return None
    count = len(values)
    places = struct.pack(f"<{count}H", *sorted(values))
    numbers = struct.pack(f"<{count}d", *(values[place] for place in sorted(values)))
    body = HEAD.pack(ALL, size) if count == size else HEAD.pack(SOME, size) + places
    body += numbers
    text = to_letters(zlib.crc32(body).to_bytes(4, "little") + body)
    return text if len(text) <= LONGEST else None


def unpack(text: str) -> tuple[int, dict[int, float]]:
    """Return (size, {place: value}) of a text.

    Raises:
        ValueError: If it is none, or is not whole.
    """
    if len(text) > LONGEST:
        raise ValueError("too long")
    content = from_letters(text)
    told, body = content[:4], content[4:]
    if len(body) < HEAD.size or zlib.crc32(body).to_bytes(4, "little") != told:
        raise ValueError("the checksum is another")
    kind, size = HEAD.unpack_from(body)
    rest = body[HEAD.size :]
    count = size if kind == ALL else len(rest) // 10
    places: Sequence[int] = range(size)
    if kind != ALL:
        places = struct.unpack_from(f"<{count}H", rest)
    if kind not in (SOME, ALL) or len(rest) != count * (8 if kind == ALL else 10):
        raise ValueError("of no known kind")
    values = struct.unpack(f"<{count}d", rest[-8 * count :] if count else b"")
    if not all(map(math.isfinite, values)):
        raise ValueError("not finite")
    if list(places) != sorted(set(places)) or any(place >= size for place in places):
        raise ValueError("places that there are not")
    return size, dict(zip(places, values, strict=True))
