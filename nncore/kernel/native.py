"""The engine of an ordinary Python: WebAssembly by the wasmtime package, where it is installed.

    pip install nncore[fast]

Modules work in a memory of their own, and arrays that they reach are made in it. A piece of that
memory goes back when the last array in it is gone, and is given out again to who asks for one of
its size; sizes are powers of two, so there are few.
"""

from __future__ import annotations

import ctypes
import importlib
import weakref
from types import SimpleNamespace
from typing import Any

import numpy as np

from nncore.arrays import Array, FloatArray
from nncore.kernel.engine import Engine
from nncore.kernel.plan import Unsupported

PAGE, SPARE_PAGES, SMALLEST = 65536, 16, 64


class WasmtimeEngine(Engine):
    """WebAssembly outside of a browser; `simd=False` is an engine without SIMD.

    Raises Unsupported where the package is not installed.
    """

    name = "wasmtime"

    def __init__(self, simd: bool = True) -> None:
        super().__init__()
        try:
            wasmtime: Any = importlib.import_module("wasmtime")
        except ImportError as error:
            raise Unsupported(f"wasmtime is not installed: {error}") from error
        self.wasmtime = wasmtime
        config = wasmtime.Config()
        config.wasm_relaxed_simd = config.wasm_simd = simd
        self.engine = wasmtime.Engine(config)
        self.store = wasmtime.Store(self.engine)
        limits = wasmtime.MemoryType(wasmtime.Limits(SPARE_PAGES, None))
        self.memory = wasmtime.Memory(self.store, limits)
        self.base = self._base()
        self.used = 16  # address 0 stands for "no array"
        self._free: dict[int, list[int]] = {}  # places that were given back, by their size

    def _base(self) -> int:
        return ctypes.addressof(self.memory.data_ptr(self.store).contents)

    def empty(self, n_words: int) -> FloatArray:
        n_bytes = max(SMALLEST, 1 << (8 * n_words - 1).bit_length())
        free = self._free.setdefault(n_bytes, [])
        place = free.pop() if free else self._more(n_bytes)
        raw: Any = (ctypes.c_double * n_words).from_address(self.base + place)
        raw.owner = self.memory, self.store  # they live as long as any array
        weakref.finalize(raw, free.append, place).atexit = False
        array: FloatArray = np.frombuffer(raw, dtype=np.float64)
        return array

    def _more(self, n_bytes: int) -> int:
        """The place of n_bytes that were never given out; the memory grows where it has to."""
        spare = self.memory.data_len(self.store) - self.used
        if n_bytes > spare:
            try:
                self.memory.grow(self.store, n_bytes // PAGE + SPARE_PAGES)
            except self.wasmtime.WasmtimeError as error:
                raise Unsupported("its memory is full") from error
            if self._base() != self.base:
                raise Unsupported("its memory has moved")
        self.used += n_bytes
        return self.used - n_bytes

    def address(self, array: Array) -> int:
        return int(array.__array_interface__["data"][0]) - self.base

    def validate(self, wasm: bytes) -> bool:
        try:
            self.wasmtime.Module.validate(self.engine, wasm)
        except self.wasmtime.WasmtimeError:
            return False
        return True

    def instantiate(self, wasm: bytes) -> SimpleNamespace:
        module = self.wasmtime.Module(self.engine, wasm)
        exports = self.wasmtime.Instance(self.store, module, [self.memory]).exports(self.store)
        names = [each.name for each in module.exports]
        return SimpleNamespace(**{name: self._callable(exports[name]) for name in names})

    def _callable(self, function: Any) -> Any:
        """Return an exported function as one of Python.

        wasmtime's own call looks up types and converts each argument anew, which takes longer
        than an epoch of a small network. Where its C function can be had, it is called directly,
        with the numbers in one array that is made once.
        """
        try:
            c: Any = importlib.import_module("wasmtime._bindings")
            call, handle = c.wasmtime_func_call_unchecked, ctypes.byref(function._func)
            store, trap = self.store._context(), ctypes.POINTER(c.wasm_trap_t)()
            kind = function.type(self.store)
            fields = [str(each) for each in kind.params]
            numbers = (c.wasmtime_val_raw * max(1, len(fields)))()
            result = str(kind.results[0]) if kind.results else None
        except (ImportError, AttributeError):
            return lambda *arguments: function(self.store, *arguments)
        slots = list(zip(numbers, fields, strict=False))
        size, where = len(numbers), ctypes.byref(trap)

        def direct(*arguments: Any) -> Any:
            for (number, field), argument in zip(slots, arguments, strict=True):
                setattr(number, field, argument)
            if call(store, handle, numbers, size, where) or trap:
                raise RuntimeError("a compiled module failed")
            return None if result is None else getattr(numbers[0], result)

        return direct
