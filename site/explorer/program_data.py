"""The part of the printed programs that makes the data, and how numbers and texts are written.

Points of the plane are drawn by `nncore` from the page's own stream, so a program works on the
very points that the page shows; tables are loaded and standardized. The lines leave behind the
matrices X and y, or X_train, X_test, y_train and y_test, and the generator `rng`.
"""

import json

from explorer.knobs import plain
from explorer.strings import CHOICES
from nncore import DATASETS

FORMULAS = {
    "x": "x1", "y": "x2", "x_squared": "x1 * x1", "y_squared": "x2 * x2", "x_times_y": "x1 * x2",
    "sin_x": "np.sin(x1)", "sin_y": "np.sin(x2)",
}  # fmt: skip


def name_of(settings):
    """What the data set is called on the page."""
    field = "reg_dataset" if settings.is_regression else "dataset"
    return CHOICES[field][settings.dataset_name]


def shape_of(settings, problem):
    """The numbers of units from input to output, such as 2-4-2-1."""
    units = (len(problem.input_names), *settings.network_shape, problem.output.units)
    return "-".join(map(str, units))


def data_lines(settings, problem):
    """X and y, or X_train, X_test, y_train, y_test, and the generator `rng` behind them."""
    return (plane_lines if problem.on_plane else table_lines)(settings, problem)


def plane_lines(settings, problem):
    lines = [f"rng = SeedRandom({quoted(settings.seed)})", *points_lines(settings, problem)]
    for X in matrices(problem):
        lines += input_lines(X, problem.input_names)
    return [*lines, *target_lines(problem)]


def points_lines(settings, problem):
    """The points of the plane and their split, both drawn from `rng`."""
    name, share = settings.dataset_name, settings.train_share / 100
    n, noise = settings.n_points or DATASETS[name].n_default, settings.noise / 100
    parts = "X_train, X_test, y_train, y_test" if len(problem.test.labels) else "X, _, y, _"
    return [
        f'X, y = DATASETS["{name}"].make({n}, noise={number(noise)}, rng=rng)',
        f"{parts} = shuffle_split(X, y, {number(share)}, rng)",
    ]


def matrices(problem):
    return ("X_train", "X_test") if len(problem.test.labels) else ("X",)


def input_lines(X, names):
    """The chosen inputs of the points, in place of the points."""
    if names == ("x", "y"):
        return []
    if not names:
        return [f"{X} = {X}[:, :0]  # no inputs"]
    columns = ", ".join(FORMULAS[name] for name in names)
    return [f"x1, x2 = {X}.T", f"{X} = np.column_stack([{columns}])"]


def table_lines(settings, problem):
    name, share = settings.dataset, settings.train_share
    is_regression = problem.task == "regression"
    y = f"standardize({name}.y.reshape(-1, 1))" if is_regression else f"{name}.y"
    lines = [
        f"{name} = load_{name}()",
        f"X, y = standardize({name}.X), {y}",
        f"rng = {generator_of(settings.seed)}",
    ]
    if share < 100:
        split = f"stratified_split(X, y, {number((100 - share) / 100)}, rng)"
        if is_regression:
            split = f"shuffle_split(X, y, {number(share / 100)}, rng)"
        lines.append(f"X_train, X_test, y_train, y_test = {split}")
    return [*lines, *target_lines(problem)]


def generator_of(seed):
    """NumPy's generator for a seed as the page takes it: a whole number, or a text's bytes."""
    key = int(seed) if seed.isdecimal() else f"list({quoted(seed)}.encode())"
    return f"np.random.default_rng({key})"


def target_lines(problem):
    """What the loss compares with, where that is not y itself."""
    formula = {
        "categorical_crossentropy": f"one_hot({{y}}, {problem.output.units})",
        "binary_crossentropy": "({y} + 1) / 2",
    }.get(problem.loss)
    if formula is None:
        return []
    return [f"{target(X, problem)} = {formula.format(y=label(X))}" for X in matrices(problem)]


def label(X):
    return X.replace("X", "y")


def target(X, problem):
    """The name of the targets that belong to the matrix X."""
    return X.replace("X", "t" if problem.loss.endswith("crossentropy") else "y")


def quoted(text):
    """A printable text as a Python string in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def number(value):
    """A number as people write it, if that reads back as the very same number."""
    text = plain(value)
    return text if float(text) == value else repr(value)
