"""Reads HTML into the fake document, and refuses tags that do not fit together."""

import functools
from html.parser import HTMLParser

from fake_document import Document
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
    document = Document(boxes)
    for node in parsed(html).nodes:
        document.append(node if isinstance(node, str) else node.copied(document))
    return document


@functools.lru_cache(maxsize=4)
def parsed(html):
    """The document as it was read; not to be changed."""
    document = Document()
    reader = Reader(document)
    reader.feed(html)
    reader.close()
    if reader.problems or len(reader.open) > 1:
        raise ValueError(f"tags do not fit: {reader.problems}, left open: {reader.open[1:]}")
    return document
