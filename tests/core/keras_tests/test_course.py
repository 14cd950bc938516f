"""The lesson's walk, as a course writes it in 2018, in 2020 and in 2026, cell after cell.

Load the table, one-hot, scale, build 8-5-2-3, train 20 epochs, take what layer 2 gives.
"""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from nncore import datasets

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
TABLE = Path(datasets.__file__).parent / "data" / "wine.csv"

LOAD = """
import csv
import numpy as np
with open({table!r}) as file:
    rows = list(csv.reader(file))
data = np.array(rows[1:], dtype=float)
X, labels = data[:, :13], data[:, 13].astype(int)
"""
CELLS = {
    "2018": LOAD + """
from keras.models import Sequential
from keras.layers import Dense
from keras.optimizers import RMSprop
from keras.utils import np_utils
from keras import backend as K
np.random.seed(7)
Y = np_utils.to_categorical(labels)
X = (X - X.mean(axis=0)) / X.std(axis=0)
model = Sequential()
model.add(Dense(8, input_dim=13, kernel_initializer='he_normal', activation='tanh'))
model.add(Dense(5, kernel_initializer='he_normal', activation='tanh'))
model.add(Dense(2, kernel_initializer='he_normal', activation='tanh'))
model.add(Dense(3, kernel_initializer='he_normal', activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer=RMSprop(lr=0.05), metrics=['accuracy'])
model.summary()
history = model.fit(X, Y, batch_size=16, epochs=20, verbose=1)
score = history.history['acc'][-1]
classes = model.predict_classes(X)
get = K.function([model.layers[0].input, K.learning_phase()], [model.layers[2].output])
features = get([X, 0])[0]
""",
    "2020": LOAD + """
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras import backend as K
print(tf.__version__, tf.config.list_physical_devices('GPU'))
tf.random.set_seed(7)
Y = tf.keras.utils.to_categorical(labels, num_classes=3)
X = (X - X.mean(axis=0)) / X.std(axis=0)
model = keras.Sequential([
    layers.Dense(8, activation='tanh', kernel_initializer='he_normal', input_shape=(13,)),
    layers.Dense(5, activation='tanh', kernel_initializer='he_normal'),
    layers.Dense(2, activation='tanh', kernel_initializer='he_normal'),
    layers.Dense(3, activation='softmax'),
])
model.compile(optimizer=tf.keras.optimizers.RMSprop(learning_rate=0.05),
              loss=tf.keras.losses.CategoricalCrossentropy(), metrics=['accuracy'])
history = model.fit(X, Y, batch_size=16, epochs=20, verbose=2, validation_split=0.1)
score = history.history['accuracy'][-1]
classes = np.argmax(model.predict(X), axis=-1)
get = K.function([model.layers[0].input], [model.layers[2].output])
features = get([X])[0]
""",
    "2026": LOAD + """
import keras
from keras import layers
keras.utils.set_random_seed(7)
normalize = layers.Normalization()
normalize.adapt(X)
inputs = keras.Input(shape=(13,))
x = normalize(inputs)
for units in (8, 5, 2):
    x = layers.Dense(units, activation="tanh", kernel_initializer="he_normal")(x)
model = keras.Model(inputs, layers.Dense(3, activation="softmax")(x))
model.compile(optimizer=keras.optimizers.RMSprop(0.05), loss="sparse_categorical_crossentropy",
              metrics=["accuracy"])
stop = keras.callbacks.EarlyStopping(monitor="loss", patience=20, restore_best_weights=True)
history = model.fit(X, labels, batch_size=16, epochs=20, callbacks=[stop])
score = history.history["accuracy"][-1]
classes = model.predict(X).argmax(axis=1)
features = keras.Model(model.input, model.layers[-2].output).predict(X, verbose=0)
""",
}  # fmt: skip
END = """
assert features.shape == (178, 2), features.shape
assert features.dtype == np.float32 and np.abs(features).max() <= 1
assert score > 0.9, score
assert (classes == labels).mean() > 0.9
print("the walk is done")
"""


@pytest.mark.parametrize("year", CELLS)
def test_walk(year):
    """In a Python of its own, for `keras` and `tensorflow` stand for us there."""
    assert len(list(csv.reader(TABLE.read_text().splitlines()))) == 179
    program = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
    program += "from nncore import keras as ours; ours.install()\n"
    program += CELLS[year].format(table=str(TABLE)) + END
    command = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr
    assert done.stdout.endswith("the walk is done\n")
