"""The network on the page: tiles, heads, biases and links as the settings ask for them."""

import numpy as np
import pytest
from recording import starts

from explorer.drawing.views import heatmap
from explorer.learning.map_computer import input_maps
from explorer.learning.maps import thinned
from explorer.learning.problem import make_problem
from explorer.panels.network.structure import (
    CALLOUT_HEIGHT,
    CALLOUT_WIDTH,
    HEAD,
    LABEL,
    callouts,
    place,
    structure_of,
)
from explorer.panels.network.tiles import CELLS
from explorer.settings.settings import DEFAULTS, INPUT_NAMES, Settings
from explorer.text.labels import LABELS
from explorer.text.notices import TEXT


def links_context(browser):
    return browser.contexts[id(browser.element("links"))]


def of_network(browser, kind):
    return browser.elements(f"#network {kind}")


# Which tiles there are --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "units", "inputs"),
    [
        ("", ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2"], 7),
        ("#networkShape=", [], 7),
        ("#dataset=blobs&networkShape=2", ["1.1", "1.2", "2.1", "2.2", "2.3"], 7),
    ],
)
def test_there_is_a_tile_for_every_neuron_and_every_input(open_page, link, units, inputs):
    browser, _ = open_page(link)
    assert [n.getAttribute("data-unit") for n in of_network(browser, "[data-unit]")] == units
    assert len(of_network(browser, "[data-input]")) == inputs


def test_tiles_are_named_and_inputs_say_whether_they_are_on(page):
    browser, _ = page
    boxes = of_network(browser, "[data-input] input")
    assert [box.getAttribute("aria-label") for box in boxes] == [LABELS[n] for n in INPUT_NAMES]
    assert [box.checked for box in boxes] == [True, True, False, False, False, False, False]
    names = [n.getAttribute("aria-label") for n in of_network(browser, "[data-unit]")]
    assert names[4] == TEXT["neuron_name"].format(unit=1, layer=2)


def test_every_unit_has_a_bias_the_output_too(page):
    browser, app = page
    biases = of_network(browser, "[data-bias]")
    places = [node.getAttribute("data-bias") for node in biases]
    assert places == ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "3.1"]
    app.session.set_param(8, -0.5, settled=True)
    app.session.set_param(9, 0.0, settled=True)
    app.stale = True
    browser.tick()
    theme = app.stage.theme
    expected = [theme.negative, theme.zero, *[theme.positive] * 5]
    assert [node.style.backgroundColor for node in biases] == expected


def test_each_layer_has_a_head_with_its_number_of_neurons(page):
    browser, _ = page
    heads = [node.textContent for node in of_network(browser, ".layer-head")]
    assert heads == [f"4 {TEXT['neurons']}", f"2 {TEXT['neurons']}"]
    browser.click(browser.action("remove-neuron", 2))
    browser.tick()
    assert of_network(browser, ".layer-head")[1].textContent == f"1 {TEXT['neuron']}"


def test_where_layers_are_close_their_heads_say_the_number_alone(open_page):
    browser, _ = open_page("#networkShape=4,3,1,2,2,2")
    heads = [head.children[1].textContent for head in of_network(browser, ".layer-head")]
    assert heads == ["4", "3", "1", "2", "2", "2"]


def test_where_a_teacher_hid_the_layers_neurons_cannot_be_changed_either(open_page):
    browser, _ = open_page("#numHiddenLayers_hide=true")
    assert of_network(browser, '[data-action="add-neuron"]') == []
    assert of_network(browser, "[data-unit]")


def test_elements_are_made_anew_only_when_the_structure_changes(page):
    browser, app = page
    tiles = of_network(browser, "[data-unit]")
    app.toggle()
    browser.tick(5)
    app.change(app.current.with_text("learning_rate", "0.1"))
    browser.tick(2)
    assert of_network(browser, "[data-unit]") == tiles
    app.change(app.current.with_text("network_shape", "3"))
    browser.tick()
    assert len(of_network(browser, "[data-unit]")) == 3
    assert not set(map(id, of_network(browser, "[data-unit]"))) & set(map(id, tiles))


def test_a_new_size_of_the_window_lays_the_tiles_out_anew(page):
    browser, app = page
    before = [column[0].x for column in app.stage.network.layout.columns]
    browser.document.boxes["network"] = (280, 130, 500, 560)
    browser.fire(browser.window, "resize")
    browser.tick()
    after = [column[0].x for column in app.stage.network.layout.columns]
    assert len(after) == len(before)
    assert after[0] == before[0] == LABEL[0]
    assert after[-1] < before[-1]


# Pictures ---------------------------------------------------------------------------------------


def test_every_tile_shows_its_own_neuron_the_right_way_up(page):
    browser, app = page
    app.step()
    app.stale = True
    browser.tick()
    maps = app.experiment.snapshot().maps(100)
    rasters = app.stage.network.tiles.rasters
    assert [len(raster.canvases) for raster in rasters] == [7, 4, 2]
    for raster, values in zip(rasters[1:], maps, strict=False):
        pixels = raster.pixels.reshape(-1, CELLS, CELLS)
        for unit in range(values.shape[1]):
            every_other = values[:, unit].reshape(100, 100)[::2, ::2]
            expected = heatmap.shade(every_other, app.stage.shades)
            np.testing.assert_array_equal(pixels[unit], expected)


def test_pictures_belong_into_their_tiles(page):
    browser, app = page
    tiles, layout = app.stage.network.tiles, app.stage.network.layout
    columns = zip(layout.columns[1:], tiles.board.places, tiles.board.outlines, strict=True)
    for column, boxes, outline in columns:
        assert boxes == [(tile.x, tile.y, tile.width, tile.height) for tile in column]
        for tile, (x, y) in zip(column, starts(outline), strict=True):
            assert tile.x < x < tile.x + tile.width / 2
            assert tile.y < y < tile.y + 1, "in the border"
    assert browser.elements("#network .pictures") == [tiles.pictures]


def test_pictures_go_to_their_new_places_when_the_window_changes(page):
    browser, app = page
    before = app.stage.network.tiles.board.places
    browser.document.boxes["network"] = (280, 130, 500, 560)
    browser.fire(browser.window, "resize")
    browser.tick()
    board = app.stage.network.tiles.board
    assert board.size == (500, 560)
    assert board.places[1][0][0] < before[1][0][0]


def test_pictures_follow_a_screen_with_other_pixels(page):
    browser, app = page
    board, seen = app.stage.network.tiles.board, []
    board.arrange = lambda *_: seen.append(browser.ratio)
    tiles = of_network(browser, "[data-unit]")
    browser.ratio = 2.0
    app.stale = True
    browser.tick()
    assert seen == [2.0]
    assert of_network(browser, "[data-unit]") == tiles


def test_input_tiles_show_their_formula(page):
    _, app = page
    expected = heatmap.tiles(input_maps(CELLS), app.stage.shades).ravel()
    np.testing.assert_array_equal(app.stage.network.tiles.rasters[0].pixels, expected)


def test_input_tiles_are_drawn_once_and_neurons_every_frame(page):
    browser, app = page
    rasters = app.stage.network.tiles.rasters
    before = [raster.drawn for raster in rasters]
    app.toggle()
    browser.tick(5)
    drawn = [raster.drawn - count for raster, count in zip(rasters, before, strict=True)]
    assert drawn == [0, 5, 5]


def test_thinning_takes_every_other_cell_both_ways():
    values = np.arange(32.0).reshape(16, 2)  # 4 x 4 cells, two units
    expected = [[0, 1], [4, 5], [16, 17], [20, 21]]
    np.testing.assert_array_equal(thinned(values, 4), expected)


def test_links_are_drawn_for_switched_on_inputs_only(page):
    browser, app = page
    paths = [path for (path,), _ in links_context(browser).named("stroke")]
    assert sum(path.count("M") for path in paths) == 2 * 4 + 4 * 2 + 2
    assert len(app.stage.network.layout.curves) == 2 * 4 + 4 * 2 + 2


@pytest.mark.parametrize("calm", [False, True])
def test_dashes_run_while_training_unless_motion_is_unwelcome(open_page, calm):
    browser, app = open_page(calm=calm)
    assert links_context(browser).named("setLineDash")[0][0] == ("no dashes",)
    app.toggle()
    offsets = set()
    for _ in range(4):
        browser.tick()
        ctx = links_context(browser)
        dashes = "no dashes" if calm else "moving dashes"
        assert ctx.named("setLineDash")[0][0] == (dashes,)
        offsets.add(ctx.properties["lineDashOffset"])
    assert len(offsets) == (1 if calm else 4)


# Where they stand -------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(), (4, 2), (8,) * 6, (16,) * 8])
def test_the_layout_fits_the_panel(shape):
    settings = Settings(network_shape=shape)
    structure = structure_of(settings, make_problem(settings), 900, 560, (920, 172))
    layout = place(structure)
    assert [len(column) for column in layout.columns] == [7, *shape]
    for column in layout.columns:
        assert column[0].y >= HEAD
        assert column[-1].y + column[-1].height <= 560
        assert structure.narrowed(LABEL) <= column[0].x <= 900 - 40


def test_the_rows_of_all_layers_line_up_however_small_they_are():
    settings = Settings(network_shape=(16, 3))
    structure = structure_of(settings, make_problem(settings), 900, 560, (920, 172))
    inputs, long, short = place(structure).columns
    assert long[-1].y + long[-1].height <= 560
    for column in (inputs, short):
        assert [tile.y for tile in column] == [tile.y for tile in long[: len(column)]]
        assert all(tile.height == long[0].height for tile in column)


@pytest.mark.parametrize(
    ("shape", "height", "expected"),
    [((4, 2), 560, 2), ((4,), 560, 1), ((4,) * 6, 560, 2), ((8, 8), 560, 0), ((4, 2), 300, 1)],
)
def test_callouts_stand_below_their_layers_and_inside_the_panel(shape, height, expected):
    settings = Settings(network_shape=shape)
    structure = structure_of(settings, make_problem(settings), 900, height, (920, 172))
    notes = callouts(place(structure), structure)
    assert len(notes) == expected
    for x, y, text in notes:
        assert x + CALLOUT_WIDTH <= 900
        assert y + CALLOUT_HEIGHT <= height
        assert TEXT[text]


def test_a_table_has_a_column_of_outputs_and_no_port():
    settings = DEFAULTS["wine"]
    structure = structure_of(settings, make_problem(settings), 700, 500, (720, 172))
    assert structure.port is None
    assert [len(column) for column in place(structure).columns] == [13, 8, 5, 2, 3]
    assert len(place(structure).curves) == 13 * 8 + 8 * 5 + 5 * 2 + 2 * 3


@pytest.mark.parametrize(("units", "crowded"), [(9, False), (10, True)])
def test_many_neurons_make_a_crowd(units, crowded):
    settings = Settings(network_shape=(units,))
    assert structure_of(settings, make_problem(settings), 700, 500, None).crowded is crowded
