"""The sheet: made when printing begins, whole, in the light theme, and gone afterwards."""

import pytest

from explorer.drawing.palette import THEMES

LINKS = {
    "playground": "#stopEpoch=3",
    "classes": "#dataset=spiral3&networkShape=3",
    "values": "#problem=regression",
    "deep": "#networkShape=8,8,8,8,8,8,8,8",
    "no layer": "#networkShape=",
    "lab": "#view=wine",
    "lab, held back": "#view=wine&percTrainData=70",
    "lab, thirty inputs": "#view=wine&dataset=breast_cancer&leftOut=3-7",
    "lab, a value": "#view=wine&dataset=diabetes&networkShape=4",
    "rates": "#regularization=L2&regularizationRate=0.01&schedule=cosine&loss=cross_entropy",
}


def printed(browser):
    browser.fire(browser.window, "beforeprint")
    assert browser.errors == []
    return browser.element("sheet")


def parts(sheet):
    return [node.className.removeprefix("sheet-") for node in sheet.children]


@pytest.mark.parametrize("name", LINKS)
def test_a_sheet_says_and_shows_everything(open_page, name):
    browser, app = open_page(LINKS[name])
    browser.click(browser.action("step"))
    browser.tick(8)
    sheet = printed(browser)
    expected = ["head", "words", "network", "picture", "numbers", "chart"]
    assert parts(sheet)[: len(expected)] == expected
    assert parts(sheet)[-1] == "foot"
    assert ("film" in parts(sheet)) == ("view=wine" in LINKS[name])
    text = sheet.textContent
    assert f"seed {app.current.seed}" in text
    assert browser.element("share-link").value in text
    assert f"After epoch {app.experiment.epoch}" in text
    assert "{" not in text
    canvases = sheet.querySelectorAll("canvas")
    assert len(canvases) == 3 + sum(r.epoch > 0 for r in app.experiment.history.records) * (
        "view=wine" in LINKS[name]
    )
    assert browser.root.getAttribute("data-sheet") == app.session.view


def test_the_words_name_what_was_chosen(open_page):
    browser, _ = open_page(LINKS["rates"])
    text = printed(browser).textContent
    for words in ("X₁, X₂ → 4 tanh → 2 tanh → 1", "(cosine)", "regularization L2, rate 0.01"):
        assert words in text
    assert "cross-entropy" in text
    browser, _ = open_page(LINKS["lab, thirty inputs"])
    text = printed(browser).textContent
    assert "Breast cancer, 564 rows, 30 columns, standardized" in text
    assert "; 5 left out" in text


def test_paper_is_light_and_tells_signs_without_colours(open_page):
    browser, app = open_page("#")
    app.switch_theme()
    assert app.stage.theme == THEMES["dark"]
    canvas = printed(browser).querySelectorAll("canvas")[0]
    ctx = browser.contexts[id(canvas)]
    light = THEMES["light"]
    strokes = [style["strokeStyle"] for _, style in ctx.named("stroke")]
    assert {light.positive, light.negative} <= set(strokes)
    assert not {THEMES["dark"].positive, THEMES["dark"].negative} & set(strokes)
    dashed, dashes = {light.positive: set(), light.negative: set()}, None
    for name, arguments, style in ctx.calls:
        if name == "setLineDash":
            dashes = arguments[0]
        elif name == "stroke" and style.get("strokeStyle") in dashed:
            dashed[style["strokeStyle"]].add(dashes)
    assert dashed == {light.positive: {browser.NO_DASH}, light.negative: {browser.DASH}}
    assert app.stage.theme == THEMES["dark"], "the screen stays as it is"


def test_afterwards_nothing_is_left(open_page):
    browser, _ = open_page("#")
    printed(browser)
    browser.fire(browser.window, "afterprint")
    assert not browser.element("sheet").children
    assert not browser.root.hasAttribute("data-sheet")


def test_the_button_prints(open_page):
    browser, _ = open_page("#")
    called = []
    browser.window.print = lambda: called.append(True)
    browser.click(browser.action("print"))
    assert called == [True]
    assert browser.errors == []
