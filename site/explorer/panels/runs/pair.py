"""Two runs side by side: their pictures, their losses in one chart, and what differs in words.

On the left is the run of the page, on the right the one beside it. A line by each name shows how
its curve is drawn.
"""

import numpy as np

from explorer.drawing.scales import decimals
from explorer.panels.runs.vary import line
from explorer.text.runs import RUNS

MAP = 64  # cells along a side of a picture
WIDE, HIGH = 320, 150  # CSS pixels of the chart
LINE = 36  # of the sample of a line
DASHES = ((), (6, 4))
SIDES = ("here", "beside")
NOW = ""  # in the menu: the settings that were set aside


class PairPanel:
    """The menu, two pictures and a chart.

    Attributes:
        first: The field that has the focus when the section is opened.
        pictured: The element of which a picture can be saved.
    """

    def __init__(self, browser, node):
        self.browser, self.node, create = browser, node, browser.create
        node.replaceChildren()
        create("h3", node, RUNS["pair"])
        form = create("div", node, class_="vary-form")
        label = create("label", form, class_="field")
        create("span", label, RUNS["pair_with"])
        self.first = create("select", label, id="pair-with")
        self.names = None
        for action in ("now", "swap"):
            create("button", form, RUNS[f"pair_{action}"], class_="button",
                   data_action=f"pair-{action}")  # fmt: skip
        create("p", node, RUNS["pair_hint"], class_="sentence")
        self.line = create("p", node, class_="sentence pair-line", id="pair-line")
        self.line.setAttribute("aria-live", "polite")
        self.pictured = create("div", node, class_="pair-runs", id="pair-runs")
        self.sides = [self.make_side(side) for side in SIDES]
        figure = create("figure", self.pictured, class_="pair-losses")
        self.chart = create("canvas", figure, role="img")
        self.under = create("figcaption", figure)
        tools = create("div", node, class_="vary-tools")
        for what in ("csv", "png"):
            create("button", tools, RUNS[what], class_="button", data_action="pair-take",
                   data_value=what)  # fmt: skip
        self.status = create("p", node, class_="sentence", aria_live="polite")

    def make_side(self, side):
        create = self.browser.create
        figure = create("figure", self.pictured, data_side=side)
        words = create("figcaption", figure)
        name = create("strong", words)
        sample = create("canvas", words, aria_hidden="true", class_="pair-sample")
        stands = create("span", words, id=f"pair-{side}")
        canvas = create("canvas", figure, aria_hidden="true", class_="pair-map")
        raster = self.browser.Raster([canvas], MAP, MAP)
        return name, sample, stands, raster

    def say(self, text):
        self.browser.write(self.status, text)

    def show_names(self, names, chosen):
        """Fill the menu with the settings set aside and the names of kept runs."""
        if names != self.names:
            self.names = names
            self.first.replaceChildren()
            self.browser.create("option", self.first, RUNS["pair_aside"], value=NOW)
            for place, name in enumerate(names):
                self.browser.create("option", self.first, name, value=str(place))
        self.first.value = chosen

    def show_difference(self, text):
        self.browser.write(self.line, text)

    def draw(self, names, pictures, curves, records, theme):
        """Draw both runs.

        Args:
            names: What each is called.
            pictures: The colours of each, MAP * MAP.
            curves: (epochs, losses) of each.
            records: Where each stands: (epoch, loss, whether it has blown up).
        """
        strokes = theme.accent, theme.second
        found = zip(self.sides, names, pictures, records, strokes, DASHES, strict=True)
        for (title, sample, stands, raster), name, pixels, record, stroke, dashes in found:
            self.browser.write(title, name)
            self.browser.write(stands, words_of(*record))
            raster.draw(pixels)
            ctx, width, height = self.browser.fit(sample, LINE, 10)
            self.pen(ctx, stroke, dashes)
            ctx.stroke(self.browser.path(f"M0,{height / 2}L{width},{height / 2}"))
        self.draw_chart(curves, theme, strokes)
        said = [f"{name}: {words_of(*record)}" for name, record in zip(names, records, strict=True)]
        self.chart.setAttribute("aria-label", f"{RUNS['pair_losses']}. {'; '.join(said)}")

    def draw_chart(self, curves, theme, strokes):
        """The losses of both over the epochs, from 0 up."""
        ctx, width, height = self.browser.fit(self.chart, WIDE, HIGH)
        last = max(1.0, *(epochs[-1] for epochs, _ in curves))
        top = max(1e-9, *(float(np.nanmax(losses)) for _, losses in curves))
        self.pen(ctx, theme.hairline, ())
        ctx.stroke(self.browser.path(f"M0.5,0L0.5,{height - 0.5}L{width},{height - 0.5}"))
        for (epochs, losses), stroke, dashes in zip(curves, strokes, DASHES, strict=True):
            self.pen(ctx, stroke, dashes)
            across = 1 + epochs / last * (width - 2)
            up = height - 2 - losses / top * (height - 4)
            ctx.stroke(self.browser.path(line(zip(across, up, strict=True))))
        words = {"epochs": int(last), "top": decimals(top, 2)}
        self.browser.write(self.under, RUNS["pair_axes"].format(**words))

    def pen(self, ctx, stroke, dashes):
        ctx.setLineDash(self.browser.objects(list(dashes)))
        ctx.strokeStyle, ctx.lineWidth = stroke, 1.5


def words_of(epoch, loss, diverged):
    if diverged:
        return RUNS["pair_blown_up"].format(epoch=epoch)
    return RUNS["stands"].format(epoch=epoch, loss=decimals(loss, 4))
