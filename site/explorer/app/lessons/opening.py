"""Lessons from elsewhere: a file that was dropped or chosen, or one that lies beside the page."""

import re

from explorer.app.lessons import words
from explorer.learning.lessons import library, reader
from explorer.learning.lessons.lesson import LessonError
from explorer.text.lessons import LESSONS

LONGEST = 1_000_000  # bytes; the reader says how many characters a lesson may have
ADDRESS = re.compile(r"(?!.*//)[A-Za-z0-9_.-][A-Za-z0-9_./-]{0,180}\.md")


def can_be_linked(name):
    """Whether a link can name this lesson: one of ours, or a file that may lie beside the page."""
    return name in library.NAMES or ADDRESS.fullmatch(name) is not None


class LessonFiles:
    """Reads lessons for a room, and says what is wrong with them."""

    def __init__(self, room):
        self.room, self.browser = room, room.browser

    def open_lesson(self, name, content):
        """Preview a file."""
        self.take(name, bytes(content), LESSONS["preview"].format(name=name))

    def take(self, name, content, notice="", anew=True):
        """Open a lesson of these bytes, or show what is wrong with it."""
        room = self.room
        try:
            if len(content) > LONGEST:
                raise LessonError("long_lesson", most=reader.LONGEST, count=len(content))
            lesson = reader.read(content.decode("utf-8"), name)
        except UnicodeDecodeError:
            self.refuse(name, LESSONS["not_text"])
        except LessonError as error:
            self.refuse(name, words.fault(error))
        else:
            room.own[lesson.name] = lesson
            if room.desk.takes(lesson):
                return
            room.open_lesson(lesson, anew)
            if notice:
                room.panel.say(notice)

    def refuse(self, name, text):
        room = self.room
        room.put_by()
        room.shelf.write_faults(LESSONS["faulty_file"].format(name=name), [text])
        room.panel.say("")
        room.show(True)

    def fetch(self, name, anew):
        """Fetch a lesson from beside the page."""
        if ADDRESS.fullmatch(name) is None:
            self.lacks(LESSONS["bad_name"].format(name=name))
            return

        def came(content):
            self.take(name, content, anew=anew)
            self.room.app.stale = True

        def failed():
            self.lacks(LESSONS["unreachable"].format(name=name))

        self.browser.fetch_bytes(name, LONGEST, came, failed)

    def lacks(self, text):
        """A lesson that a link names cannot be had: the list is shown, and why."""
        self.room.show_list()
        self.room.panel.say(text)
        self.room.app.stale = True
