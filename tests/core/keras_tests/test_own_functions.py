"""Losses, metrics and activations of the reader's own: slopes by differences, batch by batch.

The numbers are those of Keras 3.15.1 on jax with JAX_ENABLE_X64=1: SGD(0.5), batches of 16 of 50
rows in their order, three epochs, then evaluate().
"""

import numpy as np
import pytest

from nncore import keras
from nncore.keras import ops

RNG = np.random.default_rng(0)
X = RNG.normal(size=(50, 3)).astype("float32")
Y = (X[:, :1] > 0).astype("float32")
W = [RNG.normal(size=shape).astype("float32") * 0.7 for shape in ((3, 4), (4,), (4, 1), (1,))]


def rmse(t, o):
    return ops.sqrt(ops.mean(ops.square(t - o)))


def swish(x):
    return x * ops.sigmoid(x)


def bent(t, o):
    e = ops.abs(t - o)
    return ops.mean(ops.where(e < 0.5, 0.5 * ops.square(e), 0.5 * e - 0.125), axis=-1)


def pulled(t, o):
    return keras.losses.MeanSquaredError()(t, o) + 0.1 * ops.mean(ops.abs(o))


def entropy(t, o):
    return keras.losses.binary_crossentropy(t, o)


def network(activation, loss, metrics=()):
    model = keras.Sequential(
        [keras.Input((3,)), keras.layers.Dense(4, activation), keras.layers.Dense(1, "sigmoid")]
    )
    model.set_weights(W)
    model.compile(keras.optimizers.SGD(0.5), loss, metrics=list(metrics))
    return model


SEEN = [  # loss, activation, losses of the epochs, rmse of the epochs, evaluate()
    (rmse, "tanh", (0.656439, 0.633786, 0.599879), (0.669176, 0.642712, 0.605711),
     (0.566641, 0.560836)),
    (bent, swish, (0.198361, 0.194682, 0.190410), (0.749229, 0.738952, 0.726565),
     (0.186882, 0.680719)),
    (pulled, "tanh", (0.517060, 0.467119, 0.385909), (0.666933, 0.624639, 0.555941),
     (0.311089, 0.491828)),
    (entropy, swish, (1.172164, 0.684806, 0.589141), (0.669146, 0.487713, 0.430166),
     (0.520066, 0.406739)),
]  # fmt: skip


@pytest.mark.parametrize(("loss", "activation", "losses", "metrics", "evaluated"), SEEN)
def test_they_train_and_are_reported_as_by_keras(loss, activation, losses, metrics, evaluated):
    model = network(activation, loss, [rmse])
    history = model.fit(X, Y, epochs=3, batch_size=16, shuffle=False, verbose=0).history
    np.testing.assert_allclose(history["loss"], losses, atol=2e-6)
    np.testing.assert_allclose(history["rmse"], metrics, atol=2e-6)
    np.testing.assert_allclose(model.evaluate(X, Y, verbose=0), evaluated, atol=2e-6)


def test_a_function_that_gives_float32_has_longer_steps():
    def mse32(t, o):
        return np.mean(np.square(np.float32(t) - np.float32(o)), axis=-1)

    def tanh32(x):
        return np.tanh(np.float32(x))

    own, known = network(tanh32, mse32), network("tanh", "mse")
    for model in (own, known):
        model.fit(X, Y, epochs=3, batch_size=16, shuffle=False, verbose=0)
    for one, other in zip(own.get_weights(), known.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=2e-4)


def test_a_metric_of_ones_own_is_told_of_each_batch():
    seen = []

    class Batches(keras.metrics.Metric):
        def update_state(self, y_true, y_pred, sample_weight=None):
            seen.append(len(y_true))

        def result(self):
            return len(seen)

        def reset_state(self):
            seen.clear()

    history = network("tanh", "mse", [Batches(name="n")]).fit(X, Y, batch_size=16, verbose=0)
    assert (history.history["n"], seen) == ([4], [16, 16, 16, 2])


def test_functions_of_arrays():
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert ops.argmax(x, axis=1).tolist() == [1, 1]
    assert ops.convert_to_numpy(ops.convert_to_tensor([1.0])).dtype == np.float32
    assert ops.cast([1.7], "int32").tolist() == [1]
    assert ops.one_hot([0, 2], 3).tolist() == [[1, 0, 0], [0, 0, 1]]
    assert float(ops.erf(0.5)) == pytest.approx(0.5204998778)
    assert float(ops.logsumexp([1000.0, 1000.0])) == pytest.approx(1000 + np.log(2))
    assert ops.shape(keras.Input((3,))) == (None, 3)
    assert float(ops.rsqrt(4.0)) == 0.5
    assert {"mean", "softmax", "categorical_crossentropy"} <= set(dir(ops))
    with pytest.raises(ModuleNotFoundError, match=r"keras\.ops\.while_loop is not among"):
        ops.while_loop  # noqa: B018
    for name in ops._FOUND | dict.fromkeys(ops._LOSSES):
        assert callable(getattr(ops, name)), name
