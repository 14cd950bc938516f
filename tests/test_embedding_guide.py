"""The guide to embedding names what there is: attributes, commands, events, settings, files."""

import re
from pathlib import Path

import pytest

from explorer.app.host_messages import HostMessages
from explorer.panels.share import addresses
from explorer.panels.snippets import SNIPPETS
from explorer.settings import link
from explorer.settings.settings import DEFAULTS
from explorer.text.notices import TEXT


@pytest.fixture(scope="module")
def guide(root: Path) -> str:
    return (root / "docs" / "embedding.md").read_text("utf-8")


@pytest.fixture(scope="module")
def element(root: Path) -> str:
    return (root / "site" / "embed.js").read_text("utf-8")


def rows(text: str, heading: str) -> set[str]:
    """The names in the first column of the table with this heading."""
    table = text.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return {name for line in table for name in re.findall(r"`(\w+)`", line.split("|")[1])}


def strings(text: str, name: str) -> set[str]:
    """The texts in a list of embed.js."""
    return set(re.findall(r'"(\w+)"', re.search(rf"{name} = \[(.*?)\]", text)[1]))


def test_attributes_and_events_are_those_of_the_element(guide: str, element: str) -> None:
    assert rows(guide, "attribute") == strings(element, "observedAttributes")
    assert rows(guide, "event") == strings(element, "EVENTS")


def test_commands_are_those_that_are_obeyed(guide: str, element: str) -> None:
    commands = rows(guide, "command") - {"settings", "progress"}  # these are what they come with
    assert commands == set(HostMessages(None, None).commands)
    assert commands == set(re.findall(r'command: "(\w+)"', element))


def test_keys_in_the_examples_exist(guide: str) -> None:
    for text in re.findall(r'(?:link="|embed\.html)#([^"\s]*)', guide):
        assert link.decode(text)[1] == []
        keys = {pair.split("=")[0] for pair in text.split("&") if "=" in pair}
        assert keys <= set(link.BY_KEY)
    for text in re.findall(r'hide="([^"]*)"', guide):
        assert set(text.split(", ")) <= set(link.HIDEABLE)


@pytest.mark.parametrize("place", list(SNIPPETS))
def test_the_guide_has_the_snippet_that_the_page_makes(guide: str, place: str) -> None:
    at = addresses("HOST/", DEFAULTS["wine"])
    if place != "element":  # the guide has its own examples of it
        assert SNIPPETS[place][0](at, TEXT["title"]) in guide
