"""What a reader can take away: rows and features, weights, losses, parameters, and `nncore` itself.

Tables are CSV with a row of names; every number is written such that it reads back equal. The
parameters are in `saved_network`. The package is packed from the very files that run here as a
wheel that `pip install` takes.
"""

import base64
import csv
import hashlib
import io
import zipfile
from importlib import resources

import numpy as np

import nncore
from explorer.text.labels import LABELS
from nncore import classify

WHEEL = f"nncore-{nncore.__version__}-py3-none-any.whl"
PACKED = (".py", ".csv", ".md", ".typed")
DATE = (1980, 1, 1, 0, 0, 0)


def file_name(experiment, what, ending):
    """A name that says where the file comes from, such as wine-epoch-20-features.csv."""
    return f"{experiment.settings.dataset_name}-epoch-{experiment.epoch}-{what}.{ending}"


# Tables ---------------------------------------------------------------------------------------


def rows_csv(experiment):
    """One line per row of the data: inputs, truth, prediction, outputs, last hidden layer."""
    problem, model = experiment.problem, experiment.model
    head = ["set", *map(sign, problem.input_names), "target", "prediction"]
    head += [f"output {k}" for k in range(1, model.n_outputs + 1)]
    if len(model.layers) > 1:
        head += [f"feature {k}" for k in range(1, model.layers[-2].units + 1)]
    lines = [head]
    for name, rows in (("training", problem.train), ("test", problem.test)):
        if len(rows.inputs):
            lines += share_lines(name, rows, problem, model.forward(experiment.params, rows.inputs))
    return as_csv(lines)


def share_lines(name, rows, problem, answers):
    """Return the lines of the training or the test rows.

    Args:
        answers: Every layer's output.
    """
    numbers = np.hstack([answers[-1], *answers[-2:-1]])  # outputs, then features if there are any
    truth, said = rows.labels, answers[-1][:, 0]
    if problem.task != "regression":
        middle = 0.5 if problem.loss == "binary_crossentropy" else 0.0
        said = classify(answers[-1], middle)
    if problem.task == "multiclass":
        names = problem.class_names
        truth, said = ([names[int(label)] for label in each] for each in (truth, said))
    else:
        truth, said = truth.tolist(), said.tolist()
    columns = zip(rows.inputs.tolist(), truth, said, numbers.tolist(), strict=True)
    return [[name, *inputs, true, answer, *more] for inputs, true, answer, more in columns]


def weights_csv(experiment):
    """One line per weight and bias: layer, from where, to which unit, value."""
    problem, model = experiment.problem, experiment.model
    lines, sources = [["layer", "from", "to", "value"]], list(map(sign, problem.input_names))
    for number, block in enumerate(model.blocks(experiment.params), 1):
        for source, values in zip([*sources, "bias"], block.tolist(), strict=True):
            lines += [[number, source, f"unit {k}", value] for k, value in enumerate(values, 1)]
        sources = [f"unit {k}" for k in range(1, block.shape[1] + 1)]
    return as_csv(lines)


def history_csv(experiment):
    """One line per recorded epoch: losses, and accuracies or R squared."""
    score = "r2" if experiment.problem.task == "regression" else "accuracy"
    lines = [["epoch", "training loss", "test loss", f"training {score}", f"test {score}"]]
    for r in experiment.history.records:
        lines.append([r.epoch, r.loss_train, r.loss_test, r.score_train, r.score_test])
    return as_csv(lines)


def sign(name):
    """An input as CSV files call it: X1 squared, or a table's own column."""
    return LABELS.get(name, name)


def as_csv(lines):
    """Lines of texts and numbers as CSV; missing numbers stay empty."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


# The package ----------------------------------------------------------------------------------


def package_wheel(sources):
    """`nncore`, as it runs here, as a wheel.

    Args:
        sources: Name -> text of modules whose sources do not lie beside them.
    """
    info = f"nncore-{nncore.__version__}.dist-info"
    files = dict(package_files(resources.files("nncore"), "nncore"))
    files |= {name: text.encode() for name, text in sources.items() if name.startswith("nncore/")}
    files = dict(sorted(files.items()))
    files[f"{info}/METADATA"] = (
        f"Metadata-Version: 2.4\nName: nncore\nVersion: {nncore.__version__}\n"
        "License-Expression: Apache-2.0\nRequires-Python: >=3.11\nRequires-Dist: numpy>=1.26\n"
    ).encode()
    files[f"{info}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: nncore\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    record = "".join(
        f"{name},sha256={digest(content)},{len(content)}\n" for name, content in files.items()
    )
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, DATE), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def package_files(folder, path):
    """(name, content) of every file of the package, folder by folder."""
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        name = f"{path}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            yield from package_files(entry, name)
        elif entry.name.endswith(PACKED):
            yield name, entry.read_bytes()


def digest(content):
    """SHA-256 as a wheel's RECORD writes it."""
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
