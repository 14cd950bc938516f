"""All optimizers by name: how a gradient becomes a step.

Those of nncore.descent and nncore.adaptive; a new one may stand here, or in a file of its own. An
entry of OPTIMIZERS is all there is to know of an optimizer.
"""

from __future__ import annotations

from nncore.adaptive import AdaGrad, Adam, RMSprop
from nncore.descent import SGD, Momentum, Nesterov
from nncore.optimizer import Optimizer

__all__ = ["OPTIMIZERS", "SGD", "AdaGrad", "Adam", "Momentum", "Nesterov", "RMSprop"]

_ALL: tuple[type[Optimizer], ...] = (
    SGD, Momentum, Nesterov, AdaGrad, RMSprop, Adam,
)  # fmt: skip
OPTIMIZERS = {kind.name: kind for kind in _ALL}
