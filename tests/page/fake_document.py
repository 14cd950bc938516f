"""The document that the fake elements belong to: it finds them, and it makes new ones.

It keeps lists of which elements have an id, a class, an attribute or a tag, so that a test that
looks for one needs not walk through the whole page.
"""

from fake_dom import Element
from fake_selectors import key_of


class Document(Element):
    """The whole page.

    Args:
        boxes: (left, top, width, height) in the window, by id.
    """

    def __init__(self, boxes=()):
        self.boxes = dict(boxes)
        self.known = {}  # (kind, name) of a selector: the elements in the tree, as keys of a dict
        super().__init__(self, "#document")
        self.is_in_tree = True
        self.activeElement = None

    @property
    def documentElement(self):
        return self.children[0]

    @property
    def body(self):
        return self.querySelector("body")

    def enter(self, node, keys):
        known = self.known
        for key in keys:
            if key in known:
                known[key][node] = None
            else:
                known[key] = {node: None}

    def leave(self, node, keys):
        for key in keys:
            self.known[key].pop(node, None)

    def getElementById(self, identity):
        return next(iter(self.in_order(self.known.get(("id", identity), ()))), None)

    def querySelectorAll(self, selector):
        found = {}
        for chain in selector.split(","):
            nodes = self.known.get(key_of(chain), ())
            found |= dict.fromkeys(node for node in nodes if node.matches(chain))
        return self.in_order(found)

    def in_order(self, nodes):
        """Elements as they follow each other in the document."""
        if len(nodes) < 2:
            return list(nodes)
        places = {}  # by element: where its children stand

        def place(node):
            path = []
            while node is not self:
                above = node.parent
                if above not in places:
                    places[above] = {child: number for number, child in enumerate(above.nodes)}
                path.append(places[above][node])
                node = above
            return path[::-1]

        return sorted(nodes, key=place)

    def createElement(self, tag):
        return Element(self, tag.lower())
