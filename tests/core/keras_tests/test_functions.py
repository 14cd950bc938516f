"""Metrics and schedules as the real Keras computes them; losses, slopes and objects by name."""

import re

import numpy as np
import pytest
from keras_fixtures import OPT, assert_close, fixture

from nncore import keras
from nncore.keras.activations import FUNCTIONS, rule_of

METRICS, SCHEDULES = fixture("metrics"), fixture("schedules")["cases"]
pytestmark = pytest.mark.usefixtures("float64")


def label_of(case):
    return f"{case['data']}-{case['metric']}-{case['weighted']}"


@pytest.mark.parametrize("case", METRICS["cases"], ids=label_of)
def test_metrics(case):
    y, o = map(np.array, METRICS["data"][case["data"]])
    weights = np.array(METRICS["weights"])
    metric = eval(f"M.{case['metric']}", {"M": keras.metrics})
    for part in (slice(0, 17), slice(17, 40)):
        metric.update_state(y[part], o[part], weights[part] if case["weighted"] else None)
    assert_close(metric.result(), case["value"])
    assert metric.name == re.sub(r"_\d+$", "", case["name"])  # they count up from object to object
    copy = type(metric).from_config(metric.get_config())
    w = weights if case["weighted"] else None
    assert_close(copy(y, o, w), case["value"])
    metric.reset_state()
    assert_close(metric(y, o, w), case["value"])


@pytest.mark.parametrize("label", SCHEDULES)
def test_schedules(label):
    schedule = eval(label, vars(OPT.schedules))
    assert_close([schedule(step) for step in range(60)], SCHEDULES[label])
    copy = type(schedule).from_config(schedule.get_config())
    assert copy(17) == schedule(17)


RNG = np.random.default_rng(5)
ONE_HOT, SHARES = np.eye(3)[RNG.integers(0, 3, 12)], RNG.dirichlet(np.ones(3), 12)
LOSSES = {
    **dict.fromkeys(("mse", "mae", "huber", "log_cosh"), RNG.normal(size=(12, 3))),
    "cosine_similarity": RNG.normal(size=(12, 3)),
    **dict.fromkeys(("mape", "msle", "poisson", "kl_divergence"), RNG.uniform(0.5, 0.9, (12, 3))),
    **dict.fromkeys(("hinge", "squared_hinge"), 2 * ONE_HOT - 1),
    **dict.fromkeys(("binary_crossentropy", "binary_focal_crossentropy"), ONE_HOT),
    **dict.fromkeys(("categorical_crossentropy", "categorical_hinge"), ONE_HOT),
}  # fmt: skip


@pytest.mark.parametrize("name", LOSSES)
def test_slopes_of_losses_against_differences(name):
    loss, y, o, h = keras.losses.loss_object(name), LOSSES[name], SHARES * 0.8 + 0.05, 1e-6
    wanted = np.empty(o.shape)
    for column in range(3):
        step = h * (np.arange(3) == column)
        wanted[:, column] = (loss.values(y, o + step) - loss.values(y, o - step)) / (2 * h)
    np.testing.assert_allclose(loss.slopes(y, o), wanted, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - {"glu", "threshold"}))
def test_slopes_of_activations_against_differences(name):
    """backprop for a random delta, against differences of the sum of delta times f."""
    rule, h = rule_of(keras.activations.get(name)), 1e-6
    z, delta = RNG.normal(size=(4, 9)) * 2.0, RNG.normal(size=(4, 9))
    wanted = np.empty(z.shape)
    for unit in range(4):
        step = h * (np.arange(4) == unit)[:, None]
        wanted[unit] = (delta * (rule(z + step) - rule(z - step))).sum(axis=0) / (2 * h)
    found = delta.copy()
    rule.backprop(found, z, rule(z))
    np.testing.assert_allclose(found, wanted, rtol=1e-5, atol=1e-8)


def test_a_loss_of_one_s_own_has_a_slope_by_differences():
    y, o = RNG.normal(size=(5, 3)), RNG.normal(size=(5, 3))
    per_sample = keras.losses.loss_object(lambda y, o: keras.backend.mean((y - o) ** 4, axis=-1))
    together = keras.losses.loss_object(lambda y, o: keras.backend.mean((y - o) ** 4))
    wanted = 4 * (o - y) ** 3 / 3
    np.testing.assert_allclose(per_sample.slopes(y, o), wanted, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(together.slopes(y, o), wanted, rtol=1e-6, atol=1e-8)


def test_a_loss_class_of_one_s_own():
    class Quartic(keras.losses.Loss):
        def call(self, y_true, y_pred):
            return keras.backend.mean(keras.backend.square(y_true - y_pred) ** 2, axis=-1)

    y, o = RNG.normal(size=(5, 3)), RNG.normal(size=(5, 3))
    found = keras.losses.loss_object(Quartic()).slopes(y, o)
    np.testing.assert_allclose(found, 4 * (o - y) ** 3 / 3, rtol=1e-6, atol=1e-8)


def test_losses_and_metrics_are_called_on_lists():
    assert_close(keras.losses.mse([[1.0, 2.0]], [[2.0, 4.0]]), [2.5])
    assert_close(keras.losses.MeanSquaredError()([[1.0], [2.0]], [[2.0], [4.0]]), 2.5)
    weighted = keras.losses.MeanSquaredError(reduction="sum")
    assert_close(weighted([[1.0], [2.0]], [[2.0], [4.0]], sample_weight=[1.0, 0.5]), 3.0)
    none = keras.losses.MeanSquaredError(reduction="none")
    assert_close(none([[1.0], [2.0]], [[2.0], [4.0]]), [1.0, 4.0])
    assert_close(keras.metrics.binary_accuracy([[1], [0]], [[0.6], [0.7]]), [1.0, 0.0])
    assert keras.losses.SparseCategoricalCrossentropy()([0, 1], [[0.5, 0.5]] * 2) > 0.69


@pytest.mark.parametrize(
    ("get", "names"),
    [
        (keras.initializers.get, ["glorot_uniform", "HeNormal", "zeros", "RandomNormal", "normal"]),
        (keras.regularizers.get, ["l1", "l2", "l1_l2", "L1L2"]),
        (keras.constraints.get, ["max_norm", "maxnorm", "NonNeg", "unit_norm", "min_max_norm"]),
        (keras.optimizers.get, ["sgd", "SGD", "rmsprop", "adam", "AdamW", "adamax", "ftrl"]),
        (keras.losses.get, ["mse", "MSE", "MeanSquaredError", "kld", "bce", "logcosh"]),
        (keras.metrics.get, ["mae", "AUC", "auc", "Precision", "accuracy", "RootMeanSquaredError"]),
        (keras.activations.get, ["relu", "tanh", "swish", "log_softmax"]),
    ],
)  # fmt: skip
def test_objects_by_name_by_config_and_as_they_are(get, names):
    for name in names:
        thing = get(name)
        assert get(thing) is thing
        if hasattr(thing, "get_config"):
            config = {"class_name": type(thing).__name__, "config": thing.get_config()}
            assert type(get(config)) is type(thing)
    with pytest.raises(ValueError, match=r"must be one of .*got 'nonsense'"):
        get("nonsense")


def test_constraints_hold():
    w = RNG.normal(size=(6, 4)) * 3
    assert (np.linalg.norm(keras.constraints.MaxNorm(1.5)(w), axis=0) <= 1.5 + 1e-6).all()
    assert (keras.constraints.NonNeg()(w) >= 0).all()
    np.testing.assert_allclose(
        np.linalg.norm(keras.constraints.UnitNorm()(w), axis=0), 1, rtol=1e-6
    )


def test_old_spellings_of_optimizers():
    assert float(OPT.SGD(lr=0.5).learning_rate) == 0.5
    falling = OPT.SGD(0.1, decay=0.5)
    np.testing.assert_allclose([falling.rate(k) for k in range(3)], [0.1, 0.1 / 1.5, 0.05])
    optimizer = OPT.Adam(0.01)
    optimizer.lr = 0.5
    keras.backend.set_value(optimizer.learning_rate, 0.25)
    assert keras.backend.get_value(optimizer.lr) == 0.25
    optimizer.learning_rate.assign(0.125)
    assert optimizer.learning_rate * 2 == 0.25
    scheduled = OPT.SGD(OPT.schedules.ExponentialDecay(0.1, 5, 0.5))
    with pytest.raises(TypeError, match="LearningRateSchedule"):
        scheduled.learning_rate = 0.1


@pytest.mark.parametrize("name", ["SGD", "RMSprop", "Adam", "AdamW", "Adamax", "Nadam", "Adagrad",
                                  "Adadelta", "Lion", "Ftrl"])  # fmt: skip
def test_optimizers_make_equal_ones_of_their_configs(name):
    optimizer = getattr(OPT, name)(0.03, clipnorm=2.0)
    copy = type(optimizer).from_config(optimizer.get_config())
    assert copy.get_config() == optimizer.get_config()
    assert copy.rule() == optimizer.rule()
    schedule = OPT.schedules.CosineDecay(0.1, 7)
    copy = OPT.SGD.from_config(OPT.SGD(schedule).get_config())
    assert copy.rate(3) == schedule(3)
