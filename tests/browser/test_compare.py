"""The comparison with scikit-learn: nothing is fetched before it is asked for, and then only from
the page's own site; what it shows is what scikit-learn says here.
"""

import re

import numpy as np
import pytest
from harness import canvas_pixels, run_until, state, wait_state
from harness_server import Fault
from playwright.sync_api import Page, expect
from sklearn.datasets import load_wine
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from explorer.drawing.palette import THEMES

WHEEL = re.compile(r"\.whl\.\w+\.bin$")
LONG_MS = 200_000


def open_code(page: Page) -> None:
    page.get_by_role("button", name="Code", exact=True).click()
    page.locator('html[data-parts~="code"]').wait_for(state="attached")


def ask(page: Page) -> None:
    page.get_by_role("button", name="Compare", exact=True).click()


def scores(page: Page) -> dict[str, str]:
    """Model -> training score, once all of them are there."""
    start = page.locator("#compare-start")
    expect(page.locator("#compare-rows tr")).to_have_count(4, timeout=LONG_MS)
    expect(start).to_be_enabled(timeout=LONG_MS)
    rows = page.locator("#compare-rows tr").all()
    return {row.locator("th").inner_text(): row.locator("td").first.inner_text() for row in rows}


@pytest.mark.slow
def test_wine_beside_scikit_learn(open_page, page_log, axe):
    page = open_page("#view=wine&speed=fast")
    run_until(page, lambda now: now["epoch"] >= 20)
    wait_state(page, playing=False, epoch=20)
    open_code(page)
    size = re.search(
        r"loads ([\d.]+) MB from this site", page.locator("#compare-line").inner_text()
    )
    asked = [url for url in page_log.requested if WHEEL.search(url)]
    assert asked == []

    ask(page)
    found = scores(page)
    fetched = {url for url in page_log.requested if WHEEL.search(url)}
    assert len(fetched) == 6  # all from the page's own origin: the log sees to that
    total = page.evaluate("nncoreBoot.extras.bytes")
    assert f"{total / 1e6:.1f}" == size[1]

    X, y = load_wine(return_X_y=True)
    X = StandardScaler().fit_transform(X)
    plane = PCA(2).fit_transform(X)
    linear = LogisticRegression(max_iter=1000).fit(X, y).score(X, y)
    two = LogisticRegression(max_iter=1000).fit(plane, y).score(plane, y)
    assert found["This network"] == f"{100 * state(page)['accuracy_train']:.1f} %" == "100.0 %"
    assert found["Logistic regression"] == f"{100 * linear:.1f} %"
    assert found["Logistic regression on 2 principal components"] == f"{100 * two:.1f} %"
    perceptron = next(name for name in found if name.startswith("MLPClassifier (8, 5, 2)"))
    assert float(found[perceptron].split()[0]) > 90
    for picture in ("#compare-components", "#compare-learned"):
        pixels = canvas_pixels(page, picture)[..., :3].astype(int)
        for colour in THEMES["light"].classes[:3]:
            wanted = [*bytes.fromhex(colour.lstrip("#"))]
            assert (np.abs(pixels - wanted).max(axis=-1) <= 8).sum() > 60
    assert axe(page) == []

    # Once loaded, it is there for the next question.
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Reset", exact=True).click()
    wait_state(page, epoch=0)
    open_code(page)
    ask(page)
    page.locator("#compare-of", has_text="epoch 0").wait_for()
    assert scores(page)["Logistic regression"] == f"{100 * linear:.1f} %"
    assert {url for url in page_log.requested if WHEEL.search(url)} == fetched


def test_a_lost_connection_is_said_and_the_button_stays(open_page, misbehaving_server, page_log):
    page_log.allow("scipy|ERR_ABORTED")  # the other downloads are given up
    server = misbehaving_server({"scipy-*": Fault(status=404)})
    page = open_page(url=server.url)
    page.evaluate("nncoreBoot.patience = 10")  # not while it starts, which may take long
    open_code(page)
    for fault, cause in (
        (Fault(status=404), r"scipy.* 404"),
        (Fault(keep=0.5, hanging=True), r"nothing has come for 10 seconds"),
    ):
        server.faults["scipy-*"] = fault
        ask(page)
        told = re.compile(rf"could not be loaded \({cause}\)")
        expect(page.locator("#compare-status")).to_contain_text(told, timeout=LONG_MS)
        expect(page.locator("#compare-start")).to_be_enabled()
        assert page.locator("#compare-results").is_hidden()
        assert state(page)["state"] == "ready"


def test_the_page_in_one_file_says_that_it_needs_the_site(open_page, dist):
    page = open_page(url=(dist / "playground.html").as_uri())
    open_code(page)
    assert "needs the site" in page.locator("#compare-line").inner_text()
    assert page.locator("#compare-start").is_hidden()
