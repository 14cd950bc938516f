"""The Wine lab with a network so wide that measuring it takes more than one part."""

import pytest

from explorer.learning.exercise import DATA, FEATURES, PLOT, TRAIN

WIDE = "networkShape=" + ",".join(["32"] * 8)


def press_step(browser, number):
    browser.click(browser.elements(f'.steps [data-step="{number}"]')[0])


@pytest.mark.parametrize("step", range(DATA, PLOT + 1))
def test_every_step_can_be_seen_before_the_first_epoch_is_measured(open_page, step):
    browser, app = open_page(f"#view=wine&{WIDE}")
    press_step(browser, step)
    app.experiment.reset()
    assert app.experiment.measuring is not None
    app.draw()
    assert browser.state["accuracy-train"] == ""
    browser.tick(20)
    assert browser.errors == []
    assert browser.state["accuracy-train"]
    assert browser.state["working"] == "false"


def test_it_starts_again_while_it_trains(open_page):
    browser, app = open_page(f"#view=wine&{WIDE}")
    for action in (app.toggle, app.reset, app.step, app.reset):
        action()
        app.stale = True
        browser.tick(7)
    assert browser.errors == []
    assert browser.text("step-note")


@pytest.mark.parametrize("step", [DATA, FEATURES, PLOT])
def test_links_that_are_not_seen_do_not_keep_it_at_work(open_page, step):
    browser, app = open_page("#view=wine&networkShape=32,32,2&stopEpoch=0")
    press_step(browser, TRAIN)
    browser.tick(3)
    app.toggle()
    time = [browser.time]

    def now():  # a clock that runs, so that no frame has time for all links
        time[0] += 0.001
        return time[0]

    browser.now = app.player.clock = now
    while app.stage.network.links.complete:
        browser.tick()
    press_step(browser, step)
    app.toggle()
    browser.tick(60)
    assert browser.state["working"] == "false"
    assert app.stage.lab.complete
    assert browser.errors == []
