"""Inside a step in the browser: the exercise in both views, by mouse, keyboard and touch."""

from collections.abc import Callable, Iterator

import pytest
from harness import next_picture, press, state, wait_state, wait_until
from playwright.sync_api import Page, expect

PHASES = ["input", "sum", "activation", "loss", "delta", "gradient", "update", "after"]


@pytest.fixture
def at(visit: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Like `visit`; the step is left at the end."""
    pages = []

    def opened(link: str, **options: object) -> Page:
        pages.append(visit(link, **options))
        return pages[-1]

    yield opened
    if state(pages[-1]).get("inside"):
        press(pages[-1], "Leave inside")
        wait_state(pages[-1], inside=None)


def enter(page: Page) -> None:
    press(page, "Inside")
    wait_state(page, inside="input")


def walk_to(page: Page, phase: str) -> list[str]:
    """Press Step until this phase; the phases on the way."""
    seen = [state(page)["inside"]]
    while seen[-1] != phase:
        before = page.locator(".inside-place").inner_text()
        press(page, "Step")
        expect(page.locator(".inside-place")).not_to_have_text(before)
        seen.append(state(page)["inside"])
    return seen


def weight_on_card(page: Page, unit: str) -> list[str]:
    """All numbers of a neuron, from its card."""
    page.locator(f'[data-unit="{unit}"]').click()
    fields = page.locator("#weight-card input")
    expect(fields.first).not_to_have_value("")
    found = [fields.nth(i).input_value() for i in range(fields.count())]
    page.keyboard.press("Escape")
    return found


def promised(page: Page, unit: str) -> list[str]:
    """The new weights and the bias of a neuron, from the walk's phase Update."""
    page.get_by_role("button", name="Update", exact=True).click()
    wait_state(page, inside="update")
    page.locator(f'[data-unit="{unit}"]').click()
    menu, found = page.get_by_role("combobox", name="Weight", exact=True), []
    for place in range(menu.locator("option").count()):
        menu.select_option(str(place))
        next_picture(page)
        found.append(page.locator("#inside .final .number").inner_text())
    return [text.removeprefix("= ").replace("−", "-") for text in found]


@pytest.mark.parametrize(("link", "unit"), [("#seed=0.3", "1.2"), ("#view=wine", "1.3")])
def test_the_exercise(at, link, unit):
    """Press a point, walk forward and back, see the update; then Step: the weights agree."""
    page = at(link)
    enter(page)
    page.locator("#output" if "seed" in link else "#plane").click(position={"x": 170, "y": 60})
    next_picture(page)
    seen = walk_to(page, "after")
    assert sorted(set(seen), key=PHASES.index) == PHASES
    new = promised(page, unit)
    page.get_by_role("button", name="New loss", exact=True).click()
    wait_state(page, inside="after")
    press(page, "Step")
    wait_state(page, inside="input")
    expect(page.locator(".inside-notice")).to_contain_text("The network has taken this step.")
    press(page, "Leave inside")
    wait_state(page, inside=None)
    card = weight_on_card(page, unit)
    assert len(card) == len(new)
    for on_card, text in zip(card, new, strict=True):
        digits = len(text.partition(".")[2]) if "·" not in text else 4
        value = float(text) if "·" not in text else float(text.replace("·10", "e").translate(
            str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")))  # fmt: skip
        assert float(on_card) == pytest.approx(value, abs=0.51 * 10.0 ** -min(digits, 4))


def test_by_keyboard_alone(open_page):
    """Its Python comes when it is wanted."""
    page = open_page("#seed=0.3")
    assert state(page).get("parts") is None
    page.locator("#inside-button").focus()
    page.keyboard.press("Enter")
    wait_state(page, inside="input", parts="inside")
    page.keyboard.press("ArrowRight")
    wait_state(page, inside="sum", inside_layer=1)
    page.keyboard.press("s")
    wait_state(page, inside="activation", inside_layer=1)
    page.keyboard.press("ArrowLeft")
    wait_state(page, inside="sum", inside_layer=1)
    page.locator('[data-unit="1.3"]').focus()
    page.keyboard.press("Enter")
    wait_state(page, inside_unit=3)
    page.locator("#inside-level").select_option("result")
    field = page.get_by_role("textbox", name="z", exact=True)
    field.fill("99")
    field.press("Enter")
    wait_state(page, inside_asked=1, inside_right=0)
    expect(field).to_be_focused()
    expect(page.locator("#inside em.wrong")).to_contain_text("Add up all products")


@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [((1440, 900), "light"), ((1440, 900), "dark"), ((820, 1180), "light"), ((390, 844), "dark")],
)
def test_nothing_hinders_readers_of_any_kind(at, axe, viewport, scheme):
    page = at("#seed=0.3", viewport=viewport, color_scheme=scheme)
    enter(page)
    for phase in ("sum", "gradient", "update"):
        page.locator(f'[data-action="inside-phase"][data-value="{phase}"]').click()
        wait_state(page, inside=phase)
        assert axe(page) == []
    wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


def test_formulas_are_mathml_and_are_read_as_such(at):
    page = at("#seed=0.3")
    enter(page)
    press(page, "Step")
    wait_state(page, inside="sum")
    space = page.evaluate("() => document.querySelector('#inside math').namespaceURI")
    assert space == "http://www.w3.org/1998/Math/MathML"
    box = page.locator("#inside .symbols math msub").first.bounding_box()
    assert box["height"] > 8  # it is laid out as a formula
    said = page.locator("#inside [aria-live]").text_content()
    assert said.startswith("Weighted sum · Neuron 1 of layer 1. Weighted sum is ")


def test_run_leaves_it_and_trains(at):
    page = at("#seed=0.3")
    enter(page)
    press(page, "Run")
    wait_until(page, lambda now: now["inside"] is None and (now["epoch"] or 0) > 3)
    press(page, "Pause")
    wait_state(page, playing=False)
    expect(page.locator("#inside")).to_be_hidden()


def test_the_landscape_is_dragged(at, axe):
    page = at("#seed=0.3")
    enter(page)
    page.get_by_role("button", name="Landscape", exact=True).click()
    wait_state(page, inside_tab="landscape")
    assert axe(page) == []
    before = state(page)["loss_train"]
    box = page.locator("#landscape").bounding_box()
    page.mouse.move(box["x"] + 150, box["y"] + 150)
    page.mouse.down()
    page.mouse.move(box["x"] + 250, box["y"] + 60, steps=5)
    page.mouse.up()
    moved = wait_until(page, lambda now: now["loss_train"] != before and not now["working"])
    across = page.get_by_role("slider", name="Value across")
    assert float(across.input_value()) == pytest.approx(-3 + 6 * 250 / box["width"], abs=0.05)
    across.press("ArrowRight")
    wait_until(page, lambda now: now["loss_train"] != moved["loss_train"])
    page.get_by_role("button", name="Undo", exact=True).click()
    page.get_by_role("button", name="Undo", exact=True).click()
    wait_until(page, lambda now: now["loss_train"] == before)
