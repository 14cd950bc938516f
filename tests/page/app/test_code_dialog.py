"""The Code panel in the fake browser: what it shows, copies, saves, and how it compares."""

from types import SimpleNamespace
from unittest.mock import Mock

import numpy as np
import pytest

from explorer.app import code_dialog
from explorer.app.code_dialog import PICTURES
from explorer.export import downloads, saved_network
from explorer.export.keras_exact_program import keras_exact_program
from explorer.export.keras_program import keras_program
from explorer.export.nncore_program import nncore_program
from explorer.export.torch_program import torch_program
from explorer.panels.code import pieces
from explorer.panels.picture import paint
from explorer.settings.settings import DEFAULTS, TABLES
from explorer.text.code import CODE
from explorer.text.labels import CHOICES, NOUNS
from explorer.text.notices import TEXT


@pytest.fixture
def saving(page):
    """(browser, app, saved): saved gets (name, content, kind) of every file."""
    browser, app = page
    open_code(browser)
    saved = []
    app.code.made.files.save = lambda *file: saved.append(file)
    return browser, app, saved


def open_code(browser):
    browser.click(browser.action("code"))
    browser.tick()


def press(browser, action, value):
    browser.click(browser.elements(f'[data-action="{action}"][data-value="{value}"]')[0])
    browser.tick()


@pytest.mark.parametrize("write", [nncore_program, keras_program, torch_program])
@pytest.mark.parametrize("view", ["playground", "wine"])
def test_pieces_are_the_program_and_know_their_kind(write, view):
    text = write(DEFAULTS[view], 5)
    found = pieces(text)
    assert "".join(piece for piece, _ in found) == text
    kinds = {kind: {piece for piece, other in found if other == kind} for _, kind in found}
    assert {"import", "from"} <= kinds["keyword"]
    assert '"tanh"' in kinds["string"]
    assert "5" in kinds["number"]
    assert "Dense" not in "".join(kinds["keyword"] | kinds["string"])


def test_a_comment_is_one_piece():
    assert pieces("x = 1  # no def here\n")[-2:] == [("# no def here", "comment"), ("\n", None)]


def test_the_program_is_that_of_the_experiment_and_follows_it(page):
    browser, app = page
    open_code(browser)
    block = browser.element("program")
    assert block.textContent == nncore_program(app.current, 100)
    press(browser, "language", "keras")
    assert block.textContent == keras_program(app.current, 100)
    app.step()
    browser.click(browser.elements("#tab-wine")[0])
    open_code(browser)
    assert block.textContent == keras_program(app.current, 20)
    pressed = {n.getAttribute("data-value"): n.getAttribute("aria-pressed") for n in
               browser.elements('[data-action="language"]')}  # fmt: skip
    assert pressed == {"nncore": "false", "keras": "true", "torch": "false"}


def test_the_keras_program_starts_from_these_weights_where_that_is_asked_for(page):
    browser, app = page
    open_code(browser)
    block, option = browser.element("program"), browser.element("exact-program")
    choice = browser.element("exact-choice")
    assert choice.hidden  # nncore's program always starts from them
    press(browser, "language", "keras")
    assert not choice.hidden
    browser.click(option)
    assert block.textContent == keras_exact_program(app.current, 100)
    assert option.getAttribute("aria-pressed") == "true"
    assert browser.element("code-note").textContent == CODE["note_keras_exact"]
    press(browser, "language", "nncore")
    assert block.textContent == nncore_program(app.current, 100)
    press(browser, "language", "keras")
    browser.click(option)
    assert block.textContent == keras_program(app.current, 100)
    assert option.getAttribute("aria-pressed") == "false"


def test_the_pytorch_program_is_saved_under_its_own_name(saving):
    browser, app, saved = saving
    press(browser, "language", "keras")
    browser.click(browser.element("exact-program"))
    press(browser, "language", "torch")
    assert browser.element("program").textContent == torch_program(app.current, 100)
    assert browser.element("exact-choice").hidden  # it always starts from the page's weights
    assert browser.element("code-note").textContent == CODE["note_torch"]
    press(browser, "take", "program")
    assert saved[-1][:2] == ("circle_torch.py", torch_program(app.current, 100))


def test_the_program_starts_from_weights_that_were_set_by_hand(page):
    browser, app = page
    app.session.set_param(3, 0.75, True)
    app.step()
    app.session.set_param(4, -2.25, True)  # while training runs: no part of the start
    open_code(browser)
    text = browser.element("program").textContent
    assert "params[[3]] = [0.75]" in text
    assert "2.25" not in text


def test_the_program_counts_the_epochs_that_are_shown(page):
    browser, app = page
    for _ in range(3):
        app.step()
    open_code(browser)
    assert "epochs=3," in browser.element("program").textContent


@pytest.mark.parametrize("may_copy", [True, False])
def test_copying_says_what_happened(page, may_copy):
    browser, app = page
    chosen = []
    browser.may_copy = may_copy
    browser.window.getSelection = lambda: SimpleNamespace(selectAllChildren=chosen.append)
    open_code(browser)
    browser.click(browser.action("copy-code"))
    assert browser.element("code-status").textContent == CODE["copied" if may_copy else "select"]
    assert chosen == [browser.element("program")]
    if may_copy:
        assert browser.clipboard == nncore_program(app.current, 100)


def test_every_button_saves_what_it_names(saving):
    browser, app, saved = saving
    app.step()
    open_code(browser)
    for value in ("program", "package", "features", "weights", "history", "parameters", "model"):
        press(browser, "take", value)
        assert browser.element("code-status").textContent == f"Saved {saved[-1][0]}."
    content = {name: data for name, data, _ in saved}
    experiment = app.experiment
    assert content == {
        "circle_nncore.py": nncore_program(app.current, 1),
        downloads.WHEEL: downloads.package_wheel({}),
        "circle-epoch-1-features.csv": downloads.rows_csv(experiment),
        "circle-epoch-1-weights.csv": downloads.weights_csv(experiment),
        "circle-epoch-1-history.csv": downloads.history_csv(experiment),
        "circle-epoch-1-parameters.npz": saved_network.as_npz(experiment),
        "circle-epoch-1-model.json": saved_network.as_json(experiment),
    }


def test_a_package_whose_sources_are_lost_is_not_saved(saving):
    browser, _, saved = saving
    browser.sources = Mock(side_effect=ImportError)
    press(browser, "take", "package")
    assert browser.element("code-status").textContent == CODE["no_sources"]
    assert saved == []


def test_a_picture_of_which_nothing_is_seen_is_not_saved(saving, monkeypatch):
    browser, _, saved = saving
    monkeypatch.setattr(code_dialog.CodeDialog, "picture", lambda *_: paint(browser, [], "#ffffff"))
    open_code(browser)
    press(browser, "take", "film")
    assert browser.element("code-status").textContent == CODE["nothing_seen"]
    assert saved == []


def test_every_take_button_has_something_to_save(page):
    browser, _ = page
    values = {node.getAttribute("data-value") for node in browser.elements('[data-action="take"]')}
    assert values == {"program", "package", "table", *code_dialog.TABLES, *PICTURES}
    for selector in PICTURES.values():
        first = selector.partition(",")[0]
        assert browser.elements(first), selector


# The comparison -----------------------------------------------------------------------------


class Promise:
    """What the boot code gives: settled by the test."""

    def then(self, done, failed):
        self.done, self.failed = done, failed


@pytest.fixture
def extras(page):
    """(browser, app, promise, tell): the page offers 10 MB; tell(n) says that n bytes came."""
    browser, app = page
    promise, told = Promise(), []

    def install(tell):
        told.append(tell)
        return promise

    browser.window.nncoreBoot.extras = SimpleNamespace(bytes=10_000_000, install=install)
    open_code(browser)
    return browser, app, promise, told


def status(browser):
    return browser.element("compare-status").textContent


def test_without_a_site_there_is_nothing_to_load(page):
    browser, _ = page
    open_code(browser)
    assert browser.element("compare-line").textContent == CODE["compare_no_site"]
    assert browser.element("compare-start").hidden


def test_nothing_is_loaded_before_it_is_asked_for(extras):
    browser, _, _, told = extras
    assert "10.0 MB" in browser.element("compare-line").textContent
    assert not browser.element("compare-start").hidden
    assert told == []


def test_loading_shows_its_bytes_and_a_failure_its_reason(extras):
    browser, _, promise, told = extras
    browser.click(browser.action("compare"))
    told[0](2_500_000)
    assert status(browser) == "2.5 of 10.0 MB"
    assert float(browser.element("compare-progress").getAttribute("value")) == 0.25
    assert browser.element("compare-start").disabled
    promise.failed(SimpleNamespace(message="scipy: 404"))
    assert "scipy: 404" in status(browser)
    assert not browser.element("compare-start").disabled
    browser.click(browser.action("compare"))
    assert len(told) == 2


def test_models_come_one_by_one(extras):
    browser, app, promise, _ = extras
    app.toggle()
    browser.click(browser.action("compare"))
    assert not app.player.playing, "a comparison is with a network that stands still"
    promise.done(None)
    rows = []
    for _ in range(60):
        browser.tick()
        rows.append(len(browser.elements("#compare-rows tr")))
        if not app.code.made.compare.busy:
            break
    assert not app.code.made.compare.busy
    assert rows[-1] == 4
    assert sorted(set(rows)) == [0, 1, 2, 3, 4], "each shows as soon as it is there"
    first = browser.elements("#compare-rows tr")[0].textContent
    assert first.startswith(CODE["compare_network_class"])
    assert not browser.element("compare-results").hidden
    assert status(browser) == ""


# Tables -------------------------------------------------------------------------------------


def test_the_menu_of_tables_changes_the_lab(open_page):
    browser, app = open_page("#view=wine&leftOut=1-3")
    [menu] = browser.elements('[name="table"]')
    assert menu.value == "wine"
    for name in TABLES[1:]:
        browser.choose(menu, name)
        browser.tick()
        assert app.current.dataset == name
        assert app.current.left_out == ()
        title = browser.element("network-title").textContent
        assert title.startswith(f"{len(app.experiment.problem.table.X)} {NOUNS[name][1]}")
        app.step()
        browser.tick()
        assert np.isfinite(app.experiment.shown.loss_train)
    options = {node.value: node.textContent for node in menu.querySelectorAll("option")}
    assert options.pop("your-data") == TEXT["your_data_menu"]
    assert options == {name: CHOICES["dataset"][name] for name in TABLES}
