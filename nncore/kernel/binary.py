"""The container: how a WebAssembly module is laid out in bytes.

A module is a header and a row of sections, each with its number and length: the types of the
functions, what is imported, which function has which type, what is exported, and the functions'
code. Whole numbers are written in LEB128, seven bits a byte, the top bit saying that more follow.
Source: W3C, WebAssembly Core Specification 2.0, chapter 5 (binary format).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

HEADER = b"\0asm" + (1).to_bytes(4, "little")
I32, F64, V128 = 0x7F, 0x7C, 0x7B  # value types: address or counter, number, two numbers
TYPE, IMPORT, FUNCTION, EXPORT, CODE = 1, 2, 3, 7, 10  # section numbers


class Encodable(Protocol):
    """What is asked of a function: its type, its local variables, its instructions, its name."""

    parameter_types: list[int]
    result_types: list[int]
    local_types: list[int]
    export: str | None

    @property
    def code(self) -> bytes:
        """All instructions."""


@lru_cache(maxsize=1024)
def unsigned(number: int) -> bytes:
    """Return `number` in unsigned LEB128."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(out + bytes([number]))


@lru_cache(maxsize=1024)
def signed(number: int) -> bytes:
    """Return `number` in signed LEB128: the last byte's bit 6 is the sign."""
    out = bytearray()
    while not -0x40 <= number < 0x40:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(out + bytes([number & 0x7F]))


def vector(items: Iterable[bytes]) -> bytes:
    """Return a count and the items, each already in bytes."""
    listed = list(items)
    return unsigned(len(listed)) + b"".join(listed)


def text(name: str) -> bytes:
    """Return a length and the name in UTF-8."""
    return vector(bytes([byte]) for byte in name.encode())


def encode(functions: Sequence[Encodable], memory: tuple[str, str]) -> bytes:
    """Return the module: `functions` in their order, on a memory imported as (module, name).

    Types are value types; `export` is a name, or None for a function that nobody outside calls.
    """
    types = [
        b"\x60" + vector(bytes([t]) for t in f.parameter_types)
        + vector(bytes([t]) for t in f.result_types)
        for f in functions
    ]  # fmt: skip
    known = list(dict.fromkeys(types))
    at_least_one_page = b"\x02\x00\x01"
    exported = [(f.export, index) for index, f in enumerate(functions) if f.export]
    sections = {
        TYPE: known,
        IMPORT: [text(memory[0]) + text(memory[1]) + at_least_one_page],
        FUNCTION: [unsigned(known.index(each)) for each in types],
        EXPORT: [text(name) + b"\x00" + unsigned(index) for name, index in exported],
        CODE: [_body(f) for f in functions],
    }
    return HEADER + b"".join(
        bytes([number]) + _sized(vector(items)) for number, items in sections.items()
    )


def _sized(content: bytes) -> bytes:
    return unsigned(len(content)) + content


def _body(function: Encodable) -> bytes:
    """The local variables, each as a run of one, then the code and its end mark."""
    declared = vector(bytes([1, kind]) for kind in function.local_types)
    return _sized(declared + function.code + b"\x0b")
