"""The formulas of a walk: every line's formula, worked out from the numbers in it, is its number.

The trees are read as arithmetic by a small evaluator of this test, which knows nothing of how they
were made: fractions, powers, roots, products without a sign, functions by name.
"""

import math
import re

import pytest
from fake_browser import FakeBrowser
from runs import trained

from explorer.drawing.figures import read
from explorer.learning.inside.accounts import account_of
from explorer.learning.inside.walk import StepWalk
from explorer.panels.inside import functions, mathml, reckoning
from explorer.panels.inside.asking import Asking
from explorer.panels.inside.formulas import sheet_of
from explorer.panels.inside.lines import Line, Sheet
from explorer.settings.settings import DEFAULTS, HIDDEN_ACTIVATIONS, Settings
from explorer.text.inside import HINTS, SENTENCES
from nncore import ACTIVATIONS

SIGNS = {
    "×": "*",
    mathml.TIMES: "*",
    "−": "-",
    "+": "+",
    "(": "(",
    ")": ")",
    ",": ",",
    "∑": None,
    "←": None,
}
KNOWN = {
    "tanh": math.tanh, "sin": math.sin, "cos": math.cos, "ln": math.log, "max": max,
    "sqrt": math.sqrt, "e": math.e, "π": math.pi,
}  # fmt: skip
FUNCTIONS = ("tanh", "sin", "cos", "ln", "max", "sqrt")
OPERAND_ENDS, OPERAND_BEGINS = re.compile(r"[\w)]$"), re.compile(r"^[\w(]")


def expression(tree):
    """A formula as Python text; None where it has more than arithmetic."""
    tag, *children = tree
    if tag == "mn":
        return repr(read(children[0]))
    if tag == "mi":
        return children[0] if children[0] in KNOWN else None
    if tag == "mo":
        return SIGNS.get(children[0])
    if tag == "mtext":
        return None
    parts = [expression(child) for child in children]
    if None in parts or tag in ("mtable", "munder", "msub"):
        return None
    if tag == "mfrac":
        return f"(({parts[0]})/({parts[1]}))"
    if tag == "msup":
        return f"(({parts[0]})**({parts[1]}))"
    if tag == "msqrt":
        return f"sqrt({''.join(parts)})"
    text = ""
    for part in parts:
        called = text.endswith(FUNCTIONS)
        implied = OPERAND_ENDS.search(text) and OPERAND_BEGINS.search(part) and not called
        text += f"*{part}" if implied else part
    return f"({text})"


def value_of(tree):
    text = expression(tree)
    return None if text is None else eval(text, {"__builtins__": {}}, KNOWN)


def names_of(walk):
    widths = [walk.model.n_inputs, *(layer.units for layer in walk.model.layers)]
    return [[f"{k}.{u}" for u in range(n)] for k, n in enumerate(widths)]


def sheets(settings, epochs=2, **options):
    """Every sheet of a walk, with its account's kind."""
    walk = StepWalk(trained(settings, epochs), row=3, **options)
    for place in walk.places:
        unit = 0 if place.layer == 0 else walk.model.layers[place.layer - 1].units - 1
        sources = (
            (0, walk.model.shapes[place.layer - 1][0] - 1) if place.phase == "update" else (0,)
        )
        for source in sources:
            account = account_of(walk, place, unit, source, names_of(walk))
            yield account, sheet_of(account, unit + 1)


CASES = [
    Settings(), DEFAULTS["wine"], Settings(problem="regression"), Settings(loss="cross_entropy"),
    *(Settings(activation=name, network_shape=(2,), seed="0.4") for name in HIDDEN_ACTIVATIONS),
    *(
        Settings(optimizer=name, learning_rate=0.1, regularization=pull, regularization_rate=0.1)
        for name in ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
        for pull in ("L1", "L2")
    ),
]  # fmt: skip


@pytest.mark.parametrize("settings", CASES)
def test_every_line_s_formula_gives_its_number(settings):
    checked = 0
    for account, sheet in sheets(settings, whole_batch=True):
        for line in sheet.lines:
            assert line.hint in HINTS
            value = None if line.tree is None else value_of(line.tree)
            if value is None:
                continue
            checked += 1
            assert reckoning.reckoned(line.tree) == pytest.approx(value, rel=1e-12)
            parts = [abs(read(n)) for n in numbers_in(line.tree) if read(n)]
            slack = 3e-4 * max([1.0, *parts, abs(value)]) if account.kind != "update" else 2e-3
            assert value == pytest.approx(line.value, rel=2e-3, abs=slack), (account.kind, line)
    assert checked > 20


def letters_in(tree):
    tag, *children = tree
    if tag == "msub":
        return {(children[0][1], *sorted(letters_in(children[1])))}
    found = {child for child in children if isinstance(child, str)} if tag == "mi" else set()
    return found.union(*(letters_in(child) for child in children if isinstance(child, tuple)))


@pytest.mark.parametrize("settings", CASES)
def test_every_letter_of_an_update_has_its_words_and_its_number(settings):
    for account, sheet in sheets(settings):
        if account.kind == "update":
            asked = set().union(*map(letters_in, sheet.symbols)) - {"sign"}
            labels = [getattr(line.label, "symbol", line.label) for line in sheet.lines]
            assert asked <= set().union(*map(letters_in, labels)), settings
            assert "signw" not in "".join(map(str, sheet.symbols))


def numbers_in(tree):
    tag, *children = tree
    if tag == "mn":
        return children
    return [n for child in children if isinstance(child, tuple) for n in numbers_in(child)]


def test_the_evaluator_reads_what_it_is_given():
    tree = mathml.equation(("mn", "1"))
    assert value_of(tree) == 1
    half = mathml.row(
        mathml.fraction(("mn", "1"), ("mn", "2")), mathml.power(("mn", "3"), ("mn", "2"))
    )
    assert value_of(half) == 4.5
    assert value_of(functions.value_tree("tanh", 0.5)) == math.tanh(0.5)
    assert value_of(("mi", "unheard")) is None


@pytest.mark.parametrize("name", sorted(set(ACTIVATIONS) - {"softmax"}))
def test_every_activation_has_its_formula_and_slope(name):
    f, h = ACTIVATIONS[name], 1e-6
    for z in (-1.3, 0.7):
        a = float(f([[z]])[0, 0])
        value = value_of(functions.value_tree(name, z))
        if value is not None:
            assert value == pytest.approx(a, abs=1e-3)
        slope = float((f([[z + h]]) - f([[z - h]]))[0, 0] / (2 * h))
        value = value_of(functions.slope_tree(name, z, a))
        if value is not None:
            assert value == pytest.approx(slope, abs=1e-2)


def test_a_name_within_a_formula_is_explained_or_has_its_number():
    z, a = mathml.sub("z", "1"), mathml.sub("a", "1")
    slope, where = functions.slope_rule("silu", ("mi", "f′"), z, a)
    assert slope[1:4] == (("mi", "f′"), ("mo", "="), ("mi", "s"))
    assert where[1:3] == (("mi", "s"), ("mo", "="))
    assert value_of(functions.slope_tree("silu", 0.0, 0.0)) == 0.5


def test_numbers_too_large_for_a_formula_are_no_exception():
    assert value_of(functions.slope_tree("silu", -1000.0, 0.0)) == 0
    assert functions.slope_tree("gelu", 1e200, 1e200)


@pytest.mark.parametrize("formula", ["z % 2", "[z]", "z.real"])
def test_what_no_formula_has_is_named(formula):
    with pytest.raises(ValueError, match=rf"a formula cannot have '{re.escape(formula)}'"):
        functions.rule(formula, ("mi", "a"), {"z": ("mi", "z")})


def test_every_kind_of_account_has_its_sentence():
    kinds = {account.kind for settings in CASES[:3] for account, _ in sheets(settings)}
    assert kinds <= set(SENTENCES)
    assert {"input", "sum", "activation", "softmax", "loss", "delta", "output delta", "gradient",
            "update", "after"} == kinds  # fmt: skip


def test_formulas_become_mathml_and_texts_stay_texts():
    browser = FakeBrowser()
    parent = browser.create("p")
    mathml.write(browser, parent, mathml.row(mathml.name("<b>"), mathml.number(-1.5)))
    [math_node] = parent.children
    assert [node.tag for node in math_node.walk()] == ["mrow", "mi", "mrow", "mo", "mn", "mo"]
    assert parent.textContent == "<b>(−1.5000)"


# Hide and ask ---------------------------------------------------------------------------------


def a_sheet(kind="sum", settings=None):
    return next(sheet for account, sheet in sheets(settings or Settings()) if account.kind == kind)


def test_levels_fade():
    asking, sheet = Asking(), a_sheet()
    assert asking.asked(("sum", 1, 3), sheet) == {}
    asking.level = "result"
    [(number, question)] = asking.asked(("sum", 1, 3), sheet).items()
    assert sheet.lines[number].final
    assert question.key == ("sum", 1, 3, number)
    asking.level = "all"
    numbers = asking.asked(("sum", 1, 3), sheet)
    assert [sheet.lines[n].hint for n in numbers] == ["product", "product", "sum"]
    assert all(sheet.lines[n].tree is not None for n in numbers)


def test_who_reckons_with_the_rounded_numbers_is_right():
    """−0.14158 − 0.012762 + 0.1 = −0.05434: with the numbers that are shown, −0.05436."""
    parts = [-0.14158, -0.012762, 0.1]
    lines = [Line(str(part), mathml.number(part), part) for part in parts]
    tree = mathml.joined([mathml.number(part) for part in parts], "+")
    words = mathml.word("the sum of these")
    asking = Asking()
    asking.level = "result"
    for formula in (tree, words):
        last = Line("z", formula, sum(parts), "sum", True)
        [question] = asking.asked(("sum", 1, 0), Sheet((), (*lines, last))).values()
        for typed, right in (("-0.05436", True), ("-0.05434", True), ("-0.0546", False),
                             ("0.05436", False), ("-0.05432", False)):  # fmt: skip
            assert asking.answer(question, typed).right == right, (formula, typed)


@pytest.mark.parametrize("tree", [
    mathml.word("others"), mathml.name("x"), mathml.row(mathml.number(1), mathml.sign("+")),
    mathml.row(mathml.sign("("), mathml.number(1)), mathml.fraction(("mn", "1"), ("mn", "0")),
    mathml.power(mathml.name("e"), ("mn", "9999")), mathml.number(math.nan),
])  # fmt: skip
def test_what_cannot_be_reckoned_is_none(tree):
    assert reckoning.reckoned(tree) is None


def test_answers_are_judged_and_kept():
    asking, sheet = Asking(), a_sheet("gradient", DEFAULTS["wine"])
    asking.level = "all"
    questions = list(asking.asked(("gradient", 4, 2), sheet).values())
    assert questions[-1].hint == "bias_gradient"
    first, *_, last = questions
    assert asking.answer(first, "soon") is None
    assert asking.log == []
    wrong = asking.answer(last, "0")  # "since the bias is 0"
    assert not wrong.right
    assert asking.is_open(last)
    assert asking.answer(last, mathml.number(last.value)[-1] if last.value >= 0 else
                         repr(last.value)).right  # fmt: skip
    assert not asking.is_open(last)
    given = asking.give_up(first)
    assert given.given_up
    assert not given.right
    assert not asking.is_open(first)
    assert asking.score == (1, 2)
    assert [answer.right for answer in asking.log] == [False, True, False]
    asking.forget()
    assert asking.is_open(last)
    assert len(asking.log) == 3
