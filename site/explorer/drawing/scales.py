"""Straight-line scales between data and pixels, and numbers as people read them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Linear:
    """Maps [low, high] of the data to [start, end] of the screen, and back."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value):
        return self.start + (value - self.low) * self.slope

    def back(self, position):
        return self.low + (position - self.start) / self.slope

    @property
    def slope(self):
        return (self.end - self.start) / (self.high - self.low)


def grouped(epoch):
    """An epoch with six digits at least: 412 is "000,412"; it never wraps."""
    return f"{epoch:07,}" if epoch < 1_000_000 else f"{epoch:,}"


def decimals(value, places=3):
    """A number with fixed places; a dash for one that is missing or not finite."""
    if (
        not isinstance(value, int | float)
        or value != value
        or value in (float("inf"), float("-inf"))
    ):
        return "–"
    return f"{value:.{places}f}".replace("-", "−")


def whole_percent(share):
    """0.9775 is "97 %": rounded down, so that only all of them are "100 %"."""
    if share is None:
        return "–"
    return f"{int(100 * share + 1e-9)} %"


def short_score(score, regression):
    """What a small picture has room for: "97 %", or "R² 0.61" where values are predicted."""
    return f"R² {decimals(score, 2)}" if regression else whole_percent(score)


def percent(share):
    """0.9775 is "97.8 %". Rounded down at the top: only all of them are "100.0 %"."""
    if share is None:
        return "–"
    return f"{min(100 * share, 99.9 if share < 1 else 100):.1f} %"
