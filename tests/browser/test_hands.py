"""A whole session by keyboard alone, and one by touch alone; axe on what they meet.

Also: any text whatever behind the # leaves the page running.
"""

import pytest
from harness import MADE_ANEW, next_picture, show, state, wait_state, wait_until
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect


def focused(page: Page) -> str:
    """The accessible name of what has the focus, as far as labels give it."""
    return page.evaluate(
        """() => { const node = document.activeElement;
             return node.getAttribute('aria-label') || node.labels?.[0]?.innerText
               || node.innerText || node.id || node.tagName }"""
    ).strip()


def tab_to(page: Page, name: str, most: int = 60) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page) == name:
            return
    raise AssertionError(f"Tab does not reach {name!r}")


def test_a_session_by_keyboard_alone(open_page, axe):
    page = open_page("#seed=0.3")
    keys = page.keyboard
    keys.press("Tab")
    assert focused(page) == "Skip to the network"

    # Tabs by arrow keys, there and back
    tab_to(page, "Playground")
    keys.press("ArrowRight")
    wait_state(page, view="wine")
    keys.press("ArrowLeft")
    wait_state(page, view="playground")

    # Run and pause by Space anywhere, step and reset by letters
    page.evaluate("document.activeElement.blur()")
    keys.press("Space")
    wait_until(page, lambda now: now["playing"] and now["epoch"] >= 3)
    keys.press("Space")
    now = wait_state(page, playing=False)
    keys.press("s")
    wait_state(page, epoch=now["epoch"] + 1)
    keys.press("r")
    first = wait_state(page, epoch=0)

    # A data set by arrow keys, a slider, a menu
    tab_to(page, "Circle")
    keys.press("ArrowRight")
    expect(page.get_by_role("radio", name="Exclusive or")).to_be_checked()
    tab_to(page, "Noise")
    keys.press("ArrowRight")
    expect(page.locator("#noise-shown")).to_have_text("5")
    wait_until(page, lambda now: now["loss_train"] != first["loss_train"])

    # An input, then from tile to tile, into a neuron's numbers and out again
    tab_to(page, "X1")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    assert focused(page) == "X1 squared"
    keys.press("Space")
    expect(page.get_by_role("checkbox", name="X1 squared")).to_be_checked()
    expect(page.get_by_role("checkbox", name="X1 squared")).to_be_focused()
    wait_state(page, working=False)  # other tiles stand there now
    expect(page.get_by_role("checkbox", name="X1 squared")).to_be_focused()
    page.get_by_role("checkbox", name="X1", exact=True).focus()
    keys.press("ArrowRight")
    assert focused(page) == "Neuron 1 of layer 1"
    expect(page.locator("#output-title")).to_have_text("Neuron 1 of layer 1")
    keys.press("Enter")
    before = state(page)["loss_train"]
    field = page.locator("#weight-card").get_by_role("spinbutton").first
    expect(field).to_be_focused()
    keys.press("ArrowUp")
    wait_until(page, lambda now: now["loss_train"] != before)
    assert axe(page) == []
    keys.press("Escape")
    assert focused(page) == "Neuron 1 of layer 1"

    # Back in one's tracks, and the help
    keys.press("Control+z")
    wait_until(page, lambda now: now["loss_train"] == before)
    keys.press("?")
    expect(page.locator("#help")).to_be_visible()
    assert axe(page) == []
    page.locator("#shortcuts").focus()
    keys.press("Space")
    keys.press("Escape")
    page.evaluate("document.activeElement.blur()")
    keys.press("s")
    next_picture(page)
    assert state(page)["epoch"] == 0  # the shortcuts are off now


def test_a_session_by_touch_alone(open_page, axe):
    page = open_page("#seed=0.3", viewport=(390, 844), has_touch=True, is_mobile=True)
    page.get_by_role("button", name="Run", exact=True).tap()
    wait_until(page, lambda now: now["epoch"] >= 3)
    page.get_by_role("button", name="Pause").tap()
    wait_state(page, playing=False)
    page.locator("#output").tap(position={"x": 100, "y": 100})
    expect(page.locator("#pointer")).to_contain_text("the output is")
    before = state(page)
    tile = page.get_by_role("button", name="Neuron 1 of layer 1")
    tile.scroll_into_view_if_needed()
    tile.tap()
    card = page.locator("#weight-card")
    expect(card).to_be_visible()
    assert axe(page) == []
    card.get_by_role("spinbutton").first.fill("3")
    wait_until(page, lambda now: now["loss_train"] != before["loss_train"])
    card.get_by_role("button", name="Close").tap()
    expect(card).to_be_hidden()
    page.locator(".panel.data summary").tap()
    page.get_by_role("radio", name="Spiral").tap(force=True)
    wait_state(page, epoch=0)
    assert axe(page) == []
    page.get_by_role("button", name="Presets").tap()
    page.locator("#presets a").first.tap()
    expect(page.get_by_role("radio", name="Circle")).to_be_checked()
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, select, input:not([type=range])')]
             .filter(node => node.checkVisibility() && !node.closest('.tile, .layer-head, .hides'))
             .map(node => [node, (node.closest('label') ?? node).getBoundingClientRect()])
             .filter(([node, box]) => box.width && box.height < 43 && !node.matches('.bias, .mini'))
             .map(([node]) => node.outerHTML.slice(0, 100))"""
    )
    assert small == []


def test_axe_finds_nothing_in_any_panel(visit, axe):
    page = visit("#seed=0.3&dataset=blobs")
    for name in ("Presets", "Share", "More", "Help"):
        page.get_by_role("button", name=name, exact=True).click()
        if name == "Share":
            page.locator("#share summary").click()
        assert axe(page) == [], name
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Dark theme").click()
    next_picture(page)
    assert axe(page) == []
    page.get_by_role("tab", name="Wine").click()
    wait_state(page, view="wine")
    assert axe(page) == []
    page.get_by_role("button", name="Dark theme").click()


@pytest.mark.parametrize("means", ["mouse", "Space"])
def test_a_press_counts_whose_element_is_made_anew_meanwhile(shared_page, means):
    show(shared_page, "#networkShape=4,4&seed=0.3")
    remove, sine = '[data-action="remove-neuron"][data-value="2"]', "[data-input=sin_x]"
    for kind in (remove, remove, sine):
        if means == "mouse":
            shared_page.locator(kind).hover()
            shared_page.mouse.down()
        else:
            shared_page.locator(f"{kind} input" if kind == sine else kind).focus()
            shared_page.keyboard.down("Space")
        shared_page.evaluate(MADE_ANEW, [kind, 1])
        shared_page.mouse.up() if means == "mouse" else shared_page.keyboard.up("Space")
        next_picture(shared_page)
    assert "networkShape=7,2&" in shared_page.url
    expect(shared_page.get_by_role("checkbox", name="sin X1", exact=True)).to_be_checked()
    expect(shared_page.locator('[data-unit^="2."]')).to_have_count(2)


@pytest.mark.timeout(300)
def test_any_text_in_the_address_leaves_the_page_running(shared_page):
    @settings(
        max_examples=20, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(
        st.one_of(
            st.text(max_size=60),
            st.lists(
                st.tuples(
                    st.sampled_from(
                        ["networkShape", "seed", "batchSize", "learningRate", "noise", "view",
                         "dataset", "problem", "points", "percTrainData", "stopEpoch", "speed"]
                    ),
                    st.text(max_size=12) | st.integers(-5, 10**6).map(str),
                ),
                max_size=5,
            ).map(lambda pairs: "&".join(f"{key}={value}" for key, value in pairs)),
        )
    )  # fmt: skip
    def any_text(text):
        shared_page.evaluate("text => { location.hash = text }", text)
        next_picture(shared_page)
        now = state(shared_page)
        assert now["state"] == "ready"
        assert isinstance(now["loss_train"], float)
        assert shared_page.locator(".notice pre").count() == 0  # no traceback was shown

    any_text()
    show(shared_page, "#seed=0.3")
