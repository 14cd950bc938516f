"""The playground's random stream, compiled: for data of many points.

ARC4 makes one byte after the other, so NumPy cannot help, and a number takes seven bytes and
more. The module does what nncore.seedrandom does, step by step and bit by bit, on a state of 258
words: the box, then i and j. It may be slower to make than a few numbers are to draw, so that
short draws stay in Python.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, overload

import numpy as np

from nncore.arrays import Array, FloatArray
from nncore.kernel.assembler import TO_F64, TO_WHOLE, Function, Module
from nncore.kernel.binary import F64, I32
from nncore.seedrandom import SeedRandom

if TYPE_CHECKING:
    from nncore.kernel.engine import Engine

WORTH = 200  # numbers from which on the module is used
PART = 50_000  # numbers that `ahead` draws at once: a few milliseconds
BOX, AT_I, AT_J = 256, 4 * 256, 4 * 257  # words; bytes
WIDTH, START = 6, 2.0**48  # bytes of a number to begin with, and the number that they stay below
ENOUGH, MOST = 2.0**52, 2.0**53


def _byte(module: Module) -> Function:
    """One step of ARC4: the next byte of the key stream."""
    f = module.function("byte", I32, state=I32)
    i = f.let((f.load(f.state, AT_I, I32) + 1) & 255)
    here = f.let(f.state + i * 4)
    t = f.let(f.load(here, kind=I32))
    j = f.let((f.load(f.state, AT_J, I32) + t) & 255)
    there = f.let(f.state + j * 4)
    s = f.let(f.load(there, kind=I32))
    f.store(f.state, i, AT_I)
    f.store(f.state, j, AT_J)
    f.store(here, s)
    f.store(there, t)
    f.returns(f.load(f.state + ((s + t) & 255) * 4, kind=I32))
    return f


def _number(module: Module) -> Function:
    """A float in [0, 1): n + x over d, where n has all bytes but the last, which is x."""
    f = module.function("number", F64, state=I32)
    byte = module.once(_byte)
    n, d, x = f.let(0.0, F64), f.let(START, F64), f.let(0)
    with f.repeat(WIDTH):
        f.set(n, n * 256.0 + f.result(byte, f.state).then(TO_F64, kind=F64))
    with f.until_zero(n < ENOUGH):
        f.set(n, (n + x.then(TO_F64, kind=F64)) * 256.0)
        f.set(d, d * 256.0)
        f.set(x, f.result(byte, f.state))
    too_long = n > MOST - 1
    with f.when(too_long), f.until_zero(too_long):
        f.set(n, n * 0.5)
        f.set(d, d * 0.5)
        f.set(x, x // 2)
    f.returns((n + x.then(TO_F64, kind=F64)) / d)
    return f


def _fill(module: Module) -> Function:
    """Draw `count` numbers to `out`."""
    f = module.function("fill", None, True, state=I32, out=I32, count=I32)
    with f.repeat(f.count):
        f.store(f.out, f.result(module.once(_number), f.state))
        f.move({f.out: 8})
    return f


def _shuffle(module: Module) -> Function:
    """Fisher and Yates's shuffle of `count` words, from the last one down."""
    f = module.function("shuffle", None, True, state=I32, words=I32, count=I32)
    left = f.let(f.count)
    with f.until_zero(left):
        draw = f.result(module.once(_number), f.state) * left.then(TO_F64, kind=F64)
        other = f.let(f.words + draw.then(TO_WHOLE, kind=I32) * 4)
        here = f.let(f.words + (left - 1) * 4)
        word = f.let(f.load(here, kind=I32))
        f.store(here, f.load(other, kind=I32))
        f.store(other, word)
        f.set(left, left - 1)
    return f


def stream_module() -> bytes:
    """Return the WebAssembly module with `fill` and `shuffle`."""
    module = Module(lanes=1)
    _fill(module)
    _shuffle(module)
    return module.encode()


class CompiledRandom(SeedRandom):
    """A SeedRandom that draws many numbers at once by an Engine; the same numbers."""

    def __init__(self, seed: str, engine: Engine) -> None:
        super().__init__(seed)
        self._engine = engine
        # Parts that are drawn ahead: the numbers, and where the stream is after them.
        self._drawn: list[tuple[FloatArray, tuple[list[int], int, int]]] = []

    @overload
    def random(self) -> float: ...

    @overload
    def random(self, size: int | tuple[int, ...]) -> FloatArray: ...

    def random(self, size: int | tuple[int, ...] | None = None) -> float | FloatArray:
        """Return a float in [0, 1), or an array of them of shape `size` (drawn in C order)."""
        drawn, self._drawn = self._drawn, []
        if size is None:
            return super().random()
        if np.prod(size, dtype=np.int64) < WORTH:
            return super().random(size)
        numbers = self._engine.empty(int(np.prod(size, dtype=np.int64)))
        done = 0
        while drawn and done + drawn[0][0].size <= numbers.size:
            part, (self._box, self._i, self._j) = drawn.pop(0)
            numbers[done : done + part.size] = part
            done += part.size
        if done < numbers.size:
            self._run("fill", numbers[done:], numbers.size - done)
        else:
            self._drawn = drawn
        return numbers.reshape(size)

    def ahead(self, count: int) -> Iterator[None]:
        """Draw the next `count` numbers beforehand: a generator that waits after every part.

        The stream stays where it is. What `random` is then asked for comes from these numbers, as
        far as it takes whole parts; the rest is drawn again. The numbers are the same either way.
        """
        drawn = self._drawn = []
        twin = self.copy()
        for start in range(0, count, PART):
            part = twin.random(min(PART, count - start))
            drawn.append((part, (twin._box.copy(), twin._i, twin._j)))
            yield

    def shuffled(self, n: int) -> Array:
        """Return 0 to n - 1 as nncore.preprocessing's shuffle leaves them."""
        self._drawn = []
        words = self._engine.empty(-(-n // 2)).view(np.int32)[:n]
        words[:] = np.arange(n)
        self._run("shuffle", words, n)
        return words

    def copy(self) -> CompiledRandom:
        """Return an independent stream at the same position."""
        twin = object.__new__(CompiledRandom)
        twin.seed, twin._engine = self.seed, self._engine
        twin._box, twin._i, twin._j = self._box.copy(), self._i, self._j
        twin._drawn = [(part, (box.copy(), i, j)) for part, (box, i, j) in self._drawn]
        return twin

    def _run(self, name: str, array: Array, count: int) -> None:
        engine = self._engine
        functions = engine.kept("stream", stream_module)
        words = engine.empty((BOX + 2) // 2).view(np.int32)
        words[:] = [*self._box, self._i, self._j]
        getattr(functions, name)(engine.address(words), engine.address(array), count)
        *self._box, self._i, self._j = words.tolist()
