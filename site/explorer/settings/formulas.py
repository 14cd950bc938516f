"""The formulas of the package's registries, as the Python expressions in which these hold them.

The panels write them out (`panels/inside/functions.py`); what the letters mean is said where the
registries are: nncore.activations, nncore.losses and nncore.optimizer.
"""

from nncore import ACTIVATIONS, LOSSES, OPTIMIZERS

VALUES = {name: activation.formula for name, activation in ACTIVATIONS.items()}
SLOPES = {name: activation.slope for name, activation in ACTIVATIONS.items()}
UPDATES = {name: kind.formula for name, kind in OPTIMIZERS.items()}
NUMBERS = {name: kind.numbers for name, kind in OPTIMIZERS.items()}
LOSS_TERMS = {name: loss.term for name, loss in LOSSES.items()}
