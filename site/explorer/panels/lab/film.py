"""The film strip of the Wine lab: the learned features at recorded epochs, side by side.

At most as many pictures as fit on one screen are shown; of a longer run the strip shows every
second epoch, then every fifth, and so on. Pressing a picture goes to its epoch, and the slider
below goes to any.
"""

from explorer.drawing.scales import short_score
from explorer.frames.deadline import FILM_PLAYING, FILM_STILL, REDRAW
from explorer.panels.lab.strip import Strip, small_scatter
from explorer.text.wine import WINE

MOST = 20
STEPS = (1, 2, 5)


def chosen(epochs):
    """Which of the recorded epochs are shown: at most MOST, evenly spaced, and the last."""
    epochs = [epoch for epoch in epochs if epoch > 0]
    if len(epochs) <= MOST:
        return epochs
    scale = 1
    while True:
        for step in STEPS:
            picked = [epoch for epoch in epochs if epoch % (step * scale) == 0]
            if len(picked) < MOST:
                return picked if picked[-1:] == epochs[-1:] else [*picked, epochs[-1]]
        scale *= 10


class FilmPanel:
    """One small scatter per epoch, drawn once for each record."""

    def __init__(self, browser):
        self.browser = browser
        self.strip = Strip(browser, "film", "film")
        self.empty = browser.element("film-empty")
        self.slider = browser.element("wine-travel")
        self.look = None
        self.drawn_at = -1.0
        self.complete = True  # whether all pictures are there; the rest comes in the next frames

    def draw(self, experiment, problem, plane_at, look, theme, shades, playing, deadline):
        """Draw the film.

        While training runs, new pictures come a few times a second.

        Args:
            problem: The problem with the rows that are pictured.
            plane_at: `plane_at(record)` returns the plane of a record.
            look: What the pictures depend on beside it.
            deadline: After which no other picture is drawn in this frame.
        """
        now = self.browser.now()
        if playing and self.complete and now - self.drawn_at < REDRAW:
            return
        self.drawn_at = now
        if look != self.look:
            self.look = look
            self.strip.clear()
        records = {record.epoch: record for record in experiment.history.records}
        wanted = [records[epoch] for epoch in chosen(list(records))]
        self.complete = self.strip.show(
            [(record.epoch, record) for record in wanted],
            lambda canvas, record: small_scatter(
                self.browser, canvas, plane_at(record), problem, theme, shades
            ),
            lambda record: caption(record, experiment.problem.task == "regression"),
            FILM_PLAYING if playing else FILM_STILL,
            deadline,
        )
        self.empty.hidden = bool(wanted)
        self.strip.point_out(experiment.shown.epoch if wanted else None)
        self.draw_slider(experiment)

    def draw_slider(self, experiment):
        records, slider = experiment.history.records, self.slider
        first, last = records[0].epoch, max(records[-1].epoch, 1)
        for name, value in (("min", first), ("max", last), ("value", experiment.shown.epoch)):
            if getattr(slider, name) != str(value):
                setattr(slider, name, str(value))
        _, text = caption(experiment.shown, experiment.problem.task == "regression")
        if slider.getAttribute("aria-valuetext") != text:
            slider.setAttribute("aria-valuetext", text)


def caption(record, regression):
    """(what stands below a picture, what it is called)."""
    words = {"epoch": record.epoch, "accuracy": short_score(record.score_train, regression)}
    label = "film_label_value" if regression else "film_label"
    return WINE["film_caption"].format(**words), WINE[label].format(**words)
