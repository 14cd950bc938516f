"""keras.layers: the layers of dense networks. What else Keras has says that it is not here."""

from nncore.keras.layers.base import Layer
from nncore.keras.layers.core import (
    ELU,
    Activation,
    Dense,
    Dropout,
    Flatten,
    GaussianDropout,
    GaussianNoise,
    Identity,
    LeakyReLU,
    ReLU,
    Rescaling,
    Reshape,
    Softmax,
)
from nncore.keras.layers.input import Input, InputLayer
from nncore.keras.layers.normalization import BatchNormalization, Normalization
from nncore.keras.missing import layer_sentences, module_getattr

KINDS: dict[str, type[Layer]] = {
    kind.__name__: kind
    for kind in (
        *(Activation, BatchNormalization, Dense, Dropout, ELU, Flatten, GaussianDropout),
        *(GaussianNoise, Identity, InputLayer, LeakyReLU, Normalization, ReLU, Rescaling),
        *(Reshape, Softmax),
    )
}

__all__ = [
    "Activation",
    "BatchNormalization",
    "Dense",
    "Dropout",
    "ELU",
    "Flatten",
    "GaussianDropout",
    "GaussianNoise",
    "Identity",
    "Input",
    "InputLayer",
    "Layer",
    "LeakyReLU",
    "Normalization",
    "ReLU",
    "Rescaling",
    "Reshape",
    "Softmax",
]

__getattr__ = module_getattr("keras.layers", layer_sentences())
