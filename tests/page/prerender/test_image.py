"""The grey pictures of the first picture, and the filters that give them their colours."""

import numpy as np
import pytest
from fake_html import read
from grey_pictures import pixels_of

from explorer.drawing.palette import THEMES, class_shades, diverging
from explorer.prerender.image import FEW_LEVELS, PLANE, REGIONS, divided, filters, grey, png, shaded


def address_of(html):
    return read(html).querySelector("img").getAttribute("src")


@pytest.mark.parametrize("depth", [1, 3])
@pytest.mark.parametrize("kind", ["noise", "across", "down", "flat", "slope"])
def test_a_png_holds_its_pixels_whatever_way_is_the_shortest(kind, depth):
    y, x = np.mgrid[:9, :14]
    pixels = {
        "noise": np.random.default_rng(1).integers(0, 256, (9, 14)), "across": 9 * x,
        "down": 25 * y, "flat": 0 * x + 77, "slope": 7 * x + 5 * y,
    }[kind]  # fmt: skip
    pixels = np.stack([(pixels + 3 * c) % 256 for c in range(depth)], axis=2).astype(np.uint8)
    np.testing.assert_array_equal(pixels_of(png(pixels)), pixels)


def test_few_levels_are_near_enough_and_keep_the_ends():
    values = np.linspace(-1, 1, 500)
    near = grey(values, FEW_LEVELS) / 127.5 - 1
    assert np.abs(near - values).max() <= 1 / (FEW_LEVELS - 1) + 1 / 255
    assert (near[0], near[-1]) == (-1, 1)
    assert len(np.unique(near)) == FEW_LEVELS


def filter_of(name):
    return next(node for node in read(filters()).children if node.id == name)


def rgb_of(table):
    return table.view(np.uint8).reshape(-1, 4)[:, :3].astype(float)


@pytest.mark.parametrize("theme", THEMES)
def test_grey_becomes_the_shades_that_python_draws(theme):
    values = np.linspace(-1, 1, 256)
    bytes_ = pixels_of(address_of(shaded(values, 256)))[0, :, 0] / 255
    functions = filter_of(f"shades-{theme}").children[0].children
    stops = [list(map(float, f.getAttribute("tablevalues").split())) for f in functions]
    shown = np.array([np.interp(bytes_, [0, 0.5, 1], stop) for stop in stops]).T * 255
    assert np.abs(shown - rgb_of(diverging(THEMES[theme]))).max() <= 2


@pytest.mark.parametrize(("kind", "strength"), [("regions", REGIONS), ("plane", PLANE)])
@pytest.mark.parametrize("theme", THEMES)
def test_a_class_becomes_its_colour_stronger_where_it_is_certain(theme, kind, strength):
    certainty = np.linspace(0.01, 1, 40)
    probabilities = np.vstack(
        [np.roll(np.column_stack([1 + 2 * certainty, *2 * [1 - certainty]]) / 3, c, axis=1)
         for c in range(3)]
    )  # fmt: skip
    pixels = pixels_of(address_of(divided(probabilities, 40, kind))) / 255
    numbers = filter_of(f"{kind}-{theme}").children[0].getAttribute("values").split()
    matrix = np.array(numbers, float).reshape(4, 5)
    np.testing.assert_array_equal(matrix[3], [0, 0, 0, 1, 0])
    shown = (pixels @ matrix[:3, :3].T + matrix[:3, 4]) * 255
    shades = class_shades(THEMES[theme], 3, strength)
    for c in range(3):
        wanted = rgb_of(shades[c])[np.rint(certainty * 255).astype(int)]
        assert np.abs(shown[c] - wanted).max() <= 2
