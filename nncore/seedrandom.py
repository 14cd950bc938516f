"""The random numbers of TensorFlow Playground.

Its links reproduce an experiment because all draws come from one stream, the ARC4 generator of
the JavaScript library seedrandom 2.4, keyed by a short text. This class gives the same stream
through the one method that nncore uses of NumPy's generators, `random`, so that either kind of
generator serves wherever an `rng` is taken. ARC4 is a toy by today's standards of secrecy; here
it only shuffles and scatters points.
"""

from __future__ import annotations

from typing import overload

import numpy as np

from nncore.arrays import FloatArray
from nncore.checks import invalid

BYTES = 256


class SeedRandom:
    """The stream of `Math.seedrandom(seed)` in seedrandom 2.4.

    Args:
        seed: Any text; the same text gives the same numbers on every machine.

    Raises:
        ValueError: If `seed` is not a text.

    Source: D. Bau, seedrandom (https://github.com/davidbau/seedrandom), version 2.4.
    """

    def __init__(self, seed: str) -> None:
        if not isinstance(seed, str):
            raise invalid("seed", "a text (str)", seed)
        self.seed = seed
        self._box = _schedule(_key(seed))
        self._i = self._j = 0
        for _ in range(BYTES):
            self._byte()

    @overload
    def random(self) -> float: ...

    @overload
    def random(self, size: int | tuple[int, ...]) -> FloatArray: ...

    def random(self, size: int | tuple[int, ...] | None = None) -> float | FloatArray:
        """Return numbers of [0, 1).

        Args:
            size: The shape of an array, drawn in C order; None for a single float.
        """
        if size is None:
            return self._number()
        shape = (size,) if isinstance(size, (int, np.integer)) else tuple(size)
        numbers = [self._number() for _ in range(int(np.prod(shape, dtype=np.int64)))]
        return np.array(numbers, dtype=np.float64).reshape(shape)

    def copy(self) -> SeedRandom:
        """Return an independent stream at the same position."""
        twin = object.__new__(SeedRandom)
        twin.seed, twin._i, twin._j, twin._box = self.seed, self._i, self._j, self._box.copy()
        return twin

    def _byte(self) -> int:
        """Take one step of ARC4; return the next byte of the key stream."""
        box = self._box
        i = self._i = (self._i + 1) % BYTES
        t = box[i]
        j = self._j = (self._j + t) % BYTES
        s = box[i] = box[j]
        box[j] = t
        return box[(s + t) % BYTES]

    def _number(self) -> float:
        """Read bytes as a binary fraction 0.b1 b2 b3 ... until 53 significant bits are there."""
        box, i, j = self._box, self._i, self._j
        value = before = bits = 0
        enough = 1 << 44  # six bytes to begin with, then one more at least
        while bits < 56 or before < enough:
            before = value
            i = (i + 1) & 255
            t = box[i]
            j = (j + t) & 255
            s = box[i] = box[j]
            box[j] = t
            value = (value << 8) | box[(s + t) & 255]
            bits += 8
        self._i, self._j = i, j
        surplus = max(0, (before << 8).bit_length() - 53)
        return (value >> surplus) / (1 << (bits - surplus))


def _key(seed: str) -> list[int]:
    """Fold the text's UTF-16 code units into at most 256 bytes."""
    units = seed.encode("utf-16-le", "surrogatepass")
    key, smear = [], 0
    for j in range(len(units) // 2):
        code = units[2 * j] + 256 * units[2 * j + 1]
        if j < BYTES:
            key.append(0)
        smear ^= key[j % BYTES] * 19
        key[j % BYTES] = (smear + code) % BYTES
    return key or [0]


def _schedule(key: list[int]) -> list[int]:
    """Make the RC4 key schedule: shuffle the numbers 0 to 255 as the key directs."""
    box = list(range(BYTES))
    j = 0
    for i in range(BYTES):
        j = (j + box[i] + key[i % len(key)]) % BYTES
        box[i], box[j] = box[j], box[i]
    return box
