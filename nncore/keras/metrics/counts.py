"""Metrics that count: true and false positives and negatives, and what is made of them.

Outputs above a threshold count as positive. The counts of all thresholds are kept in one array of
shape (4, thresholds): true positives, false positives, true negatives, false negatives.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from nncore.arrays import Array, FloatArray
from nncore.checks import one_of, whole_number
from nncore.keras.config import epsilon
from nncore.keras.metrics.base import Metric
from nncore.keras.targets import pair


def ratio(above: Any, below: Any) -> Any:
    """Return above / below, and 0 where below is 0."""
    below = np.asarray(below, dtype=np.float64)
    return np.where(below == 0, 0.0, above / np.where(below == 0, 1.0, below))


class _Counts(Metric):
    """Metrics of how many outputs above a threshold are right, and how many wrong.

    Args:
        thresholds: One number, several, or None for 0.5 (and, with top_k, for the largest).
    """

    def __init__(
        self,
        thresholds: Any = None,
        top_k: int | None = None,
        class_id: int | None = None,
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(name, dtype)
        self.thresholds, self.top_k, self.class_id = thresholds, top_k, class_id
        default = -np.inf if top_k is not None else 0.5
        self._levels = np.atleast_1d(default if thresholds is None else thresholds).astype(float)
        self.reset_state()

    def reset_state(self) -> None:
        self.counts = np.zeros((4, len(self._levels)))

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        y, o = pair(y_true, y_pred)
        if self.top_k is not None:
            k = whole_number("top_k", self.top_k, 1, o.shape[1])
            o = np.where(o >= np.sort(o, axis=1)[:, [-k]], o, -np.inf)
        if self.class_id is not None:
            one = whole_number("class_id", self.class_id, 0, o.shape[1] - 1)
            y, o = y[:, [one]], o[:, [one]]
        weights = np.ones(len(o)) if sample_weight is None else np.asarray(sample_weight, float)
        w = np.repeat(weights.reshape(-1, 1), o.shape[1], axis=1).ravel()
        positive, o = y.ravel() > 0.5, o.ravel()
        for k, level in enumerate(self._levels):
            above = o > level
            cases = (positive & above, ~positive & above, ~positive & ~above, positive & ~above)
            self.counts[:, k] += [w[case].sum() for case in cases]

    def _given(self, values: FloatArray) -> Any:
        """One number for one threshold, an array for several."""
        many = isinstance(self.thresholds, (list, tuple, np.ndarray))
        return values if many else float(values[0])


class Precision(_Counts):
    """The share of true ones among what was taken for positive."""

    def result(self) -> Any:
        tp, fp, _, _ = self.counts
        return self._given(ratio(tp, tp + fp))


class Recall(_Counts):
    """The share of the positive ones that was found."""

    def result(self) -> Any:
        tp, _, _, fn = self.counts
        return self._given(ratio(tp, tp + fn))


class _Number(_Counts):
    row: ClassVar[int]

    def __init__(self, thresholds: Any = None, name: str | None = None, dtype: Any = None) -> None:
        super().__init__(thresholds, None, None, name, dtype)

    def result(self) -> Any:
        return self._given(self.counts[self.row])


class TruePositives(_Number):
    """How many positive ones were taken for positive."""

    row = 0


class FalsePositives(_Number):
    """How many negative ones were taken for positive."""

    row = 1


class TrueNegatives(_Number):
    """How many negative ones were taken for negative."""

    row = 2


class FalseNegatives(_Number):
    """How many positive ones were taken for negative."""

    row = 3


class AUC(_Counts):
    """The area under the ROC curve (or under precision over recall, curve="PR").

    Args:
        num_thresholds: How many points of the curve are taken, evenly over 0 to 1.
    """

    def __init__(
        self,
        num_thresholds: int = 200,
        curve: str = "ROC",
        summation_method: str = "interpolation",
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        n = whole_number("num_thresholds", num_thresholds, 2)
        inner = np.arange(1, n - 1) / (n - 1)
        super().__init__([-epsilon(), *inner, 1.0 + epsilon()], None, None, name, dtype)
        self.num_thresholds, self.curve = n, one_of("curve", curve, ("ROC", "PR"))
        methods = ("interpolation", "minoring", "majoring")
        self.summation_method = one_of("summation_method", summation_method, methods)

    def result(self) -> Any:
        tp, fp, tn, fn = self.counts
        recall = ratio(tp, tp + fn)
        if self.curve == "PR" and self.summation_method == "interpolation":
            return _interpolated_precision(tp, fp, fn)
        x, y = (ratio(fp, fp + tn), recall) if self.curve == "ROC" else (recall, ratio(tp, tp + fp))
        ends = np.stack([y[:-1], y[1:]])
        pick: dict[str, Any] = {"interpolation": np.mean, "minoring": np.min, "majoring": np.max}
        heights = pick[self.summation_method](ends, axis=0)
        return float(((x[:-1] - x[1:]) * heights).sum())


def _interpolated_precision(tp: Array, fp: Array, fn: Array) -> float:
    """Return the area under precision over recall. Source: Davis, Goadrich (2006), ICML."""
    p = tp + fp
    slope = ratio(tp[:-1] - tp[1:], np.maximum(p[:-1] - p[1:], 0))
    intercept = tp[1:] - slope * p[1:]
    both = (p[:-1] > 0) & (p[1:] > 0)
    log = np.log(np.where(both, p[:-1] / np.where(both, p[1:], 1.0), 1.0))
    area = slope * (tp[:-1] - tp[1:] + intercept * log)
    return float(ratio(area, np.maximum(tp[1:] + fn[1:], 0)).sum())
