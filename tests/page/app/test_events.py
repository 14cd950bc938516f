"""What the reader presses, chooses, drags and types reaches the experiment."""

import numpy as np
import pytest

from explorer.settings import link
from explorer.settings.settings import INPUT_NAMES
from explorer.text.notices import TEXT

# Buttons ----------------------------------------------------------------------------------------


def test_run_step_and_reset(page):
    browser, _ = page
    browser.click(browser.element("run"))
    browser.tick(3)
    assert browser.state["playing"] == "true"
    browser.click(browser.element("step"))
    browser.tick()
    assert browser.state["playing"] == "false"
    assert browser.state["epoch"] == "4"
    browser.click(browser.element("reset"))
    browser.tick()
    assert browser.state["epoch"] == "0"
    assert f"{float(browser.state['loss-train']):.5f}" == "0.50158"


def test_layers_and_neurons_are_added_and_removed(page):
    browser, app = page
    for action, value, shape in [
        ("add-layer", None, (4, 2, 2)),
        ("add-neuron", 1, (5, 2, 2)),
        ("remove-neuron", 2, (5, 1, 2)),
        ("remove-layer", None, (5, 1)),
    ]:
        browser.click(browser.action(action, value))
        browser.tick()
        assert app.current.network_shape == shape
        assert app.experiment.model.shapes[-1] == (shape[-1] + 1, 1)
        assert browser.text("layer-count") == str(len(shape))


def test_a_layer_keeps_its_last_neuron(page):
    browser, app = page
    for _ in range(5):
        browser.click(browser.action("remove-neuron", 2))
        browser.tick()
    assert app.current.network_shape == (4, 1)


def test_at_the_limits_the_buttons_are_disabled(open_page):
    browser, app = open_page("#networkShape=1,1,1,1,1,1,1,1")
    assert browser.action("add-layer").disabled
    assert not browser.action("remove-layer").disabled
    browser.click(browser.action("add-layer"))
    assert len(app.current.network_shape) == 8
    browser, _ = open_page("#networkShape=")
    assert browser.action("remove-layer").disabled


def test_a_change_that_undoes_training_pauses(page):
    browser, _ = page
    browser.click(browser.element("run"))
    browser.tick(3)
    browser.click(browser.action("add-layer"))
    browser.tick()
    assert browser.state["playing"] == "false"
    assert browser.state["epoch"] == "0"


def test_a_live_change_goes_on_playing(page):
    browser, app = page
    browser.click(browser.element("run"))
    browser.tick(3)
    browser.choose(browser.field("learning_rate"), "0.3")
    browser.tick()
    assert browser.state["playing"] == "true"
    assert browser.state["epoch"] == "4"
    assert app.current.learning_rate == 0.3


def test_regenerate_keeps_the_weights_and_new_seed_does_not(page):
    browser, app = page
    app.step()
    params = app.experiment.params.copy()
    browser.click(browser.action("regenerate"))
    browser.tick()
    assert app.current.seed == "0.01000"
    assert browser.field("seed").value == "0.01000"
    np.testing.assert_array_equal(app.experiment.params, params)
    assert browser.state["epoch"] == "1"
    browser.click(browser.action("new-seed"))
    browser.tick()
    assert app.current.seed == "0.02000"
    assert browser.state["epoch"] == "0"
    assert not np.array_equal(app.experiment.params, params)


def test_tabs_change_the_view(page):
    browser, _ = page
    browser.click(browser.element("tab-wine"))
    browser.tick()
    assert browser.state["view"] == "wine"
    assert browser.element("tab-wine").tabIndex == 0
    assert browser.element("tab-playground").tabIndex == -1


def test_undo_and_redo(page):
    browser, app = page
    undo, redo = browser.action("undo"), browser.action("redo")
    assert undo.disabled
    assert redo.disabled
    browser.choose(browser.field("activation"), "relu")
    browser.tick()
    assert not undo.disabled
    browser.click(undo)
    browser.tick()
    assert app.current.activation == "tanh"
    assert browser.field("activation").value == "tanh"
    assert link.decode(browser.hash)[0] == app.current
    assert undo.disabled
    browser.click(redo)
    browser.tick()
    assert app.current.activation == "relu"
    assert redo.disabled


@pytest.mark.parametrize(
    ("pressed", "link", "lesson", "epoch"),
    [
        ("run", "", "", "2"), ("lessons", "", "", "0"), ("run lessons", "", "", "2"),
        ("", "", "", "0"), ("lessons", "#lesson=one-neuron", "one-neuron", "0"),
    ],
)  # fmt: skip
def test_what_was_pressed_before_python_was_there_is_done(
    open_page, monkeypatch, pressed, link, lesson, epoch
):
    from fake_browser import FakeBrowser

    made = FakeBrowser.__init__

    def early(self, *arguments, **options):
        made(self, *arguments, **options)
        self.root.setAttribute("data-early", pressed)

    monkeypatch.setattr(FakeBrowser, "__init__", early)
    browser, _ = open_page(link)
    browser.tick(2)
    assert browser.state["playing"] == ("true" if "run" in pressed else "false")
    assert browser.state["epoch"] == epoch
    assert browser.state.get("lessons", "") == ("open" if "lessons" in pressed else "")
    assert browser.state.get("lesson", "") == lesson


# Controls ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "taken"),
    [
        ("activation", "sigmoid", "sigmoid"),
        ("regularization", "L1", "L1"),
        ("regularization_rate", "0.1", 0.1),
        ("optimizer", "adam", "adam"),
        ("speed", "fast", "fast"),
        ("problem", "regression", "regression"),
        ("seed", "hello", "hello"),
        ("stop_loss", "0.01", 0.01),
        ("schedule", "cosine", "cosine"),
        ("initializer", "glorot_normal", "glorot_normal"),
        ("loss", "cross_entropy", "cross_entropy"),
    ],
)
def test_menus_and_fields(page, name, value, taken):
    browser, app = page
    browser.choose(browser.field(name), value)
    browser.tick()
    assert getattr(app.current, name) == taken
    assert len(app.session.undo.past) == 1


@pytest.mark.parametrize("name", ["show_test_data", "discretize", "shuffle", "init_zero"])
def test_checkboxes(page, name):
    browser, app = page
    browser.click(browser.field(name))
    assert getattr(app.current, name) is True
    browser.click(browser.field(name))
    assert getattr(app.current, name) is False
    assert len(app.session.undo.past) == 2


@pytest.mark.parametrize("name", INPUT_NAMES)
def test_inputs_are_switched_on_and_off(page, name):
    browser, app = page
    was = getattr(app.current, name)
    browser.click(browser.field(name))
    browser.tick()
    assert getattr(app.current, name) is not was
    assert (name in app.experiment.problem.input_names) is not was
    assert browser.field(name).checked is not was


def test_a_data_set_is_chosen_with_its_problem_and_a_new_seed(page):
    browser, app = page
    for name, problem in [("spiral", "classification"), ("reg-gauss", "regression")]:
        (radio,) = browser.elements(f'[name="dataset"][value="{name}"]')
        browser.click(radio)
        browser.tick()
        assert app.current.dataset_name == name
        assert app.current.problem == problem
        assert radio.checked
        assert browser.field("problem").value == problem
    assert app.current.seed == "0.02000"  # one new seed for each press
    assert len(app.session.undo.past) == 2


def test_a_slider_is_followed_while_it_is_dragged(page):
    browser, app = page
    slider = browser.field("noise")
    slider.value = "25"
    browser.fire(slider, "input")
    browser.tick()
    assert app.current.noise == 25
    assert browser.text("noise-shown") == "25"
    browser.fire(slider, "change")
    assert len(app.session.undo.past) == 1


def test_a_text_is_taken_when_it_is_complete(page):
    browser, app = page
    field = browser.field("seed")
    field.value = "hal"
    browser.fire(field, "input")
    assert app.current.seed == "0.12345"


def test_a_weight_that_cannot_be_used_is_explained_and_put_back(page):
    browser, app = page
    browser.click(browser.action("neuron", "1.1"))
    browser.tick()
    field, before = browser.element("weight-card").querySelector("input"), app.experiment.params[0]
    browser.choose(field, "1e308")
    browser.tick()
    notice = browser.element("notices").textContent
    assert "Weight from X₁ must be a number from -1000000 to 1000000; got '1e308'." in notice
    assert app.experiment.params[0] == before
    browser.choose(field, "2")
    browser.tick()
    assert app.experiment.params[0] == 2
    assert "1e308" not in browser.element("notices").textContent


def test_a_value_that_cannot_be_used_is_explained_and_put_back(page):
    browser, app = page
    field = browser.field("stop_loss")
    browser.choose(field, "low")
    notice = browser.element("notices").textContent
    assert TEXT["bad_value_title"] in notice
    assert "Stop at loss must be a number; got 'low'." in notice
    assert field.value == "0"
    browser.choose(field, "0.2")
    assert app.current.stop_loss == 0.2
    assert browser.element("notices").children == []


def test_a_notice_can_be_closed(page):
    browser, _ = page
    browser.choose(browser.field("stop_loss"), "low")
    browser.click(browser.action("close", "value"))
    assert browser.element("notices").children == []


def test_each_layer_can_have_its_own_activation(page):
    browser, app = page
    first, second = browser.elements("[data-layer]")
    browser.choose(second, "relu")
    browser.tick()
    assert [layer.activation for layer in app.experiment.model.layers] == ["tanh", "relu", "tanh"]
    assert first.value == ""
    browser.click(browser.action("add-layer"))
    assert [node.value for node in browser.elements("[data-layer]")] == ["", "relu", ""]
    browser.choose(browser.elements("[data-layer]")[1], "")
    assert app.current.layer_activations == ()
