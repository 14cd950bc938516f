"""The page as it is delivered: complete, consistent, and usable by everyone."""

import json
import re
from collections import Counter

import numpy as np
import pytest
from fake_browser import TEMPLATE, Icons, page_html
from fake_html import read

from explorer.drawing.palette import THEMES
from explorer.prerender.page import icon, render, stylesheet, thumbnail
from explorer.settings import link
from explorer.settings.settings import CLASSIFICATION, REGRESSION, TABLES, Settings
from explorer.text.boot import BOOT
from explorer.text.help import HELP
from explorer.text.labels import HIDEABLE
from nncore import DATASETS, SeedRandom

CSS = TEMPLATE.parent / "style.css"
FORM = "input, select, textarea"


@pytest.fixture(scope="module")
def document():
    return read(page_html())


def references(document, attribute):
    """(element, id) for every id that an attribute of an element names."""
    for node in document.querySelectorAll(f"[{attribute}]"):
        for identity in node.getAttribute(attribute).split():
            yield node, identity


def test_nothing_of_the_template_is_left_but_the_assets():
    left = re.findall(r"\{\{(.*?)\}\}", page_html())
    assert left
    assert all(name.startswith("asset:") for name in left)


@pytest.mark.parametrize("name", ["text:nothing", "control:nothing", "icon:nothing", "nothing"])
def test_a_name_that_does_not_exist_is_an_error(name):
    with pytest.raises(KeyError):
        render("{{" + name + "}}", {"check": "<svg></svg>"})


def test_every_id_is_there_once(document):
    counts = Counter(node.id for node in document.walk() if node.id)
    assert [identity for identity, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    "attribute",
    ["aria-describedby", "aria-labelledby", "aria-controls", "for", "popovertarget", "list"],
)
def test_every_reference_leads_to_an_element(document, attribute):
    found = list(references(document, attribute))
    assert found
    assert [pair for pair in found if document.getElementById(pair[1]) is None] == []


def test_every_help_has_its_text(document):
    names = {node.getAttribute("data-help") for node in document.querySelectorAll("[data-help]")}
    assert len(names) > 30
    for name in names:
        assert document.getElementById(f"help-{name}").textContent == HELP[name]


def test_the_help_texts_are_sentences():
    for name, text in HELP.items():
        assert text[0].isupper() or text.startswith("nncore"), name
        assert text.endswith((".", "?")), name
        assert len(text) < 320, name


def accessible_name(document, node):
    """The name that assistive technology reads, by the rules that the page uses."""
    if node.getAttribute("aria-label"):
        return node.getAttribute("aria-label")
    named_by = (node.getAttribute("aria-labelledby") or "").split()
    if named_by:
        return " ".join(document.getElementById(i).textContent for i in named_by)
    if node.tag in ("input", "select", "textarea"):
        labels = [n for n in document.querySelectorAll("label[for]") if node.id]
        for label in labels:
            if label.getAttribute("for") == node.id:
                return label.textContent
        label = node.closest("label")
        return label.textContent if label else ""
    return node.textContent


@pytest.mark.parametrize("selector", [FORM, "button, summary, a", "[role=dialog]", "[role=img]"])
def test_everything_that_can_be_used_has_a_name(document, selector):
    nodes = document.querySelectorAll(selector)
    assert nodes
    nameless = [n for n in nodes if not accessible_name(document, n).strip()]
    # These get their text from the boot code, or from Python when it is first needed.
    later = {"boot-retry", "boot-failure-summary", "distribution"}
    assert {n.id or repr(n) for n in nameless} - later == set()


def test_the_names_that_others_rely_on(document):
    names = Counter(
        (node.tag, accessible_name(document, node).strip())
        for node in document.querySelectorAll(f"button, {FORM}")
    )
    for name in (
        "Run", "Step", "Reset", "Regenerate", "Add hidden layer", "Remove hidden layer",
        "Playground", "Wine",
    ):  # fmt: skip
        assert names["button", name], name
    for name in (
        "Learning rate", "Activation", "Regularization", "Regularization rate", "Problem type",
    ):  # fmt: skip
        assert names["select", name], name
    for name in (
        "Circle", "Exclusive or", "Gaussian", "Spiral", "Plane", "Multi gaussian", "Noise",
        "Training share", "Batch size", "Show test data", "Discretize output",
    ):  # fmt: skip
        assert names["input", name], name
    group = document.querySelector('[role="radiogroup"]')
    assert group.getAttribute("aria-label") == "Dataset"


def test_every_setting_that_can_be_changed_has_its_control(document):
    names = {node.name for node in document.querySelectorAll(FORM)}
    made_by_python = {
        "x", "y", "x_squared", "y_squared", "x_times_y", "sin_x", "sin_y", "network_shape",
        "layer_activations", "left_out", "reg_dataset", "view", "stop_epoch", "start", "frozen",
    }  # fmt: skip
    missing = set(Settings.__dataclass_fields__) - names - made_by_python - {"hidden"}
    assert missing == set()


def test_controls_show_the_defaults(document):
    for name, value in [("learning_rate", "0.03"), ("activation", "tanh"), ("noise", "0")]:
        assert document.querySelector(f'[name="{name}"]').value == value
    chosen = [n.value for n in document.querySelectorAll('[name="dataset"]') if n.checked]
    assert chosen == ["circle"]


def test_every_data_set_of_the_plane_can_be_chosen(document):
    values = [node.value for node in document.querySelectorAll('[name="dataset"]')]
    assert values == [n for n in (*CLASSIFICATION, *REGRESSION) if n not in TABLES]


def test_every_control_that_a_link_can_hide_is_there_to_be_hidden(document):
    hidden = {node.getAttribute("data-hides") for node in document.querySelectorAll("[data-hides]")}
    assert set(link.HIDEABLE) <= hidden
    boxes = [node.getAttribute("data-hide") for node in document.querySelectorAll("[data-hide]")]
    assert boxes == list(link.HIDEABLE)
    assert set(HIDEABLE) >= set(link.HIDEABLE)


def test_nothing_is_fetched_from_elsewhere(document):
    for attribute in ("src", "href", "srcset", "data-src", "poster"):
        for node in document.querySelectorAll(f"[{attribute}]"):
            assert node.getAttribute(attribute).startswith(("#", "{{asset:", "data:"))


def test_the_texts_of_the_start_cannot_end_their_script(document):
    text = document.getElementById("boot-strings").textContent
    assert "<" not in text
    assert json.loads(text) == BOOT


def test_texts_are_escaped(speaking):
    speaking(lambda name, text: "<b>&" if name == "notices.run" else text)
    assert render("{{text:run}}", Icons()) == "&lt;b&gt;&amp;"


def test_icons_are_hidden_from_assistive_technology_and_have_no_size_of_their_own():
    inside = '<path d="M1 1"/></svg>'
    svg = '<svg xmlns="x" width="24" height="24" class="c"\n viewBox="0 0 24 24">' + inside
    expected = '<svg class="icon" aria-hidden="true" viewBox="0 0 24 24">' + inside
    assert icon("<!-- licence -->" + svg) == expected


# The style sheet --------------------------------------------------------------------------------


def test_the_style_sheet_gets_the_colours_of_both_themes():
    css = stylesheet(CSS.read_text("utf-8"))
    assert set(re.findall(r"{{([a-z]+)", css)) <= {"asset"}
    for theme in THEMES.values():
        for name, colour in theme.tokens.items():
            assert f"--{name}: {colour};" in css


def test_every_colour_of_the_style_sheet_is_a_token():
    css = stylesheet(CSS.read_text("utf-8"))
    used = set(re.findall(r"var\(--([a-z0-9-]+)", css + page_html()))
    defined = set(re.findall(r"--([a-z0-9-]+):", css + page_html()))
    assert used - defined == set()


# Thumbnails -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(DATASETS))
def test_a_thumbnail_has_200_points_the_right_way_up(name):
    (svg,) = read(thumbnail(name)).children
    places = [
        (float(x), float(y))
        for path in svg.children
        for x, y in re.findall(r"M([\d.]+) ([\d.]+)", path.getAttribute("d"))
    ]
    X, _ = DATASETS[name].make(200, 0.0, SeedRandom("thumbnail"))
    assert len(places) == 200
    assert np.min(places) > 0
    assert np.max(places) < 40
    top, bottom = X[X[:, 1].argmax()], X[X[:, 1].argmin()]
    heights = {round(y, 1) for _, y in places}
    reach = np.abs(X).max() * 1.12
    assert min(heights) == pytest.approx(20 - top[1] / reach * 20, abs=0.06)
    assert max(heights) == pytest.approx(20 - bottom[1] / reach * 20, abs=0.06)


def test_a_thumbnails_classes_differ_in_colour():
    (svg,) = read(thumbnail("gauss")).children
    by_colour = {
        path.getAttribute("style"): np.mean(
            [float(x) for x in re.findall(r"M([\d.]+) ", path.getAttribute("d"))]
        )
        for path in svg.children
    }
    assert by_colour["stroke:var(--positive)"] > 20 > by_colour["stroke:var(--negative)"]
