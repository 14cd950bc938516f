"""keras.wrappers: models as estimators of scikit-learn."""

from nncore.keras.missing import module_getattr
from nncore.keras.wrappers import scikit_learn

__all__ = [
    "scikit_learn",
]

__getattr__ = module_getattr(
    "keras.wrappers",
    {
        name: f"keras.wrappers.{name} is not here, and scikit_learn.{instead} in its place is"
        for name, instead in (
            ("SKLearnClassifier", "KerasClassifier"),
            ("SKLearnRegressor", "KerasRegressor"),
            ("SKLearnTransformer", "KerasRegressor"),
        )
    },
)
