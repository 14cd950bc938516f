"""Every knob of the page, once.

`Settings` is one frozen value that says everything a link has to say. Each field carries its
kind (what values it may have), its key in a link, and what a change of it invalidates: nothing
(it takes effect while training), the weights, or the data. Controls, links, resets, tooltips
and hide-flags all derive from this table. Labels and help texts are in `explorer.text`, by field.
"""

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields, replace
from typing import Any, Self

from explorer.settings import own
from explorer.settings.fields import (
    Choice,
    Count,
    Flag,
    Formula,
    Kind,
    Names,
    Number,
    Ranges,
    Text,
    Units,
    Weights,
    Whole,
    bad_value,
)
from explorer.text.language import extend
from nncore import ACTIVATIONS, DATASETS, INITIALIZERS, OPTIMIZERS, SCHEDULES
from nncore import TABLES as TABLE_INFOS

NOTHING, WEIGHTS, DATA = "nothing", "weights", "data"

RATES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
LEARNING_RATES = (0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.05, 0.1, 0.3, 1.0, 3.0, 10.0)
FORMULAS = {name: activation.numpy for name, activation in ACTIVATIONS.items()}  # in Python
HIDDEN_ACTIVATIONS = tuple(name for name in ACTIVATIONS if name != "softmax")
TABLES = tuple(TABLE_INFOS)
CLASSIFICATION = tuple(n for n, d in DATASETS.items() if d.task != "regression") + TABLES
REGRESSION = tuple(n for n, d in DATASETS.items() if d.task == "regression")
PARAMETERS = {  # per field that only some optimizers have, their names
    number: {name for name, kind in OPTIMIZERS.items() if number in kind.numbers}
    for known in OPTIMIZERS.values()
    for number in known.numbers
}
CHARTS = ("loss", "score", "gradient", "flat", "update")
SPEEDS = ("slow", "batch", "epoch", "fast")
# Fields that say how a run is looked at, and change nothing of how it goes.
LOOKS = (
    "show_test_data", "discretize", "hide_text", "speed", "log_scale", "chart", "all_epochs",
    "projection", "unit_x", "unit_y", "plane_layer", "hidden",
)  # fmt: skip


def titles(registry: Mapping[str, Any]) -> dict[str, str]:
    """{name: title} of a registry's entries."""
    return {name: entry.title for name, entry in registry.items()}


# What the core's entries are called belongs to the page's texts, so that it can be translated.
extend(
    "choices",
    {
        "activation": titles(ACTIVATIONS),
        "optimizer": titles(OPTIMIZERS),
        "dataset": titles(DATASETS) | titles(TABLE_INFOS),
        "reg_dataset": {name: DATASETS[name].title for name in REGRESSION},
    },
)
extend("look_for", {name: info.look_for for name, info in DATASETS.items()})
extend("nouns", {name: (info.noun, info.nouns) for name, info in TABLE_INFOS.items()})


def knob(key: str, kind: Kind, default: object, invalidates: str) -> Any:
    """A field of Settings: its key in a link, its kind, its default, what a change undoes."""
    return field(default=default, metadata={"key": key, "kind": kind, "invalidates": invalidates})


class DatasetName(Choice):
    """A data set of the page's, or a table of the reader's own that is known."""

    def read(self, text: str) -> str:
        if own.is_own(text):
            return text
        if text.startswith(own.PREFIX):
            raise bad_value("own_table", text=text[:20])
        return super().read(text)


@dataclass(frozen=True)
class Settings:
    """All choices of one experiment. Change one with `dataclasses.replace` or `with_text`."""

    # The keys of TensorFlow Playground's links, in the order in which it writes them.
    activation: str = knob("activation", Choice(HIDDEN_ACTIVATIONS), "tanh", WEIGHTS)
    regularization: str = knob("regularization", Choice(("none", "L1", "L2")), "none", NOTHING)
    batch_size: int = knob("batchSize", Whole(1, 1000, reach=30), 10, NOTHING)
    dataset: str = knob("dataset", DatasetName(CLASSIFICATION), "circle", DATA)
    reg_dataset: str = knob("regDataset", Choice(REGRESSION), "reg-plane", DATA)
    learning_rate: float = knob("learningRate", Number(1e-6, 1000, LEARNING_RATES), 0.03, NOTHING)
    regularization_rate: float = knob("regularizationRate", Number(0, 1000, RATES), 0.0, NOTHING)
    noise: int = knob("noise", Whole(0, 50, step=5), 0, DATA)
    network_shape: tuple[int, ...] = knob("networkShape", Units(8, 32), (4, 2), WEIGHTS)
    seed: str = knob("seed", Text(), "0.12345", DATA)
    show_test_data: bool = knob("showTestData", Flag(), False, NOTHING)
    discretize: bool = knob("discretize", Flag(), False, NOTHING)
    train_share: int = knob("percTrainData", Whole(10, 100, step=10, reach=90), 50, DATA)
    x: bool = knob("x", Flag(), True, WEIGHTS)
    y: bool = knob("y", Flag(), True, WEIGHTS)
    x_times_y: bool = knob("xTimesY", Flag(), False, WEIGHTS)
    x_squared: bool = knob("xSquared", Flag(), False, WEIGHTS)
    y_squared: bool = knob("ySquared", Flag(), False, WEIGHTS)
    sin_x: bool = knob("sinX", Flag(), False, WEIGHTS)
    sin_y: bool = knob("sinY", Flag(), False, WEIGHTS)
    problem: str = knob("problem", Choice(("classification", "regression")), "classification", DATA)
    init_zero: bool = knob("initZero", Flag(), False, WEIGHTS)
    hide_text: bool = knob("hideText", Flag(), False, NOTHING)

    # Our own keys: written only when they differ from the view's defaults.
    view: str = knob("view", Choice(("playground", "wine")), "playground", NOTHING)
    optimizer: str = knob("optimizer", Choice(tuple(OPTIMIZERS)), "sgd", NOTHING)
    momentum: float = knob("momentum", Number(0, 0.999, (0.5, 0.8, 0.9, 0.95, 0.99)), 0.9, NOTHING)
    rho: float = knob("rho", Number(0, 0.9999, (0.5, 0.8, 0.9, 0.95, 0.99)), 0.9, NOTHING)
    beta_1: float = knob("beta1", Number(0, 0.9999, (0.0, 0.5, 0.8, 0.9, 0.99)), 0.9, NOTHING)
    beta_2: float = knob("beta2", Number(0, 0.99999, (0.9, 0.99, 0.999, 0.9999)), 0.999, NOTHING)
    loss: str = knob("loss", Choice(("half_mse", "cross_entropy")), "half_mse", WEIGHTS)
    initializer: str = knob("initializer", Choice(tuple(INITIALIZERS)), "uniform", WEIGHTS)
    formula: str = knob("formula", Formula(), "", WEIGHTS)
    layer_activations: tuple[str, ...] = knob(
        "layerActivations", Names(HIDDEN_ACTIVATIONS), (), WEIGHTS
    )
    schedule: str = knob("schedule", Choice(tuple(SCHEDULES)), "constant", NOTHING)
    schedule_epochs: int = knob("scheduleEpochs", Whole(1, 100_000), 100, NOTHING)
    shuffle: bool = knob("shuffle", Flag(), False, NOTHING)
    n_points: int = knob("points", Count(10, 100_000), 0, DATA)
    engine: str = knob("engine", Choice(("compiled", "numpy")), "compiled", NOTHING)
    speed: str = knob("speed", Choice(SPEEDS), "epoch", NOTHING)
    stop_epoch: int = knob("stopEpoch", Whole(0, 10_000_000), 0, NOTHING)
    stop_loss: float = knob("stopLoss", Number(0, 1000), 0.0, NOTHING)
    log_scale: bool = knob("logScale", Flag(), False, NOTHING)
    chart: str = knob("chart", Choice(CHARTS), "loss", NOTHING)
    all_epochs: bool = knob("allEpochs", Flag(), True, NOTHING)

    # Tables only: how the columns come in, and how a layer's answers become a plane.
    standardize: bool = knob("standardize", Flag(), True, DATA)
    left_out: tuple[int, ...] = knob("leftOut", Ranges(9999), (), DATA)
    projection: str = knob("projection", Choice(("components", "units")), "components", NOTHING)
    unit_x: int = knob("unitX", Whole(1, 99), 1, NOTHING)
    unit_y: int = knob("unitY", Whole(1, 99), 2, NOTHING)
    plane_layer: int = knob("planeLayer", Whole(0, 8), 0, NOTHING)

    # What was done by hand: weights other than the seed draws them, and those held fixed.
    start: str = knob("start", Weights(), "", WEIGHTS)
    frozen: tuple[int, ...] = knob("frozen", Ranges(65_535), (), WEIGHTS)

    # The controls a teacher has hidden, by key (`<key>_hide=true` in a link).
    hidden: frozenset[str] = field(default=frozenset(), metadata={"invalidates": NOTHING})

    @property
    def is_regression(self) -> bool:
        return self.problem == "regression" and self.view == "playground"

    @property
    def dataset_name(self) -> str:
        """The data set in use: the classification or the regression one."""
        return self.reg_dataset if self.is_regression else self.dataset

    @property
    def activations(self) -> tuple[str, ...]:
        """One activation per hidden layer; a layer without its own takes the network's."""
        own = self.layer_activations
        return tuple(
            own[i] if i < len(own) and own[i] else self.activation
            for i in range(len(self.network_shape))
        )

    def with_text(self, name: str, text: str) -> Self:
        """Return these settings with field `name` read from `text`.

        Raises:
            BadValue: If the text is no such value.
        """
        return replace(self, **{name: KNOBS[name].metadata["kind"].read(text)})

    def text(self, name: str) -> str:
        """The value of field `name` as a link or a form element writes it."""
        kind: Kind = KNOBS[name].metadata["kind"]
        return kind.write(getattr(self, name))


KNOBS: dict[str, Field[Any]] = {f.name: f for f in fields(Settings) if "key" in f.metadata}
INPUT_NAMES = ("x", "y", "x_squared", "y_squared", "x_times_y", "sin_x", "sin_y")

# The Wine exercise as the course sets it; a view's defaults are simply Settings.
DEFAULTS = {
    "playground": Settings(),
    "wine": Settings(
        view="wine", dataset="wine", network_shape=(8, 5, 2), activation="tanh",
        initializer="he_normal", optimizer="rmsprop", learning_rate=0.05, batch_size=16,
        shuffle=True, train_share=100, stop_epoch=20, seed="7", speed="batch",
    ),
}  # fmt: skip


def invalidated(old: Settings, new: Settings) -> str:
    """What going from `old` to `new` undoes: "data", "weights" or "nothing"."""
    undone = {
        f.metadata["invalidates"]
        for f in fields(Settings)
        if getattr(old, f.name) != getattr(new, f.name)
    }
    return next((level for level in (DATA, WEIGHTS) if level in undone), NOTHING)
