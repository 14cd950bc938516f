"""The time of a frame, shared by training and drawing, as the machine of the moment allows.

A frame should be done before the display asks for the next. The budget measures what training and
drawing cost, and answers three questions: how long may training take in this frame, how many
batches are a part that is done in a few milliseconds, and how fine may the maps be. Where drawing
leaves training too little, the maps get coarser; where even that does not help, a frame takes the
time of two or three. What it learns is smoothed, and the finer maps are tried again only after a
while, so that nothing flutters.
"""

from explorer.frames.deadline import PART, PERIOD, PICTURE, SHORTEST, TRAINING

FINEST = 100  # cells along a side of a map
CELLS = (FINEST, 50, 25)
FILLED = 0.85  # how much of a period may be used; the browser needs some itself
GROWTH = 4  # a part has at most so many times the batches of the one before
SMOOTH = 0.3  # the weight of a new measurement
STRIKES = 3  # frames in a row that are too long before the maps get coarser
PATIENCE, MOST_PATIENCE = 60, 3840  # frames until finer maps are tried again
FAR_TOO_LONG = 0.030  # seconds of drawing that need no second strike, nor do maps on trial
GUESS = 0.005  # seconds of drawing a frame, until it is known
WORTH = 0.25  # the part of drawing that maps must take for coarser ones to be of use
FINER = 3  # by how much of what they take now finer maps take longer
STEP = 0.0002  # by how much an idle frame corrects the period
FLUENT = 0.9  # of the frames that the display asks for, so many should come at full speed
LATE = 1.25  # periods after which the next frame comes late
MORE, LESS = 0.002, 0.0002  # seconds by which the browser's time is believed to be longer, shorter
LEAST_REST = 0.05  # of a period that draws nothing, so much is left over at least
MOST_ALONE = 9  # frames from picture to picture that come late


class Budget:
    """What a frame may hold. Times are in seconds; the clock is the caller's."""

    def __init__(self):
        self.period, self.last = PERIOD, None
        self.rest = 1 - FILLED  # of a period that draws nothing, which is not trained in
        self.other_pictures()
        self.other_work()

    def other_work(self):
        """Forget what a batch costs: there are others from now on."""
        self.batches = 1  # in a part of training
        self.per_batch = None

    def other_pictures(self, level=0):
        """Forget what pictures cost, and begin with the maps of a level."""
        self.level = level  # the place in CELLS
        self.costs = [None] * len(CELLS)  # seconds of drawing, by level
        self.showing = None  # seconds from a frame that draws to the next frame
        self.browser = 0.0  # seconds that the browser needs for a picture after that, as it seems
        self.strikes, self.frames, self.patience = 0, 0, PATIENCE
        self.trying = False  # whether these maps are finer than those before

    @property
    def cells(self):
        """How many cells the maps have along a side while training runs."""
        return CELLS[self.level]

    @property
    def drawing(self):
        """What drawing a frame costs at the present level."""
        known = self.costs[self.level]
        return GUESS if known is None else known

    @property
    def picture(self):
        """What a picture costs in all: drawing, and what the browser makes of it."""
        return self.drawing + self.browser

    @property
    def training(self):
        """How long training may take in a frame: what drawing leaves of it, and the browser. Where
        that is too little, a frame takes the time of two or three."""
        if self.alone - self.drawing >= TRAINING:
            return max(self.alone - self.picture, TRAINING)
        for periods in (2, 3):
            left = periods * self.alone - self.drawing
            if left >= TRAINING:
                return left
        return TRAINING

    @property
    def alone(self):
        """How long training may take in a frame that draws nothing."""
        return FILLED * self.period

    @property
    def whole(self):
        """The same at full speed, where what is seen of such frames says how much is too much."""
        return (1 - self.rest) * self.period

    def passed(self, seconds):
        """From a frame that trained for the `whole` to the next one it took that long."""
        by = MORE if seconds > LATE * self.period else -LESS / 4
        self.rest = min(max(self.rest + by / self.period, LEAST_REST), 1 - FILLED)

    @property
    def beside(self):
        """How long it may take in a frame that draws, if that is worth it; else 0."""
        left = self.alone - self.picture
        return left if left >= TRAINING else 0.0

    @property
    def frames_alone(self):
        """How many frames without a picture, n, come before one that takes `showing` seconds: as
        many as make it PICTURE from one to the next; or more, where pictures make frames late, so
        that (n + 1) / (n + showing / period) is FLUENT."""
        periods = (self.showing or 0.0) / self.period
        wanted = (FLUENT * periods - 1) / (1 - FLUENT)
        return max(min(round(wanted), MOST_ALONE), round(PICTURE / self.period) - 1)

    def shown(self, seconds):
        """From a frame that drew to the next one it took that long, with all that the browser does
        for a picture."""
        known = self.showing
        self.showing = seconds if known is None else known + SMOOTH * (seconds - known)
        by = MORE if seconds > LATE * self.period else -LESS
        self.browser = min(max(self.browser + by, 0.0), self.period)

    @property
    def is_dear(self):
        """Whether drawing takes more than half of a frame, or a frame that draws comes so late that
        too few would come if all did."""
        late = self.showing is not None and self.showing > self.period / FLUENT
        return late or self.picture > self.alone / 2

    def idle(self, now):
        """A frame with nothing to do: such frames come as fast as the display asks for them.

        The period goes to the middle of their distances step by step, so that single late frames
        do not count, nor those with work between two idle ones.
        """
        if self.last is not None and now - self.last < 2 * PERIOD:
            step = STEP if now - self.last > self.period else -STEP
            self.period = min(max(self.period + step, SHORTEST), PERIOD)
        self.last = now

    def fitting(self, seconds, unit):
        """How many batches the next part may have, so that parts of about the same length fill
        these seconds: whole units of so many, where a part holds some; 0 where there is no time
        for another part."""
        parts, unit = round(seconds / PART), unit if unit <= self.batches else 1
        if not parts or unit * (self.per_batch or 0.0) > seconds:
            return 0
        return unit * max(1, int(self.batches * seconds / (parts * PART * unit)))

    def trained(self, batches, seconds):
        """A part of training of so many batches took that long."""
        if not batches:
            return
        cost = seconds / batches
        known = self.per_batch
        self.per_batch = cost if known is None else known + SMOOTH * (cost - known)
        wanted = PART / max(self.per_batch, 1e-7)
        self.batches = max(1, int(min(wanted, GROWTH * max(batches, self.batches))))

    def drew(self, seconds, maps):
        """A frame of a running training took that long to draw, the maps of the present level
        so much of it."""
        known = self.costs[self.level]
        cost = seconds if known is None else known + SMOOTH * (seconds - known)
        self.costs[self.level] = cost
        self.choose(seconds, maps)

    def choose(self, seconds, maps):
        """Take coarser maps if drawing is too dear, finer ones, of four times the cells, if there
        may be room for them."""
        worth = maps > WORTH * seconds
        room = FILLED * self.period - TRAINING
        self.frames += 1
        self.strikes = self.strikes + 1 if seconds > room and worth else 0
        if worth and seconds > (room if self.trying else FAR_TOO_LONG):
            self.strikes = STRIKES
        if self.strikes >= STRIKES and self.level < len(CELLS) - 1:
            if self.trying:  # in vain
                self.patience = min(2 * self.patience, MOST_PATIENCE)
            self.turn(self.level + 1)
        elif self.trying and self.frames >= PATIENCE:
            self.trying, self.patience = False, PATIENCE
        elif self.level and self.frames >= self.patience and self.drawing + FINER * maps < room:
            self.turn(self.level - 1)

    def turn(self, level):
        self.trying = level < self.level
        self.level, self.strikes, self.frames = level, 0, 0
        self.costs[level] = None
