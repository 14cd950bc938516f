"""Your data: values that mean missing, too many inputs, files that are none, the table saved."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
from hands import press
from own_hands import body, drop, menu, opened, rows, state, use

from explorer.export.nncore_program import nncore_program
from explorer.learning.own_table import recipe_of


@pytest.fixture
def page():
    with opened() as both:
        yield both


def measured(n=60):
    """A column with zeros that mean missing, one with -999, and one that is mostly words."""
    rng = np.random.default_rng(2)
    lines = ["glucose,oxygen,depth,kind"]
    for i in range(n):
        glucose = 0 if i % 20 == 3 else round(rng.uniform(80, 160))
        oxygen = -999 if i % 15 == 4 else round(rng.normal(5, 1), 2)
        depth = "n/a?" if i % 3 else i * 7 % 31 / 10
        lines.append(f"{glucose},{oxygen},{depth},k{i % 2}")
    return "\n".join(lines).encode()


def answer(browser, action, *value):
    """Press the answer to a doubt."""
    [node] = [
        node for node in browser.elements(f'[data-action="{action}"]')
        if json.loads(node.getAttribute("data-value")) == [*value]
    ]  # fmt: skip
    browser.click(node)
    browser.tick()


def marked(browser):
    return [node.textContent for node in browser.elements(".own-markers span")]


def test_doubts_are_answered_by_a_press_and_taken_back(page):
    browser, app = page
    drop(browser, "lake.csv", measured())
    assert "oxygen: “-999” stands 4 times" in body(browser)
    assert "60 rows with" in body(browser)
    answer(browser, "own-marker", "oxygen", "-999", "")
    assert "-999” stands" not in body(browser)
    answer(browser, "own-marker", "glucose", "0", "")
    assert marked(browser) == ["-999 means missing in oxygen.", "0 means missing in glucose."]
    assert "Rows left out because a value is missing: 7." in body(browser)
    answer(browser, "own-unmark", "glucose", "0")
    assert "Rows left out because a value is missing: 4." in body(browser)
    use(browser)
    assert app.experiment.problem.table.X[:, 1].min() > 0
    recipe = app.own.made.recipe
    assert recipe_of(recipe.as_text()) == recipe


def test_a_typed_marker_and_a_refusal_that_offers_one(page, tmp_path, monkeypatch):
    browser, app = page
    drop(browser, "lake.csv", measured())
    browser.choose(menu(browser, "marker"), " -999 , 0,")
    assert marked(browser) == ["-999 means missing.", "0 means missing."]
    assert "stands 4 times" not in body(browser)
    browser.choose(menu(browser, "kind", "depth"), "number")
    assert "Row 2, column depth: “n/a?” is no number." in body(browser)
    answer(browser, "own-marker", "depth", "n/a?", "number")
    assert menu(browser, "kind", "depth").value == "number"
    browser.choose(menu(browser, "missing"), "fill")
    assert "60 rows with 3 inputs" in body(browser)
    use(browser)
    program = nncore_program(app.current, 2)
    for line in ('without("-999")', 'without("0")', 'without("n/a?", "depth")'):
        assert f"table = table.{line}\n" in program
    (tmp_path / "lake.csv").write_bytes(measured())
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "__main__"}
    exec(compile(program, "<program>", "exec"), names)
    np.testing.assert_array_equal(names["X_train"], app.experiment.problem.train.inputs)


def test_no_press_is_offered_for_a_value_that_is_cut_in_the_sentence(page):
    browser, _ = page
    drop(browser, "lake.csv", measured().replace(b"n/a?", b"not measured " * 5))
    browser.choose(menu(browser, "kind", "depth"), "number")
    assert "Row 2, column depth: “not measured" in body(browser)
    assert browser.elements('[role="alert"] [data-action="own-marker"]') == []


def test_of_too_many_inputs_the_first_are_kept_and_the_page_says_so(page):
    browser, app = page
    drop(browser, "wide.csv", rows(columns=90))
    said = "91 inputs come of these columns; 60 is the limit. So the first 60 are kept"
    assert said in body(browser)
    assert "60 rows with 60 inputs tell 3 classes apart." in body(browser)
    browser.choose(menu(browser, "target"), "c80")  # left out before, and kind is an input now
    assert said not in body(browser)
    assert "63 inputs come of these columns" in body(browser)
    press(browser, "own-first")
    assert "60 rows with 60 inputs give a number." in body(browser)
    browser.choose(menu(browser, "target"), "kind")
    press(browser, "own-first")
    use(browser)
    assert app.experiment.problem.input_names == tuple(f"c{k}" for k in range(60))


def test_gaps_are_filled_in_where_too_few_rows_are_whole_and_the_page_says_so(page):
    browser, _ = page
    drop(browser, "flowers.csv", rows(12).replace(b"red", b"", 4))
    said = "8 rows have all their values; 10 are needed. So missing values are filled in"
    assert said in body(browser)
    assert "12 rows with" in body(browser)
    browser.choose(menu(browser, "missing"), "leave_out")
    assert said not in body(browser)
    assert "8 rows are left without missing values; 10 are needed." in body(browser)
    press(browser, "own-fill")
    assert "12 rows with" in body(browser)


def test_the_rare_ones_of_too_many_classes_are_one_and_apart_by_a_press(page):
    browser, app = page
    drop(browser, "letters.csv", rows(120, classes=20))
    assert "120 rows with 4 inputs tell 12 classes apart." in body(browser)
    said = "The 11 most common values of kind are classes of their own; all others are one class"
    assert said in body(browser)
    press(browser, "own-apart")
    assert said not in body(browser)
    assert "kind has 20 classes; 12 is the limit. Keep the most common ones" in body(browser)
    press(browser, "own-gather")
    use(browser)
    assert app.experiment.problem.class_names[-1] == "other"
    assert len(app.experiment.problem.class_names) == 12
    recipe = app.own.made.recipe
    assert recipe_of(recipe.as_text()) == recipe


def test_both_may_be_needed_for_one_table(page):
    browser, _ = page
    drop(browser, "wide.csv", rows(12, columns=90).replace(b"red", b"", 4))
    assert "So the first 60 are kept" in body(browser)
    assert "12 rows with 60 inputs" in body(browser)


def test_a_file_that_is_none_is_refused_where_it_was_chosen(page):
    browser, _ = page
    file = SimpleNamespace(name="net.npz", content=b"", size=9)
    field = browser.element("open-file")
    field.click = lambda: None  # the system's own dialog
    press(browser, "own-data")
    press(browser, "own-choose")
    field.files = [file]
    browser.fire(field, "change")
    assert state(browser) == "start"
    assert "net.npz" in browser.elements("#own-body [role=alert]")[0].textContent
    press(browser, "own-choose")  # and the system's dialog is left without a file
    browser.element("own-data").hidePopover()
    drop(browser, "net.npz", b"")
    assert "net.npz" in browser.element("notices").textContent
    for name, content, words in (
        ("photo.png", b"\x89PNG\r\n", "photo.png: This is a picture"),
        ("table.ods", b"PK\3\4", "damaged"),
        ("records.json", b'[{"a": 1}]', "records.json: This is JSON, no table"),
        ("iris.xls", b"\xd0\xcf\x11\xe0", "older form (.xls)"),
    ):
        drop(browser, name, content)
        assert words in browser.elements("#own-body [role=alert]")[0].textContent
    drop(browser, "iris.names", rows())  # an ending says nothing of what is in a file
    assert state(browser) == "preview"


def test_the_table_is_taken_away_as_it_came(page):
    browser, app = page
    press(browser, "code")
    assert browser.element("take-table").hidden
    drop(browser, "flowers.csv", rows())
    use(browser)
    browser.tick(3)
    app.code.made.refresh()
    assert not browser.element("take-table").hidden
    saved = []
    app.code.made.files.save = lambda *file: saved.append(file)
    press(browser, "take", "table")
    assert saved[0][:2] == ("flowers.csv", rows())
