"""fit: both ways of training agree, callbacks are told, training goes on where it stood."""

import numpy as np
import pytest
from keras_fixtures import OPT, L, network

from nncore import SGD, Dense, Sequential, keras, train

X = np.random.default_rng(2).normal(size=(50, 4))
Y = np.eye(3)[(X[:, 0] > 0).astype(int) + (X[:, 1] > 0.5)]
CROSS = "categorical_crossentropy"
pytestmark = pytest.mark.usefixtures("float64")


class Looks(keras.callbacks.Callback):
    """Looks at every batch, which takes the general way of training."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def on_train_batch_begin(self, batch, logs=None):
        self.seen.append(("begin", batch))

    def on_train_batch_end(self, batch, logs=None):
        self.seen.append((batch, dict(logs)))


STACKS = {
    "softmax": ((5, 3), "tanh", "softmax", CROSS, Y),
    "class numbers": ((5,), "relu", "softmax", "sparse_categorical_crossentropy", Y.argmax(axis=1)),
    "sigmoid": ((5,), "silu", "sigmoid", "binary_crossentropy", Y[:, 0]),
    "numbers": ((5, 2), "elu", "linear", "mse", X[:, 0] * 2),
    "softplus": ((4,), "softplus", "tanh", "mse", Y),
}


def trained(kind, optimizer, *callbacks, **options):
    units, hidden, last, loss, y = STACKS[kind]
    keras.utils.set_random_seed(3)
    model = network(units, 1 if y.ndim == 1 and "class" not in kind else 3, last, hidden, n=4)
    model.compile(keras.optimizers.get(optimizer), loss, metrics=["accuracy"])
    options = dict(batch_size=8, epochs=3, verbose=0) | options
    history = model.fit(X, y, callbacks=list(callbacks), **options)
    return model, history


@pytest.mark.parametrize("optimizer", ["sgd", "rmsprop", "adam", "adagrad", "nadam", "adadelta"])
@pytest.mark.parametrize("kind", STACKS)
def test_the_plain_way_and_the_general_way_agree(kind, optimizer, engine):
    """By nncore.train (NumPy or compiled), and batch by batch; with the same shuffling."""
    plain, first = trained(kind, optimizer)
    general, second = trained(kind, optimizer, Looks())
    assert general.engine_used == "NumPy"
    compiled = engine == "compiled" and optimizer not in ("nadam", "adadelta")
    assert plain.engine_used.startswith("wasmtime" if compiled else "NumPy")
    for a, b in zip(plain.get_weights(), general.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-12)
    for name in first.history:
        np.testing.assert_allclose(first.history[name], second.history[name], rtol=1e-9)


def test_fit_is_train(engine):
    model = network((5,), n=4)
    params = np.concatenate([np.ravel(w) for w in model.get_weights()])
    core = Sequential([Dense(5, "tanh"), Dense(3, "softmax")], 4)
    options = dict(loss=CROSS, optimizer=SGD(0.1), batch_size=8, epochs=4)
    for progress in train(core, params, X, Y, **options):
        wanted = progress.params
    model.compile(OPT.SGD(0.1), CROSS)
    model.fit(X, Y, batch_size=8, epochs=4, shuffle=False, verbose=0)
    found = np.concatenate([np.ravel(w) for w in model.get_weights()])
    np.testing.assert_allclose(found, wanted, rtol=1e-12)


@pytest.mark.parametrize("looks", [False, True])
@pytest.mark.parametrize("optimizer", ["adam", "nadam", "rmsprop"])
def test_two_fits_are_one(optimizer, looks, engine):
    """The optimizer's memory and the count of its steps go on; also from one way to the other."""
    whole, _ = trained("softmax", optimizer, shuffle=False, epochs=4)
    parts, _ = trained("softmax", optimizer, shuffle=False, epochs=2)
    history = parts.fit(X, Y, batch_size=8, epochs=4, initial_epoch=2, shuffle=False, verbose=0,
                        callbacks=[Looks()] if looks else [])  # fmt: skip
    assert history.epoch == [2, 3]
    assert int(parts.optimizer.iterations) == 28 == int(whole.optimizer.iterations)
    for a, b in zip(whole.get_weights(), parts.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-12)


def test_weights_that_a_callback_sets_are_trained_on(engine):
    def reset(epoch, logs):
        if epoch == 0:
            model.set_weights(first)

    keras.utils.set_random_seed(3)
    model = network((5,), n=4)
    first = model.get_weights()
    model.compile(OPT.SGD(0.1), CROSS)
    callback = keras.callbacks.LambdaCallback(on_epoch_end=reset)
    model.fit(X, Y, epochs=2, shuffle=False, verbose=0, callbacks=[callback])
    other = network((5,), n=4)
    other.set_weights(first)
    other.compile(OPT.SGD(0.1), CROSS)
    other.fit(X, Y, shuffle=False, verbose=0)
    for a, b in zip(model.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-9)


def test_callbacks_see_batches_and_can_stop_there():
    looks = Looks()
    trained("softmax", "sgd", looks, epochs=1)
    assert [each[1] for each in looks.seen if each[0] == "begin"] == list(range(7))
    last = looks.seen[-1]
    assert last[0] == 6
    assert set(last[1]) == {"loss", "accuracy"}

    class Stops(Looks):
        def on_train_batch_end(self, batch, logs=None):
            super().on_train_batch_end(batch, logs)
            self.model.stop_training = batch == 2

    stops = Stops()
    model, history = trained("softmax", "sgd", stops, epochs=5)
    assert len(history.epoch) == 1
    assert int(model.optimizer.iterations) == 3


def test_callbacks_are_told_in_order():
    calls = []
    names = ["on_train_begin", "on_epoch_begin", "on_epoch_end", "on_train_end", "on_test_begin",
             "on_test_end", "on_predict_begin", "on_predict_end"]  # fmt: skip
    tell = {name: lambda *args, name=name: calls.append(name) for name in names}
    callback = keras.callbacks.LambdaCallback(**tell)
    model, _ = trained("softmax", "sgd", callback, epochs=2)
    assert calls == [names[0], *names[1:3] * 2, names[3]]
    calls.clear()
    model.evaluate(X, Y, verbose=0, callbacks=[callback])
    model.predict(X, verbose=0, callbacks=callback)
    assert calls == names[4:]
    with pytest.raises(TypeError, match="LambdaCallback has no 'on_tea'"):
        keras.callbacks.LambdaCallback(on_tea=print)


def test_learning_rates_by_callbacks(engine):
    rates = []
    notes = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: rates.append(
        float(keras.backend.get_value(model.optimizer.lr))))  # fmt: skip
    model = network((5,), n=4)
    model.compile(OPT.SGD(0.1), CROSS)
    scheduler = keras.callbacks.LearningRateScheduler(lambda epoch: 0.1 / (1 + epoch))
    history = model.fit(X, Y, epochs=3, verbose=0, callbacks=[scheduler, notes])
    np.testing.assert_allclose(rates, [0.1, 0.05, 0.1 / 3])
    np.testing.assert_allclose(history.history["learning_rate"], rates)
    np.testing.assert_allclose(history.history["lr"], rates)
    both = keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate / 2)
    model.fit(X, Y, epochs=2, verbose=0, callbacks=[both])
    np.testing.assert_allclose(float(model.optimizer.learning_rate), 0.1 / 12)


def test_training_ends_where_the_loss_is_no_number():
    model = network((5,), 1, "linear", "relu", n=4)
    model.compile(OPT.SGD(1e200), "mse")
    stop = keras.callbacks.TerminateOnNaN()
    assert len(model.fit(X, X[:, 0], epochs=9, verbose=0, callbacks=[stop]).epoch) < 5
    holes = X.copy()
    holes[3, 2] = np.nan
    model = network((5,), n=4)
    model.compile("sgd", CROSS)
    assert np.isnan(model.fit(holes, Y, epochs=1, verbose=0).history["loss"][0])


def test_history_knows_old_names(engine):
    _, history = trained("softmax", "adam", validation_split=0.2, epochs=2)
    assert list(history.history) == ["accuracy", "loss", "val_accuracy", "val_loss"]
    assert history.history["acc"] == history.history["accuracy"]
    assert history.history["val_acc"] == history.history["val_accuracy"]
    with pytest.raises(KeyError):
        history.history["nonsense"]
    assert history.params == {"verbose": 0, "epochs": 2, "steps": 5}


def test_validation_frequency():
    model = network((5,), n=4)
    model.compile("sgd", CROSS)
    options = dict(validation_data=(X, Y), verbose=0, epochs=5)
    assert len(model.fit(X, Y, validation_freq=2, **options).history["val_loss"]) == 2
    assert len(model.fit(X, Y, validation_freq=[1, 4, 5], **options).history["val_loss"]) == 3


def test_csv_logger_and_tensorboard(tmp_path):
    path = tmp_path / "log.csv"
    trained("softmax", "sgd", keras.callbacks.CSVLogger(path), validation_split=0.2, epochs=2)
    lines = path.read_text().splitlines()
    assert lines[0] == "epoch,accuracy,loss,val_accuracy,val_loss"
    assert len(lines) == 3
    trained("softmax", "sgd", keras.callbacks.CSVLogger(path, append=True), epochs=1)
    assert len(path.read_text().splitlines()) == 4
    with pytest.warns(UserWarning, match="TensorBoard is not here"):
        trained("softmax", "sgd", keras.callbacks.TensorBoard("logs"), epochs=1)
    trained("softmax", "sgd", keras.callbacks.TensorBoard("logs"), epochs=1)  # said once


def test_single_batches():
    model = network((5,), n=4)
    model.compile(OPT.SGD(0.1), CROSS, metrics=["accuracy"])
    first = model.test_on_batch(X, Y)
    np.testing.assert_allclose(model.train_on_batch(X, Y), first)
    assert model.train_on_batch(X, Y, return_dict=True)["loss"] < first[0]
    assert model.metrics_names == ["loss", "accuracy"]


def test_a_loss_of_one_s_own_trains_like_the_given_one():
    weights = []
    for loss in ("mse", lambda y, o: keras.backend.mean(keras.backend.square(y - o), axis=-1)):
        keras.utils.set_random_seed(3)
        model = network((5,), 1, "linear", n=4)
        model.compile(OPT.SGD(0.1), loss)
        model.fit(X, X[:, 0], epochs=2, verbose=0)
        weights.append(model.get_weights())
    for a, b in zip(*weights, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-6, atol=1e-9)


def test_metrics_of_one_s_own_and_objects():
    def far(y_true, y_pred):
        return keras.backend.max(keras.backend.abs(y_true - y_pred), axis=-1)

    model = network((5,), n=4)
    model.compile("sgd", CROSS, metrics=[far, keras.metrics.AUC(name="area"), "mae", "Recall"])
    history = model.fit(X, Y, epochs=2, verbose=0)
    assert list(history.history) == ["Recall", "area", "far", "loss", "mae"]
    o = model.predict(X, verbose=0)
    found = model.evaluate(X, Y, verbose=0, return_dict=True)
    np.testing.assert_allclose(found["far"], np.abs(Y - o).max(axis=1).mean())


def test_shuffling_takes_another_order_every_epoch_and_uses_every_row():
    orders = []
    model = network((5,), n=4)
    model.compile("sgd", CROSS)
    learner = model._learner(keras.models.data.rows_of(model, X, Y), 8, True, model._listeners(
        None, 0, 1, 7))  # fmt: skip
    orders = [learner.epoch().order for _ in range(3)]
    learner.finish()
    assert all(sorted(order) == list(range(50)) for order in orders)
    assert not np.array_equal(orders[0], orders[1])


def test_dropout_and_noise_train():
    layers = [L.Dense(8, "relu"), L.Dropout(0.2), L.GaussianNoise(0.1), L.GaussianDropout(0.1)]
    model = keras.Sequential([keras.Input((4,)), *layers, L.Dense(3, "softmax")])
    model.compile(OPT.Adam(0.05), CROSS, metrics=["accuracy"])
    history = model.fit(X, Y, epochs=30, verbose=0)
    assert history.history["accuracy"][-1] > 0.8
    assert len(set(history.history["loss"])) == 30


def test_a_second_model_needs_an_optimizer_of_its_own():
    optimizer = OPT.Adam()
    for k in range(2):
        model = network((5,), n=4)
        model.compile(optimizer, CROSS)
        if k == 0:
            model.fit(X, Y, verbose=0)
        else:
            with pytest.raises(ValueError, match="already trains the variables of another model"):
                model.fit(X, Y, verbose=0)
