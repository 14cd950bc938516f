"""The notebook on the built page: the Wine lesson, Stop, a hostile notebook.

Waiting is for `<html data-notebook>`, the state of the notebook's Python, which is "idle" once
nothing runs.
"""

import json
from pathlib import Path

import nbformat
import pytest
from harness import BOOT_TIMEOUT_MS
from playwright.sync_api import Page, expect

READY = 'html[data-notebook="idle"]'
RUNNING = 'html[data-notebook="running"]'
WALK = Path(__file__).parents[1] / "notebooks" / "walk.ipynb"
STILL = ".nb-cell:is([data-run=running], [data-run=waiting])"


@pytest.fixture
def notebook(visit) -> Page:
    page = visit()
    page.get_by_role("tab", name="Notebook").click()
    page.locator(READY).wait_for(state="attached", timeout=BOOT_TIMEOUT_MS)
    return page


def show(page: Page, *sources: str) -> None:
    """Open a notebook with these cells."""
    cells = [{"cell_type": "code", "source": source} for source in sources]
    content = json.dumps({"nbformat": 4, "cells": cells}).encode()
    file = {"name": "own.ipynb", "mimeType": "application/json", "buffer": content}
    page.locator("#nb-field").set_input_files(file)
    expect(page.locator(".nb-cell")).to_have_count(len(sources))
    page.locator(READY).wait_for(state="attached", timeout=BOOT_TIMEOUT_MS)


def run(page: Page, place: int) -> None:
    """Press the button of a cell."""
    page.locator(".nb-cell").nth(place).hover()
    page.locator(".nb-cell").nth(place).get_by_role("button", name="Run cell").click()


def settle(page: Page) -> None:
    """Wait until everything has run."""
    page.locator(STILL).first.wait_for(state="detached", timeout=BOOT_TIMEOUT_MS)
    page.locator(READY).wait_for(state="attached", timeout=BOOT_TIMEOUT_MS)


def output(page: Page, place: int):
    return page.locator(".nb-cell").nth(place).locator(".nb-outputs")


def test_the_wine_lesson_ends_with_two_numbers_for_each_wine(notebook, axe, tmp_path):
    notebook.get_by_role("button", name="Run all").click()
    settle(notebook)
    expect(notebook.locator(".nb-error")).to_have_count(0)
    shown = notebook.locator(".nb-outputs pre", has_text="(178, 2)")
    expect(shown).to_have_text("(178, 2)")
    expect(notebook.locator(".nb-outputs table tbody tr")).to_have_count(5)
    expect(notebook.locator('.nb-outputs img[src^="data:image/png"]')).to_have_count(2)
    assert axe(notebook) == []

    old = json.loads(WALK.read_text("utf-8"))["cells"][2]["source"]  # in the spelling of 2018
    notebook.get_by_role("button", name="Add a code cell below").click()
    notebook.keyboard.insert_text("from keras import backend as K\n" + "".join(old))
    notebook.keyboard.press("Control+Enter")
    expect(output(notebook, -1)).to_have_text("(178, 2)", timeout=BOOT_TIMEOUT_MS)
    settle(notebook)
    with notebook.expect_download() as found:
        notebook.get_by_role("button", name="Save notebook").click()
    found.value.save_as(tmp_path / "wine.ipynb")
    saved = nbformat.read(tmp_path / "wine.ipynb", as_version=4)
    nbformat.validate(saved)
    assert "image/png" in json.dumps(saved)

    notebook.get_by_role("button", name="Add a code cell below").click()
    notebook.keyboard.type("featu")
    notebook.keyboard.press("Control+Space")
    notebook.locator(".cm-tooltip-autocomplete li", has_text="features").wait_for()
    notebook.keyboard.press("Escape")
    notebook.keyboard.press("Escape")
    notebook.keyboard.press("Tab")
    expect(notebook.locator(".cm-focused")).to_have_count(0)

    notebook.get_by_role("button", name="Open model in playground or lab").click()
    notebook.locator('html[data-view="wine"][data-accuracy-train="1.0"]').wait_for(state="attached")


def test_stop_keeps_the_names_and_a_cell_that_does_not_listen_is_ended(notebook):
    stubborn = "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    sleeping = "import time\ntime.sleep(60)"
    show(notebook, "kept = 41", "while True: pass", "kept + 1", stubborn, "'new'", sleeping)
    run(notebook, 0)
    settle(notebook)
    run(notebook, 1)
    notebook.locator(RUNNING).wait_for(state="attached")
    notebook.get_by_role("button", name="Stop").click()
    settle(notebook)
    expect(output(notebook, 1)).to_contain_text("Stopped.")
    run(notebook, 5)
    notebook.locator(RUNNING).wait_for(state="attached")
    notebook.get_by_role("button", name="Stop").click()
    settle(notebook)
    expect(output(notebook, 5)).to_have_text("Stopped.")
    run(notebook, 2)
    expect(output(notebook, 2)).to_have_text("42")
    settle(notebook)
    run(notebook, 3)
    notebook.locator(RUNNING).wait_for(state="attached")
    notebook.get_by_role("button", name="Stop").click()
    expect(output(notebook, 3)).to_contain_text("the text is all here")
    settle(notebook)
    run(notebook, 4)
    expect(output(notebook, 4)).to_have_text("'new'")


def test_a_hostile_notebook_harms_nobody(notebook):
    show(
        notebook,
        "for i in range(100_000): print('line', i)",
        "def r(n): return r(n + 1)\nr(0)",
        "hoard = []\nwhile True: hoard.append(bytearray(10**8))",
        "hoard = None\nimport torch",
        "from IPython.display import HTML\n"
        "HTML('<b>bold</b><script>document.title = 1</script><a href=\"javascript:x\">a</a>')",
        "import js\njs.postMessage('{')\njs.postMessage('null')\njs.self.fetch = None\n1 + 1",
        "import sys\nsys.modules.clear()",
    )
    title = notebook.title()
    for place in range(6):
        run(notebook, place)
        settle(notebook)
    expect(output(notebook, 0)).to_contain_text("more characters were printed")
    expect(output(notebook, 1)).to_contain_text("RecursionError")
    expect(output(notebook, 2)).to_contain_text("MemoryError")
    expect(output(notebook, 3)).to_contain_text("Colab")
    expect(output(notebook, 4).locator("b")).to_have_text("bold")
    assert output(notebook, 4).locator("script, a[href]").count() == 0
    expect(output(notebook, 5)).to_have_text("2")
    assert notebook.title() == title
    run(notebook, 6)
    settle(notebook)
    notebook.get_by_role("button", name="Restart").click()
    settle(notebook)
    run(notebook, 5)
    expect(output(notebook, 5)).to_have_text("2")
    notebook.set_viewport_size({"width": 820, "height": 1000})  # the tabs have a row of their own
    notebook.get_by_role("tab", name="Playground").click()
    notebook.locator('html[data-view="playground"]').wait_for(state="attached")
