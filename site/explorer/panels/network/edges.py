"""Which edges of a box that is scrolled have more behind them.

The style sheet lets the box fade there, so that one sees that there is more.
"""


class Edges:
    """Keeps `data-more` of an element up to date: some of left, right, up, down, or no such."""

    def __init__(self, browser, identity):
        self.node = browser.element(identity)
        self.scrolls = False  # whether the element is scrolled at all
        self.marked = True  # whether it has been looked at since it was changed
        browser.listen(self.node, "scroll", lambda _event: self.mark())

    def moved(self, scrolls):
        """What the element holds has been moved; `mark` is called when all of it is there."""
        self.scrolls, self.marked = scrolls, False

    def mark(self):
        """Looks at the element as it is now."""
        node, self.marked = self.node, True
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
