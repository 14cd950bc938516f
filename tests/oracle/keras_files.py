"""Files between nncore.keras and the real Keras: each reads what the other wrote.

python tests/oracle/keras_files.py FOLDER      (keras==3.15.1, jax==0.10.2, h5py)
"""

import sys
from pathlib import Path

import numpy as np
from keras_env import keras as real

from nncore import keras as ours

FOLDER = Path(sys.argv[1])
X = np.random.default_rng(0).standard_normal((30, 5))
Y = np.eye(3)[np.arange(30) % 3]


def stack(keras):
    L = keras.layers
    options = dict(kernel_regularizer=keras.regularizers.L2(0.01), kernel_initializer="he_normal")
    layers = [
        *(L.Normalization(mean=[0.1] * 5, variance=[2.0] * 5), L.Dense(4, "tanh", **options)),
        *(L.BatchNormalization(momentum=0.8), L.Dropout(0.2), L.LeakyReLU(negative_slope=0.2)),
        L.Dense(4, use_bias=False, kernel_constraint="max_norm", activation="gelu"),
        L.Dense(3, activation="softmax"),
    ]
    return keras.Sequential([keras.Input((5,)), *layers])


def functional(keras):
    inputs = keras.Input((5,), name="in")
    hidden = keras.layers.Dense(4, activation="relu", name="h")(inputs)
    hidden = keras.layers.Dense(2, activation="tanh", name="code")(hidden)
    return keras.Model(inputs, keras.layers.Dense(3, activation="softmax", name="out")(hidden))


def nested(keras):
    inner = keras.Sequential([keras.Input((5,)), keras.layers.Dense(2, "tanh")])
    return keras.Sequential([keras.Input((5,)), inner, keras.layers.Dense(3, activation="softmax")])


def trained(make, keras):
    model = make(keras)
    model.compile(keras.optimizers.Adam(0.01), "categorical_crossentropy", metrics=["accuracy"])
    model.fit(X, Y, epochs=2, verbose=0)
    return model


def exchange(make, writer, reader, name):
    model = trained(make, writer)
    wanted = np.asarray(model.predict(X, verbose=0))
    model.save(FOLDER / f"{name}.keras")
    model.save_weights(FOLDER / f"{name}.weights.h5")
    for copy in (
        reader.models.load_model(FOLDER / f"{name}.keras"),
        reader.models.model_from_json(model.to_json()),
        make(reader),
    ):
        copy.load_weights(FOLDER / f"{name}.weights.h5")
        np.testing.assert_allclose(copy.predict(X, verbose=0), wanted, rtol=1e-6, atol=1e-7)
    loaded = reader.models.load_model(FOLDER / f"{name}.keras")
    loss, accuracy = model.evaluate(X, Y, verbose=0)
    found = loaded.evaluate(X, Y, verbose=0)
    np.testing.assert_allclose(found, [loss, accuracy], rtol=1e-6)
    loaded.fit(X, Y, verbose=0)


if __name__ == "__main__":
    ours.config.set_floatx("float64")
    ours.config.set_engine(None)
    for make in (stack, functional, nested):
        exchange(make, ours, real, f"ours-{make.__name__}")
        exchange(make, real, ours, f"real-{make.__name__}")
    print("files go both ways")
