"""Form elements and settings: what is chosen becomes settings, settings are shown again."""

from types import SimpleNamespace

import pytest

from explorer.forms import bind
from explorer.settings.fields import BadValue
from explorer.settings.settings import DEFAULTS, KNOBS, Settings


def node(name, value="", checked=False):
    return SimpleNamespace(name=name, value=value, checked=checked)


def test_a_choice_becomes_new_settings():
    old = Settings()
    assert bind.changed(old, node("activation", "relu")) == Settings(activation="relu")
    assert bind.changed(old, node("discretize", checked=True)) == Settings(discretize=True)
    assert bind.changed(old, node("x", checked=False)) == Settings(x=False)
    assert old == Settings()


def test_elements_that_are_no_settings_change_nothing():
    assert bind.changed(Settings(), node("share-link", "x")) is None
    assert bind.changed(Settings(), node("", "x")) is None


def test_a_bad_text_is_refused():
    with pytest.raises(BadValue, match="must be a number"):
        bind.changed(Settings(), node("stop_loss", "low"))


def test_a_data_set_is_chosen_together_with_its_problem():
    plane = bind.changed(Settings(), node("dataset", "reg-gauss"))
    assert plane == Settings(problem="regression", reg_dataset="reg-gauss")
    assert bind.changed(plane, node("dataset", "xor")) == Settings(
        dataset="xor", reg_dataset="reg-gauss"
    )
    with pytest.raises(BadValue):
        bind.changed(Settings(), node("dataset", "moon"))


@pytest.mark.parametrize(
    ("changes", "anew"),
    [
        (dict(dataset="xor"), True),
        (dict(noise=5), True),
        (dict(train_share=60), True),
        (dict(problem="regression"), True),
        (dict(batch_size=3), False),
        (dict(activation="relu"), False),
        (dict(seed="0.9"), False),
    ],
)
def test_which_changes_draw_new_points(changes, anew):
    assert bind.draws_anew(Settings(), Settings(**changes)) is anew


def test_the_wine_lab_keeps_its_seed():
    wine = DEFAULTS["wine"]
    assert not bind.draws_anew(wine, wine.with_text("train_share", "80"))


@pytest.mark.parametrize("view", list(DEFAULTS))
def test_every_form_element_shows_its_setting(page, view):
    browser, app = page
    app.show_view(view)
    settings = app.current
    for name in KNOBS:
        for element in browser.elements(f'[name="{name}"]'):
            if element.type == "radio":
                assert element.checked == (element.value == settings.dataset_name)
            elif element.type == "checkbox":
                assert element.checked is getattr(settings, name)
            else:
                assert element.value == settings.text(name)


def test_sliders_show_their_value_in_words(page):
    browser, app = page
    app.change(Settings(train_share=70, noise=15))
    assert browser.text("train_share-shown") == "70 %"
    assert browser.text("noise-shown") == "15"


@pytest.mark.parametrize(
    ("settings", "key", "shown"),
    [
        (Settings(), "momentum", False),
        (Settings(optimizer="nesterov"), "momentum", True),
        (Settings(optimizer="rmsprop"), "rho", True),
        (Settings(optimizer="adam"), "rho", False),
        (Settings(optimizer="adam"), "beta1", True),
        (Settings(), "scheduleEpochs", False),
        (Settings(schedule="cosine"), "scheduleEpochs", True),
        (Settings(), "noise", True),
        (Settings(hidden=frozenset(("noise",))), "noise", False),
        (Settings(optimizer="adam", hidden=frozenset(("beta1",))), "beta1", False),
    ],
)
def test_what_is_not_in_use_or_hidden_is_not_shown(settings, key, shown):
    assert bind.is_shown(key, settings) is shown
