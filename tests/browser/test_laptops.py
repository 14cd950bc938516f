"""Small laptops: the whole exercise and the whole playground are seen, and nothing is scrolled."""

from collections.abc import Callable
from pathlib import Path

import pytest
from harness import next_picture, run_until, screenshot, state, wait_state
from harness_lab import open_step
from harness_layout import FAULTS, LAB, LAPTOPS, PLAYGROUND
from harness_server import SiteServer
from playwright.sync_api import Page, expect

from tools.drivers import Engine

Visit = Callable[..., Page]
RESIZED = """const [width, height, done] = arguments, frame = document.querySelector("iframe");
Object.assign(frame, {width, height});
let count = 0;
const look = () => {
  const {working} = frame.contentDocument.documentElement.dataset;
  if (++count > 3 && working === "false") done();
  else requestAnimationFrame(look);
};
look();"""  # the picture for the new size is whole
ROOT = "frames[0].document.documentElement.dataset"
DEEP = "networkShape=8,8,8,8,8,8,8,8"


def faults(page: Page, names: list[str]) -> list[str]:
    page.mouse.move(5, 5)
    return page.evaluate(f"(names) => ({FAULTS})(window, names)", names)


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    next_picture(page)


def test_the_whole_playground_is_seen(visit: Visit, axe: Callable) -> None:
    page = visit("#stopEpoch=60", viewport=LAPTOPS[0])
    run_until(page, lambda now: now["epoch"] >= 60)
    wait_state(page, playing=False)
    assert axe(page) == []
    for size in LAPTOPS:
        resize(page, size)
        screenshot(page, f"laptop-playground-{size[0]}x{size[1]}")
        assert faults(page, PLAYGROUND) == [], size


def test_the_whole_exercise_is_seen(visit: Visit, axe: Callable) -> None:
    page = visit("#view=wine&speed=epoch", viewport=LAPTOPS[0])
    open_step(page, 4)
    run_until(page, lambda now: now["epoch"] >= 20)
    now = wait_state(page, playing=False, epoch=20)
    assert now["accuracy_train"] == 1
    assert axe(page) == []
    for size in LAPTOPS:
        resize(page, size)
        screenshot(page, f"laptop-wine-{size[0]}x{size[1]}")
        assert faults(page, LAB) == [], size
        height = page.evaluate("() => document.scrollingElement.scrollHeight")
        assert height <= size[1]


def test_no_edge_says_that_there_is_more_where_all_is_seen(visit: Visit) -> None:
    """It had been looked at while the first picture, which is taller, still stood there."""
    page = visit("#view=wine", viewport=LAPTOPS[1])
    expect(page.locator("#network-scroll:not([data-more])")).to_be_attached()


OTHERS = {
    "eight layers": (f"#{DEEP}", PLAYGROUND),
    "eight layers, three classes": (f"#dataset=spiral3&{DEEP}", [*PLAYGROUND, "#confusion"]),
    "seven inputs, long layers": ("#networkShape=32,32", PLAYGROUND),
    "six layers in the lab": ("#view=wine&networkShape=8,8,8,8,8,2", LAB[:9]),
    "seven layers in the lab": ("#view=wine&networkShape=8,8,8,8,8,8,2", LAB[:9]),
    "thirty inputs": ("#view=wine&dataset=breast_cancer", LAB[:11]),
    "rows held back": ("#view=wine&percTrainData=70", [*LAB[:11], "#confusion-share"]),
}


@pytest.mark.parametrize("case", OTHERS)
def test_larger_networks_are_closer_and_not_scrolled(visit: Visit, case: str) -> None:
    link, names = OTHERS[case]
    page = visit(link, viewport=(1280, 620))
    if "wine" in link:
        open_step(page, 4)
    for size in ((1280, 620), (1366, 650)):
        resize(page, size)
        assert faults(page, names) == [], size
        expect(page.locator("#network-scroll:not([data-more])"), str(size)).to_be_attached()


def test_where_a_network_must_be_scrolled_an_edge_says_so(visit: Visit) -> None:
    page = visit(f"#view=wine&{DEEP}", viewport=(1280, 620))
    box = page.locator("#network-scroll")
    expect(box).to_have_attribute("data-more", "right")
    assert "gradient" in box.evaluate("node => getComputedStyle(node).maskImage")
    screenshot(page, "laptop-edge")
    box.evaluate("node => node.scrollTo(1e4, 0)")
    expect(box).to_have_attribute("data-more", "left")
    heads = page.locator("#network .layer-head").count()
    assert heads == 8


@pytest.mark.parametrize("link", ["#", "#view=wine", "#view=wine&dataset=breast_cancer"])
def test_a_card_never_covers_step(visit: Visit, link: str) -> None:
    page = visit(link, viewport=LAPTOPS[0])
    if "wine" in link:
        open_step(page, 4)
    for size in LAPTOPS:
        resize(page, size)
        for unit in ("1.1", "1.4", "2.2"):
            page.locator(f'[data-unit="{unit}"]').click()
            card, bar = (page.locator(n).bounding_box() for n in ("#weight-card", "#transport"))
            assert card["y"] >= bar["y"] + bar["height"], size
            assert card["y"] + card["height"] <= size[1], size
            epoch = state(page)["epoch"]
            page.get_by_role("button", name="Step", exact=True).click()
            wait_state(page, epoch=epoch + 1)
            page.get_by_role("button", name="Close", exact=True).click()


def test_a_head_stays_under_the_pointer_while_neurons_go(visit: Visit) -> None:
    page = visit("#view=wine&networkShape=11,5,2", viewport=(1366, 650))
    open_step(page, 4)
    button = page.get_by_role("button", name="Remove neuron from layer 1", exact=True)
    box = button.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for units in range(10, 3, -1):
        page.mouse.click(x, y)
        page.wait_for_function(
            "n => document.querySelectorAll('[data-unit^=\"1.\"]').length == n", arg=units
        )
        next_picture(page)
        assert button.bounding_box() == pytest.approx(box, abs=0.2)


def test_other_engines_show_the_whole_too(engine: Engine, dist: Path) -> None:
    """In a frame of each size, which is a window to the page inside it."""
    link = "#view={}&stopEpoch=20&speed=fast"
    with SiteServer(dist) as server:
        server.files["/frame.html"] = (
            '<!doctype html><body style="margin:0"><iframe style="border:0" width="1280" '
            f'height="620" src="{server.url}{link.format("playground")}"></iframe>'
        ).encode()
        engine.open(server.origin + "/frame.html")
        engine.wait(f"{ROOT}.state === 'ready'")
        for view, names in (("playground", PLAYGROUND), ("wine", LAB)):
            if view == "wine":
                engine.run(f"frames[0].location.hash = '{link.format(view)}'; arguments[0]()")
            # working: Python may fetch a module, and Firefox runs a driver's script even then
            engine.wait(
                f"{ROOT}.view === '{view}' && {ROOT}.epoch === '0' && {ROOT}.working === 'false'"
            )
            engine.run("frames[0].document.getElementById('run').click(); arguments[0]()")
            engine.wait(f"{ROOT}.epoch === '20' && {ROOT}.playing === 'false'")
            for width, height in LAPTOPS:
                engine.run(RESIZED, width, height)
                found = engine.run(
                    f"const [names, done] = arguments; done(({FAULTS})(frames[0], names))", names
                )
                assert found == [], (view, width, height)
