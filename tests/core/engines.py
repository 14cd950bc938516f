"""WebAssembly engines for the kernel's tests: wasmtime natively, Node's own inside Pyodide.

Neither is imported by name, so that the tests are collected in both places.
"""

import importlib
import sys

import numpy as np
import pytest

from nncore.kernel.assembler import Module
from nncore.kernel.binary import I32
from nncore.kernel.browser import BrowserEngine
from nncore.kernel.engine import Engine

IN_PYODIDE = sys.platform == "emscripten"


class NodeEngine(BrowserEngine):
    """The page's engine, inside Pyodide under Node; `simd=False` is an engine without SIMD."""

    def __init__(self, simd: bool = True):
        js, ffi = importlib.import_module("js"), importlib.import_module("pyodide.ffi")
        super().__init__(js, ffi, js.pyodideMemory)
        self.simd = simd
        self.compiled = 0

    def validate(self, wasm):
        return (self.simd or b"\xfd\x14" not in wasm) and super().validate(wasm)

    def instantiate(self, wasm):
        self.compiled += 1
        return super().instantiate(wasm)


def _counting_engine(simd: bool) -> Engine:
    """The wasmtime package's engine; it counts the modules that it compiled."""
    from nncore.kernel.native import WasmtimeEngine  # the page's first wheel goes without it

    class CountingEngine(WasmtimeEngine):
        compiled = 0

        def instantiate(self, wasm):
            self.compiled += 1
            return super().instantiate(wasm)

    return CountingEngine(simd)


def new_engine(simd: bool = True) -> Engine:
    """An engine of this place, with memory of its own."""
    if IN_PYODIDE:
        return NodeEngine(simd)
    pytest.importorskip("wasmtime")
    return _counting_engine(simd)


SIMD = pytest.mark.parametrize("simd", [True, False])


def apply(formula, *columns, simd):
    """Assemble formula(f, x, ...) over reals, and run it on arrays of equal, even length."""
    engine = new_engine(simd)
    assert engine.lanes == (2 if simd else 1)
    module = Module(engine.lanes, engine.tanh_table)
    names = [f"x{k}" for k in range(len(columns))]
    f = module.function("apply", None, True, out=I32, count=I32, **dict.fromkeys(names, I32))
    pointers = [getattr(f, name) for name in names]
    with f.repeat(f.count):
        values = [f.let(f.load(pointer)) for pointer in pointers]
        f.store(f.out, formula(f, *values))
        f.move(dict.fromkeys([f.out, *pointers], 8 * engine.lanes))
    columns = [engine.place(np.array(column, dtype=float)) for column in columns]
    out = engine.empty(len(columns[0]))
    addresses = [engine.address(each) for each in (out, *columns)]
    run = engine.instantiate(module.encode()).apply
    run(addresses[0], len(out) // engine.lanes, *addresses[1:])
    return out
