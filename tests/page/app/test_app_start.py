"""The application starts: any link, first picture, views and themes, in a fake browser."""

import itertools

import pytest
import strategies
from fake_browser import FakeBrowser
from hypothesis import example, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from explorer.app.app import App
from explorer.app.events import Events
from explorer.settings import link
from explorer.settings.settings import DEFAULTS, Settings
from explorer.text.notices import TEXT


def test_it_is_ready_after_a_first_complete_frame(page):
    browser, _ = page
    assert browser.state["state"] == "ready"
    assert browser.state["view"] == "playground"
    assert browser.state["playing"] == "false"
    assert browser.state["epoch"] == "0"
    assert f"{float(browser.state['loss-train']):.5f}" == "0.50158"
    assert f"{float(browser.state['loss-test']):.5f}" == "0.51811"
    assert 0 < float(browser.state["accuracy-train"]) < 1
    shown = [r for r in browser.rasters if r.canvases[0].closest(".for-wine") is None]
    assert len(shown) >= 4
    assert all(raster.drawn for raster in shown)


def test_it_starts_with_what_the_link_says(open_page):
    browser, app = open_page("#dataset=xor&seed=0.5&networkShape=3&learningRate=0.1")
    assert app.current == Settings(dataset="xor", seed="0.5", network_shape=(3,), learning_rate=0.1)
    assert browser.field("learning_rate").value == "0.1"
    assert browser.text("layer-count") == "1"
    (chosen,) = [n for n in browser.elements('[name="dataset"]') if n.checked]
    assert chosen.value == "xor"


def test_a_value_that_no_menu_has_is_added_to_it(open_page):
    browser, _ = open_page("#learningRate=0.0123")
    assert browser.field("learning_rate").value == "0.0123"


def test_a_bad_link_says_which_values_could_not_be_used(open_page):
    browser, app = open_page("#noise=99&batchSize=x&dataset=xor")
    assert app.current.dataset == "xor"
    notice = browser.element("notices").textContent
    assert TEXT["link_problem_title"] in notice
    assert "noise must be" in notice
    assert "batchSize must be" in notice


def test_the_wine_lab_opens_by_its_link(open_page):
    browser, _ = open_page("#view=wine")
    assert browser.state["view"] == "wine"
    assert browser.state["loss-test"] == ""
    assert browser.state["accuracy-test"] == ""
    assert browser.element("tab-wine").getAttribute("aria-selected") == "true"


@pytest.mark.parametrize(
    "text",
    [
        "#problem=regression",
        "#problem=regression&regDataset=reg-gauss&networkShape=",
        "#dataset=blobs",
        "#dataset=spiral3&networkShape=16,16,16,16,16,16,16,16",
        "#x=false&y=false",
        "#percTrainData=100",
        "#points=10&percTrainData=10",
        "#loss=cross_entropy&discretize=true&showTestData=true",
        "#initZero=true",
        "#layerActivations=sin,relu",
        "#view=wine&networkShape=",
        "#view=wine&networkShape=8,5",
        "#view=wine&percTrainData=80",
        "#view=wine&problem=regression",
        "#view=wine&dataset=diabetes&networkShape=",
        "#chart=score&logScale=true&allEpochs=false",
    ],
)
def test_every_kind_of_experiment_is_drawn_and_trained(open_page, text):
    browser, app = open_page(text)
    app.toggle()
    browser.tick(5)
    app.step()
    browser.tick()
    assert app.experiment.epoch > 0 or app.experiment.batch > 0
    assert browser.state["state"] == "ready"


# Views and themes --------------------------------------------------------------------------------


def test_each_view_has_its_own_settings_and_training(page):
    browser, app = page
    app.toggle()
    browser.tick(3)
    app.show_view("wine")
    browser.tick()
    assert browser.state["view"] == "wine"
    assert browser.state["epoch"] == "0"
    assert app.current == DEFAULTS["wine"]
    app.show_view("playground")
    browser.tick()
    assert browser.state["epoch"] == "3"
    assert browser.state["playing"] == "false"


@pytest.mark.parametrize("dark", [False, True])
def test_the_theme_follows_the_system_until_it_is_chosen(open_page, dark):
    browser, app = open_page(dark=dark)
    toggle = browser.action("theme")
    assert toggle.getAttribute("aria-pressed") == ("true" if dark else "false")
    before = app.stage.theme
    app.switch_theme()
    browser.tick()
    assert app.stage.theme is not before
    assert browser.kept["theme"] == ("light" if dark else "dark")
    assert toggle.getAttribute("aria-pressed") == ("false" if dark else "true")
    app.switch_theme()
    assert app.stage.theme is before


def test_a_chosen_theme_is_remembered(open_page):
    browser, app = open_page(stored={"theme": "dark"})
    assert browser.state["theme"] == "dark"
    assert app.stage.theme.background == "#14161a"


def test_the_system_turning_dark_is_followed(page):
    browser, app = page
    before = browser.rasters[0].drawn
    browser.dark = True
    for query, handler in browser.media:
        if "dark" in query:
            handler()
    browser.tick()
    assert app.stage.theme.background == "#14161a"
    assert browser.rasters[0].drawn > before


def test_where_the_window_is_narrow_data_are_folded(open_page):
    browser, _ = open_page(narrow=True)
    assert not any(node.open for node in browser.elements(".fold"))
    browser, _ = open_page()
    assert all(node.open for node in browser.elements(".fold"))


# Any link whatever ------------------------------------------------------------------------------

FEW = {"n_points": st.integers(10, 40), "batch_size": st.integers(1, 50)}
WINE = DEFAULTS["wine"]


@given(strategies.settings(**FEW))
@given_settings(max_examples=15)
@example(WINE.with_text("left_out", "1-178"))
@example(WINE.with_text("left_out", "2-178"))
@example(WINE.with_text("dataset", "diabetes"))
@example(WINE.with_text("network_shape", ""))
def test_any_link_is_drawn_and_run_without_an_exception(settings):
    browser = FakeBrowser("#" + link.encode(settings))
    browser.now = itertools.count(0, 0.002).__next__  # full speed fills a frame, not eternity
    app = App(browser)
    app.start()
    Events(app).listen()
    browser.click(browser.element("run"))
    browser.tick(2)
    browser.click(browser.element("reset"))
    browser.tick()
    assert browser.errors == []
    assert browser.state["state"] == "ready"
