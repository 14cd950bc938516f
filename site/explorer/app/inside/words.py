"""What the panel of a walk says: the sample, the place, its sentence and remarks; and aloud."""

from explorer.drawing.figures import shown
from explorer.learning.inside.remarks import remarks_of
from explorer.learning.inside.walk import units_of
from explorer.panels.weights import unit_names
from explorer.text.inside import INSIDE, PHASE_NAMES, REMARKS, SENTENCES
from explorer.text.labels import COLUMNS, NOUNS
from explorer.text.notices import TEXT

WITH_WEIGHT = ("gradient", "update")  # phases in which one weight is looked at


class Words:
    """Writes the texts of a room's panel."""

    def __init__(self, room):
        self.room, self.browser, self.panel = room, room.browser, room.panel

    @property
    def names(self):
        """What inputs and units are called, layer by layer, the inputs first."""
        walk = self.room.walk
        names = unit_names(walk.model, walk.problem)
        if not walk.problem.on_plane:
            names[0] = [COLUMNS.get(name, name) for name in names[0]]
        return names

    @property
    def short_names(self):
        """The same in few words, for the lines of a formula: its neurons are all of one layer."""
        names, hidden = self.names, len(self.room.walk.model.layers)
        return [
            [INSIDE["neuron_short"].format(unit=u) for u in range(1, len(layer) + 1)]
            if 0 < k < hidden
            else layer
            for k, layer in enumerate(names)
        ]

    def write(self, account):
        room, walk = self.room, self.room.walk
        place = walk.place
        self.write_sample()
        sentence = SENTENCES[self.sentence_key(account)]
        self.panel.write_place(place.phase, self.title, sentence)
        self.panel.write_remarks(list(self.remarks()))
        self.write_weights()
        self.write_fold(account)
        self.panel.strip.hidden = account.kind != "mean"
        if account.kind == "mean":
            room.picture.draw_strip(account)
        if account.result is not None:
            self.panel.say(
                INSIDE["said"].format(place=self.title, name=PHASE_NAMES[place.phase],
                                      value=self.aloud(account))
            )  # fmt: skip
        else:
            self.panel.say(f"{self.title}. {sentence}")

    def aloud(self, account):
        """The result, unless it is asked for."""
        return "?" if self.room.questions else shown(account.result)

    @property
    def title(self):
        place, phase = self.room.walk.place, PHASE_NAMES
        if not place.layer:
            return phase["mean" if place.phase == "gradient" else "input"]
        if place.phase in ("loss", "after"):
            return phase[place.phase]
        unit = self.names[place.layer][self.room.unit]
        return INSIDE["place_unit"].format(phase=phase[place.phase], unit=unit)

    def sentence_key(self, account):
        walk = self.room.walk
        if account.kind == "update":
            return "update_memory" if account.values["memory_after"] else "update"
        if account.kind == "after" and walk.whole_batch:
            return "after_batch"
        return account.kind

    def remarks(self):
        walk = self.room.walk
        for key, words in remarks_of(walk, walk.place, self.room.unit):
            yield REMARKS[key].format(**{name: shown(value) for name, value in words.items()})

    def write_sample(self):
        walk, problem = self.room.walk, self.room.walk.problem
        targets = ", ".join(shown(t, short=True) for t in walk.sample.targets[:, 0].tolist())
        if problem.on_plane:
            if problem.task != "regression" and walk.model.n_outputs == 1:
                targets += TEXT["pointer_side"][int(walk.sample.targets[0, 0] <= 0)]
            text = INSIDE["sample_plane"].format(
                number=walk.row + 1, count=len(problem.train.points), target=targets
            )
        else:
            label = problem.train.labels[walk.row]
            target = problem.class_names[int(label)] if problem.class_names else targets
            noun = NOUNS[walk.settings.dataset][0].capitalize()
            number = int(problem.split.train[walk.row]) + 1
            text = INSIDE["sample_table"].format(noun=noun, number=number, target=target)
        hint = INSIDE["pick_plane" if problem.on_plane else "pick_table"]
        if len(units_of(walk.model, walk.place)) > 1 and not walk.by_unit:
            hint = INSIDE["pick_unit"]
        batch = INSIDE["together"].format(n=len(walk.batch.rows))
        self.panel.write_sample(text, hint, "batch" if walk.whole_batch else "sample", batch)

    def write_weights(self):
        """The menu of the weight that is looked at, where one is."""
        walk, panel = self.room.walk, self.panel
        place = walk.place
        panel.tools.hidden = place.phase not in WITH_WEIGHT
        if panel.tools.hidden:
            return
        layer, source, _ = walk.weight
        names = [*self.short_names[layer - 1], INSIDE["bias"]]
        panel.write_weights(names, source)
        panel.nudge.hidden = panel.paths.hidden = place.phase != "gradient" or not place.layer
        panel.paths.setAttribute("aria-pressed", "true" if self.room.paths else "false")
        self.browser.write(panel.paths, INSIDE["hide_paths" if self.room.paths else "paths"])

    @property
    def weight_name(self):
        """The weight that is looked at, in words."""
        return self.name_of(self.room.walk.weight)

    def name_of(self, weight):
        """A number of the network in words: (layer, source, unit)."""
        layer, source, unit = weight
        names, target = self.names, self.names[layer][unit]
        if source == len(names[layer - 1]):
            return INSIDE["bias_of"].format(target=target)
        return INSIDE["weight_of"].format(source=names[layer - 1][source], target=target)

    def write_fold(self, account):
        listed = sum(term.source is not None for term in account.terms)
        count = listed + (account.others[0] if account.others else 0)
        text = INSIDE["all_terms"].format(count=count) if account.others else ""
        if self.room.all_terms:
            text = INSIDE["fewer_terms"]
        self.panel.write_fold(text)
