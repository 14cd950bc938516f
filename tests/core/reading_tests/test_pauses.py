"""Large tables: the work pauses after every few thousand cells, and takes memory within a bound."""

import tracemalloc

import numpy as np
import pytest

from nncore.arrays import distinct
from nncore.pauses import result_of
from nncore.reading.encoding import encode, encoding
from nncore.reading.numbers import COMMA, DOT, reading_numbers
from nncore.reading.preparing import prepare, preparing
from nncore.reading.reader import read, reading

MOST_READING, MOST_KEPT = 100, 20  # bytes for a cell
ROWS = 10_000


@pytest.fixture(scope="module")
def content():
    """Seven numbers, one of them with gaps, a category, words, a date, and a class."""
    rng = np.random.default_rng(0)
    lines = ["a,b,c,d,e,f,gaps,colour,word,day,kind"]
    X = rng.normal(size=(ROWS, 7)).round(4).tolist()
    for i, (*numbers, last) in enumerate(X):
        words = f"{('red', 'blue')[i % 2]},w{i * 7 % 5003},20{i % 25:02d}-03-04,k{i % 3}"
        lines.append(f"{','.join(map(str, numbers))},{'' if i % 50 == 9 else last},{words}")
    return "\n".join(lines).encode()


def test_every_step_is_short_and_the_result_the_same(content):
    steps = reading(content)
    shares = []
    while True:
        try:
            shares.append(next(steps))
        except StopIteration as end:
            found = end.value
            break
    assert len(shares) > 11 * ROWS / 4000 + 3 * ROWS / 2000
    assert shares == sorted(shares)
    assert [c.kind for c in found.columns][6:] == ["number", "category", "text", "date", "category"]
    words = found.columns[8]
    assert words.categories == tuple(sorted({f"w{i}" for i in range(5003)}, key=_number))
    assert [words.categories[int(v)] for v in words.values[:3]] == ["w0", "w7", "w14"]

    pauses = len(list(encoding(found)))
    assert pauses > len(found.inputs)
    encoded = encode(found)
    ready = prepare(found, 0.2, np.random.default_rng(1))
    assert len(list(preparing(encoded, 0.2, np.random.default_rng(1)))) > encoded.X.shape[1]
    again = result_of(preparing(encoded, 0.2, np.random.default_rng(1)))
    np.testing.assert_array_equal(again.inputs, ready.inputs)


def _number(word):
    return int(word[1:])


@pytest.mark.parametrize(("style", "mark"), [(DOT, "."), (COMMA, ",")])
def test_parts_of_a_column_are_put_together(style, mark):
    texts = [f"{i}{mark}5" for i in range(4500)]
    texts[4100], texts[4400], texts[2500], texts[4499] = "word", "$1", "inf", "inf"
    found = result_of(reading_numbers(texts, style, sure=True))
    assert found.odd == [4100]
    assert found.infinite == [2500, 4499]
    assert found.marks["money"] == 1
    expected = np.arange(4500) + 0.5
    expected[[4100, 2500, 4499]], expected[4400] = np.nan, 1.0
    np.testing.assert_array_equal(found.values, expected)


def test_different_values_as_numpy_finds_them():
    for values in (np.array([3.0, 1, 3, -0.5]), np.array([2, 2]), np.array([], int)):
        np.testing.assert_array_equal(distinct(values), np.unique(values))


def test_memory_stays_within_its_bound(content):
    part = b"\n".join(content.splitlines()[:2001])
    cells = 2000 * 11
    tracemalloc.start()
    try:
        found = read(part)
        kept, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found.n_rows == 2000
    assert most < MOST_READING * cells
    assert kept < MOST_KEPT * cells
