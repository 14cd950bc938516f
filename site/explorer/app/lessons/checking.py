"""Answers and checks of the open step: what is right, what is not yet, and what to say to it.

A check that asks for other seeds or for kept runs takes a while. It goes on in every frame beside
the page, and a change of step ends it.
"""

from explorer.app.lessons import words
from explorer.frames.deadline import Deadline
from explorer.learning.lessons import facts
from explorer.learning.lessons.checks import name_of
from explorer.learning.lessons.journal import Entry, NoReplay, plain
from explorer.learning.lessons.judging import Case, claim_of, judge, kept_claim
from explorer.learning.lessons.lesson import Code
from explorer.panels.lessons.blocks import Said
from explorer.settings import link
from explorer.text.lessons import LESSONS


class Checking:
    """Judges what is done for a lesson's blocks.

    Attributes:
        said: By digest, what was last said to a block.
    """

    def __init__(self, room):
        self.room, self.app, self.browser = room, room.app, room.browser
        self.said = {}
        self.judging = None  # (task, Case, generator of its Verdict, cases to try after it)
        self.asked = 0  # how many answers inside a step are none of this task's
        self.actions = {
            "lesson-answer": self.answer,
            "lesson-check": self.check,
            "lesson-hint": self.hint,
            "lesson-notebook": self.open_program,
        }
        self.browser.listen(room.panel.node, "keydown", self.key_pressed)

    # Questions ----------------------------------------------------------------------------------

    def answer(self, digest):
        """Take the answer to a question."""
        room, block = self.room, self.room.block(digest)
        given = self.given(block)
        if given is None:
            text = LESSONS["no_choice" if block.choices else "no_number"]
            self.said[digest] = Said(False, (text,))
        elif block.scored and not block.is_right(given):
            self.said[digest] = Said(False, (LESSONS["wrong"],), block.feedback(given))
        else:
            room.own_progress.answers[digest] = given
            self.said.pop(digest, None)
            self.app.notices.close("lesson")
            self.done(block)
            return
        room.written(block)

    def key_pressed(self, event):
        """Enter behind a number answers with it."""
        digest, node = event.target.getAttribute("data-question"), event.target
        if event.key == "Enter" and digest and node.getAttribute("type") == "text":
            self.answer(digest)

    def given(self, block):
        """The answer in a block's form: the number of a choice or a number; None without one."""
        nodes = self.browser.elements(f'[data-question="{block.digest}"]')
        if block.choices:
            return next((place for place, node in enumerate(nodes) if node.checked), None)
        try:
            number = float(nodes[0].value.strip().replace(",", ".").replace("−", "-"))
        except ValueError:
            return None
        return number if abs(number) < 1e12 else None

    def hint(self, digest):
        """Show the next hint."""
        taken = self.room.own_progress.hints
        taken[digest] = taken.get(digest, 0) + 1
        self.room.keep()
        self.room.written(self.room.block(digest))

    def done(self, block):
        """A block is done: it is kept, shown, and told to the page around."""
        room = self.room
        room.keep()
        room.written(block)
        room.inform("passed")
        if room.own_progress.is_complete(room.lesson):
            room.inform("completed")

    # Tasks --------------------------------------------------------------------------------------

    def ask_inside(self, task):
        """Open a step at the level of the task; only answers from now on count."""

        def ready(inside):
            if inside.walk is None:
                inside.enter()
            inside.asking.level = task.level
            self.asked = len(inside.asking.log)
            if inside.walk is not None:
                inside.asking.forget()
                inside.changed()

        self.app.inside.want(ready)

    def right(self):
        """{phase: how many numbers inside a step were typed right since the task began}."""
        room = self.app.inside.room
        log = room.asking.log[self.asked :] if room is not None else []
        questions = {(each.question.key, each.question.value) for each in log if each.right}
        phases = [key[0] for key, _ in questions]
        return {phase: phases.count(phase) for phase in phases}

    def check(self, digest):
        """Look at a task: at once at what is shown, then at its replay."""
        task, app = self.room.block(digest), self.app
        if isinstance(task, Code):
            self.check_program(task)
            return
        self.stop()
        app.experiment.finish_measuring()
        found = facts.of_experiment(app.experiment)
        failing = task.check.failing(found)
        if failing:
            self.fail(task, words.of_parts(task.check, failing, found, {}), found)
            return  # training goes on: it may hold later
        app.pause()
        self.tell(task, Said(None, (LESSONS["checking"],)))
        wants = {name_of(call) for call in task.check.calls}
        parts = ["runs"] * bool(wants & {"seeds", "kept"}) + ["inside"] * ("right" in wants)
        self.fetch(parts, lambda: self.begin(task, "kept" in wants))

    def fetch(self, parts, then):
        """Call then() once these parts are there."""
        if parts:
            self.app.parts.wanted(parts[0], lambda: self.fetch(parts[1:], then))
        else:
            then()

    def open_program(self, digest):
        """Put a program into a notebook of the lesson's name; it runs when the student says so."""
        block, lesson = self.room.block(digest), self.room.lesson
        title = block.title or lesson.title
        words = LESSONS["program_words"].format(title=title, lesson=lesson.title)
        name = lesson.name.removesuffix(".md").rpartition("/")[2]
        self.app.notebook.open(lambda room: room.open_program(name, words, block.program))

    def check_program(self, block):
        """Look whether a cell of the notebook has shown what the block asks for."""
        shown = self.app.notebook.shown_by_cells()
        if any(block.shows in text for text in shown):
            self.room.own_progress.answers[block.digest] = 1
            self.said.pop(block.digest, None)
            self.done(block)
        else:
            text = LESSONS["program_other" if shown else "program_alone"]
            self.tell(block, Said(False, (LESSONS["wrong"], text.format(text=block.shows))))

    def begin(self, task, with_kept):
        """Have the run trained again, and what else the check asks for."""
        experiment, journal = self.app.experiment, self.room.journals[self.app.session.view]
        settings = experiment.settings
        entries = journal.until(experiment.epoch, experiment.batch)
        straight = [Entry(0, 0, link.encode(plain(settings)))]
        kept = self.kept() if with_kept else ()
        cases = [
            Case(claim_of(experiment, each), kept, self.right())
            for each in (entries, straight) if each
        ]  # fmt: skip
        self.judging = task, cases[0], judge(task.check, cases[0], self.engine), cases[1:]
        self.app.stale = True

    @property
    def engine(self):
        return self.app.session.engine

    def kept(self):
        """The kept runs as claims."""
        self.app.runs.act("kept-restore", None)
        return tuple(
            kept_claim(run.settings, run.epoch, (run.loss_train, run.loss_test))
            for run in self.app.runs.made.kept.runs
        )

    def stop(self):
        """Leave off what is being checked."""
        if self.judging is not None:
            self.said.pop(self.judging[0].digest, None)
            self.judging = None

    def work(self, seconds):
        """Go on with the check for so long."""
        deadline = Deadline(self.browser.now, seconds)
        while self.judging is not None and deadline.left():
            task, case, generator, others = self.judging
            try:
                next(generator)
            except StopIteration as end:
                self.judged(task, case, end.value, others)
            except NoReplay:
                self.judged(task, case, None, others)

    def judged(self, task, case, verdict, others):
        """A Verdict has come, or None where the run cannot be trained again."""
        self.judging = None
        proved = verdict is not None and verdict.proved
        if not proved and others:
            again = judge(task.check, others[0], self.engine)
            self.judging = task, others[0], again, others[1:]
        elif not proved:
            self.tell(task, Said(False, (LESSONS["not_proved"],)))
        elif verdict.holds:
            self.room.own_progress.cases[task.digest] = self.trimmed(task, case, verdict)
            self.said[task.digest] = Said(True, (LESSONS["done"],), task.done)
            self.done(task)
        else:
            check = task.check
            texts = words.of_parts(check, verdict.failing, verdict.facts, verdict.counts)
            if verdict.unproved:
                count = len(verdict.unproved)
                texts = *texts, LESSONS["kept_not_proved"].format(count=count)
            self.fail(task, texts, verdict.facts)
        self.app.stale = True

    def trimmed(self, task, case, verdict):
        """The Case as it is handed in: kept runs that do not come out again are left out."""
        kept = [c for place, c in enumerate(case.kept) if place not in verdict.unproved]
        return Case(case.run, tuple(kept), case.right)

    def fail(self, task, texts, found):
        """Say what does not hold, and what the lesson says to this wrong state."""
        feedback = next((said for check, said in task.wrong if not check.failing(found)), ())
        self.tell(task, Said(False, (LESSONS["wrong"], *texts), feedback))

    def tell(self, block, said):
        self.said[block.digest] = said
        self.room.written(block)
