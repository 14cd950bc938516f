"""Networks of cells: drawn in the notebook, drawn while they train, and handed to the page."""

import base64
import json
import re
import zlib
from xml.etree import ElementTree

import numpy as np
import pytest

from explorer.cells import show
from nncore import from_json

MAKE = (
    "import keras, numpy as np\n"
    "from keras import layers\n"
    "keras.utils.set_random_seed(3)\n"
    "net = keras.Sequential([keras.Input((2,)), layers.Dense(4, 'tanh'),"
    " layers.Dense(1, 'sigmoid')])\n"
    "net.compile('adam', 'binary_crossentropy', metrics=['accuracy'])\n"
    "X = np.random.default_rng(0).normal(size=(30, 2))\n"
    "y = (X[:, 0] > 0) * 1.0\n"
)


def drawing(python, source):
    """The SVG that a cell's last line gives."""
    [told] = [each for each in python.run(source) if each["kind"] == "result"]
    return told["data"]["image/svg+xml"]


def pixels(address):
    """The RGB values of a PNG whose rows have no filter."""
    content = base64.b64decode(address.partition(",")[2])
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    start = content.index(b"IDAT") + 4
    size = int.from_bytes(content[start - 8 : start - 4], "big")
    rows = np.frombuffer(zlib.decompress(content[start : start + size]), np.uint8)
    return rows.reshape(height, 1 + 3 * width)[:, 1:].reshape(height, width, 3)


def test_a_network_is_drawn_with_its_weights_and_maps(python):
    python.run(MAKE)
    svg = drawing(python, "show(net, X, names=['a<b', 'c'])")
    ElementTree.fromstring(svg)
    assert svg.count("<path") == 2 * 4 + 4 * 1
    assert svg.count("<image") == 2 + 4 + 1
    assert "a&lt;b" in svg
    first = pixels(re.findall(r'href="(data:[^"]+)"', svg)[0])
    assert first.shape == (show.PIXELS, show.PIXELS, 3)
    left, right = first[5, 0].astype(int), first[5, -1].astype(int)
    assert left[0] > left[2]  # x1 is negative on the left: orange
    assert right[2] > right[0]  # and positive on the right: blue
    widths = [float(w) for w in re.findall(r'stroke-width="([\d.]+)" stroke-opacity', svg)]
    assert max(widths) == pytest.approx(0.3 + show.THICKEST)


def test_with_rows_each_neuron_has_its_bars(python):
    python.run(MAKE)
    python.run("wide = keras.Sequential([keras.Input((5,)), layers.Dense(3), layers.Dense(2)])")
    svg = drawing(python, "show(wide, np.eye(5))")
    assert pixels(re.findall(r'href="(data:[^"]+)"', svg)[0]).shape == (1, 5, 3)
    assert "<image" not in drawing(python, "show(wide)")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("show(3)", "must be a model of Keras; got int"),
        ("show(net, np.ones((3, 4)))", "X must have the shape (n, 2); got (3, 4)"),
        ("show(keras.Sequential([layers.Dense(2)]))", "has no weights yet"),
        (
            "show(keras.Sequential([keras.Input((2,)), layers.BatchNormalization()]))",
            "more than a stack of Dense layers",
        ),
    ],
)
def test_what_cannot_be_drawn_is_told(python, source, said):
    python.run(MAKE)
    assert said in python.fault(source)["value"]


def test_live_curves_while_fit_trains(python):
    python.run(MAKE)
    told = python.run("net.fit(X, y, epochs=3, verbose='live', validation_split=0.2);")
    assert [each["kind"] for each in told[-2:]] == ["clear", "display"]
    data = told[-1]["data"]
    ElementTree.fromstring(data["image/svg+xml"])
    assert data["text/plain"].startswith("Epoch 3: ")
    assert "val_loss" in data["image/svg+xml"]
    assert not [each for each in told if each["kind"] == "stream"]
    assert "1/1 - 0s" in python.printed("net.fit(X, y, epochs=1, verbose=2)")


def test_the_page_is_told_of_networks_and_gets_one(python):
    python.run(MAKE)
    assert python[-1]["models"] == ["net"]
    expected = json.loads(python.value("[w.tolist() for w in net.get_weights()]"))
    python.cells.answer("model", "net")
    network, params = from_json(python[-1]["text"])
    (W, b), _ = network.unflatten(params)
    assert np.allclose(W, expected[0], atol=1e-6)
    assert np.allclose(b, expected[1], atol=1e-6)
    python.cells.answer("model", "X")
    assert python[-1]["text"] is None
