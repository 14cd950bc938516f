"""The network of the first picture stands where Python then draws it, in a panel of any size."""

import re

import numpy as np
import pytest
from fake_html import read
from grey_pictures import pixels_of

from explorer.drawing.views import diagram
from explorer.learning.experiment import Experiment
from explorer.learning.map_computer import input_maps
from explorer.panels.network.structure import callouts, close, full_height, place, structure_of
from explorer.prerender.css_layout import CssLayout
from explorer.prerender.network import CELLS, input_styles, network
from explorer.settings.presets import SETTINGS
from explorer.settings.settings import DEFAULTS, INPUT_NAMES
from explorer.text.notices import TEXT

ALL = {**SETTINGS, "wine": DEFAULTS["wine"]}
SIZES = [(853, 555), (560, 500), (780, 480), (388, 480), (1200, 700), (713, 370), (737, 400)]
PORT = (900.0, 172.0)
UNITS = ("px", "cqw", "cqh")


@pytest.fixture(scope="module")
def drawn():
    """name -> (snapshot, the elements of its first picture)."""
    snapshots = {name: Experiment(settings).snapshot() for name, settings in ALL.items()}
    return {
        n: (s, read(network(s, lambda name: f"<svg>{name}</svg>"))) for n, s in snapshots.items()
    }


class Css:
    """Works out the lengths of a picture in a panel of one size."""

    def __init__(self, node, width, height):
        self.values = {"px": 1.0, "cqw": width / 100, "cqh": height / 100}
        self.names = {"--port-x": PORT[0], "--port-y": PORT[1]}
        for name in ("--k", "--s"):
            self.names[name] = self.length(style(node.children[0])[name])

    def length(self, text):
        text = re.sub(r"var\((--[\w-]+)\)", lambda match: repr(self.names[match[1]]), text)
        text = re.sub(
            r"(-?\d+(?:\.\d+)?)(px|cqw|cqh)\b",
            lambda match: repr(float(match[1]) * self.values[match[2]]), text,
        )  # fmt: skip
        assert not set(re.findall(r"[a-z]\w*", text)) - {"calc", "min", "clamp", "e"}, text
        known = {"calc": lambda x: x, "min": min, "clamp": lambda a, x, b: max(a, min(x, b))}
        return float(eval(text, {"__builtins__": {}}, known))  # our own arithmetic, no names

    def box(self, node, *names):
        rules = style(node)
        return [self.length(rules[name]) for name in names]


def style(node):
    return dict(rule.split(":", 1) for rule in (node.getAttribute("style") or "").split(";"))


def layout_at(snapshot, width, height):
    structure = structure_of(snapshot.settings, snapshot.problem, width, height, PORT)
    return place(structure), structure


def named(root, name):
    return [node for node in root.walk() if name in (node.getAttribute("class") or "").split()]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("name", ALL)
def test_every_tile_stands_where_python_draws_it(drawn, name, width, height):
    snapshot, root = drawn[name]
    css, (layout, _) = Css(root, width, height), layout_at(snapshot, width, height)
    found = [css.box(node, "left", "top", "width", "height") for node in named(root, "tile")]
    wanted = [(t.x, t.y, t.width, t.height) for column in layout.columns for t in column]
    np.testing.assert_allclose(found, wanted, atol=0.06)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("name", ALL)
def test_every_weight_leads_from_tile_to_tile(drawn, name, width, height):
    snapshot, root = drawn[name]
    css, (layout, _) = Css(root, width, height), layout_at(snapshot, width, height)
    found = []
    for svg in named(root, "first-links"):
        left, top, across, tall = css.box(svg, "left", "top", "width", "height")
        if tall <= 0:
            continue  # the way up of a weight that leads down, or the other way round
        units = float(svg.getAttribute("viewbox").split()[3])
        for path in svg.children:
            for curve in re.findall(CURVE, path.getAttribute("d")):
                x0, y0, x1, y1 = map(float, curve)
                ys = top + y0 * tall / units, top + y1 * tall / units
                found.append((left + x0 * across / 100, left + x1 * across / 100, *ys))
    wanted = layout.ends[diagram.strengths(snapshot.weights) != 0][:, [0, 2, 1, 3]]
    assert len(found) == len(wanted)
    np.testing.assert_allclose(in_order(found), in_order(wanted), atol=0.6)


def in_order(rows):
    """Rows of numbers from left to right and from top to bottom: they come by strength."""
    return np.array(sorted(rows, key=lambda row: [round(number) for number in row]))


CURVE = r"M([\d.-]+) ([\d.-]+)C[\d.-]+ [\d.-]+ [\d.-]+ [\d.-]+ ([\d.-]+) ([\d.-]+)"


@pytest.mark.parametrize("name", ALL)
def test_weights_have_the_colour_and_the_strength_that_python_gives_them(drawn, name):
    snapshot, root = drawn[name]
    levels = diagram.strengths(snapshot.weights)
    counts = {}
    for svg in named(root, "first-links"):
        ways = 2 if "to-port" in svg.getAttribute("class") else 1  # up and down
        for path in svg.children:
            key = path.getAttribute("style")
            counts[key] = counts.get(key, 0) + path.getAttribute("d").count("M") / ways
    assert sum(counts.values()) == np.count_nonzero(levels)
    blue = sum(count for key, count in counts.items() if "--positive" in key)
    assert blue == np.count_nonzero(levels > 0)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("name", ALL)
def test_biases_stand_at_their_units(drawn, name, width, height):
    snapshot, root = drawn[name]
    css, (layout, structure) = Css(root, width, height), layout_at(snapshot, width, height)
    wanted = [(t.x - 5, t.y + t.height - 5) for column in layout.columns[1:] for t in column]
    wanted += [(PORT[0] - 14, PORT[1] + 6)] if structure.port else []
    nodes = named(root, "bias")
    found = [css.box(node, "left", "top") for node in nodes]
    np.testing.assert_allclose(found, wanted, atol=0.06)
    signs = {"positive": 1, "negative": -1, "zero": 0}
    shown = [signs[re.search(r"--(\w+)\)$", style(node)["background"])[1]] for node in nodes]
    np.testing.assert_array_equal(shown, np.sign(snapshot.biases))


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("name", SETTINGS)
def test_callouts_are_there_where_there_is_room(drawn, name, width, height):
    snapshot, root = drawn[name]
    css = Css(root, width, height)
    seen = []
    for node in named(root, "first-note"):
        left, top, wide, tall = css.box(node, "left", "top", "max-width", "max-height")
        if wide > 0 and tall > 0:
            seen.append((round(left), round(top), node.textContent))
    wanted = callouts(*layout_at(snapshot, width, height))
    assert seen == [(round(x), round(y), TEXT[text]) for x, y, text in wanted]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("name", ALL)
def test_heads_are_short_where_layers_are_close(drawn, name, width, height):
    snapshot, root = drawn[name]
    css = Css(root, width, height)
    shown = {css.box(node, "max-width")[0] > 0 for node in named(root, "unit")}
    assert shown == {not close(layout_at(snapshot, width, height)[0], snapshot.problem.on_plane)}


def test_heads_say_how_many_neurons_there_are(drawn):
    _, root = drawn["three-arms"]
    heads = [node.children[1].textContent for node in named(root, "layer-head")]
    assert heads == [f"12 {TEXT['neurons']}", f"8 {TEXT['neurons']}"]
    buttons = named(root, "mini")
    assert {node.getAttribute("data-hides") for node in buttons} == {"numHiddenLayers"}


@pytest.mark.parametrize("name", ["default", "big-spiral", "three-arms"])
def test_every_neurons_tile_shows_what_it_answers(drawn, name):
    snapshot, root = drawn[name]
    images = [n.getAttribute("src") for n in root.walk() if n.tag == "img"]
    wanted = [values for layer in snapshot.maps(CELLS) for values in layer.T]
    if snapshot.problem.task != "multiclass":
        wanted = wanted[:-1]  # the output is shown large
    for address, values in zip(images, wanted, strict=True):
        found = pixels_of(address)[..., 0].ravel() / 127.5 - 1
        np.testing.assert_allclose(found, np.clip(values, -1, 1), atol=0.02)


def test_the_barcodes_show_the_rows_by_class(drawn):
    snapshot, root = drawn["wine"]
    images = [pixels_of(n.getAttribute("src")) for n in root.walk() if n.tag == "img"]
    assert {image.shape for image in images} == {(1, 178, 1)}
    first = snapshot.problem.train.inputs[snapshot.by_label, 0] / 2
    np.testing.assert_allclose(images[0][0, :, 0] / 127.5 - 1, np.clip(first, -1, 1), atol=0.02)


def test_the_inputs_pictures_are_those_of_their_formulas():
    found = dict(re.findall(r'\.input-(\w+) \{ background-image: url\("(.*?)"\)', input_styles()))
    for name, values in zip(INPUT_NAMES, input_maps(CELLS).T, strict=True):
        pixels = pixels_of(found[name])[..., 0].ravel() / 127.5 - 1
        np.testing.assert_allclose(pixels, np.clip(values, -1, 1), atol=0.01)


def test_a_long_column_shrinks_the_whole_picture():
    snapshot = Experiment(SETTINGS["three-arms"]).snapshot()
    assert str(full_height(12)) in CssLayout.of(snapshot).scale
