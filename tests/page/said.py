"""What a page says, and what of it is left in English."""

import re

from pseudo import unspoken

NO_TEXT = {"script", "style", "template", "svg", "textarea", "pre", "code"}
SPOKEN = ("aria-label", "aria-valuetext", "alt", "placeholder", "title")
# Names that are the same everywhere: of the page and its libraries, of functions in formulas.
NAMES = {
    "nncore",
    "playground",
    "Keras",
    "PyTorch",
    "NumPy",
    "scikit-learn",
    "tanh",
    "max",
    "softmax",
}


def shown(node):
    """Every text below an element, its accessible names included."""
    if node.tag in NO_TEXT:
        return
    yield from filter(None, map(node.getAttribute, SPOKEN))
    yield "".join(part for part in node.nodes if isinstance(part, str))
    for child in node.children:
        yield from shown(child)


def left_out(document, data):
    """What is still in English."""
    names = "|".join(map(re.escape, sorted(NAMES | data, key=len, reverse=True)))
    texts = {unspoken(text) for text in shown(document.documentElement)}
    return sorted(text for text in texts if re.search(r"[A-Za-z]{3,}", re.sub(names, "", text)))


def train(browser, app, epochs=3):
    for _ in range(epochs):
        browser.click(browser.action("step"))
        browser.tick(3)
