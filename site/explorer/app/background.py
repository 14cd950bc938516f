"""What goes on while the page is in a background tab.

A browser gives no animation frames to a tab that is not seen, so training would stand still. A
timer may still run about once a second: by it training goes on slowly, without drawing, unless
the reader wants it to wait. The choice is kept in this browser, like the theme.
"""

from explorer.frames.deadline import FRAME, HIDDEN

KEY = "background"
SLOW, PAUSE = "slow", "pause"  # going on is the usual: who looks away wants to find it further on


class Background:
    """Trains an application's experiment while the page is hidden, if that is wanted."""

    def __init__(self, app):
        self.app, self.browser = app, app.browser
        self.field = self.browser.element("background")
        self.fields = {"#background": self.chosen}
        self.field.value = PAUSE if self.browser.stored(KEY) == PAUSE else SLOW
        self.timer = self.browser.Timer(self.tick)
        self.browser.on_visibility(self.turned)

    def chosen(self, _node, _settled):
        """The reader has made a choice."""
        self.browser.store(KEY, self.field.value)

    def turned(self):
        """The page was hidden, or is seen again: then the picture of now is drawn at once."""
        if self.browser.is_hidden():
            self.timer.start(HIDDEN)
        else:
            self.timer.stop()
            self.app.stale = True

    def tick(self):
        """A frame's worth of training, but no picture."""
        if not self.browser.is_hidden() or self.field.value == PAUSE:
            return
        self.timer.start(HIDDEN)
        if self.app.loop.train():
            self.app.stale = True
        self.app.runs.work(FRAME)
