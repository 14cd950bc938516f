"""The sheet: one page of paper that says what an experiment is, and shows how it stands.

It lies in the page, out of sight, from when printing begins to when it ends. The style sheet gives
its parts their places, upright or across, on A4 or Letter. All pictures are drawn anew, as fine as
paper, in the light theme.
"""

import math

from explorer.drawing import palette
from explorer.panels.lab.film import caption, chosen
from explorer.panels.lab.plane import PlanePanel
from explorer.panels.lab.strip import small_scatter
from explorer.panels.output import shaded
from explorer.panels.sheet import words
from explorer.panels.sheet.chart import draw_chart
from explorer.panels.sheet.network import WIDTH, PrintedNetwork, structure_for
from explorer.panels.sheet.paper import Paper
from explorer.text.sheet import SHEET

SIDE = 300  # CSS pixels along a side of the large picture; the paper scales it
CHART = 340, 150  # of the chart
CELLS = 80  # along a side of what lies behind the plane
CURVES = {"loss": ("loss_train", "loss_test"), "score": ("score_train", "score_test")}


class PrintedPlane(PlanePanel):
    """The plane of a layer's features, on two canvases of its own."""

    def __init__(self, paper, cells):
        self.browser, self.cells = paper, cells
        self.map_canvas, self.points = paper.create("canvas"), paper.create("canvas")
        self.map = paper.Raster([self.map_canvas], cells, cells)

    def size(self):
        return SIDE, SIDE

    def write_heads(self, plane):
        """The sheet's own captions say it."""


class Sheet:
    """Makes the sheet below an element, and takes it away."""

    def __init__(self, browser):
        self.paper, self.root = Paper(browser), browser.element("sheet")
        self.theme = palette.THEMES["light"]
        self.shades = palette.diverging(self.theme)
        count = len(self.theme.classes)
        self.class_shades = palette.class_shades(self.theme, count)
        self.plane_shades = palette.class_shades(self.theme, count, strength=0.4)

    def clear(self):
        self.root.replaceChildren()

    def part(self, kind, tag="div", parent=None):
        return self.paper.create(tag, parent or self.root, class_=f"sheet-{kind}")

    def figure(self, kind, caption, width, height, draw):
        node = self.part(kind, "figure")
        self.paper.picture(node, width, height, draw, caption)
        self.paper.create("figcaption", node, caption)
        return node

    def show(self, snapshot, experiment, pictures, link):
        """Fill in the sheet.

        Args:
            pictures: What the snapshot alone cannot say, see `app.printing`.
            link: Its address.
        """
        self.clear()
        self.write_head(snapshot)
        self.draw_network(snapshot, pictures)
        if pictures.plane is None:
            self.draw_output(snapshot, pictures.layers[-1], pictures.paint_points)
        else:
            self.draw_plane(snapshot, pictures.plane)
        self.write_numbers(snapshot)
        self.draw_chart(experiment.history, snapshot.settings)
        for table in pictures.confusion:
            self.part("confusion").appendChild(self.copy(table))
        if pictures.plane_at is not None:
            self.draw_film(experiment, pictures.plane_at)
        self.write_foot(link)

    def copy(self, table):
        copy = table.cloneNode(True)
        copy.removeAttribute("id")
        copy.removeAttribute("tabindex")
        return copy

    def write_head(self, snapshot):
        create, head = self.paper.create, self.part("head", "header")
        create("h1", head, words.title(snapshot.settings))
        for name in ("name", "date"):
            create("i", create("p", head, SHEET[name], class_=f"sheet-{name}"))
        rows = self.part("words", "dl")
        for name, sentence in words.words(snapshot):
            row = create("div", rows)
            create("dt", row, name)
            create("dd", row, sentence)

    def draw_network(self, snapshot, pictures):
        structure = structure_for(snapshot)
        network = PrintedNetwork(self.paper, structure, self.theme, self.shades)
        self.figure(
            "network", SHEET["key"], WIDTH, structure.height,
            lambda ctx, *_: network.draw(ctx, snapshot, pictures.inputs, pictures.small),
        )  # fmt: skip

    def draw_output(self, snapshot, values, paint_points):
        def draw(ctx, width, height):
            discrete = snapshot.settings.discretize
            pixels = shaded(values, self.shades, self.class_shades, discrete)
            side = math.isqrt(len(values))
            ctx.drawImage(self.paper.image(pixels, side, side), 0, 0, width, height)
            paint_points(ctx, width, height, snapshot, self.shades, self.theme)

        self.figure("picture", SHEET["output"], SIDE, SIDE, draw)

    def draw_plane(self, snapshot, plane):
        panel = PrintedPlane(self.paper, CELLS)
        tables = self.plane_shades, self.shades
        panel.draw_ground(plane, snapshot.problem, tables)
        panel.draw(snapshot.problem, tables, self.theme)

        def draw(ctx, width, height):
            if plane.decides:
                ctx.drawImage(panel.map_canvas, 0, 0, width, height)
            ctx.drawImage(panel.points, 0, 0, width, height)

        self.figure("picture", PlanePanel.title_of(plane), SIDE, SIDE, draw)

    def write_numbers(self, snapshot):
        create, part = self.paper.create, self.part("numbers")
        create("h2", part, SHEET["as_it_stands"].format(epoch=snapshot.epoch))
        rows = create("dl", part)
        for name, number in words.numbers(snapshot):
            row = create("div", rows)
            create("dt", row, name)
            create("dd", row, number, class_="number")

    def draw_chart(self, history, settings):
        columns = history.columns(("epoch", *CURVES[settings.chart]))
        caption = SHEET[f"chart_{settings.chart}"]
        self.figure(
            "chart", caption, *CHART,
            lambda ctx, *size: draw_chart(ctx, self.paper, columns, self.theme, *size),
        )  # fmt: skip

    def draw_film(self, experiment, plane_at):
        """Draw the film.

        Args:
            plane_at: `plane_at(record)` returns the plane of a record.
        """
        records = {record.epoch: record for record in experiment.history.records}
        problem, film = experiment.problem, self.part("film")
        for epoch in chosen(list(records)):
            frame, record = self.paper.create("figure", film), records[epoch]
            canvas = self.paper.canvas(frame)
            small_scatter(self.paper, canvas, plane_at(record), problem, self.theme, self.shades)
            self.paper.settle(canvas)
            below, _ = caption(record, problem.task == "regression")
            self.paper.create("figcaption", frame, below.replace(" · ", " ·\n"))

    def write_foot(self, link):
        foot = self.part("foot", "footer")
        self.paper.create("span", foot, f"{SHEET['link']}: ")
        self.paper.create("a", foot, link, href=link)
