"""Everything in fixtures/ holds to 1e-9: weights, losses and metrics of the real Keras.

Versions stand in the files. They are computed in float64 on the jax backend, by the script in
tests/oracle, which also extends them.
"""

import numpy as np
import pytest
from keras_fixtures import (
    OPT,
    L,
    arrays,
    assert_close,
    assert_history,
    assert_weights,
    fixture,
    network,
    wine,
)

from nncore import keras

pytestmark = pytest.mark.usefixtures("float64", "engine")

OPTIMIZERS, LOSSES, TRAINING = map(fixture, ("optimizers", "losses", "training"))
ACTIVATIONS, CALLBACKS = map(fixture, ("activations", "callbacks"))
X4 = np.array(LOSSES["x"])
REGRESSION, BINARY, CLASSES = (np.array(LOSSES[k]) for k in ("regression", "binary", "classes"))
R, C = keras.regularizers, keras.constraints
CLASSES = CLASSES.astype(int)
ONE_HOT = np.eye(3)[CLASSES]


@pytest.mark.parametrize("label", OPTIMIZERS["cases"])
def test_optimizers(label):
    make = eval(f"lambda: {label}", {**vars(OPT), **vars(OPT.schedules)})
    X, Y = wine()
    model = network()
    model.set_weights(arrays(OPTIMIZERS["initial"]))
    model.compile(make(), "categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(X, Y, batch_size=16, epochs=3, shuffle=False, verbose=0)
    wanted = OPTIMIZERS["cases"][label]
    assert len(history.epoch) == wanted["epochs_run"]
    assert_history(history, wanted["history"])
    assert_weights(model, wanted["weights"])


K, SMALL, SIGNS = keras.losses, dict(units=(3,), n=4), 2 * BINARY - 1
# label: (activation and number of outputs, targets, loss if it is not the label, metrics)
CASES = {
    **{name: ("linear", 1, REGRESSION, name, ["mae"]) for name in
       ("mse", "mae", "mape", "msle", "huber", "log_cosh")},
    "mse of softmax": ("softmax", 3, ONE_HOT, "mse", ["accuracy"]),
    "mse of three": ("linear", 3, ONE_HOT, "mse", ["mae", "mse"]),
    "binary_crossentropy": ("sigmoid", 1, BINARY, "binary_crossentropy", ["accuracy"]),
    "binary_focal_crossentropy": ("sigmoid", 1, BINARY, "binary_focal_crossentropy", ["accuracy"]),
    "binary_crossentropy of three": ("sigmoid", 3, ONE_HOT, K.BinaryCrossentropy(), ["accuracy"]),
    "binary_crossentropy of tanh": ("tanh", 1, BINARY * 0.5, "binary_crossentropy", ["accuracy"]),
    "hinge": ("tanh", 1, SIGNS, "hinge", ["accuracy"]),
    "squared_hinge": ("tanh", 1, SIGNS, K.SquaredHinge(), ["accuracy"]),
    "hinge of 0 and 1": ("tanh", 1, BINARY, "hinge", ["accuracy"]),
    "categorical_hinge": ("tanh", 3, ONE_HOT, "categorical_hinge", ["accuracy"]),
    "categorical_crossentropy": ("softmax", 3, ONE_HOT, "CategoricalCrossentropy", ["accuracy"]),
    "categorical_crossentropy of sigmoids":
        ("sigmoid", 3, ONE_HOT, "categorical_crossentropy", ["accuracy"]),
    "sparse_categorical_crossentropy":
        ("softmax", 3, CLASSES, "sparse_categorical_crossentropy", ["accuracy"]),
    "kl_divergence": ("softmax", 3, ONE_HOT * 0.8 + 0.2 / 3, "kl_divergence", ["accuracy"]),
    "poisson": ("softplus", 1, np.round(np.exp(REGRESSION)), "poisson", ["mse"]),
    "cosine_similarity": ("linear", 3, ONE_HOT, "cosine_similarity", None),
    "label_smoothing 0.1":
        ("softmax", 3, ONE_HOT, K.CategoricalCrossentropy(label_smoothing=0.1), ["accuracy"]),
    "binary label_smoothing 0.2":
        ("sigmoid", 1, BINARY, K.BinaryCrossentropy(label_smoothing=0.2), ["accuracy"]),
    "from_logits": ("linear", 1, BINARY, K.BinaryCrossentropy(from_logits=True), []),
    "categorical from_logits":
        ("linear", 3, ONE_HOT, K.CategoricalCrossentropy(from_logits=True), ["accuracy"]),
    "sparse from_logits":
        ("linear", 3, CLASSES, K.SparseCategoricalCrossentropy(from_logits=True), ["accuracy"]),
    "huber 0.3": ("linear", 1, REGRESSION, K.Huber(0.3), ["mae"]),
    "sum": ("linear", 1, REGRESSION * 0.1, K.MeanSquaredError(reduction="sum"), ["mae"]),
    "balanced focal": ("sigmoid", 1, BINARY,
        K.BinaryFocalCrossentropy(apply_class_balancing=True, gamma=1.5), ["accuracy"]),
}  # fmt: skip


def run(model, x, y, loss, metrics, case, optimizer=None, weighted=None, **fit):
    model.set_weights(arrays(case["initial"]))
    model.compile(optimizer or OPT.SGD(0.1), loss, metrics=metrics, weighted_metrics=weighted)
    options = dict(batch_size=16, epochs=2, shuffle=False, verbose=0) | fit
    history = model.fit(x, y, **options)
    assert_history(history, case["history"])
    assert_weights(model, case["weights"])
    if "evaluate" in case:
        found = model.evaluate(x, y, verbose=0, return_dict=True)
        assert list(found) == list(case["evaluate"])
        for name, value in case["evaluate"].items():
            assert_close(found[name], value, name)


@pytest.mark.parametrize("label", LOSSES["cases"])
def test_losses(label):
    """Each loss in training and in evaluate."""
    last, out, y, loss, metrics = CASES[label]
    model = network(out=out, last=last, **SMALL)
    run(model, X4, y, loss, metrics, LOSSES["cases"][label])


LAYER_OPTIONS = {
    "l1 0.01": dict(kernel_regularizer=R.L1(0.01)),
    "l2 0.01": dict(kernel_regularizer=R.L2(0.01)),
    "l1_l2 0.01 0.02": dict(kernel_regularizer=R.L1L2(0.01, 0.02)),
    "bias l2 0.1": dict(bias_regularizer=R.L2(0.1)),
    "activity l1 0.01": dict(activity_regularizer=R.L1(0.01)),
    "max_norm 1": dict(kernel_constraint=C.MaxNorm(1.0)),
    "non_neg": dict(kernel_constraint=C.NonNeg()),
    "unit_norm": dict(kernel_constraint="unit_norm"),
    "min_max_norm": dict(kernel_constraint=C.MinMaxNorm(0.5, 1.0, rate=0.5)),
    "no bias": dict(use_bias=False),
    **{name: dict(hidden=name.split()[1]) for name in TRAINING["cases"] if "activation " in name},
}
CROSS = "categorical_crossentropy"


@pytest.mark.parametrize("label", LAYER_OPTIONS)
def test_layers(label):
    case = TRAINING["cases"][label]
    run(network((3,), n=4, **LAYER_OPTIONS[label]), X4, ONE_HOT, CROSS, ["accuracy"], case)


VALIDATION = (X4[:9], ONE_HOT[:9], np.arange(9) / 4)
FIT_OPTIONS = {
    "class_weight 0:1 1:2 2:5": dict(class_weight={0: 1.0, 1: 2.0, 2: 5.0}),
    "class_weight of some": dict(class_weight={2: 5.0}),
    "sample_weight 1..50 / 50": dict(sample_weight=np.arange(1, 51) / 50),
    "validation_split 0.3": dict(validation_split=0.3),
    "validation_data weighted": dict(validation_data=VALIDATION, validation_freq=2),
}


@pytest.mark.parametrize("label", FIT_OPTIONS)
def test_what_fit_takes(label):
    case = TRAINING["cases"][label]
    run(network((3,), n=4), X4, ONE_HOT, CROSS, ["accuracy"], case, **FIT_OPTIONS[label])


def test_weighted_metrics():
    case, weights = TRAINING["cases"]["weighted metrics"], np.arange(50) % 3
    options = dict(weighted=["accuracy", "mse"], sample_weight=weights)
    run(network((3,), n=4), X4, ONE_HOT, CROSS, ["mae"], case, **options)


def test_a_frozen_layer():
    model = network((3, 3), n=4)
    model.layers[0].trainable = False
    optimizer, case = OPT.Adam(0.01), TRAINING["cases"]["frozen first layer"]
    run(model, X4, ONE_HOT, CROSS, ["accuracy"], case, optimizer)


def test_two_outputs():
    case = TRAINING["cases"]["two outputs"]
    inputs = keras.Input((4,))
    hidden = L.Dense(3, activation="tanh", name="hidden")(inputs)
    number = L.Dense(1, name="number")(hidden)
    kind = L.Dense(3, activation="softmax", name="kind")(hidden)
    model = keras.Model(inputs, [number, kind])
    model.set_weights(arrays(case["initial"]))
    metrics = {"number": ["mae"], "kind": "accuracy"}
    model.compile(OPT.SGD(0.1), ["mse", CROSS], metrics=metrics, loss_weights=[0.5, 2.0])
    y, options = [REGRESSION, ONE_HOT], dict(batch_size=16, epochs=2, shuffle=False, verbose=0)
    assert_history(model.fit(X4, y, **options), case["history"])
    assert_weights(model, case["weights"])
    assert_close(model.evaluate(X4, y, verbose=0), case["evaluate list"])


def test_sample_weight_with_class_numbers():
    loss, metrics = "sparse_categorical_crossentropy", ["sparse_top_k_categorical_accuracy"]
    case = TRAINING["cases"]["weighted_metrics"]
    weights = np.arange(50) % 3
    metrics = ["accuracy", *metrics]
    run(network((3,), n=4), X4, CLASSES, loss, metrics, case, sample_weight=weights)


@pytest.mark.parametrize(("label", "size"), [("batch 1", 1), ("batch larger than data", 64)])
def test_batch_sizes(label, size):
    model = network((3,), 1, "sigmoid", n=4)
    case = TRAINING["cases"][label]
    run(model, X4, BINARY, "binary_crossentropy", ["accuracy"], case, batch_size=size)


BATCH_OPTIONS = {
    "BatchNormalization": {},
    "BatchNormalization options": dict(momentum=0.5, epsilon=0.1, scale=False),
    "BatchNormalization l2": dict(gamma_regularizer="l2", center=False),
}


@pytest.mark.parametrize("label", BATCH_OPTIONS)
def test_batch_normalization(label):
    case, normalize = TRAINING["cases"][label], L.BatchNormalization(**BATCH_OPTIONS[label])
    layers = [L.Dense(3), normalize, L.Activation("relu"), L.Dense(3, activation="softmax")]
    model = keras.Sequential([keras.Input((4,)), *layers])
    run(model, X4, ONE_HOT, CROSS, ["accuracy"], case)
    assert_close(model.predict(X4[:5], verbose=0), case["predict"])
    names = [path.rpartition("/")[2] for path in case["order"]]
    assert [each.name for each in model.weights] == names


def test_dropout_does_nothing_in_predict():
    case = TRAINING["cases"]["Dropout predict"]
    layers = [L.Dense(3, activation="tanh"), L.Dropout(0.5), L.Dense(1)]
    model = keras.Sequential([keras.Input((4,)), *layers])
    model.set_weights(arrays(case["initial"]))
    assert_close(model.predict(X4[:5], verbose=0), case["predict"])


@pytest.mark.parametrize("name", ACTIVATIONS["cases"])
def test_activations(name):
    x, wanted = np.array([ACTIVATIONS["x"]]), ACTIVATIONS["cases"][name]
    function = keras.activations.get(name)
    if isinstance(wanted, dict):
        with pytest.raises(TypeError):
            function(x)
        return
    assert_close(function(x)[0], wanted)


@pytest.mark.parametrize("call", ACTIVATIONS["calls"], ids=lambda c: f"{c['name']}-{c['args']}")
def test_activations_with_numbers(call):
    function = getattr(keras.activations, call["name"])
    assert_close(function(np.array([ACTIVATIONS["x"]]), **call["args"])[0], call["value"])


class Track(keras.callbacks.Callback):
    """Replaces val_loss by a script, and notes the learning rate."""

    def __init__(self, script):
        super().__init__()
        self.script, self.rates = script, []

    def on_epoch_end(self, epoch, logs=None):
        logs["val_loss"] = self.script[epoch]
        self.rates.append(float(self.model.optimizer.learning_rate))


@pytest.mark.parametrize(
    "case", CALLBACKS["cases"], ids=lambda c: f"{c['script']}-{c['callback']}-{c['args']}"
)
def test_callbacks(case):
    weights = network((3,), 1, "linear", n=4).get_weights()
    rng = np.random.default_rng(0)
    model = network((3,), 1, "linear", n=4)
    model.set_weights([rng.standard_normal(w.shape) * 0.5 for w in weights])
    model.compile(OPT.SGD(0.1), "mse")
    track = Track(CALLBACKS["scripts"][case["script"]])
    callback = getattr(keras.callbacks, case["callback"])(monitor="val_loss", **case["args"])
    options = dict(epochs=12, batch_size=50, verbose=0, shuffle=False)
    history = model.fit(X4, REGRESSION, callbacks=[track, callback], **options)
    assert len(history.epoch) == case["epochs_run"]
    assert_close(track.rates, case["rates_after_epoch"])
    assert getattr(callback, "stopped_epoch", None) == case["stopped_epoch"]
    assert_close(model.evaluate(X4, REGRESSION, verbose=0), case["final_loss"])
