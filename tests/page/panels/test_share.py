"""Presets, the link to share, the teacher's panel, and what a link hides."""

import ast
from html import escape
from html.parser import HTMLParser

import pytest

from explorer.panels.snippets import SNIPPETS
from explorer.settings import link
from explorer.settings.presets import SETTINGS, presets
from explorer.settings.settings import Settings
from explorer.text.notices import TEXT
from explorer.text.share import SHARE


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
    short = browser.element("share-short").value
    assert link.decode(short.partition("#")[2])[0] == app.current
    assert len(short) < len(browser.element("share-link").value) / 3


class Attributes(HTMLParser):
    """The attributes of every element that is met, by its name."""

    def __init__(self, text):
        super().__init__()
        self.found = {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found[tag] = dict(attrs)


def linked(snippet, place):
    """The address that a snippet leads to, as the platform reads it."""
    if place in ("jupyter", "marimo"):
        call = ast.parse(snippet).body[-1].value
        texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
        return texts[0] if place == "jupyter" else linked(texts[0], "frame")
    if place == "myst":
        return snippet.splitlines()[0].split()[-1]
    if place == "readme":
        return snippet[snippet.index("](") + 2 : -1]
    if place == "h5p":
        return snippet
    found = Attributes(snippet).found
    if "nn-playground" in found:
        return found["nn-playground"]["link"]
    if "a" in found:
        return found["a"]["href"]
    return found["iframe"].get("src") or found["iframe"]["data-src"]


@pytest.mark.parametrize("address", ["/play/", "/play/index.html", "/play/embed.html", "/one.html"])
@pytest.mark.parametrize("place", list(SNIPPETS))
def test_the_snippet_for_a_place_opens_the_same_experiment(page, place, address):
    browser, app = page
    browser.page_address = lambda: f"https://example.org{address}"
    browser.choose(browser.field("regularization"), "L2")
    browser.choose(browser.element("share-place"), place)
    snippet = browser.element("share-embed").value
    target = linked(snippet, place)
    assert link.decode(target.partition("#")[2]) == (app.current, [])
    if address != "/one.html":
        opens = "" if place in ("forum", "wordpress", "readme") else "embed.html"
        assert target.partition("#")[0] in ("", f"https://example.org/play/{opens}",
                                            f"https://example.org{address}")  # fmt: skip
        assert opens in target or place == "element"
    else:
        assert "embed" not in snippet
    assert browser.text("share-note") == SHARE[SNIPPETS[place][1]]


@pytest.mark.parametrize("place", list(SNIPPETS))
def test_no_snippet_has_a_bare_ampersand_where_html_reads_it(page, place):
    """HTML would take &reg for an entity; in code and directives the address is no HTML."""
    browser, _ = page
    browser.choose(browser.field("regularization"), "L2")
    browser.choose(browser.element("share-place"), place)
    snippet = browser.element("share-embed").value
    if place not in ("myst", "jupyter"):
        assert "&reg" not in snippet
    assert "%" not in snippet.replace("100%", "")


def test_the_menu_names_every_place(page):
    browser, _ = page
    options = [node.getAttribute("value") for node in browser.elements("#share-place option")]
    assert options == list(SNIPPETS) == list(SHARE["places"])


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
