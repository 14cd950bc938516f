"""The notebook's tab, its cells, and the way back to the playground."""

from explorer.app.host_messages import HostMessages
from explorer.text.notebook import NOTEBOOK


def test_the_tab_opens_the_wine_lesson_and_runs_nothing(page):
    root = page.browser.root
    assert root.getAttribute("data-view") == "notebook"
    assert not page.browser.element("notebook").hidden
    assert page.browser.hash == "#view=notebook"
    assert "keras.Sequential" in "".join(cell.source for cell in page.cells)
    assert page.kernel.ran == []
    page.kernel.say(kind="ready")
    page.browser.tick(60)
    assert page.kernel.ran == []


def test_the_way_back_to_the_playground(page):
    page.browser.click(page.browser.element("tab-playground"))
    page.browser.tick()
    assert page.browser.root.getAttribute("data-view") == "playground"
    assert page.browser.element("notebook").hidden
    page.open()
    assert page.browser.root.getAttribute("data-view") == "notebook"
    page.browser.hash = "#dataset=xor"
    page.browser.fire(page.browser.window, "hashchange")
    page.browser.tick()
    assert page.browser.root.getAttribute("data-view") == "playground"
    assert page.app.current.dataset == "xor"


def test_what_is_published_is_true_although_no_frame_is_drawn(page):
    browser, app = page.browser, page.app
    browser.click(browser.element("tab-playground"))
    browser.tick(2)
    browser.click(browser.action("run"))
    browser.tick(3)
    assert browser.state["playing"] == "true"
    page.open()
    assert (browser.state["playing"], browser.state["working"]) == ("false", "false")
    app.stale = True  # such as by a change of the system's colours
    browser.tick(2)
    assert browser.state["working"] == "false"
    browser.click(browser.element("tab-playground"))
    assert browser.state["working"] == "true"
    browser.tick(200)
    assert browser.state["working"] == "false"


def test_whatever_shows_another_view_leaves_it(page):
    HostMessages(page.app, lambda _: None).received(
        {"nncore": 1, "command": "set", "settings": {"view": "wine"}}
    )
    page.browser.tick(3)
    assert page.browser.root.getAttribute("data-view") == "wine"
    assert page.browser.element("notebook").hidden
    page.browser.click(page.browser.action("step"))
    page.browser.tick(3)
    assert page.browser.state["epoch"] == "1"


def test_a_link_opens_it(make):
    page = make(link="#view=notebook")
    page.browser.tick()
    assert page.browser.root.getAttribute("data-view") == "notebook"
    assert page.kernel.ran == []


def test_keys_in_it_are_not_the_playground_s(page):
    page.browser.key(" ")
    page.browser.key("s")
    assert not page.app.player.playing
    assert page.app.experiment.epoch == 0


def test_without_the_files_for_it_a_sentence(make):
    page = make(fails="no route").open()
    assert "no route" in page.browser.element("notices").textContent
    assert page.browser.root.getAttribute("data-view") == "playground"


def test_where_there_are_no_packages_the_lessons_do_without(make):
    page = make()
    page.tools.has_packages = False
    page.open()
    assert "from nncore import load_wine" in page.cells[1].source
    assert NOTEBOOK["empty_line_alone"] in page.browser.element("nb-lessons-box").textContent
    page.act("nb-lesson", "lesson_old")
    assert "pandas" not in page.cells[1].source


def test_cells_come_go_turn_and_come_back(page):
    page.only("a", "b")
    page.editor(0).focus()
    page.act("nb-add-text")
    assert [cell.kind for cell in page.cells] == ["code", "markdown", "code"]
    text = page.cells[1]
    page.editor(1).type("# Title")
    page.editor(1).press("escape")
    view = page.room.views[text.identity]
    assert view.editor is None
    assert view.prose.textContent == "# Title"
    page.act("nb-turn", text.identity)
    assert page.cells[1].kind == "code"
    page.act("nb-delete", page.cells[0].identity)
    page.act("nb-undo")
    page.act("nb-undo")
    assert [cell.kind for cell in page.cells] == ["code", "markdown", "code"]
    page.act("nb-undo")
    assert [cell.source for cell in page.cells] == ["a", "b"]
    order = [node.getAttribute("data-cell") for node in page.browser.elements("[data-cell]")]
    assert order == [cell.identity for cell in page.cells]
    page.act("nb-down", page.cells[0].identity)
    order = [node.getAttribute("data-cell") for node in page.browser.elements("[data-cell]")]
    assert order == [cell.identity for cell in page.cells]
    names = [
        node.getAttribute("aria-label") for node in page.browser.elements("article[data-cell]")
    ]
    assert names == ["Cell 1", "Cell 2"]
