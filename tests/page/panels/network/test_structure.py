"""Networks with very many neurons: room for their tiles, and time for their pictures."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from explorer.frames.deadline import Deadline
from explorer.learning.problem import make_problem
from explorer.panels.network.structure import HEAD, TABLE_HEAD, place, structure_of
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
    assert column[0].y >= (HEAD if view == "playground" else TABLE_HEAD)
    assert column[-1].y + column[-1].height <= 480


TABLE_NAMES = {"iris": 4, "wine": 13, "breast_cancer": 30}


def of_table(name, shape, width, height):
    settings = replace(DEFAULTS["wine"], dataset=name, network_shape=shape)
    return structure_of(settings, make_problem(settings), width, height, None)


@pytest.mark.parametrize("height", [380, 400, 560, 900])
@pytest.mark.parametrize("shape", [(8, 5, 2), (32, 2), (1,), ()])
@pytest.mark.parametrize("name", TABLE_NAMES)
def test_a_tables_tiles_stand_closer_before_they_are_scrolled(name, shape, height):
    structure = of_table(name, shape, 720, height)
    layout = place(structure)
    assert structure.lowest <= 380, "30 names of 12 px on the smallest of laptops"
    for column in layout.columns:
        assert not overlap(column)
    if height >= structure.lowest:
        assert min(column[0].y for column in layout.columns) >= TABLE_HEAD - 0.01
        assert max(c[-1].y + c[-1].height for c in layout.columns) <= height
    rows = [tile.y + tile.height / 2 for tile in layout.columns[0]]
    assert np.diff(rows).min() >= 11.4 - 1e-9


@pytest.mark.parametrize("layers", [3, 6, 7, 8])
def test_layers_stand_closer_before_they_are_scrolled(layers):
    structure = of_table("wine", (8,) * layers, 10, 400)
    layout = place(replace(structure, width=structure.least_width))
    xs = [column[0].x for column in layout.columns]
    assert np.diff(xs[1:-1]).min() >= 62 - 0.01, "the room of a head"
    assert layout.columns[-1][0].x + layout.columns[-1][0].width <= structure.least_width - 40
    usual = place(replace(structure, width=structure.full_width))
    assert usual.columns[1][0].width == 58 > layout.columns[1][0].width


@pytest.mark.parametrize("units", [1, 2, 8, 30])
def test_a_head_stays_where_it_is_while_neurons_come_and_go(open_page, units):
    browser, _ = open_page(f"#view=wine&networkShape={units},5,2")
    heads = [node.style.cssText for node in of_network(browser, ".layer-head")]
    before, _ = open_page("#view=wine&networkShape=8,5,2")
    assert heads == [node.style.cssText for node in of_network(before, ".layer-head")]
    assert len(heads) == 3


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


def test_where_the_network_is_scrolled_its_edges_say_that_there_is_more(open_page):
    browser, app = open_page("#view=wine&networkShape=8,8,8,8,8,8,8,8")
    box = browser.element("network-scroll")
    assert not box.hasAttribute("data-more")
    box.scrollWidth, box.clientWidth, box.scrollHeight, box.clientHeight = 760, 700, 400, 380
    places = {(0, 0): "right down", (30, 10): "left right up down", (60, 20): "left up"}
    for (left, top), expected in places.items():
        box.scrollLeft, box.scrollTop = left, top
        browser.fire(box, "scroll")
        assert box.getAttribute("data-more") == expected
    app.show_view("playground")
    browser.tick(3)
    browser.fire(box, "scroll")
    assert not box.hasAttribute("data-more"), "there it is not scrolled, and links lead out of it"
