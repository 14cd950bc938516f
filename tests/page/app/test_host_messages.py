"""The message interface without a page around it: what is obeyed, clamped, refused and told."""

import json
import math

import pytest
from fake_browser import FakeBrowser
from hypothesis import given
from hypothesis import strategies as st

from explorer.app.app import App
from explorer.app.host_messages import HostMessages, text_of
from explorer.panels.share import addresses
from explorer.settings import link
from explorer.settings.fields import BadValue
from explorer.settings.settings import KNOBS, Settings

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def spoken():
    """(browser, app, messages, told): an application that is spoken with."""
    browser = FakeBrowser()
    app, told = App(browser), []
    app.start()
    messages = HostMessages(app, told.append)
    app.followers.append(messages)
    yield browser, app, messages, told
    assert browser.errors == []


@pytest.fixture
def frame(spoken):
    """(send, told, app): the frame at its defaults, at epoch 0, with nothing told yet."""
    browser, app, messages, told = spoken
    app.change(Settings())
    app.show_view("playground")
    app.reset()
    app.stale = True
    browser.tick()
    told.clear()

    def send(command, settings=None, **more):
        messages.received({"nncore": 1, "command": command, "settings": settings, **more})
        browser.tick()

    return send, told, app


def test_ready_says_the_link(open_page):
    _, app = open_page("#noise=10")
    told = []
    HostMessages(app, told.append).ready()
    assert told == [{"nncore": 1, "event": "ready", "link": link.encode(app.current)}]


def test_commands_do_what_they_say(frame):
    send, told, app = frame
    send("step")
    assert (app.experiment.epoch, app.player.playing) == (1, False)
    assert [each["epoch"] for each in told if each["event"] == "epoch"] == [1]
    send("play")
    send("play")
    assert app.player.playing
    send("pause")
    assert not app.player.playing
    assert told[-1]["playing"] is False
    send("reset")
    assert app.experiment.epoch == 0


def test_an_epoch_comes_with_its_numbers(frame):
    send, told, app = frame
    send("step")
    shown = app.experiment.shown
    assert told == [
        {
            "nncore": 1, "event": "epoch", "epoch": 1, "playing": False,
            "lossTrain": shown.loss_train, "lossTest": shown.loss_test,
            "accuracyTrain": shown.score_train, "accuracyTest": shown.score_test,
        }
    ]  # fmt: skip
    json.dumps(told)


def test_settings_are_taken_clamped_and_answered(frame):
    send, told, app = frame
    send("set", {"noise": 999, "learningRate": 1e9, "activation": "relu", "discretize": True})
    assert (app.current.noise, app.current.learning_rate) == (50, 1000)
    assert (app.current.activation, app.current.discretize) == ("relu", True)
    [answer] = [each for each in told if each["event"] == "changed"]
    assert answer == {
        "nncore": 1, "event": "changed", "link": link.encode(app.current), "refused": [],
    }  # fmt: skip


def test_what_cannot_be_used_is_named_and_the_rest_is_taken(frame):
    send, told, app = frame
    send("set", {"noise": "loud", "activation": "relue", "batchSize": "7", "nope": 1})
    assert (app.current.noise, app.current.activation) == (0, "tanh")
    assert app.current.batch_size == 7
    [answer] = [each for each in told if each["event"] == "changed"]
    noise, activation = answer["refused"]
    assert noise == "noise must be a number; got 'loud'"
    assert activation.startswith("activation must be one of ")
    assert activation.endswith("; got 'relue'")


def test_another_view_opens(frame):
    send, _, app = frame
    send("set", {"view": "wine", "learningRate": 0.1, "dataset": "circle"})
    assert (app.session.view, app.current.learning_rate) == ("wine", 0.1)
    assert app.current.dataset == "wine"


@pytest.mark.parametrize(
    "message",
    [
        None, 1, "play", [], {}, {"command": "play"}, {"nncore": 2, "command": "play"},
        {"nncore": 1}, {"nncore": 1, "command": ["play"]}, {"nncore": 1, "command": "__class__"},
        {"nncore": 1, "command": "eval", "settings": "1"}, {"nncore": "1", "command": "play"},
        {"nncore": 1, "command": "set", "settings": "noise=5"},
        {"nncore": 1, "command": "set", "settings": {"hidden": ["noise"], "__class__": 1}},
    ],
)  # fmt: skip
def test_nothing_else_is_obeyed(frame, spoken, message):
    _, told, app = frame
    spoken[2].received(message)
    spoken[0].tick()
    assert app.current == Settings()
    assert not app.player.playing
    assert [each for each in told if each["event"] == "epoch" and each["epoch"]] == []


@given(st.dictionaries(st.sampled_from([k.metadata["key"] for k in KNOBS.values()]), JSON))
def test_any_settings_whatever_leave_valid_ones(spoken, wanted):
    """A value is taken within its limits or refused; what then holds can be shared as a link."""
    _, app, messages, _ = spoken
    wanted = {key: value for key, value in wanted.items() if key not in ("points", "networkShape")}
    messages.received({"nncore": 1, "command": "set", "settings": wanted})
    text = link.encode(app.current)
    assert link.decode(text) == (app.current, [])


@given(JSON)
def test_any_message_whatever_is_survived(spoken, message):
    spoken[2].received(message)
    spoken[2].received({"nncore": 1, "command": "set", "settings": message})


@given(st.sampled_from(list(KNOBS)), st.floats() | st.integers())
def test_numbers_stay_within_their_limits(name, value):
    kind = KNOBS[name].metadata["kind"]
    try:
        text = text_of(kind, value)
    except BadValue:
        assert not math.isfinite(float(value))
        return
    if hasattr(kind, "low") and text != "0":
        assert kind.low <= kind.read(text) <= kind.high


@pytest.mark.parametrize(
    ("address", "page", "embedded"),
    [
        ("https://a.b/c/", "https://a.b/c/", "https://a.b/c/embed.html"),
        ("https://a.b/index.html", "https://a.b/index.html", "https://a.b/embed.html"),
        ("https://a.b/embed.html?start=press", "https://a.b/", "https://a.b/embed.html"),
        ("file:///x/my%20copy.html", "file:///x/my%20copy.html", "file:///x/my%20copy.html"),
    ],
)
def test_what_is_shared_is_the_page_and_what_is_embedded_its_frame(address, page, embedded):
    at = addresses(address, Settings())
    assert (at.page.split("#")[0], at.frame.split("#")[0]) == (page, embedded)
    assert (at.short.split("#")[0], at.short_frame.split("#")[0]) == (page, embedded)
