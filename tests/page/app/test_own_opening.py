"""Your data, on the way into a view: what the page says meanwhile, and what may come between."""

import pytest
from own_hands import body, drop, opened, rows

from explorer.app import own_data, own_memory
from explorer.text.data import DATA


@pytest.fixture
def page():
    with opened() as both:
        yield both


def test_while_a_table_is_opened_the_page_says_that_it_works(page):
    browser, _ = page
    drop(browser, "flowers.csv", rows())
    browser.tick(3)
    assert browser.state["working"] == "false"
    browser.click(browser.action("own-use"))
    seen = set()
    while browser.element("own-data").open:
        seen.add(browser.state["working"])
        browser.tick()
    assert seen == {"true"}
    browser.tick(9)
    assert browser.state["working"] == "false"


def test_what_is_opened_while_a_table_is_on_its_way_stays(page):
    browser, app = page
    for frames in range(4):
        app.session.show("playground")
        app.view_shown()
        drop(browser, "flowers.csv", rows())
        browser.tick(3)
        browser.click(browser.action("own-use"))
        browser.tick(frames)
        if app.current.dataset.startswith("own-"):
            break  # it was there already
        browser.hash = "#view=wine&dataset=iris"
        browser.fire(browser.window, "popstate")
        browser.tick(20)
        assert (app.session.view, app.current.dataset) == ("wine", "iris"), frames
        assert browser.state["working"] == "false"
    assert frames > 1


def test_a_fault_on_the_way_is_told_and_leaves_nothing_at_work(page, monkeypatch):
    browser, _ = page
    browser.may_fail = True
    drop(browser, "flowers.csv", rows())
    browser.tick(3)

    def broken(_browser, _table):
        raise RuntimeError("no luck")
        yield

    monkeypatch.setattr(own_memory, "keeping", broken)
    browser.click(browser.action("own-use"))
    browser.tick(20)
    assert "no luck" in browser.element("notices").textContent
    assert DATA["failed"] in body(browser)
    assert browser.state["working"] == "false"
    assert "no luck" in browser.errors.pop()


def test_what_a_large_table_asks_of_a_frame_comes_in_frames_of_their_own(page, monkeypatch):
    browser, app = page
    monkeypatch.setattr(own_data, "LARGE", 0)
    frames = []

    def noted(of, name):
        call = getattr(of, name)

        def note(*given):
            frames.append((name, browser.time))
            return call(*given)

        monkeypatch.setattr(of, name, note)

    browser.click(browser.action("own-data"))
    noted(own_data, "preview")
    noted(app.own.made.panel, "show_preview")
    noted(app.own.made.panel, "give_focus")
    noted(app.session, "change")
    noted(app.session, "show")
    drop(browser, "flowers.csv", rows())
    browser.tick(9)
    browser.click(browser.action("own-use"))
    browser.tick(20)
    assert [name for name, _ in frames] == [
        "preview", "show_preview", "give_focus", "show", "change",
    ]  # fmt: skip
    at = [frame for _, frame in frames]
    assert sorted(set(at)) == at, "each in another frame"
