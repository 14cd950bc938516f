"""The teacher's desk: receipts that were dropped or pasted are trained again, one after another."""

import csv
import io

from explorer.app.lessons import words
from explorer.app.lessons.course import address_of, element_of, package
from explorer.frames.deadline import Deadline
from explorer.learning.lessons import library, receipts
from explorer.learning.lessons.lesson import LessonError
from explorer.panels.lessons.desk import DeskPanel, Row
from explorer.text.receipts import RECEIPTS

MOST = 500


class Desk:
    """Reads receipts and shows what became of them.

    Attributes:
        rows: What is shown of each receipt, in the order in which they came.
        strays: {number of the row: Receipt} of a lesson that is not open.
    """

    def __init__(self, room):
        self.room, self.browser = room, room.browser
        self.panel = DeskPanel(room.panel)
        self.rows, self.reports, self.waiting, self.strays = [], {}, [], {}
        self.verifying = None  # (number of the row, generator of its Report)
        self.left_out = 0
        self.actions = {
            "receipts": lambda _: self.show(),
            "receipts-paste": lambda _: self.paste(),
            "receipts-csv": lambda _: self.save(),
            "receipts-clear": lambda _: self.clear(),
            "lesson-course": lambda _: self.take_course(),
            "lesson-share": self.share,
        }

    def show(self):
        """Open the desk in the lesson's panel."""
        room = self.room
        room.put_by()
        found = [*map(library.lesson, library.NAMES), *room.own.values()]
        self.panel.write([(each.name, each.title) for each in found])
        room.show(True)
        self.refresh()

    def add(self, name, content):
        """Take a file."""
        try:
            text = bytes(content).decode("utf-8")
        except UnicodeDecodeError:
            text = ""
        if not self.panel.is_open:
            self.show()
        self.take(text, name)

    def paste(self):
        for text in receipts.several(self.panel.pasted()):
            self.take(text, "")
        self.panel.forget_pasted()

    def take(self, text, name):
        """Queue a receipt, or say why it cannot be read."""
        if len(self.rows) >= MOST:
            self.left_out += 1
        else:
            row = Row(name or RECEIPTS["nameless"], "", "", "waiting", RECEIPTS["waiting"])
            place = len(self.rows)
            try:
                receipt = receipts.read(text)
                row = row._replace(
                    student=receipt.student or row.student, lesson=receipt.title or receipt.lesson
                )
                self.waiting.append((place, receipt, self.lesson(receipt.lesson)))
            except LessonError as error:
                row = row._replace(state="unread", text=words.fault(error))
                if error.key == "no_lesson":
                    self.strays[place] = receipt
            self.rows.append(row)
        self.refresh()

    def takes(self, lesson):
        """Check the receipts that lacked this lesson, which is open now; say whether there are."""
        found = [place for place, each in self.strays.items() if each.lesson == lesson.name]
        for place in found:
            self.waiting.append((place, self.strays.pop(place), lesson))
            self.rows[place] = self.rows[place]._replace(state="waiting", text=RECEIPTS["waiting"])
        if found:
            self.show()
        return bool(found)

    def lesson(self, name):
        """Return the lesson of a receipt.

        Raises:
            LessonError: Where there is none.
        """
        if name in self.room.own:
            return self.room.own[name]
        if name in library.NAMES:
            return library.lesson(name)
        raise LessonError("no_lesson", name=name[:60])

    # Verifying ----------------------------------------------------------------------------------

    def work(self, seconds):
        """Train some of the runs again."""
        if self.verifying is None and not self.waiting:
            return
        deadline = Deadline(self.browser.now, seconds)
        while deadline.left() and (self.verifying or self.waiting):
            if self.verifying is None:
                place, receipt, lesson = self.waiting.pop(0)
                self.verifying = (
                    place,
                    receipts.verify(receipt, lesson, self.room.app.session.engine),
                )
                self.refresh()
            try:
                next(self.verifying[1])
            except StopIteration as end:
                self.verified(self.verifying[0], end.value)

    def verified(self, place, report):
        """A Report has come."""
        self.verifying = None
        self.reports[place] = report
        doubts = [
            RECEIPTS["doubt"].format(title=line.title, why=RECEIPTS[f"why_{line.verdict}"])
            for line in report.doubtful
        ]
        texts = doubts or [RECEIPTS["fine" if report.passed else "nothing"]]
        if not report.same:
            texts.append(RECEIPTS["changed"])
        self.rows[place] = self.rows[place]._replace(
            passed=f"{report.passed} / {len(report.lines)}", state="bad" if doubts else "good",
            text="; ".join(texts),
        )  # fmt: skip
        self.refresh()

    def refresh(self):
        """Show the list, and how far it is."""
        if not self.panel.is_open:
            return
        done = len(self.reports) + sum(row.state == "unread" for row in self.rows)
        bad = sum(row.state in ("bad", "unread") for row in self.rows)
        if self.rows and done < len(self.rows):
            text = RECEIPTS["checking"].format(number=done + 1, count=len(self.rows))
        else:
            text = RECEIPTS["checked"].format(count=done, bad=bad) if self.rows else ""
        if self.left_out:
            text += " " + RECEIPTS["too_many"].format(most=MOST, left=self.left_out)
        self.panel.show(self.rows, text)
        self.browser.publish(receipts=str(len(self.rows)), receipts_checked=str(done))
        self.room.app.stale = True

    # Taking away --------------------------------------------------------------------------------

    def save(self):
        """The reports as a table for a gradebook."""
        out = io.StringIO()
        known = [self.reports[place] for place in sorted(self.reports)]
        csv.writer(out, lineterminator="\r\n").writerows(receipts.table(known))
        self.room.saver.save("receipts.csv", out.getvalue(), "text/csv")

    def take_course(self):
        """Save a lesson as a package for a course platform."""
        name = self.panel.chosen.value
        address = address_of(self.browser.page_address(), name)
        if not address:
            self.panel.say_course(RECEIPTS["scorm_file"])
            return
        lesson = self.room.own.get(name) or library.lesson(name)
        file, content = package(lesson, address)
        self.room.saver.save(file, content, "application/zip")
        self.panel.say_course(RECEIPTS["scorm_saved"].format(name=file, address=address))

    def share(self, kind):
        """Copy a lesson's link, or the element that shows it in a web page."""
        name, page = self.panel.chosen.value, self.browser.page_address()
        text = f"{page}#lesson={name}" if kind == "link" else element_of(page, name)
        key = "copied_own" if name in self.room.own else "copied"
        said = RECEIPTS[key].format(text=text, name=name) if text else RECEIPTS["scorm_file"]
        if not text:
            self.panel.say_course(said)
            return
        self.browser.copy_text(text, lambda done: self.panel.say_course(said if done else text))

    def clear(self):
        self.rows, self.reports, self.waiting, self.verifying = [], {}, [], None
        self.strays = {}
        self.left_out = 0
        self.refresh()
