"""Links that carry weights, links that were harmed on their way, and files that open again.

In Chromium by the reader's own means; in Firefox and WebKit, too, what has to be decoded, unpacked
and read there is what CPython has written.
"""

import base64
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from harness import next_picture, press, show, state, wait_state
from harness_server import SiteServer
from playwright.sync_api import Page, expect

from explorer.export import saved_network
from explorer.learning.experiment import Experiment
from explorer.session.session import Session
from explorer.settings import link
from explorer.settings.settings import Settings
from tools.drivers import Engine

Open = Callable[..., Page]
SETTINGS = Settings(dataset="xor", network_shape=(3, 2), seed="0.5", regularization="L2",
                    regularization_rate=0.001)  # fmt: skip
ROOT = "document.documentElement.dataset"
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


def by_hand() -> Session:
    """A network with two weights set by hand, one of them held fixed."""
    session = Session(lambda: "0.5")
    session.open(link.encode(SETTINGS))
    session.set_param(2, 1.5, settled=True)
    session.set_param(9, -0.75, settled=True)
    session.freeze(2, held=True)
    return session


def trained(session: Session, epochs: int = 3) -> Experiment:
    for _ in range(epochs):
        session.experiment.step()
    return session.experiment


def losses(now: dict) -> tuple[float, float]:
    return now["loss_train"], now["loss_test"]


# Chromium ------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("kind", ["parameters", "model"])
def test_what_was_taken_away_opens_again(visit: Open, tmp_path: Path, kind: str) -> None:
    page = visit("#view=wine&seed=11&stopEpoch=4")
    press(page, "Run")
    now = wait_state(page, playing=False, epoch=4)
    page.locator("#open-code").click()
    with page.expect_download() as download:
        page.locator(f'#code [data-action="take"][data-value="{kind}"]').click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    page.keyboard.press("Escape")
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


# Firefox and WebKit --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(dist: Path) -> Iterator[SiteServer]:
    with SiteServer(dist) as server:
        yield server


def opened(engine: Engine, address: str) -> None:
    engine.open("about:blank")
    engine.open(address)
    engine.wait(f"{ROOT}.state === 'ready'")


def seen(engine: Engine) -> list[float]:
    values = engine.run(f"arguments[0]([{ROOT}.lossTrain, {ROOT}.lossTest])")
    return [float(value) for value in values]


@pytest.mark.parametrize("short", [True, False])
def test_weights_in_a_link_in_other_engines(
    engine: Engine, server: SiteServer, short: bool
) -> None:
    session = by_hand()
    text = (link.encode_short if short else link.encode)(session.current)
    opened(engine, f"{server.url}#{text}")
    shown = session.experiment.shown
    np.testing.assert_allclose(seen(engine), [shown.loss_train, shown.loss_test], rtol=1e-12)
    for epoch in range(1, 4):
        engine.run("document.getElementById('step').click(); arguments[0]()")
        engine.wait(f"{ROOT}.epoch === '{epoch}'")
    shown = trained(session).shown
    np.testing.assert_allclose(seen(engine), [shown.loss_train, shown.loss_test], rtol=1e-9)


def test_harmed_links_in_other_engines(engine: Engine, server: SiteServer) -> None:
    """Each engine writes `®`, spaces, brackets and quotation marks into a hash in its own way."""
    text = link.encode(SETTINGS)
    first = Experiment(SETTINGS).shown
    for harmed in (text.replace("&reg", "®"), text[:60] + "\n> " + text[60:] + "”).", f"{text}>"):
        opened(engine, f"{server.url}#{harmed}")
        np.testing.assert_allclose(seen(engine), [first.loss_train, first.loss_test], rtol=1e-12)
        told = engine.run("arguments[0](location.hash)")
        assert link.decode(told) == (SETTINGS, [])


@pytest.mark.parametrize("kind", ["npz", "json"])
def test_a_dropped_network_in_other_engines(engine: Engine, server: SiteServer, kind: str) -> None:
    there = trained(by_hand(), 5)
    content = (
        saved_network.as_npz(there) if kind == "npz" else saved_network.as_json(there).encode()
    )
    opened(engine, server.url)
    engine.run(DROP, base64.b64encode(content).decode(), f"net.{kind}")
    engine.wait(f"{ROOT}.epoch === '5' && {ROOT}.working === 'false'")
    np.testing.assert_allclose(
        seen(engine), [there.shown.loss_train, there.shown.loss_test], rtol=1e-12
    )
    told = engine.run("arguments[0](location.hash)")
    assert link.decode(told) == (replace(there.settings), [])
