"""Inside a step: joins a walk with its panel, its numbers on the diagram, and what is pressed.

Training stands still meanwhile. If the network, its data or the settings change while a step is
open, the walk begins anew, or the step is left where there is no such network any more.
"""

from explorer.app.inside.hands import Hands
from explorer.app.inside.picture import Picture
from explorer.app.inside.terrain import Terrain
from explorer.app.inside.words import Words
from explorer.drawing.figures import shown
from explorer.learning.inside.accounts import account_of
from explorer.learning.inside.taking import take
from explorer.learning.inside.walk import NoWalk, StepWalk
from explorer.panels.inside.asking import Asking
from explorer.panels.inside.formulas import sheet_of
from explorer.panels.inside.panel import InsidePanel
from explorer.text.inside import INSIDE, REFUSED


class Room:
    """The open step.

    Attributes:
        walk: The StepWalk, or None outside.
    """

    def __init__(self, app, door):
        self.app, self.browser, self.door = app, app.browser, door
        self.panel = InsidePanel(app.browser)
        self.words, self.picture = Words(self), Picture(self)
        self.asking, self.terrain = Asking(), Terrain(self)
        self.hands = Hands(self)
        self.takes = self.hands.takes
        self.walk = None
        self.unit = 0  # the unit that is looked at, from 0
        self.all_terms = self.arrived = False  # whether the walk has just come to its place
        self.paths = None  # those of the weight that is looked at, while they are shown
        self.written = None  # what the panel shows

    # In and out -----------------------------------------------------------------------------

    def enter(self):
        """Begin a walk with the first sample of the next batch."""
        self.app.pause()
        self.app.stage.card.close()
        if self.begin():
            self.terrain.open(False)
            self.panel.show(True)
            self.door.show(True)

    def begin(self, row=None, note=""):
        """Begin a walk on a training row; return whether there is one."""
        old = self.walk
        batch = old is not None and old.whole_batch
        try:
            self.walk = StepWalk(self.app.experiment, row, batch, old is not None and old.by_unit)
        except NoWalk as reason:
            self.leave()
            self.app.notices.show("inside", *REFUSED[str(reason)])
            return False
        self.app.notices.close("inside")
        if old is not None and old.model is self.walk.model:
            self.walk.weight = old.weight
        else:
            self.unit = 0
        self.asking.forget()
        self.paths, self.written = None, None
        self.browser.write(self.panel.notice, note)
        self.publish()
        return True

    def leave(self):
        self.walk = self.paths = self.written = None
        self.panel.show(False)
        self.picture.clear()
        self.door.show(False)
        self.browser.publish(
            inside="", inside_layer="", inside_unit="", inside_sample="", inside_tab=""
        )

    def publish(self):
        place, asking = self.walk.place, self.asking
        right, asked = asking.score
        self.browser.publish(
            inside=place.phase, inside_layer=str(place.layer), inside_unit=str(self.unit + 1),
            inside_sample=str(self.walk.row), inside_asked=str(asked), inside_right=str(right),
        )  # fmt: skip

    # Walking --------------------------------------------------------------------------------

    def forward(self):
        """One place on; from the last one the network takes the step."""
        if self.terrain.is_open:
            self.open_tab("walk")
        elif self.walk.at_end:
            self.take_step()
        else:
            self.moved(self.walk.move(+1))

    def open_tab(self, tab):
        self.terrain.open(tab == "landscape")

    def back(self):
        self.moved(self.walk.move(-1))

    def moved(self, moved=True):
        """The walk stands at another place: the unit looked at is one of its layer."""
        place, model = self.walk.place, self.walk.model
        if place.unit is not None:
            self.unit = place.unit
        layer = max(place.layer, 1)
        self.unit = min(self.unit, model.layers[layer - 1].units - 1)
        if place.layer:
            n_in = model.shapes[layer - 1][0]
            source = self.walk.weight[1] if self.walk.weight[0] == layer else 0
            self.walk.weight = layer, min(source, n_in - 1), self.unit
        self.all_terms, self.paths = False, None
        self.arrived |= moved
        if moved:
            self.browser.write(self.panel.notice, "")
            self.panel.write_found(())
            self.panel.body.scrollTop = 0
        self.changed()

    def changed(self):
        """What is shown has to be written anew."""
        self.written = None
        self.publish()
        self.app.stale = True

    def take_step(self):
        """The network takes this step, and the walk goes on with the next sample."""
        session, walk = self.app.session, self.walk
        session.begin()
        difference = take(self.app.experiment, walk)
        session.push_undo(live=False)
        self.app.settings_shown()
        following = None if walk.whole_batch else walk.next_row()
        key = "taken" if difference else "taken_exact"
        self.begin(following, INSIDE[key].format(difference=shown(difference)))

    def follow(self, row, note=""):
        """Walk with another sample, at the same phase."""
        place = self.walk.place
        if self.begin(row, note):
            self.walk.go_to(place.phase, place.layer)
            self.moved()

    def look_at(self, unit, layer=None, source=None):
        """Look at another unit (from 0) of the layer in focus, or of the same phase elsewhere."""
        walk, place = self.walk, self.walk.place
        if layer is not None and layer != place.layer:
            phase = place.phase if place.layer else "sum"
            phase = phase if phase not in ("input", "loss", "after") else "sum"
            walk.go_to(phase, layer)
        self.unit = unit
        if walk.by_unit:
            walk.one_by_one(True, unit)
        if source is not None and walk.place.layer:
            walk.weight = walk.place.layer, source, unit
        self.moved()

    # Drawing --------------------------------------------------------------------------------

    @property
    def account(self):
        walk = self.walk
        names = self.words.short_names
        return account_of(walk, walk.place, self.unit, walk.weight[1], names, self.all_terms)

    def frame(self, snapshot, moving):
        """After a frame: leaves where training runs, begins anew where something has changed."""
        walk = self.walk
        gone = walk.experiment is not self.app.experiment or walk.model is not snapshot.model
        if moving or gone:
            self.leave()
            return
        if self.terrain.is_open:
            self.terrain.frame()
            return
        if not walk.is_current:
            row = walk.row if walk.problem is snapshot.problem else None
            if not self.begin(row, INSIDE["changed"]):
                return
            self.walk.go_to(walk.place.phase, walk.place.layer)
            self.moved(False)
        if self.written is None:
            self.write()
        self.picture.draw(snapshot)

    def write(self):
        """Write the panel for the place where the walk stands."""
        account, panel, words = self.account, self.panel, self.words
        place_key = self.place_key
        sheet = sheet_of(account, self.unit + 1)
        self.questions = self.asking.asked(place_key, sheet)
        self.written = place_key
        words.write(account)
        panel.write_sheet(sheet, self.asking, self.questions)
        if self.arrived:
            panel.show_asked()
        self.arrived = False
        panel.write_score(*self.asking.score)
        panel.by_unit.checked = self.walk.by_unit
        panel.level.value = self.asking.level

    @property
    def place_key(self):
        place, walk = self.walk.place, self.walk
        source = walk.weight[1] if place.phase == "update" or not place.layer else 0
        return place.phase, place.layer, self.unit, source
