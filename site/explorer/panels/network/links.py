"""The network's weights as curves behind its tiles.

Few are drawn at once, and dashes run along them while the network learns: in every frame, or as
often as a twentieth of the time allows, for some browsers take long for dashes. Very many would
hold up the page: they are drawn on a canvas that is out of sight, some in every frame, and shown
when all are there; while training runs that begins anew ten times a second.
"""

from explorer.drawing.views import diagram
from explorer.frames.deadline import LINKS, REDRAW, Deadline

MANY = 600  # links; of fewer all are drawn in a frame
SHARE = 1 / 20  # of the time, that few links may take while the network learns
SMOOTH = 0.3  # the weight of a new measurement of what they take
AT_ONCE = 128  # links that are drawn before anybody asks what time it is
THIN = 0.6  # how wide links are where neurons are crowded
DASH_SPEED, DASH_PERIOD = 24.0, 12.0  # pixels a second; pixels from dash to dash


class Links:
    """Draws the links of one layout after the other.

    A picture is known by its key, (frame, look): the structure and the width that it was drawn
    for, and what decides how the links look.
    """

    def __init__(self, browser):
        self.browser = browser
        self.front, self.back = browser.element("links"), browser.hidden_canvas()
        self.wanted = self.shown = None  # what the page should show, and what it shows
        self.coming = None  # what is being drawn out of sight
        self.parts = None  # the rest of it
        self.ready = None  # what is complete there
        self.due = 0.0  # when the next may begin, while the network learns
        self.cost = 0.0  # seconds that few take

    @property
    def complete(self):
        return self.shown == self.wanted

    def draw(self, frame, layout, levels, theme, playing):
        """Show the links, or draw some of very many, which are shown when all are there.

        Args:
            frame: (structure, width).
            playing: Whether the network learns.
        """
        if len(layout.curves) <= MANY:
            self.draw_few(frame, layout, levels, theme, playing)
            return
        self.wanted = frame, look_of(levels, theme)
        if self.complete or not self.is_of_use(frame, theme):
            self.coming = self.parts = None
        if self.complete or (self.coming is None and playing and self.browser.now() < self.due):
            return
        if self.go_on(frame, layout, levels, theme, Deadline(self.browser.now, LINKS)):
            self.show()

    def is_of_use(self, frame, theme):
        """Whether what is being drawn is worth to be seen: links of this network in this theme,
        if of a moment ago. Else nothing would be seen while a slider is dragged, or a window's
        edge."""
        return self.coming is None or (
            self.coming[0][0].sized() == frame[0].sized() and self.coming[1][0] == theme.positive
        )

    def prepare(self, frame, layout, levels, theme, deadline):
        """Draw very many links out of sight, until the deadline; return whether all are there.
        Where others of the same frame are being drawn, these are completed instead."""
        if len(layout.curves) <= MANY:
            return True
        if self.coming is not None and self.coming[0] != frame:
            self.coming = None
        return self.go_on(frame, layout, levels, theme, deadline)

    def go_on(self, frame, layout, levels, theme, deadline):
        key = frame, look_of(levels, theme)
        if self.coming is None:
            if key == self.ready:
                return True
            self.coming, self.ready = key, None
            self.parts = diagram.link_parts(
                self.fit(self.back, frame), self.browser.path, layout.curves, levels, theme,
                thickness(frame), AT_ONCE,
            )  # fmt: skip
        for ctx in self.parts:
            self.browser.flush(ctx)
            if not deadline.left():
                return False
        self.ready, self.coming, self.parts = self.coming, None, None
        return True

    def show(self):
        """Show what is complete out of sight."""
        self.browser.copy(self.back, self.fit(self.front, self.ready[0]))
        self.shown, self.due = self.ready, self.browser.now() + REDRAW

    def turn(self, frame):
        """Another network's tiles come into the page: its links, if they are complete, or none."""
        if self.ready is not None and self.ready[0] == frame:
            self.show()
        else:
            self.fit(self.front, frame)
            self.shown, self.due = None, 0.0

    def draw_few(self, frame, layout, levels, theme, playing):
        dashes = playing and not self.browser.prefers_calm()
        offset = self.browser.now() * DASH_SPEED % DASH_PERIOD if dashes else None
        self.coming = self.parts = self.ready = None
        self.wanted = frame, (*look_of(levels, theme), offset)
        start = self.browser.now()
        waits = dashes and start < self.due and self.shows(frame, theme)
        if self.complete or waits:
            return
        diagram.draw_links(
            self.fit(self.front, frame), self.browser.path, layout.curves, levels, theme,
            thickness(frame), offset, (self.browser.DASH, self.browser.NO_DASH),
        )  # fmt: skip
        self.shown, now = self.wanted, self.browser.now()
        self.cost += SMOOTH * (now - start - self.cost)
        self.due = now + self.cost / SHARE

    def shows(self, frame, theme):
        """Whether what the page shows are links of this very frame, in this theme."""
        if self.shown is None:
            return False
        there, look = self.shown
        return there == frame and look[0] == theme.positive

    def fit(self, canvas, frame):
        """The context of a canvas that has the frame's size, cleared."""
        structure, width = frame
        canvas.style.width, canvas.style.height = f"{width}px", f"{structure.height}px"
        ctx, _, _ = self.browser.fit(canvas, width, structure.height)
        return ctx


def look_of(levels, theme):
    return theme.positive, levels.tobytes()


def thickness(frame):
    return THIN if frame[0].crowded else 1.0
