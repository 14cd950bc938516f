"""Your data on the built page: a file, the preview by keyboard, the lab, the program, the link."""

import numpy as np
from harness import run_until, wait_state
from playwright.sync_api import Page, expect

PREVIEW = '#own-body[data-state="preview"]'


def flowers(n: int = 90) -> bytes:
    """A table as a German spreadsheet writes it, with two gaps."""
    rng = np.random.default_rng(1)
    lines = ["Nr;Länge;Breite;Farbe;Art"]
    for i in range(n):
        length, width = (f"{v:.2f}".replace(".", ",") for v in rng.normal(3 + 2 * (i % 3), 1, 2))
        lines.append(f"{i};{length if i % 40 else ''};{width};{('rot', 'blau')[i % 2]};k{i % 3}")
    return "\r\n".join(lines).encode("cp1252")


def choose(page: Page, name: str, content: bytes) -> None:
    page.locator("#open-file").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )


def test_a_file_is_previewed_used_and_found_again(open_page):
    page = open_page()
    page.locator(".data").get_by_role("button", name="Your data").click()
    expect(page.locator('#own-body[data-state="start"]')).to_be_visible()
    choose(page, "broken.csv", b"a,b\n")
    expect(page.get_by_role("alert").first).to_contain_text("nothing below it")
    wait_state(page, view="playground")

    choose(page, "flowers.csv", flowers())
    expect(page.locator(PREVIEW)).to_contain_text("90 rows, 5 columns; semicolons, decimal commas.")
    expect(page.locator(PREVIEW)).to_contain_text("The target is Art, with 3 values.")
    expect(page.locator(".own-doubts")).to_contain_text("Windows-1252")
    expect(page.get_by_role("button", name="Open in the lab")).to_be_focused()
    role = page.get_by_label("What Farbe is for")
    role.focus()
    page.keyboard.press("l")  # left out
    expect(page.locator(PREVIEW)).to_contain_text("87 rows with 2 inputs tell 3 classes apart.")
    expect(page.get_by_label("What Farbe is for")).to_be_focused()
    page.get_by_label("Missing values").select_option("fill")
    expect(page.locator(PREVIEW)).to_contain_text("90 rows with 2 inputs")

    page.get_by_role("button", name="Open in the lab").click()
    wait_state(page, view="wine", epoch=0)
    expect(page.locator("#own-data")).to_be_hidden()
    run_until(page, lambda now: now["epoch"] >= 20)
    wait_state(page, playing=False, epoch=20)
    expect(page.locator("#wine-confusion tbody tr")).to_have_count(3)
    loss = page.locator("html").get_attribute("data-loss-test")
    assert float(loss) > 0

    page.get_by_role("button", name="Code", exact=True).click()
    expect(page.locator("#program")).to_contain_text('with open("flowers.csv", "rb") as file:')
    expect(page.locator("#program")).to_contain_text('missing="fill"')

    page.reload()
    wait_state(page, state="ready", view="wine", epoch=0)
    expect(page.locator('select[name="table"] option:checked')).to_have_text("flowers")
    run_until(page, lambda now: now["epoch"] >= 20)
    wait_state(page, playing=False, epoch=20, loss_test=loss)


def test_points_are_drawn_by_mouse_touch_and_keyboard(open_page):
    page = open_page()
    page.locator(".data").get_by_role("button", name="Your data").click()
    page.get_by_role("button", name="Draw points").click()
    wait_state(page, drawing=True)
    picture, words = page.locator("#output"), page.locator("#draw-words")
    expect(words).to_have_text("500 points: 250, 250.")
    page.get_by_role("button", name="Clear").click()
    box = picture.bounding_box()
    assert box

    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + 200, steps=6)
    page.mouse.up()
    wait_state(page, rows=500)  # one class is not yet learned from
    brush = page.get_by_role("button", name="Brush of class 2")
    brush.focus()
    page.keyboard.press("Enter")
    expect(brush).to_be_focused()
    expect(brush).to_have_attribute("aria-pressed", "true")
    place = {"clientX": box["x"] + 250, "clientY": box["y"] + 100, "pointerType": "touch"}
    for kind in ("pointerdown", "pointerup"):
        picture.dispatch_event(kind, place | {"isPrimary": True, "bubbles": True, "button": 0})
    expect(words).to_contain_text(", 1.")
    picture.focus()
    page.keyboard.press("3")
    expect(picture).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(words).to_contain_text(", 1, 1.")
    rows = int(words.inner_text().split()[0])
    wait_state(page, rows=rows)
    page.get_by_role("button", name="Done").click()
    wait_state(page, drawing=False)
    assert page.locator("#look-for").text_content() == ""  # of one's own data nobody knows
    expect(page.get_by_role("heading", name="What to look for")).to_be_hidden()
    page.reload()
    wait_state(page, state="ready", rows=rows)
