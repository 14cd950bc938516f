"""The Wine lesson as notebooks: the same walk in the Keras of today and in that of 2018.

Written for this page. Each is a list of cells: (kind, text).
"""

from explorer.text.language import texts

WORDS = texts("wine_notebook", {
    "name": "wine",
    "old_name": "wine-2018",
    "welcome": "# Three kinds of wine, two numbers\n\n"
    "178 wines from three cultivars, 13 measurements each. A network learns to tell the cultivars "
    "apart, and its last hidden layer has only **two** units: so it has to sum each wine up in two "
    "numbers, which we then draw.\n\n"
    "Press *Run all*, or go through the cells with Shift + Enter.",
    "load": "## 1 Look at the table\n\nThe given tables lie in `data/`.",
    "target": "## 2 Inputs and target\n\nThe cultivar becomes three numbers, one per class, of "
    "which one is 1 (*one-hot*). Each measurement is brought to mean 0 and standard deviation 1: "
    "proline counts in hundreds, hue in tenths, and the network should not care.",
    "build": "## 3 Build the network\n\n13 inputs, hidden layers of 8, 5 and 2 units, three "
    "outputs.",
    "train": "## 4 Train it\n\n20 epochs in batches of 16.",
    "features": "## 5 Two numbers for each wine\n\nEverything from the input of layer 0 to the "
    "output of layer 2, as a function of its own.",
    "plot": "## 6 Draw them",
})  # fmt: skip

LOAD = (
    'wines = pd.read_csv("data/wine.csv")\n'
    "wines.head()"
)  # fmt: skip
SCALE = (
    'X = wines.drop(columns="Cultivar").to_numpy()\n'
    'y = wines["Cultivar"].to_numpy()\n'
    "X = (X - X.mean(axis=0)) / X.std(axis=0)\n"
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


def today():
    """The cells in the spelling of Keras 3."""
    return [
        ("markdown", WORDS["welcome"]),
        (
            "code",
            "import matplotlib.pyplot as plt\nimport numpy as np\nimport pandas as pd\n\n"
            "import keras\nfrom keras import layers\n\nkeras.utils.set_random_seed(7)",
        ),
        ("markdown", WORDS["load"]),
        ("code", LOAD),
        ("markdown", WORDS["target"]),
        (
            "code",
            f"{SCALE}Y = keras.utils.to_categorical(y, num_classes=3)\nX.shape, Y.shape",
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
        ("code", CURVE.format(accuracy="accuracy")),
        ("markdown", WORDS["features"]),
        (
            "code",
            "extractor = keras.Model(inputs=model.inputs, outputs=model.layers[2].output)\n"
            "features = extractor.predict(X, verbose=0)\nfeatures.shape",
        ),
        ("markdown", WORDS["plot"]),
        ("code", SCATTER),
    ]


def of_2018():
    """The cells as a course of 2018 writes them."""
    return [
        ("markdown", WORDS["welcome"]),
        (
            "code",
            "%matplotlib inline\nimport matplotlib.pyplot as plt\nimport numpy as np\n"
            "import pandas as pd\n\nfrom keras import backend as K\n"
            "from keras.layers import Dense\nfrom keras.models import Sequential\n"
            "from keras.optimizers import RMSprop\nfrom keras.utils import np_utils\n\n"
            "np.random.seed(7)",
        ),
        ("markdown", WORDS["load"]),
        ("code", LOAD),
        ("markdown", WORDS["target"]),
        ("code", f"{SCALE}Y = np_utils.to_categorical(y)\nX.shape, Y.shape"),
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
        ("code", CURVE.format(accuracy="acc")),
        ("code", "model.evaluate(X, Y)"),
        ("markdown", WORDS["features"]),
        (
            "code",
            "get_features = K.function([model.layers[0].input], [model.layers[2].output])\n"
            "features = get_features([X])[0]\nfeatures.shape",
        ),
        ("markdown", WORDS["plot"]),
        ("code", SCATTER),
    ]
