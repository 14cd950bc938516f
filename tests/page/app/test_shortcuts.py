"""Keyboard shortcuts: what each key calls, and where it belongs to something else."""

from types import SimpleNamespace

import pytest

from explorer.app.shortcuts import action_of


def press(
    key, tag="BODY", kind="", enabled=True, *, control=False, meta=False, shift=False, alt=False
):
    event = SimpleNamespace(
        key=key, ctrlKey=control, metaKey=meta, shiftKey=shift, altKey=alt,
        target=SimpleNamespace(tagName=tag, type=kind),
    )  # fmt: skip
    return action_of(event, enabled)


@pytest.mark.parametrize(
    ("key", "action"), [(" ", "run"), ("s", "step"), ("r", "reset"), ("?", "help")]
)
def test_single_keys(key, action):
    assert press(key) == action
    assert press(key, enabled=False) is None
    assert press(key, "INPUT", "text") is None
    assert press(key, "TEXTAREA", "textarea") is None
    assert press(key, alt=True) is None


def test_capital_letters_are_the_same_keys():
    assert press("S") == "step"
    assert press("R", shift=True) == "reset"


def test_other_keys_call_nothing():
    for key in ("a", "Enter", "Tab", "ArrowLeft", "F5"):
        assert press(key) is None


@pytest.mark.parametrize("tag", ["BUTTON", "SUMMARY", "A", "SELECT", "INPUT"])
def test_space_belongs_to_what_it_presses(tag):
    assert press(" ", tag, "checkbox" if tag == "INPUT" else "") is None


@pytest.mark.parametrize("kind", ["checkbox", "radio", "range"])
def test_letters_work_on_boxes_and_sliders(kind):
    assert press("s", "INPUT", kind) == "step"


def test_letters_belong_to_a_menu_that_is_searched_by_them():
    assert press("s", "SELECT", "select-one") is None


@pytest.mark.parametrize("held", ["control", "meta"])
def test_undo_and_redo(held):
    assert press("z", **{held: True}) == "undo"
    assert press("Z", shift=True, **{held: True}) == "redo"
    assert press("y", **{held: True}) == "redo"
    assert press("z", enabled=False, **{held: True}) == "undo"
    assert press("z", "INPUT", "text", **{held: True}) is None
    assert press("z", "INPUT", "range", **{held: True}) == "undo"
    assert press("s", **{held: True}) is None
    assert press("r", **{held: True}) is None
