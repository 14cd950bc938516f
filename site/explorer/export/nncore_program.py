"""The current experiment as a short Python program for `nncore`.

The program builds data, network and training from the same names and numbers as the page, draws
from the same stream in the same order, and so prints the losses that the page shows, to the last
digit. It starts at epoch 0 with the settings of now and with the weights that were set or held
fixed by hand before training began: what was changed while it ran is not part of it. The Keras
program stands in `keras_program.py`.
"""

import ast
import dataclasses
import itertools
import textwrap

import nncore
from explorer.export.own_data import data_lines
from explorer.export.program_data import (
    WIDTH,
    generator_of,
    label,
    matrices,
    number,
    target,
    title_of,
)
from explorer.learning import by_hand
from explorer.learning.problem import outline
from explorer.learning.trainer import optimizer_of, regularizer_of, schedule_of
from explorer.text.code import PROGRAM

WIDE = ("def ", "class ", "@")  # how functions and classes begin


def nncore_program(settings, epochs):
    """The Python text of `settings`, trained for `epochs` epochs."""
    problem = outline(settings)
    body = joined(
        [
            data_lines(settings, problem), model_lines(settings, problem),
            hand_lines(settings, problem), report_lines(problem),
            training_lines(settings, problem, epochs), result_lines(problem),
            feature_lines(settings, problem),
        ]
    )  # fmt: skip
    title = title_of(settings, problem, "title_nncore")
    return f'"""{title}"""\n\n{imports(body)}\n{body}\n'


def joined(sections):
    """Sections of lines as one text: a blank line between them, two around what is defined."""
    sections = [lines for lines in sections if lines]
    text = ""
    for before, lines in itertools.zip_longest([[""], *sections[:-1]], sections):
        wide = before[0].startswith(WIDE) or lines[0].startswith(WIDE)
        gap = "" if not text else "\n\n\n" if wide else "\n\n"
        text += gap + "\n".join(lines)
    return text


def in_order(name):
    """The key by which imported names are sorted: constants, classes, functions."""
    return (not name.isupper(), name[0].islower(), name)


def imports(body):
    """The import lines for the names that `body` uses."""
    used = {node.id for node in ast.walk(ast.parse(body)) if isinstance(node, ast.Name)}
    line = import_line("nncore", sorted(used & set(nncore.__all__), key=in_order))
    reading = sorted(used & {"prepare", "read"})
    line += f"\nfrom nncore.reading import {', '.join(reading)}" if reading else ""
    line += "\nfrom nncore.formulas import formula" if "formula" in used else ""
    return ("import numpy as np\n" if "np" in used else "") + line + "\n"


def import_line(module, names):
    """A line that imports names of a module; in brackets where it is long."""
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= WIDTH:
        return line
    inner = textwrap.fill(", ".join(names), WIDTH - 4)
    return f"from {module} import (\n{textwrap.indent(inner, '    ')},\n)"


# Network and training -----------------------------------------------------------------------


def model_lines(settings, problem):
    model = problem.model(settings)
    layers = [
        f'        Dense({each.units}, "{each.activation}", "{each.kernel_initializer}"),'
        for each in model.layers
    ]
    tail = ["    ],", f"    n_inputs={model.n_inputs},", ")", "params = model.init(rng)"]
    return ["model = Sequential(", "    [", *layers, *tail]


def hand_lines(settings, problem, model="model"):
    """The weights that were set by hand and those that are held fixed, counted from 0."""
    values, held = by_hand.values_of(settings, problem.model(settings).n_params)
    lines = []
    if values:
        lines += [f"# {PROGRAM['by_hand']}", *assigned("params", values, values.values())]
    if held:
        lines += [
            f"# {PROGRAM['held']}", f"frozen = np.zeros({model}.n_params, bool)",
            *assigned("frozen", held, "True"),
        ]  # fmt: skip
    return lines


def assigned(name, places, values):
    """The lines that set some numbers of a vector, as long lists of numbers are written."""
    text = f"{name}[[{', '.join(map(str, places))}]] = "
    text += values if isinstance(values, str) else f"[{', '.join(map(number, values))}]"
    return textwrap.fill(text, WIDTH, subsequent_indent="    ").split("\n")


def report_lines(problem):
    losses, parts = [], []
    for X, name in zip(matrices(problem), ("training", "test"), strict=False):
        loss = f"{name}_loss"
        losses.append(
            f'    {loss} = model.loss(params, {X}, {target(X, problem)}, "{problem.loss}")'
        )
        parts.append(f"{name} loss {{{loss}}}")
    text = f'    print(f"epoch {{epoch}}: {", ".join(parts)}")'
    return ["def report(epoch, params):", *losses, text]


def training_lines(settings, problem, epochs):
    X = matrices(problem)[0]
    options = {"loss": f'"{problem.loss}"', "optimizer": call(optimizer_of(settings))}
    if settings.regularization != "none" and settings.regularization_rate:
        options["regularizer"] = call(regularizer_of(settings))
    options |= {"batch_size": settings.batch_size, "epochs": epochs}
    if settings.schedule != "constant":
        options["schedule"] = call(schedule_of(settings))
    if by_hand.values_of(settings, problem.model(settings).n_params)[1]:
        options["frozen"] = "frozen"
    if settings.shuffle:
        options["shuffle"] = True
        options["rng"] = generator_of(settings.seed) if problem.on_plane else "rng"
    return [
        "report(0, params)",
        "training = train(",
        f"    model, params, {X}, {target(X, problem)},",
        *(f"    {name}={value}," for name, value in options.items()),
        ")",
        "for progress in training:",
        "    params = progress.params",
        "    report(progress.epoch, params)",
    ]


def result_lines(problem):
    """The score on the training rows."""
    X = matrices(problem)[0]
    y, outputs = label(X), f"model.predict(params, {X})"
    if problem.task == "regression":
        return [f'print("R squared", r2_score({y}, {outputs}))']
    middle = ", 0.5" if problem.loss == "binary_crossentropy" else ""
    return [f'print("training accuracy", accuracy({y}, classify({outputs}{middle})))']


def feature_lines(settings, problem):
    """The course's question, for a table: what the last hidden layer has made of the inputs."""
    last = len(settings.network_shape) - 1
    if problem.on_plane or last < 0:
        return []
    return [
        "# " + PROGRAM["feature_function"].format(layer=last),
        f"features = model.features(params, {matrices(problem)[0]}, layer={last})",
        'print("features", features.shape)',
    ]


def call(choice):
    """The call that makes a frozen choice such as RMSprop(0.05)."""
    kind = type(choice).__name__
    if not hasattr(nncore, kind):
        kind = f'OPTIMIZERS["{choice.name}"]'
    return f"{kind}({arguments(choice)})"


def arguments(choice):
    """What such a call is given, without what is usual anyway."""
    parts = []
    for place, field in enumerate(dataclasses.fields(choice)):
        value = getattr(choice, field.name)
        if place == 0 and field.name in ("learning_rate", "rate"):
            parts.append(number(value))
        elif value != field.default or "epochs" in field.name:
            parts.append(f"{field.name}={number(value)}")
    return ", ".join(parts)
