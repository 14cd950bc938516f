"""Tables beside Wine in the lab: rows that are not sorted by class, and values to predict."""

import re

import numpy as np
import pytest

from explorer.text.notices import TEXT
from explorer.text.wine import WINE


def lab(open_page, table, **options):
    link = "".join(f"&{name}={value}" for name, value in options.items())
    return open_page(f"#view=wine&dataset={table}{link}")


@pytest.mark.parametrize("table", ["breast_cancer", "diabetes"])
def test_barcodes_are_sorted_by_class_or_value(open_page, table):
    _, app = lab(open_page, table, percTrainData=70)
    snapshot = app.experiment.snapshot()
    labels = snapshot.problem.train.labels
    assert (np.diff(labels) < 0).any(), "the rows themselves are in another order"
    assert (np.diff(labels[snapshot.by_label]) >= 0).all()
    inputs = app.stage.network.tiles.rasters[0]
    first = snapshot.problem.train.inputs[snapshot.by_label][:, 0]
    column = inputs.pixels.reshape(-1, len(labels))[0]
    shades = app.stage.shades
    expected = np.rint((np.clip(first / 2, -1, 1) + 1) / 2 * (len(shades) - 1)).astype(int)
    places = np.array([int(np.flatnonzero(shades == pixel)[0]) for pixel in column])
    np.testing.assert_allclose(places, expected, atol=2)


def test_wine_s_barcodes_stay_as_they_are(open_page):
    _, app = lab(open_page, "wine")
    np.testing.assert_array_equal(app.experiment.snapshot().by_label, np.arange(178))


def test_a_value_has_one_output_with_a_tile_and_no_class_mark(open_page):
    browser, app = lab(open_page, "diabetes")
    tile = browser.elements('#network [data-unit="4.1"]')[0]
    assert tile.getAttribute("aria-label") == TEXT["output"]
    assert browser.elements("#network .tile-sign") == []
    assert len(app.stage.network.tiles.bias_nodes) == 8 + 5 + 2 + 1
    browser.click(tile)
    browser.tick()
    assert not browser.element("weight-card").hidden
    assert len(lab(open_page, "iris")[0].elements("#network .tile-sign")) == 3


def test_of_values_no_confusion_matrix_is_offered(open_page):
    for table, hidden in (("diabetes", True), ("iris", False)):
        browser, _ = lab(open_page, table, percTrainData=70)
        assert browser.element("confusion-share").parentNode.hidden is hidden


def test_a_value_s_training_is_told_in_r_squared(open_page):
    browser, app = lab(open_page, "diabetes", stopEpoch=3, speed="epoch")
    assert not step(browser, 4).hasAttribute("data-done")
    browser.click(step(browser, 4))
    browser.tick()
    note = browser.element("step-note")
    assert note.textContent == WINE["note_4_values"].format(nouns="patients")
    browser.click(browser.element("run"))
    browser.tick()
    assert re.match(r"Epoch [01]: R² is −?\d\.\d\d\. It is 1 for", note.textContent)
    for _ in range(5):
        browser.tick()
    assert app.experiment.epoch == 3
    assert note.textContent.startswith("3 epochs: R² is ")
    score = f"{app.experiment.shown.score_train:.2f}".replace("-", "−")
    line = WINE["line_train_values"].format(epoch=3, r2=score)
    assert line in step(browser, 4).textContent
    assert step(browser, 4).hasAttribute("data-done")
    label = browser.elements("#film button")[-1].getAttribute("aria-label")
    assert label == f"Epoch 3, R² {score}"
    assert "%" not in browser.element("film").textContent


def test_twenty_seeds_of_a_value_tell_their_spread(open_page):
    browser, _ = lab(open_page, "diabetes", stopEpoch=1)
    browser.click(browser.elements('[data-action="band"][data-value="seeds"]')[0])
    browser.click(browser.element("seeds-start"))
    for _ in range(2000):
        browser.tick()
        text = browser.element("seeds-line").textContent
        if text.startswith("20 of 20"):
            break
    found = re.fullmatch(r"20 of 20 trained, R² from (\S+) to (\S+) at the end", text)
    assert found, text
    least, most = (float(number.replace("−", "-")) for number in found.groups())
    assert least < most < 1


def step(browser, number):
    return browser.elements(f'.steps [data-step="{number}"]')[0]
