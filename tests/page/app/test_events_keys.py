"""Keys in the page: shortcuts, undo, and arrows from tab to tab and from tile to tile."""


def test_shortcuts(page):
    browser, app = page
    assert browser.key(" ").prevented
    assert app.player.playing
    browser.tick(2)
    browser.key("s")
    browser.tick()
    assert browser.state["epoch"] == "3"
    browser.key("r")
    browser.tick()
    assert browser.state["epoch"] == "0"
    browser.key("?")
    assert browser.element("help").open


def test_keys_of_the_browser_are_left_alone(page):
    browser, _ = page
    for key in ("a", "Tab", "F5", "Enter", "ArrowDown"):
        assert not browser.key(key).prevented


def test_shortcuts_can_be_switched_off_for_good(open_page):
    browser, app = open_page()
    browser.click(browser.element("shortcuts"))
    browser.key(" ")
    assert not app.player.playing
    browser, app = open_page(stored=browser.kept)
    assert not browser.element("shortcuts").checked
    browser.key(" ")
    assert not app.player.playing


def test_undo_and_redo_by_keys(page):
    browser, app = page
    browser.choose(browser.field("activation"), "relu")
    browser.key("z", ctrlKey=True)
    assert app.current.activation == "tanh"
    browser.key("Z", ctrlKey=True, shiftKey=True)
    assert app.current.activation == "relu"
    browser.key("z", metaKey=True)
    assert app.current.activation == "tanh"


def test_arrows_go_from_tab_to_tab(page):
    browser, _ = page
    tab = browser.element("tab-playground")
    tab.focus()
    assert browser.key("ArrowRight", tab).prevented
    browser.tick()
    assert browser.state["view"] == "wine"
    assert browser.document.activeElement is browser.element("tab-wine")
    browser.part_loader = lambda *_: None  # the notebook is on its way
    browser.key("ArrowRight")
    assert browser.document.activeElement is browser.element("tab-notebook")
    browser.key("ArrowRight")
    browser.tick()
    assert browser.state["view"] == "playground"


def test_arrows_go_from_tile_to_tile(page):
    browser, _ = page
    (start,) = browser.elements('[data-unit="1.2"]')
    start.focus()

    def focused():
        node = browser.document.activeElement
        return node.getAttribute("data-unit") or node.name

    for key, place in [
        ("ArrowDown", "1.3"), ("ArrowRight", "2.2"), ("ArrowDown", "2.2"), ("ArrowUp", "2.1"),
        ("ArrowLeft", "1.1"), ("ArrowLeft", "x"), ("ArrowDown", "y"), ("ArrowLeft", "y"),
    ]:  # fmt: skip
        browser.key(key)
        assert focused() == place


def test_one_tile_is_the_stop_of_the_tab_key(page):
    browser, _ = page
    tiles = [*browser.elements("[data-unit]"), *browser.elements("[data-input] input")]
    assert [tile.tabIndex for tile in tiles].count(0) == 1
    (start,) = browser.elements('[data-unit="1.2"]')
    start.focus()
    browser.key("ArrowDown")
    assert [tile for tile in tiles if tile.tabIndex == 0] == browser.elements('[data-unit="1.3"]')


def test_a_tile_of_the_network_before_does_nothing(page):
    """New tiles may take some frames; until then the old ones can still be pressed."""
    browser, app = page
    (tile,), (bias,) = browser.elements('[data-unit="1.4"]'), browser.elements('[data-bias="1.4"]')
    (add,) = browser.elements('[data-action="add-neuron"][data-value="2"]')
    app.change(app.current.with_text("network_shape", "1"))
    for old in (tile, bias, add):
        app.stage.network.body.appendChild(old)
        browser.point(old)
        browser.click(old)
    assert not app.stage.card.is_shown
    assert app.current.network_shape == (1,)
    app.stage.network.link_at = lambda *_: 20  # the last weight of the network before
    browser.click(app.stage.network.body)
    assert not app.stage.card.is_shown
