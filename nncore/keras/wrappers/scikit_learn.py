"""KerasClassifier and KerasRegressor: a model with the methods of scikit-learn.

build_fn (or `model`, as in SciKeras and Keras 3) is a function that returns a compiled model.
Arguments of fit and of that function are given to the constructor, and can be searched over.
scikit-learn itself is needed only by who uses its own functions on them.
"""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import numpy as np

from nncore.arrays import Array
from nncore.keras.utils import to_categorical

FIT_ARGUMENTS = (
    *("batch_size", "epochs", "nb_epoch", "verbose", "callbacks", "validation_split"),
    *("validation_data", "shuffle", "class_weight", "initial_epoch", "validation_freq"),
)


class BaseWrapper:
    """What both share. It inherits nothing of scikit-learn's, which may be imported later."""

    _estimator_type: str

    def __init__(self, build_fn: Any = None, **sk_params: Any) -> None:
        self.build_fn = sk_params.pop("model", build_fn)
        if not callable(self.build_fn) and self.build_fn is not None:
            raise ValueError(f"build_fn must be a function. Received: {self.build_fn!r}")
        self.sk_params = sk_params
        known = set(inspect.signature(self._builder).parameters)
        for name in sk_params:
            plain = name.removeprefix("model__").removeprefix("fit__")
            if plain not in FIT_ARGUMENTS and plain not in known and plain not in _COMPILE:
                raise ValueError(f"{name} is not a legal parameter")

    @property
    def _builder(self) -> Any:
        return self.build_fn or vars(type(self)).get("__call__", dict)

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return all arguments of the constructor."""
        return {**self.sk_params, "build_fn": self.build_fn}

    def set_params(self, **params: Any) -> Any:
        """Change arguments of the constructor, and return the estimator."""
        self.__init__(**(self.get_params() | params))  # type: ignore[misc]
        return self

    def _made(self) -> Any:
        plain = {name.removeprefix("model__"): value for name, value in self.sk_params.items()}
        known = inspect.signature(self._builder).parameters
        model = self._builder(**{name: plain[name] for name in plain if name in known})
        if not model.compiled:
            model.compile(**{name: plain[name] for name in _COMPILE if name in plain})
        return model

    def _arguments(self, given: dict[str, Any]) -> dict[str, Any]:
        plain = {name.removeprefix("fit__"): value for name, value in self.sk_params.items()}
        return {name: plain[name] for name in FIT_ARGUMENTS if name in plain} | given

    def fit(self, x: Any, y: Any, **kwargs: Any) -> Any:
        """Make a new model, train it, and return the estimator."""
        self.model_ = self.model = self._made()
        self.n_features_in_ = np.shape(x)[1]
        self.history_ = self.model_.fit(x, self._targets(y), **self._arguments(kwargs))
        return self

    def _targets(self, y: Any) -> Array:
        return np.asarray(y)

    def _quiet(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        return {"verbose": self.sk_params.get("verbose", 0)} | kwargs

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "model_")

    def __sklearn_tags__(self) -> Any:
        """Return what scikit-learn asks of an estimator: its kind."""
        utils = importlib.import_module("sklearn.utils")
        kind = self._estimator_type
        tags = {f"{kind}_tags": getattr(utils, f"{kind.title()}Tags")()}
        return utils.Tags(kind, utils.TargetTags(required=True), **tags)

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.get_params().items())
        return f"{type(self).__name__}({given})"


_COMPILE = ("optimizer", "loss", "metrics")


class KerasClassifier(BaseWrapper):
    """A classifier: classes of any kind, a model with one output per class, or one for two."""

    _estimator_type = "classifier"

    def _targets(self, y: Any) -> Array:
        y = np.asarray(y)
        if y.ndim == 2 and y.shape[1] > 1:
            self.classes_ = np.arange(y.shape[1])
            return y
        self.classes_, numbers = np.unique(y.reshape(-1), return_inverse=True)
        loss = self.model_.losses_of_outputs[0] if self.model_.built else None
        name = loss.name if loss is not None else str(self.model_.loss)
        wants_one_hot = "categorical" in name and "sparse" not in name
        return to_categorical(numbers, len(self.classes_)) if wants_one_hot else numbers

    def predict_proba(self, x: Any, **kwargs: Any) -> Array:
        """Return the probability of each class, (n, classes)."""
        p = self.model_.predict(x, **self._quiet(kwargs))
        return np.hstack([1 - p, p]) if p.shape[1] == 1 else p

    def predict(self, x: Any, **kwargs: Any) -> Array:
        """Return the class of each row, (n,)."""
        found: Array = self.classes_[self.predict_proba(x, **kwargs).argmax(axis=1)]
        return found

    def score(self, x: Any, y: Any, **kwargs: Any) -> float:
        """Return the share of rows whose class is found."""
        y = np.asarray(y)
        y = y.argmax(axis=1) if y.ndim == 2 and y.shape[1] > 1 else y.reshape(-1)
        return float(np.mean(self.predict(x, **kwargs) == y))


class KerasRegressor(BaseWrapper):
    """A regressor: score is R squared."""

    _estimator_type = "regressor"

    def predict(self, x: Any, **kwargs: Any) -> Array:
        """Return the outputs, (n,) for one output."""
        outputs = self.model_.predict(x, **self._quiet(kwargs))
        return outputs[:, 0] if outputs.shape[1] == 1 else outputs

    def score(self, x: Any, y: Any, **kwargs: Any) -> float:
        """Return R squared."""
        y, found = np.ravel(y), np.ravel(self.predict(x, **kwargs))
        return float(1 - np.square(y - found).sum() / np.square(y - y.mean()).sum())


SKLearnClassifier, SKLearnRegressor = KerasClassifier, KerasRegressor
