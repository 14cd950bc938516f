"""The experiment in words, as a sheet of paper has to say it."""

from explorer.drawing.scales import decimals, percent
from explorer.text.labels import CHOICES, INPUT_SIGNS
from explorer.text.notices import TEXT
from explorer.text.sheet import SHEET


def title(settings):
    return SHEET[f"title_{settings.view}"].format(data=data_name(settings))


def data_name(settings):
    kind = "reg_dataset" if settings.is_regression else "dataset"
    return CHOICES[kind][settings.dataset_name]


def words(snapshot):
    """(head, sentence) on data, network and training."""
    s, problem, model = snapshot.settings, snapshot.problem, snapshot.model
    return [
        (SHEET["data"], data_words(s, problem)),
        (SHEET["network"], network_words(s, problem, model)),
        (SHEET["training"], training_words(s, problem)),
    ]


def data_words(s, problem):
    count = len(problem.train.inputs) + len(problem.test.inputs)
    if problem.on_plane:
        return SHEET["points"].format(
            data=data_name(s), points=count, noise=s.noise, share=s.train_share, seed=s.seed
        )
    text = SHEET["rows"].format(
        data=data_name(s), rows=count, columns=len(problem.input_names), share=s.train_share,
        seed=s.seed, standardized=SHEET["standardized"] if s.standardize else "",
    )  # fmt: skip
    return text + (SHEET["out"].format(count=len(s.left_out)) if s.left_out else "")


def network_words(s, problem, model):
    inputs = str(len(problem.input_names))
    if problem.on_plane:
        inputs = ", ".join(INPUT_SIGNS.get(name, name) for name in problem.input_names)
    activations = CHOICES["activation"]
    layers = [
        SHEET["layer"].format(units=units, activation=activations[kind].lower())
        for units, kind in zip(s.network_shape, s.activations, strict=True)
    ]
    last = activations[problem.output.activation].lower()
    return SHEET["layers" if layers else "no_layers"].format(
        inputs=inputs, hidden=" → ".join(layers), parameters=model.n_params,
        outputs=SHEET["layer"].format(units=problem.output.units, activation=last),
        initializer=CHOICES["initializer"][s.initializer].lower(),
    )  # fmt: skip


def training_words(s, problem):
    kind, loss = s.regularization, problem.loss
    pull = SHEET["no_regularization"]
    if kind != "none":
        rate = s.text("regularization_rate")
        pull = SHEET["regularization"].format(kind=CHOICES["regularization"][kind], rate=rate)
    names = {
        "categorical_crossentropy": "cross_entropy", "binary_crossentropy": "binary_crossentropy"
    }  # fmt: skip
    schedule = ""
    if s.schedule != "constant":
        schedule = SHEET["schedule"].format(schedule=CHOICES["schedule"][s.schedule].lower())
    return SHEET["rule"].format(
        optimizer=CHOICES["optimizer"][s.optimizer], rate=s.text("learning_rate"),
        schedule=schedule, batch=s.batch_size, loss=SHEET[names.get(loss, "squared")],
        regularization=pull,
    )  # fmt: skip


def numbers(snapshot):
    """(name, number) of the losses and accuracies."""
    last, regression = snapshot.last, snapshot.problem.task == "regression"
    kind, say = ("r2", decimals) if regression else ("accuracy", percent)
    rows = [
        (TEXT["loss_train"], decimals(last.loss_train, 4)),
        (TEXT[f"{kind}_train"], say(last.score_train)),
    ]
    if last.loss_test is not None:
        rows += [
            (TEXT["loss_test"], decimals(last.loss_test, 4)),
            (TEXT[f"{kind}_test"], say(last.score_test)),
        ]
    return rows
