"""The page as a whole: it loads cleanly from any folder, keeps to itself, and can be used by all.

That there is no console message, no failed request and no request beyond the page's origin is
checked at the end of every browser test; see `harness_log.py`.
"""

import pytest
from harness import screenshot, state
from harness_server import PREFIX

STATE = {
    *("state", "view", "playing", "epoch", "loss_train", "loss_test"),
    *("accuracy_train", "accuracy_test"),
}
BUTTONS = ["Run", "Step", "Reset", "Regenerate", "Add hidden layer", "Remove hidden layer"]
NEURON_BUTTONS = [
    f"{verb} layer {n}" for verb in ("Add neuron to", "Remove neuron from") for n in (1, 2)
]
SELECTS = ["Learning rate", "Activation", "Regularization", "Regularization rate", "Problem type"]
SLIDERS = ["Training share", "Noise", "Batch size"]
INPUTS = ["X1", "X2", "X1 squared", "X2 squared", "X1 times X2", "sin X1", "sin X2"]
CHECKBOXES = ["Show test data", "Discretize output", *INPUTS]
DATASETS = ["Circle", "Exclusive or", "Gaussian", "Spiral", "Plane", "Multi gaussian"]


def test_loads_and_publishes_its_state(open_page):
    now = state(open_page())
    assert set(now) >= STATE
    assert (now["view"], now["playing"], now["epoch"]) == ("playground", False, 0)
    assert f"{now['loss_train']:.5f} {now['loss_test']:.5f}" == "0.50158 0.51811"


def test_every_file_is_asked_for_once(open_page, misbehaving_server):
    server = misbehaving_server({})
    open_page(url=server.url)
    assert all(path.startswith(PREFIX) for path in server.requests)
    assert len(server.requests) == len(set(server.requests))


def test_loads_from_the_root_of_a_host_that_compresses(open_page, misbehaving_server):
    server = misbehaving_server({}, prefix="/", compress=True)
    assert state(open_page(url=server.url))["state"] == "ready"


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("button", BUTTONS),
        ("button", NEURON_BUTTONS),
        ("combobox", SELECTS),
        ("slider", SLIDERS),
        ("checkbox", CHECKBOXES),
        ("radio", DATASETS),
        ("tab", ["Playground", "Wine"]),
    ],
    ids=["buttons", "neuron buttons", "selects", "sliders", "checkboxes", "data sets", "tabs"],
)
def test_accessible_names(open_page, role, names):
    page = open_page()
    found = {name: page.get_by_role(role, name=name, exact=True).count() for name in names}
    assert found == dict.fromkeys(names, 1)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["playground", "wine"])
def test_accessibility(open_page, axe, view, color_scheme):
    page = open_page(f"#view={view}", color_scheme=color_scheme)
    assert state(page)["view"] == view
    screenshot(page, f"{view}-{color_scheme}")
    assert axe(page) == []


@pytest.mark.parametrize("view", ["playground", "wine"])
def test_the_tool_fits_on_one_screen(open_page, view):
    page = open_page(f"#view={view}", viewport=(1440, 900))
    boxes = [page.locator(name).bounding_box() for name in (".controlbar", ".timeline:visible")]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 1440 for box in boxes)
    assert boxes[1]["y"] + boxes[1]["height"] <= 900
    assert page.evaluate("() => document.scrollingElement.scrollWidth") == 1440


@pytest.mark.parametrize("width", [820, 390])
@pytest.mark.parametrize("view", ["playground", "wine"])
def test_no_sideways_scrolling_on_small_screens(open_page, view, width):
    page = open_page(f"#view={view}", viewport=(width, 844))
    screenshot(page, f"{view}-{width}", full_page=True)
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= width
