"""Dates and times of day, as people and programs write them: days since 1970, with fractions.

A month's name and 2024-04-03 say themselves what is the month; for 3.4.2024 the day comes first,
unless a column cannot be read so. A time of day alone is a fraction of a day. Time zones are left
away: a column is taken to have one.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from datetime import date

from nncore.reading.columns import Column, placed

PART = 2_000  # texts that are read between two pauses
NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: number for number, name in enumerate(NAMES, 1)} | {
    "mär": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12,  # German
    "fév": 2, "avr": 4, "aoû": 8, "déc": 12,  # French
    "ene": 1, "abr": 4, "ago": 8, "dic": 12,  # Spanish
}  # fmt: skip
# 8:05, 08:05:30.5, 8:05 pm; behind a date also a time zone.
CLOCK = re.compile(
    r"(\d{1,2}):(\d\d)(?::(\d\d(?:[.,]\d+)?))?\s?([ap]\.?m\.?)?"
    r"(?:\s?(?:Z|[A-Z]{2,4}(?:[+-]\d{1,2})?|[+-]\d\d(?::?\d\d)?))?",
    re.IGNORECASE,
)
DAY = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
OTHER_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})")
MONTH = re.compile(
    r"(?:(\d{1,2})(?:[- ]|\. ?))?([^\W\d_]{3}[^\W\d_]*)[- .,]+(?:(\d{1,2}),? )?(\d{4}|\d{2})"
)
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?Z?")
PARTS = re.compile(r"(.*?\d)(?:(?:,?\s+|T)(\d{1,2}:\d\d.*))?")


def as_dates(
    name: str, texts: list[str], here: list[int], n: int
) -> Generator[None, None, Column | None]:
    """Return the column as days, if all of it are dates or times of day; pauses in between."""
    if not any(mark.isdigit() for mark in texts[0]):
        return None
    for day_first in (True, False):
        known: dict[str, float | None] = {}
        days = []
        for place, text in enumerate(texts, 1):
            if place % PART == 0:
                yield
            if text not in known:
                known[text] = day_of(text, day_first)
            day = known[text]
            if day is None:
                break
            days.append(day)
        else:
            return Column(name, "date", (yield from placed(days, here, n)))
    return None


def day_of(text: str, day_first: bool = True) -> float | None:
    """Return a date as days since 1970, or None if it is none; a time of day is a fraction of one.

    Args:
        day_first: How 3.4.2024 is read; a month's name or 2024-04-03 say it themselves.
    """
    text = text.strip()
    if match := CLOCK.fullmatch(text):
        return _share(match)
    if match := COMPACT.fullmatch(text):
        text = "{}-{}-{}T{}:{}:{}".format(*match.groups("00"))
    match = PARTS.fullmatch(text)
    if match is None:
        return None
    clock = CLOCK.fullmatch(match[2].strip()) if match[2] else None
    share = 0.0 if clock is None else _share(clock)
    if share is None or (match[2] and clock is None):
        return None
    try:
        day = _day(match[1], day_first)
    except ValueError:
        return None
    return None if day is None else day + share


def _day(text: str, day_first: bool) -> float | None:
    """Days since 1970 of a date without a time of day, or None."""
    if match := DAY.fullmatch(text):
        return _days(int(match[1]), int(match[2]), int(match[3] or 1))
    if match := OTHER_DAY.fullmatch(text):
        one, two, year = int(match[1]), int(match[3]), int(match[4])
        day, month = (one, two) if day_first else (two, one)
        return _days(year, month, day)
    match = MONTH.fullmatch(text)
    if match and (month := month_of(match[2].lower())):
        return _days(int(match[4]), month, int(match[1] or match[3] or 1))
    return None


def month_of(name: str) -> int:
    """Return the number of a month, or 0: three letters tell it, but for French June and July."""
    long = {"juin": 6, "juil": 7}
    return long.get(name[:4]) or MONTHS.get(name[:3], 0)


def _share(clock: re.Match[str]) -> float | None:
    """Return the share of the day that has gone by, or None if there is no such time."""
    hour, minute = int(clock[1]), int(clock[2])
    second = float((clock[3] or "0").replace(",", "."))
    if half := (clock[4] or "").lower():
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * half.startswith("p")
    if hour > 24 or minute > 59 or second > 60:
        return None
    return (hour * 3600 + minute * 60 + second) / 86400


def _days(year: int, month: int, day: int) -> float:
    if year < 100:
        year += 2000 if year < 70 else 1900
    return float(date(year, month, day).toordinal() - date(1970, 1, 1).toordinal())
