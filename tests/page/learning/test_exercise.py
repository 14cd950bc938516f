"""The walk through the exercise: steps are done because of what happened, and notes say so."""

import string
from dataclasses import replace

import pytest
from runs import trained

from explorer.learning.exercise import (
    BUILD,
    DATA,
    FEATURES,
    PLOT,
    STANDARDIZE,
    TRAIN,
    Walk,
    first_perfect,
)
from explorer.panels.lab.walk import facts_of, lines, note, offers
from explorer.settings.settings import DEFAULTS, TABLES
from explorer.text.labels import NOUNS
from explorer.text.wine import FAULTS, WINE

WINE_SETTINGS = DEFAULTS["wine"]
EMPTY = replace(WINE_SETTINGS, network_shape=(1,), standardize=False)


def facts(experiment, playing=False):
    first = first_perfect(experiment)
    return facts_of(experiment.snapshot(), first, playing, NOUNS["wine"])


def test_nothing_is_done_where_nothing_has_happened():
    assert Walk().done(trained(EMPTY)) == set()


def test_the_exercise_s_settings_have_scaled_and_built():
    assert Walk().done(trained(WINE_SETTINGS)) == {STANDARDIZE, BUILD}


def test_the_data_are_looked_at_when_their_step_is_opened():
    walk, experiment = Walk(), trained(EMPTY)
    walk.visit(STANDARDIZE, experiment)
    assert DATA not in walk.done(experiment)
    walk.visit(DATA, experiment)
    walk.visit(TRAIN, experiment)
    assert DATA in walk.done(experiment)
    walk.restart()
    assert DATA not in walk.done(experiment)


@pytest.mark.parametrize(
    ("shape", "built"),
    [((), False), ((2,), True), ((8, 5), False), ((4, 2), True), ((2, 3), False)],
)
def test_a_network_is_built_if_it_ends_in_two_units(shape, built):
    experiment = trained(replace(WINE_SETTINGS, network_shape=shape))
    assert (BUILD in Walk().done(experiment)) is built


def test_training_is_done_at_100_percent_and_stays_done_in_this_run():
    walk, experiment = Walk(), trained(WINE_SETTINGS)
    reached = []
    for _ in range(20):
        experiment.step()
        reached.append(TRAIN in walk.done(experiment))
    first = first_perfect(experiment)
    assert first is not None
    assert reached == [epoch >= first for epoch in range(1, 21)]
    experiment.go_to(experiment.history.records[1])
    assert TRAIN in walk.done(experiment)
    experiment.reset()
    assert TRAIN not in walk.done(experiment)


@pytest.mark.parametrize("step", [FEATURES, PLOT])
def test_features_have_to_be_looked_at_in_this_run_and_after_training(step):
    walk, experiment = Walk(), trained(WINE_SETTINGS)
    walk.visit(step, experiment)
    assert step not in walk.done(experiment)  # not trained yet
    experiment.step()
    walk.note(experiment)
    assert step in walk.done(experiment)
    walk.visit(TRAIN, experiment)
    experiment.step()
    assert step in walk.done(experiment)
    experiment.reset()
    experiment.step()
    assert step not in walk.done(experiment)  # another run


# What the walk says ---------------------------------------------------------------------------


def test_lines_say_how_things_stand():
    assert lines(facts(trained(WINE_SETTINGS))) == [
        "178 wines, 3 classes", "mean 0, deviation 1", "8 · 5 · 2 · 3, tanh",
        "20 epochs, not begun", "layer 0 in, layer 2 out", "178 × 2, by class",
    ]  # fmt: skip
    diabetes = replace(WINE_SETTINGS, dataset="diabetes")
    assert lines(facts(trained(diabetes)))[5] == "442 × 2, by value"
    empty = lines(facts(trained(EMPTY)))
    assert empty[1:3] == ["raw values so far", "1 · 3, tanh"]
    assert empty[4] == "layer 0 in, layer 0 out"


def test_the_line_of_training_follows_the_run():
    experiment = trained(WINE_SETTINGS, 1)
    assert lines(facts(experiment))[3].startswith("epoch 1: ")
    for _ in range(19):
        experiment.step()
    assert lines(facts(experiment))[3] == f"100 % at epoch {first_perfect(experiment)}"


def test_the_note_of_training_tells_begun_done_and_missed_apart():
    assert note(TRAIN, facts(trained(WINE_SETTINGS)))[0] == "note_4"
    assert note(TRAIN, facts(trained(WINE_SETTINGS, 1)))[0] == "note_4_on"
    assert note(TRAIN, facts(trained(WINE_SETTINGS, 20)))[0] == "note_4_done"
    assert note(TRAIN, facts(trained(replace(EMPTY, stop_epoch=2), 2)))[0] == "note_4_missed"
    assert note(TRAIN, facts(trained(replace(EMPTY, stop_epoch=0))))[0] == "note_4_open"


def test_a_missed_run_offers_another_seed():
    missed = facts(trained(replace(EMPTY, stop_epoch=2), 2))
    assert "seed-and-run" in [action for _, action, _ in offers(TRAIN, missed)]
    fixed = {**missed, "fixed": True}  # a lesson hides the seed
    assert [action for _, action, _ in offers(TRAIN, fixed)] == ["open-step"]
    done = facts(trained(WINE_SETTINGS, 20))
    assert [action for _, action, _ in offers(TRAIN, done)] == ["open-step"]


def test_every_step_but_the_last_leads_to_the_next():
    now = facts(trained(WINE_SETTINGS))
    assert [offers(step, now)[-1][1:] for step in range(1, 6)] == [
        ("open-step", step) for step in range(2, 7)
    ]
    assert offers(6, now)[0][1] == "seeds"


@pytest.mark.parametrize("dataset", TABLES)
@pytest.mark.parametrize("shape", [(), (1,), (4, 2)])
@pytest.mark.parametrize("epochs", [0, 1])
def test_every_note_and_line_can_be_filled_in_for_every_table(dataset, shape, epochs):
    settings = replace(WINE_SETTINGS, dataset=dataset, network_shape=shape, stop_epoch=epochs)
    now = facts(trained(settings, epochs))
    for step in range(1, len(WINE["steps"]) + 1):
        key, words = note(step, now)
        text = WINE[key].format(**words)
        assert "{" not in text
        assert text.endswith((".", "?"))
    assert all(lines(now))


def test_notes_are_short_enough_for_the_room_they_have():
    texts = [text for key, text in WINE.items() if key.startswith("note_")]
    assert max(len(text) for text in texts) <= 150
    assert len(texts) >= 14


def test_every_fault_has_a_title_and_says_what_to_do():
    words = {"names", "count", "nouns", "share"}
    for title, text in FAULTS.values():
        fields = {name for _, name, _, _ in string.Formatter().parse(title + text) if name}
        assert fields <= words
        assert text.endswith(".")
        assert len(text.split(". ")) >= 2
