"""Where the elements of the network's picture belong, and how much of a name has room."""

import pytest

from explorer.panels.network.places import shortened


@pytest.mark.parametrize(("name", "short"), [
    ("Alcohol", "Alcohol"),
    ("Street: Pave", "Street: Pave"),
    ("How many hours do you sleep?: 0-1", "How many…: 0-1"),
    ("How many hours do you sleep?: more than 4", "How…: more than 4"),
    ("Education: 1 - no degree at all", "Edu…: 1 - no degree at all"),
    ("kind: a value that takes all the room", "kind: a value that takes all the room"),
    ("a measurement without any value", "a measurement without any value"),  # the page cuts its end
])  # fmt: skip
def test_of_a_long_name_the_value_stays(name, short):
    assert shortened(name) == short
