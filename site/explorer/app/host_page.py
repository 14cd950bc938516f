"""The page around this one: messages from it and to it.

A course page may hold the playground in a frame and speak with it by messages. What arrives is
data: only the page directly around this one is listened to, and a message is taken apart as
JSON, so nothing of it can act by itself. What goes out says nothing of the reader.
"""

import json

LONGEST = 500_000  # characters of a message: a lesson's progress is the longest


class HostPage:
    """The way to the page around this one."""

    def __init__(self, browser):
        self.browser = browser
        self.framed = bool(browser.window.nncoreBoot.framed)

    def listen(self, handler):
        """Call `handler(message)` for each message of the page around, as plain Python data."""
        same = getattr(self.browser.window.Object, "is")

        def received(event):
            if same(event.source, self.browser.window.parent):
                message = self.read(event.data)
                if message is not None:
                    handler(message)

        self.browser.listen(self.browser.window, "message", received)

    def read(self, data):
        """A message as plain Python data; None if it is none or too long."""
        try:
            text = self.browser.window.JSON.stringify(data)
        except self.browser.JsException:  # cyclic, or of numbers that JSON does not have
            return None
        return json.loads(text) if isinstance(text, str) and len(text) <= LONGEST else None

    def post(self, message):
        """Send a dict to the page around. It may lie anywhere, and nothing in it is secret."""
        self.browser.window.parent.postMessage(self.browser.objects(message), "*")
