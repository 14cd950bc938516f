"""A call of a compiled `run` that is done elsewhere, such as in a browser's worker.

What the call reads is copied into another memory, to the very addresses where it expects it, so
that the very same module does the very same work there. What it has written is copied back. An
errand has a training state of its own, so that many may be under way for one learner: that array
lies elsewhere in this memory, and the call expects it where the learner has its state.
"""

from __future__ import annotations

from dataclasses import dataclass

from nncore.arrays import Array, FloatArray
from nncore.kernel.module import compile_plan
from nncore.kernel.plan import Plan


@dataclass(frozen=True)
class Errand:
    """What has to be done, and with what.

    Attributes:
        plan: What the module is compiled for.
        arguments: Those of its function `run`.
        reads: (address, array): where the call expects what it reads, and that.
        writes: The same for what it writes.
        results: (rounds, sets, 2): what it measures, as many rounds as `run` says it has done.
    """

    plan: Plan
    arguments: tuple[float, ...]
    reads: list[tuple[int, Array]]
    writes: list[tuple[int, Array]]
    results: FloatArray

    @property
    def wasm(self) -> bytes:
        """The module."""
        return compile_plan(self.plan)
