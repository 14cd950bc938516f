"""What happens from one animation frame to the next: work is done, then its picture is drawn.

No frame may take long, or the page would not answer. Each frame has a time budget: when the
reader's action or the work has used it up, what comes next waits for the next frame.
"""

from explorer.frames.deadline import FIRST_FRAME, FRAME, MAKING, RUNS, Deadline


class Loop:
    """Calls on an application's experiment, lab and stage, frame by frame."""

    def __init__(self, app):
        self.app, self.browser, self.player = app, app.browser, app.player
        self.passed = False  # whether the last frame left everything to this one
        self.undrawn = None  # what the last frames have done and left to this one to draw
        self.alone = 0  # how many frames that was
        self.drew = None  # when the last frame began, if it has drawn what training did
        self.filled = None  # or if it was training's alone, at full speed

    @property
    def ends(self):
        """Whether training has ended by itself in frames that are not drawn yet: what can be
        pressed still says Pause."""
        return self.undrawn is not None and self.undrawn[2] and not self.player.playing

    def frame(self):
        """One animation frame."""
        app, taken, began = self.app, self.browser.listened(), self.browser.now()
        if app.notebook.is_open:
            return  # nothing else is seen
        drew, self.drew = self.drew, None
        if drew is not None:
            self.player.budget.shown(began - drew)
        filled, self.filled = self.filled, None
        if filled is not None:
            self.player.budget.passed(began - filled)
        if self.passed:
            self.passed, taken = False, 0.0  # a reader who never stops does see frames
        elif taken > FRAME:
            self.passed = True
            return
        if app.session.pending is not None:
            app.session.work()
            return  # the last picture stays until the new data are there
        if app.stale and not self.prepare():
            return  # and until there is a place for all of the next
        done, self.undrawn = self.undrawn, None
        budget, alternates = self.player.budget, self.player.alternates(app.current.speed)
        if done is not None and alternates and self.alone < budget.frames_alone:
            parts, *before = done
            self.undrawn = parts + self.train(budget.whole), *before
            self.alone, self.filled = self.alone + 1, began
            self.beside(began)
            return
        if done is None:
            start, trained = self.browser.now() - taken, app.experiment.training is not None
            done = self.work(budget.whole if alternates else None)
            begins = not trained and app.experiment.training is not None
            late = self.browser.now() > start + (FIRST_FRAME if begins else FRAME)
            if late or alternates:
                self.undrawn, self.alone = done, 1
                self.filled = began if alternates else None
                self.beside(began)
                return
        elif alternates and budget.beside:
            parts, *before = done
            done = parts + self.train(budget.beside), *before
        if done[0] and self.player.is_running:
            self.drew = began
        self.draw(*done)
        self.beside(began)

    def beside(self, began):
        """What is trained beside the page has what is left of a frame, or a little."""
        for beside in (self.app.runs, self.app.lessons):
            beside.work(max(FRAME - (self.browser.now() - began), RUNS))

    def prepare(self):
        """Make elements that the next picture needs; return whether they are all there."""
        app, deadline = self.app, Deadline(self.browser.now, MAKING)
        return app.stage.prepare(app.experiment, app.session.view, deadline)

    def work(self, seconds=None):
        """Train for a frame, or for so long.

        Return the number of parts that were done, whether they complete a picture that was drawn
        already, and whether it was playing and moving before.
        """
        was_playing, was_moving = self.player.playing, self.player.is_running
        parts, pair = self.train(seconds), self.app.runs.pair
        waits = was_moving and pair is not None and pair.is_behind
        rest = not (parts or waits or self.app.stale)
        if rest and not parts:
            parts = self.refine()
        return parts, rest, was_playing, was_moving

    def train(self, seconds=None):
        """Train for the time of a frame; return the number of parts that were done.

        A run beside the page's has half of it, and is waited for where it is behind.
        """
        app, player, pair = self.app, self.player, self.app.runs.pair
        if pair is None:
            return player.frame(app.experiment, app.current.speed, seconds)
        half = (player.budget.training if seconds is None else seconds) / 2
        pair.lead(app.experiment)
        parts = 0
        if not pair.is_behind:
            parts = player.frame(app.experiment, app.current.speed, half)
        pair.follow(Deadline(self.browser.now, half))
        return parts

    def refine(self):
        """Work on what a picture that stays still lacks; return whether there is more to draw."""
        app, maps = self.app, self.app.stage.maps
        deadline = Deadline(self.browser.now, self.player.budget.training)
        if maps.under_way is None:
            return not app.stage.is_complete(app.session.view)
        while maps.under_way is not None and deadline.left():
            maps.work()
        return maps.under_way is None

    def draw(self, parts, rest, was_playing, was_moving):
        """Draw the picture of now, if it is another than the last."""
        app, player = self.app, self.player
        new = parts and (was_moving or not player.has_work(app.experiment))
        if new or app.stale or was_playing != player.playing:
            app.draw(rest and was_playing == player.playing)
        if not parts:
            player.budget.idle(self.browser.now())
