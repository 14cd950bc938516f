"""Sharing: the link, a snippet for each platform, and the teacher's list of hidden controls."""

from dataclasses import replace

from explorer.forms.bind import is_shown
from explorer.panels.snippets import SNIPPETS, Addresses
from explorer.settings import link
from explorer.text.notices import TEXT
from explorer.text.share import SHARE

EMBEDDED = "embed.html"


class SharePanel:
    """Keeps the links and the snippet up to date while the panel is open."""

    def __init__(self, browser):
        self.browser = browser
        self.hidden = frozenset()  # what the teacher has ticked; it holds for the link only
        self.place = "frame"  # where the snippet is to be put
        self.actions = {"copy": self.copy}
        self.fields = {"[data-hide]": self.ticked, "#share-place": self.chosen}

    def update(self, settings, too_many=False):
        """Show the link of these settings, and where it can go.

        Args:
            too_many: Whether weights were set by hand that are more than a link can carry.
        """
        self.settings, self.too_many = settings, too_many
        shared = replace(settings, hidden=settings.hidden | self.hidden)
        at = addresses(self.browser.page_address(), shared)
        make, note = SNIPPETS[self.place]
        self.browser.element("share-link").value = at.page
        self.browser.element("share-short").value = at.short
        self.browser.element("share-embed").value = make(at, TEXT["title"])
        self.browser.write(self.browser.element("share-note"), SHARE[note])
        self.browser.write(self.browser.element("copied"), "")
        carried = bool(settings.start or settings.frozen)
        self.browser.element("share-by-hand").hidden = not (carried or too_many)
        self.browser.element("share-save").hidden = carried
        self.browser.element("share-seed").hidden = not carried
        text = SHARE["weights" if carried else "too_many"]
        self.browser.write(self.browser.element("share-weights"), text)

    def ticked(self, node, _settled):
        """A control is hidden by the link, or is not any more."""
        key = node.getAttribute("data-hide")
        self.hidden = self.hidden | {key} if node.checked else self.hidden - {key}
        self.update(self.settings, self.too_many)

    def chosen(self, node, _settled):
        """The snippet is for another place."""
        if node.value in SNIPPETS:
            self.place = node.value
            self.update(self.settings, self.too_many)

    def copy(self, identity):
        """Copy a field's text, or say why it cannot."""
        field = self.browser.element(identity)
        field.select()

        def say(copied):
            text = TEXT["copied" if copied else "not_copied"]
            self.browser.write(self.browser.element("copied"), text)

        self.browser.copy_text(field.value, say)


def addresses(address, settings):
    """All addresses of an experiment: beside the site's page lies the one for frames."""
    text, short = link.encode(settings), link.encode_short(settings)
    folder, _, name = address.partition("?")[0].rpartition("/")
    page, framed, script = f"{folder}/{name}", f"{folder}/{EMBEDDED}", f"{folder}/embed.js"
    if name == EMBEDDED:
        page = f"{folder}/"
    elif name not in ("", "index.html"):  # the page in one file, under whatever name
        page, framed, script = address, address, None
    links = (f"{place}#{part}" for part in (text, short) for place in (page, framed))
    return Addresses(*links, script, text)


def apply_hidden(browser, settings):
    """Hide what the link asks to hide and what is not in use; show everything else."""
    for node in browser.elements("[data-hides]"):
        node.hidden = not is_shown(node.getAttribute("data-hides"), settings)
    browser.root.toggleAttribute("data-hide-text", settings.hide_text)
