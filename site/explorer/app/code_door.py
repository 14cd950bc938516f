"""The way to the Code panel: what is behind it comes with a part, when it is first opened."""

from explorer.app.parts import OnDemand

ACTIONS = ("code", "language", "exact-program", "copy-code", "take", "compare")


class CodeDoor(OnDemand):
    """Fetches the part with the first action, and hands all of them on."""

    def __init__(self, app):
        super().__init__(
            app, "code", lambda: opened(app), ACTIONS, app.browser.element("code-status")
        )


def opened(app):
    from explorer.app.code_dialog import CodeDialog

    return CodeDialog(app)
