"""nncore.kernel.native: memory that is handed out, given back and handed out again."""

import gc
import sys

import numpy as np
import pytest

pytest.importorskip("wasmtime")

from nncore.kernel.native import WasmtimeEngine
from nncore.kernel.plan import Unsupported


def test_memory_is_given_back_with_the_last_view_of_an_array():
    engine = WasmtimeEngine()
    array = engine.empty(100)
    view = array[3:7]
    place, used = engine.address(array), engine.used
    del array
    gc.collect()
    assert engine.address(engine.empty(100)) != place
    del view
    gc.collect()
    again = engine.empty(90)
    assert engine.address(again) == place
    assert engine.used <= used + 1024


def test_arrays_are_aligned_apart_and_stay_when_memory_grows():
    engine = WasmtimeEngine()
    arrays = [engine.empty(n) for n in (1, 2, 3, 100, 400_000)]
    for number, array in enumerate(arrays):
        array[:] = number
        assert engine.address(array) % 16 == 0
    for number, array in enumerate(arrays):
        np.testing.assert_array_equal(array, number)


def test_says_that_the_package_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "wasmtime", None)
    with pytest.raises(Unsupported, match="wasmtime is not installed"):
        WasmtimeEngine()
