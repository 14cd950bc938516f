"""How long what belongs to a frame may take.

A frame should be done before the display asks for the next. Whoever does a long piece of work in
parts gets a `Deadline` and asks what is left of it after each part. All times by which the page
paces itself stand here, in seconds; `budget` measures what training and drawing really cost.
"""

import math

# The frame as a whole ---------------------------------------------------------------------------

PERIOD = 1 / 60  # from frame to frame, until it is known
SHORTEST = 1 / 144  # the shortest period that a display is believed to have
FRAME = 0.016  # after so much of a frame nothing else is begun
FIRST_FRAME = 0.008  # the same where training begins, because its first picture takes longest

# Pieces of a frame ------------------------------------------------------------------------------

TRAINING = 0.004  # that training should have of a frame at least
PART = 0.003  # that one part of training should take
RUNS = 0.002  # that many runs should have of a frame at least
MAKING = 0.008  # for making elements, out of sight
SHOWING = 0.004  # after which new elements are not put into the page in the same frame
TILES = 0.010  # after which no other layer's tiles are drawn
LINKS = 0.008  # for very many links
CURVES_RUNNING = 0.002  # for the chart's curves per layer, each time that the chart is drawn
CURVES_STILL = 0.008  # the same while training stands still
LAB_PANELS = 0.006  # after which no other panel of the lab is drawn, in a picture that stays
LAB_RUNNING = 0.012  # the same while training runs

# From one time to the next ----------------------------------------------------------------------

SLOW_MOTION = 0.25  # from batch to batch
PICTURE = 0.05  # from picture to picture at full speed, where they are dear
REDRAW = 0.1  # from picture to picture of what is dear to draw, while training runs
HIDDEN = 1.0  # from work to work in a background tab; browsers allow no more

# Pictures of the film strip that one frame draws: while training runs, and else.
FILM_PLAYING, FILM_STILL = 1, 4


class Deadline:
    """A time that work should be done by: `seconds` from now, by a clock that gives seconds."""

    def __init__(self, clock, seconds):
        self.clock, self.end = clock, clock() + seconds

    def left(self):
        """Return the seconds that are left; 0 when the time has come."""
        return max(0.0, self.end - self.clock())


ENDLESS = Deadline(lambda: 0.0, math.inf)  # for work that is to be completed at once
