"""Weights in a link: what was packed comes back to the last bit, and what was spoilt is refused."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.settings.fields import BadValue, Weights
from explorer.settings.letters import from_letters, to_letters
from explorer.settings.packed import LONGEST, pack, unpack

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def numbers(draw):
    """(size, {place: value}) that fit into a link."""
    size = draw(st.integers(1, 300))
    places = draw(st.sets(st.integers(0, size - 1), max_size=300))
    return size, {place: draw(FINITE) for place in sorted(places)}


@given(numbers())
def test_what_is_packed_comes_back(told):
    text = pack(*told)
    size, values = unpack(text)
    assert size == told[0]
    assert {p: struct.pack("<d", v) for p, v in values.items()} == {
        p: struct.pack("<d", v) for p, v in told[1].items()
    }
    assert Weights().read(text) == Weights().read(text.upper()) == text


def test_a_few_weights_are_a_short_text():
    assert len(pack(25, {3: 0.5})) == 28
    assert len(pack(25, dict.fromkeys(range(25), 0.1))) == 332


def test_what_is_too_much_is_no_text():
    assert len(pack(460, dict.fromkeys(range(460), 0.1))) <= LONGEST
    assert pack(480, dict.fromkeys(range(480), 0.1)) is None
    assert pack(70_000, {3: 0.5}) is None


TEXT = pack(25, {3: 0.5, 7: -1.25})


@pytest.mark.parametrize("place", range(len(TEXT)))
def test_a_wrong_letter_is_noticed(place):
    for letter in "a7":
        if TEXT[place] != letter:
            with pytest.raises(BadValue, match="must be the weights of a network"):
                Weights().read(TEXT[:place] + letter + TEXT[place + 1 :])


@pytest.mark.parametrize("length", range(1, len(TEXT)))
def test_a_cut_text_is_noticed(length):
    with pytest.raises(BadValue):
        Weights().read(TEXT[:length])


def signed(body):
    """A text with a right checksum, whatever it says."""
    return to_letters(zlib.crc32(body).to_bytes(4, "little") + body)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"\1", b"\3\5\0", b"\1\5\0abc", b"\2\5\0" + bytes(39), b"\2\0\0\0",
        struct.pack("<BHHd", 1, 5, 5, 0.5), struct.pack("<BHHHdd", 1, 5, 2, 2, 0.5, 0.5),
        struct.pack("<BHHHdd", 1, 5, 3, 2, 0.5, 0.5), struct.pack("<BHHd", 1, 5, 2, float("nan")),
        struct.pack("<BHd", 2, 1, float("inf")),
    ],
)  # fmt: skip
def test_a_forged_text_is_refused(body):
    with pytest.raises(ValueError):  # noqa: PT011 - which of its checks finds it is no matter
        unpack(signed(body))


@given(st.binary(max_size=80))
def test_any_bytes_are_weights_or_refused(body):
    try:
        size, values = unpack(signed(body))
    except ValueError:
        return
    assert pack(size, values) is not None


@given(st.binary(max_size=50))
def test_letters_are_read_back(content):
    assert from_letters(to_letters(content)) == from_letters(to_letters(content).upper()) == content
