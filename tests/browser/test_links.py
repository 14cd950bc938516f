"""Links that carry weights, links that were harmed on their way, and files that open again.

In Chromium, by the reader's own means; `test_engines.py` has what other engines have to decode.
"""

import base64
from collections.abc import Callable
from pathlib import Path

from harness import next_picture, press, show, state, wait_state
from playwright.sync_api import Page, expect

from explorer.settings import link
from explorer.settings.settings import Settings

Open = Callable[..., Page]
SETTINGS = Settings(dataset="xor", network_shape=(3, 2), seed="0.5", regularization="L2",
                    regularization_rate=0.001)  # fmt: skip
DROP = """
const [text, name, done] = arguments;
const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const dataTransfer = new DataTransfer();
dataTransfer.items.add(new File([bytes], name));
for (const kind of ["dragover", "drop"])
  document.body.dispatchEvent(
    new DragEvent(kind, {dataTransfer, bubbles: true, cancelable: true}));
done();
"""


def losses(now: dict) -> tuple[float, float]:
    return now["loss_train"], now["loss_test"]


def test_the_address_opens_a_network_that_was_made_by_hand(visit: Open) -> None:
    page = visit("#" + link.encode(SETTINGS))
    plain = losses(state(page))
    page.locator('[data-unit="1.2"]').click()
    card = page.locator("#weight-card")
    card.locator("input").first.fill("1.5")
    card.locator("input").first.press("Enter")
    card.locator('[data-action="freeze"]').first.click()
    next_picture(page)
    made = losses(state(page))
    assert made != plain
    assert "&start=" in page.url
    assert "&frozen=" in page.url
    page.locator("#open-share").click()
    expect(page.locator("#share-weights")).to_contain_text("set or held fixed by hand")
    short = page.locator("#share-short").input_value().partition("#")[2]
    page.keyboard.press("Escape")
    for _ in range(3):
        press(page, "Step")
    later = losses(wait_state(page, epoch=3, playing=False))
    address = page.url.partition("#")[2]
    for text in (address, short):
        show(page, "#")
        assert losses(state(page)) != made
        show(page, f"#{text}")
        assert losses(state(page)) == made
        for _ in range(3):
            press(page, "Step")
        assert losses(wait_state(page, epoch=3, playing=False)) == later
    press(page, "Reset")
    assert losses(wait_state(page, epoch=0)) == made
    page.locator("#open-share").click()
    page.get_by_role("button", name="Draw them from the seed", exact=True).click()
    next_picture(page)
    assert losses(state(page)) == plain
    page.keyboard.press("Escape")
    press(page, "Undo")
    next_picture(page)
    assert losses(state(page)) == made


def test_links_that_were_harmed_open_rightly(shared_page: Page) -> None:
    text = link.encode(SETTINGS)
    harmed = (
        text.replace("&reg", "®"),
        text.replace("&", "&amp;") + ").",
        text[:60] + " " + text[60:],
    )
    for each in harmed:
        shared_page.evaluate("location.hash = ''")
        show(shared_page, f"#{each}")
        expect(shared_page.locator("#layer-count")).to_have_text("2")
        assert shared_page.locator('[name="regularization"]').first.input_value() == "L2"
        assert shared_page.locator(".notice").count() == 0
        assert link.decode(shared_page.url.partition("#")[2]) == (SETTINGS, [])


def test_what_was_taken_away_opens_again(visit: Open, tmp_path: Path) -> None:
    page = visit("#view=wine&seed=11&stopEpoch=4")
    press(page, "Run")
    now = wait_state(page, playing=False, epoch=4)
    page.locator("#open-code").click()
    files = []
    for kind in ("parameters", "model"):
        with page.expect_download() as download:
            page.locator(f'#code [data-action="take"][data-value="{kind}"]').click()
        files.append(tmp_path / download.value.suggested_filename)
        download.value.save_as(files[-1])
    assert len(set(files)) == 2
    page.keyboard.press("Escape")
    for path in files:
        show(page, "#dataset=xor")
        page.locator("#open-code").click()
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Open a saved network", exact=True).press("Enter")
        chooser.value.set_files(path)
        wait_state(page, view="wine", epoch=now["epoch"])
        assert losses(state(page)) == losses(now)
        assert state(page)["accuracy_train"] == now["accuracy_train"]
        assert "seed=11&" in page.url


def test_a_spoilt_file_ends_in_a_sentence(shared_page: Page) -> None:
    show(shared_page, "#seed=0.3")
    before = state(shared_page)
    spoilt = base64.b64encode(b"PK" + bytes(100)).decode()
    shared_page.evaluate("([text, name]) => new Promise((done) => (function () {" + DROP +
                         "})(text, name, done))", [spoilt, "net.npz"])  # fmt: skip
    notice = shared_page.locator('[data-subject="file"]')
    expect(notice).to_contain_text("net.npz: file must be an .npz file")
    assert losses(state(shared_page)) == losses(before)
    notice.get_by_role("button", name="Close", exact=True).click()
