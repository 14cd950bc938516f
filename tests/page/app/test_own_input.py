"""An input of the reader's own by formula: its field, its tile, its map, the link."""

import numpy as np
import pytest

from explorer.settings import link
from explorer.settings.settings import Settings
from explorer.text.labels import LABELS

TEXT = "hypot(x1, x2) < 3"


def field(browser):
    return next(n for n in browser.elements('[name="formula"]') if n.type == "text")


def tile(browser):
    return next((n for n in browser.elements('[name="formula"]') if n.type == "checkbox"), None)


def test_a_formula_is_an_input_with_a_tile_of_its_own(page):
    browser, app = page
    assert tile(browser) is None
    browser.choose(field(browser), TEXT)
    browser.tick(3)
    problem = app.experiment.problem
    assert problem.input_names == ("x", "y", TEXT)
    points = problem.train.points
    np.testing.assert_array_equal(problem.train.inputs[:, 2], np.hypot(*points.T) < 3)
    assert tile(browser).checked
    assert tile(browser).getAttribute("aria-label") == TEXT
    assert f"formula={link.pairs_text([('formula', TEXT)]).partition('=')[2]}" in browser.hash
    for _ in range(3):
        app.experiment.step()
    app.stale = True
    browser.tick(3)
    browser.point(tile(browser).parent)
    browser.tick(3)
    assert TEXT in browser.text("output-title")
    browser.click(tile(browser))
    browser.tick(3)
    assert app.current.formula == ""
    assert tile(browser) is None
    app.undo()
    browser.tick(3)
    assert app.current.formula == TEXT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sin(y)", "at character 5 'y' is no name"),
        ("x1 +", "cannot be read"),
        ("[x1]", "not allowed"),
    ],
)
def test_what_is_no_formula_is_refused_with_its_place(page, text, said):
    browser, app = page
    browser.choose(field(browser), text)
    browser.tick(2)
    [notice] = browser.elements('[data-subject="value"] p')
    assert said in notice.textContent
    assert notice.textContent.startswith(LABELS["formula"])
    assert app.current.formula == ""
    assert field(browser).value == ""


def test_a_link_brings_a_formula_along_and_bad_ones_are_said():
    settings = Settings(formula=TEXT)
    assert link.decode(link.encode(settings)) == (settings, [])
    found, problems = link.decode("formula=x1.real")
    assert found.formula == ""
    assert "at character 1 'x1.real' is not allowed in a formula" in problems[0]
