"""Experiments of every kind, for the tests of printed programs, and what the page records."""

import re
from dataclasses import replace

from explorer.learning.experiment import Experiment
from explorer.settings.packed import pack
from explorer.settings.settings import (
    CLASSIFICATION,
    DEFAULTS,
    HIDDEN_ACTIVATIONS,
    INPUT_NAMES,
    TABLES,
)
from nncore import INITIALIZERS, OPTIMIZERS, SCHEDULES

EPOCHS = 3
PLAY, WINE = DEFAULTS["playground"], DEFAULTS["wine"]
SPIRAL3 = replace(PLAY, dataset="spiral3", network_shape=(6, 4), n_points=120)
NO_INPUT = dict.fromkeys(INPUT_NAMES, False)
LINE = re.compile(r"epoch (\d+): training loss (\S+?)(?:, test loss (\S+))?$")  # as programs print

BY_HAND = {
    "start": pack(25, {0: 0.25, 5: -1.5, 12: 1e-3, 24: 2}),
    "frozen": (1, 3, 4, 8, 25),
}

CASES = {
    "by hand": replace(PLAY, **BY_HAND),
    "by hand, L1 that switches off": replace(
        PLAY,
        **BY_HAND,
        regularization="L1",
        regularization_rate=0.3,
        schedule="step",
        schedule_epochs=1,
        shuffle=True,
    ),
    "by hand, for another network": replace(PLAY, **BY_HAND, network_shape=(3, 2)),
    "held in the lab": replace(WINE, frozen=tuple(range(20, 60)), train_share=70),
    "default": PLAY,
    "share 90": replace(PLAY, train_share=90),
    "share 100": replace(PLAY, train_share=100),
    "noise": replace(PLAY, noise=35),
    "another seed": replace(PLAY, seed="48"),
    "a seed to quote": replace(PLAY, seed='ü "\\n', shuffle=True),
    "no hidden layer": replace(PLAY, network_shape=()),
    "deep": replace(PLAY, network_shape=(3, 3, 3, 3)),
    "odd batch": replace(PLAY, batch_size=7),
    "all inputs": replace(PLAY, **dict.fromkeys(INPUT_NAMES, True)),
    "one input": replace(PLAY, **NO_INPUT | {"sin_y": True}),
    "no input": replace(PLAY, **NO_INPUT),
    "zeros": replace(PLAY, init_zero=True),
    "cross-entropy": replace(PLAY, loss="cross_entropy"),
    "few points": replace(PLAY, n_points=37),
    "own formula": replace(PLAY, formula="hypot(x1, x2) > 2 * sin(x1)", x_times_y=True),
    "own activations": replace(PLAY, layer_activations=("relu", "sin")),
    "shuffled": replace(PLAY, shuffle=True),
    "tiny rate": replace(PLAY, learning_rate=0.00001),
    "L1": replace(PLAY, regularization="L1", regularization_rate=0.1),
    "L2": replace(PLAY, regularization="L2", regularization_rate=0.003),
    "L1 of rate 0": replace(PLAY, regularization="L1"),
    "plane": replace(PLAY, problem="regression"),
    "hills": replace(PLAY, problem="regression", reg_dataset="reg-gauss", x_squared=True),
    "three classes": SPIRAL3,
    "three classes, no test": replace(SPIRAL3, train_share=100),
    "wine": WINE,
    "wine, not shuffled": replace(WINE, shuffle=False),
    "wine, validation": replace(WINE, train_share=70),
    "wine, L1 and cosine": replace(
        WINE, regularization="L1", regularization_rate=0.01, schedule="cosine", schedule_epochs=5
    ),
    "wine, text as seed": replace(WINE, seed="a bottle"),
    "wine, no hidden layer": replace(WINE, network_shape=()),
    "wine, raw": replace(WINE, standardize=False, learning_rate=0.001),
    "wine, rows left out": replace(WINE, left_out=(1, 2, 3, 100, 178), train_share=70),
    "wine, a class of one": replace(WINE, left_out=tuple(range(2, 60)), train_share=70),
    "wine, a class of none": replace(WINE, left_out=tuple(range(1, 60))),
    "wine, nothing left": replace(WINE, left_out=tuple(range(1, 179))),
    "wine, too few": replace(WINE, left_out=tuple(range(3, 179)), train_share=50),
    "diabetes, rows left out": replace(WINE, dataset="diabetes", left_out=(7, 8), train_share=50),
    "diabetes, validation": replace(WINE, dataset="diabetes", train_share=80),
    "momentum of 0.5": replace(PLAY, optimizer="momentum", momentum=0.5),
    "adam with other betas": replace(PLAY, optimizer="adam", beta_1=0.5, beta_2=0.99),
    "rmsprop with another rho": replace(PLAY, optimizer="rmsprop", rho=0.5),
    **{f"data {name}": replace(PLAY, dataset=name) for name in CLASSIFICATION[:7]},
    **{f"data {name}": replace(WINE, dataset=name) for name in TABLES},
    **{f"optimizer {name}": replace(PLAY, optimizer=name) for name in OPTIMIZERS},
    **{f"activation {name}": replace(PLAY, activation=name) for name in HIDDEN_ACTIVATIONS},
    **{f"initializer {name}": replace(PLAY, initializer=name) for name in INITIALIZERS},
    **{
        f"schedule {name}": replace(PLAY, schedule=name, schedule_epochs=2, learning_rate=0.1)
        for name in SCHEDULES
    },
}


def recorded(settings, epochs=EPOCHS):
    """What the page shows after that many epochs: (losses by epoch, the experiment)."""
    experiment = Experiment(settings)
    for _ in range(epochs):
        experiment.step()
    records = experiment.history.records
    return [(r.epoch, r.loss_train, r.loss_test) for r in records], experiment
