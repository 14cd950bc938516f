"""The current experiment as the Keras program of the course.

The same data, layers, optimizer, batches and epochs, written for Keras 3. Keras draws its own
random numbers, so its losses differ a little from the page's. Tables come from scikit-learn;
points of the plane are drawn by `nncore`, so that they are the page's own. Where Keras does a
thing in another way than the page, a comment says so.
"""

import ast
from dataclasses import fields

from explorer.export.nncore_program import arguments, import_line, joined
from explorer.export.own_data import data_lines
from explorer.export.program_data import (
    NNCORE,
    label,
    left_out_lines,
    left_out_of,
    matrices,
    number,
    table_call,
    target,
    title_of,
)
from explorer.learning.problem import outline
from explorer.learning.trainer import optimizer_of
from explorer.settings import own
from explorer.text.code import PROGRAM
from nncore import ACTIVATIONS, LOSSES, TABLES

IMPORTS = {
    "math": "import math",
    "keras": "import keras",
    "plt": "import matplotlib.pyplot as plt",
    "np": "import numpy as np",
    "layers": "from keras import layers",
}
FROM = {
    "nncore": ("DATASETS", "TABLES", "SeedRandom", "one_hot", "shuffle_split"),
    "nncore.formulas": ("formula",),
    "nncore.reading": ("prepare", "read"),
    "sklearn.datasets": tuple(
        sorted(t.sklearn.partition("(")[0] for t in TABLES.values() if t.sklearn)
    ),
    "sklearn.metrics": ("r2_score",),
    "sklearn.model_selection": ("train_test_split",),
    "sklearn.preprocessing": ("StandardScaler",),
}
# The same where neither scikit-learn nor Matplotlib is to be had.
ALONE = {name: names for name, names in FROM.items() if not name.startswith("sklearn")}
ALONE["nncore"] = (*NNCORE, "r2_score")
SCHEDULES = {
    "step": "{rate} * 0.5 ** (epoch // {epochs})",
    "exponential": "{rate} * 0.5 ** (epoch / {epochs})",
    "cosine": "{rate} * (1 + math.cos(math.pi * min(epoch / {epochs}, 1))) / 2",
}
LONGEST_SEED = 2**32


def keras_program(settings, epochs, alone=False):
    """The Keras 3 program of `settings`, trained for `epochs` epochs.

    Args:
        alone: Whether it does without scikit-learn and Matplotlib: tables come from `nncore`, too.
    """
    problem = outline(settings)
    is_plain = alone or problem.on_plane or settings.dataset_name in own.names
    lines = data_lines if is_plain else table_lines
    body = joined(
        [
            [f"keras.utils.set_random_seed({seed_of(settings)})"], lines(settings, problem),
            own_layer(settings, problem), layer_lines(settings, problem),
            own_schedule(settings), compile_lines(settings, problem),
            fit_lines(settings, problem, epochs), result_lines(problem),
            feature_lines(settings, problem, plots=not alone),
        ]
    )  # fmt: skip
    title = title_of(settings, problem, "title_keras")
    return f'"""{title}"""\n\n{import_lines(body, IMPORTS, ALONE if alone else FROM)}\n\n{body}\n'


def seed_of(settings):
    """A whole number for Keras, whatever the page's seed is."""
    digits = "".join(c for c in settings.seed if c in "0123456789")
    return int(digits or "0") % LONGEST_SEED


def import_lines(body, modules, members):
    """The import lines for the names that `body` uses, of those in the two tables."""
    used = {node.id for node in ast.walk(ast.parse(body)) if isinstance(node, ast.Name)}
    lines = [line for name, line in modules.items() if name in used]
    for module, names in members.items():
        wanted = [name for name in names if name in used]
        if wanted:
            lines.append(import_line(module, wanted))
    return "\n".join(lines)


def table_lines(settings, problem):
    left_out = left_out_of(problem)
    load = TABLES[settings.dataset].sklearn
    lines = [f"X, y = {load}"]
    if not load:
        lines = [f"table = {table_call(settings.dataset)}", "X, y = table.X, table.y"]
    if problem.task == "regression":
        lines.append("y = StandardScaler().fit_transform(y.reshape(-1, 1))")
    if left_out:
        lines += left_out_lines(left_out)
    if settings.standardize:
        lines.append("X = StandardScaler().fit_transform(X)")
    if len(problem.test.labels):
        alone = any(fault.kind == "single" for fault in problem.split.faults)
        classes = "" if problem.task == "regression" or alone else ", stratify=y"
        options = f"train_size={number(settings.train_share / 100)}{classes}"
        lines.append("X_train, X_test, y_train, y_test = train_test_split(")
        lines += [f"    X, y, {options}, random_state={seed_of(settings)}", ")"]
    if problem.task != "regression":
        classes = problem.output.units
        lines += [
            f"{target(X, problem)} = keras.utils.to_categorical({label(X)}, {classes})"
            for X in matrices(problem)
        ]
    return lines


# The network --------------------------------------------------------------------------------


def own_options(settings, problem):
    """What each layer takes that Keras's layers do not have by themselves."""
    options, rate = [], settings.regularization_rate
    if problem.output.kernel_initializer == "uniform":
        options.append("kernel_initializer=keras.initializers.RandomUniform(-0.5, 0.5),")
        options.append("bias_initializer=keras.initializers.Constant(0.1),")
    if settings.regularization == "L1" and rate:
        options.append(f"# {PROGRAM['l1']}")
        options.append(f"kernel_regularizer=keras.regularizers.L1({number(rate)}),")
    if settings.regularization == "L2" and rate:
        options.append(f"# {PROGRAM['l2']}")
        options.append(f"kernel_regularizer=keras.regularizers.L2({number(rate / 2)}),")
    return options


def own_layer(settings, problem):
    """A function `dense` that gives a layer those options, if there are any."""
    lines = [f"        {option}" for option in own_options(settings, problem)]
    call = ["    return layers.Dense(", "        units,", *lines, "        **options,", "    )"]
    return ["def dense(units, **options):", *call] if lines else []


def layer_lines(settings, problem):
    model = problem.model(settings)
    name = "dense" if own_options(settings, problem) else "layers.Dense"
    lines = []
    for layer in model.layers:
        parts = [str(layer.units)]
        if layer.activation != "linear":
            parts.append(f"activation={ACTIVATIONS[layer.activation].keras}")
        if layer.kernel_initializer not in ("uniform", "glorot_uniform"):
            parts.append(f'kernel_initializer="{layer.kernel_initializer}"')
        lines.append(f"        {name}({', '.join(parts)}),")
    head = ["model = keras.Sequential(", "    [", f"        keras.Input(({model.n_inputs},)),"]
    return [*head, *lines, "    ]", ")"]


def own_schedule(settings):
    """The learning rate of an epoch."""
    if settings.schedule == "constant":
        return []
    formula = SCHEDULES[settings.schedule].format(
        rate=number(settings.learning_rate), epochs=settings.schedule_epochs
    )
    return ["def learning_rate(epoch):", f"    return {formula}"]


# Training and results -----------------------------------------------------------------------


def keras_optimizer(settings):
    """The optimizer in Keras's words; most of the names are the same."""
    optimizer = optimizer_of(settings)
    kind = type(optimizer)
    if "(" not in kind.keras:
        return f"keras.optimizers.{kind.keras}({arguments(optimizer)})"
    numbers = {field.name: number(getattr(optimizer, field.name)) for field in fields(optimizer)}
    return f"keras.optimizers.{kind.keras.format(**numbers)}"


def compile_lines(settings, problem):
    half = problem.loss == "half_mse"  # of one output: Keras's own, with half the weight
    loss = LOSSES["mse" if half else problem.loss].keras
    return [
        "model.compile(", f"    optimizer={keras_optimizer(settings)},", f"    loss={loss},",
        "    loss_weights=[0.5]," if half else '    metrics=["accuracy"],', ")",
    ]  # fmt: skip


def fit_lines(settings, problem, epochs):
    X = matrices(problem)[0]
    options = [f"batch_size={settings.batch_size}", f"epochs={epochs}"]
    if not settings.shuffle:
        options.append("shuffle=False")
    if len(matrices(problem)) > 1:
        options.append(f"validation_data=(X_test, {target('X_test', problem)})")
    if settings.schedule != "constant":
        options.append("callbacks=[keras.callbacks.LearningRateScheduler(learning_rate)]")
    lines = [f"    {X}, {target(X, problem)},", *(f"    {option}," for option in options)]
    return ["model.fit(", *lines, ")"]


def result_lines(problem):
    """The score, where `fit` does not print it."""
    X = matrices(problem)[0]
    y = label(X)
    if problem.task == "regression":
        return [f'print("R squared", r2_score({y}, model.predict({X})))']
    if problem.loss == "half_mse":
        right = f"(model.predict({X})[:, 0] >= 0) == ({y} > 0)"
        return [f"right = {right}", 'print("training accuracy", right.mean())']
    return []


def feature_lines(settings, problem, plots=True):
    """The course's question, for Keras: a model that ends with the last hidden layer."""
    last = len(settings.network_shape) - 1
    return features_of(
        settings, problem, f"keras.Model(model.inputs, model.layers[{last}].output)",
        f"feature_function.predict({matrices(problem)[0]})", plots,
    )  # fmt: skip


def features_of(settings, problem, function, features, plots=True):
    """The course's question: the function from the input of layer 0 to the last hidden layer.

    Args:
        function: An expression for that function.
        features: One for what it makes of the training rows.
        plots: Whether two of them are plotted.
    """
    last = len(settings.network_shape) - 1
    if problem.on_plane or last < 0:
        return []
    lines = [
        "# " + PROGRAM["feature_function"].format(layer=last),
        f"feature_function = {function}",
        f"features = {features}",
    ]
    if settings.network_shape[-1] != 2 or not plots:
        return [*lines, 'print("features", features.shape)']
    return [
        *lines, f"plt.scatter(features[:, 0], features[:, 1], c={label(matrices(problem)[0])})",
        "plt.show()",
    ]  # fmt: skip
