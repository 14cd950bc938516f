"""Random actions of a reader, from a random generator: what kind, on what, and how long to wait."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from explorer.settings import link
from explorer.settings.fields import Choice, Flag
from explorer.settings.settings import DEFAULTS, KNOBS, TABLES

LAYERS = ", ".join(f"[data-action={verb}-{what}]" for verb in ("add", "add", "remove")
                   for what in ("layer", "neuron"))  # fmt: skip
KEYS = (" ", " ", "s", "s", "r", "?", "Escape", "Control+z", "Control+y", "Control+Shift+z",
        "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Enter", "Home", "End")  # fmt: skip
PLACES = "#output, #network, #plane, #columns-picture, #history .u-over, .tile, .bias, #map-picture"
SIZES = ((1440, 900), (1280, 800), (1024, 768), (820, 1180), (390, 844))
# How often, the kind of action, and what it is about; see KINDS in soak.js.
ACTIONS = (
    (14, "run", None),
    (4, "press", "#step"),
    (2, "press", "#reset"),
    (1, "press", "[data-action=regenerate], [data-action=new-seed]"),
    (6, "press", "[data-action=undo], [data-action=redo]"),
    (10, "press", LAYERS),
    (5, "press", "button[data-action]:not([role=tab], [data-action=theme])"),
    (1, "press", "[data-action=theme]"),
    (2, "press", "[role=tab]"),
    (4, "press", "[data-action=open-step]"),
    (10, "change", "select"),
    (6, "change", "input[type=checkbox]"),
    (4, "change", "input[type=radio]"),
    (6, "change", "input[type=range]:not(#travel, #wine-travel)"),
    (6, "change", "#travel, #wine-travel"),
    (4, "change", "input[type=text]"),
    (6, "panel", "more"),
    (2, "panel", "presets"),
    (2, "panel", "share"),
    (2, "panel", "code"),
    (1, "panel", "help"),
    (2, "own", None),
    (2, "press", "[data-action=lessons]"),
    (5, "press", "#lesson button"),
    (2, "press", "[data-action=train-map], #train-map button"),
    (8, "weight", None),
    (8, "point", PLACES),
    (5, "row", None),
    (8, "key", KEYS),
    (3, "link", None),
    (1, "size", SIZES),
)  # fmt: skip


def actions(rng: random.Random) -> Iterator[dict[str, Any]]:
    """Actions without end. `rest` is how many frames the reader waits afterwards."""
    weights = [weight for weight, _, _ in ACTIONS]
    number = 0
    while True:
        number += 1
        _, kind, what = rng.choices(ACTIONS, weights)[0]
        if kind == "link":
            what = random_link(rng)
        elif isinstance(what, tuple):
            what = rng.choice(what)
        rest = rng.choice((0, 0, 0, 1, 2, 5, 12))
        yield dict(
            number=number, kind=kind, what=what, draws=[rng.random() for _ in range(4)], rest=rest
        )


def random_link(rng: random.Random) -> str:
    """A link to settings that differ from the defaults in some fields."""
    view = rng.choice(("playground", "playground", "wine"))
    settings = DEFAULTS[view]
    # Each of these needs its own network or data.
    apart = ("view", "layer_activations", "left_out", "start", "frozen")
    names = [name for name in KNOBS if name not in apart]
    for name in rng.sample(names, rng.randint(1, 8)):
        kind = KNOBS[name].metadata["kind"]
        if name == "dataset":
            planes = [value for value in kind.names if value not in TABLES]
            value = rng.choice(TABLES if view == "wine" else planes)
        elif isinstance(kind, Choice):
            value = rng.choice(kind.names)
        elif isinstance(kind, Flag):
            value = rng.random() < 0.5
        elif name == "network_shape":
            value = tuple(rng.randint(1, 8) for _ in range(rng.randint(0, 5)))
        else:
            value = kind.read(rng.choice(VALUES[name]))
        settings = replace(settings, **{name: value})
    if rng.random() < 0.3:
        settings = replace(settings, hidden=frozenset(rng.sample(sorted(link.HIDEABLE), 3)))
    return "#" + link.encode(settings)


# What a link may ask for where any number would do; some are on no menu.
VALUES = {
    "batch_size": ("1", "7", "10", "30", "100"),
    "learning_rate": ("0.001", "0.0123", "0.03", "0.1", "0.7", "3"),
    "regularization_rate": ("0", "0.001", "0.02", "1"),
    "noise": ("0", "10", "35"),
    "seed": ("0.5", "0.98765", "7", "a word"),
    "train_share": ("10", "50", "70", "90"),
    "momentum": ("0.5", "0.77", "0.95"),
    "rho": ("0.5", "0.88", "0.99"),
    "beta_1": ("0", "0.6", "0.9"),
    "beta_2": ("0.9", "0.95", "0.999"),
    "schedule_epochs": ("3", "100"),
    "n_points": ("0", "20", "300", "1000"),
    "stop_epoch": ("0", "10", "300"),
    "stop_loss": ("0", "0.05"),
    "unit_x": ("1", "2"),
    "unit_y": ("1", "3"),
    "plane_layer": ("0", "1", "2"),
    "formula": ("x1 * x2", "sin(3 * x1)", "abs(x1 - x2)"),
}
