"""keras.metrics: metrics by name, as functions and as objects, and how compile() takes them."""

from __future__ import annotations

from typing import Any

from nncore.checks import invalid, one_of
from nncore.keras.config import snake_case
from nncore.keras.losses import (
    KLD,
    MAE,
    MAPE,
    MSE,
    MSLE,
    binary_crossentropy,
    categorical_crossentropy,
    categorical_hinge,
    cosine_similarity,
    hinge,
    kl_divergence,
    kld,
    log_cosh,
    mae,
    mape,
    mean_absolute_error,
    mean_absolute_percentage_error,
    mean_squared_error,
    mean_squared_logarithmic_error,
    mse,
    msle,
    poisson,
    sparse_categorical_crossentropy,
    squared_hinge,
)
from nncore.keras.metrics import counts, means, scores
from nncore.keras.metrics.base import Mean, MeanMetricWrapper, Metric, Sum
from nncore.keras.metrics.counts import (
    AUC,
    FalseNegatives,
    FalsePositives,
    Precision,
    Recall,
    TrueNegatives,
    TruePositives,
)
from nncore.keras.metrics.functions import (
    FUNCTIONS,
    accuracy,
    binary_accuracy,
    categorical_accuracy,
    sparse_categorical_accuracy,
    sparse_top_k_categorical_accuracy,
    top_k_categorical_accuracy,
)
from nncore.keras.metrics.means import (
    Accuracy,
    BinaryAccuracy,
    BinaryCrossentropy,
    CategoricalAccuracy,
    CategoricalCrossentropy,
    CategoricalHinge,
    CosineSimilarity,
    Hinge,
    KLDivergence,
    LogCoshError,
    MeanAbsoluteError,
    MeanAbsolutePercentageError,
    MeanSquaredError,
    MeanSquaredLogarithmicError,
    Poisson,
    RootMeanSquaredError,
    SparseCategoricalAccuracy,
    SparseCategoricalCrossentropy,
    SparseTopKCategoricalAccuracy,
    SquaredHinge,
    TopKCategoricalAccuracy,
)
from nncore.keras.metrics.scores import F1Score, FBetaScore, R2Score

CLASSES: dict[str, Any] = {
    name: each
    for module in (counts, means, scores)
    for name, each in vars(module).items()
    if isinstance(each, type) and issubclass(each, Metric) and name[0].isupper()
} | {"Mean": Mean, "Sum": Sum}
ACCURACIES = ("accuracy", "acc", "Accuracy")

__all__ = [
    "AUC",
    "Accuracy",
    "BinaryAccuracy",
    "BinaryCrossentropy",
    "CategoricalAccuracy",
    "CategoricalCrossentropy",
    "CategoricalHinge",
    "CosineSimilarity",
    "F1Score",
    "FBetaScore",
    "FalseNegatives",
    "FalsePositives",
    "Hinge",
    "KLD",
    "KLDivergence",
    "LogCoshError",
    "MAE",
    "MAPE",
    "MSE",
    "MSLE",
    "Mean",
    "MeanAbsoluteError",
    "MeanAbsolutePercentageError",
    "MeanMetricWrapper",
    "MeanSquaredError",
    "MeanSquaredLogarithmicError",
    "Metric",
    "Poisson",
    "Precision",
    "R2Score",
    "Recall",
    "RootMeanSquaredError",
    "SparseCategoricalAccuracy",
    "SparseCategoricalCrossentropy",
    "SparseTopKCategoricalAccuracy",
    "SquaredHinge",
    "Sum",
    "TopKCategoricalAccuracy",
    "TrueNegatives",
    "TruePositives",
    "accuracy",
    "binary_accuracy",
    "binary_crossentropy",
    "categorical_accuracy",
    "categorical_crossentropy",
    "categorical_hinge",
    "cosine_similarity",
    "get",
    "hinge",
    "kl_divergence",
    "kld",
    "log_cosh",
    "mae",
    "mape",
    "mean_absolute_error",
    "mean_absolute_percentage_error",
    "mean_squared_error",
    "mean_squared_logarithmic_error",
    "metric_object",
    "mse",
    "msle",
    "poisson",
    "sparse_categorical_accuracy",
    "sparse_categorical_crossentropy",
    "sparse_top_k_categorical_accuracy",
    "squared_hinge",
    "top_k_categorical_accuracy",
]


def get(identifier: Any) -> Any:
    """Return the metric of a name ("mae", "AUC", "Precision"), a config, or an object (itself)."""
    if isinstance(identifier, dict):
        kind = CLASSES[one_of("metric", identifier.get("class_name"), CLASSES)]
        return kind(**identifier.get("config", {}))
    if isinstance(identifier, str):
        if identifier in CLASSES:
            return CLASSES[identifier]()
        kinds: tuple[Any, ...] = (AUC, Precision, Recall, F1Score, R2Score)
        by_snake = {snake_case(each.__name__): each for each in kinds}
        by_snake["root_mean_squared_error"] = by_snake["rmse"] = RootMeanSquaredError
        if identifier.lower() in by_snake:
            return by_snake[identifier.lower()]()
        return FUNCTIONS[one_of("metric", identifier, [*FUNCTIONS, *CLASSES, *by_snake])]
    if identifier is not None and (isinstance(identifier, Metric) or callable(identifier)):
        return identifier
    raise invalid("metric", "the name of a metric, a metric object or a function", identifier)


deserialize = get


def metric_object(identifier: Any, y_columns: int, n_outputs: int) -> Metric:
    """Return a Metric for what compile() takes.

    "accuracy" is the binary one for one output, the one of class numbers for targets of one
    column, else the categorical one.
    """
    if isinstance(identifier, str) and identifier in ACCURACIES:
        kind: Any = (
            BinaryAccuracy
            if n_outputs == 1
            else SparseCategoricalAccuracy
            if y_columns == 1
            else CategoricalAccuracy
        )
        return kind(name=identifier)
    found = get(identifier)
    if isinstance(found, type):
        raise invalid("metric", f"an object, such as {found.__name__}()", found)
    metric = found if isinstance(found, Metric) else MeanMetricWrapper(found)
    if isinstance(identifier, str):
        metric.name = identifier
    return metric
