"""What the kernel asks of the world: memory to work in, and something that runs WebAssembly.

nncore does not know where it runs, so an Engine is passed in, as random generators are. In the
page it is the browser's, and modules work in place on NumPy's own arrays, for both live in
Pyodide's memory; natively it may be the wasmtime package, with arrays made in its memory. Where
a module cannot be had, Unsupported says why, and NumPy does the work.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, TypeVar

from nncore.arrays import Array, FloatArray
from nncore.batches import Batches
from nncore.kernel.assembler import Module
from nncore.kernel.compiled import CompiledLearner, CompiledModel
from nncore.kernel.mathlib import TANH_TABLE
from nncore.kernel.module import compile_plan
from nncore.kernel.plan import Plan, Unsupported
from nncore.learner import Learner
from nncore.model import Sequential

KEPT_MODULES = 32
Numbers = TypeVar("Numbers", bound=Array)


class Engine:
    """A way to run WebAssembly: subclasses write `empty`, `address`, `validate`, `instantiate`.

    Attributes:
        name: How a page calls it.
    """

    name = "WebAssembly"

    def __init__(self) -> None:
        self._modules: OrderedDict[Hashable, Any] = OrderedDict()

    def empty(self, n_words: int) -> FloatArray:
        """Return an array of n_words float64, 16-byte aligned, in memory that modules reach.

        It must stay where it is for as long as it is referenced.
        """
        raise NotImplementedError

    def address(self, array: Array) -> int:
        """Return where such an array, or a view of one, begins in the modules' memory."""
        raise NotImplementedError

    def validate(self, wasm: bytes) -> bool:
        """Return whether a module is one that can run here."""
        raise NotImplementedError

    def instantiate(self, wasm: bytes) -> Any:
        """Return an object with the module's exported functions as attributes.

        The module imports its memory as env.memory.

        Raises:
            Unsupported: If it is not allowed.
        """
        raise NotImplementedError

    @cached_property
    def lanes(self) -> int:
        """How many numbers an instruction takes: 2 with SIMD, else 1."""
        for lanes in (2, 1):
            probe = Module(lanes)
            function = probe.function("probe")
            function.let(function.number(1.0))
            if self.validate(probe.encode()):
                return lanes
        raise Unsupported("there is no WebAssembly here")

    @cached_property
    def tanh_values(self) -> FloatArray:
        """The table of tanh, in the modules' memory."""
        return self.place(TANH_TABLE)

    @property
    def tanh_table(self) -> int:
        """Where the table of tanh stands in the modules' memory."""
        return self.address(self.tanh_values)

    def load(self, plan: Plan) -> Any:
        """Return the exported functions of the module for `plan`, compiled once and kept."""
        return self.kept(plan, lambda: compile_plan(plan))

    def kept(self, key: Hashable, write: Callable[[], bytes]) -> Any:
        """Return the exported functions of the module write(), made once for `key` and kept."""
        if key not in self._modules:
            self._modules[key] = self.instantiate(write())
            if len(self._modules) > KEPT_MODULES:
                self._modules.popitem(last=False)
        self._modules.move_to_end(key)
        return self._modules[key]

    def place(self, array: Numbers) -> Numbers:
        """Return a copy of `array` in memory that modules reach."""
        words = self.empty(-(-array.nbytes // 8))
        copy: Any = words.view(array.dtype)[: array.size].reshape(array.shape)
        copy[...] = array
        return copy  # type: ignore[no-any-return]

    def take_over(self, learner: Learner, batches: Batches) -> Learner | CompiledLearner:
        """Return a compiled learner in place of one of nncore.training's.

        Where it cannot be had, return that one, which then says why in its `engine`.
        """
        try:
            return CompiledLearner(self, learner, batches)
        except Unsupported as reason:
            learner.engine = f"NumPy ({reason})"
            return learner

    def model(self, model: Sequential, loss: str) -> CompiledModel:
        """Return a compiled form of `model` for outputs, losses and pictures, or Unsupported."""
        return CompiledModel(self, model, loss)
