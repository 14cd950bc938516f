"""What the tests of the Wine lab do again and again in the fake browser."""


def press(browser, action, value=None):
    browser.click(browser.action(action, value))
    browser.tick()


def run(browser, app, epochs=20):
    for _ in range(epochs):
        app.experiment.step()
    app.stale = True
    browser.tick(5)  # the film's pictures come a few a frame


def rows(browser, table="wines"):
    return browser.element(table).querySelectorAll("[data-row]")


def row(browser, number, table="wines"):
    return browser.elements(f'#{table} [data-row="{number}"]')[0]


def selected(browser, table="wines"):
    return [
        int(node.getAttribute("data-row"))
        for node in rows(browser, table)
        if node.getAttribute("aria-selected") == "true"
    ]


def notices(app):
    return {
        subject: node.querySelector("h3").textContent for subject, node in app.notices.shown.items()
    }
