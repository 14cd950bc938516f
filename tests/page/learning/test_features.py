"""The seven inputs: their formulas, their order, and any choice of them."""

import numpy as np

from explorer.learning.features import FORMULAS, chosen, features
from explorer.settings.settings import INPUT_NAMES, Settings

POINTS = np.array([[2.0, 3.0], [-1.5, 0.5]])


def test_the_formulas():
    expected = [
        [2, 3, 4, 9, 6, np.sin(2), np.sin(3)],
        [-1.5, 0.5, 2.25, 0.25, -0.75, np.sin(-1.5), np.sin(0.5)],
    ]
    np.testing.assert_allclose(features(POINTS, INPUT_NAMES), expected, rtol=1e-15)


def test_every_input_has_its_formula_in_the_order_of_the_page():
    assert tuple(FORMULAS) == INPUT_NAMES


def test_the_chosen_inputs_keep_their_order():
    assert chosen(Settings()) == ("x", "y")
    settings = Settings(x=False, sin_x=True, x_times_y=True, x_squared=True)
    assert chosen(settings) == ("y", "x_squared", "x_times_y", "sin_x")
    np.testing.assert_allclose(features(POINTS, ("y", "x"))[0], [3, 2])


def test_no_input_at_all_gives_rows_without_columns():
    assert chosen(Settings(x=False, y=False)) == ()
    assert features(POINTS, ()).shape == (2, 0)
