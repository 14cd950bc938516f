"""Small neural networks on NumPy, written to be read.

A network is three separate things: choices (`Sequential` of `Dense` layers), numbers (one flat
parameter vector) and progress (what `train` hands out). Nothing here prints, draws, keeps time or
knows of a browser; everything that draws random numbers takes the generator.

    wine = load_wine()
    X, y = standardize(wine.X), one_hot(wine.y)
    rng = np.random.default_rng(0)
    model = Sequential([Dense(2, "tanh"), Dense(3, "softmax")], n_inputs=13)
    for progress in train(model, model.init(rng), X, y, loss="categorical_crossentropy", epochs=20):
        params = progress.params
"""

from nncore.activations import ACTIVATIONS
from nncore.datasets import DATASETS
from nncore.gradcheck import GradientCheck, gradcheck
from nncore.initializers import INITIALIZERS
from nncore.layers import Dense
from nncore.learner import Progress
from nncore.losses import LOSSES
from nncore.metrics import accuracy, classify, confusion_matrix, r2_score
from nncore.model import Sequential
from nncore.optimizer import OptimizerState
from nncore.optimizers import OPTIMIZERS, SGD, AdaGrad, Adam, Momentum, Nesterov, RMSprop
from nncore.preprocessing import (
    one_hot,
    principal_components,
    shuffle_split,
    standardize,
    stratified_split,
)
from nncore.regularizers import L1, L2, REGULARIZERS
from nncore.saving import from_json, load_npz, save_npz, to_json
from nncore.schedules import SCHEDULES, Constant, Cosine, Exponential, Step
from nncore.seedrandom import SeedRandom
from nncore.tables import (
    TABLES,
    Table,
    load_breast_cancer,
    load_diabetes,
    load_iris,
    load_wine,
    read_table,
)
from nncore.training import train
from nncore.workspace import Workspace

__version__ = "0.1.0"

__all__ = [
    "ACTIVATIONS",
    "AdaGrad",
    "Adam",
    "Constant",
    "Cosine",
    "DATASETS",
    "Dense",
    "Exponential",
    "GradientCheck",
    "INITIALIZERS",
    "L1",
    "L2",
    "LOSSES",
    "Momentum",
    "Nesterov",
    "OPTIMIZERS",
    "OptimizerState",
    "Progress",
    "REGULARIZERS",
    "RMSprop",
    "SCHEDULES",
    "SGD",
    "SeedRandom",
    "Sequential",
    "Step",
    "TABLES",
    "Table",
    "Workspace",
    "accuracy",
    "classify",
    "confusion_matrix",
    "from_json",
    "gradcheck",
    "load_breast_cancer",
    "load_diabetes",
    "load_iris",
    "load_npz",
    "load_wine",
    "one_hot",
    "principal_components",
    "r2_score",
    "read_table",
    "save_npz",
    "shuffle_split",
    "standardize",
    "stratified_split",
    "to_json",
    "train",
]
