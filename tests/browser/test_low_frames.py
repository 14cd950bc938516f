"""A low frame, as MyST and H5P make it: 750 x 450, and one that the browser does not scroll.

The first screen is something whole: transport, picture and numbers; the network is in a drawer.
"""

from collections.abc import Callable

import pytest
from harness_course import ready
from harness_layout import FAULTS
from playwright.sync_api import FrameLocator, Page, expect

FIRST_SCREEN = {
    "playground": ["#run", "#step", "#output", "#loss-train", "#loss-test", ".drawer summary"],
    "wine": ["#run", "#step", "#plane", "#standing-score", "#standing-loss", "#wine-confusion"],
}


@pytest.fixture
def framed(open_course: Callable[..., tuple]) -> Callable[[str], tuple[Page, FrameLocator]]:
    """Open a view in a frame of 750 x 450 that the browser must not scroll."""

    def opened(view: str) -> tuple[Page, FrameLocator]:
        page, _ = open_course(
            f'<iframe id="low" width="750" height="450" scrolling="no" title="Low" '
            f'src="HEREembed.html#view={view}"></iframe>'
        )
        frame = page.frame_locator("#low")
        ready(frame)
        return page, frame

    return opened


@pytest.mark.parametrize("view", FIRST_SCREEN)
def test_the_first_screen_is_whole_and_the_network_is_in_a_drawer(framed, view: str) -> None:
    page, frame = framed(view)
    root = frame.locator("html")
    faults = f"(root, names) => ({FAULTS})(root.ownerDocument.defaultView, names)"
    found = root.evaluate(faults, FIRST_SCREEN[view])
    assert [fault for fault in found if not fault.startswith("scrolled")] == []
    tile = frame.locator("#network .tile").first
    expect(tile).not_to_be_visible()
    drawer = frame.locator(".drawer summary")
    drawer.focus()
    page.keyboard.press("Enter")
    expect(tile).to_be_visible()
    frame.locator("#step").click()  # which waits until nothing covers it
    drawer.click()
    expect(tile).not_to_be_visible()
    if view == "playground":
        scrolls_in_itself(page, frame)


def scrolls_in_itself(page: Page, frame: FrameLocator) -> None:
    """The frame that the browser does not scroll."""
    article = frame.locator(".article")
    expect(article).not_to_be_in_viewport()
    page.locator("#low").hover()
    place = "body => body.scrollTop"
    for _ in range(20):
        page.mouse.wheel(0, 400)
    expect(article).to_be_in_viewport()
    assert frame.locator("body").evaluate(place) > 0
    assert page.evaluate("scrollY") == 0
