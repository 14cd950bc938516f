"""The part of the printed programs that reads and prepares the reader's own table.

The program reads the file that lies beside it, with `nncore.reading`, and does what the page did:
the same changes of kinds and roles, the same split, and gaps and scales by the training rows. So
its losses are the page's.
"""

from explorer.export import program_data
from explorer.export.program_data import (
    WIDTH,
    generator_of,
    input_lines,
    label,
    matrices,
    number,
    quoted,
    target_lines,
)
from explorer.learning.problem import own_tables
from explorer.text.code import PROGRAM


def data_lines(settings, problem):
    """X and y, or X_train, X_test, y_train, y_test, and the generator `rng`, of any data set."""
    if settings.dataset_name in own_tables:
        return (own_plane_lines if problem.on_plane else own_lines)(settings, problem)
    return program_data.data_lines(settings, problem)


def own_lines(settings, problem):
    """X and y, or X_train, X_test, y_train, y_test, and the generator `rng` behind them."""
    lines = prepared_lines(settings, settings.standardize)
    for X in matrices(problem):
        part = "test" if X == "X_test" else "train"
        shape = ".reshape(-1, 1)" if problem.task == "regression" else ""
        lines.append(f"{X}, {label(X)} = data.X_{part}, data.y_{part}{shape}")
    return [*lines, *target_lines(problem)]


def prepared_lines(settings, standardize):
    """The file read, with the reader's changes, and split."""
    table = own_tables[settings.dataset]
    return [
        f'with open({quoted(table.file)}, "rb") as file:  # {PROGRAM["own_file"]}',
        "    table = read(file.read())",
        *changes(table),
        f"rng = {generator_of(settings.seed)}",
        *call_lines(settings, table, standardize),
    ]


def own_plane_lines(settings, problem):
    """The two inputs as places of the plane, then the inputs that are chosen there."""
    lines, table = prepared_lines(settings, standardize=False), own_tables[settings.dataset]
    if not table.recipe.drawn:
        lines += [
            "low, high = data.X_train.min(axis=0), data.X_train.max(axis=0)",
            "middle = (low + high) / 2",
            f"unit = np.where(high > low, (high - low) / 2 / {number(table.reach)}, 1.0)",
        ]
    for X in matrices(problem):
        part = "test" if X == "X_test" else "train"
        points = f"data.X_{part}" if table.recipe.drawn else f"(data.X_{part} - middle) / unit"
        lines.append(f"{X}, {label(X)} = {points}, {plane_label(table, problem, part)}")
        lines += input_lines(X, problem.input_names)
    return [*lines, *target_lines(problem)]


def plane_label(table, problem, part):
    """What the plane's labels are made of."""
    y, drawn = f"data.y_{part}", table.recipe.drawn
    if problem.task == "binary":
        return f"1 - 2 * {y}" if drawn else f"2 * {y} - 1"
    if problem.task == "regression":
        return (f"({y} * data.y_std + data.y_mean)" if drawn else y) + ".reshape(-1, 1)"
    there = sorted({*table.encoded.y.tolist()})  # of a drawing a class may have no point
    return y if len(there) == len(problem.class_names) else f"np.array({there})[{y}]"


def changes(table):
    """What the reader has changed of kinds and roles; a target comes last."""
    target, gathers = table.reading.target, table.recipe.gathered
    gathered = f"table = table.gathered({quoted(target.name)}, {table.recipe.most})"
    chosen = sorted(table.recipe.columns.items(), key=lambda item: item[1][1] == "target")
    return [
        *(marker_line(*marker) for marker in table.recipe.markers),
        *(
            f"table = table.changed({quoted(name)}, kind={quoted(kind)}, role={quoted(role)})"
            for name, (kind, role) in chosen
        ),
        *([gathered] if gathers and target.categories else []),
    ]


def marker_line(name, value):
    """A value that means missing, in one column or in all."""
    where = f", {quoted(name)}" if name else ""
    return f"table = table.without({quoted(value)}{where})"


def call_lines(settings, table, standardize):
    """The call that splits, fills in and scales."""
    share = number((100 - settings.train_share) / 100)
    options = [f"test_share={share}", "rng=rng"]
    usual = type(table.recipe)()
    if table.recipe.missing != usual.missing:
        options.append(f"missing={quoted(table.recipe.missing)}")
    if table.recipe.by != usual.by:
        options.append(f"by={quoted(table.recipe.by)}")
    if table.recipe.drawn:
        options.append("least_rows=2")
    if not standardize:
        options.append("standardize=False")
    left_out = [n - 1 for n in settings.left_out if n <= table.n_rows]
    left_out = [] if settings.view == "playground" else left_out
    if left_out and table.n_rows - len(left_out) >= 2:
        options.append(f"left_out={left_out}")
    line = f"data = prepare(table, {', '.join(options)})"
    if len(line) <= WIDTH:
        return [line]
    return ["data = prepare(", "    table,", *(f"    {option}," for option in options), ")"]
