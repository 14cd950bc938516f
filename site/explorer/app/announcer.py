"""Says how training goes: aloud for screen readers, and how fast it is.

A live region that changed with every frame would talk without end; this one speaks every few
seconds while training runs, and once when it stops.
"""

from explorer.drawing.scales import decimals
from explorer.text.notices import TEXT

EVERY = 5.0  # seconds between two announcements
WINDOW = 1.0  # seconds over which the speed is measured


class Announcer:
    """Keeps the live region and the speed up to date."""

    def __init__(self, browser):
        self.browser = browser
        self.region = browser.element("announcer")
        self.rate = browser.element("rate")
        self.said_at = self.counted_at = 0.0
        self.counted_epoch = 0
        self.was_playing = self.said_coarser = False

    def frame(self, snapshot, playing, coarser=False):
        """Say what this frame has to say to a screen reader.

        Args:
            coarser: Whether the maps are drawn coarser than usual, which is said once a run.
        """
        now = self.browser.now()
        if playing and not self.was_playing:
            self.said_at, self.counted_at, self.counted_epoch = now, now, snapshot.epoch
            self.said_coarser = False
        if (playing and now - self.said_at >= EVERY) or (self.was_playing and not playing):
            self.said_at = now
            said = sentence(snapshot)
            if playing and coarser and not self.said_coarser:
                self.said_coarser = True
                said = f"{said} {TEXT['coarser']}."
            self.browser.write(self.region, said)
        if playing and now - self.counted_at >= WINDOW:
            rate = (snapshot.epoch - self.counted_epoch) / (now - self.counted_at)
            text = f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"
            self.browser.write(self.rate, TEXT["rate_shown"].format(rate=text))
            self.counted_at, self.counted_epoch = now, snapshot.epoch
        elif not playing:
            self.browser.write(self.rate, "")
        self.was_playing = playing


def sentence(snapshot):
    last = snapshot.last
    if last.loss_test is None:
        return TEXT["announce_train"].format(epoch=snapshot.epoch, train=decimals(last.loss_train))
    return TEXT["announce"].format(
        epoch=snapshot.epoch, train=decimals(last.loss_train), test=decimals(last.loss_test)
    )
