"""The kinds of value a setting can have, each with its way to and from text.

A link, a form element and a saved session all speak text. Each kind says how its values are
written, how text is read back, and what is allowed; nothing else in the page parses settings.
"""

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from explorer.settings.packed import unpack
from explorer.text.errors import ERRORS


class BadValue(ValueError):
    """A text that is no value of this kind; its message names the constraint and the text."""


def bad_value(fault: str, **words: object) -> BadValue:
    """Return the BadValue that says so, in the words of `text.errors`."""
    return BadValue(ERRORS[fault].format(**words))


class Kind(Protocol):
    """A kind of value: how it is read from text, and written."""

    def read(self, text: str) -> Any:
        """Return the value that a text says.

        Raises:
            BadValue: If the text is no such value.
        """

    def write(self, value: Any) -> str:
        """The text that says a value."""


@dataclass(frozen=True)
class Choice:
    """One name out of a fixed list."""

    names: tuple[str, ...]

    def read(self, text: str) -> str:
        if text not in self.names:
            raise bad_value("choice", names=", ".join(self.names), text=text)
        return text

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Number:
    """A real number within [low, high]; `steps` are the values a menu offers."""

    low: float
    high: float
    steps: tuple[float, ...] = ()

    def read(self, text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise bad_value("not_number", text=text) from None
        if not math.isfinite(value) or not self.low <= value <= self.high:
            raise bad_value("number", low=plain(self.low), high=plain(self.high), text=text)
        return value

    def write(self, value: float) -> str:
        return plain(value)


@dataclass(frozen=True)
class Whole:
    """A whole number within [low, high]; a slider moves in steps of `step`, up to `reach`."""

    low: int
    high: int
    step: int = 1
    reach: int | None = None
    fault: ClassVar[str] = "whole"  # what it is called in `text.errors`

    def read(self, text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise bad_value(f"not_{self.fault}", text=text) from None
        if not self.low <= value <= self.high:
            raise bad_value(self.fault, low=self.low, high=self.high, text=text)
        return value

    def write(self, value: int) -> str:
        return str(value)


@dataclass(frozen=True)
class Count(Whole):
    """How many of something: a whole number within [low, high], or 0 for the usual number."""

    fault: ClassVar[str] = "count"

    def read(self, text: str) -> int:
        return 0 if text == "0" else super().read(text)


@dataclass(frozen=True)
class Flag:
    """Yes or no. As in TensorFlow Playground, every text but `false` counts as yes."""

    def read(self, text: str) -> bool:
        return text != "false"

    def write(self, value: bool) -> str:
        return "true" if value else "false"


@dataclass(frozen=True)
class Text:
    """A short printable text."""

    longest: int = 40

    def read(self, text: str) -> str:
        if not text or len(text) > self.longest or not text.isprintable():
            raise bad_value("text", longest=self.longest, text=text[:50])
        return text

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Formula:
    """A formula of x1 and x2, or nothing."""

    def read(self, text: str) -> str:
        if text:
            from nncore.formulas import formula  # fetched with the first one

            try:
                formula(text)
            except ValueError as fault:
                raise bad_value("formula", why=str(fault)) from None
        return text.strip()

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Units:
    """Units per hidden layer, as a comma list; empty for no hidden layer."""

    most_layers: int
    most_units: int

    def read(self, text: str) -> tuple[int, ...]:
        try:
            units = tuple(int(part) for part in text.split(",")) if text else ()
        except ValueError:
            raise bad_value("not_units", text=text) from None
        if len(units) > self.most_layers or not all(1 <= u <= self.most_units for u in units):
            raise bad_value("units", layers=self.most_layers, units=self.most_units, text=text)
        return units

    def write(self, value: tuple[int, ...]) -> str:
        return ",".join(map(str, value))


@dataclass(frozen=True)
class Names:
    """A comma list of names, each out of a fixed list or empty."""

    names: tuple[str, ...]
    longest: int = 8

    def read(self, text: str) -> tuple[str, ...]:
        parts = tuple(text.split(",")) if text else ()
        if len(parts) > self.longest or any(p and p not in self.names for p in parts):
            names = ", ".join(self.names)
            raise bad_value("names", longest=self.longest, names=names, text=text)
        return parts

    def write(self, value: tuple[str, ...]) -> str:
        return ",".join(value)


@dataclass(frozen=True)
class Ranges:
    """A set of whole numbers from 1 up, written as ranges: 1-3,7 is 1, 2, 3 and 7."""

    highest: int
    longest: int = 1000

    def read(self, text: str) -> tuple[int, ...]:
        try:
            if len(text) > self.longest:
                raise ValueError
            ends = [part.split("-") for part in text.split(",")] if text else []
            spans = [range(int(end[0]), int(end[-1]) + 1) for end in ends if len(end) <= 2]
            whole = len(spans) == len(ends)
            if not whole or any(not s or s[0] < 1 or s[-1] > self.highest for s in spans):
                raise ValueError
        except ValueError:
            raise bad_value("ranges", highest=self.highest, text=text[:50]) from None
        return tuple(sorted(set().union(*spans)))

    def write(self, value: tuple[int, ...]) -> str:
        spans: list[list[int]] = []
        for number in value:
            if spans and number == spans[-1][1] + 1:
                spans[-1][1] = number
            else:
                spans.append([number, number])
        return ",".join(f"{a}-{b}" if a < b else f"{a}" for a, b in spans)


@dataclass(frozen=True)
class Weights:
    """Numbers of a network, packed as a text (see `packed`); empty for none."""

    def read(self, text: str) -> str:
        try:
            if text:
                unpack(text)
        except ValueError:
            raise bad_value("weights", text=text[:50]) from None
        return text.lower()

    def write(self, value: str) -> str:
        return value


def plain(value: float) -> str:
    """A number as people write it: 0.00001 and not 1e-05, 3 and not 3.0."""
    text = format(Decimal(repr(float(value))), "f")
    return text.removesuffix(".0")
