"""Printing: just before the page goes to paper, the sheet is made; afterwards it is let go.

The browser's own command and the page's button come to the same. What draws the sheet is imported
when somebody prints for the first time.
"""

from dataclasses import dataclass

from explorer.frames.budget import FINEST
from explorer.learning.map_computer import input_maps
from explorer.learning.maps import picture
from explorer.learning.projection import plane_of, shown_layer
from explorer.settings.settings import INPUT_NAMES


@dataclass(frozen=True)
class Pictures:
    """What a sheet shows that is more than numbers of the snapshot."""

    inputs: object  # what the inputs' tiles show
    small: list  # per layer what each unit answers, for the tiles
    layers: list  # the same as large as it gets
    plane: object = None  # the plane of a layer's features; None: the output over the data's plane
    plane_at: object = None  # the plane of a record
    confusion: tuple = ()  # the tables that the page shows
    paint_points: object = None  # draws the data over the output


class Printing:
    """Listens to the browser's printing for the application."""

    def __init__(self, app):
        self.app, self.browser = app, app.browser
        self.sheet = None
        app.actions |= {"print": lambda _: self.browser.window.print()}

    def listen(self):
        window = self.browser.window
        self.browser.listen(window, "beforeprint", lambda _event: self.begin())
        self.browser.listen(window, "afterprint", lambda _event: self.end())

    def begin(self):
        """Make the sheet of what is shown now."""
        from explorer.panels.sheet.sheet import Sheet

        self.sheet = self.sheet or Sheet(self.browser)
        experiment = self.app.experiment
        link = self.browser.element("share-link").value
        snapshot = experiment.snapshot()
        self.sheet.show(snapshot, experiment, self.pictures(snapshot), link)
        self.browser.publish(sheet=self.app.session.view)

    def end(self):
        """Afterwards nothing of it is kept."""
        if self.sheet is not None:
            self.sheet.clear()
        self.browser.root.removeAttribute("data-sheet")

    def pictures(self, snapshot):
        settings, problem = snapshot.settings, snapshot.problem
        if self.app.session.view == "playground":
            maps = picture(snapshot.maps(FINEST), FINEST)
            names = (*INPUT_NAMES, *filter(None, [settings.formula]))
            confusion = self.browser.element("confusion")
            return Pictures(
                input_maps(FINEST // 2, names), maps.small, maps.layers,
                confusion=() if confusion.hidden else (confusion,),
                paint_points=self.app.stage.output.paint_points,
            )  # fmt: skip
        layer = shown_layer(settings, snapshot.model)

        def plane_at(params):
            return plane_of(snapshot.model, problem, settings, params, layer)

        confusion = self.browser.element("wine-confusion")
        answers = [values[snapshot.by_label] for values in snapshot.responses]
        return Pictures(
            snapshot.pictured.train.inputs[snapshot.by_label] / 2, answers, answers,
            plane_at(snapshot.params), lambda record: plane_at(record.params),
            () if confusion.hidden else (confusion,),
        )  # fmt: skip
