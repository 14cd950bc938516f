"""Play, pause, step and speed: a small state machine with the clock passed in.

The player owns no timer. The page calls `frame` once per animation frame; the player has the
experiment do parts of its work until training's share of the frame is spent. An epoch that takes
longer than a frame goes on in the next, and so does one single step.
"""

from explorer.frames.budget import Budget
from explorer.frames.deadline import PART, SLOW_MOTION


class Player:
    """Trains an experiment frame by frame. `clock` gives seconds; it may start anywhere."""

    def __init__(self, clock):
        self.clock, self.budget = clock, Budget()
        self.playing = False
        self.due = 0.0  # when slow motion may take its next batch
        self.goal = None  # the epoch at which it ends by itself
        self.through = False  # whether there are many epochs up to there
        self.experiment = None  # the one that the budget knows

    def play(self):
        self.pause()
        self.playing = True
        self.due = 0.0

    def pause(self):
        self.playing, self.goal, self.through = False, None, False

    def run_to(self, epoch):
        """Train at full speed, frame by frame, until so many epochs are done."""
        self.pause()
        self.goal, self.through = epoch, True

    def toggle(self):
        self.pause() if self.playing else self.play()

    @property
    def is_running(self):
        """Whether training runs: until it is paused, or until a step is done."""
        return self.playing or self.goal is not None

    def has_work(self, experiment):
        """Whether there is something to do in a frame."""
        return self.is_running or experiment.measuring is not None

    def is_finishing(self, experiment):
        """Whether something goes on that ends by itself: a step, or a measurement."""
        return not self.playing and self.has_work(experiment)

    def step(self, experiment, speed):
        """Complete the epoch, or in slow motion take a batch: begin at once, and go on in
        the next frames if that is not enough. A step more, where one is not done yet, is the
        next epoch."""
        goal = None if self.through else self.goal
        self.pause()
        if speed == "slow":
            experiment.work(1)
            return
        self.goal = (experiment.epoch if goal is None else goal) + 1
        self.frame(experiment, "epoch")

    def alternates(self, speed):
        """Whether training and drawing have frames of their own: at full speed, where drawing
        takes long. So frames come as often as the display asks for them, and training has more
        than what drawing would leave of each."""
        return self.goes_through(speed) and self.budget.is_dear

    def goes_through(self, speed):
        """Whether it trains at full speed: on from epoch to epoch within a frame."""
        return self.through or (self.playing and speed == "fast")

    def frame(self, experiment, speed, seconds=None):
        """Train for one animation frame; return the number of parts that were done.

        Args:
            seconds: How long, if not as the budget says of a frame that draws as well.
        """
        start = now = self.clock()
        if not self.has_work(experiment):
            return 0
        if self.playing and speed == "slow" and experiment.measuring is None:
            if start < self.due:
                return 0
            self.due = start + SLOW_MOTION
        budget = self.budget
        if experiment is not self.experiment or experiment.training is None:
            self.experiment = experiment
            budget.other_work()
            if experiment.measuring is None:
                experiment.prepare()
                if self.clock() > start + PART:
                    return 1  # training begins in the next frame
        seconds = budget.training if seconds is None else seconds
        end, epoch, parts = start + seconds, experiment.epoch, 0
        single = self.playing and speed in ("slow", "batch")
        through = self.goes_through(speed)
        while self.has_work(experiment):
            left = end - now if parts else max(end - now, PART)  # one part is done in any case
            batches = 1 if single else self.batches(experiment, left, through)
            if parts and not batches and experiment.measuring is None:
                break
            done = experiment.work(max(1, batches), through)
            before, now = now, self.clock()
            budget.trained(done, now - before)
            parts += 1
            if self.ended(experiment):
                self.pause()
            complete = experiment.measuring is None and (single or experiment.epoch != epoch)
            if now >= end or (complete and not through):
                break
        return parts

    def batches(self, experiment, left, through):
        """How many batches the next part may have where so many seconds are left: whole epochs if
        it goes `through` some, and no more than lead to the goal; 0 if it would end too late."""
        if not through:
            return self.budget.fitting(left, 1)
        an_epoch = experiment.problem.n_batches(experiment.settings.batch_size)
        fits = self.budget.fitting(left, an_epoch)
        return min(fits, (self.goal - experiment.epoch) * an_epoch) if self.through else fits

    def ended(self, experiment):
        """Whether training stops by itself, or a single step has completed its epoch."""
        if self.goal is not None:
            return experiment.diverged or experiment.epoch >= self.goal
        return self.playing and experiment.finished
