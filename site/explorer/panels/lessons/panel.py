"""The lesson's panel: its head, the steps, the one that is open, and the way on.

The panel is made once; a step is written when it is opened, and a block of it when something
about it has changed. Where the focus was within a block, it stays.
"""

from explorer.panels.lessons import prose
from explorer.panels.lessons.blocks import BlockWriter
from explorer.text.lessons import LESSONS


class LessonPanel:
    """Owns the section `#lesson`."""

    def __init__(self, browser):
        self.browser = browser
        self.node = browser.element("lesson")
        self.blocks = BlockWriter(browser)
        self.make()

    def make(self):
        create = self.browser.create
        self.node.replaceChildren()
        head = create("header", self.node, class_="lesson-head")
        self.title = create("h2", head, id="lesson-title", tabindex="-1")
        row = create("div", head, class_="lesson-tools")
        self.list_button = create(
            "button", row, LESSONS["all"], class_="quiet", data_action="lesson-all"
        )
        self.projector = create(
            "button", row, "A+", class_="quiet", data_action="lesson-projector",
            aria_label=LESSONS["projector"], title=LESSONS["projector"], aria_pressed="false",
            translate="no",
        )  # fmt: skip
        close = create("button", row, class_="mini", data_action="lesson-close",
                       aria_label=LESSONS["close"])  # fmt: skip
        close.appendChild(self.browser.copy_of("#icon-x svg"))
        self.notice = create("p", self.node, class_="lesson-notice", role="status")
        self.body = create("div", self.node, class_="lesson-body", id="lesson-body")
        self.foot = create("footer", self.node, class_="lesson-foot")
        create(
            "input", self.node, type="file", id="lesson-file", accept=".md,.json", multiple="",
            tabindex="-1", aria_label=LESSONS["own"], hidden="",
        )  # fmt: skip

    def show(self, on):
        self.node.hidden = not on

    def say(self, text):
        """Say something below the head, and bring it into sight."""
        self.browser.write(self.notice, text)
        if text:
            self.notice.scrollIntoView(self.browser.objects({"block": "nearest"}))

    def press_projector(self, on):
        self.projector.setAttribute("aria-pressed", "true" if on else "false")

    def clear(self, title, listed):
        """Empty the panel for something else.

        Args:
            listed: Whether the list can be gone back to.
        """
        self.browser.write(self.title, title)
        self.list_button.hidden = not listed
        self.body.replaceChildren()
        self.foot.replaceChildren()
        self.node.scrollTop = 0

    def write_step(self, lesson, progress, said):
        """Write the step that is open.

        Args:
            said: By digest, what was answered last; see blocks.
        """
        create, step = self.browser.create, lesson.steps[progress.step]
        self.clear(lesson.title, True)
        self.write_steps(lesson, progress)
        if step.title:
            create("h3", self.body, step.title, class_="lesson-step-title", tabindex="-1")
        for part in step.parts:
            if isinstance(part, tuple):
                prose.write(self.browser, create("div", self.body, class_="lesson-prose"), part)
            else:
                place = create("section", self.body, class_="lesson-block", data_block=part.digest)
                self.blocks.write(place, part, step, progress, said.get(part.digest))
        self.write_foot(lesson, progress)

    def write_block(self, block, step, progress, said):
        """Write one block of the open step anew; the focus stays where it was, or goes on to what
        was said."""
        [place] = self.browser.elements(f'[data-block="{block.digest}"]')
        active = self.browser.document.activeElement
        inside = active is not None and place.contains(active)
        action = active.getAttribute("data-action") if inside else None
        self.blocks.remember(block)
        place.replaceChildren()
        self.blocks.write(place, block, step, progress, said)
        if not inside:
            return
        again = place.querySelector(f'[data-action="{action}"]') if action else None
        target = again or place.querySelector(".lesson-said") or place.querySelector("button")
        if target:
            target.focus()

    def write_steps(self, lesson, progress):
        """The steps as a row of numbers."""
        create = self.browser.create
        text = LESSONS["step"].format(number=progress.step + 1, count=len(lesson.steps))
        line = create("ol", self.body, class_="lesson-steps", aria_label=text)
        for number, step in enumerate(lesson.steps):
            scored = [block for block in step.blocks if block in lesson.scored]
            done = bool(scored) and all(map(progress.is_done, scored))
            title = step.title or lesson.title
            name = LESSONS["step_button"].format(number=number + 1, title=title)
            if done:
                name = LESSONS["step_done"].format(title=name)
            button = create(
                "button", create("li", line), "✓" if done else str(number + 1),
                data_action="lesson-step", data_value=number, aria_label=name, translate="no",
            )  # fmt: skip
            if number == progress.step:
                button.setAttribute("aria-current", "step")

    def refresh_steps(self, lesson, progress):
        """The same, after something was done; the foot with it."""
        line = self.body.querySelector(".lesson-steps")
        before = line.nextElementSibling
        line.remove()
        self.write_steps(lesson, progress)
        self.body.insertBefore(self.body.querySelector(".lesson-steps"), before)
        self.foot.replaceChildren()
        self.write_foot(lesson, progress)

    def write_foot(self, lesson, progress):
        """Back and Next; at the end how much is done, and the receipt."""
        create, last = self.browser.create, len(lesson.steps) - 1
        if progress.step == last:
            self.write_end(lesson, progress)
        row = create("div", self.foot, class_="lesson-ways")
        if progress.step:
            create("button", row, LESSONS["back"], class_="button", data_action="lesson-step",
                   data_value=progress.step - 1)  # fmt: skip
        if progress.step < last:
            done = all(map(progress.is_done, lesson.steps[progress.step].blocks))
            create("button", row, LESSONS["next"], class_="button primary" if done else "button",
                   data_action="lesson-step", data_value=progress.step + 1)  # fmt: skip

    def write_end(self, lesson, progress):
        create = self.browser.create
        words = {"passed": progress.passed(lesson), "total": len(lesson.scored)}
        key = "finished" if progress.is_complete(lesson) else "unfinished"
        create("p", self.foot, LESSONS[key].format(**words), class_="lesson-end")
        create("h3", self.foot, LESSONS["hand_in"])
        create("p", self.foot, LESSONS["hand_in_line"])
        field = create("label", self.foot, class_="field")
        create("span", field, LESSONS["name"])
        create("input", field, type="text", id="lesson-student", autocomplete="name",
               maxlength="60", aria_label=LESSONS["name"])  # fmt: skip
        row = create("div", self.foot, class_="lesson-ways")
        for key, action in (("save_receipt", "lesson-save"), ("copy_receipt", "lesson-copy"),
                            ("start_over", "lesson-over")):  # fmt: skip
            create("button", row, LESSONS[key], class_="button", data_action=action)
