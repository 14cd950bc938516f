"""Presets, the link to share, the teacher's panel, and what a link hides."""

from html import escape

import pytest

from explorer.settings import link
from explorer.settings.presets import SETTINGS, presets
from explorer.settings.settings import Settings
from explorer.text.notices import TEXT


@pytest.mark.parametrize("name", list(SETTINGS))
def test_a_preset_opens_exactly_as_it_is_meant(open_page, name):
    before = "default" if "spiral" in name else "small-spiral"  # other data, another problem
    browser, app = open_page("#" + link.encode(SETTINGS[before]))
    browser.click(browser.element("run"))
    browser.tick()
    place = list(SETTINGS).index(name)
    browser.click(browser.elements("#presets a strong")[place])
    browser.tick()
    assert app.current == SETTINGS[name]
    assert browser.state["epoch"] == "0"
    assert browser.state["playing"] == "false"
    assert app.experiment.settings == SETTINGS[name]


def test_the_menu_holds_every_preset_with_its_sentence(page):
    browser, _ = page
    shown = [node.textContent for node in browser.elements("#presets a")]
    assert shown == [title + sentence for title, sentence, _ in presets()]


def test_a_preset_can_be_undone(page):
    browser, app = page
    browser.click(browser.elements("#presets a")[7])
    browser.click(browser.action("undo"))
    assert app.current == Settings()


def test_the_link_to_share_opens_the_same_experiment(page):
    browser, app = page
    browser.choose(browser.field("activation"), "relu")
    address, _, text = browser.element("share-link").value.partition("#")
    assert address == browser.page_address()
    assert link.decode(text)[0] == app.current
    source = escape(f"{address}embed.html#{text}")
    assert f'src="{source}"' in browser.element("share-embed").value


def test_a_teacher_hides_controls_for_whoever_opens_the_link(open_page):
    browser, app = open_page()
    for key in ("noise", "playButton"):
        browser.click(browser.elements(f'[data-hide="{key}"]')[0])
    assert app.current.hidden == frozenset()  # not for the teacher
    text = browser.element("share-link").value.partition("#")[2]
    assert "noise_hide=true" in text
    browser, _ = open_page("#" + text)
    hidden = {n.getAttribute("data-hides") for n in browser.elements("[data-hides]") if n.hidden}
    assert {"noise", "playButton"} <= hidden
    assert not {"dataset", "stepButton", "learningRate"} & hidden


def test_hidden_text_hides_the_article(open_page):
    browser, _ = open_page("#hideText=true")
    assert browser.root.hasAttribute("data-hide-text")
    browser, _ = open_page("#hideText=false")
    assert not browser.root.hasAttribute("data-hide-text")


@pytest.mark.parametrize("allowed", [True, False])
def test_copying_says_whether_it_worked(page, allowed):
    browser, _ = page
    browser.may_copy = allowed
    browser.click(browser.action("copy", "share-link"))
    assert browser.text("copied") == TEXT["copied" if allowed else "not_copied"]
    assert browser.clipboard == (browser.element("share-link").value if allowed else None)
    assert browser.element("share-link").selected
