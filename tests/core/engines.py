"""WebAssembly engines for the kernel's tests: wasmtime natively, Node's own inside Pyodide.

Neither is imported by name, so that the tests are collected in both places.
"""

import ctypes
import importlib
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from nncore.kernel.assembler import Module
from nncore.kernel.binary import I32
from nncore.kernel.browser import BrowserEngine
from nncore.kernel.engine import Engine

IN_PYODIDE = sys.platform == "emscripten"
PAGE, SPARE_PAGES = 65536, 16


class WasmtimeEngine(Engine):
    """The wasmtime package. Memory is handed out in a row and never taken back."""

    name = "wasmtime"

    def __init__(self, simd: bool = True):
        super().__init__()
        self.wasmtime = wasmtime = pytest.importorskip("wasmtime")
        config = wasmtime.Config()
        config.wasm_relaxed_simd = config.wasm_simd = simd
        self.engine = wasmtime.Engine(config)
        self.store = wasmtime.Store(self.engine)
        limits = wasmtime.MemoryType(wasmtime.Limits(SPARE_PAGES, None))
        self.memory = wasmtime.Memory(self.store, limits)
        self.base = ctypes.addressof(self.memory.data_ptr(self.store).contents)
        self.used = 16  # address 0 stands for "no array"
        self.compiled = 0

    def empty(self, n_words):
        n_bytes = -(-8 * n_words // 16) * 16
        spare = self.memory.data_len(self.store) - self.used
        if n_bytes > spare:
            self.memory.grow(self.store, n_bytes // PAGE + SPARE_PAGES)
            assert ctypes.addressof(self.memory.data_ptr(self.store).contents) == self.base
        raw = (ctypes.c_double * n_words).from_address(self.base + self.used)
        raw.owner = self.memory, self.store  # they live as long as any array
        self.used += n_bytes
        return np.frombuffer(raw, dtype=np.float64)

    def address(self, array):
        return array.__array_interface__["data"][0] - self.base

    def validate(self, wasm):
        try:
            self.wasmtime.Module.validate(self.engine, wasm)
        except self.wasmtime.WasmtimeError:
            return False
        return True

    def instantiate(self, wasm):
        self.compiled += 1
        module = self.wasmtime.Module(self.engine, wasm)
        exports = self.wasmtime.Instance(self.store, module, [self.memory]).exports(self.store)

        def bound(function):
            return lambda *arguments: function(self.store, *arguments)

        return SimpleNamespace(**{each.name: bound(exports[each.name]) for each in module.exports})


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


def new_engine(simd: bool = True) -> Engine:
    """An engine of this place, with memory of its own."""
    return NodeEngine(simd) if IN_PYODIDE else WasmtimeEngine(simd)


SIMD = pytest.mark.parametrize("simd", [True, False])


def apply(formula, *columns, simd):
    """Assemble formula(f, x, ...) over reals, and run it on arrays of equal, even length."""
    engine = new_engine(simd)
    assert engine.lanes == (2 if simd else 1)
    module = Module(engine.lanes)
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
