"""The current experiment as a Keras program that starts from the page's own initial weights.

The data, the weights and the order of the rows are drawn by `nncore` from the page's own stream;
Keras computes in float64 and prints the losses that the page shows, to rounding. Everything that
Keras does in another way by itself (where a penalty pulls, L1's weights that are switched off,
probabilities that are cut off) is set or written out. `keras_program` is the shorter one.
"""

from explorer.export.exact import (
    OF_NNCORE,
    held_of,
    memory_lines,
    order_lines,
    penalty_of,
    start_lines,
)
from explorer.export.keras_program import (
    IMPORTS,
    feature_lines,
    import_lines,
    keras_optimizer,
    own_schedule,
    result_lines,
)
from explorer.export.nncore_program import joined
from explorer.export.own_data import data_lines
from explorer.export.program_data import NNCORE, matrices, number, target, title_of
from explorer.learning.problem import outline
from explorer.text.code import PROGRAM
from nncore import ACTIVATIONS, LOSSES


def keras_exact_program(settings, epochs):
    """Return the Keras 3 program of `settings` from the page's weights, for `epochs` epochs."""
    problem = outline(settings)
    body = joined(
        [
            config_lines(problem), data_lines(settings, problem), start_lines(settings, problem),
            own_tanh(settings, problem), layer_lines(settings, problem), own_loss(problem),
            own_schedule(settings), compile_lines(settings, problem), pull_lines(settings),
            report_lines(problem), training_lines(settings, problem, epochs),
            result_lines(problem), feature_lines(settings, problem),
        ]
    )  # fmt: skip
    title, text = title_of(settings, problem, "title_keras"), "\n".join(PROGRAM["exact"])
    members = {"nncore": NNCORE, **OF_NNCORE, "sklearn.metrics": ("r2_score",)}
    imports = import_lines(body, IMPORTS, members)
    return f'"""{title}\n\n{text}\n"""\n\n{imports}\n\n{body}\n'


def own_tanh(settings, problem):
    """tanh in float64. Keras 3.15 rounds the results of `keras.ops.tanh` to float32 on every
    backend but TensorFlow, whatever `floatx` says; its sigmoid keeps them."""
    if all(layer.activation != "tanh" for layer in problem.model(settings).layers):
        return []
    return [
        f"def tanh(z):  # {PROGRAM['tanh']}",
        "    return 2 * keras.ops.sigmoid(2 * z) - 1",
    ]


def config_lines(problem):
    lines = ['keras.config.set_floatx("float64")']
    if problem.loss.endswith("crossentropy"):
        lines.append(f"keras.config.set_epsilon(1e-300)  # {PROGRAM['epsilon']}")
    return lines


def layer_lines(settings, problem):
    model = problem.model(settings)
    lines = []
    for layer in model.layers:
        own = layer.activation == "tanh"  # see `own_tanh`
        activation = "tanh" if own else ACTIVATIONS[layer.activation].keras
        given = "" if layer.activation == "linear" else f", activation={activation}"
        lines.append(f"        layers.Dense({layer.units}{given}),")
    return [
        "model = keras.Sequential(", "    [", f"        keras.Input(({model.n_inputs},)),",
        *lines, "    ]", ")",
        "model.set_weights([part for W, b in network.unflatten(params) for part in (W, b)])",
    ]  # fmt: skip


# Training -----------------------------------------------------------------------------------------


def own_loss(problem):
    """A loss that Keras does not have, as a function; its entry in LOSSES has the formula."""
    formula = LOSSES[problem.loss].keras
    if formula.startswith('"'):
        return []
    return [f"def {problem.loss}(y_true, y_pred):", f"    return {formula}"]


def compile_lines(settings, problem):
    """Keras's own decay of the weights is the page's L2: it pulls beside the optimizer's step."""
    kind, rate = penalty_of(settings)
    optimizer = keras_optimizer(settings)
    lines = []
    if kind == "L2":
        optimizer = f"{optimizer[:-1]}, weight_decay={number(rate)})"
        lines = ['optimizer.exclude_from_weight_decay(var_names=["bias"])']
    loss = problem.loss if own_loss(problem) else f"keras.losses.{problem.loss}"
    return [
        f"optimizer = {optimizer}", *lines, f"loss = {loss}",
        "model.compile(optimizer=optimizer, loss=loss)",
    ]  # fmt: skip


def pull_lines(settings):
    """What Keras's L1 does not do: it pulls beside the optimizer's step, and switches off."""
    if penalty_of(settings)[0] != "L1":
        return []
    return [
        "def pulled(before, after, step):",
        f'    """{PROGRAM["pulled"]}"""',
        "    for old, new, off in zip(before[::2], after[::2], dead[::2]):",
        "        weights = new - step * np.sign(old)",
        "        off |= new * weights < 0",
        "        new[...] = np.where(off, 0, weights)",
        "    return after",
    ]


def report_lines(problem):
    """A function that prints the losses of an epoch, measured over all rows of each part."""
    lines = ["def report(epoch):"]
    parts = []
    for X, name in zip(matrices(problem), ("training", "test"), strict=False):
        y = target(X, problem)
        lines += [
            f"    said = model.predict({X}, verbose=0)",
            f"    {name}_loss = np.mean(loss({y}.reshape(said.shape), said))",
        ]
        parts.append(f"{name} loss {{{name}_loss}}")
    return [*lines, f'    print(f"epoch {{epoch}}: {", ".join(parts)}")']


def training_lines(settings, problem, epochs):
    """Keras's own `fit`, an epoch at a time; batch by batch where more is done after each."""
    X = matrices(problem)[0]
    y, size = target(X, problem), settings.batch_size
    after = after_batch_lines(settings, problem)
    dead = "[np.zeros(part.shape, bool) for part in model.get_weights()]"
    lines = memory_lines(settings, problem, dead, "W")
    lines += ["report(0)", f"for epoch in range({epochs}):"]
    if settings.schedule != "constant":
        lines.append("    optimizer.learning_rate = learning_rate(epoch)")
    lines += [f"    {line}" for line in order_lines(settings, problem, X)]
    rows = f"{X}[order], {y}[order]" if settings.shuffle else f"{X}, {y}"
    if not after:
        lines.append(f"    model.fit({rows}, batch_size={size}, shuffle=False, verbose=0)")
        return [*lines, "    report(epoch + 1)"]
    order = "order" if settings.shuffle else f"np.arange(len({X}))"
    return [
        *lines,
        f"    for start in range(0, len({X}), {size}):",
        f"        rows = {order}[start : start + {size}]",
        "        before = model.get_weights()",
        f"        model.train_on_batch({X}[rows], {y}[rows])",
        *(f"        {line}" for line in after),
        "    report(epoch + 1)",
    ]


def after_batch_lines(settings, problem):
    """What the page does to the weights after a batch and Keras does not."""
    kind, rate = penalty_of(settings)
    constant = settings.schedule == "constant"
    rate_now = number(settings.learning_rate) if constant else "learning_rate(epoch)"
    lines = []
    if kind == "L1":
        step = f"{rate_now} * {number(rate)}"
        lines.append(f"model.set_weights(pulled(before, model.get_weights(), {step}))")
    if held_of(settings, problem):
        lines += [
            "after = zip(kept, before, model.get_weights())",
            "model.set_weights([np.where(still, old, new) for still, old, new in after])",
        ]
    return lines
