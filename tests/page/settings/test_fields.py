"""The kinds of value: what each reads from text, what it refuses and how it writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.settings.fields import (
    BadValue,
    Choice,
    Flag,
    Names,
    Number,
    Text,
    Units,
    Whole,
    plain,
)

COLOURS = Choice(("red", "green"))
RATE = Number(0, 1000)
COUNT = Whole(1, 30)
SEED = Text(longest=10)
SHAPE = Units(most_layers=3, most_units=8)
LAYERS = Names(("relu", "tanh"), longest=3)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (COLOURS, "green", "green"),
        (RATE, "0.00001", 0.00001),
        (RATE, "1e-3", 0.001),
        (RATE, "1000", 1000.0),
        (COUNT, "1", 1),
        (COUNT, "30", 30),
        (Flag(), "true", True),
        (Flag(), "false", False),
        (Flag(), "", True),  # as in TensorFlow Playground
        (Flag(), "False", True),
        (SEED, "0.12345", "0.12345"),
        (SEED, "größer &", "größer &"),
        (SHAPE, "", ()),
        (SHAPE, "4,2", (4, 2)),
        (SHAPE, "8,8,8", (8, 8, 8)),
        (LAYERS, "", ()),
        (LAYERS, "relu,,tanh", ("relu", "", "tanh")),
    ],
)
def test_a_good_text_is_read(kind, text, value):
    assert kind.read(text) == value
    assert type(kind.read(text)) is type(value)


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        (COLOURS, "blue", "must be one of red, green; got 'blue'"),
        (COLOURS, "", "must be one of red, green; got ''"),
        (RATE, "fast", "must be a number; got 'fast'"),
        (RATE, "", "must be a number; got ''"),
        (RATE, "nan", "must be a number from 0 to 1000; got 'nan'"),
        (RATE, "inf", "must be a number from 0 to 1000; got 'inf'"),
        (RATE, "-0.1", "must be a number from 0 to 1000; got '-0.1'"),
        (RATE, "1000.1", "must be a number from 0 to 1000; got '1000.1'"),
        (COUNT, "2.5", "must be a whole number; got '2.5'"),
        (COUNT, "0", "must be a whole number from 1 to 30; got '0'"),
        (COUNT, "31", "must be a whole number from 1 to 30; got '31'"),
        (SEED, "", "must be 1 to 10 printable characters; got ''"),
        (SEED, "a" * 11, "must be 1 to 10 printable characters; got 'aaaaaaaaaaa'"),
        (SEED, "a\nb", "must be 1 to 10 printable characters; got 'a\\nb'"),
        (SHAPE, "4,x", "must be a comma list of whole numbers; got '4,x'"),
        (SHAPE, "4,,2", "must be a comma list of whole numbers; got '4,,2'"),
        (SHAPE, "9", "must be at most 3 layers of 1 to 8 units; got '9'"),
        (SHAPE, "0", "must be at most 3 layers of 1 to 8 units; got '0'"),
        (SHAPE, "1,1,1,1", "must be at most 3 layers of 1 to 8 units; got '1,1,1,1'"),
        (LAYERS, "relu,step", "must be at most 3 names out of relu, tanh; got 'relu,step'"),
        (LAYERS, ",,,", "must be at most 3 names out of relu, tanh; got ',,,'"),
    ],
)
def test_a_bad_text_is_refused_with_the_constraint_and_the_text(kind, text, message):
    with pytest.raises(BadValue) as error:
        kind.read(text)
    assert str(error.value) == message


def test_a_long_bad_text_is_quoted_in_part_only():
    with pytest.raises(BadValue) as error:
        SEED.read("x" * 10_000)
    assert len(str(error.value)) < 120


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.00001, "0.00001"),
        (0.03, "0.03"),
        (3.0, "3"),
        (0.0, "0"),
        (1000.0, "1000"),
        (1e22, "10000000000000000000000"),
        (1.5e-7, "0.00000015"),
    ],
)
def test_numbers_are_written_as_people_write_them(value, text):
    assert plain(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_written_number_is_the_same_number_and_has_no_exponent(value):
    text = plain(value)
    assert float(text) == value
    assert "e" not in text
    assert not text.endswith((".", ".0"))


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (COLOURS, COLOURS.names),
        (RATE, (0.0, 0.00001, 1 / 3, 1000.0)),
        (COUNT, (1, 7, 30)),
        (Flag(), (True, False)),
        (SEED, ("0.12345", "a b")),
        (SHAPE, ((), (1,), (8, 1, 8))),
        (LAYERS, ((), ("relu",), ("", "tanh"), ("", "", "relu"))),
    ],
)
def test_what_is_written_is_read_back(kind, values):
    for value in values:
        assert kind.read(kind.write(value)) == value
