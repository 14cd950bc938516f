"""What a reader does inside a step in the fake browser, and what is to be seen there."""

from explorer.drawing.figures import read


def attribute(browser, name):
    return browser.root.getAttribute(f"data-inside{name}")


def press(browser, action, value=None):
    selector = f'[data-action="{action}"]' + (f'[data-value="{value}"]' if value else "")
    browser.click(browser.elements(selector)[0])
    browser.tick()


def enter(browser):
    press(browser, "inside")
    return browser


def phase(browser):
    return attribute(browser, ""), attribute(browser, "-layer")


def steps(browser, count):
    for _ in range(count):
        press(browser, "step")


def text(browser, selector="#inside"):
    return " ".join(node.textContent for node in browser.elements(selector))


def numbers(browser):
    """The numbers in the right column of the formula's lines."""
    cells = browser.elements("#inside .inside-walk .inside-lines .number")
    return [read(cell.textContent.removeprefix("= ")) for cell in cells]
