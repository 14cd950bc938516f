"""Help on everything: the text that belongs to an element, shown by hover, focus and tap.

Elements name their help by `data-help`; the texts stand in the page. In explaining mode a press
explains and does nothing else, which is the way to read help by touch.
"""

GAP = 8  # pixels between an element and its help
DELAY = 0.6  # seconds the pointer has to rest
TILE_DELAY = 1.5  # longer where the pointer is used for looking around


class Helper:
    """Shows one help text at a time."""

    def __init__(self, browser):
        self.browser = browser
        self.bubble = browser.element("tooltip")
        self.timer = browser.Timer(self.show)
        self.node = None

    def explaining(self):
        return self.browser.element("explain").checked

    def entered(self, event):
        """The pointer came over an element, or an element got the focus."""
        node = self.browser.closest(event.target, "[data-help]")
        if node is None:
            if not (self.node is not None and self.bubble.contains(event.target)):
                self.leave()
            return
        if self.node is not None and node.isSameNode(self.node):
            return
        self.leave()
        self.node = node
        focused = event.type == "focusin"
        if focused and not event.target.matches(":focus-visible"):
            return
        delay = (
            TILE_DELAY
            if node.hasAttribute("data-unit") or node.hasAttribute("data-input")
            else DELAY
        )
        self.timer.start(0.0 if focused else delay)

    def pressed(self, event):
        """Explain instead of acting, in explaining mode; return whether it did."""
        self.timer.stop()
        node = self.browser.closest(event.target, "[data-help]")
        if not self.explaining() or node is None or event.target.id == "explain":
            self.hide()
            return False
        event.preventDefault()
        event.stopPropagation()
        self.node = node
        self.show()
        return True

    def leave(self):
        self.timer.stop()
        self.node = None
        self.hide()

    def hide(self):
        self.bubble.hidden = True

    def show(self):
        """Place the text below its element, or above where there is no room."""
        if self.node is None:
            return
        text = self.browser.element(f"help-{self.node.getAttribute('data-help')}")
        self.browser.write(self.bubble, text.textContent)
        self.bubble.hidden = False
        box, bubble = self.node.getBoundingClientRect(), self.bubble.getBoundingClientRect()
        width, height = self.browser.window_size()
        left = min(
            max(GAP, box.left + box.width / 2 - bubble.width / 2), width - bubble.width - GAP
        )
        top = box.bottom + GAP
        if top + bubble.height > height:
            top = max(GAP, box.top - GAP - bubble.height)
        if top < GAP or box.height > height / 2:
            top = min(max(GAP, box.top + GAP), height - bubble.height - GAP)
        self.bubble.style.left, self.bubble.style.top = f"{left}px", f"{top}px"
