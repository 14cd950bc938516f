"""Files: what is written is read again, under honest names where there is no HDF5 library."""

import zipfile

import numpy as np
import pytest
from keras_fixtures import OPT, L, network

from nncore import keras
from nncore.keras import hdf5

X, Y = np.random.default_rng(2).normal(size=(30, 13)), np.eye(3)[np.arange(30) % 3]


@pytest.fixture(autouse=True)
def without_h5py(monkeypatch):
    """As in the page, whatever is installed here; tests/oracle reads and writes HDF5."""
    monkeypatch.setattr(hdf5, "library", lambda: None)


@pytest.fixture
def model():
    found = network()
    found.compile(OPT.Adam(0.02), "categorical_crossentropy", metrics=["accuracy"])
    found.fit(X, Y, verbose=0)
    return found


@pytest.mark.parametrize(
    ("name", "written"),
    [("m.keras", "m.keras.npz"), ("m.h5", "m.h5.npz"), ("m.npz", "m.npz")],
)
def test_a_model(model, tmp_path, name, written):
    path = tmp_path / name
    if name == written:
        model.save(path)
    else:
        with pytest.warns(UserWarning, match=rf"would be .*: written as .*{written}"):
            model.save(path)
    assert [each.name for each in tmp_path.iterdir()] == [written]
    assert zipfile.is_zipfile(tmp_path / written)
    copy = keras.models.load_model(path)
    np.testing.assert_array_equal(copy.predict(X, verbose=0), model.predict(X, verbose=0))
    assert copy.optimizer.get_config() == model.optimizer.get_config()
    assert copy.evaluate(X, Y, verbose=0) == model.evaluate(X, Y, verbose=0)
    assert not keras.models.load_model(path, compile=False).compiled
    with pytest.raises(FileExistsError, match="overwrite=False"):
        model.save(path, overwrite=False)


def test_a_model_that_was_compiled_with_objects(tmp_path):
    def far(y_true, y_pred):
        return abs(y_true - y_pred).max(axis=-1)

    model, path = network(), tmp_path / "m.npz"
    rate = keras.optimizers.schedules.CosineDecay(0.1, 100)
    known = [keras.metrics.AUC(name="area"), "accuracy", keras.metrics.mean_absolute_error]
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=0.1)
    for metrics, own in ((known, {}), ([*known, far], {"far": far})):
        model.compile(OPT.Adam(rate), loss, metrics=metrics, loss_weights=[0.5])
        model.fit(X, Y, verbose=0)
        model.save(path)
        copy = keras.models.load_model(path, custom_objects=own)
        found = copy.evaluate(X, Y, verbose=0, return_dict=True)
        assert found == model.evaluate(X, Y, verbose=0, return_dict=True)
        assert float(copy.optimizer.learning_rate) == float(rate(0))
    with pytest.raises(ValueError, match=r"compiled with 'far'.*custom_objects=\{'far': far\}"):
        keras.models.load_model(path)
    assert not keras.models.load_model(path, compile=False).compiled


@pytest.mark.parametrize("name", ["w.weights.h5", "w.weights.npz", "w.h5"])
def test_weights(model, tmp_path, name):
    if name.endswith(".npz"):
        model.save_weights(tmp_path / name)
    else:
        with pytest.warns(UserWarning, match=r"written as .*\.npz"):
            model.save_weights(tmp_path / name)
    copy = network()
    copy.load_weights(tmp_path / name)
    np.testing.assert_array_equal(copy.predict(X, verbose=0), model.predict(X, verbose=0))
    with pytest.raises(ValueError, match="does not fit"):
        network((4,)).load_weights(tmp_path / name)


def test_batch_normalization_keeps_its_running_means(tmp_path):
    layers = [L.Dense(4), L.BatchNormalization(), L.Dense(3, "softmax")]
    model = keras.Sequential([keras.Input((13,)), *layers])
    model.compile("sgd", "categorical_crossentropy")
    model.fit(X, Y, verbose=0, epochs=3)
    model.save(tmp_path / "m.npz")
    copy = keras.models.load_model(tmp_path / "m.npz")
    np.testing.assert_array_equal(copy.predict(X, verbose=0), model.predict(X, verbose=0))


def test_what_cannot_be_read(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"there is no file .*none\.keras"):
        keras.models.load_model(tmp_path / "none.keras")
    with pytest.raises(ValueError, match="Invalid filepath extension"):
        network().save(tmp_path / "model.txt")
    (tmp_path / "broken.npz").write_bytes(b"PK nothing")
    with pytest.raises(ValueError, match="is no file that save"):
        keras.models.load_model(tmp_path / "broken.npz")
    real = tmp_path / "real.keras"
    with zipfile.ZipFile(real, "w") as archive:
        archive.writestr("config.json", '{"class_name": "Sequential", "config": {"layers": []}}')
        archive.writestr("model.weights.h5", b"")
    with pytest.raises(keras.Missing, match="h5py package"):
        keras.models.load_model(real)


def test_a_layer_that_is_not_here_is_named(tmp_path):
    config = {"class_name": "Sequential", "config": {"layers": [{"class_name": "Conv2D"}]}}
    with pytest.raises(keras.Missing, match="has a layer 'Conv2D', and there are only Activation"):
        keras.configs.model_from_config(config)


def test_model_checkpoint(tmp_path):
    checkpoint = keras.callbacks.ModelCheckpoint
    model = network()
    model.compile("sgd", "categorical_crossentropy")
    every = checkpoint(tmp_path / "new" / "{epoch:02d}-{loss:.1f}.npz")  # a folder to be made
    best = checkpoint(tmp_path / "best.npz", monitor="loss", save_best_only=True, verbose=1)
    weights = checkpoint(tmp_path / "w.npz", save_weights_only=True, save_freq=3)
    model.fit(X, Y, epochs=3, verbose=0, callbacks=[every, best, weights], batch_size=10)
    names = sorted(path.name for path in tmp_path.rglob("*.npz"))
    assert [name[:3] for name in names] == ["01-", "02-", "03-", "bes", "w.n"]
    copy = keras.models.load_model(tmp_path / "best.npz")
    np.testing.assert_array_equal(copy.predict(X, verbose=0), model.predict(X, verbose=0))
    with pytest.raises(KeyError, match="there is only epoch, loss"):
        model.fit(X, Y, verbose=0, callbacks=[checkpoint("{val_loss}.npz")])
    with pytest.warns(UserWarning, match="Can save best model only with val_loss available"):
        model.fit(X, Y, verbose=0, callbacks=[checkpoint(tmp_path / "v.npz", save_best_only=True)])
