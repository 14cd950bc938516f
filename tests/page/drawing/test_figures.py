"""Numbers as a walk shows them, and what counts as the same number."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.drawing.figures import enough_decimals, is_coarse, is_right, last_digit, read, shown

NUMBERS = (st.floats(-1e12, 1e12) | st.floats(-1e-2, 1e-2)).filter(
    lambda value: value == 0 or abs(value) > 1e-300
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"), (1.0, "1"), (-3.0, "−3"), (1.00001, "1.0000"),
        (-0.23856, "−0.2386"), (12.3456789, "12.346"),
        (12345.678, "12346"), (0.00123456, "0.001235"), (0.000123456, "1.235·10⁻⁴"),
        (-2.1e-7, "−2.100·10⁻⁷"), (123456.0, "1.235·10⁵"), (math.nan, "–"), (math.inf, "–"),
    ],
)  # fmt: skip
def test_few_digits(value, text):
    assert shown(value) == text


def test_fewer_on_the_diagram():
    assert (shown(-0.23856, short=True), shown(2.1e-7, short=True)) == ("−0.239", "2.1·10⁻⁷")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5), (" −0,5 ", -0.5), ("2.1e-5", 2.1e-5), ("2.1·10⁻⁵", 2.1e-5),
        ("2.1*10^-5", 2.1e-5), ("2.1 × 10^−5", 2.1e-5), ("1/2", None), ("", None), ("nan", None),
        ("inf", None), ("x", None),
    ],
)  # fmt: skip
def test_what_may_be_typed(text, value):
    assert read(text) == value


@given(NUMBERS)
def test_what_is_shown_is_right_and_so_is_one_digit_off(value):
    text = shown(value)
    assert is_right(text, value)
    assert abs(read(text) - value) <= 0.51 * last_digit(value)
    number, digit = read(text), last_digit(value)
    for off, right in ((1, True), (-1, True), (2.2, False), (-2.2, False)):
        assert is_right(repr(number + off * digit), value) == right


@pytest.mark.parametrize(
    ("old", "new", "texts"),
    [
        (-0.23861, -0.238661, ("−0.238610", "−0.238661")), (0.1151, 0.1286, None),
        (1.0, 1.00003, ("1.000000", "1.000030")), (0.5, 0.5, None), (0.5, 0.5 + 1e-12, None),
        (0.5, math.inf, None), (2e-4, 2.1e-4, None), (3e5, 3.1e5, None),
    ],
)  # fmt: skip
def test_a_small_change_shows(old, new, texts):
    decimals = enough_decimals(old, new)
    if texts is None:
        assert decimals is None
        return
    assert (shown(old, decimals=decimals), shown(new, decimals=decimals)) == texts
    assert is_right(texts[1], new, decimals)
    assert not is_right(texts[0], new, decimals)


def test_no_number_is_wrong():
    assert not is_right("a half", 0.5)
    assert not is_right("0.5", math.nan)


@pytest.mark.parametrize(
    ("text", "value", "coarse"),
    [
        ("−0,13", -0.12814, True), ("-0.128", -0.12814, True), ("0.7", 0.7118, True),
        ("0.711", 0.7118, True), ("2e-5", 2.1e-5, True), ("12", 12.346, True), ("0", 0.04, False),
        ("0.3", 0.7118, False), ("0.128", -0.12814, False), ("1", 0.7118, False), ("x", 1.0, False),
        ("0.7118", math.nan, False),
    ],
)  # fmt: skip
def test_a_number_with_too_few_digits_is_known_as_such(text, value, coarse):
    assert is_coarse(text, value) == coarse
