"""The list of lessons: what one learns in each, how long it takes, and how far one is."""

from explorer.text.lessons import LESSONS
from explorer.text.receipts import RECEIPTS


class Shelf:
    """Writes the list into the lesson's panel."""

    def __init__(self, panel):
        self.panel, self.browser = panel, panel.browser

    def write(self, entries):
        """Write the list of lessons.

        Args:
            entries: (lesson, passed) in order; a lesson of a file stands behind ours.
        """
        create, panel = self.browser.create, self.panel
        panel.clear(LESSONS["title"], False)
        create("p", panel.body, LESSONS["line"], class_="lesson-line")
        listed = create("ol", panel.body, class_="shelf")
        for number, (lesson, passed) in enumerate(entries, 1):
            button = create(
                "button", create("li", listed), data_action="lesson-open", data_value=lesson.name
            )
            create("span", button, str(number), class_="shelf-number", translate="no")
            text = create("span", button, class_="shelf-text")
            create("strong", text, lesson.title)
            create("span", text, lesson.learn)
            line = create("span", button, class_="shelf-state")
            create("span", line, LESSONS["minutes"].format(minutes=lesson.minutes))
            total = len(lesson.scored)
            if passed:
                key = "state_done" if passed == total else "state_begun"
                state = LESSONS[key].format(passed=passed, total=total)
                create("span", line, f"✓ {state}" if passed == total else state,
                       data_done="yes" if passed == total else "no")  # fmt: skip
        row = create("div", panel.foot, class_="lesson-ways")
        create("button", row, LESSONS["own"], class_="button", data_action="lesson-file")
        create("button", row, RECEIPTS["title"], class_="button", data_action="receipts")

    def write_faults(self, title, faults):
        """A lesson that cannot be used: a sentence for each fault."""
        panel = self.panel
        panel.clear(title, True)
        box = self.browser.create("ul", panel.body, class_="lesson-faults")
        for text in faults:
            self.browser.create("li", box, text)
