"""From settings to the objects that train() takes: optimizer, regularizer, schedule."""

from nncore import OPTIMIZERS, REGULARIZERS, SCHEDULES


def optimizer_of(s):
    """The optimizer of the settings, with its own parameters."""
    own = {
        "momentum": {"momentum": s.momentum},
        "nesterov": {"momentum": s.momentum},
        "rmsprop": {"rho": s.rho},
        "adam": {"beta_1": s.beta_1, "beta_2": s.beta_2},
    }
    return OPTIMIZERS[s.optimizer](s.learning_rate, **own.get(s.optimizer, {}))


def regularizer_of(s):
    if s.regularization == "none":
        return None
    return REGULARIZERS[s.regularization.lower()](s.regularization_rate)


def schedule_of(s):
    length = {"step": "epochs_drop", "exponential": "decay_epochs", "cosine": "decay_epochs"}
    if s.schedule == "constant":
        return None
    return SCHEDULES[s.schedule](**{length[s.schedule]: s.schedule_epochs})
