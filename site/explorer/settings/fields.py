"""The kinds of value a setting can have, each with its way to and from text.

A link, a form element and a saved session all speak text. Each kind says how its values are
written, how text is read back, and what is allowed; nothing else in the page parses settings.
"""

import math
from dataclasses import dataclass
from decimal import Decimal


class BadValue(ValueError):
    """A text that is no value of this kind; its message names the constraint and the text."""


@dataclass(frozen=True)
class Choice:
    """One name out of a fixed list."""

    names: tuple[str, ...]

    def read(self, text):
        if text not in self.names:
            raise BadValue(f"must be one of {', '.join(self.names)}; got {text!r}")
        return text

    def write(self, value):
        return value


@dataclass(frozen=True)
class Number:
    """A real number within [low, high]; `steps` are the values a menu offers."""

    low: float
    high: float
    steps: tuple[float, ...] = ()

    def read(self, text):
        try:
            value = float(text)
        except ValueError:
            raise BadValue(f"must be a number; got {text!r}") from None
        if not math.isfinite(value) or not self.low <= value <= self.high:
            low, high = plain(self.low), plain(self.high)
            raise BadValue(f"must be a number from {low} to {high}; got {text!r}")
        return value

    def write(self, value):
        return plain(value)


@dataclass(frozen=True)
class Whole:
    """A whole number within [low, high]; a slider moves in steps of `step`, up to `reach`."""

    low: int
    high: int
    step: int = 1
    reach: int | None = None

    def read(self, text):
        try:
            value = int(text)
        except ValueError:
            raise BadValue(f"must be a whole number; got {text!r}") from None
        if not self.low <= value <= self.high:
            raise BadValue(f"must be a whole number from {self.low} to {self.high}; got {text!r}")
        return value

    def write(self, value):
        return str(value)


@dataclass(frozen=True)
class Count(Whole):
    """How many of something: a whole number within [low, high], or 0 for the usual number."""

    def read(self, text):
        try:
            return 0 if text == "0" else super().read(text)
        except BadValue as error:
            raise BadValue(str(error).replace("must be", "must be 0 or", 1)) from None


@dataclass(frozen=True)
class Flag:
    """Yes or no. As in TensorFlow Playground, every text but `false` counts as yes."""

    def read(self, text):
        return text != "false"

    def write(self, value):
        return "true" if value else "false"


@dataclass(frozen=True)
class Text:
    """A short printable text."""

    longest: int = 40

    def read(self, text):
        if not text or len(text) > self.longest or not text.isprintable():
            raise BadValue(f"must be 1 to {self.longest} printable characters; got {text[:50]!r}")
        return text

    def write(self, value):
        return value


@dataclass(frozen=True)
class Units:
    """Units per hidden layer, as a comma list; empty for no hidden layer."""

    most_layers: int
    most_units: int

    def read(self, text):
        try:
            units = tuple(int(part) for part in text.split(",")) if text else ()
        except ValueError:
            raise BadValue(f"must be a comma list of whole numbers; got {text!r}") from None
        if len(units) > self.most_layers or not all(1 <= u <= self.most_units for u in units):
            raise BadValue(
                f"must be at most {self.most_layers} layers of 1 to {self.most_units} units; "
                f"got {text!r}"
            )
        return units

    def write(self, value):
        return ",".join(map(str, value))


@dataclass(frozen=True)
class Names:
    """A comma list of names, each out of a fixed list or empty."""

    names: tuple[str, ...]
    longest: int = 8

    def read(self, text):
        parts = tuple(text.split(",")) if text else ()
        if len(parts) > self.longest or any(p and p not in self.names for p in parts):
            raise BadValue(
                f"must be at most {self.longest} names out of {', '.join(self.names)}; got {text!r}"
            )
        return parts

    def write(self, value):
        return ",".join(value)


@dataclass(frozen=True)
class Ranges:
    """A set of whole numbers from 1 up, written as ranges: 1-3,7 is 1, 2, 3 and 7."""

    highest: int
    longest: int = 1000

    def read(self, text):
        try:
            if len(text) > self.longest:
                raise ValueError
            ends = [part.split("-") for part in text.split(",")] if text else []
            spans = [range(int(end[0]), int(end[-1]) + 1) for end in ends if len(end) <= 2]
            whole = len(spans) == len(ends)
            if not whole or any(not s or s[0] < 1 or s[-1] > self.highest for s in spans):
                raise ValueError
        except ValueError:
            raise BadValue(
                f"must be ranges of numbers from 1 to {self.highest}, like 1-3,7; got {text[:50]!r}"
            ) from None
        return tuple(sorted(set().union(*spans)))

    def write(self, value):
        spans = []
        for number in value:
            if spans and number == spans[-1][1] + 1:
                spans[-1][1] = number
            else:
                spans.append([number, number])
        return ",".join(f"{a}-{b}" if a < b else f"{a}" for a, b in spans)


def plain(value):
    """A number as people write it: 0.00001 and not 1e-05, 3 and not 3.0."""
    text = format(Decimal(repr(float(value))), "f")
    return text.removesuffix(".0")
