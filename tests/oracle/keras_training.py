"""What the real Keras computes in training: optimizers, losses, layers, callbacks.

    python tests/oracle/keras_training.py FOLDER      (keras==3.15.1, jax==0.10.2)

Weights are those after some epochs; every case has a fixed start and no random number.
"""

import numpy as np
from keras_env import OPT, L, keras, network, plain, run, save, start, wine

S = OPT.schedules
OPTIMIZERS = (
    *("SGD(0.05)", "SGD(0.05, momentum=0.9)", "SGD(0.05, momentum=0.9, nesterov=True)"),
    *("SGD(0.05, weight_decay=0.01)", "SGD(0.5, clipnorm=0.1)", "SGD(0.5, clipvalue=0.01)"),
    *("SGD(0.5, global_clipnorm=0.1)", "RMSprop(0.05)", "RMSprop(0.01, momentum=0.9)"),
    *("RMSprop(0.01, centered=True)", "RMSprop(0.01, rho=0.5, momentum=0.5, centered=True)"),
    *("Adam(0.01)", "Adam(0.01, amsgrad=True)", "Adam(0.01, beta_1=0.5, beta_2=0.9, epsilon=0.1)"),
    *("AdamW(0.01)", "AdamW(0.01, weight_decay=0.1, clipnorm=0.5)", "Adamax(0.01)"),
    *("Nadam(0.01)", "Adagrad(0.05)", "Adagrad(0.05, initial_accumulator_value=0.5)"),
    *("Adadelta(1.0)", "Lion(0.001)", "Ftrl(0.05)", "Ftrl(0.05, l1_regularization_strength=0.01)"),
    *("SGD(ExponentialDecay(0.1, 5, 0.5))", "SGD(CosineDecay(0.1, 20))"),
    *("SGD(ExponentialDecay(0.1, 5, 0.5, staircase=True))", "Adam(InverseTimeDecay(0.1, 5, 0.5))"),
    *("SGD(PiecewiseConstantDecay([4, 20], [0.1, 0.05, 0.01]))",),
    *("SGD(PolynomialDecay(0.1, 20, 0.01, power=2.0))", "SGD(PolynomialDecay(0.1, 7, cycle=True))"),
    *("SGD(CosineDecay(0.01, 20, alpha=0.1, warmup_target=0.2, warmup_steps=5))",),
    *("SGD(CosineDecayRestarts(0.1, 5, t_mul=1.5, m_mul=0.9, alpha=0.1))",),
)
rng = np.random.default_rng(1)
X4 = rng.standard_normal((50, 4))
noise = rng.standard_normal(50) * 0.1
REGRESSION = np.tanh(X4[:, 0] - X4[:, 1]) + noise
BINARY = (REGRESSION > 0).astype(float)
CLASSES = np.digitize(REGRESSION, [-0.5, 0.5])
ONE_HOT = np.eye(3)[CLASSES]
CROSS = "categorical_crossentropy"


def optimizers():
    X, Y = wine()
    cases = {}
    for label in OPTIMIZERS:
        model = network()
        start(model)
        cases[label] = run(model, X, Y, CROSS, eval(label, {**vars(OPT), **vars(S)}), epochs=3)
    start(model)
    about = (
        "Wine, standardized with the population's deviation, rows in their order, 13-8-5-2-3"
        " tanh, softmax, categorical_crossentropy, batch 16 (the last has 2 rows), shuffle=False,"
        " 3 epochs; weights after them"
    )
    save("optimizers", about, initial=[plain(w) for w in model.get_weights()], cases=cases)


def case(model, x, y, loss, metrics=("accuracy",), optimizer=None, **fit):
    start(model)
    first = [plain(each) for each in model.get_weights()]
    found = run(model, x, y, loss, optimizer or OPT.SGD(0.1), metrics=metrics, **fit)
    measured = model.evaluate(x, y, verbose=0, return_dict=True)
    return {"initial": first, **found, "evaluate": {k: float(v) for k, v in measured.items()}}


def losses():
    cases = {}

    def add(label, last, out, y, loss=None, metrics=("accuracy",)):
        model = network((3,), out, last, n=4)
        cases[label] = case(model, X4, y, label if loss is None else loss, metrics)

    for loss in ("mse", "mae", "mape", "msle", "huber", "log_cosh"):
        add(loss, "linear", 1, REGRESSION, metrics=("mae",))
    add("mse of softmax", "softmax", 3, ONE_HOT, "mse")
    add("mse of three", "linear", 3, ONE_HOT, "mse", ("mae", "mse"))
    for loss in ("binary_crossentropy", "binary_focal_crossentropy"):
        add(loss, "sigmoid", 1, BINARY)
    add("binary_crossentropy of three", "sigmoid", 3, ONE_HOT, "binary_crossentropy")
    add("binary_crossentropy of tanh", "tanh", 1, BINARY * 0.5, "binary_crossentropy")
    for loss in ("hinge", "squared_hinge"):
        add(loss, "tanh", 1, 2 * BINARY - 1)
    add("hinge of 0 and 1", "tanh", 1, BINARY, "hinge")
    add("categorical_hinge", "tanh", 3, ONE_HOT)
    add("categorical_crossentropy", "softmax", 3, ONE_HOT)
    add("categorical_crossentropy of sigmoids", "sigmoid", 3, ONE_HOT, CROSS)
    add("sparse_categorical_crossentropy", "softmax", 3, CLASSES)
    add("kl_divergence", "softmax", 3, ONE_HOT * 0.8 + 0.2 / 3)
    add("poisson", "softplus", 1, np.round(np.exp(REGRESSION)), metrics=("mse",))
    add("cosine_similarity", "linear", 3, ONE_HOT, metrics=())
    K = keras.losses
    add(
        "label_smoothing 0.1", "softmax", 3, ONE_HOT, K.CategoricalCrossentropy(label_smoothing=0.1)
    )
    smooth = K.BinaryCrossentropy(label_smoothing=0.2)
    add("binary label_smoothing 0.2", "sigmoid", 1, BINARY, smooth)
    add("from_logits", "linear", 1, BINARY, K.BinaryCrossentropy(from_logits=True), ())
    add(
        "categorical from_logits", "linear", 3, ONE_HOT, K.CategoricalCrossentropy(from_logits=True)
    )
    logits = K.SparseCategoricalCrossentropy(from_logits=True)
    add("sparse from_logits", "linear", 3, CLASSES, logits)
    add("huber 0.3", "linear", 1, REGRESSION, K.Huber(delta=0.3), ("mae",))
    add("sum", "linear", 1, REGRESSION * 0.1, K.MeanSquaredError(reduction="sum"), ("mae",))
    focal = K.BinaryFocalCrossentropy(apply_class_balancing=True, gamma=1.5)
    add("balanced focal", "sigmoid", 1, BINARY, focal)
    about = "50 rows of standard normals, 4-3-out tanh, SGD(0.1), batch 16, shuffle=False, 2 epochs"
    data = dict(x=plain(X4), regression=plain(REGRESSION), binary=plain(BINARY))
    save("losses", about, **data, classes=CLASSES.tolist(), cases=cases)


def training():
    R, C = keras.regularizers, keras.constraints
    options = {
        "l1 0.01": dict(kernel_regularizer=R.L1(0.01)),
        "l2 0.01": dict(kernel_regularizer=R.L2(0.01)),
        "l1_l2 0.01 0.02": dict(kernel_regularizer=R.L1L2(0.01, 0.02)),
        "bias l2 0.1": dict(bias_regularizer=R.L2(0.1)),
        "activity l1 0.01": dict(activity_regularizer=R.L1(0.01)),
        "max_norm 1": dict(kernel_constraint=C.MaxNorm(1.0)),
        "non_neg": dict(kernel_constraint=C.NonNeg()),
        "unit_norm": dict(kernel_constraint=C.UnitNorm()),
        "min_max_norm": dict(kernel_constraint=C.MinMaxNorm(0.5, 1.0, rate=0.5)),
        "no bias": dict(use_bias=False),
    }
    names = "elu gelu selu mish leaky_relu hard_sigmoid softsign relu6 silu exponential celu"
    for name in (names + " softmax log_softmax squareplus").split():
        options[f"activation {name}"] = dict(hidden=name)
    cases = {
        name: case(network((3,), n=4, **kw), X4, ONE_HOT, CROSS) for name, kw in options.items()
    }
    fits = {
        "class_weight 0:1 1:2 2:5": dict(class_weight={0: 1.0, 1: 2.0, 2: 5.0}),
        "class_weight of some": dict(class_weight={2: 5.0}),
        "sample_weight 1..50 / 50": dict(sample_weight=np.arange(1, 51) / 50),
        "validation_split 0.3": dict(validation_split=0.3),
        "validation_data weighted": dict(
            validation_data=(X4[:9], ONE_HOT[:9], np.arange(9) / 4), validation_freq=2
        ),
        "weighted metrics": dict(
            sample_weight=np.arange(50) % 3, weighted_metrics=["accuracy", "mse"], metrics=["mae"]
        ),
    }
    for name, kw in fits.items():
        cases[name] = case(network((3,), n=4), X4, ONE_HOT, CROSS, **kw)
    numbers = ("accuracy", "sparse_top_k_categorical_accuracy")
    cases["weighted_metrics"] = case(
        network((3,), n=4), X4, CLASSES, "sparse_categorical_crossentropy", numbers,
        sample_weight=np.arange(50) % 3,
    )  # fmt: skip
    for name, size in {"batch 1": 1, "batch larger than data": 64}.items():
        model = network((3,), 1, "sigmoid", n=4)
        cases[name] = case(model, X4, BINARY, "binary_crossentropy", batch_size=size)
    normalized(cases)
    several_outputs(cases)
    frozen = network((3, 3), n=4)
    frozen.layers[0].trainable = False
    cases["frozen first layer"] = case(frozen, X4, ONE_HOT, CROSS, optimizer=OPT.Adam(0.01))
    dropped = keras.Sequential([keras.Input((4,)), L.Dense(3, "tanh"), L.Dropout(0.5), L.Dense(1)])
    start(dropped)
    cases["Dropout predict"] = {
        "initial": [plain(w) for w in dropped.get_weights()],
        "predict": plain(dropped.predict(X4[:5], verbose=0)),
    }
    about = "As losses.json (its x and classes); options on the hidden layer, and what fit takes"
    save("training", about, cases=cases)


def normalized(cases):
    """Batch normalization, with all its options, and what predict gives after it."""
    options = {
        "BatchNormalization": {},
        "BatchNormalization options": dict(momentum=0.5, epsilon=0.1, scale=False),
        "BatchNormalization l2": dict(gamma_regularizer="l2", center=False),
    }
    for name, kw in options.items():
        layers = [L.Dense(3), L.BatchNormalization(**kw), L.Activation("relu")]
        model = keras.Sequential([keras.Input((4,)), *layers, L.Dense(3, activation="softmax")])
        draws = np.random.default_rng(0)
        values = {
            v.path: draws.standard_normal(v.shape) * 0.5
            for v in model.weights
            if v.path.split("/")[-1] in ("kernel", "bias")
        }
        model.set_weights([values.get(v.path, np.asarray(v)) for v in model.weights])
        first = [plain(each) for each in model.get_weights()]
        found = run(model, X4, ONE_HOT, CROSS, OPT.SGD(0.1))
        order = ["/".join(v.path.split("/")[-2:]) for v in model.weights]
        predicted = plain(model.predict(X4[:5], verbose=0))
        cases[name] = {"initial": first, **found, "predict": predicted, "order": order}


def several_outputs(cases):
    """Two outputs of one stack, each with a loss, a weight and metrics."""
    inputs = keras.Input((4,))
    hidden = L.Dense(3, activation="tanh", name="hidden")(inputs)
    number = L.Dense(1, name="number")(hidden)
    kind = L.Dense(3, activation="softmax", name="kind")(hidden)
    model = keras.Model(inputs, [number, kind])
    start(model)
    first = [plain(each) for each in model.get_weights()]
    found = run(
        model, X4, [REGRESSION, ONE_HOT], ["mse", CROSS], OPT.SGD(0.1),
        metrics=[["mae"], ["accuracy"]], loss_weights=[0.5, 2.0],
    )  # fmt: skip
    measured = model.evaluate(X4, [REGRESSION, ONE_HOT], verbose=0)
    cases["two outputs"] = {"initial": first, **found, "evaluate list": plain(measured)}


class Track(keras.callbacks.Callback):
    """Replaces val_loss by a script, and notes the learning rate."""

    def __init__(self, script):
        super().__init__()
        self.script, self.rates = script, []

    def on_epoch_end(self, epoch, logs):
        logs["val_loss"] = self.script[epoch]
        self.rates.append(float(self.model.optimizer.learning_rate))


def callbacks():
    scripts = {
        "falls then rises": [5, 4, 3, 3.5, 3.2, 3.1, 3.05, 2.9, 2.95, 3, 3, 3],
        "flat": [1.0] * 12,
        "tiny gains": [1 - 0.00005 * k for k in range(12)],
        "nan": [3, 2, float("nan"), 1, 1, 1, 1, 1, 1, 1, 1, 1],
    }
    stop = [
        dict(patience=0), dict(patience=1), dict(patience=2, min_delta=1e-4),
        dict(patience=2, start_from_epoch=4), dict(patience=3, baseline=2.5),
        dict(patience=2, restore_best_weights=True), dict(patience=1, mode="max"),
    ]  # fmt: skip
    lower = [
        dict(patience=1, factor=0.5), dict(patience=2, factor=0.1, cooldown=2),
        dict(patience=1, factor=0.5, min_lr=0.04), dict(patience=2, factor=0.5, mode="max"),
    ]  # fmt: skip
    kinds = [("EarlyStopping", kw) for kw in stop] + [("ReduceLROnPlateau", kw) for kw in lower]
    cases = []
    for name, script in scripts.items():
        for kind, kw in kinds:
            model = network((3,), 1, "linear", n=4)
            start(model)
            model.compile(OPT.SGD(0.1), "mse")
            track, callback = (
                Track(script),
                getattr(keras.callbacks, kind)(monitor="val_loss", **kw),
            )
            options = dict(epochs=12, batch_size=50, verbose=0, shuffle=False)
            history = model.fit(X4, REGRESSION, callbacks=[track, callback], **options)
            found = dict(epochs_run=len(history.epoch), rates_after_epoch=track.rates)
            found["stopped_epoch"] = getattr(callback, "stopped_epoch", None)
            found["final_loss"] = float(model.evaluate(X4, REGRESSION, verbose=0))
            cases.append({"script": name, "callback": kind, "args": kw, **found})
    about = "val_loss replaced by a script after each of 12 epochs; 4-3-1, SGD(0.1), whole batch"
    save("callbacks", about, scripts=scripts, cases=cases)


if __name__ == "__main__":
    optimizers()
    losses()
    training()
    callbacks()
