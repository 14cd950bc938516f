"""keras.losses: losses by name, as functions and as objects.

A loss object gives the mean over the samples (or the sum, or one value per sample), weighted
where weights are given. Training asks it for `values` and `slopes`, one row per sample. A function
of the reader's own goes as well: its slope is then taken by differences.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from nncore.arrays import Array, FloatArray
from nncore.checks import invalid, one_of
from nncore.keras import config
from nncore.keras import loss_functions as f
from nncore.keras.config import snake_case
from nncore.keras.objects import Configurable
from nncore.keras.targets import pair
from nncore.keras.tensors import Tensor, tensor

REDUCTIONS = ("sum_over_batch_size", "mean", "sum", "none", "auto", "mean_with_sample_weight")


class LossFunction:
    """A loss as a function of (y_true, y_pred): one value per sample."""

    def __init__(self, name: str, value: f.Value, slope: f.Value, sparse: bool = False) -> None:
        self.__name__, self.value, self.slope, self.sparse = name, value, slope, sparse
        self.__doc__ = value.__doc__

    def __call__(self, y_true: Any, y_pred: Any, **options: Any) -> Tensor:
        y, o = pair(y_true, y_pred, self.sparse)
        return tensor(self.value(y, o, **options))

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"


mean_squared_error = LossFunction("mean_squared_error", f.squared_error, f.squared_error_slope)
mean_absolute_error = LossFunction("mean_absolute_error", f.absolute_error, f.absolute_error_slope)
mean_absolute_percentage_error = LossFunction(
    "mean_absolute_percentage_error", f.percentage_error, f.percentage_error_slope
)
mean_squared_logarithmic_error = LossFunction(
    "mean_squared_logarithmic_error", f.squared_log_error, f.squared_log_error_slope
)
huber = LossFunction("huber", f.huber, f.huber_slope)
log_cosh = LossFunction("log_cosh", f.log_cosh, f.log_cosh_slope)
hinge = LossFunction("hinge", f.hinge, f.hinge_slope)
squared_hinge = LossFunction("squared_hinge", f.squared_hinge, f.squared_hinge_slope)
categorical_hinge = LossFunction(
    "categorical_hinge", f.categorical_hinge, f.categorical_hinge_slope
)
poisson = LossFunction("poisson", f.poisson, f.poisson_slope)
kl_divergence = LossFunction("kl_divergence", f.kl_divergence, f.kl_divergence_slope)
cosine_similarity = LossFunction(
    "cosine_similarity", f.cosine_similarity, f.cosine_similarity_slope
)
binary_crossentropy = LossFunction(
    "binary_crossentropy", f.binary_crossentropy, f.binary_crossentropy_slope
)
binary_focal_crossentropy = LossFunction(
    "binary_focal_crossentropy", f.binary_focal_crossentropy, f.binary_focal_crossentropy_slope
)
categorical_crossentropy = LossFunction(
    "categorical_crossentropy", f.categorical_crossentropy, f.categorical_crossentropy_slope
)
sparse_categorical_crossentropy = LossFunction(
    "sparse_categorical_crossentropy",
    f.categorical_crossentropy,
    f.categorical_crossentropy_slope,
    sparse=True,
)


class Loss(Configurable):
    """A loss with its options, and what is made of the samples' values.

    Args:
        reduction: "sum_over_batch_size" (the mean over the samples), "sum", or "none".
    """

    function: Any = None

    def __init__(
        self,
        name: str | None = None,
        reduction: str | None = "sum_over_batch_size",
        dtype: Any = None,
        **options: Any,
    ) -> None:
        self.name = name or snake_case(type(self).__name__)
        self.reduction = one_of("reduction", "none" if reduction is None else reduction, REDUCTIONS)
        self.options = options

    def __call__(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:
        y, o = pair(y_true, y_pred, self.sparse)
        values = self.values(y, o)
        if sample_weight is not None:
            values = values * np.reshape(np.asarray(sample_weight, dtype=np.float64), values.shape)
        if self.reduction == "none":
            return tensor(values)
        return tensor(values.sum() if self.reduction == "sum" else values.mean())

    @property
    def sparse(self) -> bool:
        """Whether targets are class numbers."""
        return bool(getattr(self.function, "sparse", False))

    def one_for_all(self, y: Array, o: Array) -> bool:
        """Return whether it gives a batch one number instead of one for each sample."""
        return False

    def values(self, y: Array, o: Array) -> FloatArray:
        """Return the loss of each sample, (n,); y and o: (n, k)."""
        found: FloatArray = self.function.value(y, o, **self.options)
        return found

    def slopes(self, y: Array, o: Array) -> FloatArray:
        """Return each sample's slope with respect to its outputs, (n, k)."""
        found: FloatArray = self.function.slope(y, o, **self.options)
        return found

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that make an object like this one."""
        return {"name": self.name, "reduction": self.reduction, **self.options}


class OwnLoss(Loss):
    """A function of the reader's own, (y_true, y_pred) to a number per sample, or to their mean.

    Its slope is taken by central differences with steps of 6e-6 max(1, |o|), or of 5e-3 max(1, |o|)
    if it gives no more than float32: about the cube roots of the smallest steps of either.
    """

    def __init__(
        self, function: Callable[..., Any], name: str, takes_classes: bool = False
    ) -> None:
        super().__init__(name)
        self.own = function

    def values(self, y: Array, o: Array) -> FloatArray:
        values = self._given(y, o).astype(np.float64)
        if values.ndim == 0:
            return np.full(len(o), float(values))
        if len(values) != len(o):
            rule = f"a function that returns one number or one per sample ({len(o)} of them)"
            raise invalid("loss", rule, values.shape)
        return values.reshape(len(o), -1).mean(axis=1)

    def one_for_all(self, y: Array, o: Array) -> bool:
        return self._given(y, o).ndim == 0

    def _given(self, y: Array, o: Array) -> Array:
        """Return what the function gives, with all digits that it has."""
        with config.exactly():
            return np.asarray(self.own(tensor(y), tensor(o)))

    def slopes(self, y: Array, o: Array) -> FloatArray:
        slopes, first = np.empty(o.shape), self._given(y, o)
        step = (6e-6 if first.dtype.itemsize >= 8 else 5e-3) * np.maximum(1.0, np.abs(o))
        together = first.ndim == 0
        rows = [[row] for row in range(len(o))] if together else [slice(None)]
        for column in range(o.shape[1]):
            for which in rows:
                above, below = o.copy(), o.copy()
                above[which, column] += step[which, column]
                below[which, column] -= step[which, column]
                difference = (self.values(y, above) - self.values(y, below))[which]
                difference = difference / (2 * step[which, column])
                slopes[which, column] = difference * (len(o) if together else 1)
        return slopes


def _kind(name: str, function: LossFunction, **defaults: Any) -> type[Loss]:
    """Return a Loss class whose options have these defaults, in this order after Keras's first
    ones.
    """
    order = tuple(defaults)

    def __init__(self: Loss, *args: Any, **given: Any) -> None:
        if len(args) > len(order):
            raise TypeError(f"{name} takes at most {len(order)} arguments without a name")
        given = dict(zip(order, args, strict=False)) | given
        common = {key: given.pop(key) for key in ("name", "reduction", "dtype") if key in given}
        for key in given:
            one_of(f"argument of {name}", key, order)
        Loss.__init__(self, **common, **(defaults | given))
        self.name = common.get("name") or function.__name__

    members = {"function": function, "__init__": __init__, "__doc__": function.__doc__}
    members["__module__"] = __name__
    return type(name, (Loss,), members)


_PROBABILITIES = dict(from_logits=False, label_smoothing=0.0, axis=-1)
MeanSquaredError = _kind("MeanSquaredError", mean_squared_error)
MeanAbsoluteError = _kind("MeanAbsoluteError", mean_absolute_error)
MeanAbsolutePercentageError = _kind("MeanAbsolutePercentageError", mean_absolute_percentage_error)
MeanSquaredLogarithmicError = _kind("MeanSquaredLogarithmicError", mean_squared_logarithmic_error)
Huber = _kind("Huber", huber, delta=1.0)
LogCosh = _kind("LogCosh", log_cosh)
Hinge = _kind("Hinge", hinge)
SquaredHinge = _kind("SquaredHinge", squared_hinge)
CategoricalHinge = _kind("CategoricalHinge", categorical_hinge)
Poisson = _kind("Poisson", poisson)
KLDivergence = _kind("KLDivergence", kl_divergence)
CosineSimilarity = _kind("CosineSimilarity", cosine_similarity, axis=-1)
BinaryCrossentropy = _kind("BinaryCrossentropy", binary_crossentropy, **_PROBABILITIES)
BinaryFocalCrossentropy = _kind(
    "BinaryFocalCrossentropy",
    binary_focal_crossentropy,
    apply_class_balancing=False,
    alpha=0.25,
    gamma=2.0,
    **_PROBABILITIES,
)
CategoricalCrossentropy = _kind(
    "CategoricalCrossentropy", categorical_crossentropy, **_PROBABILITIES
)
SparseCategoricalCrossentropy = _kind(
    "SparseCategoricalCrossentropy", sparse_categorical_crossentropy, from_logits=False, axis=-1
)
mse = MSE = mean_squared_error
mae = MAE = mean_absolute_error
mape = MAPE = mean_absolute_percentage_error
msle = MSLE = mean_squared_logarithmic_error
kld = KLD = kullback_leibler_divergence = kl_divergence
bce = BCE = binary_crossentropy
logcosh, cosine_proximity = log_cosh, cosine_similarity

CLASSES: dict[str, type[Loss]] = {
    name: each
    for name, each in list(globals().items())
    if isinstance(each, type) and issubclass(each, Loss) and each not in (Loss, OwnLoss)
}
FUNCTIONS: dict[str, LossFunction] = {
    name: each for name, each in list(globals().items()) if isinstance(each, LossFunction)
}
_CLASS_OF = {id(each.function): each for each in CLASSES.values()}


def get(identifier: Any) -> Any:
    """Return the loss of a name ("mse", "MeanSquaredError"), a config, or an object (itself)."""
    if isinstance(identifier, dict):
        return CLASSES[one_of("loss", identifier.get("class_name"), CLASSES)](
            **identifier.get("config", {})
        )
    if isinstance(identifier, str):
        if identifier in CLASSES:
            return CLASSES[identifier]()
        return FUNCTIONS[one_of("loss", identifier, FUNCTIONS)]
    if identifier is None or isinstance(identifier, Loss) or callable(identifier):
        return identifier
    raise invalid("loss", "the name of a loss, a loss object or a function", identifier)


deserialize = get


def loss_object(identifier: Any) -> Loss:
    """Return a Loss for what compile() takes."""
    found = get(identifier)
    if isinstance(found, type) and issubclass(found, Loss):
        raise invalid("loss", f"an object, such as {found.__name__}()", found)
    if isinstance(found, LossFunction):
        return _CLASS_OF[id(found)]()
    if isinstance(found, Loss):
        return (
            found
            if found.function is not None or type(found).values is not Loss.values
            else (
                OwnLoss(found.call, found.name)  # type: ignore[attr-defined]
            )
        )
    return OwnLoss(found, str(getattr(found, "__name__", type(found).__name__)))
