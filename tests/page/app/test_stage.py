"""Pictures that are too dear for one frame: their panels take turns, their elements are made in
parts, and in the end everything is as if it had been done at once."""

import pytest

from explorer.app.lab.lab import PANELS, parts_of

ALL = parts_of(PANELS)
WIDE = "networkShape=16,16,16,16,16,16,16,16"


def clock_that_runs(browser, app, step):
    """From now on every look at the clock is that much later."""
    time = [browser.time]

    def now():
        time[0] += step
        return time[0]

    browser.now = app.player.clock = now


def drawings(lab, monkeypatch):
    """The parts of the picture that each frame draws, from now on."""
    frames, names = [], {f"draw_{part}": part for part in ALL}

    def spy(owner, name, note):
        method = getattr(owner, name)

        def spied(*arguments):
            note()
            return method(*arguments)

        monkeypatch.setattr(owner, name, spied)

    for name, panel in names.items():
        spy(lab, name, lambda panel=panel: frames[-1].append(panel))
    spy(lab.readouts, "draw", lambda: frames.append([]))
    return frames


def units(browser):
    return [node.getAttribute("data-unit") for node in browser.elements("#network [data-unit]")]


# The panels of the lab ----------------------------------------------------------------------------


@pytest.fixture
def dear(open_page, monkeypatch):
    """A lab in training whose drawing is too dear for one frame."""
    browser, app = open_page(f"#view=wine&{WIDE}&stopEpoch=0&speed=epoch")
    browser.tick(5)
    frames = drawings(app.stage.lab, monkeypatch)
    app.toggle()
    browser.tick()
    return browser, app, frames


def test_the_panels_of_a_wide_network_take_turns_while_it_trains(dear):
    browser, app, frames = dear
    assert app.player.budget.level == 1, "it begins in turns, because it is wide"
    browser.tick(4)
    assert all(0 < len(frame) < len(ALL) for frame in frames), frames
    app.player.budget.level = 2
    frames.clear()
    browser.tick(6)
    assert sorted(map(tuple, frames[:3])) == sorted(tuple(parts_of([panel])) for panel in PANELS)
    assert frames[:3] == frames[3:]


def test_all_panels_are_up_to_date_when_training_pauses_or_the_reader_does_something(dear):
    browser, app, frames = dear
    app.player.budget.level = 2
    frames.clear()
    app.stale = True
    browser.tick()
    assert frames == [ALL]
    browser.tick()
    frames.clear()
    app.toggle()
    browser.tick(5)
    missed = [panel for panel in PANELS if panel != "plane"]
    assert frames[0] == missed, "the plane was drawn by the last frame"
    count = len(frames)
    browser.tick(3)
    assert len(frames) == count


def test_the_usual_network_draws_all_in_every_frame(open_page, monkeypatch):
    browser, app = open_page("#view=wine&speed=epoch")
    browser.tick(5)
    frames = drawings(app.stage.lab, monkeypatch)
    app.toggle()
    browser.tick(4)
    assert frames == [ALL] * 4


def test_a_slow_machine_makes_the_panels_take_turns(open_page, monkeypatch):
    browser, app = open_page("#view=wine&speed=epoch&stopEpoch=0")
    browser.tick(5)
    frames = drawings(app.stage.lab, monkeypatch)
    clock_that_runs(browser, app, 0.005)
    app.toggle()
    browser.tick(12)
    assert app.player.budget.level == 2
    assert sorted(map(len, frames[-3:])) == [1, 1, 3], "one panel each"


def test_while_training_runs_a_picture_goes_on_where_a_frame_left_it(open_page):
    browser, app = open_page("#view=wine&speed=epoch")
    browser.tick(5)
    lab = app.stage.lab
    lab.begin(1, whole=True)
    assert lab.due == ALL, "all of it, with what stood before"
    del lab.due[:2]
    lab.begin(1, whole=False)
    assert lab.due == ALL[2:]
    lab.begin(None, whole=False)
    assert lab.due == ALL, "a picture that stays begins anew"


def test_a_picture_that_stays_comes_over_several_frames_and_then_rests(open_page, monkeypatch):
    browser, app = open_page("#view=wine")
    for _ in range(20):
        app.experiment.step()
    browser.tick(5)
    frames = drawings(app.stage.lab, monkeypatch)
    clock_that_runs(browser, app, 0.03)
    app.stale = True
    browser.tick(70)
    places, ground, plane, step, band = ([part] for part in ALL)
    layers = len(app.current.network_shape) + 1
    assert frames[: 3 + layers] == [places, ground, plane, *[step] * layers]
    assert all(frame == band for frame in frames[3 + layers :])
    assert len(browser.element("film").children) == 20
    count = len(frames)
    browser.tick(3)
    assert len(frames) == count


def test_while_training_runs_the_film_gets_one_picture_a_frame(open_page):
    browser, app = open_page("#view=wine&speed=epoch")
    for _ in range(12):
        app.experiment.step()
    app.toggle()
    counts = []
    for _ in range(4):
        browser.tick(1, 0.2)  # the strip is looked at a few times a second
        counts.append(len(browser.element("film").children))
    assert counts == [1, 2, 3, 4]


# The tiles of the network -------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["playground", "wine"])
def test_however_slow_it_is_the_network_comes(open_page, view):
    """Every look at the clock takes longer than a frame has for making elements."""
    browser, app = open_page(f"#view={view}")
    clock_that_runs(browser, app, 0.1)
    app.open_preset(f"view={view}&{WIDE}")
    for _ in range(60):
        browser.tick()
    assert not app.stale
    assert len(units(browser)) == 8 * 16 + (3 if view == "wine" else 0)


@pytest.mark.parametrize("step", [0.008, 0.01, 0.03])
def test_tiles_are_made_in_parts_and_the_old_ones_stay_until_all_are_there(open_page, step):
    browser, app = open_page()
    before = units(browser)
    clock_that_runs(browser, app, step)
    app.open_preset(WIDE)
    seen = []
    while app.stale:
        seen.append(units(browser))
        tiles = app.stage.network.tiles
        browser.tick()
        if tiles is not app.stage.network.tiles:
            rasters = app.stage.network.tiles.rasters
            assert all(raster.drawn == 1 for raster in rasters), "no tile comes empty"
    assert all(raster.drawn == 1 for raster in rasters), "nor is one drawn twice"
    assert len(seen) > 3, "it took some frames"
    kept = sum(each == before for each in seen)
    assert all(each == before for each in seen[:kept])
    assert kept < len(seen), "and the rest of the picture comes later"
    assert len(units(browser)) == 8 * 16


def test_another_change_while_they_are_made(open_page):
    browser, app = open_page()
    clock_that_runs(browser, app, 0.005)
    app.open_preset(WIDE)
    browser.tick(2)
    app.open_preset("networkShape=3")
    while app.stale:
        browser.tick()
    assert units(browser) == ["1.1", "1.2", "1.3"]
    assert len(browser.elements("#network [data-bias]")) == 4


@pytest.mark.parametrize(
    ("held", "link"),
    [
        ('input[name="x_squared"]', "#ySquared=true"), ('[data-unit="2.1"]', "#networkShape=4,2,3"),
        ('[data-action="add-neuron"][data-value="2"]', "#networkShape=4,3"),
    ],
)  # fmt: skip
def test_the_focus_goes_over_to_the_new_tiles(page, held, link):
    browser, app = page
    (old,) = browser.elements(f"#network {held}")
    old.focus()
    browser.hash = link
    browser.fire(browser.window, "hashchange")
    browser.tick(3)
    (new,) = browser.elements(f"#network {held}")
    assert new is not old
    assert browser.document.activeElement is new
    columns = app.stage.network.tiles.focusable
    (stop,) = [node for column in columns for node in column if node.tabIndex == 0]
    assert (stop is new) == (new.getAttribute("data-action") is None or "unit" in held)


def test_the_focus_stays_where_it_is_outside_and_where_no_tile_takes_the_place(page):
    browser, app = page
    for held in ("#seed", '#network [data-unit="2.2"]'):
        browser.element("run").focus()
        found = browser.elements(held)
        if found:
            found[0].focus()
        before = browser.document.activeElement
        app.resize((3,))
        browser.tick(3)
        assert browser.document.activeElement is before
        app.resize((4, 2))
        browser.tick(3)


def test_another_size_moves_the_same_tiles(open_page):
    browser, app = open_page()
    nodes, layout = browser.elements("#network [data-unit]"), app.stage.network.layout
    css = [node.style.cssText for node in nodes]
    left, top, width, height = browser.document.boxes["network"]
    browser.document.boxes["network"] = (left, top, width - 90, height)
    app.stale = True
    browser.tick()
    after = browser.elements("#network [data-unit]")
    assert all(a is b for a, b in zip(nodes, after, strict=True))
    assert app.stage.network.layout != layout
    first = app.stage.network.layout.columns[1][0]
    assert after[0].style.cssText.startswith(f"left:{first.x}px;top:{first.y}px;")
    assert [node.style.cssText for node in after] != css
