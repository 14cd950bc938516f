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
from harness import ARTIFACTS, ROOT, next_picture, wait_until
from harness_log import PageLog
from harness_pages import with_fonts
from harness_server import Fault, SiteServer
from PIL import Image
from playwright.sync_api import Page, expect
from test_start import SHIFTS

sys.path.insert(0, str(ROOT / "site"))
from explorer.settings import link
from explorer.settings.presets import SETTINGS

Open = Callable[..., Page]
Box = dict[str, float]
Looks = tuple[dict[str, Box], np.ndarray]  # the box of each place, and the whole picture
WIDE, MIDDLE, TABLET, PHONE = (1440, 900), (1024, 768), (820, 1180), (390, 844)
LOW, LOWEST = (1366, 650), (1280, 620)
LINKS = {name: f"#{link.encode(settings)}" for name, settings in SETTINGS.items()}
LINKS["wine"] = "#view=wine"
SCREENS = [  # pictures of one size: Python starts with the first, and goes on to the others
    (MIDDLE, [("relu", "dark"), ("big-spiral", "light")]),
    (PHONE, [("three-arms", "light"), ("two-neurons", "dark"), ("tiny-rate", "light")]),
    (TABLET, [("huge-rate", "dark"), ("small-spiral", "light")]),
    (WIDE, [("by-heart", "dark"), ("three-neurons", "light"), ("three-arms", "dark")]),
    (LOW, [("default", "light"), ("three-arms", "light")]),
    (WIDE, [("wine", "light")]), (TABLET, [("wine", "dark")]), (PHONE, [("wine", "light")]),
    (MIDDLE, [("wine", "dark")]), (LOW, [("wine", "light")]), (LOWEST, [("wine", "dark")]),
]  # fmt: skip
PLACES = {
    "playground": ["#network", "#output", ".cards", ".fields", ".look-for"],
    "wine": ["#network", "#plane", ".exercise", ".plane-side", ".fields", ".readouts"],
}
PATIENT = "?boot-patience=600"  # seconds until the page says that nothing comes any more
MEAN, WORST = 0.012, 0.14  # of 1: in a place, and in the worst 16 x 16 pixels of it
OPEN = """link => {
  history.pushState(null, '', link);
  dispatchEvent(new PopStateEvent('popstate'));
}"""
SMALL = 330  # pixels along a side of a small picture


@pytest.fixture(scope="module")
def waiting(dist: Path) -> Iterator[SiteServer]:
    """A server of the page without Python's files: they are promised, but never come."""
    with SiteServer(dist, {"*.bin": Fault(keep=0.0, hanging=True)}) as server:
        yield server


@pytest.fixture
def early(open_page: Open, waiting: SiteServer, page_log: PageLog) -> Open:
    """early(hash, **options) opens the page as it is before Python, in a test's one page."""
    page_log.allow("^request failed")  # what was still to come is given up when a page is left
    pages: list[Page] = []

    def opened(
        hash: str = "", viewport: tuple[int, int] = WIDE, color_scheme: str = "light"
    ) -> Page:
        address = waiting.url + PATIENT + hash
        options = {"viewport": viewport, "color_scheme": color_scheme}
        if not pages or pages[-1].is_closed():
            pages.append(open_page(url=address, until=None, **options))
        else:
            show_as(pages[-1], **options)
            pages[-1].goto("about:blank")
            pages[-1].goto(address, wait_until="commit")
            pages[-1].locator("html[data-state]").wait_for(state="attached")
        pages[-1].locator("html:not([data-parsed])").wait_for(state="attached")
        return pages[-1]

    return opened


def show_as(page: Page, viewport: tuple[int, int], color_scheme: str) -> None:
    page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
    page.emulate_media(color_scheme=color_scheme)


def places(view: str, size: tuple[int, int]) -> list[str]:
    """What has a box of its own: on tablets the fields are items of the whole bar."""
    return [".controlbar" if (p, size) == (".fields", TABLET) else p for p in PLACES[view]]


def looks(page: Page, name: str, size: tuple[int, int]) -> Looks:
    """Where the places of the view are, and what stands there; the notice of the start may lie
    over some."""
    page.add_style_tag(
        content="#boot { visibility: hidden !important } * { transition: none !important }"
    )
    page.mouse.move(5, 5)
    found = places("wine" if name == "wine" else "playground", size)
    boxes = {place: page.locator(place).first.bounding_box() for place in found}
    shot = page.screenshot(full_page=True, animations="disabled", caret="hide")
    return boxes, np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"), float) / 255


def part(picture: np.ndarray, box: Box) -> np.ndarray:
    left, top = round(box["x"]), round(box["y"])
    found = picture[top : top + round(box["height"]), left : left + round(box["width"])]
    assert found.size
    return found


def differences(before: np.ndarray, after: np.ndarray) -> tuple[float, float]:
    """The mean difference, and that of the worst 16 x 16 pixels."""
    difference = np.abs(before - after).mean(axis=2)
    rows, columns = (edge - edge % 16 for edge in difference.shape)
    fields = difference[:rows, :columns].reshape(rows // 16, 16, columns // 16, 16)
    return difference.mean(), fields.mean(axis=(1, 3)).max()


def keep(name: str, picture: np.ndarray) -> Path:
    ARTIFACTS.mkdir(exist_ok=True)
    path = ARTIFACTS / f"{name}.png"
    Image.fromarray((picture * 255).astype(np.uint8)).save(path)
    return path


@pytest.mark.parametrize(
    ("size", "screens"), SCREENS, ids=[f"{screens[0][0]}-{size[0]}" for size, screens in SCREENS]
)
def test_python_draws_what_was_there_and_nothing_moves(
    early: Open, open_page: Open, size: tuple[int, int], screens: list[tuple[str, str]]
) -> None:
    page = None
    for name, scheme in screens:
        options = {"viewport": size, "color_scheme": scheme}
        first = with_fonts(lambda: early(LINKS[name], **options))  # noqa: B023 - called at once
        assert first.evaluate(SHIFTS) == []
        assert first.locator("html").get_attribute("data-first") is None
        before = looks(first, name, size)
        if page is None:
            page = with_fonts(lambda: open_page(LINKS[name], **options))  # noqa: B023
            assert page.evaluate(SHIFTS) == []
        else:
            show_as(page, **options)
            page.evaluate(OPEN, LINKS[name])
            next_picture(page)
        compare(before, looks(page, name, size), f"first-{name}-{size[0]}")


def compare(before: Looks, after: Looks, label: str) -> None:
    for place, box in before[0].items():
        assert box == pytest.approx(after[0][place], abs=0.5), place
        was, now = part(before[1], box), part(after[1], box)
        mean, worst = differences(was, now)
        more = 1.4 if box["width"] < SMALL else 1.0  # piles are spread for a larger one
        if mean >= MEAN * more or worst >= WORST * more:
            label = f"{label}-{place.strip('.#')}"
            kept = keep(f"{label}-before", was), keep(f"{label}-after", now)
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


def test_a_link_that_says_the_same_shows_the_same(early: Open) -> None:
    for case, (hash, rate, loss) in SHOWN.items():
        page = early(hash)
        assert page.locator("html").get_attribute("data-first") is None, case
        expect(page.locator('[name="learning_rate"]').first, case).to_have_value(rate)
        expect(page.locator("#loss-train"), case).to_have_text(loss)
        expect(page.locator("#first-map"), case).to_be_visible()


def test_another_link_shows_no_wrong_picture_and_no_wrong_number(early: Open) -> None:
    colour = "node => getComputedStyle(node).color"
    for case, hash in UNKNOWN.items():
        page = early(hash)
        assert page.locator("html").get_attribute("data-first") == "no", case
        pictures = page.locator(".first")
        assert pictures.count() > 0
        assert pictures.locator("visible=true").count() == 0, case
        number = page.locator(".cards dd, #standing-loss").locator("visible=true").first
        assert number.evaluate(colour) == "rgba(0, 0, 0, 0)", case
        rate = page.locator('[name="learning_rate"]').first
        assert rate.evaluate(colour) == "rgba(0, 0, 0, 0)", case
        assert page.evaluate(SHIFTS) == [], case


def test_what_a_link_hides_is_hidden_at_once(early: Open) -> None:
    page = early(f"#{BIG}&seed_hide=true&numHiddenLayers_hide=true")
    expect(page.locator("#loss-train")).to_have_text("0.491")
    expect(page.locator('[data-hides="seed"]').first).to_be_hidden()
    expect(page.locator("#first-network .mini").first).to_be_hidden()


def test_the_chosen_theme_is_there_at_once(early: Open) -> None:
    early("#noise=5").evaluate("localStorage.setItem('theme', 'dark')")
    page = early()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    background = page.locator("body").evaluate("node => getComputedStyle(node).backgroundColor")
    assert background == "rgb(20, 22, 26)"


def test_the_last_visit_is_offered_without_being_opened(open_page: Open) -> None:
    """What another reader of this computer has left is not there before it is asked for."""
    kept = json.dumps({"view": "playground", "links": {"playground": BIG}, "when": 0})
    script = f"localStorage.setItem('nncore-session', {kept!r})"
    page = with_fonts(lambda: open_page(script=script))
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


def test_it_is_accessible_before_python(early: Open, axe: Callable[[Page], list[dict]]) -> None:
    for name in ("default", "wine"):
        assert axe(early(LINKS[name])) == [], name


def test_an_early_press_of_run_is_remembered_with_a_link_too(open_page: Open) -> None:
    page = open_page(LINKS["wine"], until=None)
    page.get_by_role("button", name="Run", exact=True).click()
    now = wait_until(page, lambda now: (now.get("epoch") or 0) >= 3, 60_000)
    assert now["view"] == "wine"
