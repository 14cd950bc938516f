"""What the open step of a lesson sets up on the stage: its task's start, and the controls it hides.

A student who leaves a task, to read something again, and comes back finds it as it was left, unless
the stage was set up for something else meanwhile. Steps before the first task show its start.
"""

from dataclasses import replace

from explorer.learning.lessons.blocks import CONTROLS
from explorer.learning.lessons.lesson import Task


class LessonStage:
    """Sets up tasks for the room's lesson."""

    def __init__(self, room):
        self.room, self.app, self.browser = room, room.app, room.browser
        self.left = None  # (digest of the task that was left, the settings it was left with)

    def hide(self, keys):
        """Hide the controls with these keys, and no others."""
        self.app.session.apply(replace(self.app.current, hidden=frozenset(keys)))
        self.app.settings_shown(keep=False)

    def hidden_by(self, task):
        """The keys of controls that are hidden during a task; None where there is none."""
        limited = task is not None and task.controls is not None
        return self.room.lesson.hide | (set(CONTROLS) - task.controls if limited else set())

    @property
    def settings(self):
        return replace(self.app.current, hidden=frozenset())

    def leave(self, task):
        """The step of this task, None where all are done, is left for another step."""
        if task is not None:
            self.left = task.digest, self.settings

    def enter(self, task, anew):
        """Set up a task, None where all are done; with `anew` unless it stands as it was left."""
        inside = task is not None and task.level and not self.app.inside.is_open
        as_left = task is not None and self.left == (task.digest, self.settings) and not inside
        if task is not None and anew and not as_left:
            self.set_up(task)
            return
        if task is None and anew and self.is_before(self.first):
            self.show_start(self.first)
            return
        self.hide(self.hidden_by(task))
        if inside:
            self.room.checking.ask_inside(task)

    @property
    def first(self):
        """The lesson's first task, or None."""
        return next((each for each in self.room.lesson.blocks if isinstance(each, Task)), None)

    def is_before(self, task):
        """Whether the open step comes before this task, and nothing was begun for it."""
        if task is None or self.room.own_progress.is_done(task):
            return False
        steps, number = self.room.lesson.steps, self.room.own_progress.step
        begun = self.left == (task.digest, self.settings)
        return not begun and any(task in step.blocks for step in steps[number + 1 :])

    def show_start(self, task):
        """What the text speaks of: the task's start, with all controls that the lesson leaves."""
        self.app.notebook.leave()
        self.app.inside.leave()
        self.open_start(task, self.room.lesson.hide)

    def open_start(self, task, hidden):
        """Open a task's link, if it has one, with these keys hidden."""
        if task.start:
            hides = (f"{key}_hide=true" for key in sorted(hidden))
            self.app.open_preset("&".join([task.start, *hides]))
        else:
            self.hide(hidden)

    def set_up(self, task):
        """Begin with a task's link, at epoch 0; Undo brings back what was there."""
        app = self.app
        app.notebook.leave()
        app.inside.leave()
        self.open_start(task, self.hidden_by(task))
        if task.level:
            self.room.checking.ask_inside(task)
        if not self.browser.is_narrow():  # beside the lesson the stage may be out of sight
            top = self.browser.objects({"block": "nearest"})
            self.browser.elements(".appbar")[0].scrollIntoView(top)
        app.stale = True
