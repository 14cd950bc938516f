"""The current experiment as a PyTorch program that prints the losses that the page shows.

Data, initial weights and the order of the rows are drawn by `nncore` from the page's own stream;
PyTorch computes in float64, and its losses are the page's, to rounding. Optimizers that PyTorch
words in another way (where epsilon stands, when the learning rate acts) are written out from
their own formula, and so is what pulls at the weights or holds them.
"""

from dataclasses import fields

from explorer.export.exact import (
    OF_NNCORE,
    held_of,
    memory_lines,
    order_lines,
    penalty_of,
    start_lines,
)
from explorer.export.keras_program import features_of, import_lines, own_schedule
from explorer.export.nncore_program import in_order, joined
from explorer.export.own_data import data_lines
from explorer.export.program_data import NNCORE, label, matrices, number, target, title_of
from explorer.export.torch_steps import own_optimizer, pull_lines, writes_out
from explorer.learning.problem import outline
from explorer.learning.trainer import optimizer_of
from explorer.text.code import PROGRAM
from nncore import ACTIVATIONS, LOSSES

MODULES = {
    "math": "import math",
    "plt": "import matplotlib.pyplot as plt",
    "np": "import numpy as np",
    "torch": "import torch",
}
MEMBERS = {
    "nncore": sorted((*NNCORE, "accuracy", "classify", "r2_score"), key=in_order),
    **OF_NNCORE,
    "torch": ("nn", "optim"),
}


def torch_program(settings, epochs):
    """Return the PyTorch program of `settings` from the page's weights, for `epochs` epochs."""
    problem = outline(settings)
    body = joined(
        [
            ["torch.set_default_dtype(torch.float64)"], data_lines(settings, problem),
            start_lines(settings, problem), own_modules(settings, problem),
            layer_lines(settings, problem), tensor_lines(problem), own_loss(problem),
            own_schedule(settings), own_optimizer(settings), choice_lines(settings, problem),
            pull_lines(settings), report_lines(problem), training_lines(settings, problem, epochs),
            result_lines(problem), feature_lines(settings, problem),
        ]
    )  # fmt: skip
    title = title_of(settings, problem, "title_torch")
    imports = import_lines(body, MODULES, MEMBERS)
    return f'"""{title}\n\n{PROGRAM["torch"]}\n"""\n\n{imports}\n\n{body}\n'


# The network ----------------------------------------------------------------------------------


def modules_of(settings, problem):
    """The modules of each layer as texts; a cross-entropy works on sums, without the activation
    of the last layer."""
    model = problem.model(settings)
    n_inputs = model.n_inputs
    for place, layer in enumerate(model.layers, 1):
        parts = [f"nn.Linear({n_inputs}, {layer.units})"]
        fused = place == len(model.layers) and LOSSES[problem.loss].activation
        if layer.activation != "linear" and not fused:
            parts.append(module(layer.activation))
        n_inputs = layer.units
        yield parts


def module(activation):
    """A module of PyTorch's, or of the program's own where PyTorch has a function."""
    text = ACTIVATIONS[activation].torch
    return text if text.endswith(")") else f"{activation.capitalize()}()"


def own_modules(settings, problem):
    names = {layer.activation for layer in problem.model(settings).layers}
    lines = []
    for name in sorted(names):
        text = ACTIVATIONS[name].torch
        if not text.endswith(")"):
            lines += [f"class {name.capitalize()}(nn.Module):", "    def forward(self, z):"]
            lines.append(f"        return {text}(z)")
    return lines


def layer_lines(settings, problem):
    layers = [f"    {', '.join(parts)}," for parts in modules_of(settings, problem)]
    return [
        "model = nn.Sequential(", *layers, ")",
        "parameters = list(model.parameters())",
        "start = [part for W, b in network.unflatten(params) for part in (W.T, b)]",
        "with torch.no_grad():",
        "    for parameter, values in zip(parameters, start):",
        "        parameter.copy_(torch.tensor(values))",
    ]  # fmt: skip


# Training -------------------------------------------------------------------------------------


def tensors(X):
    """The names of the tensors that are made of the matrix X and of its targets."""
    return X.replace("X", "inputs"), X.replace("X", "targets")


def tensor_lines(problem):
    column = "" if problem.loss == "categorical_crossentropy" else ".reshape(-1, 1)"
    lines = []
    for X in matrices(problem):
        inputs, targets = tensors(X)
        values = f"torch.tensor({target(X, problem)}, dtype=torch.float64){column}"
        lines += [f"{inputs} = torch.tensor({X})", f"{targets} = {values}"]
    return lines


def own_loss(problem):
    """A loss that PyTorch does not have, as a function; its entry in LOSSES has the formula."""
    formula = LOSSES[problem.loss].torch
    if "y_pred" not in formula:
        return []
    return [f"def {problem.loss}(y_pred, y_true):", f"    return {formula}"]


def choice_lines(settings, problem):
    optimizer = optimizer_of(settings)
    kind = type(optimizer)
    numbers = {field.name: number(getattr(optimizer, field.name)) for field in fields(optimizer)}
    text = kind.torch.format(**numbers).replace("(", "(parameters, lr=", 1)
    if writes_out(settings):
        text = f"{kind.__name__}(parameters, lr={number(optimizer.learning_rate)})"
    loss = problem.loss if own_loss(problem) else LOSSES[problem.loss].torch
    return [f"loss = {loss}", f"optimizer = {text}"]


def report_lines(problem):
    """A function that prints the losses of an epoch, measured over all rows of each part."""
    lines, parts = ["@torch.no_grad()", "def report(epoch):"], []
    for X, name in zip(matrices(problem), ("training", "test"), strict=False):
        inputs, targets = tensors(X)
        lines.append(f"    {name}_loss = loss(model({inputs}), {targets}).item()")
        parts.append(f"{name} loss {{{name}_loss}}")
    return [*lines, f'    print(f"epoch {{epoch}}: {", ".join(parts)}")']


def training_lines(settings, problem, epochs):
    inputs, targets = tensors(matrices(problem)[0])
    after = after_step_lines(settings, problem)
    dead = "[torch.zeros_like(w, dtype=torch.bool) for w in parameters[::2]]"
    lines = memory_lines(settings, problem, dead, "W.T")
    lines += ["report(0)", f"for epoch in range({epochs}):"]
    if settings.schedule != "constant":
        lines.append('    optimizer.param_groups[0]["lr"] = learning_rate(epoch)')
    lines += [f"    {line}" for line in order_lines(settings, problem, inputs)]
    order = "torch.tensor(order)" if settings.shuffle else f"torch.arange(len({inputs}))"
    before = ["before = [w.detach().clone() for w in parameters]"] if after else []
    inner = [
        "optimizer.zero_grad()", f"loss(model({inputs}[rows]), {targets}[rows]).backward()",
        *before, "optimizer.step()", *after,
    ]  # fmt: skip
    return [
        *lines,
        f"    for rows in {order}.split({settings.batch_size}):",
        *(f"        {line}" for line in inner),
        "    report(epoch + 1)",
    ]


def after_step_lines(settings, problem):
    """What the page does to the weights after the optimizer's step."""
    kind, rate = penalty_of(settings)
    lines = []
    if kind:
        lines.append(f'pull(before, optimizer.param_groups[0]["lr"] * {number(rate)})')
    if held_of(settings, problem):
        lines += [
            "with torch.no_grad():",
            "    for w, old, still in zip(parameters, before, kept):",
            "        w.copy_(torch.where(torch.tensor(still), old, w))",
        ]
    return lines


# Results --------------------------------------------------------------------------------------


def result_lines(problem):
    """The score on the training rows; where outputs are logits, classes part at 0 as well."""
    X = matrices(problem)[0]
    lines = [f"outputs = model({tensors(X)[0]}).detach().numpy()"]
    if problem.task == "regression":
        return [*lines, f'print("R squared", r2_score({label(X)}, outputs))']
    return [*lines, f'print("training accuracy", accuracy({label(X)}, classify(outputs)))']


def feature_lines(settings, problem):
    """The course's question, for PyTorch: the modules up to the last hidden layer's."""
    hidden = list(modules_of(settings, problem))[:-1]
    inputs, _ = tensors(matrices(problem)[0])
    return features_of(
        settings, problem, f"model[:{sum(map(len, hidden))}]",
        f"feature_function({inputs}).detach().numpy()",
    )  # fmt: skip
