"""From settings to a problem: the rows to learn from, what to learn, and the network for it.

A problem joins the two worlds of the page. A data set of the plane has points, from which the
chosen inputs are computed; a table such as Wine has measured columns, standardized. From here
on both are the same: input columns, labels, targets, a loss and an output layer.
"""

from __future__ import annotations

import functools
from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from explorer.learning import features
from explorer.learning.split import Split, split_table
from explorer.settings.settings import Settings
from nncore import (
    DATASETS,
    TABLES,
    Dense,
    SeedRandom,
    Sequential,
    Table,
    one_hot,
    shuffle_split,
    standardize,
)  # fmt: skip
from nncore.arrays import Array, FloatArray, IntArray, RandomSource
from nncore.kernel.engine import Engine
from nncore.kernel.stream import CompiledRandom

if TYPE_CHECKING:
    from explorer.learning.own_table import OwnTable

Share: TypeAlias = "tuple[FloatArray, Array]"  # points and labels

FEWEST = 10  # points that settings may ask for
MANY = 5000  # points that are too many to be drawn between two frames
MOST_PICTURED = 2000  # rows of a table's share that pictures show
NUMBERS = 4  # random numbers that a data set begins with for each of its points, or fewer
EXTENT = 6.0  # the plane that is drawn: [-6, 6] both ways
_tables: dict[str, Table] = {}  # those that have been read, by name
own_tables: dict[str, OwnTable] = {}  # those of the reader's own, by name


@dataclass(frozen=True)
class Rows:
    """One share of the data: training or test."""

    points: FloatArray | None  # (n, 2) on the plane; None for a table
    inputs: FloatArray  # (n, n_inputs)
    labels: Array  # (n,) class numbers or values
    targets: FloatArray  # (n, n_outputs) what the loss compares with


@dataclass(frozen=True)
class Axis:
    """What one direction of the plane is in the data's own unit: middle + place * unit."""

    name: str
    middle: float
    unit: float

    def value(self, place: float) -> float:
        """What a place of the plane is in the data's own unit."""
        return self.middle + place * self.unit


@dataclass(frozen=True)
class Problem:
    """What one Settings asks a network to learn."""

    task: str  # "binary", "multiclass" or "regression"
    train: Rows
    test: Rows
    input_names: tuple[str, ...]
    class_names: tuple[str, ...]
    loss: str
    output: Dense
    stream: RandomSource  # the random stream, at the place where the initial weights are drawn
    table: Table | None = None  # where the rows come from, if that is a table
    split: Split | None = None  # which of the table's rows are used, and how
    axes: tuple[Axis, Axis] | None = None  # of a table of the reader's own on the plane

    @property
    def n_pictured(self) -> int:
        """How many training rows a barcode shows: all but of very large tables."""
        n = len(self.train.inputs)
        return n if self.on_plane else min(n, MOST_PICTURED)

    @property
    def on_plane(self) -> bool:
        return self.train.points is not None

    def n_batches(self, batch_size: int) -> int:
        """How many batches an epoch has."""
        return -(-len(self.train.inputs) // batch_size)

    def model(self, settings: Settings) -> Sequential:
        """The network that `settings` describes, for these inputs and outputs."""
        initializer = "zeros" if settings.init_zero else settings.initializer
        hidden = [
            Dense(units, activation, initializer)
            for units, activation in zip(settings.network_shape, settings.activations, strict=True)
        ]
        return Sequential([*hidden, self.output], n_inputs=len(self.input_names))


def make_problem(settings: Settings, engine: Engine | None = None) -> Problem:
    """The problem of `settings`; the same settings always give the same one.

    Args:
        engine: An nncore.kernel Engine that draws many points quickly; None leaves it to Python.
    """
    if settings.dataset_name in own_tables:
        return own_tables[settings.dataset_name].problem(settings)
    if settings.dataset_name in TABLES and not settings.is_regression:
        return table_problem(settings)
    return plane_problem(settings, engine)


def outline(settings: Settings) -> Problem:
    """A problem like that of `settings`, of as few points as may be: the same but for its rows."""
    return make_problem(replace(settings, n_points=FEWEST))


@functools.lru_cache(maxsize=1)
def stream_of(seed: str, engine: Engine | None) -> SeedRandom:
    """The random stream of a seed where it begins; who draws from it takes a copy."""
    return SeedRandom(seed) if engine is None else CompiledRandom(seed, engine)


@functools.lru_cache(maxsize=1)
def make_points(
    dataset: str, n: int, noise: int, seed: str, engine: Engine | None
) -> tuple[FloatArray, Array, SeedRandom]:
    """(X, y, the stream behind them) for a data set of the plane."""
    stream = stream_of(seed, engine).copy()
    return *DATASETS[dataset].make(n, noise / 100, stream), stream


@functools.lru_cache(maxsize=8)
def split_points(share: int, *what: Any) -> tuple[Share, Share, SeedRandom]:
    """((X, y) training, (X, y) test, the stream behind them) of `make_points(*what)`."""
    X, y, stream = make_points(*what)
    stream = stream.copy()
    X_train, X_test, y_train, y_test = shuffle_split(X, y, share / 100, stream)
    return (X_train, y_train), (X_test, y_test), stream


def points_of(
    settings: Settings, engine: Engine | None
) -> tuple[str, int, int, str, Engine | None]:
    """What `make_points` is to be asked for."""
    name = settings.dataset_name
    n = settings.n_points or DATASETS[name].n_default
    return name, n, settings.noise, settings.seed, engine


def takes_long(settings: Settings) -> bool:
    """Whether a frame is too short for all of the problem, so that `preparing` it is worth it."""
    if settings.dataset_name in DATASETS:
        return settings.n_points > MANY
    own = own_tables.get(settings.dataset)
    return settings.dataset not in _tables if own is None else own.n_rows > MANY


def preparing(settings: Settings, engine: Engine | None) -> Generator[None, None, Problem]:
    """Make the problem of `settings` part by part: a generator that waits after every part, and
    returns the Problem."""
    if settings.dataset_name in DATASETS:
        what = points_of(settings, engine)
        if engine is not None:
            numbers = NUMBERS * settings.n_points
            stream = stream_of(settings.seed, engine)
            if isinstance(stream, CompiledRandom):
                yield from stream.ahead(numbers)
        make_points(*what)
        stream_of.cache_clear()
        yield
        split_points(settings.train_share, *what)
    elif own := own_tables.get(settings.dataset):
        return (yield from own.preparing(settings))
    else:
        table_of(settings.dataset)
        yield
        generator(settings.seed)
    yield
    return make_problem(settings, engine)


def plane_problem(settings: Settings, engine: Engine | None) -> Problem:
    info = DATASETS[settings.dataset_name]
    train, test, stream = split_points(settings.train_share, *points_of(settings, engine))
    names = features.chosen(settings)
    loss, output = output_layer(info.task, info.n_classes, settings)

    def rows(X: FloatArray, y: Array) -> Rows:
        return Rows(X, features.features(X, names), y, targets(info.task, info.n_classes, loss, y))

    return Problem(
        info.task, rows(*train), rows(*test), names, tuple(map(str, range(info.n_classes))),
        loss, output, stream.copy(),
    )  # fmt: skip


def table_problem(settings: Settings) -> Problem:
    table = table_of(settings.dataset)
    task = "multiclass" if table.class_names else "regression"
    y = table.y if table.class_names else standardize(table.y.reshape(-1, 1))[:, 0]
    rng = generator(settings.seed)
    split = split_table(table, settings, rng)
    loss, output = output_layer(task, table.n_classes, settings)

    def rows(numbers: IntArray) -> Rows:
        labels = y[numbers]
        return Rows(
            None, split.inputs[numbers], labels, targets(task, table.n_classes, loss, labels)
        )

    return Problem(
        task, rows(split.train), rows(split.test), tuple(table.feature_names),
        tuple(table.class_names), loss, output, rng, table, split,
    )  # fmt: skip


def table_of(name: str) -> Table:
    """The table called `name`; read once."""
    if name not in _tables:
        _tables[name] = TABLES[name].load()
    return _tables[name]


def generator(seed: str) -> np.random.Generator:
    """NumPy's generator for a seed as written on the page: whole numbers are taken as such."""
    return np.random.default_rng(int(seed) if seed.isdecimal() else list(seed.encode()))


def output_layer(task: str, n_classes: int, settings: Settings) -> tuple[str, Dense]:
    """(loss name, output layer) for a task: the playground's, or cross-entropy's own pair."""
    initializer = "zeros" if settings.init_zero else settings.initializer
    if task == "regression":
        return "half_mse", Dense(1, "linear", initializer)
    if task == "multiclass":
        softmax_start = "glorot_uniform" if initializer.startswith("he_") else initializer
        return "categorical_crossentropy", Dense(n_classes, "softmax", softmax_start)
    if settings.loss == "cross_entropy":
        return "binary_crossentropy", Dense(1, "sigmoid", initializer)
    return "half_mse", Dense(1, "tanh", initializer)


def targets(task: str, n_classes: int, loss: str, labels: Array) -> FloatArray:
    """Labels as the loss wants them, one row each: one-hot, 0/1, -1/+1 or the value itself."""
    if task == "multiclass" and not len(labels):
        return np.empty((0, n_classes))
    if task == "multiclass":
        return one_hot(labels.astype(int), n_classes)
    column = labels.reshape(-1, 1).astype(float)
    return (column + 1) / 2 if loss == "binary_crossentropy" else column
