"""Panels know what they have drawn by the object itself, whose id() could come again."""

import gc
import re
import weakref

from explorer.drawing.identity import Identity


class Thing:
    """Something that equals any other of its kind."""

    def __eq__(self, other):
        return True


def test_only_the_very_same_object_is_the_same():
    thing = Thing()
    assert Identity(thing) == Identity(thing)
    assert Identity(thing) != Identity(Thing())
    assert Identity(None) == Identity(None)
    assert Identity(None) != None  # noqa: E711


def test_the_object_lives_as_long_as_it_is_compared_with():
    key = (Identity(Thing()), 3)
    alive = weakref.ref(key[0].thing)
    gc.collect()
    assert alive() is key[0].thing


def test_no_panel_compares_ids_alone(root):
    """A table once took another's split for its own, because it lay in the same place."""
    panels = (root / "site" / "explorer" / "panels").rglob("*.py")
    assert [path.name for path in panels if re.search(r"[ (]id\(", path.read_text())] == []


def test_other_tables_one_after_the_other_have_their_own_rows(open_page):
    browser, app = open_page("#view=wine&dataset=breast_cancer")
    app.stage.lab.walk.open = 5
    for table, rows in (("diabetes", 442), ("iris", 150), ("diabetes", 442), ("wine", 178)):
        browser.hash = f"#view=wine&dataset={table}"
        browser.fire(browser.window, "hashchange")
        browser.tick()
        gc.collect()
        assert len(browser.elements("#features-table tr[data-row]")) == rows
