"""What a hidden layer makes of the plane: the bent grid, the points, and the way back."""

from dataclasses import replace

import numpy as np
import pytest

from explorer.learning.experiment import Experiment
from explorer.learning.projection import LINE_STEPS, net, shown_layer, warped
from explorer.settings.settings import DEFAULTS

PLAYGROUND = DEFAULTS["playground"]


def snapshot(**changes):
    return Experiment(replace(PLAYGROUND, **changes)).snapshot()


def test_the_net_covers_the_plane_line_by_line():
    lines = net().reshape(-1, LINE_STEPS, 2)
    assert len(lines) == 26
    assert (np.ptp(lines, axis=1).min(axis=1) == 0).all()  # each keeps one coordinate
    assert lines.min() == -6
    assert lines.max() == 6


def test_a_linear_layer_of_two_units_moves_the_net_by_its_weights():
    now = snapshot(network_shape=(2,), activation="linear")
    [(weights, biases), _] = now.model.unflatten(now.params)
    plane = warped(now, 1)
    np.testing.assert_allclose(plane.test, net() @ weights + biases, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(
        plane.train, now.problem.train.points @ weights + biases, rtol=1e-12, atol=1e-12
    )


@pytest.mark.parametrize(("shape", "kind"), [((4, 2), "components"), ((1, 2), "one")])
def test_layers_without_a_plane_of_their_own_get_one(shape, kind):
    plane = warped(snapshot(network_shape=shape), 1)
    assert plane.kind == kind
    assert plane.train.shape == (250, 2)
    assert np.isfinite(plane.test).all()


def test_two_chosen_units_of_more():
    now = snapshot(network_shape=(5,), projection="units", unit_x=4, unit_y=2)
    features = now.model.features(now.params, now.problem.train.inputs, 0)
    np.testing.assert_array_equal(warped(now, 1).train, features[:, [3, 1]])


def test_a_layer_that_is_not_there_is_not_shown():
    now = snapshot(plane_layer=3)
    assert shown_layer(now.settings, now.model) is None
    assert shown_layer(replace(now.settings, plane_layer=2), now.model) == 2


@pytest.mark.parametrize(
    "link", ["", "&dataset=blobs", "&problem=regression", "&loss=cross_entropy"]
)
def test_the_picture_shows_the_layer_and_then_the_output_again(open_page, link):
    browser, _ = open_page(f"#seed=0.3{link}")
    title = browser.element("output-title")
    assert title.textContent == "Output"
    browser.choose(browser.field("plane_layer"), "2")
    browser.tick()
    assert title.textContent == "What layer 2 has learned"
    assert not browser.element("output-map").hidden
    browser.choose(browser.field("plane_layer"), "1")
    browser.tick()
    assert browser.element("output-map").hidden  # four units decide nothing on a plane
    browser.choose(browser.field("plane_layer"), "0")
    browser.tick()
    assert title.textContent == "Output"
    assert not browser.element("output-map").hidden


def test_the_menu_offers_the_layers_that_there_are(open_page):
    browser, _ = open_page("#seed=0.3&networkShape=3")
    offered = [
        option.getAttribute("value")
        for option in browser.elements('select[name="plane_layer"] option')
        if not option.hidden
    ]
    assert sorted(set(offered)) == ["0", "1"]
