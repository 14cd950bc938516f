"""Writes the blocks of a lesson: predictions and questions, tasks, programs.

What was said to the last answer or check comes as a Said; everything else is in the block and in
the student's progress. The shapes of the texts do not depend on colour: what is right begins with
a tick, what is not yet with a cross.
"""

from dataclasses import dataclass

from explorer.panels.lessons import prose
from explorer.text.lessons import LESSONS

TICK, CROSS = "✓", "✗"


@dataclass(frozen=True)
class Said:
    """What to say below a block.

    Attributes:
        good: Whether it is done, None while it is checked.
        texts: Sentences.
        prose: More of them, from the lesson.
    """

    good: bool | None
    texts: tuple = ()
    prose: tuple = ()


class BlockWriter:
    """Writes a block into an element.

    Attributes:
        drafts: By digest, what is typed for a question, or which of its choices are chosen.
    """

    def __init__(self, browser):
        self.browser = browser
        self.drafts = {}

    def remember(self, block):
        """Note what is chosen or typed for a question that is about to be written anew."""
        nodes = self.browser.elements(f'[data-question="{block.digest}"]')
        if nodes:
            chosen = [node.checked for node in nodes]
            self.drafts[block.digest] = chosen if block.choices else nodes[0].value

    def write(self, place, block, step, progress, said):
        """Write a block.

        Args:
            step: The block's, for a prediction waits for its tasks.
            said: A Said, or None.
        """
        if hasattr(block, "check"):
            self.write_task(place, block, progress, said)
        elif hasattr(block, "program"):
            self.write_code(place, block, progress, said)
        else:
            self.write_question(place, block, step, progress, said)

    def head(self, place, kind, block, done):
        """The kind of the block, its title, and its text."""
        create = self.browser.create
        place.setAttribute("data-kind", kind)
        place.toggleAttribute("data-done", done)
        line = create("p", place, class_="lesson-kind")
        create("span", line, f"{TICK} " if done else "", translate="no")
        create("span", line, LESSONS[kind])
        if block.title:
            create("h3", place, block.title)
        prose.write(self.browser, place, block.text)

    # Questions ----------------------------------------------------------------------------------

    def write_question(self, place, block, step, progress, said):
        given, done = progress.answers.get(block.digest), progress.is_done(block)
        self.head(place, "ask" if block.scored else "predict", block, done)
        if not done:
            self.write_answers(place, block)
        self.write_said(place, said)
        if not done:
            self.write_hints(place, block, progress)
            return
        self.write_outcome(place, block, step, progress, given)

    def write_answers(self, place, block):
        create, draft = self.browser.create, self.drafts.get(block.digest)
        box = create(
            "div", place, class_="lesson-answers", role="group", aria_label=LESSONS["answer"]
        )
        if block.choices:
            for number, choice in enumerate(block.choices):
                label = create("label", box, class_="check")
                node = create(
                    "input", label, type="radio", name=f"lesson-{block.digest}", value=number,
                    data_question=block.digest,
                )  # fmt: skip
                node.checked = bool(draft) and draft[number]
                create_text(self.browser, create("span", label), choice.text)
        else:
            field = create("label", box, class_="field")
            create("span", field, LESSONS["your_answer"])
            node = create(
                "input", field, type="text", inputmode="text", autocomplete="off", size="10",
                data_question=block.digest, aria_label=LESSONS["your_answer"],
            )  # fmt: skip
            node.value = draft or ""
        create("button", box, LESSONS["answer"], class_="button primary",
               data_action="lesson-answer", data_value=block.digest)  # fmt: skip

    def write_outcome(self, place, block, step, progress, given):
        """What was answered, and, when the step's tasks are done, what is so."""
        create, tasks = self.browser.create, [b for b in step.blocks if hasattr(b, "check")]
        answer = answer_text(block, given)
        if block.scored:
            create("p", place, f"{TICK} {answer}", class_="lesson-given")
        elif tasks and not all(map(progress.is_done, tasks)):
            create("p", place, LESSONS["expected"].format(answer=answer), class_="lesson-given")
            create("p", place, LESSONS["explain_later"], class_="lesson-later")
            return
        else:
            right = right_text(block)
            key = "expected"
            if right:
                key = "expected_right" if block.is_right(given) else "expected_wrong"
            create(
                "p", place, LESSONS[key].format(answer=answer, right=right), class_="lesson-given"
            )
        prose.write(self.browser, create("div", place, class_="lesson-explain"), block.explain)

    # Tasks --------------------------------------------------------------------------------------

    def write_task(self, place, block, progress, said):
        create, done = self.browser.create, progress.is_done(block)
        self.head(place, "ask" if block.level else "task", block, done)
        row = create("div", place, class_="lesson-ways")
        if block.start:
            create("button", row, LESSONS["begin_again"], class_="button",
                   data_action="lesson-begin", data_value=block.digest)  # fmt: skip
        if not done:
            create("button", row, LESSONS["check"], class_="button primary",
                   data_action="lesson-check", data_value=block.digest)  # fmt: skip
        if done and (said is None or not said.texts):
            said = Said(True, (LESSONS["done"],), block.done)
        self.write_said(place, said)
        if not done:
            self.write_hints(place, block, progress)

    def write_hints(self, place, block, progress):
        """The hints that were taken, and a button for the next one."""
        create = self.browser.create
        shown, count = progress.hints.get(block.digest, 0), len(block.hints)
        for number, hint in enumerate(block.hints[:shown], 1):
            box = create("div", place, class_="lesson-hint")
            create("p", box, LESSONS["hint_title"].format(number=number), class_="lesson-kind")
            prose.write(self.browser, box, hint)
        if shown < count:
            create("button", place, LESSONS["hint"].format(left=count - shown), class_="quiet",
                   data_action="lesson-hint", data_value=block.digest)  # fmt: skip

    def write_said(self, place, said):
        box = self.browser.create("div", place, class_="lesson-said", role="status", tabindex="-1")
        if said is None:
            return
        if said.good is not None:
            box.setAttribute("data-good", "yes" if said.good else "no")
        mark = {True: f"{TICK} ", False: f"{CROSS} ", None: ""}[said.good]
        for number, text in enumerate(said.texts):
            self.browser.create("p", box, text if number else mark + text)
        prose.write(self.browser, box, said.prose)

    # Code ---------------------------------------------------------------------------------------

    def write_code(self, place, block, progress, said):
        create, done = self.browser.create, progress.is_done(block)
        self.head(place, "code", block, block.scored and done)
        create("pre", place, block.program, class_="program", tabindex="0", translate="no")
        row = create("div", place, class_="lesson-ways")
        ways = [("open_program", "lesson-notebook"), ("copy_program", "lesson-program")]
        if not done:
            ways.append(("check", "lesson-check"))
        for key, action in ways:
            create("button", row, LESSONS[key], data_action=action, data_value=block.digest,
                   class_="button primary" if key == "check" else "button")  # fmt: skip
        if block.scored:
            self.write_said(place, Said(True, (LESSONS["done"],)) if done else said)
            if not done:
                self.write_hints(place, block, progress)


def create_text(browser, parent, text):
    """The inside of a choice's paragraph."""
    for node in text:
        for child in node.children:
            prose.append(browser, parent, child)


def answer_text(block, given):
    """An answer as it stands in a sentence."""
    if block.choices:
        place = int(given)
        return prose.text_of(block.choices[place].text) if place < len(block.choices) else "?"
    return f"{given:g}"


def right_text(block):
    """The right answer, or "" where there is none."""
    if block.choices:
        right = [choice for choice in block.choices if choice.right]
        return prose.text_of(right[0].text) if right else ""
    return "" if block.answer is None else f"{block.answer:g}"
