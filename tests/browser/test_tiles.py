"""The tiles' pictures, which all lie on one canvas: each in its own tile, and nothing of others."""

import numpy as np
import pytest
from harness import canvas_pixels, next_picture, press, show, wait_state
from playwright.sync_api import Page

CORE = """node => {
  const tile = node.getBoundingClientRect();
  const board = document.querySelector('#network .pictures').getBoundingClientRect();
  return [tile.left - board.left, tile.top - board.top, tile.width, tile.height];
}"""


def picture_of(page: Page, unit: str) -> np.ndarray:
    """The pixels within a tile, its border and its corners left out."""
    left, top, width, height = page.locator(f"#network [data-unit='{unit}']").evaluate(CORE)
    rows = slice(round(top + 0.2 * height), round(top + 0.8 * height))
    columns = slice(round(left + 0.2 * width), round(left + 0.8 * width))
    return canvas_pixels(page, "#network .pictures")[rows, columns].astype(int)


def middle_of(large: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """The same part of the large picture, at so many places."""
    down = (0.2 + 0.6 * (np.arange(rows) + 0.5) / rows) * len(large)
    right = (0.2 + 0.6 * (np.arange(columns) + 0.5) / columns) * len(large)
    return large[np.ix_(down.astype(int), right.astype(int))].astype(int)


def difference(tile: np.ndarray, large: np.ndarray) -> float:
    return np.abs(tile - middle_of(large, *tile.shape[:2])).mean()


@pytest.mark.parametrize("shape", ["4,2", "32,32,5"])
def test_a_tile_shows_what_the_large_picture_shows_of_its_neuron(shared_page, shape):
    page = shared_page
    show(page, f"#networkShape={shape}&seed=0.5")
    press(page, "Step")
    wait_state(page, epoch=1, working=False)
    units = ["1.1", "1.2", f"1.{shape.split(',')[0]}", "2.2"]
    tiles, larges = [picture_of(page, unit) for unit in units], []
    for unit in units:
        page.locator(f"#network [data-unit='{unit}']").hover()
        next_picture(page)
        larges.append(canvas_pixels(page, "#output-map"))
    assert all((tile[..., 3] == 255).all() for tile in tiles), "the whole tile is painted"
    far = np.array([[difference(tile, large) for large in larges] for tile in tiles])
    assert far.diagonal().max() < 10
    assert far.argmin(axis=1).tolist() == [0, 1, 2, 3], "none shows another neuron"


def test_a_table_s_tile_is_the_same_from_top_to_bottom(shared_page):
    page = shared_page
    show(page, "#view=wine&seed=7")
    press(page, "Step")
    wait_state(page, epoch=1, working=False)
    for unit in ("1.2", "2.3", "4.1", "4.2", "4.3"):
        pixels = picture_of(page, unit)
        assert np.abs(pixels - pixels[:1]).max() <= 2, "no colour of the tile above or below"
    assert np.abs(np.diff(pixels, axis=1)).max() > 20, "a barcode has bars"


def test_the_corners_of_a_tile_stay_free(shared_page):
    page = shared_page
    show(page, "#networkShape=4,2")
    left, top, width, height = page.locator("#network [data-unit='1.2']").evaluate(CORE)
    board = canvas_pixels(page, "#network .pictures")
    for x in (left, left + width - 1):
        for y in (top, top + height - 1):
            assert board[round(y), round(x), 3] == 0
    assert board[round(top + height / 2), round(left + width / 2), 3] == 255
    between = board[round(top + height) + 2 : round(top + height) + 12]
    assert (between[..., 3] == 0).all(), "nor is there anything between two rows of tiles"
