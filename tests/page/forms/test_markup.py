"""Settings as HTML: each kind of knob becomes its control, with name, help and values."""

import pytest
from fake_html import read

from explorer.forms.markup import SLIDERS, control, text_entry
from explorer.settings.fields import Choice, Flag, Number
from explorer.settings.settings import KNOBS, Settings
from explorer.text.labels import CHOICES, LABELS

NAMES = [
    name for name in KNOBS if name not in ("network_shape", "layer_activations", "left_out")
]  # fmt: skip


def kind(name):
    return KNOBS[name].metadata["kind"]


def form_element(html):
    (node,) = read(html).querySelectorAll("input, select")
    return node


@pytest.mark.parametrize("name", NAMES)
def test_a_control_shows_the_default_and_can_be_hidden(name):
    document = read(control(name))
    node = form_element(control(name))
    assert node.name == name
    assert document.children[0].getAttribute("data-hides") == KNOBS[name].metadata["key"]
    if isinstance(kind(name), Flag):
        assert node.checked is getattr(Settings(), name)
    else:
        assert node.value == Settings().text(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_control_has_its_name_and_its_help(name):
    document = read(control(name))
    node = form_element(control(name))
    label = node.getAttribute("aria-label") or document.querySelector("label").textContent
    assert label == LABELS[name]
    assert node.getAttribute("data-help") == name
    assert node.getAttribute("aria-describedby") == f"help-{name}"


@pytest.mark.parametrize("name", [n for n in NAMES if isinstance(kind(n), Choice)])
def test_a_menu_offers_every_choice_in_words(name):
    options = form_element(control(name)).querySelectorAll("option")
    assert [option.value for option in map(as_option, options)] == list(kind(name).names)
    assert [o.textContent for o in options] == [CHOICES[name][v] for v in kind(name).names]


def as_option(node):
    """An option's value is its attribute."""
    return type("Option", (), {"value": node.getAttribute("value")})


@pytest.mark.parametrize("name", [n for n in NAMES if isinstance(kind(n), Number)])
def test_what_a_menu_of_numbers_offers_is_taken(name):
    node = form_element(control(name))
    for option in node.querySelectorAll("option"):
        text = option.getAttribute("value")
        assert Settings().with_text(name, text).text(name) == text


@pytest.mark.parametrize("name", SLIDERS)
def test_a_slider_has_its_ends_and_its_step(name):
    node = form_element(control(name))
    knob = kind(name)
    assert (node.min, node.max) == (str(knob.low), str(knob.reach or knob.high))
    assert node.getAttribute("step") == str(knob.step)
    assert f'id="{name}-shown"' in control(name)


def test_the_sliders_reach_as_far_as_the_playgrounds():
    ends = {name: (form_element(control(name)).min, form_element(control(name)).max)
            for name in SLIDERS}  # fmt: skip
    assert ends == {"train_share": ("10", "90"), "noise": ("0", "50"), "batch_size": ("1", "30")}


def test_a_setting_can_be_a_text_field_where_it_usually_is_a_menu():
    node = form_element(text_entry("stop_epoch"))
    assert (node.tag, node.type, node.value) == ("input", "text", "0")
    assert node.getAttribute("inputmode") == "numeric"
    assert form_element(control("stop_epoch")).tag == "select"


def test_texts_are_escaped(speaking):
    speaking(lambda name, text: '"><script>' if name == "labels.seed" else text)
    node = form_element(control("seed"))
    assert node.getAttribute("aria-label") == '"><script>'
