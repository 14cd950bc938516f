"""Wrong shapes, types and names: one clear message, naming what was received."""

import numpy as np
import pytest
from keras_fixtures import OPT, L, network

from nncore import keras

X, Y = np.ones((20, 4)), np.eye(3)[np.arange(20) % 3]


@pytest.fixture
def model():
    found = network((3,), n=4)
    found.compile("sgd", "categorical_crossentropy")
    return found


FIT = [
    (dict(x=X[:, :3]), r"expected shape=\(None, 4\), found shape=\(20, 3\)"),
    (dict(x=X[0]), r"expected shape=\(None, 4\), found shape=\(4,\)"),
    (dict(x=X[None]), r"expected shape=\(None, 4\), found shape=\(1, 20, 4\)"),
    (dict(y=Y[:5]), r"cardinality is ambiguous.*\n'y' sizes: 5"),
    (dict(y=np.arange(20) % 3), r"sparse_categorical_crossentropy.*target.shape=\(20,\)"),
    (dict(y=Y[:, :2]), r"target.shape=\(20, 2\), output.shape=\(None, 3\)"),
    (dict(y=None), "Received: y=None"),
    (dict(x=None), "Received: x=None"),
    (dict(x="abc"), "x must hold numbers. Received: .*<U3.*'abc'"),
    (dict(x=[["a", "b"]]), "x must hold numbers"),
    (dict(x=[[1, 2], [3]]), "x must be one array of numbers"),
    (dict(x=np.empty((0, 4)), y=np.empty((0, 3))), r"at least one row. Received: shape=\(0, 4\)"),
    (dict(x=3.0), "must be an array with rows. Received: x=3.0"),
    (dict(epochs="3"), "epochs must be a whole number of at least 0; got '3'"),
    (dict(epochs=-1), "epochs must be a whole number of at least 0; got -1"),
    (dict(batch_size=0), "batch_size must be a whole number of at least 1; got 0"),
    (dict(batch_size=2.5), "batch_size must be a whole number of at least 1; got 2.5"),
    (dict(verbose="loud"), "verbose must be 0, 1, 2 or 'auto'; got 'loud'"),
    (dict(validation_split=1.5), "validation_split must be a number between 0 and 1; got 1.5"),
    (dict(validation_split=0.01), None),
    (dict(validation_split=0.999), "not sufficient to split it"),
    (dict(validation_data=(X,)), "a pair .* or a triple .*; got '1 parts'"),
    (dict(validation_data=(X, Y[:3])), "cardinality is ambiguous"),
    (dict(sample_weight=np.ones(3)), r"each of the 20 rows. Received: sample_weight.shape=\(3,\)"),
    (dict(class_weight=[1, 2]), r"class_weight must be a dictionary.*got \[1, 2\]"),
    (dict(callbacks=["a"]), "callbacks must be Callback objects.*Received: 'a'"),
    (dict(callbacks=[keras.callbacks.EarlyStopping]), "the class EarlyStopping"),
]  # fmt: skip


@pytest.mark.parametrize(("options", "message"), FIT, ids=lambda value: str(value)[:60])
def test_fit(model, options, message):
    options = dict(x=X, y=Y, verbose=0) | options
    if message is None:
        model.fit(**options)
        return
    with pytest.raises(ValueError, match=message):
        model.fit(**options)


def test_unknown_arguments(model):
    for call, name in [
        (lambda: model.fit(X, Y, epoch=3), "epoch"),
        (lambda: model.compile("sgd", "mse", metric=["a"]), "metric"),
        (lambda: model.predict(X, batch=3), "batch"),
        (lambda: L.Dense(3, foo=1), "foo"),
        (lambda: OPT.SGD(0.1, foo=1), "foo"),
    ]:
        with pytest.raises(TypeError, match=f"does? not take: '{name}'"):
            call()


MAKE = [
    (lambda: L.Dense(0), "units must be a whole number of at least 1; got 0"),
    (lambda: L.Dense(2.5), "units must be a whole number of at least 1; got 2.5"),
    (lambda: L.Dense(3, activation="rleu"), "activation must be one of .*got 'rleu'"),
    (lambda: L.Dense(3, kernel_initializer="he"), "initializer must be one of .*got 'he'"),
    (lambda: L.Dense(3, kernel_initializer=None), "kernel_initializer must be an initializer"),
    (lambda: L.Dense(3, kernel_regularizer="l3"), "regularizer must be one of .*got 'l3'"),
    (lambda: L.Dense(3, kernel_constraint=7), "constraint must be a name or an object; got 7"),
    (lambda: L.Dense(3, name="a/b"), "without '/'. Received: name='a/b'"),
    (lambda: L.Dropout(1.5), "rate must be a number from 0 to 1; got 1.5"),
    (lambda: L.Dropout("half"), "rate must be a number from 0 to 1; got 'half'"),
    (lambda: L.Normalization(mean=1.0), "must be given together"),
    (lambda: keras.Input(13), "shape must be a tuple of sizes.*got 13"),
    (lambda: keras.Input((0,)), r"shape must be a tuple of sizes.*got \(0,\)"),
    (lambda: OPT.SGD(-1), "learning_rate must be a number of 0 or more.*got -1"),
    (lambda: OPT.SGD("fast"), "learning_rate must be .*got 'fast'"),
    (lambda: OPT.SGD(momentum=2.0), "momentum must be a number from 0.*got 2.0"),
    (lambda: OPT.Adam(beta_1=1.0), "beta_1 must be .*got 1.0"),
    (lambda: OPT.Adam(clipnorm=-1), "clipnorm must be .*got -1"),
    (lambda: OPT.schedules.PiecewiseConstantDecay([1], [1]), "boundaries must be one fewer"),
    (lambda: keras.losses.MeanSquaredError(reduction="half"), "reduction must be one of .*'half'"),
    (lambda: keras.losses.Huber(beta=1), "argument of Huber must be one of 'delta'; got 'beta'"),
    (lambda: keras.callbacks.EarlyStopping(mode="up"), "mode must be one of .*got 'up'"),
    (lambda: keras.callbacks.ReduceLROnPlateau(factor=2.0), "Received factor=2.0"),
    (lambda: keras.utils.to_categorical([0, 5], 3), "num_classes must be above the largest class"),
    (lambda: keras.utils.to_categorical([0.5]), "class numbers .*got 0.5"),
    (lambda: keras.config.set_floatx("float8"), "floatx must be one of .*got 'float8'"),
    (lambda: keras.utils.set_random_seed("a"), "seed must be a whole number.*got 'a'"),
    (lambda: keras.Sequential(["a"]), "Only instances of `keras.Layer`.*Received: 'a'"),
    (lambda: keras.Sequential([L.Dense]), "Only instances of `keras.Layer`"),
    (lambda: keras.Sequential(L.Dense(3)), "layers must be a list of layers"),
    (lambda: keras.Sequential([L.Dense(3, name="a"), L.Dense(3, name="a")]), "unique names.*'a'"),
    (lambda: keras.Sequential([keras.Input((3, 3)), L.Dense(3)]), "put a Flatten layer before"),
    (lambda: keras.Model(X, X), "inputs of a model must be symbols"),
    (lambda: keras.Model(keras.Input((3,)), L.Dense(1)(keras.Input((3,)))), "Graph disconnected"),
    (lambda: network().get_layer("foo"), r"No such layer: foo. Existing layers are: \['dense'"),
    (lambda: network().get_layer(index=9), "index 9 but model only has 4 layers"),
    (lambda: network().set_weights([1, 2]), "a list of 2 arrays, but it has 8 weights"),
    (lambda: network().layers[0].set_weights([np.ones((2, 2)), np.ones(8)]), r"shape \(13, 8\)"),
    (lambda: L.Dense(3).count_params(), "isn't built"),
    (lambda: network().fit(X, Y), "must call `compile\\(\\)` before calling `fit\\(\\)`"),
    (lambda: network().evaluate(X, Y), "before calling `evaluate\\(\\)`"),
    (lambda: network().compile("adm", "mse"), "optimizer must be one of .*got 'adm'"),
    (lambda: network().compile("adam", "msee"), "loss must be one of .*got 'msee'"),
    (lambda: network().compile("adam", keras.losses.Huber), "an object, such as Huber()"),
    (lambda: network().summary(line_length=10), "Insufficient console width"),
    (lambda: keras.losses.mse([[1, 2]], [[1, 2, 3]]), r"shape=\(1, 2\), y_pred.shape=\(1, 3\)"),
    (lambda: keras.metrics.sparse_categorical_accuracy([[1, 0]], [[0.1, 0.9]]), "sparse_cat"),
    (lambda: keras.losses.sparse_categorical_crossentropy([3], [[0.5, 0.5]]), "from 0 to 1 for 2"),
    (lambda: keras.backend.function([X], [X]), "takes the symbol of one layer's input"),
    (lambda: keras.backend.function([network().input], [X]), "gives symbols such as"),
    (lambda: keras.activations.softmax(3.0), "softmax needs at least one axis"),
    (lambda: keras.initializers.Orthogonal()((3,)), r"matrices only. Received: shape=\(3,\)"),
    (lambda: keras.models.model_from_json("{}"), "config must be what"),
    (lambda: keras.models.model_from_json("[1"), "json_string must be what to_json gave"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "message"), MAKE, ids=[message[:50] for _, message in MAKE])
def test_messages(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_metrics_of_a_wrong_name(model):
    model.compile("sgd", "categorical_crossentropy", metrics=["accurracy"])
    with pytest.raises(ValueError, match=r"metric must be one of .*got 'accurracy'"):
        model.fit(X, Y, verbose=0)


def test_symbols_have_no_numbers():
    symbol = keras.Input((3,))
    with pytest.raises(TypeError, match="is a symbol without numbers"):
        np.asarray(symbol)
    with pytest.raises(TypeError, match="is a symbol without numbers"):
        bool(symbol)
    with pytest.raises(AttributeError, match="never been called and thus has no defined input"):
        L.Dense(3).input  # noqa: B018


def test_regularizers_of_one_s_own_need_a_slope():
    with pytest.raises(TypeError, match=r"class with __call__\(x\) and slope\(x\)"):
        L.Dense(3, kernel_regularizer=lambda w: 0.0)


def test_function_checks_what_it_is_given():
    model = network()
    get = keras.backend.function([model.input], [model.output])
    with pytest.raises(ValueError, match=r"must have the shape \(None, 13\).*\(20, 4\)"):
        get([X])
    with pytest.raises(ValueError, match=r"takes a list of 1 values, one per input. Received: 2"):
        get([X, X])
