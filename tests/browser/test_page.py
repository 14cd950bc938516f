"""The page as a whole: it loads cleanly from any folder, keeps to itself, and can be used by all.

That there is no console message, no failed request and no request beyond the page's origin is
checked at the end of every browser test; see `harness_log.py`.
"""

import pytest
from harness import next_picture, screenshot, state, wait_ready
from harness_server import PREFIX, Fault

STATE = {
    *("state", "view", "playing", "epoch", "loss_train", "loss_test"),
    *("accuracy_train", "accuracy_test"),
}
NAMES = {
    "button": [
        *("Run", "Step", "Reset", "Regenerate", "Add hidden layer", "Remove hidden layer"),
        *("Add neuron to layer 1", "Remove neuron from layer 1"),
        *("Add neuron to layer 2", "Remove neuron from layer 2"),
    ],
    "combobox": [
        *("Learning rate", "Activation", "Regularization", "Regularization rate", "Problem type"),
    ],
    "slider": ["Training share", "Noise", "Batch size"],
    "checkbox": [
        *("Show test data", "Discretize output"),
        *("X1", "X2", "X1 squared", "X2 squared", "X1 times X2", "sin X1", "sin X2"),
    ],
    "radio": ["Circle", "Exclusive or", "Gaussian", "Spiral", "Plane", "Multi gaussian"],
    "tab": ["Playground", "Wine"],
}


def test_loads_and_publishes_its_state(open_page):
    now = state(open_page())
    assert set(now) >= STATE
    assert (now["view"], now["playing"], now["epoch"]) == ("playground", False, 0)
    assert f"{now['loss_train']:.5f} {now['loss_test']:.5f}" == "0.50158 0.51811"


def test_loads_from_the_root_of_a_host_that_compresses(open_page, misbehaving_server):
    server = misbehaving_server({}, prefix="/", compress=True)
    assert state(open_page(url=server.url))["state"] == "ready"


def test_every_file_is_asked_for_once_and_its_own_text_may_be_slow_to_come(
    open_page, misbehaving_server
):
    server = misbehaving_server({"": Fault(bytes_per_second=1_500_000)})
    page = open_page(url=server.url)
    assert all(path.startswith(PREFIX) for path in server.requests)
    assert server.repeated() == []
    page.goto(f"{server.url}?again", wait_until="commit")  # the answer's head, and no root yet
    assert wait_ready(page)["epoch"] == 0


def test_accessible_names(visit):
    page = visit()
    promised = [(role, name) for role, names in NAMES.items() for name in names]
    found = {each: page.get_by_role(each[0], name=each[1], exact=True).count() for each in promised}
    assert found == dict.fromkeys(promised, 1)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["playground", "wine"])
def test_accessibility(visit, axe, view, color_scheme):
    page = visit(f"#view={view}", color_scheme=color_scheme)
    assert state(page)["view"] == view
    screenshot(page, f"{view}-{color_scheme}")
    assert axe(page) == []


@pytest.mark.parametrize("view", ["playground", "wine"])
def test_the_tool_fits_on_one_screen(visit, view):
    visit(f"#view={view}", viewport=(390, 844))  # what is taller there gets lower again
    page = visit(f"#view={view}", viewport=(1440, 900))
    names = (".controlbar", ".timeline:visible", ".timeline:visible input[type=range]")
    boxes = [page.locator(name).bounding_box() for name in names]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 1440 for box in boxes)
    assert all(box["y"] + box["height"] <= 900 for box in boxes)
    assert page.evaluate("() => document.scrollingElement.scrollWidth") == 1440


@pytest.mark.parametrize("width", [820, 390])
@pytest.mark.parametrize("view", ["playground", "wine"])
def test_no_sideways_scrolling_on_small_screens(visit, view, width):
    page = visit(f"#view={view}", viewport=(width, 844))
    screenshot(page, f"{view}-{width}", full_page=True)
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= width


CUT = """() => [...document.querySelectorAll('.fields select')].filter((menu) => {
  const ctx = document.createElement('canvas').getContext('2d'), style = getComputedStyle(menu);
  ctx.font = style.font;
  const room = menu.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return menu.checkVisibility() && ctx.measureText(menu.selectedOptions[0].text).width > room + 1;
}).map((menu) => menu.name)"""


@pytest.mark.parametrize("view", ["playground", "wine"])
def test_on_tablets_the_fields_stand_in_one_row_below_the_readouts(visit, view):
    page = visit(f"#view={view}", viewport=(660, 1000))
    for width in (660, 744, 768, 820, 834, 960):
        page.set_viewport_size({"width": width, "height": 1000})
        next_picture(page)
        field = page.locator(".fields :is(select, input, button):visible")
        boxes = [field.nth(i).bounding_box() for i in range(field.count())]
        bottoms = [round(box["y"] + box["height"]) for box in boxes]
        assert bottoms[0] < page.locator(".fields label:visible").nth(1).bounding_box()["y"], width
        assert len(bottoms) > 6, width
        # the dice are an icon, a little higher
        assert max(bottoms[1:]) - min(bottoms[1:]) <= 8, width
        assert page.evaluate(CUT) == [], width
