"""Files that are dropped while the lessons' panel is shut: a lesson, or a receipt.

They open the panel, and leave the controls that the page's link hides as they are.
"""

import pytest
from hands import press


@pytest.mark.parametrize(
    "drop",
    [lambda lessons: lessons.open_file("bad.md", b"no title"),
     lambda lessons: lessons.open_receipt("a.receipt.json", b"{")],
    ids=("faulty lesson", "receipt"),
)  # fmt: skip
def test_a_dropped_file_leaves_hidden_what_the_link_hides(open_page, drop):
    browser, app = open_page("#noise_hide=true")
    drop(app.lessons)
    browser.tick()
    assert app.current.hidden == {"noise"}
    press(browser, "lesson-close")
    assert app.current.hidden == {"noise"}
