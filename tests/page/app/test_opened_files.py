"""Networks that were taken away open again, as they were; what is spoilt ends in a sentence."""

import io
import json
import zipfile
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from own_hands import opened

from explorer.app.opened_files import MOST_BYTES
from explorer.export import saved_network
from explorer.learning.experiment import Experiment
from explorer.settings import link
from explorer.settings.settings import DEFAULTS, Settings
from explorer.text.notices import TEXT
from nncore import Dense, Sequential, save_npz, to_json

KINDS = {"npz": saved_network.as_npz, "json": lambda e: saved_network.as_json(e).encode()}
kinds = pytest.mark.parametrize("kind", list(KINDS))
SETTINGS = {
    "playground": Settings(dataset="xor", network_shape=(5, 3), seed="0.31", noise=10),
    "layers of their own": Settings(network_shape=(3, 2), layer_activations=("relu", "")),
    "L1": Settings(regularization="L1", regularization_rate=0.3, learning_rate=0.1),
    "regression": Settings(problem="regression", reg_dataset="reg-gauss", seed="a b&"),
    "wine": replace(DEFAULTS["wine"], train_share=80),
    "iris": replace(DEFAULTS["wine"], dataset="iris", network_shape=(4,)),
}


@pytest.fixture
def page():
    """(browser, app) as main.py makes them."""
    with opened() as both:
        yield both


def drop(browser, name, content, size=None):
    file = SimpleNamespace(name=name, content=content, size=size or len(content or b""))
    carried = SimpleNamespace(files=[file], types=["Files"])
    assert browser.fire(browser.document.body, "dragover", dataTransfer=carried).prevented
    assert browser.fire(browser.document.body, "drop", dataTransfer=carried).prevented
    browser.tick()


def said(browser):
    found = browser.elements('[data-subject="file"] p')
    return found[0].textContent if found else None


def trained(settings, epochs=7):
    experiment = Experiment(settings)
    for _ in range(epochs):
        experiment.step()
    return experiment


@kinds
@pytest.mark.parametrize("name", SETTINGS)
def test_a_network_opens_in_its_own_settings_trained_as_it_was(page, kind, name):
    browser, app = page
    there = trained(SETTINGS[name])
    drop(browser, f"net.{kind.upper()}", KINDS[kind](there))
    here = app.experiment
    assert said(browser) is None
    assert app.current == here.settings == there.settings
    assert browser.state["view"] == there.settings.view
    assert browser.state["epoch"] == "7"
    np.testing.assert_array_equal(here.params, there.params)
    for score in ("loss_train", "loss_test", "score_train", "score_test"):
        assert getattr(here.shown, score) == getattr(there.shown, score)
    assert [record.epoch for record in here.history.records] == [0, 7]
    assert link.decode(browser.link_text()) == (there.settings, [])


@kinds
def test_it_is_trained_on_as_it_would_have_been(page, kind):
    """Where nothing is drawn at random and the optimizer remembers nothing."""
    browser, app = page
    there = trained(SETTINGS["L1"], 30)
    assert there.progress.dead.any()
    drop(browser, f"net.{kind}", KINDS[kind](there))
    there.step()
    app.experiment.step()
    assert app.experiment.epoch == 31
    np.testing.assert_array_equal(app.experiment.params, there.params)


@kinds
def test_weights_by_hand_go_with_it(page, kind):
    browser, app = page
    app.session.set_param(0, 3.5, settled=True)
    app.session.freeze(0, held=True)
    app.experiment.step()
    content, settings = KINDS[kind](app.experiment), app.current
    params = app.experiment.params.copy()
    app.change(Settings(network_shape=(2,)))
    drop(browser, f"net.{kind}", content)
    assert app.current == settings
    np.testing.assert_array_equal(app.experiment.params, params)
    assert app.experiment.frozen[0]
    browser.click(browser.element("reset"))
    browser.tick()
    assert app.experiment.params[0] == 3.5


def test_more_weights_by_hand_than_a_link_carries_are_in_the_file(page):
    browser, app = page
    big = Experiment(Settings(network_shape=(32, 32)))
    big.params = big.params + 0.01
    drop(browser, "net.npz", saved_network.as_npz(big))
    np.testing.assert_array_equal(app.experiment.params, big.params)
    assert app.session.too_many
    assert not browser.element("share-by-hand").hidden
    assert not browser.element("share-save").hidden


def test_opening_can_be_undone(page):
    browser, app = page
    app.experiment.step()
    before, settings = app.experiment.params.copy(), app.current
    there = trained(SETTINGS["playground"])
    drop(browser, "net.npz", saved_network.as_npz(there))
    browser.click(browser.action("undo"))
    browser.tick()
    assert app.current == settings
    assert app.experiment.epoch == 1
    np.testing.assert_array_equal(app.experiment.params, before)
    browser.click(browser.action("redo"))
    browser.tick()
    np.testing.assert_array_equal(app.experiment.params, there.params)
    assert browser.state["epoch"] == "7"


def test_the_same_settings_again_begin_at_the_file(page):
    browser, app = page
    there = trained(Settings(), 3)
    for _ in range(9):
        app.experiment.step()
    drop(browser, "net.npz", saved_network.as_npz(there))
    assert [record.epoch for record in app.experiment.history.records] == [0, 3]
    np.testing.assert_array_equal(app.experiment.params, there.params)


def test_by_the_button_and_the_file_dialog(page):
    browser, _ = page
    field, content = browser.element("open-file"), saved_network.as_npz(trained(Settings(), 2))
    pressed = []
    field.click = lambda: pressed.append(True)
    browser.click(browser.action("open-file"))
    assert pressed == [True]
    field.files = [SimpleNamespace(name="net.npz", content=content, size=len(content))]
    browser.fire(field, "change")
    browser.tick()
    assert browser.state["epoch"] == "2"
    assert field.value == ""


def from_python(kind, model, params):
    if kind == "json":
        return to_json(model, params).encode()
    out = io.BytesIO()
    save_npz(out, model, params)
    return out.getvalue()


@kinds
def test_a_network_that_python_saved_opens_with_the_data_shown(page, kind):
    browser, app = page
    model = Sequential([Dense(5, "relu"), Dense(1, "tanh")], n_inputs=2)
    params = np.linspace(-1, 1, model.n_params)
    drop(browser, f"net.{kind}", from_python(kind, model, params))
    assert said(browser) is None
    assert app.current.network_shape == (5,)
    assert app.current.activations == ("relu",)
    np.testing.assert_array_equal(app.experiment.params, params)
    assert link.decode(browser.link_text())[0].start  # so its link opens it, too


# What cannot be opened --------------------------------------------------------------------------


def tampered(kind, change):
    """A file of the default network whose page was changed by `change`."""
    experiment = trained(Settings(), 2)
    page = json.loads(json.dumps(saved_network.page_of(experiment)))
    page = change(page)
    if kind == "json":
        return json.dumps(json.loads(saved_network.as_json(experiment)) | {"page": page}).encode()
    out = io.BytesIO()
    save_npz(out, experiment.model, experiment.params)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("page.json", json.dumps(page))
    return out.getvalue()


@kinds
@pytest.mark.parametrize(
    "change",
    [
        {"link": "networkShape=3"}, {"link": "activation=relu"}, {"link": "noise=99"},
        {"link": "x=false"}, {"link": "p1abcdefgh"}, {"epoch": -1}, {"epoch": "many"},
        {"epoch": 1e300}, {"epoch": None}, {"dead": "26"}, {"dead": "1-99999999"}, {"dead": []},
    ],
)  # fmt: skip
def test_a_page_that_was_tampered_with_ends_in_a_sentence(page, kind, change):
    browser, app = page
    before = app.current, app.experiment.params.tobytes()
    drop(browser, f"net.{kind}", tampered(kind, lambda page: page | change))
    assert said(browser).startswith(f"net.{kind}: ")
    assert (app.current, app.experiment.params.tobytes()) == before
    drop(browser, f"net.{kind}", tampered(kind, lambda _: [1]))
    assert said(browser).startswith(f"net.{kind}: ")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("net.npz", b"PK\3\4", "must be an .npz file"),
        ("net.npz", b"", "JSON"),
        ("net.json", b'"format"\xff\xfe', "can't decode"),
        ("net.json", b'{"format": 1}', "format must be"),
        ("net.json", b'"format"' + b"[" * 50_000, "brackets"),
        ("folder.json", None, TEXT["file_unread"]),
    ],
)
def test_what_is_no_network_ends_in_a_sentence(page, name, content, words):
    browser, app = page
    drop(browser, name, content)
    assert words in said(browser)
    assert app.current == Settings()


def test_a_file_that_is_too_large_is_not_read(page):
    browser, _ = page
    drop(browser, "net.npz", b"", size=MOST_BYTES + 1)
    assert TEXT["file_large"].format(most=50) in said(browser)


def test_another_network_than_the_data_ask_for_ends_in_a_sentence(page):
    browser, app = page
    model = Sequential([Dense(5, "relu"), Dense(3, "softmax")], n_inputs=13)
    drop(browser, "net.npz", from_python("npz", model, np.zeros(model.n_params)))
    assert "other inputs or outputs" in said(browser)
    assert app.current == Settings()


def test_dragging_text_over_the_page_is_none_of_ours(page):
    browser, _ = page
    carried = SimpleNamespace(files=[], types=["text/plain"])
    assert not browser.fire(browser.document.body, "dragover", dataTransfer=carried).prevented
    assert not browser.fire(browser.document.body, "drop", dataTransfer=carried).prevented


WHOLE = {kind: make(trained(Settings(), 1)) for kind, make in KINDS.items()}


@given(st.sampled_from(list(KINDS)), st.integers(0, 4000), st.binary(min_size=1, max_size=6))
@given_settings(max_examples=150)
def test_any_spoilt_file_is_a_network_or_a_sentence(kind, place, piece):
    content = WHOLE[kind][:place] + piece + WHOLE[kind][place + len(piece) :]
    try:
        saved = saved_network.read(content, Settings())
    except ValueError:
        return  # its sentence is in the tests above
    else:
        assert np.isfinite(saved.params).all()


@given(st.binary(max_size=200))
def test_any_bytes_are_a_sentence(content):
    with pytest.raises(ValueError, match=r"."):
        saved_network.read(content, Settings())
