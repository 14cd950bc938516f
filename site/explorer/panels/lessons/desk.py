"""The teacher's list of receipts: a row for each, with what the replay says of it."""

from typing import NamedTuple

from explorer.text.lessons import LESSONS
from explorer.text.receipts import RECEIPTS

MARKS = {"good": "✓ ", "bad": "✗ ", "unread": "✗ ", "waiting": ""}


class Row(NamedTuple):
    """What is shown of a receipt.

    Attributes:
        state: "waiting", "good", "bad" or "unread".
    """

    student: str
    lesson: str
    passed: str
    state: str
    text: str


class DeskPanel:
    """Writes the list into the lesson's panel."""

    def __init__(self, panel):
        self.panel, self.browser = panel, panel.browser

    @property
    def is_open(self):
        return self.browser.element("receipts-rows") is not None

    def write(self, lessons):
        """Write the desk, with an empty list.

        Args:
            lessons: (name, title) of those there are.
        """
        create, panel = self.browser.create, self.panel
        panel.say("")
        panel.clear(RECEIPTS["title"], True)
        create("p", panel.body, RECEIPTS["line"], class_="lesson-line")
        create("button", panel.body, RECEIPTS["choose"], class_="button primary",
               data_action="lesson-file")  # fmt: skip
        more = create("details", panel.body)
        create("summary", more, RECEIPTS["paste"])
        create("textarea", more, id="receipts-pasted", rows="4", spellcheck="false",
               aria_label=RECEIPTS["paste"])  # fmt: skip
        create("button", more, RECEIPTS["take_pasted"], class_="button",
               data_action="receipts-paste")  # fmt: skip
        self.line = create("p", panel.body, class_="lesson-line", role="status")
        box = create("div", panel.body, class_="table-scroll")
        table = create("table", box, class_="receipts", aria_label=RECEIPTS["title"])
        head = create("tr", create("thead", table))
        for key in ("student", "lesson", "passed", "verdict"):
            create("th", head, RECEIPTS[key], scope="col")
        self.body = create("tbody", table, id="receipts-rows")
        self.shown = []  # (Row, its element)
        create("p", panel.body, RECEIPTS["limits"], class_="lesson-line")
        row = create("div", panel.foot, class_="lesson-ways")
        for key, action in (("csv", "receipts-csv"), ("clear", "receipts-clear")):
            create("button", row, RECEIPTS[key], class_="button", data_action=action)
        create("button", row, LESSONS["all"], class_="button", data_action="lesson-all")

        self.write_course(lessons)

    def write_course(self, lessons):
        """The choice of a lesson to be taken into a course."""
        create = self.browser.create
        create("h3", self.panel.foot, RECEIPTS["course"])
        create("p", self.panel.foot, RECEIPTS["course_line"])
        field = create("label", self.panel.foot, class_="field")
        create("span", field, RECEIPTS["lesson"])
        self.chosen = create("select", field, id="course-lesson", aria_label=RECEIPTS["lesson"])
        for name, title in lessons:
            create("option", self.chosen, title, value=name)
        row = create("div", self.panel.foot, class_="lesson-ways")
        create("button", row, RECEIPTS["scorm"], class_="button", data_action="lesson-course")
        for key in ("link", "element"):
            create("button", row, RECEIPTS[f"copy_{key}"], class_="button",
                   data_action="lesson-share", data_value=key)  # fmt: skip
        self.course = create("p", self.panel.foot, role="status")

    def say_course(self, text):
        self.browser.write(self.course, text)

    def show(self, rows, text):
        """Show the rows as they are now; those that have not changed stay.

        Args:
            text: How far it is.
        """
        self.browser.write(self.line, text)
        if len(rows) < len(self.shown):
            self.body.replaceChildren()
            self.shown = []
        for place, each in enumerate(rows):
            if place == len(self.shown):
                self.shown.append((None, self.browser.create("tr", self.body)))
            before, line = self.shown[place]
            if each != before:
                self.write_row(line, each)
                self.shown[place] = each, line

    def write_row(self, line, row):
        line.replaceChildren()
        line.setAttribute("data-state", row.state)
        self.browser.create("th", line, row.student, scope="row")
        for cell in (row.lesson, row.passed, MARKS[row.state] + row.text):
            self.browser.create("td", line, cell)

    def pasted(self):
        return self.browser.element("receipts-pasted").value

    def forget_pasted(self):
        self.browser.element("receipts-pasted").value = ""
