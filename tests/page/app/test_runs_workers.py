"""Workers of the section on runs: asked where they can do the work, and let go with it."""

from dataclasses import replace

import pytest
from elsewhere import Elsewhere
from engines import new_engine
from hands import press
from runs_hands import section


@pytest.fixture
def vary(open_page):
    """(browser, app, start, the crews that were made); start() begins two runs."""
    browser, app, fill = section(open_page, "#networkShape=2&seed=11", "vary", "vary")
    app.session.engine = engine = new_engine()
    crews = []
    browser.make_crew = lambda *_: crews.append(Elsewhere(engine)) or crews[-1]

    def start():
        fill(values="1 3", seeds="1", epochs="2")
        press(browser, "vary-start")

    return browser, app, start, crews


def test_they_go_with_the_runs_not_with_the_section(vary):
    browser, app, start, crews = vary
    start()
    press(browser, "vary", ticks=2)
    assert (len(crews[0].waiting), crews[0].is_over) == (2, False), "closed, it goes on"
    press(browser, "vary-stop")
    assert crews[0].is_over
    start()
    app.show_view("wine")
    browser.tick(3)
    assert [crew.is_over for crew in crews] == [True, True]


def test_they_are_not_made_for_what_they_cannot_do(vary):
    browser, app, start, crews = vary
    app.change(replace(app.current, engine="numpy"))
    browser.tick(2)
    start()
    assert (app.runs.made.vary.sweep.done, crews) == (2, [])


@pytest.mark.parametrize("engine_name", ["compiled", "numpy"])
def test_the_lab_s_seeds_are_trained_by_them_where_they_can_do_it(lab, engine_name):
    browser, app = lab
    app.session.engine = engine = new_engine()
    crews = []
    browser.make_crew = lambda *_: crews.append(Elsewhere(engine)) or crews[-1]
    app.change(replace(app.current, engine=engine_name))
    seen = []
    app.runs.train_seeds(app.current, 3, 20, lambda runs: seen.append(len(runs.runs)))
    for _ in range(100):
        browser.tick()
        for crew in crews:
            if crew.waiting:
                crew.do_one()
    assert (seen[0], seen[-1], app.runs.seeds) == (0, 3, [])
    assert [crew.is_over for crew in crews] == [True] * (engine_name == "compiled")
