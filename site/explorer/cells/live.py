"""fit(..., verbose="live"): the curves of losses and metrics, drawn while a network trains."""

import functools
import time
from html import escape

from explorer.cells import display

COLOURS = ("#1f6fc4", "#d9711a", "#2a9d6f", "#9a5bb5")
SOFT = "#8b919d"
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 560, 220, 52, 28, 12
PAUSE = 0.25  # seconds between two pictures


class Picture:
    """The curves as an SVG, and their last values as text."""

    def __init__(self, history):
        self.history = history

    def _repr_svg_(self):
        return svg_of(self.history)

    def __repr__(self):
        last = ", ".join(f"{name} {values[-1]:.4g}" for name, values in self.history.items())
        return f"Epoch {epochs(self.history)}: {last}"


def epochs(history):
    return max((len(values) for values in history.values()), default=0)


def svg_of(history):
    """Losses over epochs, and metrics with them, on one scale from 0."""
    n = epochs(history)
    numbers = [v for values in history.values() for v in values if v == v and abs(v) < 1e300]
    most = max(numbers, default=1.0) or 1.0
    across, up = WIDTH - LEFT - 150, HEIGHT - BOTTOM - TOP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" font-family="Inter, system-ui, sans-serif" font-size="12">'
    ]
    for share in (0, 0.5, 1):
        y = TOP + up * (1 - share)
        parts.append(
            f'<path d="M{LEFT} {y}h{across}" stroke="{SOFT}" stroke-opacity=".35"/>'
            f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end" fill="{SOFT}">{most * share:.3g}'
            "</text>"
        )
    parts.append(
        f'<text x="{LEFT + across}" y="{HEIGHT - 8}" text-anchor="end" fill="{SOFT}">{n}</text>'
    )
    for k, (name, values) in enumerate(history.items()):
        colour = COLOURS[k % len(COLOURS)]
        points = " ".join(
            f"{LEFT + across * (i / max(n - 1, 1)):.1f},{TOP + up * (1 - v / most):.1f}"
            for i, v in enumerate(values)
            if v == v and abs(v) <= most
        )
        dash = ' stroke-dasharray="5 4"' if name.startswith("val_") else ""
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
            f'<text x="{WIDTH - 140}" y="{TOP + 14 + 18 * k}" fill="{colour}">{escape(name)} '
            f"{values[-1]:.4g}</text>"
        )
    return "".join([*parts, "</svg>"])


def install(keras):
    """Let `fit` of this Keras take verbose="live"."""
    trainer = keras.Model
    if getattr(trainer.fit, "draws", False):
        return
    plain = trainer.fit

    class Live(keras.callbacks.Callback):
        """Draws at the ends of epochs, but not more often than one can see."""

        def on_train_begin(self, logs=None):
            self.history, self.drawn = {}, 0.0

        def on_epoch_end(self, epoch, logs=None):
            for name, value in (logs or {}).items():
                self.history.setdefault(name, []).append(float(value))
            if time.monotonic() - self.drawn > PAUSE:
                self.draw()

        def on_train_end(self, logs=None):
            if self.history:
                self.draw()

        def draw(self):
            self.drawn = time.monotonic()
            display.clear_output(wait=True)
            display.show(Picture(self.history))

    @functools.wraps(plain)  # its arguments are what hints and completions show
    def fit(self, *values, verbose="auto", callbacks=None, **options):
        if verbose == "live":
            verbose, callbacks = 0, [*(callbacks or ()), Live()]
        if verbose != "auto":
            options["verbose"] = verbose
        return plain(self, *values, callbacks=callbacks, **options)

    fit.draws = True
    trainer.fit = fit
