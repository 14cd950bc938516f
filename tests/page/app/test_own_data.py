"""Your data: a file, a paste; the preview says what it was taken for; then the lab has it."""

from types import SimpleNamespace

import numpy as np
import pytest
from own_hands import body, drop, menu, opened, rows, state, use

from explorer.settings import link
from explorer.text.data import DATA


@pytest.fixture
def page():
    with opened() as both:
        yield both


def test_a_file_is_in_use_after_a_drop_and_a_press(page):
    browser, app = page
    drop(browser, "flowers.csv", rows())
    assert state(browser) == "preview"
    assert browser.element("own-data").open
    assert "60 rows, 5 columns; commas. The target is kind, with 3 values." in body(browser)
    use(browser)
    assert browser.state["view"] == "wine"
    assert not browser.element("own-data").open
    problem = app.experiment.problem
    assert problem.table.feature_names == ("c0", "c1", "c2", "colour: red")
    assert problem.class_names == ("k0", "k1", "k2")
    assert (len(problem.train.inputs), len(problem.test.inputs)) == (48, 12)
    assert (browser.state["rows"], browser.state["columns"]) == ("60", "4")
    np.testing.assert_allclose(problem.train.inputs.mean(axis=0), 0, atol=1e-12)
    menu_of_tables = browser.field("table")
    assert menu_of_tables.value == app.current.dataset
    assert "flowers" in menu_of_tables.textContent
    app.experiment.step()
    app.stale = True
    browser.tick(5)
    assert float(browser.state["loss-train"]) > 0
    assert float(browser.state["loss-test"]) > 0


def test_the_way_by_a_button_and_a_paste(page):
    browser, app = page
    browser.click(browser.action("own-data"))
    assert state(browser) == "start"
    browser.element("own-text").value = rows().decode()
    browser.click(browser.action("own-paste"))
    browser.tick(2)
    assert state(browser) == "preview"
    assert "pasted.csv" in body(browser)
    browser.click(browser.action("own-other"))
    assert state(browser) == "start"
    assert app.session.view == "playground"


def test_cells_pasted_anywhere_but_into_a_field(page):
    browser, _ = page
    text = rows().decode().replace(",", "\t")
    data = SimpleNamespace(getData=lambda _kind: text)
    assert not browser.fire(browser.field("seed"), "paste", clipboardData=data).prevented
    assert browser.fire(browser.document.body, "paste", clipboardData=data).prevented
    browser.tick(2)
    assert "60 rows, 5 columns; tabs." in body(browser)
    word = SimpleNamespace(getData=lambda _kind: "a word")
    assert not browser.fire(browser.document.body, "paste", clipboardData=word).prevented


def test_the_menu_of_tables_opens_the_dialog_and_keeps_its_choice(page):
    browser, app = page
    app.show_view("wine")
    browser.choose(browser.field("table"), "your-data")
    assert state(browser) == "start"
    assert app.current.dataset == "wine"
    assert browser.field("table").value == "wine"
    browser.choose(browser.field("table"), "iris")
    assert app.current.dataset == "iris"


def test_another_target_answers_the_doubt_about_the_guessed_one(page):
    browser, _ = page
    letters = "".join(f"{k / 7:.3f},{(k % 9) / 3:.3f},{chr(65 + k % 25)}\n" for k in range(60))
    drop(browser, "letters.csv", f"a,b,letter\n{letters}".encode())
    assert "b was taken for the target" in body(browser)
    browser.choose(menu(browser, "target"), "letter")
    assert "b was taken for the target" not in body(browser)


def test_one_press_changes_kind_role_and_split(page):
    browser, app = page
    drop(browser, "flowers.csv", rows())
    browser.choose(menu(browser, "role", "c1"), "out")
    assert "60 rows with 3 inputs tell 3 classes apart." in body(browser)
    guess = "The target is kind, with 3 values. That is a guess"
    assert guess in body(browser)
    browser.choose(menu(browser, "target"), "c0")
    assert menu(browser, "role", "kind").value == "input"
    assert menu(browser, "role", "c0").value == "target"
    assert "The target is c0, a number." in body(browser)
    assert "guess" not in body(browser)
    assert "60 rows with 5 inputs give a number." in body(browser)
    browser.choose(menu(browser, "by"), "order")
    use(browser)
    problem = app.experiment.problem
    assert problem.task == "regression"
    assert problem.split.test.tolist() == list(range(48, 60))
    assert problem.train.labels.mean() == pytest.approx(0, abs=1e-12)
    browser.choose(browser.field("table"), "wine")
    assert app.current.dataset == "wine"
    app.undo()
    assert app.experiment.problem.task == "regression"


def test_what_cannot_be_changed_is_said_and_nothing_is_lost(page):
    browser, _ = page
    drop(browser, "flowers.csv", rows())
    browser.choose(menu(browser, "kind", "colour"), "number")
    assert "Row 1, column colour: “red” is no number." in body(browser)
    assert browser.action("own-use").disabled
    assert menu(browser, "kind", "colour").value == "category"
    browser.choose(menu(browser, "role", "colour"), "out")
    assert not browser.action("own-use").disabled


def test_missing_values_are_left_out_or_filled_in(page):
    browser, app = page
    content = rows().replace(b"red", b"", 5)
    drop(browser, "flowers.csv", content)
    assert "55 rows with" in body(browser)
    assert "Rows left out because a value is missing: 5." in body(browser)
    browser.choose(menu(browser, "missing"), "fill")
    assert "60 rows with" in body(browser)
    use(browser)
    assert np.isfinite(app.experiment.problem.train.inputs).all()
    assert len(app.experiment.problem.table.X) == 60


def test_groups_are_one_press_away_from_an_honest_score(page):
    browser, app = page
    lines = rows().decode().splitlines()
    content = "\n".join(
        ["patient," + lines[0], *(f"p{i // 5},{line}" for i, line in enumerate(lines[1:]))]
    )
    drop(browser, "clinic.csv", content.encode())
    assert DATA["too_good"] in body(browser)
    browser.click(browser.action("own-split", "patient"))
    assert DATA["too_good"] not in body(browser)
    browser.choose(menu(browser, "role", "patient"), "out")
    use(browser)
    split = app.experiment.problem.split
    assert not {*(split.train // 5)} & {*(split.test // 5)}


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"", "The file is empty."),
        ("a.csv", b"a,b,c\n", "nothing below it"),
        ("a.csv", b"%PDF-1.4", "This is a PDF document"),
        ("a.csv", b"a,b\n1\n1,2,3\n1,2\n2\n", "fields where most have"),
        ("a.csv", ("x," * 1999 + "x\n" + "1," * 1999 + "1\n").encode(), "2,000 columns"),
    ],
)
def test_what_is_no_table_ends_in_a_sentence(page, name, content, sentence):
    browser, app = page
    before = app.experiment
    drop(browser, name, content)
    assert state(browser) == "start"
    assert sentence in body(browser)
    assert app.experiment is before
    drop(browser, "flowers.csv", rows())
    assert state(browser) == "preview"


def test_what_cannot_be_learned_from_ends_in_a_sentence(page):
    browser, _ = page
    for content, sentence in [
        (rows(5), "There are 5 rows; 10 are needed."),
        (rows(40, classes=20).replace(b"kind", b"class"), "20 classes"),
        (b"height\n171\n182\n165\n", "height is the only column that can be used"),
    ]:
        drop(browser, "a.csv", content)
        if b"class" in content:
            browser.choose(menu(browser, "role", "class"), "target")
        assert sentence in body(browser)
        assert browser.action("own-use").disabled


def test_a_single_input_is_one(page):
    browser, _ = page
    drop(
        browser,
        "one.csv",
        b"month,sales\n" + b"".join(b"%d,%d\n" % (k, k * 7 % 31) for k in range(40)),
    )
    assert "40 rows with one input give a number." in body(browser)
    assert "month: is a number from which “sales” is to be told" in body(browser)
    use(browser)
    browser.click(browser.action("open-step", "1"))
    browser.tick(4)
    titles = [node.textContent for node in browser.elements("h2")]
    assert titles.count("40 rows, one measurement") == 2


@pytest.mark.parametrize(("n", "classes", "columns"), [(10, 2, 1), (240, 12, 60 - 1), (60, 9, 2)])
def test_the_lab_shows_tables_of_any_shape(page, n, classes, columns):
    browser, app = page
    drop(browser, "any.csv", rows(n, classes, columns))
    if menu(browser, "role", "kind").value != "target":
        browser.choose(menu(browser, "role", "kind"), "target")
    use(browser)
    assert len(app.experiment.problem.class_names) == classes
    for step in range(1, 7):
        browser.click(browser.action("open-step", str(step)))
        browser.tick(4)
        app.experiment.step()
        app.stale = True
        browser.tick(4)
    names = browser.elements("#wine-confusion tbody th")
    assert [node.textContent for node in names] == [
        f"k{k}" for k in sorted(range(classes), key=int)
    ]


def test_a_link_to_a_table_that_is_not_here_says_so(page):
    _, problems = link.decode("view=wine&dataset=own-12345678")
    assert problems == [
        "dataset is a table that is not on this page: open its file again; got 'own-12345678'"
    ]


def test_files_never_become_elements(page):
    browser, _ = page
    drop(browser, "<b>.csv", rows(extra="<img src=x>").replace(b"red", b"<i>red</i>"))
    assert browser.elements("#own-body img, #own-body i, #own-body b") == []
    assert "kind<img src=x>" in body(browser)


@pytest.mark.parametrize(("classes", "task"), [(2, "binary"), (5, "multiclass"), (0, "regression")])
def test_two_columns_are_the_plane_of_the_playground(page, classes, task):
    browser, app = page
    drop(browser, "flowers.csv", rows(classes=classes or 3))
    if not classes:
        browser.choose(menu(browser, "role", "c2"), "target")
    browser.choose(menu(browser, "across"), "c1")
    assert menu(browser, "up").value == "c0"
    browser.click(browser.action("own-plane"))
    browser.tick(5)
    assert browser.state["view"] == "playground"
    problem = app.experiment.problem
    assert problem.task == task
    assert problem.on_plane
    assert [axis.name for axis in problem.axes] == ["c0", "c1"]
    np.testing.assert_allclose(problem.train.points.min(axis=0), -5)
    np.testing.assert_allclose(problem.train.points.max(axis=0), 5)
    if task == "binary":
        assert set(problem.train.labels) == {-1, 1}
    assert "Across: c0, " in browser.text("pointer")
    assert browser.root.hasAttribute("data-in-units")
    app.experiment.step()
    browser.point(browser.element("output"), 1200, 300)
    browser.tick(2)
    assert "At (c0 " in browser.text("pointer")
    assert float(browser.state["loss-test"]) > 0
    browser.click(browser.action("regenerate"))
    browser.tick(3)
    assert app.experiment.problem.axes is not None


def test_the_playground_is_offered_for_two_numbers_only(page):
    browser, _ = page
    drop(browser, "flowers.csv", rows(columns=1))
    assert browser.elements('[data-action="own-plane"]') == []


def test_a_plane_is_shown_by_its_view_only(page):
    browser, app = page
    drop(browser, "flowers.csv", rows(columns=3))
    use(browser)
    _, problems = link.decode(f"dataset={app.current.dataset}")
    assert problems == [f"dataset cannot be shown in this view; got '{app.current.dataset}'"]
