"""Step 5: the feature function, written as code, and the numbers that it gives.

The code is the function from the input of layer 0 to the output of the last hidden layer, for
the network as it is: first as one call of nncore, then written out.
"""

import numpy as np

from explorer.drawing.identity import Identity
from explorer.panels.lab.table import MOST_ROWS, DataTable, texts
from explorer.settings.settings import FORMULAS
from explorer.text.wine import WINE


def code(shape, activations, rows, columns):
    """The feature function of a network with these hidden layers, as Python."""
    if not shape:
        return f"features = X  # {WINE['code_no_layer']}: shape ({rows}, {columns})"
    last = len(shape) - 1
    names = ", ".join(f"(W{k}, b{k})" for k in range(last + 1))
    lines = [
        f"features = model.features(params, X, layer={last})  # shape ({rows}, {shape[-1]})",
        "",
        f"# {WINE['code_written_out']}",
        f"{names}, _ = model.unflatten(params)",
        "",
        f"def feature_function(X):  # shape ({rows}, {columns})",
    ]
    source = "X"
    for k, (units, activation) in enumerate(zip(shape, activations, strict=True)):
        value = FORMULAS[activation].format(z=f"{source} @ W{k} + b{k}")
        start = "return" if k == last else "a ="
        lines.append(f"    {start} {value}  # ({rows}, {units})")
        source = "a"
    return "\n".join(lines)


class FeaturesPanel:
    """Shows the code, and one line per row with its features."""

    def __init__(self, browser):
        self.browser = browser
        self.code = browser.element("feature-code")
        self.table = DataTable(browser, "features-table")
        self.title = browser.element("features-title")
        self.made_for = None

    def draw(self, snapshot, look):
        problem, model, settings = snapshot.problem, snapshot.model, snapshot.settings
        rows = len(problem.train.inputs)
        some = snapshot.pictured
        self.browser.write(
            self.code, code(settings.network_shape, settings.activations, rows, model.n_inputs)
        )
        answers = some.train.inputs if len(model.layers) < 2 else snapshot.responses[-2]
        answers = np.nan_to_num(answers[:MOST_ROWS])
        title = WINE["features_title"].format(rows=rows, units=answers.shape[1])
        self.browser.write(self.title, title)
        key = (Identity(problem.split), answers.shape[1])
        if key != self.made_for:
            self.made_for = key
            names = [WINE["axis_two"].format(number=k) for k in range(1, answers.shape[1] + 1)]
            labels = some.train.labels[:MOST_ROWS].astype(int) if problem.class_names else None
            columns = [(name, values) for name, values in zip(names, answers.T, strict=True)]
            self.table.make(
                columns,
                some.split.train[:MOST_ROWS].tolist(),
                None if labels is None else labels.tolist(),
            )
        for column, values in enumerate(answers.T):
            self.table.set_values(column, values)
            self.table.fill(column, texts(values, 4))
        self.table.mark(frozenset(look.selected))
