"""The walk through the exercise on the page: six steps to press, a note, and the way on."""

from explorer.drawing.scales import decimals, percent
from explorer.text.labels import CHOICES
from explorer.text.wine import WINE


class WalkPanel:
    """Marks the steps that are done and the one that is open, and says what it is about."""

    def __init__(self, browser):
        self.browser = browser
        self.buttons = browser.elements(".steps [data-step]")
        self.lines = browser.elements(".steps .line")
        self.note = browser.element("step-note")
        self.actions = browser.element("step-actions")
        self.offered = None

    def draw(self, open_step, done, facts):
        """Show which step is open, which are done, and its note.

        Args:
            done: Numbers of the steps done.
            facts: See `facts_of`.
        """
        for button, line, text in zip(self.buttons, self.lines, lines(facts), strict=True):
            number = int(button.getAttribute("data-step"))
            button.toggleAttribute("data-done", number in done)
            if number == open_step:
                button.setAttribute("aria-current", "step")
            elif button.hasAttribute("aria-current"):
                button.removeAttribute("aria-current")
            self.browser.write(
                button.querySelector(".state"), WINE["done"] if number in done else ""
            )
            self.browser.write(line, text)
        key, words = note(open_step, facts)
        self.browser.write(self.note, WINE[key].format(**words))
        self.offer(offers(open_step, facts))

    def offer(self, actions):
        """Buttons below the note: (label, action, value) each."""
        if actions == self.offered:
            return
        self.offered = actions
        self.actions.replaceChildren()
        for label, action, value in actions:
            self.browser.create(
                "button", self.actions, label, class_="quiet", data_action=action, data_value=value
            )


def facts_of(snapshot, first, playing, nouns):
    """Return what the notes speak of.

    Args:
        first: The epoch at which all rows were right first, or None.
    """
    settings, problem = snapshot.settings, snapshot.problem
    rows = len(problem.train.inputs)
    units = settings.network_shape[-1] if settings.network_shape else len(problem.input_names)
    some = "one_unit" if units == 1 else "some_units"
    accuracy = snapshot.last.score_train  # None until many rows are measured
    return {
        "rows": rows, "all": rows + len(problem.test.inputs), "noun": nouns[0], "nouns": nouns[1],
        "classes": len(problem.class_names), "columns": len(problem.input_names),
        "shape": " · ".join(map(str, (*settings.network_shape, problem.output.units))),
        "layers": settings.network_shape,
        "activation": CHOICES["activation"][settings.activation].lower(),
        "last": CHOICES["activation"][problem.output.activation].lower(),
        "layer": len(settings.network_shape) - 1,
        "units": units,
        "some_units": WINE[some].format(units=units),
        "epochs": settings.stop_epoch, "epoch": snapshot.epoch, "batch": settings.batch_size,
        "accuracy": percent(accuracy), "playing": playing, "r2": decimals(accuracy, 2),
        "right": round(accuracy * rows) if accuracy and problem.class_names else 0,
        "first": first, "standardized": settings.standardize, "share": 100 - settings.train_share,
        "regression": not problem.class_names, "fixed": "seed" in settings.hidden,
    }  # fmt: skip


def lines(facts):
    """The line below each step's heading: how things stand."""
    trained = WINE["line_train_none"] if facts["epochs"] else WINE["line_train_open"]
    if facts["first"] is not None:
        trained = WINE["line_train_done"]
    elif facts["epoch"]:
        trained = WINE["line_train_values" if facts["regression"] else "line_train_on"]
    return [
        text.format(**facts)
        for text in (
            WINE["line_data_values" if facts["regression"] else "line_data"],
            WINE["line_scaled" if facts["standardized"] else "line_raw"],
            WINE["line_build"],
            trained,
            WINE["line_features" if facts["layers"] else "line_no_features"],
            WINE["line_plot_values" if facts["regression"] else "line_plot"],
        )
    ]


def values_note(over, facts):
    """The key of the note about training on numbers, which are never all right at once."""
    if facts["playing"] or (facts["epoch"] and not over):
        return "note_4_values_on"
    return "note_4_values_done" if over else "note_4_values"


def note(step, facts):
    """(key of the text, words): what the open step is about, as things stand."""
    key = f"note_{step}"
    if facts["regression"] and f"{key}_values" in WINE:
        key = f"{key}_values"
    if step == 2 and not facts["standardized"]:
        key = "note_2_raw"
    if step == 3 and facts["units"] != 2:
        key = "note_3_other" if facts["layers"] else "note_3_none"
    if step == 4:
        over = 0 < facts["epochs"] <= facts["epoch"]
        if facts["regression"]:
            key = values_note(over, facts)
        elif facts["first"] is not None and not facts["playing"]:
            key = "note_4_done"
        elif over:
            key = "note_4_missed"
        elif facts["epoch"] or facts["playing"]:
            key = "note_4_on"
        elif not facts["epochs"]:
            key = "note_4_open"
    if step == 6 and facts["units"] > 2:
        key = "note_6_other"
    if step == 5 and not facts["layers"]:
        key = "note_5_none"
    return key, facts


def offers(step, facts):
    """The buttons that belong to a note."""
    following = [(WINE["next"], "open-step", step + 1)] if step < 6 else []
    missed = 0 < facts["epochs"] <= facts["epoch"] and facts["first"] is None
    if step == 4 and missed and not facts["fixed"]:
        return [(WINE["new_seed_run"], "seed-and-run", ""), *following]
    if step == 6:
        return [(WINE["try_seeds"], "seeds", "")]
    return following
