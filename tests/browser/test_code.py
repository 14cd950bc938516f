"""The Code panel on the built page: programs that run, files that load back equal, pictures.

What is downloaded is checked outside the page: the wheel and the program by running them under
this Python, tables and parameters with `csv` and `nncore`, pictures by their pixels.
"""

import csv
import io
import os
import re
import subprocess
import sys
from base64 import b64decode, b64encode
from pathlib import Path

import numpy as np
import pytest
from harness import canvas_pixels, next_picture, run_until, screenshot, state, wait_state
from playwright.sync_api import Page, expect

from explorer.drawing.palette import THEMES
from nncore import load_npz, load_wine, one_hot, r2_score, standardize

EPOCHS = 20
PIXELS = """async (text) => {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], {type: 'image/png'}));
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const data = context.getImageData(0, 0, image.width, image.height).data;
  let out = '';
  for (let i = 0; i < data.length; i += 8192)
    out += String.fromCharCode(...data.subarray(i, i + 8192));
  return [image.width, image.height, btoa(out)];
}"""


def open_code(page: Page) -> None:
    page.get_by_role("button", name="Code", exact=True).click()
    page.locator('html[data-parts~="code"]').wait_for(state="attached")


def download(page: Page, name: str, folder: Path) -> Path:
    """Press a button of the open panel; return the file that it saves."""
    with page.expect_download() as found:
        page.locator("#code").get_by_role("button", name=name, exact=True).click()
    path = folder / found.value.suggested_filename
    found.value.save_as(path)
    return path


def picture(page: Page, name: str, folder: Path) -> np.ndarray:
    """The RGBA values of a picture that is saved: (height, width, 4)."""
    text = b64encode(download(page, name, folder).read_bytes()).decode()
    width, height, data = page.evaluate(PIXELS, text)
    return np.frombuffer(b64decode(data), np.uint8).reshape(height, width, 4)


@pytest.fixture
def trained(visit) -> Page:
    """The Wine tab after 20 epochs, with the panel open."""
    page = visit("#view=wine&speed=fast")
    run_until(page, lambda now: now["epoch"] >= EPOCHS)
    wait_state(page, playing=False, epoch=EPOCHS)
    open_code(page)
    return page


def test_features_and_parameters_load_back_equal(trained, tmp_path):
    model, params = load_npz(download(trained, "Parameters (npz)", tmp_path))
    wine = load_wine()
    X = standardize(wine.X)
    loss = model.loss(params, X, one_hot(wine.y), "categorical_crossentropy")
    assert loss == pytest.approx(state(trained)["loss_train"], rel=1e-9)

    path = download(trained, "Rows and features (CSV)", tmp_path)
    assert path.name == "wine-epoch-20-features.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    features = np.array([[float(row[f"feature {k}"]) for k in (1, 2)] for row in rows])
    np.testing.assert_allclose(features, model.features(params, X, layer=2), rtol=1e-9, atol=1e-12)
    assert [row["target"] for row in rows] == [wine.class_names[label] for label in wine.y]
    right = np.mean([row["target"] == row["prediction"] for row in rows])
    assert right == state(trained)["accuracy_train"]


def test_the_program_runs_on_the_package_and_gives_the_page_s_loss(trained, tmp_path):
    wheel = download(trained, "Download nncore", tmp_path)
    program = download(trained, "Download", tmp_path)
    assert (wheel.suffix, program.name) == (".whl", "wine_nncore.py")
    done = subprocess.run(
        [sys.executable, str(program)], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(wheel)},
        timeout=120, capture_output=True, text=True, check=True,
    )  # fmt: skip
    last = re.findall(r"epoch (\d+): training loss (\S+)", done.stdout)[-1]
    assert int(last[0]) == EPOCHS
    assert float(last[1]) == pytest.approx(state(trained)["loss_train"], rel=1e-6)
    assert "training accuracy 1.0" in done.stdout


def test_everything_by_keyboard(visit, tmp_path):
    page = visit()
    page.get_by_role("button", name="Code", exact=True).focus()
    page.keyboard.press("Enter")
    page.locator('html[data-parts~="code"]').wait_for(state="attached")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    wait = page.get_by_role("button", name="Keras", exact=True)
    expect(wait).to_have_attribute("aria-pressed", "true")
    for _ in range(3):
        page.keyboard.press("Tab")
    with page.expect_download() as found:
        page.keyboard.press("Enter")
    assert found.value.suggested_filename == "circle_keras.py"
    assert state(page)["playing"] is False  # Space pressed a button and ran nothing
    page.keyboard.press("Escape")
    expect(page.locator("#code")).to_be_hidden()


def test_the_picture_of_the_output_is_what_is_shown(visit, tmp_path):
    page = visit()
    open_code(page)
    saved = picture(page, "Output (PNG)", tmp_path)[..., :3].astype(int)
    shown = canvas_pixels(page, "#output-map")[..., :3].astype(int)
    box = page.locator("#output").bounding_box()
    assert saved.shape[:2] == pytest.approx(
        (2 * (box["height"] + 32), 2 * (box["width"] + 32)), abs=2
    )
    # No point covers the corners' insides: there the map itself is to be seen.
    for across, up in ((0.04, 0.04), (0.96, 0.04), (0.04, 0.96), (0.96, 0.96)):
        inner = np.array(saved.shape[:2]) - 64
        row, column = (32 + np.array([up, across]) * inner).astype(int)
        expected = shown[int(up * 100), int(across * 100)]
        np.testing.assert_allclose(saved[row, column], expected, atol=6)
    for colour in (THEMES["light"].positive, THEMES["light"].negative):
        assert near(saved, colour, 2) > 300


def near(pixels: np.ndarray, colour: str, by: int) -> int:
    """How many pixels have nearly this colour."""
    wanted = [*bytes.fromhex(colour.lstrip("#"))]
    return int((np.abs(pixels[..., :3].astype(int) - wanted).max(axis=-1) <= by).sum())


def test_pictures_of_network_and_chart_show_more_than_the_background(visit, tmp_path):
    page = visit()
    run_until(page, lambda now: now["epoch"] >= 30)
    open_code(page)
    theme = THEMES["light"]
    for name, colour in (("Network (PNG)", theme.positive), ("Chart (PNG)", theme.accent)):
        saved = picture(page, name, tmp_path)
        assert near(saved[:1, :1], theme.background, 0) == 1
        assert 0.1 < near(saved, theme.background, 8) / saved[..., 0].size < 0.98
        assert min(saved.shape[:2]) > 150
        assert near(saved, colour, 3) > 50


def test_the_lab_s_pictures_show_all_classes(trained, tmp_path):
    for name in ("Network (PNG)", "Features (PNG)", "Strip (PNG)"):
        saved = picture(trained, name, tmp_path)
        for colour in THEMES["light"].classes[:3]:
            assert near(saved, colour, 40) > 30, (name, colour)


@pytest.mark.parametrize(("scheme", "viewport"), [("light", (1440, 900)), ("dark", (390, 844))])
def test_the_panel_fits_and_is_accessible(visit, axe, scheme, viewport):
    page = visit("#view=wine", color_scheme=scheme, viewport=viewport)
    open_code(page)
    screenshot(page, f"code-{scheme}-{viewport[0]}")
    assert axe(page) == []
    box = page.locator("#code").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= viewport[0]
    assert box["y"] + box["height"] <= viewport[1]
    inner = page.locator("#code").evaluate("node => node.scrollWidth - node.clientWidth")
    assert inner == 0


TABLES = [("Iris", 150, 4, 0.9), ("Breast cancer", 569, 30, 0.95), ("Diabetes", 442, 10, 0.3)]


def test_other_tables_can_be_chosen(visit, tmp_path):
    page = visit("#view=wine&speed=fast")
    for table, rows, columns, least in TABLES:
        page.get_by_role("combobox", name="Data", exact=True).select_option(label=table)
        assert f"dataset={table.lower().replace(' ', '_')}" in page.url
        next_picture(page)
        page.get_by_role("button", name="Run", exact=True).click()
        wait_state(page, epoch=EPOCHS, playing=False)
        open_code(page)
        check_table(page, tmp_path, table, rows, columns, least)
        page.keyboard.press("Escape")


def check_table(page: Page, tmp_path: Path, table: str, rows: int, columns: int, least: float):
    path = download(page, "Rows and features (CSV)", tmp_path)
    head, *lines = csv.reader(io.StringIO(path.read_text("utf-8")))
    assert len(lines) == rows
    assert head.index("target") == columns + 1
    truth, said = ([line[head.index(name)] for line in lines] for name in ("target", "prediction"))
    if table == "Diabetes":
        assert state(page)["accuracy_train"] is None
        score = r2_score(np.array(truth, float), np.array(said, float))
    else:
        score = np.mean(np.array(truth) == np.array(said))
        assert score == pytest.approx(state(page)["accuracy_train"])
    assert score > least


def test_the_program_follows_language_and_settings_and_can_be_copied(visit):
    """After the others: the page keeps the language."""
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_code(page)
    block = page.get_by_role("region", name="Program")
    expect(block).to_contain_text("SGD(0.03)")
    page.get_by_role("button", name="Keras", exact=True).click()
    expect(block).to_contain_text("keras.Sequential")
    page.locator("#code").get_by_role("button", name="Copy", exact=True).click()
    page.locator("#code-status", has_text="Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == block.evaluate("node => node.textContent")
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Learning rate", exact=True).select_option("0.1")
    open_code(page)
    expect(block).to_contain_text("keras.optimizers.SGD(0.1)")
