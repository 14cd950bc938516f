"""The notebooks that the page comes with: the Wine lesson in the Keras of today and of 2018.

Written for this page. Each is a list of cells: (kind, text). Where pandas and Matplotlib are not to
be had, the table comes from nncore, and the pictures are the page's own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from explorer.notebook.document import CODE, Cell, Notebook
from explorer.text.wine_notebook import WORDS

Cells: TypeAlias = "list[tuple[str, str]]"

LOAD = (
    'wines = pd.read_csv("data/wine.csv")\n'
    "wines.head()"
)  # fmt: skip
SCALE = (
    'X = wines.drop(columns="Cultivar").to_numpy()\n'
    'y = wines["Cultivar"].to_numpy()\n'
    "X = (X - X.mean(axis=0)) / X.std(axis=0)\n"
)
PACKAGES = (
    "import matplotlib.pyplot as plt\n"
    "import numpy as np\n"
    "import pandas as pd\n"
)  # fmt: skip
LOAD_ALONE = (
    "wine = load_wine()\n"
    "for name, values in zip(wine.feature_names, wine.X.T):\n"
    '    print(f"{name[:20]:20} {values.min():6.1f} to {values.max():6.1f}")'
)
SCALE_ALONE = (
    "X, y = wine.X, wine.y\n"
    "X = (X - X.mean(axis=0)) / X.std(axis=0)\n"
)  # fmt: skip
MEANS = (
    "for cultivar in range(3):\n    print(cultivar, features[y == cultivar].mean(axis=0).round(2))"
)
SCATTER = (
    'colors = ["tab:blue", "tab:orange", "tab:green"]\n'
    "for cultivar in range(3):\n"
    "    here = features[y == cultivar]\n"
    "    plt.scatter(here[:, 0], here[:, 1], c=colors[cultivar], alpha=0.6,\n"
    '                label=f"Cultivar {cultivar}")\n'
    'plt.xlabel("Feature 1")\n'
    'plt.ylabel("Feature 2")\n'
    "plt.legend()\n"
    "plt.show()"
)
CURVE = (
    'plt.plot(history.history["loss"], label="Loss")\n'
    'plt.plot(history.history["{accuracy}"], label="Accuracy")\n'
    'plt.xlabel("Epoch")\n'
    "plt.legend()\n"
    "plt.show()"
)


@dataclass(frozen=True)
class Steps:
    """What of the lesson depends on the packages that there are; of texts, their names."""

    imports: str
    last_import: str
    load_words: str
    load: str
    scale: str
    curve: str  # with {accuracy}
    plot_words: str
    plot: str


WITH_PACKAGES = Steps(
    PACKAGES, "", "load", LOAD, SCALE, CURVE, "plot", SCATTER
)  # fmt: skip
ALONE = Steps(
    "import numpy as np\n", "from nncore import load_wine\n", "load_alone", LOAD_ALONE,
    SCALE_ALONE, "show(model, X, names=wine.feature_names)", "plot_alone", MEANS,
)  # fmt: skip


def today(steps: Steps) -> Cells:
    """The cells in the spelling of Keras 3."""
    return [
        ("markdown", WORDS["welcome"]),
        (
            "code",
            f"{steps.imports}\nimport keras\nfrom keras import layers\n{steps.last_import}\n"
            "keras.utils.set_random_seed(7)",
        ),
        ("markdown", WORDS[steps.load_words]),
        ("code", steps.load),
        ("markdown", WORDS["target"]),
        (
            "code",
            f"{steps.scale}Y = keras.utils.to_categorical(y, num_classes=3)\nX.shape, Y.shape",
        ),
        ("markdown", WORDS["build"]),
        (
            "code",
            "model = keras.Sequential([\n"
            "    keras.Input(shape=(13,)),\n"
            '    layers.Dense(8, activation="tanh", kernel_initializer="he_normal"),\n'
            '    layers.Dense(5, activation="tanh", kernel_initializer="he_normal"),\n'
            '    layers.Dense(2, activation="tanh", kernel_initializer="he_normal"),\n'
            '    layers.Dense(3, activation="softmax"),\n'
            "])\n"
            "model.compile(optimizer=keras.optimizers.RMSprop(learning_rate=0.05),\n"
            '              loss="categorical_crossentropy", metrics=["accuracy"])\n'
            "model.summary()",
        ),
        ("markdown", WORDS["train"]),
        ("code", "history = model.fit(X, Y, batch_size=16, epochs=20, verbose=2)"),
        ("code", steps.curve.format(accuracy="accuracy")),
        ("markdown", WORDS["features"]),
        (
            "code",
            "extractor = keras.Model(inputs=model.inputs, outputs=model.layers[2].output)\n"
            "features = extractor.predict(X, verbose=0)\nfeatures.shape",
        ),
        ("markdown", WORDS[steps.plot_words]),
        ("code", steps.plot),
    ]


def of_2018(steps: Steps) -> Cells:
    """The cells as a course of 2018 writes them."""
    return [
        ("markdown", WORDS["welcome"]),
        (
            "code",
            f"%matplotlib inline\n{steps.imports}\nfrom keras import backend as K\n"
            "from keras.layers import Dense\nfrom keras.models import Sequential\n"
            "from keras.optimizers import RMSprop\nfrom keras.utils import np_utils\n"
            f"{steps.last_import}\nnp.random.seed(7)",
        ),
        ("markdown", WORDS[steps.load_words]),
        ("code", steps.load),
        ("markdown", WORDS["target"]),
        ("code", f"{steps.scale}Y = np_utils.to_categorical(y)\nX.shape, Y.shape"),
        ("markdown", WORDS["build"]),
        (
            "code",
            "K.clear_session()\nmodel = Sequential()\n"
            "model.add(Dense(8, input_shape=(13,), activation='tanh',"
            " kernel_initializer='he_normal'))\n"
            "model.add(Dense(5, activation='tanh', kernel_initializer='he_normal'))\n"
            "model.add(Dense(2, activation='tanh', kernel_initializer='he_normal'))\n"
            "model.add(Dense(3, activation='softmax'))\n"
            "model.compile(RMSprop(lr=0.05), 'categorical_crossentropy', metrics=['acc'])\n"
            "model.summary()",
        ),
        ("markdown", WORDS["train"]),
        ("code", "history = model.fit(X, Y, batch_size=16, epochs=20, verbose=1)"),
        ("code", steps.curve.format(accuracy="acc")),
        ("code", "model.evaluate(X, Y)"),
        ("markdown", WORDS["features"]),
        (
            "code",
            "get_features = K.function([model.layers[0].input], [model.layers[2].output])\n"
            "features = get_features([X])[0]\nfeatures.shape",
        ),
        ("markdown", WORDS[steps.plot_words]),
        ("code", steps.plot),
    ]


def lesson(name: str, has_packages: bool) -> Notebook:
    """One of the notebooks that the page comes with.

    Args:
        has_packages: Whether its cells can import pandas and Matplotlib.
    """
    makers: dict[str, tuple[str, Callable[[Steps], Cells]]] = {
        "lesson_new": (WORDS["name"], today),
        "lesson_old": (WORDS["old_name"], of_2018),
        "empty": ("notebook", lambda _: [(CODE, "")]),
    }
    title, make = makers[name]
    made = make(WITH_PACKAGES if has_packages else ALONE)
    cells = [Cell(f"cell-{place}", *each) for place, each in enumerate(made, 1)]
    return Notebook(title, cells)
