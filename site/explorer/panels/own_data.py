"""The dialog on the reader's own data: the way in, the progress, and the preview of a table.

Everything that comes from a file is written as text. A column's menus say what it was taken for;
what they are changed to is told by `data-own` and `data-column`.
"""

from explorer.text.data import DATA

ROWS = 6  # of the preview


class OwnDataPanel:
    """Writes into the dialog."""

    def __init__(self, browser):
        self.browser = browser
        self.body = browser.element("own-body")
        self.progress = None

    def button(self, parent, text, action, value="", primary=False):
        kind = "button primary" if primary else "button"
        return self.browser.create(
            "button", parent, text, class_=kind, data_action=action, data_value=value
        )

    def clear(self, state):
        """Empty the dialog; its state is what tests wait for."""
        self.body.replaceChildren()
        self.body.setAttribute("data-state", state)

    def show_start(self, fault="", kept=0):
        """Ask for a file or a paste.

        Args:
            fault: Why the last one cannot be used.
            kept: How many tables this browser keeps.
        """
        create = self.browser.create
        self.clear("start")
        if fault:
            create("p", self.body, fault, class_="own-fault", role="alert")
        create("p", self.body, DATA["line"])
        row = create("div", self.body, class_="row")
        self.button(row, DATA["choose"], "own-choose", primary=not fault)
        self.button(row, DATA["draw"], "own-draw")
        label = create("label", self.body, class_="own-paste")
        create("span", label, DATA["paste"])
        create(
            "textarea", label, id="own-text", rows="5", spellcheck="false", autocomplete="off",
            placeholder=DATA["paste_hint"], aria_label=DATA["paste"],
        )  # fmt: skip
        row = create("div", self.body, class_="own-foot")
        self.button(row, DATA["read"], "own-paste")
        if kept:
            words = create("p", row, DATA["kept"].format(count=kept))
            create("button", words, DATA["forget"], class_="quiet", data_action="own-forget")

    def show_progress(self, text):
        """A table is being read."""
        self.clear("reading")
        self.browser.create("p", self.body, text)
        row = self.browser.create("div", self.body, class_="row")
        self.progress = self.browser.create("progress", row, max="1", value="0", aria_label=text)
        self.button(row, DATA["stop"], "own-stop")

    def set_progress(self, share):
        self.progress.setAttribute("value", f"{share:.3f}")

    # The preview ------------------------------------------------------------------------------

    def show_preview(self, view):
        """Show what a table was taken for; return what then gives the focus to where it belongs.

        Args:
            view: See app.own_data.preview.
        """
        create, focus = self.browser.create, self.focused()
        self.clear("preview")
        head = create("div", self.body, class_="own-head")
        create("h3", head, view["title"], translate="no")
        self.button(head, DATA["other"], "own-other")
        create("p", self.body, view["line"], class_="own-line")
        if view["doubts"]:
            create("h4", self.body, DATA["doubts"])
            doubts = create("ul", self.body, class_="own-doubts")
            for doubt, answer in view["doubts"]:
                item = create("li", doubts, doubt + (" " if answer else ""))
                self.answer(item, answer)
        create("h4", self.body, DATA["columns"])
        self.make_table(view)
        self.make_choices(view)
        for name in view["groups"]:
            self.warn_of_group(name)
        if view["fault"]:
            text = view["fault"] + (" " if view["answers"] else "")
            fault = create("p", self.body, text, class_="own-fault", role="alert")
            for answer in view["answers"]:
                self.answer(fault, answer)
        if view["axes"] and not view["fault"]:
            self.offer_plane(*view["axes"])
        foot = create("div", self.body, class_="own-foot")
        words = create("div", foot, class_="own-result")
        for line in view["result"]:
            create("p", words, line)
        use = self.button(foot, DATA["use"], "own-use", primary=True)
        use.disabled = bool(view["fault"])
        return lambda: self.give_focus(focus, use)

    def answer(self, parent, answer):
        """A press that answers a doubt or a refusal: (text, action, value), or None."""
        if answer is not None:
            text, action, value = answer
            self.browser.create(
                "button", parent, text, class_="quiet", data_action=action, data_value=value
            )

    def focused(self):
        """(what, column) of the choice that has the focus, or None."""
        node = self.browser.closest(self.browser.document.activeElement, "[data-own]")
        if node is None:
            return None
        return node.getAttribute("data-own"), node.getAttribute("data-column")

    def give_focus(self, choice, otherwise):
        """The focus stays on the choice that was changed."""
        for node in self.browser.elements("#own-body [data-own]") if choice else []:
            if (node.getAttribute("data-own"), node.getAttribute("data-column")) == choice:
                node.focus()
                return
        otherwise.focus(self.browser.objects({"preventScroll": True}))  # the words stand above

    def make_table(self, view):
        create = self.browser.create
        box = create("div", self.body, class_="own-scroll", tabindex="0", role="region",
                     aria_label=DATA["preview"])  # fmt: skip
        table = create("table", box, class_="own-table")
        create("caption", table, DATA["preview"], class_="unseen")
        row = create("tr", create("thead", table))
        for column in view["columns"]:
            cell = create("th", row, scope="col", data_role=column["role"])
            name = column["name"]
            create("span", cell, name, class_="name", translate="no", title=name)
            kinds = [(kind, DATA["kinds"][kind]) for kind in column["kinds"]]
            self.menu(cell, "kind", column["kind"], kinds, DATA["kind_of"].format(name=name), name)
            roles = list(DATA["roles"].items())
            self.menu(cell, "role", column["role"], roles, DATA["role_of"].format(name=name), name)
            count = column["missing"]
            gaps = DATA["gaps"].format(count=count) if count else DATA["no_gaps"]
            create("small", cell, gaps)
        body = create("tbody", table)
        for place in range(max((len(c["head"][:ROWS]) for c in view["columns"]), default=0)):
            row = create("tr", body)
            for column in view["columns"]:
                text = column["head"][place] if place < len(column["head"]) else ""
                create("td", row, text[:60], translate="no", data_role=column["role"])

    def menu(self, parent, what, chosen, options, label, column=""):
        """A menu of (value, text)."""
        create = self.browser.create
        node = create("select", parent, data_own=what, data_column=column, aria_label=label,
                      autocomplete="off")  # fmt: skip
        for value, text in options:
            create("option", node, text, value=value)
        node.value = chosen
        return node

    def make_choices(self, view):
        """The target, missing values, if there are any, and how rows are split."""
        row = self.browser.create("div", self.body, class_="own-choices")
        for what in ("target", "missing", "by") if view["gaps"] else ("target", "by"):
            field = self.browser.create("label", row, class_="field")
            self.browser.create("span", field, DATA[what])
            chosen, options = view[what]
            self.menu(field, what, chosen, options, DATA[what])
        field = self.browser.create("label", row, class_="field")
        self.browser.create("span", field, DATA["marker"])
        self.browser.create(
            "input", field, type="text", data_own="marker", data_column="", autocomplete="off",
            placeholder=DATA["marker_hint"], aria_label=DATA["marker"], spellcheck="false",
        )  # fmt: skip
        if view["markers"]:
            line = self.browser.create("p", self.body, class_="own-markers")
            for text, action, value in view["markers"]:
                self.browser.create("span", line, text, translate="no")
                self.answer(line, (DATA["unmark"], action, value))

    def offer_plane(self, across, up, names):
        """Two columns as the plane of the playground."""
        row = self.browser.create("div", self.body, class_="own-choices own-plane")
        for what, chosen in (("across", across), ("up", up)):
            field = self.browser.create("label", row, class_="field")
            self.browser.create("span", field, DATA[what])
            self.menu(field, what, chosen, [(name, name) for name in names], DATA[what])
        self.button(row, DATA["use_plane"], "own-plane")

    def warn_of_group(self, name):
        """Why the test score would be too good, and the way out."""
        create = self.browser.create
        box = create("div", self.body, class_="own-group")
        create("strong", box, DATA["too_good"])
        create("p", box, DATA["too_good_line"].format(name=name))
        self.button(box, DATA["split_by"].format(name=name), "own-split", name)
