"""The document that the fake elements belong to: it finds them, and it makes new ones.

It keeps lists of which elements have an id, a class, an attribute or a tag, so that a test that
looks for one needs not walk through the whole page.
"""

from fake_dom import Element
from fake_selectors import around, key_of

FEW = 20  # elements that are looked at one by one


class Known(dict):
    """(kind, name) of a selector: the elements in the tree, as keys of a dict.

    Args:
        elements, places: What was in it when the document was read, as (kind, name): numbers of
            the elements; it is looked up when it is first asked for.
    """

    def __init__(self, elements=(), places=None):
        self.elements, self.places = elements, places or {}

    def __missing__(self, key):
        found = self[key] = {self.elements[k]: None for k in self.places.get(key, ())}
        return found


class Document(Element):
    """The whole page.

    Args:
        boxes: (left, top, width, height) in the window, by id.
    """

    def __init__(self, boxes=()):
        self.boxes = dict(boxes)
        self.known = Known()
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
        for key in keys:
            self.known[key][node] = None

    def leave(self, node, keys):
        for key in keys:
            self.known[key].pop(node, None)

    def getElementById(self, identity):
        return next(iter(self.in_order(self.known["id", identity])), None)

    def querySelectorAll(self, selector):
        found = {}
        for chain in selector.split(","):
            nodes = self.known[key_of(chain)]
            if len(nodes) > FEW and (identity := around(chain)):
                outer = list(self.known["id", identity])
                nodes = dict.fromkeys(node for each in outer for node in each.walk())
            found |= dict.fromkeys(node for node in nodes if node.matches(chain))
        return self.in_order(found)

    def querySelector(self, selector):
        return next(iter(self.querySelectorAll(selector)), None)

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
