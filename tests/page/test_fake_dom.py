"""The fake document that the page's tests stand on does what a browser would."""

import fake_html
import pytest

HTML = """<!doctype html><html lang="en"><body>
<div id="a" class="one two"><p data-x="1">Hello <b>there</b></p><p data-x="2" hidden></p></div>
<select name="m"><option value="r">R<option value="t" selected>T</option></select>
<input type="checkbox" name="c" checked><input name="t" value="4 > 3">
<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>
</body></html>"""


@pytest.fixture
def document():
    return fake_html.read(HTML)


@pytest.mark.parametrize(
    ("selector", "count"),
    [
        ("p", 2),
        ("#a", 1),
        (".two", 1),
        ("div.one.two", 1),
        ("div.three", 0),
        ("[data-x]", 2),
        ("[data-x='2']", 1),
        ('p[data-x="1"]', 1),
        ("#a b", 1),
        ("select b", 0),
        ("b, option", 3),
        ("[value='4 > 3']", 1),
        ("svg path", 1),
    ],
)
def test_selectors(document, selector, count):
    assert len(document.querySelectorAll(selector)) == count


def test_unknown_selectors_are_refused(document):
    for selector in ("p:first-child", "a > b", "p::before"):
        with pytest.raises(ValueError, match="does not know"):
            document.querySelectorAll(selector)


def test_text_and_tree(document):
    box = document.getElementById("a")
    first, second = box.children
    assert first.textContent == "Hello there"
    assert first.nextElementSibling is second
    assert second.nextElementSibling is None
    assert document.querySelector("b").closest("#a") is box
    assert document.querySelector("b").closest("select") is None
    twin = first.cloneNode(True)
    assert twin.textContent == "Hello there"
    assert twin.parent is None
    first.remove()
    assert box.children == [second]


def test_forms(document):
    menu = document.querySelector("select")
    assert menu.value == "t"
    menu.value = "r"
    assert menu.value == "r"
    assert document.querySelector('[name="c"]').checked
    assert document.querySelectorAll("p")[1].hidden
    assert menu.type == "select-one"


def test_a_menu_without_the_value_goes_to_its_first_choice(document):
    menu = document.querySelector("select")
    menu.value = "nothing of the kind"
    assert menu.value != "nothing of the kind"


def test_tags_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="tags do not fit"):
        fake_html.read("<p><b></p></b>")
    with pytest.raises(ValueError, match="left open"):
        fake_html.read("<div><p></p>")
