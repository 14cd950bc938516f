"""The open lesson: which step is shown, what it sets up on the stage, and what is kept of it.

Entering a step sets up its first open task; later changes go into a journal that proves the run.
"""

from explorer.app.lessons.checking import Checking
from explorer.app.lessons.desk import Desk
from explorer.app.lessons.keeping import Keeping
from explorer.app.lessons.opening import LessonFiles, can_be_linked
from explorer.app.lessons.stage import LessonStage
from explorer.learning.lessons import library, receipts
from explorer.learning.lessons.journal import Journal
from explorer.learning.lessons.lesson import Task
from explorer.panels.files import Files
from explorer.panels.lessons.panel import LessonPanel
from explorer.panels.lessons.shelf import Shelf
from explorer.text.lessons import LESSONS


class Room:
    """The open lesson.

    Attributes:
        lesson: The one that is open, or None.
        own: {name: Lesson} of files.
        keeping: Holds the student's Progress.
    """

    def __init__(self, app):
        self.app, self.browser, self.door = app, app.browser, app.lessons
        self.panel = LessonPanel(app.browser)
        self.shelf = Shelf(self.panel)
        self.lesson, self.own = None, {}
        self.keeping = Keeping(app.browser, self.door)
        self.journals = {view: Journal() for view in app.session.settings}
        self.checking, self.desk = Checking(self), Desk(self)
        self.stage = LessonStage(self)
        self.files, self.saver = LessonFiles(self), Files(app.browser)
        self.open = False
        self.hidden = frozenset()  # what the link hides, without a lesson
        app.session.watch = self.noted
        app.followers.append(self)
        self.actions = {
            "lessons": lambda _: self.toggle(),
            "lesson-open": lambda name: self.open_named(name),
            "lesson-close": lambda _: self.close(),
            "lesson-all": lambda _: self.show_list(),
            "lesson-step": lambda number: self.go_to(int(number)),
            "lesson-begin": lambda digest: self.stage.set_up(self.block(digest)),
            "lesson-projector": lambda _: self.project(),
            "lesson-file": lambda _: self.browser.element("lesson-file").click(),
            "lesson-save": lambda _: self.save_receipt(),
            "lesson-copy": lambda _: self.copy(self.receipt()),
            "lesson-over": lambda _: self.start_over(),
            "lesson-link": lambda text: self.app.open_preset(text),
            "lesson-program": lambda digest: self.copy(self.block(digest).program),
            **self.checking.actions, **self.desk.actions,
        }  # fmt: skip

    # In and out ---------------------------------------------------------------------------------

    def toggle(self):
        """The button: the lesson that was open, or the list; once more puts it away."""
        if self.open:
            self.close()
        elif self.lesson is not None:
            self.open_lesson(self.lesson)
        else:
            self.show_list()

    def show(self, on):
        """Show the panel, or put it away; the stage has the room that is left."""
        if on:
            self.app.notebook.leave()
        self.open = on
        self.panel.show(on)
        for button in self.browser.elements('[data-action="lessons"]'):
            button.setAttribute("aria-expanded", "true" if on else "false")
        self.publish()
        self.app.stale = True

    def close(self):
        """Put the lesson away: all controls are there again."""
        self.checking.stop()
        if self.browser.root.hasAttribute("data-projector"):
            self.project()
        self.show(False)
        self.door.name = ""
        self.stage.hide(self.hidden)

    def put_by(self):
        """Something else takes the panel: no lesson is open, and what it hid is there again."""
        if not self.open:
            self.hidden = self.app.current.hidden
        self.checking.stop()
        self.door.name = ""
        self.lesson = None
        self.stage.hide(self.hidden)

    def show_list(self):
        """Show the list of lessons."""
        self.put_by()
        found = [*map(library.lesson, library.NAMES), *self.own.values()]
        self.shelf.write([(each, self.keeping.of(each).passed(each)) for each in found])
        self.panel.say("")
        self.show(True)
        self.panel.title.focus()

    def open_named(self, name, anew=True):
        """Open a lesson of ours or a file by its name, or fetch it; `anew` sets up the stage."""
        if name in self.own:
            self.open_lesson(self.own[name], anew)
        elif name in library.NAMES:
            self.open_lesson(library.lesson(name), anew)
        else:
            self.files.fetch(name, anew)

    def open_lesson(self, lesson, anew=True):
        """Open a lesson at the step where the student was."""
        if not self.open:
            self.hidden = self.app.current.hidden if anew else frozenset()
        self.lesson = lesson
        self.door.name = lesson.name if can_be_linked(lesson.name) else ""
        own = self.own_progress
        own.step = min(own.step, len(lesson.steps) - 1)
        changed = self.keeping.is_changed(lesson)
        self.show(True)
        self.enter(anew)
        lost = LESSONS["not_kept"] if self.keeping.is_lost else ""
        self.panel.say(LESSONS["newer"] if changed else lost)
        self.inform("opened")

    def handed(self, name):
        """The page around keeps what is done, and has handed what it has of a lesson."""
        if self.is_open and self.lesson.name == name:
            if self.keeping.take_handed(self.lesson):
                self.open_lesson(self.lesson)
            else:
                self.panel.say("")

    # Steps --------------------------------------------------------------------------------------

    @property
    def step(self):
        return self.lesson.steps[self.own_progress.step]

    @property
    def open_task(self):
        """The step's first task that is not done yet, or None."""
        tasks = [block for block in self.step.blocks if isinstance(block, Task)]
        return next((each for each in tasks if not self.own_progress.is_done(each)), None)

    def block(self, digest):
        return next(block for block in self.lesson.blocks if block.digest == digest)

    def go_to(self, number):
        """Open a step."""
        if self.lesson is not None and 0 <= number < len(self.lesson.steps):
            self.stage.leave(self.open_task)
            self.own_progress.step = number
            self.keep()
            self.panel.say(LESSONS["not_kept"] if self.keeping.is_lost else "")
            self.enter()
            self.inform("step")

    def enter(self, anew=True):
        """Write the step that is open, and set up its first task that is not done yet."""
        self.checking.stop()
        self.panel.write_step(self.lesson, self.own_progress, self.checking.said)
        self.publish()
        self.stage.enter(self.open_task, anew)
        title = self.browser.elements(".lesson-step-title")
        (title[0] if title else self.panel.title).focus()

    def written(self, block):
        """A block has to be written anew; so have those that wait for it."""
        for each in self.step.blocks:
            if each is block or each in self.step.predictions:
                said = self.checking.said.get(each.digest)
                self.panel.write_block(each, self.step, self.own_progress, said)
        self.panel.refresh_steps(self.lesson, self.own_progress)
        self.publish()

    def holds(self):
        """Whether Run has to wait for a prediction; says so."""
        question = self.own_progress.open_prediction(self.step) if self.is_open else None
        if question is None:
            return False
        self.app.notices.show("lesson", LESSONS["gate_title"], LESSONS["gate"])
        self.browser.elements(f'[data-question="{question.digest}"]')[0].focus()
        return True

    @property
    def is_open(self):
        return self.open and self.lesson is not None

    # What is kept -------------------------------------------------------------------------------

    @property
    def own_progress(self):
        return self.keeping.of(self.lesson)

    def keep(self):
        self.keeping.keep(self.lesson)

    def start_over(self):
        """Forget what was done in this lesson, once its button was pressed again."""
        button, sure = (
            self.browser.elements('[data-action="lesson-over"]')[0],
            LESSONS["start_over_sure"],
        )
        if button.textContent != sure:
            self.browser.write(button, sure)
            return
        self.keeping.forget(self.lesson)
        self.checking.said.clear()
        self.panel.blocks.drafts.clear()
        self.stage.left = None
        self.panel.say("")
        self.enter()
        self.inform("step")

    # Receipts -----------------------------------------------------------------------------------

    @property
    def student(self):
        return self.browser.element("lesson-student").value

    def receipt(self):
        return receipts.written(self.lesson, self.own_progress, self.student)

    def save_receipt(self):
        name = receipts.file_name(self.lesson, self.student)
        self.saver.save(name, self.receipt(), "application/json")
        self.panel.say(LESSONS["receipt_saved"].format(name=name))

    def copy(self, text):
        def said(copied):
            self.panel.say(LESSONS["copied" if copied else "not_copied"])

        self.browser.copy_text(text, said)

    # Around it ----------------------------------------------------------------------------------

    def project(self):
        """Larger type and fewer panels, for a class; once more is as before."""
        on = not self.browser.root.hasAttribute("data-projector")
        self.browser.root.toggleAttribute("data-projector", on)
        self.panel.press_projector(on)
        self.app.stale = True

    def publish(self):
        """The state that tests and embedders read."""
        opened = self.is_open
        own = self.own_progress if opened else None
        self.browser.publish(
            lesson=self.lesson.name if opened else "",
            lessons="open" if self.open else "",
            task=str(own.step + 1) if opened else "",
            checks_passed=str(own.passed(self.lesson)) if opened else "",
        )

    def inform(self, what):
        """Tell the page around what has happened."""
        if self.door.tell is None:
            return
        own, lesson = self.own_progress, self.lesson
        self.door.tell(
            what=what, lesson=lesson.name, step=own.step + 1, steps=len(lesson.steps),
            passed=own.passed(lesson), total=len(lesson.scored),
            completed=own.is_complete(lesson), progress=self.keeping.text(lesson),
        )  # fmt: skip

    def noted(self, experiment, settings, from_start):
        """The session changes settings: the journal of its run says when."""
        epoch, batch = (0, 0) if from_start else (experiment.epoch, experiment.batch)
        self.journals[settings.view].note(epoch, batch, settings)

    def frame(self, snapshot, _playing):
        if snapshot.epoch == snapshot.batch == 0:
            self.journals[snapshot.settings.view].note(0, 0, snapshot.settings)

    def changed(self, _settings):
        """The journal has heard of it from the session."""

    def work(self, seconds):
        self.checking.work(seconds)
        self.desk.work(seconds)
