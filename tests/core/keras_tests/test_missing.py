"""What is not here says so in one sentence, at the import or at the call; install() and its kin."""

import subprocess
import sys
from pathlib import Path

import pytest

from nncore import keras
from nncore.keras.missing import Missing

ROOT = Path(__file__).resolve().parents[3]
USE = r"; nncore\.keras is for dense networks on arrays; use Keras itself for it, for example in"


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: keras.layers.Conv2D(3, 3), "Conv2D is a convolutional layer of Keras"),
        (lambda: keras.layers.LSTM(3), "LSTM is a recurrent layer of Keras"),
        (lambda: keras.layers.Concatenate(), "Concatenate is a layer that joins several branches"),
        (lambda: keras.layers.Embedding(9, 2), "Embedding is a layer for text"),
        (lambda: keras.callbacks.BackupAndRestore("x"), "BackupAndRestore is a callback"),
        (lambda: keras.utils.get_file("a", "b"), "loads a file from the network"),
        (lambda: keras.backend.gradients(1, 2), "works on Keras's graph"),
        (lambda: keras.wrappers.SKLearnClassifier(), "scikit_learn.KerasClassifier in its place"),
        (lambda: keras.optimizers.SGD(use_ema=True), "use_ema is an option"),
    ],
)
def test_a_class_can_be_imported_and_not_made(make, what):
    with pytest.raises(Missing, match=f"{what}.*{USE}"):
        make()


def test_several_inputs_and_own_calls():
    a, b = keras.Input((2,)), keras.Input((3,))
    with pytest.raises(Missing, match="a model of 2 inputs"):
        keras.Model([a, b], keras.layers.Dense(1)(a))
    with pytest.raises(Missing, match="was called on 2 symbols"):
        keras.layers.Dense(1)([a, b])

    class Own(keras.Model):
        def call(self, x):
            return x

    with pytest.raises(Missing, match="Own is a model of one's own"):
        Own()

    class Layer(keras.layers.Layer):
        def call(self, x):
            return x

    with pytest.raises(Missing, match="Layer is a layer of one's own"):
        Layer()
    with pytest.raises(Missing, match=r"arithmetic on symbols .* joins branches"):
        2 * keras.layers.Dense(1)(a) + 1


def test_streams_of_batches():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    with pytest.raises(Missing, match="x is a stream of batches"):
        model.fit(batch for batch in [1])
    with pytest.raises(Missing, match="steps_per_epoch"):
        model.fit([[1.0, 2.0]], [1.0], steps_per_epoch=3)
    with pytest.raises(Missing, match="fit_generator"):
        model.fit_generator(None)
    with pytest.raises(Missing, match="export writes graphs"):
        model.export("folder")


INSTALLED = """
import sys
sys.path.insert(0, {root!r})
from nncore import keras as ours
ours.install()
ours.install()
import importlib, importlib.util
import keras, tensorflow as tf, tensorflow.keras as tk
from tensorflow.keras.layers import Dense, Conv2D
from keras.layers.core import Dense as OldDense
from tensorflow.keras.optimizers.legacy import SGD
from tensorflow.python.keras.models import Sequential
import tensorflow.compat.v1 as tf1
assert keras is ours and tk is ours and tf.keras is ours and OldDense is Dense is keras.layers.Dense
assert Sequential is keras.Sequential and SGD is keras.optimizers.SGD
assert int(tf.__version__.split(".")[0]) >= 2 and int(keras.__version__.split(".")[0]) >= 3
assert "nncore" in tf.__version__ and "nncore" in keras.__version__
assert importlib.util.find_spec("keras") and importlib.util.find_spec("tensorflow")
tf.random.set_seed(1); tf1.set_random_seed(1); tf.get_logger().setLevel("ERROR")
assert tf.config.list_physical_devices("GPU") == [] and not tf.test.is_gpu_available()
assert tf.reduce_mean(tf.square(tf.constant([1.0, 3.0]))).item() == 5.0
assert tf.convert_to_tensor([1.0, 2.0]).numpy().tolist() == [1.0, 2.0]
assert tf.nn.relu([-1.0, 2.0]).tolist() == [0.0, 2.0]
assert tf.optimizers.Adam is keras.optimizers.Adam
mse = keras.losses.MeanSquaredError()
for found in (tf.reduce_sum([1.0, 2.0]), tf.add(1, 2), tf.matmul([[1.0]], [[3.0]]), tf.sqrt(9.0),
              tf.zeros((2,)) + 3, mse([[2.0]], [[2.0 + 3.0 ** 0.5]])):
    assert abs(found.numpy() - 3).max() < 1e-6, found
assert tf.random.normal((2, 3)).shape == tf.random.uniform((2, 3)).shape == (2, 3)
x = tf.Variable(3.0); x.assign_add(1.0); x.assign_sub(2.0)
assert float(x) == 2.0
try:
    tf.einsum
except AttributeError as error:
    assert "tf.einsum is not among what is here of TensorFlow" in str(error), error
def said(statement):
    try:
        exec(statement)
    except ImportError as error:
        return str(error)
    raise AssertionError(statement)
for statement, what in [
    ("import keras.datasets", "keras.datasets loads data from the network"),
    ("from keras import datasets", "keras.datasets loads data from the network"),
    ("tf.keras.datasets.mnist.load_data()", "keras.datasets loads data from the network"),
    ("from keras.ops import while_loop", "keras.ops.while_loop is not among"),
    ("tf.data.Dataset", "tensorflow.data makes streams of batches"),
    ("from tensorflow.keras.datasets import mnist", "keras.datasets loads data"),
    ("from keras.preprocessing.image import ImageDataGenerator", "reads images and texts"),
    ("from tensorflow.keras.applications import VGG16", "large networks for images"),
    ("import tensorflow.data", "streams of batches"),
    ("import keras.nonsense", "keras.nonsense is a module that is not here"),
    ("from keras.layers import Nonsense", "cannot import name 'Nonsense'"),
]:
    assert what in said(statement), said(statement)
try:
    tf.GradientTape()
except NotImplementedError as error:
    assert "GradientTape" in str(error)
print("installed")
"""


def run(program):
    command = [sys.executable, "-W", "error", "-c", program.format(root=str(ROOT))]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.slow
def test_install():
    done = run(INSTALLED)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "installed\n"


@pytest.mark.slow
def test_install_does_not_push_the_real_one_aside_unasked():
    done = run(
        "import sys, types; sys.path.insert(0, {root!r})\n"
        "sys.modules['keras'] = types.ModuleType('keras'); sys.modules['keras'].__file__ = 'real'\n"
        "from nncore import keras\n"
        "try:\n    keras.install()\nexcept RuntimeError as error:\n    print(error)\n"
        "keras.install(force=True)\nimport keras as found; print(found is keras)\n"
    )
    assert "keras is imported already, from real" in done.stdout
    assert done.stdout.endswith("True\n")


def test_import_nncore_does_not_bring_keras_along():
    done = run(
        "import sys; sys.path.insert(0, {root!r}); import nncore\n"
        "print([name for name in sys.modules if 'keras' in name or 'wasmtime' in name])"
    )
    assert done.stdout == "[]\n"
