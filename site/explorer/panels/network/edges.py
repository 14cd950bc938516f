"""Which edges of a box that is scrolled have more behind them.

The style sheet lets the box fade there, so that one sees that there is more.
"""

SETTLED = 0.4  # seconds after which what stood there before, the first picture, is gone


class Edges:
    """Keeps `data-more` of an element up to date: some of left, right, up, down, or no such."""

    def __init__(self, browser, identity):
        self.node = browser.element(identity)
        self.scrolls = False  # whether the element is scrolled at all
        self.marked = True  # whether it has been looked at since it was changed
        self.settled = browser.Timer(self.look)
        browser.listen(self.node, "scroll", lambda _event: self.look())

    def moved(self, scrolls):
        """What the element holds has been moved; `mark` is called when all of it is there."""
        self.scrolls, self.marked = scrolls, False

    def mark(self):
        """Look at the element now, and once more when it has settled."""
        self.marked = True
        self.look()
        self.settled.start(SETTLED)

    def look(self):
        """Say which edges of the element as it is now have more behind them."""
        node = self.node
        across, down = node.scrollWidth - node.clientWidth, node.scrollHeight - node.clientHeight
        more = {
            "left": node.scrollLeft > 1, "right": node.scrollLeft < across - 1,
            "up": node.scrollTop > 1, "down": node.scrollTop < down - 1,
        }  # fmt: skip
        text = " ".join(name for name, there in more.items() if there and self.scrolls)
        if text:
            node.setAttribute("data-more", text)
        else:
            node.removeAttribute("data-more")
