"""What a student's hands do in a lesson, for the tests of the page."""


def answer(browser, place):
    """Press the button of the question at a place of the step."""
    browser.click(browser.elements('[data-action="lesson-answer"]')[place])
    browser.tick()


def text(browser):
    return browser.element("lesson").textContent


def until(browser, done, most=400):
    for _ in range(most):
        if done():
            return
        browser.tick()
    raise AssertionError(text(browser))
