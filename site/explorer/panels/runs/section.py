"""What the panels of runs that are trained have in common: a form, how far it is, a sentence.

What came of the runs is shown below, by each panel in its own way.
"""

from explorer.text.runs import RUNS


class SectionPanel:
    """A form at the top of an element, and below it a line and a bar.

    Args:
        node: The element that holds all; what was in it before is gone.
        action: How the actions of the buttons begin: `action`-start and `action`-stop.
        title: What stands above the form.
    """

    def __init__(self, browser, node, action, title):
        self.browser, self.node, self.action = browser, node, action
        node.replaceChildren()
        browser.create("h3", node, title)
        self.form = browser.create("div", node, class_="vary-form")

    def field(self, label):
        node = self.browser.create("label", self.form, class_="field")
        self.browser.create("span", node, label)
        return node

    def menu(self, identity, label, texts):
        """A menu.

        Args:
            texts: {value: what it is called}; the first is chosen.
        """
        node = self.browser.create("select", self.field(label), id=identity)
        for value, text in texts.items():
            self.browser.create("option", node, text, value=value)
        node.value = str(next(iter(texts)))
        return node

    def entry(self, identity, label, value, kind="vary-short"):
        node = self.browser.create(
            "input", self.field(label), type="text", id=identity, class_=kind, autocomplete="off"
        )
        node.value = value
        return node

    def finish(self, hint, label):
        """The buttons of the form, and what is below it.

        Args:
            label: What the bar is called.
        """
        create, action = self.browser.create, self.action
        self.start = create(
            "button", self.form, RUNS["start"], class_="button primary",
            data_action=f"{action}-start", id=f"{action}-start",
        )  # fmt: skip
        self.stop = create(
            "button", self.form, RUNS["stop"], class_="button", data_action=f"{action}-stop",
            hidden="",
        )  # fmt: skip
        create("p", self.node, hint, class_="sentence")
        self.line = create(
            "p", self.node, class_="sentence", id=f"{action}-line", aria_live="polite"
        )
        self.progress = create(
            "progress", self.node, class_="unseen", max="1", value="0", aria_label=label
        )

    def make_takers(self, parent):
        """The buttons that save a table and a picture."""
        for what in ("csv", "png"):
            self.browser.create(
                "button", parent, RUNS[what], class_="button", data_action=f"{self.action}-take",
                data_value=what,
            )  # fmt: skip

    def say(self, text):
        self.browser.write(self.line, text)

    def show_progress(self, done, total, running):
        self.start.hidden, self.stop.hidden = running, not running
        self.progress.className = "" if running else "unseen"
        self.progress.setAttribute("value", f"{done / max(total, 1):.4f}")
