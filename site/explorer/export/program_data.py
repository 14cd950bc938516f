"""The part of the printed programs that makes the data, and how numbers and texts are written.

Points of the plane are drawn by `nncore` from the page's own stream, so a program works on the
very points that the page shows; tables are loaded and standardized. The lines leave behind the
matrices X and y, or X_train, X_test, y_train and y_test, and the generator `rng`.
"""

import json
import textwrap

import numpy as np

import nncore
from explorer.settings.fields import plain
from explorer.text.code import PROGRAM
from explorer.text.labels import CHOICES
from nncore import DATASETS, TABLES

WIDTH = 80
# What programs for other libraries may take from `nncore`.
NNCORE = (
    "DATASETS", "TABLES", "Dense", "SeedRandom", "Sequential",
    *sorted(table.load.__name__ for table in TABLES.values()),
    "one_hot", "shuffle_split", "standardize", "stratified_split",
)  # fmt: skip
FORMULAS = {
    "x": "x1", "y": "x2", "x_squared": "x1 * x1", "y_squared": "x2 * x2", "x_times_y": "x1 * x2",
    "sin_x": "np.sin(x1)", "sin_y": "np.sin(x2)",
}  # fmt: skip


def title_of(settings, problem, key):
    """A program's title, by its key in the texts: the data as the page calls them, and the numbers
    of units from input to output, such as 2-4-2-1."""
    field = "reg_dataset" if settings.is_regression else "dataset"
    units = (len(problem.input_names), *settings.network_shape, problem.output.units)
    data, shape = CHOICES[field][settings.dataset_name], "-".join(map(str, units))
    return PROGRAM[key].format(data=data, shape=shape)


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
        return [f"{X} = {X}[:, :0]  # {PROGRAM['no_inputs']}"]
    columns = ", ".join(FORMULAS.get(n) or f"formula({quoted(n)})(x1, x2)" for n in names)
    return [f"x1, x2 = {X}.T", f"{X} = np.column_stack([{columns}])"]


def table_lines(settings, problem):
    name, left_out = settings.dataset, left_out_of(problem)
    is_regression = problem.task == "regression"
    y = f"standardize({name}.y.reshape(-1, 1))" if is_regression else f"{name}.y"
    X = f"standardize({name}.X)" if settings.standardize else f"{name}.X"
    data = [f"X, y = {X}, {y}"]
    if left_out:
        data = [f"X, y = {name}.X, {y}", *left_out_lines(left_out)]
        data += ["X = standardize(X)"] if settings.standardize else []
    lines = [f"{name} = {table_call(name)}", *data, f"rng = {generator_of(settings.seed)}"]
    return [*lines, *split_lines(settings, problem), *target_lines(problem)]


def table_call(name):
    """How a table is read: by its own function, if nncore exports one."""
    load = TABLES[name].load.__name__
    return f"{load}()" if hasattr(nncore, load) else f'TABLES["{name}"].load()'


def left_out_of(problem):
    """The numbers of the table's rows, from 0, that are not in use."""
    used = np.concatenate([problem.split.train, problem.split.test])
    return np.delete(np.arange(len(problem.table.X)), used).tolist()


def left_out_lines(numbers):
    """Take rows out of X and y; runs of numbers are written as 3:8."""
    runs = []
    for n in numbers:
        if runs and n == runs[-1][1]:
            runs[-1][1] = n + 1
        else:
            runs.append([n, n + 1])
    parts = [str(start) if stop == start + 1 else f"{start}:{stop}" for start, stop in runs]
    text = textwrap.fill(", ".join(parts), WIDTH - 4)
    if len(text) > WIDTH - len("left_out = np.r_[]"):
        text = f"\n{textwrap.indent(text, '    ')}\n"
    return [
        f"# {PROGRAM['left_out']}",
        f"left_out = np.r_[{text}]",
        "X, y = np.delete(X, left_out, axis=0), np.delete(y, left_out, axis=0)",
    ]


def split_lines(settings, problem):
    """How rows of a table are held back; nothing where none are."""
    if not len(problem.test.labels):
        return []
    parts, share = "X_train, X_test, y_train, y_test", settings.train_share
    held_back = number((100 - share) / 100)
    if problem.task == "regression":
        return [f"{parts} = shuffle_split(X, y, {number(share / 100)}, rng)"]
    if not any(fault.kind == "single" for fault in problem.split.faults):
        return [f"{parts} = stratified_split(X, y, {held_back}, rng)"]
    return [
        f"alone = np.bincount(y)[y] == 1  # {PROGRAM['alone']}",
        "rows = np.arange(len(y)).reshape(-1, 1)",
        f"learn, test, _, _ = stratified_split(rows[~alone], y[~alone], {held_back}, rng)",
        "learn = np.sort(np.append(learn, rows[alone])).astype(int)",
        "test = test.astype(int).ravel()",
        f"{parts} = X[learn], X[test], y[learn], y[test]",
    ]


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
