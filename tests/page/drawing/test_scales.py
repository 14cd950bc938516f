"""Scales from data to pixels, and numbers as people read them."""

import numpy as np
import pytest

from explorer.drawing.scales import Linear, decimals, grouped, percent, whole_percent


def test_a_scale_maps_its_ends_and_the_middle():
    across = Linear(-6, 6, 0, 300)
    assert [across(v) for v in (-6, 0, 6)] == [0, 150, 300]
    up = Linear(-6, 6, 300, 0)
    assert [up(v) for v in (-6, 3, 6)] == [300, 75, 0]


def test_a_scale_goes_back():
    scale = Linear(2, 5, 100, 40)
    assert scale.back(scale(3.7)) == pytest.approx(3.7)
    np.testing.assert_allclose(scale(np.array([2, 5])), [100, 40])


@pytest.mark.parametrize(
    ("epoch", "text"),
    [(0, "000,000"), (412, "000,412"), (999_999, "999,999"), (1_234_567, "1,234,567")],
)
def test_epochs_have_six_digits_and_never_wrap(epoch, text):
    assert grouped(epoch) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.50158, "0.502"),
        (-1.25, "−1.250"),
        (np.float64(2), "2.000"),
        (None, "–"),
        (float("nan"), "–"),
        (float("inf"), "–"),
        (-np.inf, "–"),
    ],
)
def test_decimals(value, text):
    assert decimals(value) == text


def test_decimals_with_other_places():
    assert decimals(3.14159, 1) == "3.1"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (1.0, "100.0 %"),
        (0.99999, "99.9 %"),
        (0.9775, "97.8 %"),
        (0.0, "0.0 %"),
        (None, "–"),
    ],
)
def test_only_all_of_them_are_a_hundred_percent(share, text):
    assert percent(share) == text


@pytest.mark.parametrize(
    ("share", "text"), [(1.0, "100 %"), (177 / 178, "99 %"), (0.29, "29 %"), (0.0, "0 %")]
)
def test_whole_percent_is_rounded_down(share, text):
    assert whole_percent(share) == text
