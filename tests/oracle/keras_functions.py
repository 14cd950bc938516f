"""What the real Keras computes without training: activations, metrics, schedules, texts.

python tests/oracle/keras_functions.py FOLDER      (keras==3.15.1, jax==0.10.2)
"""

import contextlib
import io
import os

import numpy as np
from keras_env import OPT, L, keras, network, plain, save

S = OPT.schedules
V = np.array([-4.0, -3.0, -2.5, -1.5, -1.0, -0.5, -1e-3, 0.0, 1e-3, 0.5, 1.0, 1.5, 2.5, 3.0, 4, 30])
NAMES = (
    "celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_tanh leaky_relu linear"
    " log_sigmoid log_softmax mish relu relu6 selu sigmoid silu softmax soft_shrink softplus"
    " softsign sparse_plus sparse_sigmoid squareplus swish tanh tanh_shrink threshold"
)
CALLS = {
    "relu": [dict(negative_slope=0.1), dict(max_value=2.0), dict(threshold=1.0),
             dict(negative_slope=0.1, max_value=2.0, threshold=0.5)],
    "leaky_relu": [dict(negative_slope=0.3)],
    "elu": [dict(alpha=0.5)],
    "celu": [dict(alpha=0.5)],
    "gelu": [dict(approximate=True)],
    "hard_shrink": [dict(threshold=1.2)],
    "soft_shrink": [dict(threshold=1.2)],
    "squareplus": [dict(b=1)],
    "threshold": [dict(threshold=1.2, default_value=-7.0)],
}  # fmt: skip


def activations():
    row, cases, calls = keras.ops.convert_to_tensor(V[None]), {}, []
    for name in NAMES.split():
        try:
            cases[name] = plain(keras.activations.get(name)(row)[0])
        except TypeError as error:
            cases[name] = {"raises": type(error).__name__}
    for name, options in CALLS.items():
        for kw in options:
            value = plain(getattr(keras.activations, name)(row, **kw)[0])
            calls.append({"name": name, "args": kw, "value": value})
    save(
        "activations",
        "keras.activations on one row of numbers",
        x=plain(V),
        cases=cases,
        calls=calls,
    )


METRICS = {
    "binary": (
        *("BinaryAccuracy()", "BinaryAccuracy(threshold=0.3)", "Precision()", "Recall()"),
        *("Precision(thresholds=0.3)", "Recall(thresholds=[0.2, 0.7])", "AUC()"),
        *("AUC(num_thresholds=20)", "AUC(curve='PR')", "AUC(num_thresholds=9, curve='PR')"),
        *("AUC(summation_method='minoring')", "AUC(curve='PR', summation_method='majoring')"),
        *("TruePositives()", "FalsePositives()", "TrueNegatives()", "FalseNegatives()"),
        *("BinaryCrossentropy()", "Hinge()", "MeanSquaredError()", "MeanAbsoluteError()"),
        *("RootMeanSquaredError()", "LogCoshError()", "Poisson()", "KLDivergence()"),
        *("MeanAbsolutePercentageError()", "MeanSquaredLogarithmicError()", "Accuracy()"),
        *("F1Score(threshold=0.5)", "SquaredHinge()"),
    ),
    "classes": (
        *("CategoricalAccuracy()", "TopKCategoricalAccuracy(k=2)", "CategoricalCrossentropy()"),
        *("CategoricalCrossentropy(label_smoothing=0.1)", "CategoricalHinge()"),
        *("CosineSimilarity()", "Precision(class_id=1)", "Recall(top_k=2)", "F1Score()"),
        *("F1Score(average='macro')", "F1Score(average='micro')", "F1Score(average='weighted')"),
        *("FBetaScore(beta=2.0, threshold=0.4)", "R2Score()"),
        *("R2Score(class_aggregation='variance_weighted_average')", "MeanSquaredError()"),
    ),
    "numbers": ("SparseCategoricalAccuracy()", "SparseTopKCategoricalAccuracy(k=2)",
                "SparseCategoricalCrossentropy()"),
}  # fmt: skip


def metrics():
    rng = np.random.default_rng(3)
    p = rng.dirichlet(np.ones(3), 40)
    classes = np.array([rng.choice(3, p=row) for row in p])
    binary = (rng.random(40) < p[:, 0]).astype(float)[:, None]
    data = {
        "binary": (binary, p[:, :1]),
        "classes": (np.eye(3)[classes], p),
        "numbers": (classes[:, None], p),
    }
    weights = np.arange(40) % 4 + 0.5
    cases = []
    for group, labels in METRICS.items():
        y, o = data[group]
        for label in labels:
            for weighted in (False, True):
                metric = eval(f"keras.metrics.{label}")
                for part in (slice(0, 17), slice(17, 40)):
                    w = weights[part] if weighted else None
                    metric.update_state(y[part], o[part], sample_weight=w)
                value = plain(metric.result())
                entry = dict(data=group, metric=label, weighted=weighted, name=metric.name)
                cases.append(entry | {"value": value})
    given = {name: [plain(y), plain(o)] for name, (y, o) in data.items()}
    save(
        "metrics",
        "Two updates, rows 0-16 and 17-39",
        data=given,
        weights=plain(weights),
        cases=cases,
    )


SCHEDULES = (
    *("ExponentialDecay(0.1, 7, 0.5)", "ExponentialDecay(0.1, 7, 0.5, staircase=True)"),
    *("InverseTimeDecay(0.1, 7, 0.5)", "InverseTimeDecay(0.1, 7, 0.5, staircase=True)"),
    *("PiecewiseConstantDecay([4, 20], [0.1, 0.05, 0.01])", "PolynomialDecay(0.1, 20)"),
    *("PolynomialDecay(0.1, 7, 0.01, power=2.0, cycle=True)", "CosineDecay(0.1, 20)"),
    *("CosineDecay(0.01, 20, alpha=0.1, warmup_target=0.2, warmup_steps=5)",),
    *("CosineDecayRestarts(0.1, 5)", "CosineDecayRestarts(0.1, 5, t_mul=1.0, alpha=0.1)"),
)


def schedules():
    steps = list(range(60))
    cases = {
        label: [float(eval(label, vars(S))(step)) for step in steps] for label in SCHEDULES
    }  # fmt: skip
    save("schedules", "The rate at steps 0 to 59", cases=cases)


def printed(function, *args, **kwargs):
    """What a call writes to the standard output."""
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        function(*args, **kwargs)
    return stream.getvalue()


def stacked():
    layers = [L.Dense(8, activation="tanh"), L.BatchNormalization(), L.Dropout(0.2), L.Dense(3)]
    return keras.Sequential([keras.Input((13,)), *layers, L.Activation("softmax")])


def functional():
    inputs = keras.Input((4,), name="measurements")
    hidden = L.Dense(3, activation="relu", name="hidden")(inputs)
    return keras.Model(inputs, L.Dense(1, name="result")(hidden), name="small")


def texts():
    """summary() of some models, and the lines that fit, evaluate and predict write."""
    os.environ["COLUMNS"] = "100"
    found = {}
    for name, make in {
        "wine": network,
        "stack": stacked,
        "functional": functional,
        "unbuilt": lambda: keras.Sequential([L.Dense(4), L.Dense(1)]),
        "long names": lambda: keras.Sequential(
            [
                keras.Input((4,)),
                L.Dense(2, name="a_layer_with_quite_a_long_name_for_the_table_of_layers"),
            ]
        ),
        "images": lambda: keras.Sequential(
            [keras.Input((28, 28)), L.Flatten(), L.Dense(128, "relu"), L.Dense(10, "softmax")]
        ),
    }.items():
        keras.backend.clear_session()
        model = make()
        lines = []
        for width in (None, 60):
            model.summary(print_fn=lines.append, line_length=width)
        model.summary(print_fn=lines.append, show_trainable=True)
        found[name] = lines
    keras.backend.clear_session()
    model = network((2,), n=4)
    model.compile("sgd", "categorical_crossentropy", metrics=["accuracy"])
    x, y = np.random.default_rng(0).standard_normal((40, 4)), np.eye(3)[np.arange(40) % 3]
    found["fit 1"] = printed(model.fit, x, y, epochs=2, verbose=1, validation_split=0.5)
    found["fit 2"] = printed(model.fit, x, y, epochs=2, verbose=2, batch_size=4)
    found["fit of one epoch"] = printed(model.fit, x, y, verbose=2)
    found["evaluate 1"] = printed(model.evaluate, x, y, verbose=1)
    found["evaluate 2"] = printed(model.evaluate, x, y, verbose=2)
    found["predict 1"] = printed(model.predict, x, verbose=1)
    lines = []
    model.summary(print_fn=lines.append)
    found["trained"] = lines
    save(
        "texts",
        "summary() at 100 columns; lines of fit, evaluate, predict (times vary)",
        cases=found,
    )


if __name__ == "__main__":
    activations()
    metrics()
    schedules()
    texts()
