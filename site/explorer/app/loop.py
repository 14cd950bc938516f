"""What happens from one animation frame to the next: work is done, then its picture is drawn.

No frame may take long, or the page would not answer. So each has a measure: where the reader's
action, or the work, has taken up a frame already, what comes next is left to the next frame.
"""

ENOUGH = 0.016  # seconds after which a frame begins nothing else
AT_FIRST = 0.008  # the same where training begins, because its first picture takes longest
MAKING = 0.008  # seconds of a frame that making elements may take


class Loop:
    """Calls on an application's experiment, lab and stage, frame by frame."""

    def __init__(self, app):
        self.app, self.browser, self.player = app, app.browser, app.player
        self.passed = False  # whether the last frame left everything to this one
        self.undrawn = None  # what the last frame has done and left to this one to draw

    def frame(self):
        """One animation frame."""
        app, taken = self.app, self.browser.listened()
        if self.passed:
            self.passed, taken = False, 0.0  # a reader who never stops does see frames
        elif taken > ENOUGH:
            self.passed = True
            return
        if app.session.pending is not None:
            app.session.work()
            return  # the last picture stays until the new data are there
        if app.stale and not self.is_ready():
            return  # and until there is a place for all of the next
        done, self.undrawn = self.undrawn, None
        if done is None:
            start, trained = self.browser.now() - taken, app.experiment.training is not None
            done = self.work()
            begins = not trained and app.experiment.training is not None
            if self.browser.now() > start + (AT_FIRST if begins else ENOUGH):
                self.undrawn = done
                return
        self.draw(*done)

    def is_ready(self):
        """Makes elements that the next picture needs; gives whether they are all there."""
        app, end = self.app, self.browser.now() + MAKING
        view = app.session.view
        return app.stage.is_ready(app.experiment, view, lambda: self.browser.now() < end)

    def work(self):
        """Trains for a frame. Gives the number of parts that were done, whether they complete a
        picture that was drawn already, and whether it was playing and moving before."""
        was_playing, was_moving = self.player.playing, self.player.is_running
        parts = self.train()
        rest = not (parts or self.app.stale)
        parts += self.train_seeds()
        if rest and not parts:
            parts = self.refine()
        return parts, rest, was_playing, was_moving

    def train(self):
        """Trains for the time of a frame; gives the number of parts that were done."""
        return self.player.frame(self.app.experiment, self.app.current.speed)

    def train_seeds(self):
        """Trains some of the lab's many seeds; gives whether there was anything to do."""
        app = self.app
        return app.session.view == "wine" and app.stage.lab.work(self.browser.now)

    def refine(self):
        """Works on what a picture that stays still lacks; gives whether there is more to draw."""
        app, end = self.app, self.browser.now() + self.player.budget.training
        maps = app.stage.maps
        if maps.under_way is None:
            return not app.stage.is_complete(app.session.view)
        while maps.under_way is not None and self.browser.now() < end:
            maps.work()
        return maps.under_way is None

    def draw(self, parts, rest, was_playing, was_moving):
        """Draws the picture of now, if it is another than the last."""
        app, player = self.app, self.player
        new = parts and (was_moving or not player.has_work(app.experiment))
        if new or app.stale or was_playing != player.playing:
            app.draw(rest and was_playing == player.playing)
        if not parts:
            player.budget.idle(self.browser.now())
