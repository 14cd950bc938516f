"""What the open step of a lesson sets up on the stage: its task's start, and the controls it hides.

A student who leaves a task, to read something again, and comes back finds it as it was left, unless
the stage was set up for something else meanwhile.
"""

from dataclasses import replace

from explorer.learning.lessons.blocks import CONTROLS


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
        self.hide(self.hidden_by(task))
        if inside:
            self.room.checking.ask_inside(task)

    def set_up(self, task):
        """Begin with a task's link, at epoch 0; Undo brings back what was there."""
        app, hidden = self.app, self.hidden_by(task)
        app.notebook.leave()
        app.inside.leave()
        if task.start:
            app.open_preset("&".join([task.start, *(f"{key}_hide=true" for key in sorted(hidden))]))
        else:
            self.hide(hidden)
        if task.level:
            self.room.checking.ask_inside(task)
        if not self.browser.is_narrow():  # beside the lesson the stage may be out of sight
            top = self.browser.objects({"block": "nearest"})
            self.browser.elements(".appbar")[0].scrollIntoView(top)
        app.stale = True
