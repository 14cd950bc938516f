"""`build.py bench keras`: contenders are compared before they race; the table says by how much."""

import sys

import pytest

from tools.bench.keras import race, table


def test_a_race_of_two():
    pytest.importorskip("wasmtime")
    names = ("nncore.train, NumPy", "nncore.keras, compiled")
    found = race(dict.fromkeys(names, sys.executable), 2)
    assert {name: len(times) for name, times in found.items()} == dict.fromkeys(names, 2)
    assert all(time > 0 for times in found.values() for time in times)


def test_a_contender_that_ends_is_named():
    with pytest.raises(RuntimeError, match="nobody ended early, with status 1"):
        race({"nobody": sys.executable}, 1)


def test_the_table_says_how_often_ours_is_faster():
    times = {"nncore.keras, NumPy": [4.0, 4.0], "nncore.keras, compiled": [1.0], "Keras": [40, 44]}
    rows = table(times).splitlines()
    assert rows[-1] == "| Keras | 42.00 | 40.00 | 44.00 | 10.50 | 42.00 |"
