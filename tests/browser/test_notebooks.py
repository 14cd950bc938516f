"""Notebooks as courses write them, run in one page: see tests/notebooks and its native test.

All ten, when they are asked for; by default `test_notebook.py` has the Wine lesson, which needs
pandas and Matplotlib, draws and is saved, and a network in the spelling of 2018.
"""

import json
from pathlib import Path

import nbformat
import pytest
from harness import BOOT_TIMEOUT_MS
from playwright.sync_api import expect
from test_notebook import READY, notebook, output, run, settle  # noqa: F401 - one is a fixture

FOLDER = Path(__file__).parents[1] / "notebooks"


@pytest.fixture
def chosen(pytestconfig):
    """All of them, if they were asked for; without, the test is skipped."""
    if not pytestconfig.getoption("--all-notebooks"):
        pytest.skip("asked for by --all-notebooks")
    return sorted(FOLDER.glob("*.ipynb"))


def test_notebooks_of_courses_run_and_are_saved(chosen, notebook, tmp_path):  # noqa: F811
    for path in chosen:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        notebook.locator("#nb-field").set_input_files(path)
        expect(notebook.locator(".nb-name")).to_have_text(path.stem)
        notebook.locator(READY).wait_for(state="attached", timeout=BOOT_TIMEOUT_MS)
        wanted = [cell["metadata"].get("tests", {}) for cell in cells]
        if any("fails" in each for each in wanted):
            for place in [k for k, cell in enumerate(cells) if cell["cell_type"] == "code"]:
                run(notebook, place)
                settle(notebook)
        else:
            notebook.get_by_role("button", name="Run all").click()
            settle(notebook)
        faults = sum("fails" in each for each in wanted)
        expect(notebook.locator(".nb-error")).to_have_count(faults)
        for place, each in enumerate(wanted):
            for text in (*each.get("shows", ()), *([each["fails"]] if "fails" in each else ())):
                expect(output(notebook, place)).to_contain_text(text)
        drawn = sum("plt.show()" in "".join(cell["source"]) for cell in cells)
        expect(notebook.locator('.nb-outputs img[src^="data:image/png"]')).to_have_count(drawn)
        with notebook.expect_download() as found:
            notebook.get_by_role("button", name="Save notebook").click()
        saved = tmp_path / path.name
        found.value.save_as(saved)
        nbformat.validate(nbformat.read(saved, as_version=4))
