"""The Wine lab with a network so wide that measuring it takes more than one part."""

import pytest

from explorer.lab import DATA, PLOT

WIDE = "networkShape=" + ",".join(["32"] * 8)


@pytest.mark.parametrize("step", range(DATA, PLOT + 1))
def test_it_opens_at_every_step_before_its_first_epoch_is_measured(open_page, step):
    browser, _ = open_page(f"#view=wine&step={step}&{WIDE}")
    browser.tick(20)
    assert browser.errors == []
    assert browser.state["state"] == "ready"
    assert browser.state["accuracy-train"]


def test_it_starts_again_while_it_trains(open_page):
    browser, app = open_page(f"#view=wine&step=4&{WIDE}")
    for action in (app.toggle, app.reset, app.step, app.reset):
        action()
        app.stale = True
        browser.tick(7)
    assert browser.errors == []
    assert browser.text("step-note")
