"""A recorder in the place of Keras 3: it notes what a program builds, and trains nothing.

It has exactly the names that the printed programs may use, with Keras's own parameters, and no
others: a wrong name or argument fails as it would with Keras.
"""

from types import ModuleType, SimpleNamespace

import numpy as np

from explorer.learning.trainer import optimizer_of, schedule_of
from nncore import ACTIVATIONS

LEAK = 0.01


class Recorder:
    """What the program did, once it has run."""

    def __init__(self):
        self.layers, self.n_inputs = [], None
        self.compiled, self.fitted = {}, {}
        self.feature_layer, self.plotted = None, False

    def modules(self):
        """Module name -> module, for sys.modules."""
        keras, layers, plt = ModuleType("keras"), ModuleType("layers"), ModuleType("pyplot")
        matplotlib = ModuleType("matplotlib")
        matplotlib.pyplot = plt
        layers.Dense, layers.LeakyReLU = self.dense, lambda negative_slope=0.3: (
            "leaky_relu", negative_slope,
        )  # fmt: skip
        keras.layers = layers
        keras.Input = lambda shape: SimpleNamespace(shape=shape)
        keras.Sequential, keras.Model = self.sequential, self.model
        keras.utils = SimpleNamespace(
            set_random_seed=lambda seed: np.random.default_rng(seed),
            to_categorical=lambda y, num_classes: np.eye(num_classes)[y],
        )
        keras.ops = SimpleNamespace(square=np.square, sin=np.sin)
        keras.activations = SimpleNamespace(gelu=gelu)
        keras.initializers = SimpleNamespace(
            RandomUniform=lambda minval, maxval: ("uniform", minval, maxval),
            Constant=lambda value: ("constant", value),
        )
        keras.regularizers = SimpleNamespace(
            L1=lambda l1: ("L1", l1),
            L2=lambda l2: ("L2", 2 * l2),  # Keras takes w^2
        )
        keras.optimizers = SimpleNamespace(
            SGD=lambda learning_rate, momentum=0.0, nesterov=False: (
                ("nesterov" if nesterov else "momentum" if momentum else "sgd"),
                {"learning_rate": learning_rate} | ({"momentum": momentum} if momentum else {}),
            ),
            Adagrad=lambda learning_rate, initial_accumulator_value=0.1, epsilon=1e-7: (
                "adagrad", named(locals()),
            ),
            RMSprop=lambda learning_rate, rho=0.9, epsilon=1e-7: ("rmsprop", named(locals())),
            Adam=lambda learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7: (
                "adam", named(locals()),
            ),
            Adadelta=lambda learning_rate, rho=0.95, epsilon=1e-7: ("adadelta", named(locals())),
            Adamax=lambda learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7: (
                "adamax", named(locals()),
            ),
            Nadam=lambda learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7: (
                "nadam", named(locals()),
            ),
            Lion=lambda learning_rate, beta_1=0.9, beta_2=0.99: ("lion", named(locals())),
        )  # fmt: skip
        keras.callbacks = SimpleNamespace(LearningRateScheduler=lambda schedule: schedule)
        plt.scatter, plt.show = self.scatter, lambda: None
        return {
            "keras": keras, "keras.layers": layers,
            "matplotlib": matplotlib, "matplotlib.pyplot": plt,
        }  # fmt: skip

    def dense(
        self, units, activation="linear", kernel_initializer="glorot_uniform",
        bias_initializer="zeros", kernel_regularizer=None,
    ):  # fmt: skip
        initializer, bias = kernel_initializer, 0.0
        if isinstance(initializer, tuple):
            assert initializer == ("uniform", -0.5, 0.5)
            initializer = "uniform"
        if isinstance(bias_initializer, tuple):
            bias = bias_initializer[1]
        layer = {
            "units": units, "activation": activation, "initializer": initializer, "bias": bias,
            "penalty": kernel_regularizer,
        }  # fmt: skip
        return SimpleNamespace(record=layer, output=len(self.layers))

    def sequential(self, parts):
        first, *layers = parts
        self.n_inputs = first.shape[0]
        self.layers = [layer.record for layer in layers]
        for place, layer in enumerate(layers):
            layer.output = place
        return SimpleNamespace(
            compile=self.compile, fit=self.fit, predict=self.predict, layers=layers,
            inputs="inputs",
        )  # fmt: skip

    def model(self, inputs, output):
        assert inputs == "inputs"
        self.feature_layer = output
        width = self.layers[output]["units"]
        return SimpleNamespace(predict=lambda X: np.zeros((len(X), width)))

    def compile(self, optimizer, loss, metrics=(), loss_weights=(1.0,)):
        if loss == "mean_squared_error" and loss_weights == [0.5]:
            loss = "half_mse"
        else:
            assert loss_weights == (1.0,)
        self.compiled = {"optimizer": optimizer, "loss": loss, "metrics": metrics}

    def fit(self, X, y, batch_size=32, epochs=1, shuffle=True, validation_data=None, callbacks=()):
        constant = self.compiled["optimizer"][1]["learning_rate"]
        self.fitted = {
            "X": X, "y": y, "batch_size": batch_size, "epochs": epochs, "shuffle": shuffle,
            "parts": [(X, y), *([validation_data] if validation_data else [])],
            "rate": callbacks[0] if callbacks else lambda epoch: constant,
        }  # fmt: skip

    def predict(self, X):
        return np.zeros((len(X), self.layers[-1]["units"]))

    def scatter(self, x, y, c):
        assert len(x) == len(y) == len(c)
        self.plotted = True


def named(arguments):
    """A call's arguments, without what surrounds it."""
    return {name: value for name, value in arguments.items() if isinstance(value, float | int)}


def gelu(z, approximate=False):
    assert approximate, "nncore's gelu is the approximation"
    return ACTIVATIONS["gelu"](z)


# The activations that Keras 3 has by name. Its gelu and leaky_relu are not ours: its exact form,
# and another slope; neither may be asked for by its bare name.
NAMES = {
    "celu", "elu", "exponential", "glu", "hard_shrink", "hard_sigmoid", "hard_silu", "hard_tanh",
    "linear", "log_sigmoid", "log_softmax", "mish", "relu", "relu6", "selu", "sigmoid", "silu",
    "soft_shrink", "softmax", "softplus", "softsign", "sparse_plus", "sparse_sigmoid", "sparsemax",
    "squareplus", "tanh", "tanh_shrink", "threshold",
}  # fmt: skip


def activate(activation, z):
    """The values of what the program gave as an activation: a name, a layer or a function."""
    if isinstance(activation, tuple):
        assert activation == ("leaky_relu", LEAK)
        return ACTIVATIONS["leaky_relu"](z)
    if callable(activation):
        return activation(z)
    assert activation in NAMES, f"Keras means something else by {activation!r}"
    return ACTIVATIONS[activation](z)


def described(settings):
    """The optimizer of the settings as the recorder notes Keras's."""
    optimizer = optimizer_of(settings)
    return optimizer.name, dict(vars(optimizer))


def factor(settings, epoch):
    schedule = schedule_of(settings)
    return 1.0 if schedule is None else schedule(epoch)
