"""The compiled random stream: bit by bit the one written in Python."""

import numpy as np
import pytest
from engines import new_engine

from nncore import DATASETS, SeedRandom, shuffle_split
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
