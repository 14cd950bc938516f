"""The printed programs: nncore's gives the page's losses to the last digit, Keras's its network.

The `nncore` program is executed as it is printed and its lines are compared with what an
Experiment records. Keras is not installed here: a recorder takes its place, which notes what the
program builds, and that is compared with the experiment's own layers, data and choices.
"""

import ast
import contextlib
import io
import os
import subprocess
import sys
from dataclasses import replace

import fake_keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from program_cases import CASES, EPOCHS, LINE, PLAY, WINE, recorded

from explorer.export.keras_exact_program import keras_exact_program
from explorer.export.keras_program import keras_program
from explorer.export.nncore_program import nncore_program
from explorer.export.torch_program import torch_program
from explorer.learning.experiment import Experiment
from explorer.settings.settings import (
    CLASSIFICATION,
    INPUT_NAMES,
)
from nncore import ACTIVATIONS, OPTIMIZERS

LONGEST = {  # lines
    nncore_program: 75,
    keras_program: 75,
    keras_exact_program: 115,
    torch_program: 125,
}


def printed(program):
    """What a program prints: (losses by epoch, its other lines)."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, "<program>", "exec"), {"__name__": "__main__"})
    lines = out.getvalue().splitlines()
    found = [LINE.match(line) for line in lines]
    losses = [tuple(float(g) if g else None for g in match.groups()) for match in found if match]
    return losses, [line for line, match in zip(lines, found, strict=True) if not match]


@pytest.mark.parametrize("name", CASES)
def test_nncore_program_prints_the_page_s_losses(name):
    losses, rest = printed(nncore_program(CASES[name], EPOCHS))
    expected, experiment = recorded(CASES[name])
    assert losses == expected  # every digit
    assert len(losses) == EPOCHS + 1
    score = float(rest[0].rpartition(" ")[2])
    assert score == pytest.approx(experiment.shown.score_train, abs=1e-12)


@given(
    dataset=st.sampled_from(CLASSIFICATION[:7]),
    seed=st.text(st.characters(codec="utf-8"), min_size=1, max_size=8).filter(str.isprintable),
    noise=st.integers(0, 50),
    share=st.integers(10, 100),
    shape=st.lists(st.integers(1, 4), max_size=3).map(tuple),
    on=st.sets(st.sampled_from(INPUT_NAMES)),
    batch_size=st.integers(1, 30),
    optimizer=st.sampled_from(sorted(OPTIMIZERS)),
    rate=st.floats(1e-6, 0.3),
    shuffle=st.booleans(),
)
@hypothesis_settings(max_examples=15)
def test_nncore_program_of_any_settings(
    dataset, seed, noise, share, shape, on, batch_size, optimizer, rate, shuffle
):
    settings = replace(
        PLAY, dataset=dataset, seed=seed, noise=noise, train_share=share, network_shape=shape,
        batch_size=batch_size, optimizer=optimizer, learning_rate=rate, shuffle=shuffle,
        n_points=60, **{name: name in on for name in INPUT_NAMES},
    )  # fmt: skip
    assert printed(nncore_program(settings, 1))[0] == recorded(settings, 1)[0]


def test_the_course_s_exercise_runs_as_a_script(root, tmp_path):
    program = tmp_path / "wine.py"
    program.write_text(nncore_program(WINE, 20), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(program)], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(root)},
        timeout=120, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-2:] == ["training accuracy 1.0", "features (178, 2)"]


@pytest.mark.parametrize("write", LONGEST)
@pytest.mark.parametrize("name", CASES)
def test_programs_are_short_and_import_what_they_use_and_no_more(write, name):
    text = write(CASES[name], EPOCHS)
    tree = ast.parse(text)
    assert len(text.splitlines()) < LONGEST[write]
    assert max(map(len, text.splitlines())) <= 100
    assert "\n\n\n\n" not in text
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert imported <= used


# Keras ------------------------------------------------------------------------------------------


@pytest.fixture
def keras(monkeypatch):
    """The recorder in Keras's place."""
    recorder = fake_keras.Recorder()
    for name, module in recorder.modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    return recorder


@pytest.mark.parametrize("name", CASES)
def test_keras_program_builds_the_experiment(keras, name):
    settings = CASES[name]
    exec(compile(keras_program(settings, EPOCHS), "<keras>", "exec"), {"__name__": "__main__"})
    experiment = Experiment(settings)
    model, problem = experiment.model, experiment.problem

    assert keras.n_inputs == model.n_inputs
    assert [layer["units"] for layer in keras.layers] == [layer.units for layer in model.layers]
    z = np.linspace(-3, 3, 7).reshape(-1, 1)
    for theirs, ours in zip(keras.layers, model.layers, strict=True):
        assert theirs["initializer"] == ours.kernel_initializer
        assert theirs["bias"] == (0.1 if ours.kernel_initializer == "uniform" else 0.0)
        expected = ACTIVATIONS[ours.activation](z)
        np.testing.assert_allclose(fake_keras.activate(theirs["activation"], z), expected)
    rate = settings.regularization_rate if settings.regularization != "none" else 0.0
    for layer in keras.layers:
        assert layer["penalty"] == ((settings.regularization, rate) if rate else None)

    assert keras.compiled["loss"] == problem.loss
    assert keras.compiled["optimizer"] == fake_keras.described(settings)
    fit = keras.fitted
    assert (fit["batch_size"], fit["epochs"]) == (settings.batch_size, EPOCHS)
    assert fit["shuffle"] == settings.shuffle
    for epoch in range(4):
        expected = settings.learning_rate * fake_keras.factor(settings, epoch)
        assert fit["rate"](epoch) == pytest.approx(expected, rel=1e-12)
    if problem.on_plane or settings.train_share == 100:  # else scikit-learn splits the table
        np.testing.assert_allclose(fit["X"], problem.train.inputs, atol=1e-12)
        targets = np.reshape(fit["y"], problem.train.targets.shape)
        np.testing.assert_allclose(targets, problem.train.targets, atol=1e-12)
    for rows, (X, _) in zip((problem.train, problem.test), fit["parts"], strict=False):
        assert np.shape(X)[1] == rows.inputs.shape[1]
        assert abs(len(X) - len(rows.inputs)) <= 2  # a class may be rounded another way
    assert (len(fit["parts"]) == 2) == bool(len(problem.test.labels))


def test_keras_program_takes_the_feature_function_and_plots_it(keras):
    exec(compile(keras_program(WINE, 20), "<keras>", "exec"), {"__name__": "__main__"})
    assert keras.feature_layer == 2
    assert keras.plotted
