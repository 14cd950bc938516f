"""What the tests of the chart do and look at again and again in the fake browser."""


def chart(browser):
    return browser.charts[-1]


def labels(browser):
    return [series["label"] for series in chart(browser).options["series"]]


def trained(browser, app, epochs):
    """Press Run, and Pause after so many frames, each of which trains an epoch."""
    browser.click(browser.element("run"))
    browser.tick(epochs)
    browser.click(browser.element("run"))
    browser.tick()
