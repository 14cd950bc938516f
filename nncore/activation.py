"""What there is to know of an activation function: the form of an entry of ACTIVATIONS.

Each comes with the one thing that backpropagation asks of it: turn the loss's slope with respect
to the unit's output a into the slope with respect to its sum z, that is, multiply by f'(z). Both
z and a = f(z) are at hand, so each function uses whichever gives the shorter formula. Arrays have
one row per unit and one column per sample.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from nncore.arrays import ArrayLike, FloatArray

FAR = np.array([[-50.0, -40.0, 40.0, 50.0]])  # sums at which a bounded function is at its ends


@dataclass(frozen=True)
class Activation:
    """A named function of the weighted sum, with its derivative.

    The formulas are Python expressions of z and, for the slope, of a = f(z), in which exp, ln,
    sqrt, tanh, sin, cos, max and pi mean what they do in mathematics. Something that is needed
    twice may get a name first: "T = tanh(z); z * T". The page writes them out as formulas.

    Attributes:
        name: How settings, links and errors call it.
        function: `function(z, out)` writes f(z) into `out`, an array that is not z.
        backprop: `backprop(delta, z, a)` multiplies `delta` in place by f'(z), where a = f(z);
            None where the derivative only exists together with a loss (softmax).
        formula: f(z); in words for softmax, which is no function of a single sum.
        slope: f'(z); empty where there is no `backprop`.
        compiled: `compiled(f, z, m)` gives (f(z), f'(z)) as expressions of the compiler: f is its
            Function, z an Expression, m its mathlib. None is left to NumPy.
        title: How a reader sees it.
        numpy: f({z}) in Python, with NumPy where that is short.
        keras: The same in Keras 3, as Python.
        torch: The same in PyTorch, as Python.
        sklearn: The closest of the four that scikit-learn's MLPClassifier has.
    """

    name: str
    function: Callable[[FloatArray, FloatArray], object]
    backprop: Callable[[FloatArray, FloatArray, FloatArray], object] | None
    formula: str
    slope: str = ""
    compiled: Callable[[Any, Any, Any], tuple[Any, Any]] | None = None
    title: str = ""
    numpy: str = ""
    keras: str = ""
    torch: str = ""
    sklearn: str = ""

    @functools.cached_property
    def is_bounded(self) -> bool:
        """Whether f(z) stays within -1 and 1 where z grows without limit."""
        return bool(np.abs(self(FAR)).max() <= 1.0)

    @functools.cached_property
    def saturates(self) -> bool:
        """Whether f is flat on both far ends, as tanh and sigmoid are."""
        slopes = np.ones(FAR.shape)
        if self.backprop is not None:
            with np.errstate(all="ignore"):
                self.backprop(slopes, FAR, self(FAR))
        return bool(np.abs(slopes).max() < 1e-9)

    def __call__(self, z: ArrayLike) -> FloatArray:
        """Return f(z) as a new array; z has shape (units, samples), or any for all but softmax."""
        sums = np.asarray(z, dtype=np.float64)
        out = np.empty_like(sums)
        with np.errstate(all="ignore"):
            self.function(sums, out)
        return out
