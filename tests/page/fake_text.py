"""A text within an element of the small document."""


class Text:
    """A text within an element."""

    nodeType = 3

    def __init__(self, parent, place):
        self.parent, self.place = parent, place

    @property
    def data(self):
        return self.parent.nodes[self.place]

    @data.setter
    def data(self, text):
        self.parent.nodes[self.place] = text
