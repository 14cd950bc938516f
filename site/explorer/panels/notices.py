"""Notices: what happened, in plain words, and the way on as buttons."""

from explorer.settings.fields import plain
from explorer.settings.settings import LEARNING_RATES
from explorer.text.notices import TEXT


class Notices:
    """The notices in the corner of the page; one per subject, the newest last."""

    def __init__(self, browser):
        self.browser = browser
        self.region = browser.element("notices")
        self.shown = {}
        self.told = []  # the subjects of what is wrong with the data
        self.actions = {"close": self.close, "copy-details": self.copy_details}

    def show(self, subject, title, text, actions=(), details=None):
        """Show a notice; one on the same subject is replaced.

        Args:
            actions: (label, action, value) per button, as `data-action` takes them.

        Returns:
            The new notice's element.
        """
        self.close(subject)
        node = self.browser.create("article", self.region, class_="notice", data_subject=subject)
        self.browser.create("h3", node, title)
        self.browser.create("p", node, text)
        if details:
            self.browser.create("pre", node, details, tabindex="0")
            actions = [*actions, (TEXT["copy_details"], "copy-details", subject)]
        row = self.browser.create("div", node, class_="row")
        for label, action, value in actions:
            self.browser.create(
                "button", row, label, class_="button primary", data_action=action, data_value=value
            )
        self.browser.create(
            "button", row, TEXT["close"], class_="button", data_action="close", data_value=subject
        )
        self.shown[subject] = node
        return node

    def faults(self, found):
        """What is wrong with the data, as (title, text), in place of what was; None: as before."""
        if found is None:
            return
        for title in self.told:
            self.close(title)
        self.told = [title for title, _ in found]
        for title, text in found:
            self.show(title, title, text)

    def diverged(self, snapshot):
        """Training has blown up: what happened, at which epoch, why, and the ways on."""
        if "diverged" in self.shown:
            return
        rate = snapshot.settings.learning_rate
        smaller = plain(max([r for r in LEARNING_RATES if r <= rate / 2.9] or [rate / 10]))
        text = TEXT["diverged"].format(
            epoch=snapshot.diverged_at, rate=plain(rate), good=snapshot.epoch
        )
        go_on = TEXT["keep_on"].format(epoch=snapshot.epoch, rate=smaller)
        actions = [
            (TEXT["smaller_rate"].format(rate=smaller), "start-over-with", smaller),
            (go_on, "go-on-with", smaller),
        ]
        self.show("diverged", TEXT["diverged_title"], text, actions)

    def copy_details(self, subject):
        """Copy a notice's details, and say on the button whether that went well."""
        node = self.shown[subject]
        details, button = map(node.querySelector, ("pre", '[data-action="copy-details"]'))
        self.browser.select(details)

        def say(copied):
            self.browser.write(button, TEXT["copied" if copied else "not_copied"])

        self.browser.copy_text(details.textContent, say)

    def close(self, subject):
        node = self.shown.pop(subject, None)
        if node is not None:
            node.remove()
