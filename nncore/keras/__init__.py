"""Keras's programming interface for dense networks, on NumPy.

    from nncore import keras

    model = keras.Sequential([keras.Input((13,)), keras.layers.Dense(3, activation="softmax")])
    model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(X, y, epochs=20, batch_size=16)

A thin layer over nncore: the passes, the optimizers' rules and train() are its own. Everything is
computed in float64 and handed out as float32. `keras.install()` makes `import keras` and `import
tensorflow` mean this. What is not here says so: see docs/keras.md.
"""

from nncore.keras import (
    activations,
    backend,
    callbacks,
    config,
    constraints,
    initializers,
    layers,
    losses,
    metrics,
    models,
    ops,
    optimizers,
    regularizers,
    saving,
    utils,
    wrappers,
)
from nncore.keras.backend import function
from nncore.keras.configs import VERSION
from nncore.keras.initializers import Initializer
from nncore.keras.installing import install
from nncore.keras.layers import Input, InputLayer, Layer
from nncore.keras.losses import Loss
from nncore.keras.metrics import Metric
from nncore.keras.missing import PARTS_OF_KERAS, Missing, module_getattr
from nncore.keras.models import Model, Sequential
from nncore.keras.optimizers import Optimizer
from nncore.keras.regularizers import Regularizer
from nncore.keras.tensors import KerasTensor
from nncore.keras.variables import Variable

__version__ = f"{VERSION}+nncore"

__all__ = [
    "Initializer",
    "Input",
    "InputLayer",
    "KerasTensor",
    "Layer",
    "Loss",
    "Metric",
    "Missing",
    "Model",
    "Optimizer",
    "Regularizer",
    "Sequential",
    "Variable",
    "activations",
    "backend",
    "callbacks",
    "config",
    "constraints",
    "function",
    "initializers",
    "install",
    "layers",
    "losses",
    "metrics",
    "models",
    "ops",
    "optimizers",
    "regularizers",
    "saving",
    "utils",
    "wrappers",
]

__getattr__ = module_getattr(
    "keras",
    {name: f"keras.{name} works on Keras's own tensors" for name in ("StatelessScope", "Function")},
    PARTS_OF_KERAS,
)
