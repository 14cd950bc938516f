"""R squared and F scores, as Keras 3 defines them: per output, then averaged."""

from __future__ import annotations

from typing import Any

import numpy as np

from nncore.checks import one_of
from nncore.keras.config import epsilon
from nncore.keras.metrics.base import Metric
from nncore.keras.metrics.counts import ratio
from nncore.keras.targets import pair


class R2Score(Metric):
    """1 - (sum of squared errors) / (sum of squared distances from the mean), per output.

    Args:
        class_aggregation: "uniform_average", "variance_weighted_average" or None (no average).
    """

    def __init__(
        self,
        class_aggregation: str | None = "uniform_average",
        num_regressors: int = 0,
        name: str = "r2_score",
        dtype: Any = None,
    ) -> None:
        super().__init__(name, dtype)
        if class_aggregation is not None:
            kinds = ("uniform_average", "variance_weighted_average")
            one_of("class_aggregation", class_aggregation, kinds)
        self.class_aggregation, self.num_regressors = class_aggregation, num_regressors
        self.reset_state()

    def reset_state(self) -> None:
        self._sums: Any = 0.0

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        y, o = pair(y_true, y_pred)
        w = np.ones((len(y), 1)) if sample_weight is None else np.reshape(sample_weight, (-1, 1))
        parts = (w * np.ones_like(y), w * y, w * y * y, w * (y - o) ** 2)
        self._sums = self._sums + np.stack([part.sum(axis=0) for part in parts])

    def result(self) -> Any:
        if np.ndim(self._sums) == 0:
            return 0.0
        n, total, squares, residual = self._sums
        variation = squares - total * total / n
        scores = 1.0 - ratio(residual, variation)
        if self.num_regressors:
            left = n - self.num_regressors - 1
            scores = 1.0 - ratio((1.0 - scores) * (n - 1), left)
        if self.class_aggregation is None:
            return scores
        by_variance = self.class_aggregation == "variance_weighted_average"
        return float(np.average(scores, weights=variation if by_variance else None))


class FBetaScore(Metric):
    """(1 + beta^2) precision recall / (beta^2 precision + recall), per class.

    Args:
        average: None (one per class), "micro", "macro" or "weighted".
        threshold: Above which an output is positive; None takes the largest output of each sample.
    """

    def __init__(
        self,
        average: str | None = None,
        beta: float = 1.0,
        threshold: float | None = None,
        name: str = "fbeta_score",
        dtype: Any = None,
    ) -> None:
        super().__init__(name, dtype)
        if average is not None:
            one_of("average", average, ("micro", "macro", "weighted"))
        self.average, self.beta, self.threshold = average, beta, threshold
        self.reset_state()

    def reset_state(self) -> None:
        self._counts: Any = 0.0

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        y, o = pair(y_true, y_pred)
        if self.threshold is None:
            found = (np.arange(o.shape[1]) == o.argmax(axis=1)[:, None]) * 1.0
        else:
            found = (o > self.threshold) * 1.0
        w = 1.0 if sample_weight is None else np.reshape(sample_weight, (-1, 1))
        cases = (w * y * found, w * (1 - y) * found, w * y * (1 - found))
        axis = None if self.average == "micro" else 0
        self._counts = self._counts + np.stack([case.sum(axis=axis) for case in cases])

    def result(self) -> Any:
        if np.ndim(self._counts) == 0:
            return 0.0
        tp, fp, fn = self._counts
        precision, recall = tp / (tp + fp + epsilon()), tp / (tp + fn + epsilon())
        factor = self.beta**2
        scores = (1 + factor) * precision * recall
        scores = scores / (precision * factor + recall + epsilon())
        if self.average == "weighted":
            return float((scores * (tp + fn) / ((tp + fn).sum() + epsilon())).sum())
        return scores if self.average is None else float(np.mean(scores))


class F1Score(FBetaScore):
    """2 precision recall / (precision + recall), per class."""

    def __init__(
        self,
        average: str | None = None,
        threshold: float | None = None,
        name: str = "f1_score",
        dtype: Any = None,
    ) -> None:
        super().__init__(average, 1.0, threshold, name, dtype)
