"""What Keras has and this package has not: one clear sentence where it is asked for.

A name that Keras has can be imported, so that a course's list of imports works; to use it raises
Missing. A module that is not here raises at its import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NoReturn

ADVICE = (
    "nncore.keras is for dense networks on arrays; use Keras itself for it, for example in Colab"
)

_KINDS = {
    "convolution": "a convolutional layer",
    "recurrent": "a recurrent layer",
    "pooling": "a pooling layer",
    "attention": "an attention layer",
    "image": "a layer for images",
    "text": "a layer for text",
    "merge": "a layer that joins several branches",
    "other": "a layer that is not here",
}
_LAYERS = {
    "convolution": "Conv1D Conv2D Conv3D Convolution1D Convolution2D Convolution3D SeparableConv1D"
    " SeparableConv2D DepthwiseConv1D DepthwiseConv2D Conv1DTranspose Conv2DTranspose"
    " Conv3DTranspose UpSampling1D UpSampling2D UpSampling3D ZeroPadding1D ZeroPadding2D"
    " ZeroPadding3D Cropping1D Cropping2D Cropping3D ConvLSTM1D ConvLSTM2D ConvLSTM3D",
    "recurrent": "LSTM GRU SimpleRNN RNN LSTMCell GRUCell SimpleRNNCell StackedRNNCells"
    " Bidirectional TimeDistributed CuDNNLSTM CuDNNGRU Masking",
    "pooling": "MaxPooling1D MaxPooling2D MaxPooling3D MaxPool1D MaxPool2D MaxPool3D"
    " AveragePooling1D AveragePooling2D AveragePooling3D AvgPool1D AvgPool2D AvgPool3D"
    " GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D GlobalAveragePooling1D"
    " GlobalAveragePooling2D GlobalAveragePooling3D GlobalMaxPool1D GlobalMaxPool2D"
    " GlobalAvgPool1D GlobalAvgPool2D",
    "attention": "Attention AdditiveAttention MultiHeadAttention GroupQueryAttention",
    "image": "RandomFlip RandomRotation RandomZoom RandomCrop RandomContrast RandomBrightness"
    " RandomTranslation RandomHeight RandomWidth Resizing CenterCrop SpatialDropout1D"
    " SpatialDropout2D SpatialDropout3D",
    "text": "Embedding TextVectorization StringLookup IntegerLookup Hashing CategoryEncoding"
    " Discretization HashedCrossing FeatureSpace",
    "merge": "Add Subtract Multiply Average Maximum Minimum Concatenate Dot add subtract multiply"
    " average maximum minimum concatenate dot merge Merge",
    "other": "Lambda LayerNormalization GroupNormalization UnitNormalization SpectralNormalization"
    " RMSNormalization PReLU EinsumDense RepeatVector Permute TFSMLayer JaxLayer FlaxLayer"
    " TorchModuleWrapper AlphaDropout ActivityRegularization Wrapper LocallyConnected1D"
    " LocallyConnected2D MaxoutDense Highway",
}


PARTS_OF_KERAS = {
    "datasets": "keras.datasets loads data from the network",
    "applications": "keras.applications has large networks for images",
    "preprocessing": "keras.preprocessing reads images and texts",
    "random": "keras.random draws Keras's own tensors",
    "distribution": "keras.distribution is for several machines",
    "experimental": "experimental parts of Keras are not here",
}


class Missing(NotImplementedError):
    """Something of Keras that is not here; the text says what it is and what to use instead."""


def layer_sentences() -> dict[str, str]:
    """Return what is said of each of Keras's layers that is not here, by its name."""
    return {
        name: f"{name} is {_KINDS[kind]} of Keras"
        for kind, names in _LAYERS.items()
        for name in names.split()
    }


def raise_missing(what: str) -> NoReturn:
    """Raise Missing for `what`, the beginning of a sentence such as "keras.datasets loads data"."""
    raise Missing(f"{what}; {ADVICE}")


def stand_in(name: str, what: str) -> type:
    """Return a class `name` that can be imported and subclassed, but not made."""

    def __init__(self: object, *args: object, **kwargs: object) -> None:
        raise_missing(what)

    return type(name, (), {"__init__": __init__, "__doc__": f"Not here: {what}."})


def module_getattr(
    module: str, sentences: dict[str, str], parts: dict[str, str] | None = None
) -> Callable[[str], Any]:
    """Return a module's __getattr__ that knows what Keras has and this package has not.

    Args:
        sentences: What is said when a class is made.
        parts: What is said when a module is asked for.
    """

    def __getattr__(name: str) -> Any:
        if name in (parts or {}):
            raise ModuleNotFoundError(f"{(parts or {})[name]}; {ADVICE}", name=f"{module}.{name}")
        if name in sentences:
            return stand_in(name, sentences[name])
        raise AttributeError(f"module {module!r} has no attribute {name!r}")

    return __getattr__


def no_such_arguments(owner: str, given: Iterable[str]) -> None:
    """Raise TypeError naming the keyword arguments that `owner` does not take, if there are any."""
    names = ", ".join(repr(name) for name in given)
    if names:
        raise TypeError(f"{owner} got arguments that it does not take: {names}")
