"""Reads HTML into the fake document, and refuses tags that do not fit together."""

import functools
from html.parser import HTMLParser

from fake_document import Document, Known
from fake_dom import Element

CLOSES_ITSELF = {"option"}  # elements whose end may be left out
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source"}


class Reader(HTMLParser):
    """Builds the document; `problems` are tags that do not fit together."""

    def __init__(self, document):
        super().__init__()
        self.open = [document]
        self.problems = []

    def handle_starttag(self, tag, attributes):
        if tag in CLOSES_ITSELF and tag == self.open[-1].tag:
            self.open.pop()
        node = Element(self.open[0], tag, attributes)
        self.open[-1].appendChild(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attributes):
        self.open[-1].appendChild(Element(self.open[0], tag, attributes))

    def handle_endtag(self, tag):
        if self.open[-1].tag in CLOSES_ITSELF and tag != self.open[-1].tag:
            self.open.pop()
        if tag == self.open[-1].tag:
            self.open.pop()
        else:
            self.problems.append((self.getpos(), tag, self.open[-1].tag))

    def handle_data(self, text):
        self.open[-1].nodes.append(text)


def read(html, boxes=()):
    """The document of an HTML text. Raises ValueError where tags do not fit together."""
    original, elements, places = parsed(html)
    document = Document(boxes)
    twins = {original: document}
    for element in elements:
        twin = twins[element] = object.__new__(Element)
        own = {"document": document, "parent": twins[element.parent]}
        vars(twin).update(vars(element), attributes=element.attributes.copy(), **own)
    for element, twin in twins.items():
        twin.nodes = [node if isinstance(node, str) else twins[node] for node in element.nodes]
    document.known = Known([twins[element] for element in elements], places)
    return document


@functools.lru_cache(maxsize=4)
def parsed(html):
    """(document, elements, places): as it was read, not to be changed; see `Known`."""
    document = Document()
    reader = Reader(document)
    reader.feed(html)
    reader.close()
    if reader.problems or len(reader.open) > 1:
        raise ValueError(f"tags do not fit: {reader.problems}, left open: {reader.open[1:]}")
    elements = list(document.walk())
    numbers = {element: number for number, element in enumerate(elements)}
    places = {key: [numbers[node] for node in nodes] for key, nodes in document.known.items()}
    return document, elements, places
