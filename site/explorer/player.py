"""Play, pause, step and speed: a small state machine with the clock passed in.

The player owns no timer. The page calls `frame` once per animation frame; the player pulls
training from the experiment until the frame's time budget is spent, and says what it did.
"""

from dataclasses import dataclass

BUDGET = 0.010  # seconds of training per frame
SLOW_PAUSE = 0.25  # seconds between two batches in slow motion


@dataclass
class Player:
    """Pulls training steps. `clock` gives seconds; it may start anywhere."""

    clock: object
    playing: bool = False
    due: float = 0.0  # when slow motion may take its next batch

    def play(self):
        self.playing = True
        self.due = 0.0

    def pause(self):
        self.playing = False

    def toggle(self):
        self.pause() if self.playing else self.play()

    def frame(self, experiment, speed):
        """Trains for one animation frame; gives the number of steps taken."""
        if not self.playing:
            return 0
        start = self.clock()
        if speed == "slow":
            if start < self.due:
                return 0
            self.due = start + SLOW_PAUSE
        step = experiment.step_batch if speed in ("slow", "batch") else experiment.step
        steps = 0
        while self.playing:
            step()
            steps += 1
            if experiment.finished:
                self.pause()
            if speed != "fast" or self.clock() - start >= BUDGET:
                break
        return steps
