"""The PyTorch program without PyTorch: its data and weights, its layers, its optimizers' steps.

The losses of whole programs are compared in tests/oracle, where the real PyTorch is. Here what
the program has `nncore` draw is executed, its layers are read, and the optimizers that it writes
out take steps on NumPy's arrays.
"""

import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from program_cases import CASES, EPOCHS, PLAY

from explorer.export.torch_program import torch_program
from explorer.export.torch_steps import own_optimizer
from explorer.learning.experiment import Experiment
from explorer.learning.trainer import optimizer_of
from nncore import ACTIVATIONS, LOSSES, OPTIMIZERS


def nothing(*_):
    """Stands for what PyTorch is told of types."""


@pytest.mark.parametrize("name", CASES)
def test_data_weights_and_layers_are_the_page_s(name):
    text = torch_program(CASES[name], EPOCHS)
    experiment = Experiment(CASES[name])
    model, problem = experiment.model, experiment.problem
    drawn = re.search(r"(?s)torch\.set_default_dtype.*?(?=\n\n+(class|model))", text)[0]
    names = {"np": np, "torch": SimpleNamespace(set_default_dtype=nothing, float64=None)}
    exec("from nncore import *\nfrom nncore.formulas import formula\n" + drawn, names)
    X = names["X_train"] if len(problem.test.labels) else names["X"]
    np.testing.assert_array_equal(X, problem.train.inputs)
    np.testing.assert_array_equal(names["params"], experiment.params)

    sizes = [(int(a), int(b)) for a, b in re.findall(r"nn\.Linear\((\d+), (\d+)\)", text)]
    assert sizes == [W.shape for W, _ in model.unflatten(experiment.params)]
    after = [line.strip(" ,").partition("), ")[2] for line in text.split("\n") if "Linear" in line]
    for layer, module in zip(model.layers, after, strict=True):
        fused = LOSSES[problem.loss].activation == layer.activation
        known = ACTIVATIONS[layer.activation].torch
        own = f"{layer.activation.capitalize()}()"
        usual = "" if layer.activation == "linear" else known if "(" in known else own
        assert module in (("",) if fused and layer is model.layers[-1] else (usual,))


class Weights(np.ndarray):
    """An array with what the printed optimizers ask of a tensor."""

    def copy_(self, values):
        self[...] = values


class Base:
    """PyTorch's Optimizer as far as the printed classes use it."""

    def __init__(self, params, options):
        self.param_groups = [{"params": params} | options]
        self.state = {id(w): {} for w in params}


@pytest.mark.parametrize("schedule", ["constant", "step"])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_that_is_written_out_takes_the_page_s_steps(name, schedule):
    settings = replace(PLAY, optimizer=name, schedule=schedule, learning_rate=0.1)
    lines = own_optimizer(settings)
    if not lines:
        assert f"optimizer = {type(optimizer_of(settings)).torch[:9]}" in torch_program(settings, 1)
        return
    torch = SimpleNamespace(no_grad=lambda: lambda f: f, zeros_like=np.zeros_like, sign=np.sign)
    names = {"optim": SimpleNamespace(Optimizer=Base), "torch": torch}
    exec("\n".join(lines).replace("self.state[w]", "self.state[id(w)]"), names)
    ours = optimizer_of(settings)
    w = np.linspace(-1, 1, 5).view(Weights)
    expected, state = np.array(w), ours.init(5)
    theirs = names[type(ours).__name__]([w], lr=0.1)
    for k, rate in enumerate((0.1, 0.1, 0.05, 0.02)):
        w.grad = np.cos(np.arange(5) + k)
        theirs.param_groups[0]["lr"] = rate
        theirs.step()
        state = ours.update(expected, np.array(w.grad), state, rate)
        np.testing.assert_allclose(w, expected, rtol=1e-12)
