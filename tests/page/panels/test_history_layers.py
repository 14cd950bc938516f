"""The chart's curves per layer: in both views, with what is said about them, and their legend."""

import numpy as np
import pytest
from chart_hands import chart, labels, trained

from explorer.panels.history import three_digits, tick
from explorer.text.notices import TEXT


@pytest.mark.parametrize("kind", ["gradient", "flat", "update"])
def test_a_curve_per_layer(page, kind):
    browser, app = page
    trained(browser, app, 10)
    browser.choose(browser.field("chart"), kind)
    browser.tick(20)
    assert labels(browser) == [TEXT["epoch"], "L1", "L2", "Out"]
    assert chart(browser).data.shape == (4, 11)
    assert np.isfinite(chart(browser).data).all()
    looks = [(s["stroke"], tuple(s["dash"])) for s in chart(browser).options["series"][1:]]
    assert len({dash for _, dash in looks}) == len({colour for colour, _ in looks}) == 3
    trained(browser, app, 3)
    browser.tick(5)
    assert np.isfinite(chart(browser).data).all()
    browser.choose(browser.field("chart"), "loss")
    browser.tick()
    assert labels(browser)[1] == TEXT["loss_train"]


def test_curves_per_layer_wait_for_their_python(page):
    browser, _ = page
    asked = []
    browser.part_loader = lambda name, *calls: asked.append((name, *calls))
    browser.choose(browser.field("chart"), "gradient")
    browser.tick(3)
    assert [name for name, *_ in asked] == ["inside"]
    assert len(chart(browser).data) == 1
    asked[0][2]()
    browser.tick(3)
    assert len(chart(browser).data) == 4


def test_updates_with_a_memory_are_known_from_before_the_choice(page):
    browser, app = page
    browser.choose(browser.field("optimizer"), "adam")
    trained(browser, app, 10)
    browser.choose(browser.field("chart"), "update")
    browser.tick(20)
    np.testing.assert_array_equal(chart(browser).data[0], range(11))
    assert np.isfinite(chart(browser).data).all()


@pytest.mark.parametrize(
    ("link", "kind", "said"),
    [
        ("#activation=sigmoid&networkShape=4,4,4,4", "gradient", "A vanishing gradient: "),
        ("#activation=relu&networkShape=8&seed=0.1&initBias=-30", "flat", "Dead ReLUs: 100 % "),
        ("#activation=tanh&networkShape=4&initBias=9", "flat", "Saturated neurons: 100 % "),
        ("#networkShape=4", "gradient", ""), ("#networkShape=4", "flat", ""),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_named_at_the_curves(open_page, link, kind, said):
    browser, app = open_page(link.partition("&initBias")[0])
    if "initBias" in link:
        model = app.experiment.model
        biases = [k for k in range(len(model.is_weight)) if not model.is_weight[k]]
        app.session.set_param(biases, [float(link.rpartition("=")[2])] * len(biases), True)
    browser.choose(browser.field("chart"), kind)
    browser.tick(10)
    assert browser.element("history-note").textContent.startswith(said)
    assert bool(browser.element("history-note").textContent) == bool(said)


def test_the_lab_has_the_chart_too(lab):
    browser, app = lab
    trained(browser, app, 3)
    press = browser.elements('[data-action="band"][data-value="chart"]')[0]
    browser.click(press)
    browser.tick(5)
    assert browser.state["band"] == "chart"
    assert press.getAttribute("aria-pressed") == "true"
    np.testing.assert_array_equal(
        chart(browser).data[0], [record.epoch for record in app.experiment.history.records]
    )
    browser.choose(browser.field("chart"), "gradient")
    browser.tick(20)
    assert labels(browser)[1:] == ["L1", "L2", "L3", "Out"]
    assert np.isfinite(chart(browser).data).all()
    assert browser.state["working"] == "false"


def test_ticks_of_small_numbers_differ():
    assert [tick(v) for v in (0.0005, 0.001, 1e-05, None, 2)] == [
        "0.0005",
        "0.001",
        "1e-05",
        "",
        "2",
    ]


def test_numbers_of_layers_are_short():
    assert [three_digits(v) for v in (0.1234, 0.00123, 1.2345, 123.4, 1.23e-5, 1.2e7, 0.0)] == [
        "0.123", "0.0012", "1.23", "123", "1.2e-5", "1.2e7", "0",
    ]  # fmt: skip
    assert three_digits(None) == "–"
