"""What is taken away loads back equal: tables, parameters, and the package as a wheel."""

import csv
import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from base64 import urlsafe_b64decode
from dataclasses import replace

import numpy as np
import pytest

import nncore
from explorer.export import downloads, saved_network
from explorer.export.nncore_program import nncore_program
from explorer.learning.experiment import Experiment
from explorer.settings.settings import DEFAULTS
from nncore import from_json, load_npz

PLAY, WINE = DEFAULTS["playground"], DEFAULTS["wine"]
CASES = {
    "binary": replace(PLAY, x_squared=True),
    "cross-entropy": replace(PLAY, loss="cross_entropy"),
    "regression": replace(PLAY, problem="regression", network_shape=()),
    "three classes": replace(PLAY, dataset="blobs"),
    "wine": WINE,
    "wine, validation": replace(WINE, train_share=70),
    "diabetes": replace(WINE, dataset="diabetes", train_share=70),
}


@pytest.fixture(params=CASES)
def experiment(request):
    """An experiment after three epochs."""
    experiment = Experiment(CASES[request.param])
    for _ in range(3):
        experiment.step()
    return experiment


def table(text):
    """(names, lines) of a CSV text."""
    head, *lines = csv.reader(io.StringIO(text))
    assert all(len(line) == len(head) for line in lines)
    assert len(set(head)) == len(head)
    return head, lines


def columns(head, lines, start):
    """The columns whose names begin with `start`, as numbers."""
    places = [place for place, name in enumerate(head) if name.startswith(start)]
    return np.array([[float(line[place]) for place in places] for line in lines])


def test_rows_features_and_outputs_load_back_equal(experiment):
    head, lines = table(downloads.rows_csv(experiment))
    problem, model = experiment.problem, experiment.model
    X = np.vstack([problem.train.inputs, problem.test.inputs])
    assert [line[0] for line in lines] == [
        *["training"] * len(problem.train.inputs), *["test"] * len(problem.test.inputs),
    ]  # fmt: skip
    n = model.n_inputs
    np.testing.assert_array_equal([[float(x) for x in line[1 : n + 1]] for line in lines], X)
    answers = model.forward(experiment.params, X)
    np.testing.assert_allclose(columns(head, lines, "output "), answers[-1], rtol=1e-12)
    if len(answers) > 1:
        np.testing.assert_allclose(columns(head, lines, "feature "), answers[-2], rtol=1e-12)
    else:
        assert not [name for name in head if name.startswith("feature ")]


def test_predictions_give_the_page_s_score(experiment):
    head, lines = table(downloads.rows_csv(experiment))
    truth, said = (head.index(name) for name in ("target", "prediction"))
    for share, score in (
        ("training", experiment.shown.score_train), ("test", experiment.shown.score_test),
    ):  # fmt: skip
        pairs = [(line[truth], line[said]) for line in lines if line[0] == share]
        assert bool(pairs) == (score is not None)
        if pairs and experiment.problem.task == "regression":
            assert nncore.r2_score(*np.array(pairs, float).T) == pytest.approx(score)
        elif pairs:
            assert np.mean([a == b for a, b in pairs]) == pytest.approx(score)


def test_every_weight_is_named_once(experiment):
    _, lines = table(downloads.weights_csv(experiment))
    assert len({tuple(line[:3]) for line in lines}) == len(lines) == experiment.model.n_params
    np.testing.assert_array_equal([float(line[3]) for line in lines], experiment.params)


def test_a_weight_s_name_is_the_right_one():
    experiment = Experiment(CASES["binary"])
    experiment.set_param(experiment.model.shapes[0][0] * 4 + 1, 7.5)  # layer 2, first unit 1 -> 2
    _, lines = table(downloads.weights_csv(experiment))
    assert ["2", "unit 1", "unit 2", "7.5"] in lines
    assert [line[1] for line in lines[:16:4]] == ["X1", "X2", "X1 squared", "bias"]


def test_history_has_a_line_per_epoch(experiment):
    head, lines = table(downloads.history_csv(experiment))
    records = experiment.history.records
    assert [int(line[0]) for line in lines] == [0, 1, 2, 3]
    assert [float(line[1]) for line in lines] == [r.loss_train for r in records]
    expected = ["" if r.loss_test is None else repr(r.loss_test) for r in records]
    assert [line[2] for line in lines] == expected
    assert ("r2" in head[3]) == (experiment.problem.task == "regression")


def test_parameters_load_back_equal(experiment):
    for model, params in (
        load_npz(io.BytesIO(saved_network.as_npz(experiment))),
        from_json(saved_network.as_json(experiment)),
    ):
        assert model == experiment.model
        np.testing.assert_array_equal(params, experiment.params)


def test_file_names_say_where_they_come_from(experiment):
    name = downloads.file_name(experiment, "features", "csv")
    assert re.fullmatch(r"[\w-]+-epoch-3-features\.csv", name)
    assert name.startswith(experiment.settings.dataset_name)


def test_the_wheel_is_a_wheel(root):
    archive = zipfile.ZipFile(io.BytesIO(downloads.package_wheel({})))
    names = set(archive.namelist())
    info = f"nncore-{nncore.__version__}.dist-info"
    record = list(csv.reader(io.StringIO(archive.read(f"{info}/RECORD").decode())))
    assert {name for name, _, _ in record} == names
    for name, digest, size in record:
        if digest:
            kind, _, value = digest.partition("=")
            content = archive.read(name)
            assert hashlib.new(kind, content).digest() == urlsafe_b64decode(value + "==")
            assert len(content) == int(size)
    sources = {
        path.relative_to(root).as_posix()
        for path in (root / "nncore").rglob("*")
        if path.suffix in downloads.PACKED
    }
    assert names - {f"{info}/{name}" for name in ("METADATA", "WHEEL", "RECORD")} == sources


def test_a_printed_program_runs_on_the_wheel_alone(tmp_path):
    wheel, program = tmp_path / downloads.WHEEL, tmp_path / "program.py"
    wheel.write_bytes(downloads.package_wheel({}))
    program.write_text(nncore_program(WINE, 1), encoding="utf-8")
    command = [sys.executable, str(program)]
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(wheel)}, capture_output=True,
        text=True, timeout=120, check=True,
    )  # fmt: skip
    experiment = Experiment(WINE)
    experiment.step()
    assert f"epoch 1: training loss {experiment.shown.loss_train!r}" in done.stdout
