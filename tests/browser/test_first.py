"""The first picture of a link: there before Python, true, and in the place where Python draws it.

A server that never sends Python's files holds the page in the state before Python.
"""

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from harness import ARTIFACTS, ROOT, wait_until
from harness_log import PageLog
from harness_pages import with_fonts
from harness_server import Fault, SiteServer
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from test_start import SHIFTS

sys.path.insert(0, str(ROOT / "site"))
from explorer.settings import link
from explorer.settings.presets import SETTINGS

Open = Callable[..., Page]
WIDE, MIDDLE, TABLET, PHONE = (1440, 900), (1024, 768), (820, 1180), (390, 844)
LOW, LOWEST = (1366, 650), (1280, 620)
LINKS = {name: f"#{link.encode(settings)}" for name, settings in SETTINGS.items()}
LINKS["wine"] = "#view=wine"
SCREENS = [
    ("relu", MIDDLE, "dark"), ("tiny-rate", PHONE, "light"), ("huge-rate", TABLET, "dark"),
    ("two-neurons", PHONE, "dark"), ("three-neurons", WIDE, "light"),
    ("small-spiral", TABLET, "light"), ("big-spiral", MIDDLE, "light"),
    ("three-arms", WIDE, "dark"), ("three-arms", PHONE, "light"), ("by-heart", WIDE, "dark"),
    ("wine", WIDE, "light"), ("wine", TABLET, "dark"), ("wine", PHONE, "light"),
    ("wine", MIDDLE, "dark"), ("default", LOW, "light"), ("three-arms", LOW, "light"),
    ("wine", LOW, "light"), ("wine", LOWEST, "dark"),
]  # fmt: skip
PLACES = {
    "playground": ["#network", "#output", ".cards", ".fields", ".look-for"],
    "wine": ["#network", "#plane", ".exercise", ".plane-side", ".fields", ".readouts"],
}
PATIENT = "?boot-patience=600"  # seconds until the page says that nothing comes any more
MEAN, WORST = 0.012, 0.14  # of 1: in a place, and in the worst 16 x 16 pixels of it
SMALL = 330  # pixels along a side of a small picture


@pytest.fixture(scope="module")
def waiting(dist: Path) -> Iterator[SiteServer]:
    """A server of the page without Python's files: they are promised, but never come."""
    with SiteServer(dist, {"*.bin": Fault(keep=0.0, hanging=True)}) as server:
        yield server


@pytest.fixture
def early(open_page: Open, waiting: SiteServer) -> Open:
    """early(hash, **options) opens the page as it is before Python."""

    def opened(hash: str = "", **options: object) -> Page:
        page = open_page(url=waiting.url + PATIENT + hash, until=None, **options)
        page.locator("html:not([data-parsed])").wait_for(state="attached")
        return page

    return opened


def places(view: str, size: tuple[int, int]) -> list[str]:
    """What has a box of its own: on tablets the fields are items of the whole bar."""
    return [".controlbar" if (p, size) == (".fields", TABLET) else p for p in PLACES[view]]


def looks(page: Page, places: list[str]) -> dict[str, np.ndarray]:
    """What stands in the places of the view; the notice of the start may lie over some."""
    page.add_style_tag(
        content="#boot { visibility: hidden !important } * { transition: none !important }"
    )
    page.mouse.move(5, 5)
    return {place: pixels(page.locator(place).first) for place in places}


def pixels(place: Locator) -> np.ndarray:
    picture = Image.open(io.BytesIO(place.screenshot(animations="disabled", caret="hide")))
    return np.asarray(picture.convert("RGB"), float) / 255


def differences(before: np.ndarray, after: np.ndarray) -> tuple[float, float]:
    """The mean difference, and that of the worst 16 x 16 pixels."""
    height, width = np.minimum(before.shape, after.shape)[:2]  # a pixel is cut at half of it
    difference = np.abs(before[:height, :width] - after[:height, :width]).mean(axis=2)
    rows, columns = (edge - edge % 16 for edge in difference.shape)
    fields = difference[:rows, :columns].reshape(rows // 16, 16, columns // 16, 16)
    return difference.mean(), fields.mean(axis=(1, 3)).max()


def keep(name: str, picture: np.ndarray) -> Path:
    ARTIFACTS.mkdir(exist_ok=True)
    path = ARTIFACTS / f"{name}.png"
    Image.fromarray((picture * 255).astype(np.uint8)).save(path)
    return path


@pytest.mark.parametrize(("name", "size", "scheme"), SCREENS)
def test_python_draws_what_was_there_and_nothing_moves(
    early: Open, open_page: Open, name: str, size: tuple[int, int], scheme: str
) -> None:
    view = "wine" if name == "wine" else "playground"
    options = {"viewport": size, "color_scheme": scheme}
    first = with_fonts(lambda: early(LINKS[name], **options))
    assert first.evaluate(SHIFTS) == []
    assert first.locator("html").get_attribute("data-first") is None
    page = with_fonts(lambda: open_page(LINKS[name], **options))
    assert page.evaluate(SHIFTS) == []
    before, after = (looks(tab, places(view, size)) for tab in (first, page))
    for place in before:
        boxes = [tab.locator(place).first.bounding_box() for tab in (first, page)]
        assert boxes[0] == pytest.approx(boxes[1], abs=0.5), place
        mean, worst = differences(before[place], after[place])
        more = 1.4 if boxes[1]["width"] < SMALL else 1.0  # piles are spread for a larger one
        if mean >= MEAN * more or worst >= WORST * more:
            label = f"first-{name}-{size[0]}-{place.strip('.#')}"
            kept = keep(f"{label}-before", before[place]), keep(f"{label}-after", after[place])
            pytest.fail(f"{place}: {mean:.4f} on the whole, {worst:.4f} at worst; compare {kept}")


# Which link has which picture ---------------------------------------------------------------------

BIG = LINKS["big-spiral"][1:]
SHOWN = {
    "the default as a link": (LINKS["default"], "0.03", "0.502"),
    "the order does not matter": ("#" + "&".join(reversed(BIG.split("&"))), "0.01", "0.491"),
    "defaults need not be said": (
        "#dataset=spiral&learningRate=0.01&networkShape=8,8&sinX=true&sinY=true&optimizer=adam",
        "0.01",
        "0.491",
    ),
    "only what goes without saying": ("#noise=0&view", "0.03", "0.502"),
    "a place in the page": ("#stage", "0.03", "0.502"),
}
UNKNOWN = {
    "one value more": f"#{BIG}&noise=5",
    "a value twice": f"#{BIG}&dataset=circle",
    "a default of another view": "#view=wine&learningRate=0.03",
    "no such thing": "#__proto__=1&constructor=x",
    "written otherwise": "#dataset=%73piral",
    "hiding what cannot be hidden": f"#{BIG}&momentum_hide=true",
    "something hostile": "#dataset=<img src=x onerror=alert(1)>&x=</script>",
}


@pytest.mark.parametrize("case", SHOWN)
def test_a_link_that_says_the_same_shows_the_same(early: Open, case: str) -> None:
    hash, rate, loss = SHOWN[case]
    page = early(hash)
    assert page.locator("html").get_attribute("data-first") is None
    expect(page.locator('[name="learning_rate"]').first).to_have_value(rate)
    expect(page.locator("#loss-train")).to_have_text(loss)
    expect(page.locator("#first-map")).to_be_visible()


@pytest.mark.parametrize("case", UNKNOWN)
def test_another_link_shows_no_wrong_picture_and_no_wrong_number(early: Open, case: str) -> None:
    page = early(UNKNOWN[case])
    assert page.locator("html").get_attribute("data-first") == "no"
    for first in page.locator(".first").all():
        expect(first).to_be_hidden()
    colour = "node => getComputedStyle(node).color"
    number = page.locator(".cards dd, #standing-loss").locator("visible=true").first
    assert number.evaluate(colour) == "rgba(0, 0, 0, 0)"
    assert page.locator('[name="learning_rate"]').first.evaluate(colour) == "rgba(0, 0, 0, 0)"
    assert page.evaluate(SHIFTS) == []


def test_what_a_link_hides_is_hidden_at_once(early: Open) -> None:
    page = early(f"#{BIG}&seed_hide=true&numHiddenLayers_hide=true")
    expect(page.locator("#loss-train")).to_have_text("0.491")
    expect(page.locator('[data-hides="seed"]').first).to_be_hidden()
    expect(page.locator("#first-network .mini").first).to_be_hidden()


def test_the_chosen_theme_is_there_at_once(
    early: Open, waiting: SiteServer, page_log: PageLog
) -> None:
    page_log.allow("^request failed")  # what was still to come is given up when the page is left
    page = early("#noise=5")
    page.evaluate("localStorage.setItem('theme', 'dark')")
    page.goto("about:blank")
    page.goto(waiting.url + PATIENT, wait_until="commit")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    background = page.locator("body").evaluate("node => getComputedStyle(node).backgroundColor")
    assert background == "rgb(20, 22, 26)"


def test_the_last_visit_is_offered_without_being_opened(open_page: Open) -> None:
    """What another reader of this computer has left is not there before it is asked for."""
    kept = json.dumps({"view": "playground", "links": {"playground": BIG}, "when": 0})
    page = open_page(script=f"localStorage.setItem('nncore-session', {kept!r})")
    expect(page.locator("#last-visit-what")).to_contain_text("Spiral")
    expect(page.locator("#last-visit-what")).to_contain_text("days ago")
    assert page.locator("#layer-count").inner_text() == "2"
    assert page.get_by_role("radio", name="Circle", exact=True).is_checked()
    assert page.locator("#loss-train").inner_text() == "0.502"
    assert page.evaluate(SHIFTS) == []
    page.get_by_role("button", name="Go on where you were", exact=True).press("Enter")
    wait_until(page, lambda now: page.locator("#loss-train").inner_text() == "0.491")
    expect(page.locator("#last-visit")).to_be_hidden()
    assert "dataset=spiral&" in page.url
    page.evaluate("localStorage.clear()")


@pytest.mark.parametrize("name", ["default", "wine"])
def test_it_is_accessible_before_python(
    early: Open, axe: Callable[[Page], list[dict]], name: str
) -> None:
    assert axe(early(LINKS[name])) == []


@pytest.mark.parametrize("name", ["three-arms", "wine"])
def test_an_early_press_of_run_is_remembered_whatever_the_link(open_page: Open, name: str) -> None:
    page = open_page(LINKS[name], until=None)
    page.get_by_role("button", name="Run", exact=True).click()
    now = wait_until(page, lambda now: (now.get("epoch") or 0) >= 3, 60_000)
    assert now["view"] == ("wine" if name == "wine" else "playground")
