"""Keyboard shortcuts: which key calls which action, and when a key belongs to something else."""

SHORTCUTS = {" ": "run", "s": "step", "r": "reset", "?": "help"}
WITH_CONTROL = {"z": "undo", "y": "redo"}
TYPING = {"INPUT", "SELECT", "TEXTAREA"}
PRESSED_BY_SPACE = {"BUTTON", "SUMMARY", "A"}
ARROWS = {
    "ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1),
}  # fmt: skip


class Shortcuts:
    """The reader's choice whether single keys are shortcuts, kept in this browser."""

    def __init__(self, browser):
        self.browser, self.field = browser, browser.element("shortcuts")
        self.field.checked = browser.stored("shortcuts") != "off"
        self.fields = {"#shortcuts": self.chosen}

    @property
    def enabled(self):
        return self.field.checked

    def chosen(self, node, _settled):
        self.browser.store("shortcuts", "on" if node.checked else "off")


def action_of(event, enabled):
    """The action that a key press calls, or None.

    Single letters are off when the reader switched them off, while typing, and where the focused
    element needs the key itself. Undo and redo work everywhere but in text fields.
    """
    tag, key = event.target.tagName, event.key
    typing = tag in TYPING and event.target.type not in ("checkbox", "radio", "range")
    if event.ctrlKey or event.metaKey:
        if typing or event.altKey:
            return None
        return "redo" if event.shiftKey and key.lower() == "z" else WITH_CONTROL.get(key.lower())
    if not enabled or typing or event.altKey:
        return None
    if key == " " and (tag in PRESSED_BY_SPACE or tag in TYPING):
        return None
    return SHORTCUTS.get(key if key == "?" else key.lower())
