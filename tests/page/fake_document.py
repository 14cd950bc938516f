"""The document that the fake elements belong to: it finds them, and it makes new ones."""

from fake_dom import Element
from fake_selectors import key_of


class Document(Element):
    """The whole page. boxes: (left, top, width, height) in the window, by id."""

    def __init__(self, boxes=()):
        self.boxes = dict(boxes)
        self.index = {}  # by kind of selector: name to elements; made when it is needed
        super().__init__(self, "#document")
        self.activeElement = None

    @property
    def documentElement(self):
        return self.children[0]

    @property
    def body(self):
        return self.querySelector("body")

    def getElementById(self, identity):
        return next(iter(self.candidates("id", identity)), None)

    def querySelectorAll(self, selector):
        if "," in selector:
            return super().querySelectorAll(selector)
        return [node for node in self.candidates(*key_of(selector)) if node.matches(selector)]

    def candidates(self, kind, name):
        """The elements that have this id, class, attribute or tag, in the document's order."""
        if "tree" not in self.index:
            self.index["tree"] = list(self.walk())
        if kind not in self.index:
            found = self.index[kind] = {}
            for node in self.index["tree"]:
                for key in node.found_by(kind):
                    found.setdefault(key, []).append(node)
        return self.index[kind].get(name, ())

    def createElement(self, tag):
        return Element(self, tag.lower())
