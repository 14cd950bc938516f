"""What students have done, by lesson: kept by this browser, or by the page around this one.

A frame in a sandbox has no storage. The page around hears of everything by `lesson` events, and may
hand back what it has kept. Where nobody keeps anything, the student is told.
"""

from explorer.learning.lessons import progress
from explorer.learning.lessons.progress import Progress

KEY = "nncore-lesson-"  # of a lesson's progress in the browser's storage


class Keeping:
    """Keeps the Progress of each lesson.

    Args:
        door: Holds what the page around has handed, as `handed` {name: text}.
    """

    def __init__(self, browser, door):
        self.browser, self.door = browser, door
        self.progress = {}
        self.lost = False  # whether the browser has not kept what it was given

    def of(self, lesson):
        """The student's Progress in a lesson."""
        name = lesson.name
        if name not in self.progress:
            text = self.browser.stored(KEY + name) or self.door.handed.get(name)
            self.progress[name] = progress.read(text)
        return self.progress[name]

    def take_handed(self, lesson):
        """Go on with what the page around has handed, if nothing was done here; say whether."""
        now = self.of(lesson)
        if now.answers or now.cases or not self.door.handed.get(lesson.name):
            return False
        self.progress[lesson.name] = progress.read(self.door.handed[lesson.name])
        return True

    def is_changed(self, lesson):
        """Whether the student began with another version of the lesson; notes this one."""
        key = f"{KEY}{lesson.name}-version"
        before = self.browser.stored(key)
        self.browser.store(key, lesson.digest)
        self.lost = self.browser.stored(key) != lesson.digest
        return bool(before) and before != lesson.digest

    def keep(self, lesson):
        self.browser.store(KEY + lesson.name, self.text(lesson))

    def text(self, lesson):
        """What is to be kept."""
        return progress.written(self.of(lesson))

    def forget(self, lesson):
        self.progress[lesson.name] = Progress()
        self.keep(lesson)

    @property
    def is_lost(self):
        """Whether a reload would lose what is done now."""
        return self.lost and not self.door.host_keeps
