"""The formulas of the package's registries, as the Python expressions in which these hold them.

The panels write them out (`panels/inside/functions.py`); what the letters mean is said where the
registries are: nncore.activations and nncore.losses.
"""

from nncore import ACTIVATIONS, LOSSES

VALUES = {name: activation.formula for name, activation in ACTIVATIONS.items()}
SLOPES = {name: activation.slope for name, activation in ACTIVATIONS.items()}
LOSS_TERMS = {name: loss.term for name, loss in LOSSES.items()}
