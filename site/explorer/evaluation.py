"""How well the network does on some rows: its loss, and its accuracy or R squared.

The rows are checked and laid out once; a measurement is then one forward pass in buffers that
are kept, so that measuring after every epoch costs little beside the epoch itself.
"""

import math

import numpy as np

from nncore import Workspace, r2_score
from nncore.kernel.compiled import Columns
from nncore.losses import loss_for


class Evaluation:
    """Measures a model on one share of a problem's rows.

    compiled: the model as an nncore.kernel CompiledModel, which then does the work; or None.
    """

    def __init__(self, model, problem, rows, compiled=None):
        self.model, self.rows, self.task = model, rows, problem.task
        self.compiled = compiled
        self.is_empty = not len(rows.inputs)
        if self.is_empty:
            return
        if compiled is not None:
            self.columns = Columns(compiled.engine, rows.inputs, rows.targets)
        self.rule = loss_for(problem.loss, model.layers[-1].activation)
        self.targets = np.ascontiguousarray(rows.targets.T)
        self.workspace = Workspace(model, len(rows.inputs))
        self.inputs = self.workspace.load(rows.inputs)
        # The winning output decides; a single one is compared with the middle of its range.
        self.middle = 0.5 if problem.loss == "binary_crossentropy" else 0.0
        self.positive = rows.labels > 0

    def __call__(self, params):
        """(loss, score) under `params`; (None, None) without rows. The score is the accuracy,
        or R squared for regression; it is NaN where the loss is not finite."""
        if self.is_empty:
            return None, None
        if self.compiled is not None:
            loss, outputs = self.compiled.evaluate(params, self.columns)
        else:
            self.workspace.bind(params)
            with np.errstate(all="ignore"):
                outputs = self.workspace.forward(self.inputs)
                loss = self.rule.value(outputs, self.workspace.layers[-1].z, self.targets)
        return loss, self.score(outputs) if math.isfinite(loss) else math.nan

    def score(self, outputs):
        if self.task == "regression":
            return r2_score(self.rows.labels, outputs[0])
        if self.task == "binary":
            return float(np.mean((outputs[0] >= self.middle) == self.positive))
        return float(np.mean(outputs.argmax(axis=0) == self.rows.labels))
