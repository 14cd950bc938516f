"""The way into a step and out of it. What is inside is fetched when it is first wanted.

The door stands before all other events: while a step is open, presses on tiles, links, points and
rows, and the arrow keys, mean something else than outside.
"""

from explorer.text.notices import TEXT

KINDS = (
    "click", "input", "change", "keydown", "pointerdown", "pointermove", "pointerup",
    "pointercancel",
)  # fmt: skip
BUTTON = '[data-action="inside"]'


class InsideDoor:
    """Listens for the application; `room` is what is inside, once it was wanted."""

    def __init__(self, app):
        self.app, self.browser = app, app.browser
        self.room = None
        self.curves_wanted = False
        self.fetching = app.browser.Timer(self.fetch_curves)
        self.button = app.browser.element("inside-button")
        app.stage.want_curves = self.want_curves

    @property
    def is_open(self):
        return self.room is not None and self.room.walk is not None

    def listen(self):
        for kind in KINDS:
            self.browser.listen(self.browser.document, kind, self.happened, capture=True)

    def happened(self, event):
        """Take an event that is for the door or for what is behind it."""
        if event.type == "click" and self.browser.element("explain").checked:
            return  # then a press explains
        if event.type == "click" and self.browser.closest(event.target, BUTTON) is not None:
            self.toggle()
        elif not (self.is_open and self.room.takes(event)):
            return
        if event.type == "keydown":
            event.preventDefault()
        event.stopImmediatePropagation()
        self.app.stale = True

    def toggle(self):
        if self.is_open:
            self.leave()
        else:
            self.want(lambda room: room.enter())

    def want(self, then):
        """Call then(room) once the part is there."""

        def there():
            if self.room is None:
                from explorer.app.inside.room import Room

                self.room = Room(self.app, self)
            then(self.room)
            self.app.stale = True

        self.app.parts.wanted("inside", there)

    def want_curves(self):
        """Have the chart's curves per layer fetched, once; not within the frame that asks."""
        if not self.curves_wanted:
            self.curves_wanted = True
            self.fetching.start(0.0)

    def fetch_curves(self):
        def there():
            from explorer.app.inside.curves import Curves

            self.app.stage.curves = Curves(self.browser)
            self.app.stale = True

        self.app.parts.wanted("inside", there)

    def leave(self):
        if self.is_open:
            self.room.leave()

    def escape(self):
        """Leave by key, with the focus where one enters again."""
        if self.is_open:
            self.leave()
            self.button.focus()

    def step(self):
        """Go one place on, if a step is open; return whether it is."""
        if self.is_open:
            self.room.forward()
        return self.is_open

    def frame(self, snapshot, moving):
        """A frame was drawn: what stands above the picture is drawn, too."""
        if self.is_open:
            self.room.frame(snapshot, moving)

    def show(self, inside):
        """Names the button by what it does now."""
        label = TEXT["leave_inside" if inside else "inside"]
        self.button.setAttribute("aria-label", label)
        self.button.toggleAttribute("data-on", inside)
