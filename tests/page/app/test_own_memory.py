"""A table of the reader's own is found again; a very large one is pictured in part."""

import json
import zlib

import numpy as np
import pytest
from own_hands import drop, forget, opened, rows, use

from explorer.app import own_memory
from explorer.app.last_visit import LastVisit
from explorer.app.runs_door import KEY
from explorer.export import saved_history, saved_network
from explorer.learning.experiment import Experiment
from explorer.learning.own_keep import unpacked
from explorer.session.last_visit import KEY as LAST_VISIT
from explorer.session.last_visit import written
from explorer.settings import own
from explorer.settings.letters import from_letters, to_letters
from explorer.settings.settings import Settings
from explorer.text.runs import RUNS


@pytest.fixture
def page():
    with opened() as both:
        yield both


def test_it_is_found_again_in_this_browser_and_in_a_small_link(page, open_page):
    browser, app = page
    drop(browser, "flowers.csv", rows())
    use(browser)
    address, name = browser.hash, app.current.dataset
    assert f"dataset={name}&" in address
    assert "&data=" in address
    expected = app.experiment.problem.train.inputs
    for stored, link_text in (
        ({}, address),
        (dict(browser.kept), address[: address.index("&data=")]),
    ):
        forget()
        _, other = open_page(link_text, stored=stored)
        np.testing.assert_array_equal(other.experiment.problem.train.inputs, expected)
        assert other.notices.shown == {}
    forget()
    _, other = open_page(address[: address.index("&data=")])
    assert "link" in other.notices.shown
    assert other.current.dataset == "wine"


def test_a_large_table_is_in_no_link_and_can_be_forgotten(page):
    browser, _ = page
    drop(browser, "large.csv", rows(3000))
    use(browser)
    assert "&data=" not in browser.hash
    assert own_memory.stored(browser)
    browser.click(browser.action("own-other"))
    browser.click(browser.action("own-forget"))
    assert own_memory.stored(browser) == {}


@pytest.mark.parametrize("is_there", [True, False])
def test_the_last_visit_is_offered_with_its_table_or_not_at_all(page, open_page, is_there):
    browser, app = page
    drop(browser, "flowers.csv", rows(3000))
    use(browser)
    left, name = written(app.session.view, {"wine": app.current}, 0), app.current.dataset
    forget()
    stored = dict(browser.kept) if is_there else {}
    again, other = open_page("", stored={**stored, LAST_VISIT: left})
    LastVisit(other, lambda: 60).offer()
    assert again.element("last-visit").hidden is not is_there
    assert ("flowers" in again.text("last-visit-what")) is is_there
    assert own.is_own(name) is is_there


def keep(browser):
    browser.click(browser.action("keep"))
    browser.tick(2)


@pytest.mark.parametrize("count", [60, 3000])
def test_kept_runs_find_it_again_from_the_bare_address(page, open_page, count):
    browser, app = page
    drop(browser, "flowers.csv", rows(count))
    use(browser)
    keep(browser)
    name = app.current.dataset
    forget()
    again, other = open_page("", stored=dict(browser.kept))
    again.tick(3)
    assert again.state["runs-kept"] == "1"
    assert other.runs.made.kept.runs[0].settings.dataset == name
    again.click(again.action("kept-open", "0"))
    again.tick(3)
    assert other.current.dataset == name


def test_kept_runs_of_a_lost_table_leave_the_others_and_come_back_with_it(page, open_page):
    browser, app = page
    keep(browser)
    drop(browser, "large.csv", rows(3000))
    use(browser)
    keep(browser)
    name, tables = app.current.dataset, browser.kept[own_memory.KEY]
    forget()
    without, other = open_page("", stored={**browser.kept, own_memory.KEY: ""})
    without.tick(3)
    assert without.state["runs-kept"] == "1"
    said = without.element("kept-line").textContent
    assert said == RUNS["some_not_restored"].format(count=1)
    keep(without)
    assert without.state["runs-kept"] == "2"
    back, other = open_page("", stored={**without.kept, own_memory.KEY: tables})
    back.tick(3)
    assert [run.settings.dataset for run in other.runs.made.kept.runs] == ["circle"] * 2 + [name]


def test_a_file_of_kept_runs_brings_a_small_table_along(page, open_page):
    browser, app = page
    drop(browser, "flowers.csv", rows())
    use(browser)
    keep(browser)
    text, name = browser.kept[KEY], app.current.dataset
    forget()
    elsewhere, other = open_page("")
    other.runs.open_file("mine.runs.json", text.encode())
    assert elsewhere.state["runs-kept"] == "1"
    assert other.runs.made.kept.runs[0].settings.dataset == name


@pytest.mark.parametrize("text", ["aaaa", "", "77777777", "mfrggzdfmztwq2lk"])
def test_a_spoilt_text_is_no_table(text):
    with pytest.raises(ValueError):  # noqa: PT011 - any: none of them is a table
        unpacked(text)


def test_of_very_many_rows_some_are_pictured_and_all_are_counted(page):
    browser, app = page
    drop(browser, "large.csv", rows(6000))
    use(browser)
    for step in range(1, 7):
        browser.click(browser.action("open-step", str(step)))
        browser.tick(4)
    app.experiment.step()
    app.stale = True
    browser.tick(6)
    snapshot = app.experiment.snapshot()
    assert len(snapshot.responses[-1]) == len(app.stage.lab.plane.places) - 1200 == 2000
    assert len(browser.elements("#wines [data-row]")) == 600
    totals = [
        int(node.textContent.split("/")[1].split(" ")[0])
        for node in browser.elements("#wine-confusion .share")
    ]
    assert totals == [1600, 1600, 1600]


@pytest.mark.parametrize("kind", [saved_network.as_json, saved_network.as_npz])
def test_a_saved_experiment_brings_its_data_along(page, kind):
    browser, app = page
    drop(browser, "large.csv", rows(3000))
    use(browser)
    app.experiment.step()
    content = kind(app.experiment)
    content = content.encode() if isinstance(content, str) else content
    losses = app.experiment.shown.loss_train, app.experiment.shown.loss_test
    forget()
    with opened() as (other, anew):
        ending = "npz" if content[:2] == b"PK" else "nnplay.json"
        drop(other, f"large.{ending}", content)
        assert anew.notices.shown == {}
        assert anew.experiment.epoch == 1
        shown = anew.experiment.shown
        assert (shown.loss_train, shown.loss_test) == pytest.approx(losses, rel=1e-12)


def test_a_saved_experiment_with_a_spoilt_table_is_refused(page):
    browser, app = page
    drop(browser, "large.csv", rows(3000))
    use(browser)
    before = app.experiment
    text = saved_network.as_json(before)
    place = text.index('"table": "') + 60
    drop(browser, "large.json", (text[:place] + "77" + text[place + 2 :]).encode())
    assert "file" in app.notices.shown
    assert app.experiment is before


def test_an_experiment_file_brings_its_history_along(page):
    browser, app = page
    drop(browser, "flowers.csv", rows())
    use(browser)
    for _ in range(4):
        app.experiment.step()
    before = app.experiment.history.records
    content = saved_network.as_experiment(app.experiment)
    forget()
    with opened() as (other, anew):
        drop(other, "flowers.nnplay.json", content.encode())
        assert anew.notices.shown == {}
        after = anew.experiment.history.records
        assert [record.epoch for record in after] == [0, 1, 2, 3, 4]
        assert [record[:5] for record in after[:4]] == [record[:5] for record in before[:4]]
        for one, same in zip(before, after, strict=True):
            np.testing.assert_array_equal(one.params, same.params)
        anew.travel(2)
        assert anew.experiment.shown.loss_test == before[2].loss_test
        anew.experiment.step()
        assert anew.experiment.epoch == 3
        now = anew.current, anew.experiment.params.tobytes()
        page_of = json.loads(content)["page"]
        for history in ("", "abc", page_of["history"][:-9], 7, [1]):
            spoilt = json.loads(content) | {"page": page_of | {"history": history}}
            drop(other, "flowers.nnplay.json", json.dumps(spoilt).encode())
            assert "file" in anew.notices.shown
            assert (anew.current, anew.experiment.params.tobytes()) == now


def test_a_long_history_is_thinned_to_fit(monkeypatch):
    experiment = Experiment(Settings())
    for _ in range(9):
        experiment.step()
    width = 8 * (5 + experiment.model.n_params)
    monkeypatch.setattr(saved_history, "MOST_BYTES", 4 * width)
    text = saved_history.packed(experiment)
    found = saved_history.unpacked(text, experiment.model.n_params, 9)
    assert [record.epoch for record in found] == [0, 3, 6]
    for wrong in (experiment.model.n_params + 1, experiment.model.n_params - 1):
        with pytest.raises(ValueError, match="history"):
            saved_history.unpacked(text, wrong, 9)
    with pytest.raises(ValueError, match="no such epochs"):
        saved_history.unpacked(text, experiment.model.n_params, 4)
    half = np.frombuffer(zlib.decompress(from_letters(text)), "<f8").copy()
    half[0] = 0.5
    spoilt = to_letters(zlib.compress(half.tobytes()))
    with pytest.raises(ValueError, match="no such epochs"):
        saved_history.unpacked(spoilt, experiment.model.n_params, 9)
