"""keras.initializers: where the weights of a layer start.

Scaled ones draw from the distribution that Keras draws from: U(-limit, limit), or a normal
distribution cut off at two standard deviations and widened again. The stream of random numbers is
NumPy's own, so single weights differ from Keras's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

from nncore.arrays import FloatArray
from nncore.checks import one_of
from nncore.initializers import TRUNCATED_STD
from nncore.initializers import truncated_normal as draw_truncated
from nncore.keras import config
from nncore.keras.objects import Configurable, lookup


class Initializer(Configurable):
    """What all share: `initializer(shape)` returns first numbers of that shape."""

    def __call__(self, shape: Sequence[int], dtype: Any = None) -> FloatArray:
        raise NotImplementedError


class Zeros(Initializer):
    """0 everywhere."""

    def __call__(self, shape: Sequence[int], dtype: Any = None) -> FloatArray:
        return np.zeros(shape)


class Ones(Initializer):
    """1 everywhere."""

    def __call__(self, shape: Sequence[int], dtype: Any = None) -> FloatArray:
        return np.ones(shape)


class Constant(Initializer):
    """The same `value` everywhere, or an array of values."""

    def __init__(self, value: Any = 0.0) -> None:
        self.value = value

    def __call__(self, shape: Sequence[int], dtype: Any = None) -> FloatArray:
        return np.broadcast_to(np.asarray(self.value, dtype=np.float64), tuple(shape)).copy()


class Identity(Initializer):
    """`gain` on the diagonal of a matrix, 0 elsewhere."""

    def __init__(self, gain: float = 1.0) -> None:
        self.gain = gain

    def __call__(self, shape: Sequence[int], dtype: Any = None) -> FloatArray:
        return self.gain * np.eye(*_matrix(self, shape))


class RandomUniform(Initializer):
    """U(minval, maxval)."""

    def __init__(
        self, minval: float = -0.05, maxval: float = 0.05, seed: int | None = None
    ) -> None:
        self.minval, self.maxval, self.seed = minval, maxval, seed

    def __call__(self, shape: Sequence[int], dtype: Any = None) -> FloatArray:
        return config.generator(self.seed).uniform(self.minval, self.maxval, tuple(shape))


class RandomNormal(Initializer):
    """N(mean, stddev^2)."""

    def __init__(self, mean: float = 0.0, stddev: float = 0.05, seed: int | None = None) -> None:
        self.mean, self.stddev, self.seed = mean, stddev, seed

    def __call__(self, shape: Sequence[int], dtype: Any = None) -> FloatArray:
        return config.generator(self.seed).normal(self.mean, self.stddev, tuple(shape))


class TruncatedNormal(RandomNormal):
    """N(mean, stddev^2) without what lies more than 2 stddev from the mean."""

    def __call__(self, shape: Sequence[int], dtype: Any = None) -> FloatArray:
        rng = config.generator(self.seed)
        return self.mean + self.stddev * draw_truncated(rng, tuple(shape))


class Orthogonal(Initializer):
    """`gain` times a random matrix whose rows or columns are orthogonal and of length 1."""

    def __init__(self, gain: float = 1.0, seed: int | None = None) -> None:
        self.gain, self.seed = gain, seed

    def __call__(self, shape: Sequence[int], dtype: Any = None) -> FloatArray:
        n_in, n_out = _matrix(self, shape)
        normal = config.generator(self.seed).standard_normal((max(n_in, n_out), min(n_in, n_out)))
        q, r = np.linalg.qr(normal)
        q *= np.sign(np.diag(r))
        return self.gain * (q if n_in >= n_out else q.T)


class VarianceScaling(Initializer):
    """Numbers of variance scale / n, with n the fan-in, the fan-out or the mean of both."""

    MODES: ClassVar = ("fan_in", "fan_out", "fan_avg")
    DISTRIBUTIONS: ClassVar = ("truncated_normal", "untruncated_normal", "uniform")

    def __init__(
        self,
        scale: float = 1.0,
        mode: str = "fan_in",
        distribution: str = "truncated_normal",
        seed: int | None = None,
    ) -> None:
        distribution = {"normal": "truncated_normal"}.get(distribution, distribution)
        self.scale, self.mode = scale, one_of("mode", mode, self.MODES)
        self.distribution = one_of("distribution", distribution, self.DISTRIBUTIONS)
        self.seed = seed

    def __call__(self, shape: Sequence[int], dtype: Any = None) -> FloatArray:
        n_in, n_out = _matrix(self, shape) if len(shape) == 2 else (shape[0], shape[0])
        n = {"fan_in": n_in, "fan_out": n_out, "fan_avg": (n_in + n_out) / 2}[self.mode]
        variance = self.scale / max(1.0, n)
        rng = config.generator(self.seed)
        if self.distribution == "uniform":
            limit = np.sqrt(3 * variance)
            return rng.uniform(-limit, limit, tuple(shape))
        if self.distribution == "untruncated_normal":
            return rng.normal(0.0, np.sqrt(variance), tuple(shape))
        return np.sqrt(variance) / TRUNCATED_STD * draw_truncated(rng, tuple(shape))


def _matrix(initializer: Initializer, shape: Sequence[int]) -> tuple[int, int]:
    if len(shape) != 2:
        name = type(initializer).__name__
        raise ValueError(f"{name} makes matrices only. Received: shape={tuple(shape)}")
    return int(shape[0]), int(shape[1])


def _scaled(name: str, scale: float, mode: str, distribution: str, source: str) -> type:
    """Return a VarianceScaling of fixed scale, mode and distribution, which takes a seed only."""

    def __init__(self: VarianceScaling, seed: int | None = None) -> None:
        VarianceScaling.__init__(self, scale, mode, distribution, seed)

    def get_config(self: VarianceScaling) -> dict[str, Any]:
        return {"seed": self.seed}

    text = f"VarianceScaling({scale}, {mode!r}, {distribution!r}). Source: {source}."
    members = {"__init__": __init__, "get_config": get_config, "__doc__": text}
    return type(name, (VarianceScaling,), members | {"__module__": __name__})


_GLOROT, _HE, _LECUN = "Glorot, Bengio (2010)", "He et al. (2015)", "LeCun et al. (1998)"
GlorotUniform = _scaled("GlorotUniform", 1.0, "fan_avg", "uniform", _GLOROT)
GlorotNormal = _scaled("GlorotNormal", 1.0, "fan_avg", "truncated_normal", _GLOROT)
HeUniform = _scaled("HeUniform", 2.0, "fan_in", "uniform", _HE)
HeNormal = _scaled("HeNormal", 2.0, "fan_in", "truncated_normal", _HE)
LecunUniform = _scaled("LecunUniform", 1.0, "fan_in", "uniform", _LECUN)
LecunNormal = _scaled("LecunNormal", 1.0, "fan_in", "truncated_normal", _LECUN)

# Spelled as functions, which Keras 2 had: glorot_uniform(), he_normal(seed=1).
zeros, ones, constant, identity = Zeros, Ones, Constant, Identity
random_uniform, random_normal, truncated_normal = RandomUniform, RandomNormal, TruncatedNormal
orthogonal, variance_scaling = Orthogonal, VarianceScaling
glorot_uniform, glorot_normal = GlorotUniform, GlorotNormal
he_uniform, he_normal = HeUniform, HeNormal
lecun_uniform, lecun_normal = LecunUniform, LecunNormal

KINDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        *(Zeros, Ones, Constant, Identity, RandomUniform, RandomNormal, TruncatedNormal),
        *(Orthogonal, VarianceScaling, GlorotUniform, GlorotNormal, HeUniform, HeNormal),
        *(LecunUniform, LecunNormal),
    )
}
SHORT = {"uniform": "RandomUniform", "normal": "RandomNormal", "zero": "Zeros", "one": "Ones"}


def get(identifier: Any) -> Any:
    """Return the initializer of a name, a config, a class or an object (itself)."""
    return lookup("initializer", identifier, KINDS, SHORT)


deserialize = get
