"""Networks that cells have made: which there are, and one of them as the page can show it.

A stack of Dense layers is the same thing in nncore, and goes to the page as the JSON that
`nncore.from_json` reads.
"""

import sys

from explorer.text.cells import CELLS

MOST = 12


def named(names):
    """{name: model} of the built models among a cell's names, without Keras being imported."""
    keras = sys.modules.get("nncore.keras")
    if keras is None:
        return {}
    found = {}
    for name, value in list(names.items()):
        if not name.startswith("_") and isinstance(value, keras.Model) and is_stack(value):
            found[name] = value
    return dict(list(found.items())[-MOST:])


def is_stack(model):
    """Whether nncore has this network as well."""
    return bool(getattr(model, "built", False)) and core_of(model) is not None


def core_of(model):
    """The nncore network of a model, or None."""
    from nncore.keras.models import plain

    try:
        return plain.core_of(model.pack().chain)
    except (ValueError, TypeError, AttributeError):
        return None


def taken(model):
    """Return (network, parameters) of a Keras model as nncore has them.

    Raises:
        ValueError: If nncore has no such network.
    """
    if not hasattr(model, "pack"):
        raise TypeError(CELLS["no_model"].format(kind=type(model).__name__))
    if not model.built:
        raise ValueError(CELLS["not_built"].format(name=model.name))
    network = core_of(model)
    if network is None:
        raise ValueError(CELLS["no_stack"].format(name=model.name))
    return network, model.params.copy()


def as_json(names, name):
    """The text of the network called `name`, or None where there is none."""
    from nncore import to_json

    model = named(names).get(name)
    return None if model is None else to_json(*taken(model))
