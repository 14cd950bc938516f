"""The printed programs on a table of the reader's own: they read its file, and get its losses."""

import contextlib
import io
from dataclasses import replace

import numpy as np
import pytest
from own_hands import forget
from program_cases import EPOCHS, LINE, recorded

from explorer.export.keras_exact_program import keras_exact_program
from explorer.export.keras_program import keras_program
from explorer.export.nncore_program import nncore_program
from explorer.export.torch_program import torch_program
from explorer.learning.drawn import Drawing
from explorer.learning.experiment import Experiment
from explorer.learning.own_table import Recipe, own_table, recipe_of
from explorer.settings.settings import DEFAULTS
from nncore.reading import read

RECIPES = {
    "as found": Recipe({"number": ("number", "out")}),
    "filled in": Recipe(missing="fill"),
    "a number": Recipe({"kind": ("category", "input"), "size": ("number", "target")}),
    "by order": Recipe({"wet": ("category", "out")}, by="order"),
    "gathered": Recipe({"number": ("category", "target")}, missing="fill", gathered=True),
    "by group": Recipe({"patient": ("category", "out")}, missing="fill", by="patient"),
}
OTHERS = {
    "no test rows": {"train_share": 100},
    "raw": {"standardize": False},
    "rows left out": {"left_out": (1, 5, 6, 7)},
    "another seed": {"seed": "a b"},
}


def content(n=50):
    rng = np.random.default_rng(5)
    lines = ["patient;size;weight;wet;kind;number"]
    for i in range(n):
        size = "" if i % 9 == 4 else f"{rng.normal(2, 1):.3f}".replace(".", ",")
        weight = f"{rng.normal(i % 3, 1):.3f}".replace(".", ",")
        number = f"{rng.normal():.3f}".replace(".", ",")
        lines.append(f"p{i // 5};{size};{weight};{('no', 'yes')[i % 2]};k{i % 3};{number}")
    return "\n".join(lines).encode()


def usual_table(recipe):
    return own_table('my "data".csv', content(), recipe, read(content()))


def drawn_table(drawing):
    table = drawing.table()
    assert table is not None
    return table


@pytest.fixture
def settings(request, tmp_path, monkeypatch):
    """The settings of a case, whose file lies beside the program."""
    recipe, changes = request.param
    table = drawn_table(recipe) if isinstance(recipe, Drawing) else usual_table(recipe)
    (tmp_path / table.file).write_bytes(table.content)
    monkeypatch.chdir(tmp_path)
    table.register()
    usual = DEFAULTS[changes.get("view", "wine")]
    yield replace(usual, dataset=table.name, **{"train_share": 80} | changes)
    forget()


def drawing(*values, is_number=False):
    """Twenty points that are these values by turns."""
    X = np.random.default_rng(3).uniform(-6, 6, (20, 2)).round(2)
    return Drawing(X, np.resize(np.array(values, float), 20), is_number)


PLANE = {"patient": ("category", "out"), "number": ("number", "out"), "wet": ("category", "out")}
NUMBER = {"kind": ("category", "out"), "weight": ("number", "target")}
ON_PLANE = {
    "plane of three classes": (Recipe(PLANE), {}),
    "plane of two classes": (
        Recipe(PLANE | {"kind": ("category", "out"), "wet": ("category", "target")}),
        {"loss": "cross_entropy", "x_times_y": True, "shuffle": True},
    ),
    "plane of a number": (
        Recipe({**PLANE, **NUMBER, "number": ("number", "input")}, missing="fill"),
        {"train_share": 100},
    ),
    "drawing of two classes": (drawing(1, 2), {"train_share": 100}),
    "drawing of three": (drawing(1, 2, 3), {"x_squared": True}),
    "drawing with a class between": (drawing(3, 1), {}),
    "drawing of a number": (drawing(0.5, -1, 0.25, is_number=True), {}),
}  # fmt: skip
CASES = {
    **{name: (recipe, {"view": "playground"} | more) for name, (recipe, more) in ON_PLANE.items()},
    **{name: (recipe, {}) for name, recipe in RECIPES.items()},
    **{name: (RECIPES["filled in"], more) for name, more in OTHERS.items()},
}
cases = pytest.mark.parametrize("settings", CASES.values(), ids=list(CASES), indirect=True)


@cases
def test_the_program_prints_the_page_s_losses(settings):
    out = io.StringIO()
    program = nncore_program(settings, EPOCHS)
    with contextlib.redirect_stdout(out):
        exec(compile(program, "<program>", "exec"), {"__name__": "__main__"})
    found = [LINE.match(line) for line in out.getvalue().splitlines()]
    losses = [tuple(float(g) if g else None for g in match.groups()) for match in found if match]
    assert losses == recorded(settings)[0]  # every digit


@cases
@pytest.mark.parametrize("write", [keras_program, keras_exact_program, torch_program])
def test_other_programs_learn_from_the_page_s_rows(settings, write):
    problem = Experiment(settings).problem
    text = write(settings, EPOCHS)
    assert "from nncore.reading import prepare, read" in text
    compile(text, "<program>", "exec")
    names = {}
    data = text[text.index("with open(") : text.index("data = prepare(")]
    rest = text[text.index("data = prepare(") :].split("\n\n")[0]
    rest = rest.replace("keras.utils.to_categorical", "one_hot")
    head = "import numpy as np\nfrom nncore import *\nfrom nncore.reading import prepare, read\n"
    exec(head + data + rest, names)
    X = names["X_train"] if len(problem.test.labels) else names["X"]
    np.testing.assert_array_equal(X, problem.train.inputs)


def test_a_recipe_comes_back():
    for recipe in (*RECIPES.values(), Recipe(drawn=True)):
        assert recipe_of(recipe.as_text()) == recipe
    for text in ("", "1", "[1, 2]", "[[], 1, 2]", '{"a": 1}'):
        with pytest.raises(ValueError, match="no recipe"):
            recipe_of(text)


def test_equal_tables_have_one_name_and_others_another():
    found = read(content())
    one, same = (own_table("a.csv", content(), Recipe(), found) for _ in range(2))
    other = own_table("a.csv", content(), Recipe(missing="fill"), found)
    assert one.name == same.name != other.name
