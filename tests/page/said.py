"""What a page says, and what of it is left in English."""

import re

from pseudo import unspoken

NO_TEXT = {"script", "style", "template", "svg", "textarea", "pre", "code"}
SPOKEN = (
    "alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext",
    "placeholder", "title",
)  # fmt: skip
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
    """Every text of an element and below it, the accessible names included."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if node.tag in NO_TEXT:
            continue
        yield from filter(None, map(node.attributes.get, SPOKEN))
        if node.nodes:
            yield "".join(part for part in node.nodes if isinstance(part, str))
            waiting += node.children


def left_out(document, data):
    """What is still in English."""
    names = "|".join(map(re.escape, sorted(NAMES | data, key=len, reverse=True)))
    texts = {unspoken(text) for text in set(shown(document.documentElement))}
    words = re.compile(r"[A-Za-z]{3,}")
    return sorted(
        text for text in filter(words.search, texts) if words.search(re.sub(names, "", text))
    )


def train(browser, app, epochs=3):
    for _ in range(epochs):
        browser.click(browser.action("step"))
        browser.tick(3)
