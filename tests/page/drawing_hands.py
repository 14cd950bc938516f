"""What the tests of drawing do again and again in the fake browser."""

from hands import press

from explorer.text.data import DRAW

BOX = 1000, 160, 340, 340  # of the picture in the fake browser


def draw(browser, app):
    """Open the tools, by two presses."""
    press(browser, "own-data")
    press(browser, "own-draw")
    assert browser.state["drawing"] == "true"
    return app.own.made.room


def at(place):
    """A place of the plane as one of the window."""
    left, top, width, height = BOX
    x, y = left + (place[0] + 6) / 12 * width, top + (6 - place[1]) / 12 * height
    return {"clientX": x, "clientY": y, "pointerType": "mouse"}


def stroke(browser, *places, ticks=2):
    output = browser.element("output")
    browser.fire(output, "pointerdown", **at(places[0]))
    for place in places[1:]:
        browser.fire(output, "pointermove", **at(place))
    browser.fire(output, "pointerup", **at(places[-1]))
    browser.tick(ticks)


def points(app):
    """{class or value: set of places} of what is learned from."""
    train = app.experiment.problem.train
    found = {}
    for place, label in zip(train.points.round(2).tolist(), train.labels.tolist(), strict=True):
        found.setdefault(label, set()).add(tuple(place))
    return found


def begin_anew(browser, *brushes):
    """Clear all, and draw a point with each of these brushes."""
    press(browser, "draw-clear")
    assert browser.text("draw-words") == DRAW["lacks"]
    for name in brushes:
        press(browser, "draw-tool", name)
        stroke(browser, (int(name), 0))
