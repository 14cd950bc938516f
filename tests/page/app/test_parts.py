"""Parts that are fetched when they are wanted, as the reader meets them."""

import pytest
from fake_browser import FakeBrowser

from explorer.app.code_door import ACTIONS as CODE_ACTIONS
from explorer.app.parts import SLOW, Parts
from explorer.panels.notices import Notices
from explorer.text.parts import PARTS
from tools.inside.parts import PARTS as PARTS_OF_THE_BUILD


class Loader:
    """Stands for the boot code: keeps what it is asked for, and answers when a test wants it."""

    def __init__(self):
        self.asked = []

    def __call__(self, name, arrived, done, failed):
        self.asked.append(name)
        self.arrived, self.done, self.failed = arrived, done, failed


@pytest.fixture
def made():
    browser = FakeBrowser()
    browser.part_loader = Loader()
    return browser, Parts(browser, Notices(browser)), browser.part_loader


def notices(browser):
    return [node.textContent for node in browser.elements("#notices article")]


def wait(browser):
    browser.tick(int(SLOW * 60) + 3)


def test_a_part_is_fetched_once_and_wishes_are_done_in_order(made):
    browser, parts, loader = made
    done = []
    parts.wanted("code", lambda: done.append(1))
    parts.wanted("code", lambda: done.append(2))
    assert (loader.asked, done) == (["code"], [])
    loader.done()
    assert done == [1, 2]
    assert browser.root.getAttribute("data-parts") == "code"
    parts.wanted("code", lambda: done.append(3))
    assert (loader.asked, done) == (["code"], [1, 2, 3])
    wait(browser)
    assert notices(browser) == []


def test_the_reader_is_told_of_a_slow_one(made):
    browser, parts, loader = made
    parts.wanted("code", list)
    loader.arrived(1, 4)  # nobody sees it yet
    assert notices(browser) == []
    wait(browser)
    [text] = notices(browser)
    assert PARTS["loading"].format(part="Code") in text
    loader.arrived(3, 4)
    assert browser.elements("#notices progress")[0].getAttribute("value") == "0.750"
    loader.done()
    assert notices(browser) == []


@pytest.mark.parametrize("cause", ["offline", "missing", "damaged", "copy", "no such cause"])
def test_a_failure_is_told_with_another_attempt(made, cause):
    browser, parts, loader = made
    done = []
    parts.wanted("code", lambda: done.append(1))
    loader.failed(cause, "p.zip: 404")
    [text] = notices(browser)
    assert PARTS.get(f"because_{cause}", PARTS["because_unknown"]) in text
    [button] = browser.elements('#notices [data-action="load-part"]')
    assert (button.textContent, button.getAttribute("data-value")) == ("Try again", "code")
    assert browser.errors == ["part code: p.zip: 404"]
    parts.again("code")
    assert notices(browser) == []
    parts.again("code")  # a second press while it comes
    assert (loader.asked, done) == (["code", "code"], [])
    loader.done()
    assert done == [1]
    parts.again("code")  # from a notice that was left
    assert loader.asked == ["code", "code"]


def test_whoever_wants_it_after_a_failure_has_it_fetched_anew(made):
    _, parts, loader = made
    done = []
    parts.wanted("code", lambda: done.append(1))
    loader.failed("offline", "")
    parts.wanted("code", lambda: done.append(2))
    assert loader.asked == ["code", "code"]
    loader.done()
    assert done == [1, 2]


def test_it_is_told_where_the_reader_looks(made):
    browser, parts, loader = made
    place = browser.element("code-status")
    parts.wanted("code", list, place)
    wait(browser)
    assert place.textContent == PARTS["loading"].format(part="Code")
    loader.failed("offline", "")
    assert place.querySelector("button").textContent == "Try again"
    loader.done()
    assert (place.textContent, notices(browser)) == ("", [])


def test_an_action_waits_for_its_part(page):
    browser, app = page
    browser.part_loader = loader = Loader()
    browser.click(browser.action("code"))
    browser.tick()
    assert app.code.made is None
    assert browser.element("program").textContent == ""
    app.stale = False
    loader.done()
    assert app.stale
    browser.tick()
    assert "import" in browser.element("program").textContent


def test_the_button_for_another_attempt_works(page):
    browser, app = page
    browser.may_fail = True
    browser.part_loader = loader = Loader()
    browser.click(browser.action("code"))
    loader.failed("missing", "404")
    [button] = browser.elements('#code-status [data-action="load-part"]')
    browser.click(button)
    loader.done()
    assert app.code.made is not None


def test_every_action_of_a_part_is_known_before_it_comes(page):
    app = page[1]
    app.code.do("code", None)
    assert set(app.code.made.actions) == set(CODE_ACTIONS)
    assert set(CODE_ACTIONS) < set(app.parts.actions)


def test_every_part_has_a_name():
    assert {f"part_{part}" for part in PARTS_OF_THE_BUILD} <= set(PARTS)
