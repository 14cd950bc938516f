"""KerasClassifier and KerasRegressor inside scikit-learn: folds, searches, pipelines."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from keras_fixtures import OPT, L, wine

from nncore import keras, load_wine
from nncore.keras.wrappers.scikit_learn import KerasClassifier, KerasRegressor

sklearn = pytest.importorskip("sklearn")
from sklearn.base import clone  # noqa: E402
from sklearn.model_selection import GridSearchCV, StratifiedKFold, cross_val_score  # noqa: E402
from sklearn.pipeline import make_pipeline  # noqa: E402
from sklearn.preprocessing import StandardScaler  # noqa: E402

X, ONE_HOT = wine()
TABLE = load_wine()


def classifier(units=4, loss="categorical_crossentropy"):
    layers = [L.Dense(units, "tanh"), L.Dense(3, "softmax")]
    model = keras.Sequential([keras.Input((13,)), *layers])
    model.compile(OPT.RMSprop(0.02), loss, metrics=["accuracy"])
    return model


def regressor():
    model = keras.Sequential([keras.Input((13,)), L.Dense(5, "tanh"), L.Dense(1)])
    model.compile(OPT.Adam(0.02), "mse")
    return model


def test_folds_and_pipelines():
    estimator = KerasClassifier(build_fn=classifier, epochs=15, batch_size=16, verbose=0)
    folds = StratifiedKFold(3, shuffle=True, random_state=0)
    scores = cross_val_score(estimator, X, TABLE.y, cv=folds)
    assert scores.min() > 0.85
    pipeline = make_pipeline(StandardScaler(), estimator)
    assert cross_val_score(pipeline, TABLE.X, TABLE.y, cv=folds).min() > 0.85


def test_scikit_learn_may_come_after_keras():
    """In a notebook of the page it is fetched by the first cell that imports it."""
    program = (
        "import sys; sys.modules['sklearn'] = None\n"
        "from nncore import keras\n"
        "from nncore.keras.wrappers.scikit_learn import KerasClassifier, KerasRegressor\n"
        "def build(units=2):\n"
        "    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(units, 'tanh'),\n"
        "                              keras.layers.Dense(1, 'sigmoid')])\n"
        "    model.compile('adam', 'binary_crossentropy')\n    return model\n"
        "early = KerasClassifier(build_fn=build, verbose=0, epochs=2)\n"
        "del sys.modules['sklearn']\n"
        "import numpy as np\n"
        "from sklearn.base import is_classifier, is_regressor\n"
        "from sklearn.model_selection import GridSearchCV, cross_val_score\n"
        "assert is_classifier(early) and is_regressor(KerasRegressor(build))\n"
        "X, y = np.random.rand(40, 2), np.arange(40) % 2\n"
        "search = GridSearchCV(early, {'units': [1, 2]}, cv=2).fit(X, y)\n"
        "print(search.best_params_, search._repr_html_()[:1], repr(search)[:12])\n"
        "print(len(cross_val_score(KerasRegressor(build, verbose=0), X, y, cv=2)))"
    )
    root = Path(keras.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], cwd=root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("GridSearchCV\n2\n")


def test_a_search_over_fit_s_and_the_function_s_arguments():
    search = GridSearchCV(
        KerasClassifier(model=classifier, verbose=0), {"units": [1, 6], "epochs": [1, 15]}, cv=3
    )
    search.fit(X, TABLE.y)
    assert search.best_params_["epochs"] == 15
    assert search.best_score_ > 0.8


@pytest.mark.parametrize("loss", ["categorical_crossentropy", "sparse_categorical_crossentropy"])
def test_classes_of_any_kind(loss):
    names = np.array(["a", "b", "c"])[TABLE.y]
    estimator = KerasClassifier(classifier, loss=loss, epochs=15, verbose=0).fit(X, names)
    assert set(estimator.predict(X)) == {"a", "b", "c"}
    assert estimator.score(X, names) > 0.9
    assert estimator.predict_proba(X).shape == (178, 3)
    assert list(estimator.classes_) == ["a", "b", "c"]
    one_hot = KerasClassifier(classifier, epochs=15, verbose=0).fit(X, ONE_HOT)
    assert one_hot.score(X, ONE_HOT) > 0.9


def test_two_classes_of_one_output():
    def build():
        model = keras.Sequential([keras.Input((13,)), L.Dense(1, "sigmoid")])
        model.compile(OPT.Adam(0.1), "binary_crossentropy")
        return model

    y = TABLE.y == 0
    estimator = KerasClassifier(build_fn=build, epochs=30, verbose=0).fit(X, y)
    assert estimator.score(X, y) > 0.95
    np.testing.assert_allclose(estimator.predict_proba(X).sum(axis=1), 1, rtol=1e-6)


def test_regressor():
    y = X[:, 0] * 2 + 1
    estimator = KerasRegressor(build_fn=regressor, epochs=60, verbose=0).fit(X, y)
    assert estimator.predict(X).shape == (178,)
    assert estimator.score(X, y) > 0.9


def test_parameters():
    estimator = KerasClassifier(build_fn=classifier, units=3, epochs=2)
    assert estimator.get_params() == {"build_fn": classifier, "units": 3, "epochs": 2}
    assert clone(estimator).set_params(units=7).get_params()["units"] == 7
    with pytest.raises(ValueError, match="colour is not a legal parameter"):
        KerasClassifier(build_fn=classifier, colour=3)
    with pytest.raises(ValueError, match="build_fn must be a function"):
        KerasClassifier(build_fn=3)
