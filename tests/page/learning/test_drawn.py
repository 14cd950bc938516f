"""A drawing as a table and back, and how many points it has room for."""

import numpy as np

from explorer.learning.drawn import MOST, Drawing, dab, of_table
from explorer.learning.problem import own_tables


def test_a_drawing_stays_as_it_is_written():
    rng = np.random.default_rng(0)
    for n in (2, 3, 10, 200):
        for classes in (2, 3):
            values = np.arange(n) % classes + 1.0
            drawing = Drawing(rng.uniform(-6, 6, (n, 2)).round(2), values)
            back = of_table(drawing.table())
            np.testing.assert_array_equal(back.X, drawing.X)
            np.testing.assert_array_equal(back.values, values)
        drawing = Drawing(rng.uniform(-6, 6, (n, 2)).round(), rng.uniform(-1, 1, n).round(2), True)
        back = of_table(drawing.table())
        np.testing.assert_array_equal(back.X, drawing.X)
        np.testing.assert_array_equal(back.values, drawing.values)
    assert Drawing(np.empty((0, 2)), np.empty(0)).table() is None
    full = Drawing(np.zeros((MOST - 1, 2)), np.ones(MOST - 1)).with_points([(1, 9), (2, 2)], 2)
    assert len(full) == MOST
    assert full.X[-1].tolist() == [1, 6]
    assert full.with_points([(0, 0)], 1) is full
    assert np.hypot(*np.array(dab((0, 0), 2, 500, rng)).T).max() <= 2
    assert own_tables == {}
