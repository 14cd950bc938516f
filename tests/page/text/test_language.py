"""The tables of texts: live, read-only, and all of them known to the language."""

import importlib
from importlib import resources

import pytest

from explorer.text import language
from explorer.text.labels import CHOICES, NOUNS
from explorer.text.notices import TEXT

TOPICS = sorted(
    path.name.removesuffix(".py")
    for path in resources.files("explorer.text").iterdir()
    if path.name.endswith(".py") and path.name not in ("__init__.py", "language.py")
)


def loudly(name, text):
    return f"{name}: {text.upper()}"


def test_a_table_that_was_imported_before_speaks_the_language_of_now(speaking):
    assert TEXT["run"] == "Run"
    speaking(loudly)
    assert TEXT["run"] == "notices.run: RUN"
    assert CHOICES["activation"]["tanh"] == "choices.activation.tanh: TANH"
    assert NOUNS["wine"] == ("nouns.wine.0: WINE", "nouns.wine.1: WINES")
    speaking()
    assert (TEXT["run"], CHOICES["activation"]["tanh"], NOUNS["wine"][1]) == (
        "Run", "Tanh", "wines",
    )  # fmt: skip


def test_a_table_that_is_made_later_speaks_it_too(speaking):
    speaking(loudly)
    try:
        made = language.texts("later", {"a": "b", "inner": {"c": "d"}})
        assert (made["a"], made["inner"]["c"]) == ("later.a: B", "later.inner.c: D")
    finally:
        for name in ("later", "later.inner"):
            del language._tables[name]


def test_nobody_can_write_into_a_table():
    for table in language.tables().values():
        with pytest.raises(TypeError):
            table["run"] = "Go"


@pytest.mark.parametrize("topic", TOPICS)
def test_all_that_a_topic_says_is_in_tables(topic):
    """What is no table would stay in English."""
    module = importlib.import_module(f"explorer.text.{topic}")
    known = {id(table) for table in language.tables().values()}
    named = {name: value for name, value in vars(module).items() if name.isupper()}
    assert named
    assert [name for name, value in named.items() if id(value) not in known] == []
    others = {name for name in vars(module) if not name.startswith("__")} - set(named)
    assert others == {"texts"}


def test_no_two_tables_have_one_name():
    """A name says where a text stands, so that a translation can be found by it."""
    names = [
        line.split('"')[1]
        for topic in TOPICS
        for line in resources.files("explorer.text")
        .joinpath(f"{topic}.py")
        .read_text()
        .splitlines()
        if " = texts(" in line
    ]
    assert len(names) == len(set(names))
    assert set(names) == {name for name in language.tables() if "." not in name}
