"""Presses that outlive their element.

A press begins on an element and ends there; only then does a browser send a click. The network's
tiles and buttons are made anew when the network changes: where that happens while one of them is
held down, as in a quick second press, no click would come, and the press would be lost. It counts
for the element that has taken the place of the one it began on.
"""

from explorer.panels.network.tiles import role_of

PRESSABLE = "[data-action], [data-input], input[name]"


class LostClicks:
    """Watches the mouse and the Space key. Touch needs no help: its click goes to what is there
    when the finger is lifted; nor does Enter, which clicks as soon as it is pressed."""

    def __init__(self, browser):
        self.browser = browser
        self.held = None  # the element that is held down

    def listen(self):
        document = self.browser.document
        for kind in ("pointerdown", "keydown"):
            self.browser.listen(document, kind, self.began)
        for kind in ("pointerup", "keyup"):
            self.browser.listen(document, kind, self.ended)

    def began(self, event):
        if belongs(event) and not (event.type == "keydown" and event.repeat):
            self.held = self.browser.closest(event.target, PRESSABLE)

    def ended(self, event):
        if self.held is None or not belongs(event):
            return
        held, self.held = self.held, None
        there = self.browser.closest(event.target, PRESSABLE)
        if there is not None and not held.isConnected and role_of(there) == role_of(held):
            self.browser.press(there, detail=0 if event.type == "keyup" else 1)


def belongs(event):
    """Whether an event is the main button of a mouse, or the Space key."""
    if event.type.startswith("key"):
        return event.key == " "
    return event.pointerType == "mouse" and event.button == 0
