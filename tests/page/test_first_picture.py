"""The first picture, made when the site is built, is the one that Python then draws."""

import base64
import re
import struct
import zlib

import numpy as np
import pytest
from fake_html import read
from runs import trained

from explorer.first_picture import MAP_CELLS, first_picture, layout_at, png
from explorer.palette import THEMES, diverging
from explorer.scales import decimals
from explorer.views import diagram, heatmap


@pytest.fixture(scope="module")
def picture():
    return first_picture()


@pytest.fixture(scope="module")
def snapshot():
    return trained().snapshot()


def pixels_of(address):
    """(height, width) RGBA pixels of a PNG with a palette, by its specification."""
    data = base64.b64decode(address.partition("base64,")[2])
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, place = {}, 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        (check,) = struct.unpack(">I", data[place + 8 + length : place + 12 + length])
        assert check == zlib.crc32(kind + body)
        chunks[kind], place = body, place + 12 + length
    width, height, depth, colour, *_ = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, colour) == (8, 3)
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, width + 1)
    assert not rows[:, 0].any()  # no filter
    colours = np.frombuffer(chunks[b"PLTE"], np.uint8).reshape(-1, 3)
    rgba = np.full((len(colours), 4), 255, np.uint8)
    rgba[:, :3] = colours
    return rgba.view(np.uint32).ravel()[rows[:, 1:]]


def test_a_png_holds_the_shades_of_its_values():
    table = diverging(THEMES["light"])
    values = np.array([-1, -0.5, 0.5, 1.0])
    shades = pixels_of(png(values, 2, table))
    np.testing.assert_array_equal(shades[0, 0], table[0])
    np.testing.assert_array_equal(shades[1, 1], table[-1])
    np.testing.assert_array_equal(shades[0, 1], table[round(0.25 * 255)])


@pytest.mark.parametrize(("theme", "attribute"), [("light", "src"), ("dark", "srcset")])
def test_the_output_is_that_of_the_untrained_network(picture, snapshot, theme, attribute):
    node = read(picture["output"]).querySelector(f"[{attribute}]")
    found = pixels_of(node.getAttribute(attribute))
    values = snapshot.maps(MAP_CELLS)[-1][:, 0]
    table = diverging(THEMES[theme])
    near = heatmap.shade(values, table).reshape(MAP_CELLS, MAP_CELLS)
    apart = found.view(np.uint8).astype(int) - near.view(np.uint8).astype(int)
    assert np.abs(apart).max() <= 2  # one shade up or down, by rounding


def test_the_numbers_are_those_of_epoch_0(picture, snapshot):
    assert picture["loss_train"] == decimals(snapshot.last.loss_train)
    assert picture["loss_test"] == decimals(snapshot.last.loss_test)


def test_there_is_a_tile_for_every_input_and_neuron(picture):
    tiles = read(picture["network"]).querySelectorAll(".tile")
    assert len(tiles) == 7 + 4 + 2
    assert len([tile for tile in tiles if "off" in tile.className.split()]) == 5


def test_every_weight_is_a_line_at_its_place_in_the_colour_of_its_sign(picture, snapshot):
    paths = read(picture["network"]).querySelectorAll("path")
    levels = diagram.strengths(snapshot.weights)
    assert len(paths) == len(levels) == 18
    ends = layout_at(snapshot, 800).ends
    for path, level, (_, y0, _, y1) in zip(paths, levels, ends, strict=True):
        sign = "positive" if level > 0 else "negative"
        assert f"var(--{sign})" in path.getAttribute("style")
        assert path.getAttribute("d") == diagram.curve(0, y0, 100, y1)


def test_every_training_point_is_there(picture):
    svg = read(picture["output"]).querySelector("svg")
    assert sum(path.getAttribute("d").count("M") for path in svg.children) == 250


def test_python_takes_the_first_picture_away_when_it_has_drawn_its_own(page):
    browser, _ = page
    assert browser.elements(".first") == []


def test_places_are_a_sum_of_pixels_and_a_share_of_the_width(picture):
    for style in re.findall(r"left:(calc\([^;\"]*\))", picture["network"]):
        assert re.fullmatch(r"calc\(-?[\d.]+px \+ -?[\d.]+%\)", style)
