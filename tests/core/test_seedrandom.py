"""The stream against numbers taken from the JavaScript library itself (seedrandom 2.4.4, Node)."""

import hashlib
import struct

import numpy as np
import pytest

from nncore import SeedRandom

# seed: the first three numbers, and the SHA-256 (16 digits) of the first 20,000 as doubles.
FROM_JAVASCRIPT = {
    "0.12345": ([0.9152007406557323, 0.4702753218035592, 0.2736265229359467], "6c93049e28b461ad"),
    "hello": ([0.5463663768140734, 0.4397379377059223, 0.554769432473455], "4ebaa6dd0861d9f0"),
    "a": ([0.43449421599986604, 0.5451403460013228, 0.3578386258898537], "da77791ec18345e1"),
    "0": ([0.7803563384230067, 0.05144520047760746, 0.5317574394273067], "91fe1f5ef9c38227"),
    "é\U0001f377wine": (
        [0.32592102052830696, 0.04357709422258838, 0.7764576774472203],
        "53c4fb713ab08034",
    ),
    "x" * 300 + "yz": (
        [0.7832066137260364, 0.01982222395747031, 0.510083499992679],
        "04a35e7d65fd45df",
    ),
}


@pytest.mark.parametrize("seed", FROM_JAVASCRIPT)
def test_equals_the_library_bit_by_bit(seed):
    first, digest = FROM_JAVASCRIPT[seed]
    numbers = SeedRandom(seed).random(20_000)
    assert numbers[:3].tolist() == first
    packed = struct.pack("<20000d", *numbers)
    assert hashlib.sha256(packed).hexdigest()[:16] == digest


def test_sizes_take_from_one_stream_in_c_order():
    whole = SeedRandom("s").random(13)
    rng = SeedRandom("s")
    one = rng.random()
    assert isinstance(one, float)
    table = rng.random((2, 3))
    assert table.shape == (2, 3)
    assert rng.random(0).shape == (0,)
    assert rng.random((0, 4)).shape == (0, 4)
    rest = rng.random(np.int64(6))
    np.testing.assert_array_equal(np.concatenate([[one], table.ravel(), rest]), whole)


def test_copy_goes_on_alone_from_the_same_place():
    rng = SeedRandom("s")
    rng.random(5)
    twin = rng.copy()
    ahead = twin.random(10)
    np.testing.assert_array_equal(rng.random(10), ahead)
    assert twin.seed == "s"


def test_numbers_are_uniform():
    numbers = SeedRandom("uniform").random(20_000)
    assert numbers.min() >= 0
    assert numbers.max() < 1
    counts = np.bincount((numbers * 20).astype(int), minlength=20)
    chi_squared = ((counts - 1000) ** 2 / 1000).sum()
    assert chi_squared < 43.8  # 0.1 % of uniform streams exceed this with 19 degrees of freedom


def test_empty_seed_counts_as_a_key_of_zero():
    np.testing.assert_array_equal(SeedRandom("").random(4), SeedRandom("\0").random(4))


@pytest.mark.parametrize("seed", [None, 5, 0.12345, b"0.1"])
def test_seed_must_be_text(seed):
    with pytest.raises(ValueError, match=r"^seed must be a text \(str\); got "):
        SeedRandom(seed)
