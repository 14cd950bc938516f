"""The links behind the tiles: few in every frame, very many out of sight and by parts."""

import numpy as np
import pytest

from explorer.drawing.palette import THEMES
from explorer.drawing.views import diagram
from explorer.frames.deadline import ENDLESS, Deadline
from explorer.panels.network.links import AT_ONCE, MANY, Links

THEME = THEMES["light"]
MANY_LINKS = "#networkShape=10,10,10,10,10,10,10,10"

OVER = Deadline(lambda: 0.0, 0.0)  # time for one part and no other


class Frame:
    """What a structure says of the size of the links' canvas."""

    crowded = True

    def __init__(self, height, network="one"):
        self.height, self.network = height, network

    def sized(self):
        return self.network


def layout_of(units):
    columns = [(units, 20, 20)] * 3
    return diagram.layout(columns, 400, right=600)


def levels_of(layout, seed=0):
    weights = np.random.default_rng(seed).normal(0, 1, len(layout.curves))
    return diagram.strengths(weights)


def page_of(browser, links):
    return browser.contexts.get(id(links.front))


def behind(browser, links):
    return browser.contexts[id(links.back)]


@pytest.fixture
def links(page):
    browser, _ = page
    return Links(browser)


def curves_in(ctx):
    paths = "".join(path for (path,), _ in ctx.named("stroke"))
    return ["M" + piece for piece in paths.split("M")[1:]]


def test_many_are_drawn_in_parts_each_once_and_shown_together(page, links):
    browser, _ = page
    layout, frame = layout_of(24), (Frame(400), 600)
    levels = levels_of(layout)
    assert len(layout.curves) > MANY
    before, asked = page_of(browser, links), 0
    while not links.prepare(frame, layout, levels, THEME, OVER):
        asked += 1
        assert page_of(browser, links) is before, "nothing is shown yet"
        most = max(path.count("M") for (path,), _ in behind(browser, links).named("stroke"))
        assert most <= AT_ONCE
    assert asked > len(layout.curves) / AT_ONCE - 1
    drawn = curves_in(behind(browser, links))
    wanted = [text for text, level in zip(layout.curves, levels, strict=True) if level]
    assert sorted(drawn) == sorted(wanted)
    links.draw(frame, layout, levels, THEME, playing=True)
    ((image, *_),) = [arguments for arguments, _ in page_of(browser, links).named("drawImage")]
    assert image.isSameNode(links.back)
    assert links.complete


def test_what_is_under_way_is_completed_before_the_next_begins(page, links):
    """Else a slider that is dragged would keep the links from ever being drawn."""
    browser, _ = page
    layout, frame = layout_of(24), (Frame(400), 600)
    first, second = levels_of(layout, 1), levels_of(layout, 2)
    browser.now = iter(np.arange(0, 1000, 0.005)).__next__  # no frame has time for all
    shown = []
    for seed in range(60):
        links.draw(frame, layout, levels_of(layout, seed), THEME, playing=False)
        shown.append(links.shown)
    assert len(set(shown)) > 3, "pictures of the way"
    for levels in (first, second):
        while not links.complete or links.wanted[1][1] != levels.tobytes():
            links.draw(frame, layout, levels, THEME, playing=False)
        assert links.shown[1][1] == levels.tobytes(), "and in the end that of now"


@pytest.fixture
def hasty(page, links):
    """Links for which no frame has time for all."""
    browser, _ = page
    browser.now = iter(np.arange(0, 1000, 0.005)).__next__
    return links


def test_links_of_other_sizes_are_seen_while_a_window_is_resized(hasty):
    layout = layout_of(24)
    levels, shown = levels_of(layout), []
    for width in range(700, 640, -1):
        hasty.draw((Frame(400), width), layout, levels, THEME, playing=False)
        shown.append(hasty.shown and hasty.shown[0][1])
    assert len(set(shown)) > 3
    frame = Frame(400), 640
    while not hasty.complete:
        hasty.draw(frame, layout, levels, THEME, playing=False)
    assert hasty.shown[0] == frame


@pytest.mark.parametrize("other", ["theme", "network", "back again"])
def test_links_that_nobody_wants_any_more_are_not_shown(hasty, other):
    layout, frame = layout_of(24), (Frame(400), 600)
    levels, dark = levels_of(layout), THEMES["dark"]
    while not hasty.complete or hasty.shown is None:
        hasty.draw(frame, layout, levels, THEME, playing=False)
    hasty.draw(frame, layout, levels, dark, playing=False)
    assert hasty.coming is not None
    unwanted = hasty.coming
    if other == "theme":
        following = [(frame, levels, THEME), (frame, levels_of(layout, 1), THEME)]
    elif other == "network":
        following = [((Frame(400, "other"), 600), levels, dark)]
    else:
        following = [(frame, levels, THEME), (frame, levels_of(layout, 2), dark)]
    for at, look, theme in following:
        hasty.draw(at, layout, look, theme, playing=False)
        while not hasty.complete:
            hasty.draw(at, layout, look, theme, playing=False)
            assert hasty.shown != unwanted
    assert hasty.coming is None


def test_prepared_links_are_of_the_size_that_is_wanted(page, links):
    browser, _ = page
    layout, one, other = layout_of(24), (Frame(400), 600), (Frame(500), 700)
    levels = levels_of(layout)
    assert not links.prepare(one, layout, levels, THEME, OVER)
    assert links.prepare(other, layout, levels, THEME, ENDLESS)
    drawn = curves_in(behind(browser, links))
    assert len(drawn) == len(set(drawn)) == np.count_nonzero(levels)
    assert links.ready[0] == other


def test_other_tiles_come_with_their_links_or_with_none(page, links):
    browser, _ = page
    layout, frame = layout_of(24), (Frame(400), 600)
    links.prepare(frame, layout, levels_of(layout), THEME, ENDLESS)
    links.turn(frame)
    assert page_of(browser, links).named("drawImage")
    links.turn((Frame(300), 600))
    assert page_of(browser, links).calls == [], "the canvas is cleared"
    assert links.shown is None


@pytest.mark.parametrize("calm", [False, True])
@pytest.mark.parametrize(("link", "expected"), [("#networkShape=9", 10), (MANY_LINKS, 2)])
def test_very_many_are_drawn_ten_times_a_second_while_training_runs(
    open_page, link, expected, calm
):
    browser, app = open_page(link, calm=calm)
    links = app.stage.network.links
    app.toggle()
    browser.tick()
    drawn, last = 0, page_of(browser, links)
    for _ in range(10):
        browser.tick(1, 0.03)
        drawn += page_of(browser, links) is not last
        last = page_of(browser, links)
    assert drawn == expected
    if expected == 2:
        assert [name for name, _, _ in last.calls] == ["drawImage"]
    browser.click(browser.element("run"))
    browser.tick(3)
    levels = diagram.strengths(app.experiment.snapshot().weights)
    assert links.shown[1][1] == levels.tobytes(), "in the end those of now"
    assert app.stage.network.complete


def test_a_wide_network_comes_with_its_links(open_page):
    browser, app = open_page()
    links, seen = app.stage.network.links, []
    app.open_preset(MANY_LINKS)
    tiles = app.stage.network.tiles
    while app.stage.network.tiles is tiles:
        seen.append(page_of(browser, links).named("drawImage"))
        browser.tick()
    assert not any(seen)
    assert page_of(browser, links).named("drawImage")


def test_dashes_take_a_twentieth_of_the_time_where_they_are_dear(page, links):
    browser, _ = page
    layout, frame = layout_of(8), (Frame(400), 600)
    fit, redrawn = links.fit, []

    def slow(*given):
        redrawn.append(browser.time)
        browser.time += 0.004
        return fit(*given)

    links.fit = slow

    def draw(seed, frame=frame, playing=True):
        links.draw(frame, layout, levels_of(layout, seed), THEME, playing)

    for step in range(600):
        draw(step)
        browser.time += 1 / 60
    apart = np.diff(redrawn)[-10:]
    assert (apart >= 20 * 0.004).all()
    assert (apart < 20 * 0.004 + 2 / 60).all()
    for otherwise in ({"frame": (Frame(400), 500)}, {"playing": False}):
        draw(0)
        before = len(redrawn)
        draw(1, **otherwise)
        assert len(redrawn) == before + 1, "another frame, or the last picture: at once"
