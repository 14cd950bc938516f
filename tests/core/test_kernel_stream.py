"""The compiled random stream: bit by bit the one written in Python."""

import numpy as np
import pytest
from engines import new_engine

from nncore import DATASETS, SeedRandom, shuffle_split
from nncore.kernel import stream
from nncore.kernel.stream import WORTH, CompiledRandom

SEEDS = ["0.12345", "hello", "é\U0001f377wine", "x" * 300 + "yz"]


@pytest.fixture
def engine():
    return new_engine()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_numbers(engine, seed):
    """Many enough that some take eight bytes and more (one in 16), and some nine (one in 4096)."""
    compiled, plain = CompiledRandom(seed, engine), SeedRandom(seed)
    np.testing.assert_array_equal(compiled.random(20_000), plain.random(20_000))
    assert engine.compiled == 1
    assert compiled.random() == plain.random()


def test_short_and_long_draws_take_turns(engine):
    compiled, plain = CompiledRandom("0.5", engine), SeedRandom("0.5")
    for size in (None, WORTH, 3, (WORTH, 4), (2, 2), WORTH - 1, WORTH):
        np.testing.assert_array_equal(compiled.random(size), plain.random(size))
    assert engine.compiled == 1


def test_a_copy_goes_its_own_way(engine):
    compiled = CompiledRandom("0.5", engine)
    compiled.random(WORTH)
    twin = compiled.copy()
    assert type(twin) is CompiledRandom
    first = compiled.random(WORTH)
    np.testing.assert_array_equal(twin.random(WORTH), first)
    assert not np.array_equal(twin.random(WORTH), first)


# Numbers that are drawn ahead ---------------------------------------------------------------------


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(stream, "PART", 2 * WORTH)
    return 2 * WORTH


def fills(rng, monkeypatch):
    """How many numbers `rng` draws at a time, from now on."""
    counts, run = [], rng._run
    monkeypatch.setattr(rng, "_run", lambda *what: (counts.append(what[2]), run(*what)))
    return counts


@pytest.mark.parametrize("ahead", [1, 5])
@pytest.mark.parametrize(
    "sizes",
    [
        [(5, 2 * WORTH)], [4 * WORTH, 6 * WORTH], [3 * WORTH, 3 * WORTH], [None, 2 * WORTH],
        [2 * WORTH, 5, 2 * WORTH], [20 * WORTH, 7],
    ],
)  # fmt: skip
def test_numbers_drawn_ahead_are_the_same(engine, small_parts, sizes, ahead):
    compiled, plain = CompiledRandom("0.5", engine), SeedRandom("0.5")
    for _ in compiled.ahead(ahead * small_parts):
        pass
    twin = compiled.copy()
    for size in [*sizes, None, WORTH]:
        expected = plain.random(size)
        np.testing.assert_array_equal(compiled.random(size), expected)
        np.testing.assert_array_equal(twin.random(size), expected, "and for a copy")


def test_what_was_drawn_ahead_is_not_drawn_again(engine, small_parts, monkeypatch):
    compiled = CompiledRandom("0.5", engine)
    for _ in compiled.ahead(4 * small_parts):
        pass
    counts = fills(compiled, monkeypatch)
    compiled.random((2, small_parts))
    compiled.random(small_parts)
    assert counts == []
    compiled.random(small_parts + WORTH)
    assert counts == [WORTH], "only the rest"


def test_each_part_waits_and_the_stream_stays_where_it_is(engine, small_parts):
    compiled, plain = CompiledRandom("0.5", engine), SeedRandom("0.5")
    parts = compiled.ahead(3 * small_parts + 1)
    seen = []
    for _ in parts:
        seen.append(len(compiled._drawn))
    assert seen == [1, 2, 3, 4]
    assert compiled._i == 0 == plain._i
    np.testing.assert_array_equal(compiled.shuffled(50), shuffled(50, plain))
    np.testing.assert_array_equal(compiled.random(WORTH), plain.random(WORTH))


def shuffled(n, rng):
    return shuffle_split(np.zeros((n, 1)), np.arange(n), 1.0, rng)[2]


def test_who_draws_before_all_is_drawn_ahead_gets_the_right_numbers_too(engine, small_parts):
    for first in (5, WORTH, small_parts, 2 * small_parts):
        compiled, plain = CompiledRandom("0.5", engine), SeedRandom("0.5")
        parts = compiled.ahead(4 * small_parts)
        next(parts)
        np.testing.assert_array_equal(compiled.random(first), plain.random(first))
        for _ in parts:
            pass
        for size in (small_parts, None, 3 * small_parts):
            np.testing.assert_array_equal(compiled.random(size), plain.random(size))


@pytest.mark.parametrize("n", [1, 2, 3, 10, 5000])
def test_the_same_shuffle(engine, n):
    rows = np.arange(float(n)).reshape(-1, 1), np.arange(n)
    compiled, plain = CompiledRandom("0.5", engine), SeedRandom("0.5")
    found, expected = (shuffle_split(*rows, 0.3, rng) for rng in (compiled, plain))
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal(one, other)
    assert compiled.random() == plain.random()


@pytest.mark.parametrize("name", DATASETS)
def test_the_same_data(engine, name):
    compiled, plain = CompiledRandom("0.5", engine), SeedRandom("0.5")
    for one, other in zip(
        DATASETS[name].make(3000, 0.3, compiled), DATASETS[name].make(3000, 0.3, plain), strict=True
    ):
        np.testing.assert_array_equal(one, other)
    assert compiled.random() == plain.random()
