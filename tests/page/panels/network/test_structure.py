"""Networks with very many neurons: room for their tiles, and time for their pictures."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from explorer.frames.deadline import Deadline
from explorer.learning.problem import make_problem
from explorer.panels.network.structure import BELOW, HEAD, place, structure_of
from explorer.settings.settings import DEFAULTS


def of_network(browser, kind):
    return browser.elements(f"#network {kind}")


def test_layers_take_turns_where_a_frame_is_too_short_for_all_tiles(open_page):
    _, app = open_page("#networkShape=3,3,3")
    tiles = app.stage.network.tiles
    shades, seen = app.stage.shades, []
    for moment in range(6):
        counts = [raster.drawn for raster in tiles.rasters[1:]]
        tiles.draw([np.full((625, 3), moment / 6.0)] * 3, shades, Deadline(lambda: 0.0, 0.0))
        seen.append([r.drawn - n for r, n in zip(tiles.rasters[1:], counts, strict=True)])
    assert seen == [[1, 0, 0], [0, 1, 0], [0, 0, 1]] * 2


def overlap(tiles):
    return any(a.y + a.height > b.y for a, b in pairwise(tiles))


@pytest.mark.parametrize("units", [1, 16, 17, 32])
@pytest.mark.parametrize("view", ["playground", "wine"])
def test_the_tiles_of_a_long_column_have_room_below_each_other(view, units):
    settings = replace(DEFAULTS[view], network_shape=(units, 3))
    port = (690.0, 200.0) if view == "playground" else None
    layout = place(structure_of(settings, make_problem(settings), 900, 480, port))
    column = layout.columns[1]
    assert len(column) == units
    assert not overlap(column)
    assert column[0].y >= HEAD - BELOW / 2
    assert column[-1].y + column[-1].height <= 480


def test_a_long_column_is_given_the_room_that_fingers_need_where_the_page_is_long(open_page):
    for narrow, expected in ((True, "max(480px, 880px)"), (False, "")):
        browser, _ = open_page("#networkShape=32,3", narrow=narrow)
        assert browser.element("network").style.minHeight == expected


def test_tiles_that_are_too_small_have_their_biases_on_the_card_alone(open_page):
    browser, app = open_page("#networkShape=32,3")
    shown = [node.getAttribute("data-bias") for node in of_network(browser, "[data-bias]")]
    assert shown == ["3.1"], "only the output's"
    browser.click(of_network(browser, '[data-unit="1.32"]')[0])
    app.stale = True
    browser.tick()
    rows = browser.elements("#weight-card .weight-row")
    assert len(rows) == 3, "two weights and the bias"
    app.toggle()
    browser.tick(3)
    assert browser.errors == []


def test_pointing_at_a_tile_is_not_pointing_at_the_links_beside_it(open_page):
    """A small tile is nearer to the ends of its links than a pointer has to be."""
    browser, app = open_page("#networkShape=32,32")
    app.stage.network.link_at = lambda *_: 5
    browser.point(app.stage.network.body)
    assert app.stage.card.is_shown
    browser.point(of_network(browser, '[data-unit="2.7"]')[0])
    assert not app.stage.card.is_shown
    assert app.stage.focus == ("unit", 1, 6)


def test_tiles_of_a_change_that_was_taken_back_are_let_go(page):
    browser, app = page
    network, problem = app.stage.network, app.experiment.problem
    wider = replace(app.current, network_shape=(5, 2))
    assert not network.prepare(network.lacks(wider, problem), Deadline(lambda: 0.0, 0.0))
    assert network.coming is not None
    app.stale = True
    browser.tick()
    assert network.coming is None
