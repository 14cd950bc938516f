"""What the kernel asks of the world: memory to work in, and a WebAssembly engine.

`nncore` does not know where it runs, so an Engine is passed in, as random generators are. In the
page it is the browser's, and a module works in place on NumPy's arrays, in Pyodide's own memory;
natively it may be the wasmtime package, and arrays are made inside the module's memory.
"""

from types import SimpleNamespace

import numpy as np

from nncore.kernel.assembler import Module


class Engine:
    """A way to run WebAssembly; subclasses write the four methods below.

    name: how a page calls it.
    """

    name = "WebAssembly"

    def empty(self, n_words: int) -> np.ndarray:
        """Return a float64 array (n_words,) in memory that modules reach, never to be moved."""
        raise NotImplementedError

    def address(self, array: np.ndarray) -> int:
        """Return where such an array, or a view of it, begins in the modules' memory."""
        raise NotImplementedError

    def validate(self, wasm: bytes) -> bool:
        """Return whether the engine understands this module."""
        raise NotImplementedError

    def instantiate(self, wasm: bytes) -> SimpleNamespace:
        """Return the module's exported functions; its import env.memory is the memory above."""
        raise NotImplementedError
