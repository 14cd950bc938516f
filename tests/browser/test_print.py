"""Paper: each view on one page, upright and across, A4 and Letter, light and complete."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from harness import ARTIFACTS, run_until, wait_state
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
LINKS = {
    "playground": "#stopEpoch=60&noise=10",
    "three classes": "#dataset=spiral3&networkShape=12,8&stopEpoch=20",
    "wine": "#view=wine&speed=epoch",
    "thirty inputs": "#view=wine&dataset=breast_cancer&percTrainData=70&speed=epoch",
}
PAPER = [(name, across) for name in ("A4", "Letter") for across in (False, True)]
# The width and the height that are left between the margins, in CSS pixels.
SHEETS = {"A4 upright": (703, 1032), "Letter across": (965, 725), "A4 across": (1032, 703)}
BOXES = """() => [...document.querySelectorAll('.sheet > *, .sheet canvas')].map((node) => {
  const {left, top, right, bottom} = node.getBoundingClientRect();
  return [node.className || node.tagName, left, top, right, bottom];
})"""
OVERLAP = """() => {
  const nodes = [...document.querySelectorAll('.sheet > *')];
  const parts = nodes.map((node) => [node, node.getBoundingClientRect()]);
  return parts.flatMap(([a, p], i) => parts.slice(i + 1).filter(([, q]) =>
    p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 1 && q.top < p.bottom - 1,
  ).map(([b]) => `${a.className} ${b.className}`));
}"""


def trained(visit: Visit, name: str, scheme: str = "dark") -> Page:
    page = visit(LINKS[name], viewport=(1366, 650), color_scheme=scheme)
    run_until(page, lambda now: now["epoch"] >= 20 and not now["playing"])
    wait_state(page, playing=False)
    return page


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("name", LINKS)
def test_one_page_on_any_paper_and_nothing_leads_out_of_it(visit: Visit, name: str) -> None:
    page = trained(visit, name)
    ARTIFACTS.mkdir(exist_ok=True)
    for paper, across in PAPER:
        place = ARTIFACTS / f"print-{name}-{paper}-{'across' if across else 'upright'}.pdf"
        pdf = page.pdf(format=paper, landscape=across, print_background=True, path=place)
        assert pages_of(pdf) == 1, place
        assert len(pdf) > 100_000, "its pictures are in it"
    expect(page.locator("#sheet > *"), "afterwards it is gone").to_have_count(0)
    expect(page.locator("html[data-sheet]")).to_have_count(0)
    if name in ("playground", "thirty inputs"):
        accuracy = page.locator("#score-train:visible, #standing-score:visible").inner_text()
        for sheet in SHEETS:
            look_at_sheet(page, sheet, accuracy)


def look_at_sheet(page: Page, sheet: str, accuracy: str) -> None:
    width, height = SHEETS[sheet]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for kind, left, top, right, bottom in page.evaluate(BOXES):
        assert left >= -0.5, kind
        assert top >= -0.5, kind
        assert right <= width + 0.5, kind
        assert bottom <= height + 0.5, kind
    assert page.evaluate(OVERLAP) == []
    text = page.locator("#sheet").inner_text()
    assert page.locator("#share-link").input_value() in text
    assert re.search(r"Name\s+Date", text)
    assert f"Training accuracy {accuracy}" in " ".join(text.split())
    for words in ("learning rate", "batch size", "seed", "Training loss"):
        assert words in text
    visible = page.locator("button:visible, select:visible, input:visible")
    assert visible.count() == 0, "nothing that only works on a screen"
    background = "node => getComputedStyle(node).backgroundColor"
    assert page.locator("#sheet").evaluate(background) == "rgb(255, 255, 255)"
    for canvas in page.locator("#sheet canvas").all()[:3]:
        shades = canvas.evaluate(
            """(node) => [...node.getContext('2d').getImageData(0, 0, node.width, node.height).data]
              .filter((_, i) => i % 397 === 0)"""
        )
        assert np.std(shades) > 5, "a picture is there"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="null")  # a PDF needs what is for paper


def test_the_button_asks_the_browser_to_print(visit: Visit) -> None:
    page = visit("#")
    page.evaluate("() => { window.asked = 0; window.print = () => { window.asked += 1; }; }")
    page.get_by_role("button", name="Print", exact=True).click()
    assert page.evaluate("() => window.asked") == 1
