"""What stands around the cells: the row of buttons, the state of Python, files, and lessons."""

from explorer.text.notebook import NOTEBOOK

ICONS = {
    "run": "#run .when-paused svg",
    "restart": "#reset svg",
    "plus": '[data-action="add-layer"] svg',
    "undo": '[data-action="undo"] svg',
    "open": '[data-action="open-file"] svg',
    "save": "#share-save svg",
    "files": '[data-action="take"][data-value="package"] svg',
    "more": "#open-presets svg",
    "delete": "#icon-x svg",
}
LESSONS = ("lesson_new", "lesson_old", "experiment", "empty", "as_it_was")


class Frame:
    """Builds the view once; `cells` is where the cells go.

    Args:
        has_packages: Whether cells can import more than Keras and NumPy.
    """

    def __init__(self, browser, root, has_packages):
        self.browser, self.has_packages = browser, has_packages
        root.replaceChildren()
        bar = browser.create(
            "div", root, class_="nb-bar", role="toolbar", aria_label=NOTEBOOK["tools"]
        )
        self.name = browser.create("h2", bar, class_="nb-name", translate="no")
        main = browser.create("div", bar, class_="nb-group")
        self.run = self.button(main, "nb-run-all", "run_all", "run", primary=True)
        self.stop = self.button(main, "nb-stop", "stop")
        browser.create("i", self.stop, class_="nb-square", aria_hidden="true")
        self.button(main, "nb-restart", "restart", "restart", help_="restart_help")
        group = browser.create("div", bar, class_="nb-group")
        self.button(group, "nb-add-code", "add_code", "plus", name="add_code_name")
        self.button(group, "nb-add-text", "add_text", "plus", name="add_text_name")
        self.undo = self.button(group, "nb-undo", None, "undo", name="undo")
        group = browser.create("div", bar, class_="nb-group nb-end")
        self.button(group, "nb-open", "open", "open", name="open_name", help_="open_help")
        self.button(group, "nb-save", "save", "save", name="save_name", help_="save_help")
        self.menu(group, "nb-files", "files", "files")
        self.menu(group, "nb-lessons", "more", "more")
        state = browser.create("div", root, class_="nb-state")
        self.state = browser.create("span", state, role="status", id="nb-status")
        self.progress = browser.create("progress", state, max="1", aria_labelledby="nb-status")
        self.remark = browser.create("span", state, class_="nb-remark", role="status")
        self.networks = browser.create("div", root, class_="nb-state nb-networks")
        self.networks.hidden = True
        self.cells = browser.create("div", root, class_="nb-cells", aria_label=NOTEBOOK["cells"])
        self.field = browser.create(
            "input", root, type="file", id="nb-field", multiple="", tabindex="-1",
            aria_label=NOTEBOOK["open_name"],
        )  # fmt: skip
        self.field.hidden = True
        self.files = self.popover(root, "nb-files", NOTEBOOK["files"], NOTEBOOK["files_line"])
        self.lessons(self.popover(root, "nb-lessons", NOTEBOOK["more"]))
        self.show_files([])

    def button(self, parent, action, text, icon=None, name=None, help_=None, primary=False):
        button = self.browser.create(
            "button", parent, class_="button primary" if primary else "button", data_action=action
        )
        if icon:
            button.appendChild(self.browser.copy_of(ICONS[icon]))
        if text:
            self.browser.create("span", button, NOTEBOOK[text])
        if name:
            button.setAttribute("aria-label", NOTEBOOK[name])
        if help_ or name:
            button.setAttribute("title", NOTEBOOK[help_ or name])
        return button

    def menu(self, parent, target, text, icon):
        button = self.button(parent, target, text, icon)
        button.removeAttribute("data-action")
        button.setAttribute("popovertarget", f"{target}-box")

    def popover(self, root, name, title, line=None):
        box = self.browser.create(
            "div", root, id=f"{name}-box", class_="popover nb-popover", popover="",
            role="dialog", aria_labelledby=f"{name}-title",
        )  # fmt: skip
        self.browser.create("h2", box, title, id=f"{name}-title")
        if line:
            self.browser.create("p", box, line)
        return self.browser.create("div", box, class_="nb-list")

    def lessons(self, box):
        for name in LESSONS:
            button = self.browser.create(
                "button", box, class_="nb-lesson", data_action="nb-lesson", data_value=name
            )
            self.browser.create("strong", button, NOTEBOOK[name])
            alone = not self.has_packages and f"{name}_line_alone" in NOTEBOOK
            line = f"{name}_line_alone" if alone else f"{name}_line"
            self.browser.create("span", button, NOTEBOOK[line])
        self.kept = self.browser.create("div", box, class_="nb-kept")

    def show_kept(self, names):
        """List the other notebooks that this browser keeps."""
        create = self.browser.create
        self.kept.replaceChildren()
        if names:
            create("h3", self.kept, NOTEBOOK["kept"])
        for name in names:
            row = create("div", self.kept, class_="nb-file")
            create(
                "button", row, name, class_="nb-lesson", data_action="nb-kept", data_value=name,
                translate="no",
            )  # fmt: skip
            self.small(row, "nb-forget", name, NOTEBOOK["forget"].format(name=name))

    def small(self, row, action, value, label):
        """A small button with a cross."""
        button = self.browser.create(
            "button", row, class_="mini", data_action=action, data_value=value, aria_label=label
        )
        button.appendChild(self.browser.copy_of(ICONS["delete"]))

    def show_files(self, files):
        """List the files: [name, bytes]."""
        create, box = self.browser.create, self.files
        self.listed = files
        box.replaceChildren()
        if not files:
            create("p", box, NOTEBOOK["no_files"], class_="nb-note")
        for name, size in files:
            row = create("div", box, class_="nb-file")
            create("code", row, name)
            create("span", row, NOTEBOOK["file_size"].format(size=f"{size / 1000:,.1f}"))
            self.small(row, "nb-take-file", name, NOTEBOOK["take_file"].format(name=name))

    def show_networks(self, names):
        """Offer the networks that cells have made to playground and lab."""
        create = self.browser.create
        self.networks.hidden = not names
        self.networks.replaceChildren()
        create("span", self.networks, NOTEBOOK["networks"])
        for name in names:
            title = NOTEBOOK["open_network"].format(name=name)
            create(
                "button", self.networks, name, class_="quiet", data_action="nb-model",
                data_value=name, aria_label=title, title=title, translate="no",
            )  # fmt: skip

    def show_state(self, text, share=None, busy=False):
        """Say what Python does.

        Args:
            share: How much of something is done, between 0 and 1.
        """
        self.browser.write(self.state, text)
        self.progress.hidden = share is None
        if share is not None:
            self.progress.setAttribute("value", f"{share:.3f}")
        self.stop.disabled = not busy
