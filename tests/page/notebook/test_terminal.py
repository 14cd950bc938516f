"""Printed text as a terminal would show it."""

import pytest

from explorer.notebook import terminal


@pytest.mark.parametrize(
    ("printed", "seen"),
    [
        ("plain\ntext\n", "plain\ntext\n"),
        ("1/3\r2/3\r3/3\ndone", "3/3\ndone"),
        ("long line\rshort", "shortline"),
        ("abc\b\bX", "aXc"),
        ("a\b\b\b\bb", "b"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("Windows\r\nlines\r\n", "Windows\nlines\n"),
        ("x\r" + "\x1b[2K" + "y", "y"),
    ],
)
def test_the_cursor_goes_back(printed: str, seen: str) -> None:
    assert terminal.shown(printed) == seen
