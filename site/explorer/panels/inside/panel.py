"""The panel of a walk: which sample, which phase, its sentence, its formula, its numbers.

Elements that stay (the phases, the choices) are made once; what belongs to a place of the walk is
written anew when the place changes. Every text becomes a text node, every formula MathML.
"""

from explorer.drawing.figures import digits_of, is_coarse, is_right, shown
from explorer.panels.inside import mathml
from explorer.panels.inside.asking import LEVELS
from explorer.panels.inside.lines import MADE_OF_OTHERS, Called
from explorer.text.inside import HINTS, INSIDE, INSIDE_HELP, PHASE_NAMES


def help_of(name):
    """The attributes that tie an element to its help."""
    return {"data_help": name, "aria_describedby": f"help-{name}"}


class InsidePanel:
    """Makes and writes the panel. `body` is its element in the page."""

    def __init__(self, browser):
        self.browser = browser
        self.body = browser.element("inside")
        self.make()

    # Made once ------------------------------------------------------------------------------

    def make(self):
        create = self.browser.create
        self.body.replaceChildren()
        head = create("header", self.body, class_="inside-head")
        create("h2", head, INSIDE["title"], id="inside-title")
        tabs = ("walk", INSIDE["walk_tab"]), ("landscape", INSIDE["landscape_tab"])
        self.tabs = self.segments(head, "inside-tab", INSIDE["tabs"], tabs)
        self.notice = create("p", self.body, class_="inside-notice", role="status")
        self.walk = create("div", self.body, class_="inside-walk")
        self.landscape = create("div", self.body, class_="inside-landscape")
        self.make_sample()
        self.make_phases()
        self.title = create("h3", self.walk, class_="inside-place")
        self.sentence = create("p", self.walk, class_="inside-sentence")
        self.symbols = create("div", self.walk, class_="symbols", aria_label=INSIDE["symbols"],
                              role="group")  # fmt: skip
        scroll = create("div", self.walk, class_="inside-scroll")
        self.lines = create("table", scroll, class_="inside-lines", aria_label=INSIDE["lines"])
        self.fold = create("button", self.walk, class_="quiet", data_action="inside-terms")
        self.remarks = create("div", self.walk, class_="inside-remarks")
        self.make_tools()
        self.make_choices()
        self.said = create("p", self.body, class_="unseen", aria_live="polite")
        helps = create("div", self.body, hidden="")
        for name, text in INSIDE_HELP.items():
            create("span", helps, text, id=f"help-{name}")

    def make_sample(self):
        create = self.browser.create
        box = create("div", self.walk, class_="inside-sample")
        self.sample = create("p", box)
        self.hint = create("p", box, class_="inside-hint")
        row = create("div", box, class_="row")
        self.scope = self.segments(
            row, "inside-scope", INSIDE["scope"], (("sample", INSIDE["alone"]), ("batch", "")),
            **help_of("inside_scope"),
        )  # fmt: skip
        create("button", row, INSIDE["next"], class_="quiet", data_action="inside-next",
               **help_of("inside_next"))  # fmt: skip

    def make_phases(self):
        create = self.browser.create
        self.phases = {}
        line = create("ol", self.walk, class_="phases", aria_label=INSIDE["phases"])
        for phase in ("input", "sum", "activation", "loss", "delta", "gradient", "update", "after"):
            item = create("li", line)
            self.phases[phase] = create(
                "button", item, PHASE_NAMES[phase], data_action="inside-phase", data_value=phase
            )

    def make_tools(self):
        create = self.browser.create
        self.tools = create("div", self.walk, class_="inside-tools")
        field = create("label", self.tools, class_="field")
        create("span", field, INSIDE["choose_weight"])
        self.weight = create(
            "select", field, id="inside-weight", aria_label=INSIDE["choose_weight"],
            **help_of("inside_weight"),
        )  # fmt: skip
        self.nudge = create("button", self.tools, INSIDE["nudge"], class_="quiet",
                            data_action="inside-nudge", **help_of("inside_nudge"))  # fmt: skip
        self.paths = create("button", self.tools, INSIDE["paths"], class_="quiet",
                            data_action="inside-paths", aria_pressed="false",
                            **help_of("inside_paths"))  # fmt: skip
        self.found = create("div", self.walk, class_="inside-found", role="status")
        self.strip = create("figure", self.walk, class_="inside-strip", hidden="")
        self.strip_canvas = create("canvas", self.strip, role="img")
        self.strip_text = create("figcaption", self.strip)

    def make_choices(self):
        create = self.browser.create
        row = create("div", self.walk, class_="inside-choices")
        field = create("label", row, class_="field")
        create("span", field, INSIDE["hide"])
        self.level = create("select", field, id="inside-level", aria_label=INSIDE["hide"],
                            **help_of("inside_level"))  # fmt: skip
        for level in LEVELS:
            create("option", self.level, INSIDE[f"hide_{level}"], value=level)
        check = create("label", row, class_="check")
        self.by_unit = create("input", check, type="checkbox", id="inside-by-unit",
                              **help_of("inside_by_unit"))  # fmt: skip
        create("span", check, INSIDE["one_by_one"])
        self.score = create("span", row, class_="inside-score")

    def segments(self, parent, action, label, choices, **helps):
        """A group of switches of which one is pressed: value -> button."""
        group = self.browser.create(
            "div", parent, class_="segments", role="group", aria_label=label, **helps
        )
        return {
            value: self.browser.create(
                "button", group, text, data_action=action, data_value=value, aria_pressed="false"
            )
            for value, text in choices
        }

    # Written at every place -----------------------------------------------------------------

    def show(self, on):
        self.body.hidden = not on

    def show_tab(self, tab):
        self.press(self.tabs, tab)
        self.walk.hidden, self.landscape.hidden = tab != "walk", tab != "landscape"

    def press(self, buttons, chosen):
        for value, button in buttons.items():
            button.setAttribute("aria-pressed", "true" if value == chosen else "false")

    def write_sample(self, text, hint, scope, batch_text):
        write = self.browser.write
        write(self.sample, text)
        write(self.hint, hint)
        write(self.scope["batch"], batch_text)
        self.press(self.scope, scope)

    def write_place(self, phase, title, sentence):
        for name, button in self.phases.items():
            if name == phase:
                button.setAttribute("aria-current", "step")
            elif button.hasAttribute("aria-current"):
                button.removeAttribute("aria-current")
        self.browser.write(self.title, title)
        self.browser.write(self.sentence, sentence)

    def write_sheet(self, sheet, asking, questions):
        """The formulas; where a line is asked for, a field takes the number's place."""
        self.symbols.replaceChildren()
        for tree in sheet.symbols:
            mathml.write_in_parts(self.browser, self.browser.create("p", self.symbols), tree)
        self.lines.replaceChildren()
        body = self.browser.create("tbody", self.lines)
        for number, line in enumerate(sheet.lines):
            row = self.browser.create("tr", body, class_="final" if line.final else "")
            span = 2 if line.tree is None else 1
            head = self.browser.create("th", row, scope="row", colspan=span)
            self.write_text(head, line.label)
            if line.tree is not None:
                formula = self.veiled(line, sheet, questions, asking)
                mathml.write_in_parts(self.browser, self.browser.create("td", row), formula)
            self.write_value(row, number, line, questions.get(number), asking)

    def veiled(self, line, sheet, questions, asking):
        """A line's formula; numbers that are asked for in other lines are question marks in it."""
        if line.hint not in MADE_OF_OTHERS:
            return line.tree
        hidden = {each.text for each in questions.values() if asking.is_open(each)}
        own = {each.text for each in sheet.lines if each.tree is None}
        return mathml.veiled(line.tree, hidden - own)

    def write_text(self, node, label):
        """A label: a text, a formula, or a symbol behind its words (lines may end between)."""
        if isinstance(label, Called):
            self.browser.create("span", node, f"{label.words} ")
            mathml.write(self.browser, node, label.symbol)
        elif isinstance(label, tuple):
            mathml.write(self.browser, node, label)
        else:
            self.browser.write(node, label)

    def write_value(self, row, number, line, question, asking):
        create = self.browser.create
        cell = create("td", row, class_="number")
        if question is None or not asking.is_open(question):
            if line.value == line.value:
                text = ("= " if line.tree is not None else "") + line.text
                create("span", cell, text, translate="no")
            self.write_verdict(cell, question, asking)
            return
        create("span", cell, "= ", translate="no")
        create("input", cell, type="text", class_="asked", data_asked=number, size="8",
               inputmode="text", autocomplete="off", spellcheck="false",
               aria_label=question.name)  # fmt: skip
        create("button", cell, "✓", class_="quiet", data_action="inside-check",
               data_value=number, aria_label=INSIDE["check"])  # fmt: skip
        self.write_verdict(cell, question, asking)

    def write_verdict(self, cell, question, asking):
        answer = question and asking.settled.get(question.key)
        if not answer or answer.given_up:
            return
        create = self.browser.create
        if answer.right:
            create("em", cell, f"✓ {INSIDE['right']}", class_="right")
            return
        hint = HINTS[question.hint]
        if is_coarse(answer.typed, question.value):
            hint = INSIDE["coarse"].format(count=digits_of(question.text))
        elif is_right(answer.typed, -question.value, question.decimals):
            hint = INSIDE["sign"]
        text = INSIDE["wrong"].format(hint=hint)
        create("em", cell, f"✗ {text}", class_="wrong")
        create("button", cell, INSIDE["show_answer"], class_="quiet", data_action="inside-reveal",
               data_value=question.key[-1])  # fmt: skip

    def refuse(self, field, text):
        """Say beside a field what is wrong with what was typed."""
        cell = field.parentNode
        verdict = cell.querySelector("em") or self.browser.create("em", cell, class_="wrong")
        self.browser.write(verdict, f"✗ {text}")
        self.reveal(field)

    def show_asked(self):
        """Bring the first number that is asked for into sight."""
        for field in self.browser.elements(".asked")[:1]:
            self.reveal(field)

    def reveal(self, field):
        """Bring a field into sight, with its formula and what is said of it."""
        row = self.browser.closest(field, "tr")
        row.scrollIntoView(self.browser.objects({"block": "nearest"}))

    def write_fold(self, text):
        self.fold.hidden = not text
        self.browser.write(self.fold, text)

    def write_remarks(self, texts):
        self.remarks.replaceChildren()
        for text in texts:
            self.browser.create("p", self.remarks, text, class_="inside-remark")

    def write_weights(self, names, chosen):
        """The menu of the numbers that lead into the unit: its weights, then its bias."""
        if [node.textContent for node in list(self.weight.children)] != names:
            self.weight.replaceChildren()
            for number, text in enumerate(names):
                self.browser.create("option", self.weight, text, value=number)
        self.weight.value = str(chosen)

    def write_found(self, sentences, rows=()):
        """Bring what a nudge or the paths have shown into sight.

        Args:
            rows: (text, tree, value) per path.
        """
        self.found.replaceChildren()
        for text in sentences:
            self.browser.create("p", self.found, text)
        if rows:
            body = self.browser.create(
                "tbody", self.browser.create("table", self.found, class_="inside-lines")
            )
            for text, tree, value in rows:
                row = self.browser.create("tr", body)
                self.browser.create("th", row, text, scope="row")
                middle = self.browser.create("td", row)
                if tree is not None:
                    mathml.write_in_parts(self.browser, middle, tree)
                self.browser.create("td", row, f"= {shown(value)}", class_="number", translate="no")
        if sentences:
            self.found.scrollIntoView(self.browser.objects({"block": "nearest"}))

    def write_score(self, right, asked):
        text = INSIDE["score"].format(right=right, asked=asked) if asked else ""
        self.browser.write(self.score, text)

    def say(self, text):
        self.browser.write(self.said, text)
