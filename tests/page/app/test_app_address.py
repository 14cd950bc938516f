"""The address says what is open, and the Back button goes through what was changed."""

from explorer.settings import link
from explorer.settings.settings import Settings


def test_the_address_holds_every_setting(page):
    browser, app = page
    app.change(app.current.with_text("activation", "relu"))
    assert link.decode(browser.hash)[0] == app.current


def test_opening_the_page_adds_no_step_to_the_back_button(page):
    browser, _ = page
    assert browser.visited == [("replace", link.encode(Settings()))]


def test_back_and_forward_restore_what_was_there(page):
    browser, app = page
    app.change(app.current.with_text("activation", "relu"))
    app.change(app.current.with_text("noise", "10"))
    assert [how for how, _ in browser.visited] == ["replace", "push", "push"]
    start, relu, _ = [text for _, text in browser.visited]
    browser.hash = "#" + relu
    browser.fire(browser.window, "popstate")
    assert app.current.activation == "relu"
    assert app.current.noise == 0
    browser.hash = "#" + start
    browser.fire(browser.window, "hashchange")
    assert app.current == Settings()
    assert len(browser.visited) == 3  # going back is no new step


def test_an_edited_address_opens(page):
    browser, app = page
    browser.hash = "#view=wine&seed=3"
    browser.fire(browser.window, "hashchange")
    browser.tick()
    assert browser.state["view"] == "wine"
    assert app.current.seed == "3"


def test_the_same_address_again_keeps_what_was_trained(page):
    browser, app = page
    app.toggle()
    browser.tick(4)
    browser.fire(browser.window, "hashchange")
    assert app.experiment.epoch == 4


def test_a_dragged_slider_is_one_step_of_the_back_button(page):
    browser, _ = page
    browser.slide(browser.field("noise"), [5, 10, 15])
    assert [how for how, _ in browser.visited] == ["replace", "push"]
    assert "noise=15" in browser.hash


def test_a_link_to_a_smaller_network_closes_the_weight_card_and_leaves_the_neuron(page):
    browser, app = page
    for old, new in (("#networkShape=8,8,8", "#networkShape=1"), ("", "#dataset=blobs")):
        browser.hash = old
        browser.fire(browser.window, "hashchange")
        browser.tick()
        app.stage.card.show("a neuron", [("Bias", 20), ("Weight", 21)], (0, 0), opened=True)
        app.stage.focus = "unit", 3, 0
        browser.hash = new + "&networkShape=1"
        browser.fire(browser.window, "hashchange")
        browser.tick()
        assert not app.stage.card.is_shown
        assert len(app.experiment.params) < 20


def test_another_address_opens_a_lesson_while_the_page_stands(open_page):
    """Browsers tell of it twice; between the two the page writes its own form of the address."""
    browser, app = open_page("#networkShape=3&seed=0.5")
    arrive = []
    browser.part_loader = lambda name, arrived, done, failed: arrive.append(done)
    browser.hash = "#lesson=smallest-xor"
    for event in ("popstate", "hashchange"):
        browser.fire(browser.window, event)
    arrive.pop()()
    assert browser.state["lesson"] == "smallest-xor"
    assert browser.hash.startswith("#lesson=smallest-xor&")
    browser.hash = "#networkShape=3"
    for event in ("popstate", "hashchange"):
        browser.fire(browser.window, event)
    assert browser.state["lesson"] == app.lessons.name == ""
