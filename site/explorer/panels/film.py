"""The film strip of the Wine lab: the learned features after every epoch, side by side."""

from explorer.scales import Linear, whole_percent
from explorer.strings import TEXT
from explorer.views import scatter

SIDE = 60
MOST = 60  # pictures that are kept


class FilmPanel:
    """One small scatter per epoch, drawn once when the epoch is complete."""

    def __init__(self, browser):
        self.browser = browser
        self.strip = browser.element("film")
        self.empty = browser.element("film-empty")
        self.drawn = None
        self.frames = []

    def draw(self, experiment, theme):
        """Adds a picture for each epoch that has none yet; starts anew with a new run."""
        key = (id(experiment.history), theme.ink)
        if key != self.drawn:
            self.drawn = key
            self.strip.replaceChildren()
            self.frames = []
        shown = {epoch for epoch, _ in self.frames}
        for record in experiment.history.records[-MOST:]:
            if record.epoch > 0 and record.epoch not in shown and len(self.frames) < MOST:
                self.frames.append((record.epoch, self.picture(experiment, record, theme)))
        self.empty.hidden = bool(self.frames)
        for epoch, item in self.frames:
            if epoch == experiment.epoch:
                item.setAttribute("aria-current", "true")
            elif item.hasAttribute("aria-current"):
                item.removeAttribute("aria-current")

    def picture(self, experiment, record, theme):
        item = self.browser.create("li", self.strip)
        canvas = self.browser.create("canvas", item, aria_hidden="true")
        caption = TEXT["film_caption"].format(
            epoch=record.epoch, accuracy=whole_percent(record.score_train)
        )
        self.browser.create("span", item, caption)
        ctx, width, height = self.browser.fit(canvas, SIDE, SIDE)
        plane = experiment.features_at(record)
        if plane is not None:
            points, reach = plane
            scatter.draw(
                ctx, self.browser.path,
                scatter.class_groups(
                    Linear(-reach, reach, 0, width)(points[:, 0]),
                    Linear(-reach, reach, height, 0)(points[:, 1]),
                    experiment.problem.train.labels, theme.classes, 1.6,
                ),
                theme.rim, 0.4,
            )  # fmt: skip
        return item
