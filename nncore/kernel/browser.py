"""The engine of the page: the browser's WebAssembly, working in Pyodide's own memory.

Nothing is copied between Python and the modules: an array's address in Python is its address in
WebAssembly. The browser is an argument here: `js` and `pyodide.ffi` are handed in by those who
may import them, and so is Pyodide's memory, which only the boot code can get hold of.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nncore.arrays import Array, FloatArray
from nncore.kernel.engine import Engine, Numbers
from nncore.kernel.plan import Unsupported


class BrowserEngine(Engine):
    """WebAssembly in a browser or Node, from inside Pyodide.

    Args:
        js, ffi: The modules js and pyodide.ffi.
        memory: The WebAssembly.Memory that Pyodide runs in (in JavaScript: the instance's
            exports.memory).
    """

    def __init__(self, js: Any, ffi: Any, memory: Any) -> None:
        super().__init__()
        self._js, self._ffi, self._memory = js, ffi, memory

    def empty(self, n_words: int) -> FloatArray:
        return np.empty(n_words)

    def place(self, array: Numbers) -> Numbers:
        return array

    def address(self, array: Array) -> int:
        return int(array.__array_interface__["data"][0])

    def validate(self, wasm: bytes) -> bool:
        return bool(self._js.WebAssembly.validate(self._ffi.to_js(wasm)))

    def instantiate(self, wasm: bytes) -> Any:
        wanted = {"env": {"memory": self._memory}}
        imports = self._ffi.to_js(wanted, dict_converter=self._js.Object.fromEntries)
        try:
            module = self._js.WebAssembly.Module.new(self._ffi.to_js(wasm))
            return self._js.WebAssembly.Instance.new(module, imports).exports
        except self._ffi.JsException as error:
            raise Unsupported(f"the browser refused a module: {error}") from error
