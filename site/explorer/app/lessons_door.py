"""The way to the lessons: what the button, a link and a dropped file do before their Python is
there. Lessons and all that is behind them come with a part, when they are first wanted.
"""

import re

from explorer.app.parts import OnDemand

PART = "lessons"
ACTIONS = (
    "lessons", "lesson-open", "lesson-close", "lesson-all", "lesson-step", "lesson-answer",
    "lesson-begin", "lesson-check", "lesson-hint", "lesson-projector", "lesson-file",
    "lesson-save", "lesson-copy", "lesson-over", "lesson-link", "lesson-program", "receipts",
    "receipts-paste", "receipts-csv", "receipts-clear", "lesson-course", "lesson-notebook",
    "lesson-share",
)  # fmt: skip
NAME = re.compile(r"(?:^|&)lesson=([^&]*)")
LONGEST_NAME = 200


class LessonsDoor(OnDemand):
    """Fetches the part with the first action.

    Attributes:
        name: The name of the lesson in the address, or "".
        host_keeps: Whether the page around keeps what is done in lessons.
        handed: {name: text} of what it has kept.
    """

    def __init__(self, app):
        super().__init__(app, PART, lambda: opened(app), ACTIONS)
        # Their buttons read these.
        self.fields = {f"#lesson {tag}": lambda *_: None for tag in ("input", "textarea", "select")}
        self.name = ""
        self.tell = None  # takes what the page around is to know: tell(**what)
        self.host_keeps, self.handed = False, {}

    def link(self, text):
        """A link's text with the lesson that is open."""
        return f"lesson={self.name}&{text}" if self.name else text

    def split(self, text):
        """(the lesson that a link names, or "", the link without it)."""
        match = NAME.search(text)
        if match is None:
            return "", text
        return match[1][:LONGEST_NAME], NAME.sub("", text).removeprefix("&")

    def note(self, name):
        """Take the lesson of a link into the address; return whether it is another than before."""
        another, self.name = name != self.name, name
        return another

    def follow(self, anew=False):
        """Open the lesson in the address, or close the one that is open if there is none.

        Args:
            anew: Whether the lesson sets the stage, because the link says nothing else.
        """
        name = self.name
        if name:
            self.there(lambda room: room.open_named(name, anew))
        else:
            self.there(lambda room: room.close())

    def take(self, name, text):
        """The page around keeps what is done, and hands what it has kept of a lesson."""
        self.host_keeps, self.handed = True, {name: text}
        if self.made is not None:
            self.made.handed(name)

    def open_file(self, name, content):
        self.there(lambda room: room.files.open_lesson(name, content))

    def open_receipt(self, name, content):
        self.there(lambda room: room.desk.add(name, content))

    def there(self, then):
        """Call then(room) once the part is there."""

        def now():
            if self.made is None:
                self.made = self.make()
            then(self.made)
            self.app.stale = True

        self.app.parts.wanted(self.part, now)

    def holds(self):
        """Whether training has to wait for a prediction; the reader is then told."""
        return self.made is not None and self.made.holds()

    def work(self, seconds):
        """Go on with what is being checked."""
        if self.made is not None:
            self.made.work(seconds)


def opened(app):
    from explorer.app.lessons.room import Room

    return Room(app)
