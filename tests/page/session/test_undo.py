"""Undo and redo as two stacks of changes."""

import pytest

from explorer.session.undo import MOST, MOST_BYTES, Undo


@pytest.fixture
def restored():
    return []


@pytest.fixture
def undo(restored):
    return Undo(restored.append)


def test_back_and_forth(undo, restored):
    undo.changed("a", "b")
    undo.changed("b", "c")
    undo.undo()
    undo.undo()
    undo.redo()
    undo.redo()
    assert restored == ["b", "a", "b", "c"]


def test_at_the_ends_nothing_happens(undo, restored):
    undo.undo()
    undo.redo()
    undo.changed("a", "b")
    undo.redo()
    undo.undo()
    undo.undo()
    assert restored == ["a"]


def test_a_new_change_forgets_what_was_undone(undo, restored):
    undo.changed("a", "b")
    undo.undo()
    undo.changed("a", "z")
    undo.redo()
    undo.undo()
    assert restored == ["a", "a"]
    assert not undo.past


def test_only_so_many_changes_are_kept(undo, restored):
    for number in range(MOST + 10):
        undo.changed(number, number + 1)
    for _ in range(MOST + 10):
        undo.undo()
    assert restored[-1] == 10
    assert len(restored) == MOST


def test_what_is_kept_fits_into_memory_and_shared_parts_count_once(restored):
    shared, half = MOST_BYTES // 4, MOST_BYTES // 2
    undo = Undo(restored.append, lambda state: {"data": shared, state: half})
    undo.changed("a", "a")
    undo.changed("a", "a")
    assert len(undo.past) == 2
    undo.changed("b", "b")
    assert len(undo.past) == 1, "the data and both halves are too much"
    undo.changed("b", "b")
    assert len(undo.past) == 2


def test_the_last_change_is_kept_however_large_it_is(undo):
    undo.sizes = lambda state: {state: MOST_BYTES}
    undo.changed("a", "b")
    undo.changed("b", "c")
    assert undo.past == [("b", "c")]
