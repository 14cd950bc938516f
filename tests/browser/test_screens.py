"""The default state as a picture: light, dark, tablet and phone, beside stored pictures.

A difference is measured on a quarter of the size, so that another Chromium's way to smooth an
edge does not count, but a moved panel, a lost colour or another font does. To take new pictures
on purpose, run this file and copy those of artifacts/ here.
"""

from pathlib import Path

import numpy as np
import pytest
from harness import ARTIFACTS, next_picture, run_until, screenshot, wait_state
from harness_pages import with_fonts
from PIL import Image

PICTURES = Path(__file__).parent / "pictures"
# Name -> window and theme; the names of a page's pictures are taken one after the other.
PAGES = {
    "#stopEpoch=120&networkShape=6,4,2&noise=10": {
        "playground-light": ((1440, 900), "light"),
        "playground-dark": ((1440, 900), "dark"),
    },
    "#stopEpoch=120": {
        "playground-tablet": ((820, 1180), "light"),
        "playground-phone": ((390, 844), "light"),
    },
}
TOLERANCE = 0.02  # mean difference of a channel, of 1
WORST = 0.06  # the same, in the worst of 8 x 8 fields


def small(path: Path) -> np.ndarray:
    image = Image.open(path).convert("RGB")
    size = image.width // 4, image.height // 4
    return np.asarray(image.resize(size, Image.Resampling.BOX), float) / 255


@pytest.mark.parametrize("link", PAGES)
def test_looks_as_it_did(open_page, link):
    size, scheme = next(iter(PAGES[link].values()))
    touch = {"has_touch": True} if size[0] < 900 else {}  # with none, a returning reader's page
    page = with_fonts(lambda: open_page(link, viewport=size, color_scheme=scheme, **touch))
    run_until(page, lambda now: now["epoch"] >= 120)
    wait_state(page, playing=False)
    page.mouse.move(5, 5)
    page.locator("#run").blur()
    taken = {}
    for name, (size, scheme) in PAGES[link].items():
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=scheme)
        page.evaluate("scrollTo(0, 0)")
        next_picture(page)
        taken[name] = screenshot(page, name)
    for name, path in taken.items():
        compare(path, PICTURES / f"{name}.png")


def compare(taken: Path, stored: Path) -> None:
    assert stored.exists(), f"there is no {stored}"
    now, before = small(taken), small(stored)
    assert now.shape == before.shape
    difference = np.abs(now - before).mean(axis=2)
    rows, columns = (edge - edge % 8 for edge in difference.shape)
    fields = difference[:rows, :columns].reshape(8, rows // 8, 8, columns // 8).mean(axis=(1, 3))
    assert difference.mean() < TOLERANCE, f"compare {taken} with {stored}"
    assert fields.max() < WORST, f"compare {taken} with {stored}"


def test_pictures_are_kept_out_of_the_way():
    """What a run takes lies in a folder that git ignores, not beside the stored pictures."""
    assert ARTIFACTS not in PICTURES.parents
