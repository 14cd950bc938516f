"""Sharing: the link, a snippet to embed the page, and the teacher's list of hidden controls."""

from dataclasses import replace
from html import escape

from explorer.forms.bind import is_shown
from explorer.settings import link
from explorer.text.notices import TEXT

EMBEDDED = "embed.html"


class SharePanel:
    """Keeps the link and the snippet up to date while the panel is open."""

    def __init__(self, browser):
        self.browser = browser
        self.hidden = frozenset()  # what the teacher has ticked; it holds for the link only

    def update(self, settings):
        shared = replace(settings, hidden=settings.hidden | self.hidden)
        page, embedded = addresses(self.browser.page_address())
        text = link.encode(shared)
        self.browser.element("share-link").value = f"{page}#{text}"
        title = escape(TEXT["title"])
        source = escape(f"{embedded}#{text}")
        self.browser.element("share-embed").value = (
            f'<iframe src="{source}" title="{title}" width="100%" height="900" '
            'loading="lazy" sandbox="allow-scripts allow-downloads" style="border:0"></iframe>'
        )
        self.browser.write(self.browser.element("copied"), "")

    def ticked(self, key, on):
        self.hidden = self.hidden | {key} if on else self.hidden - {key}

    def copy(self, identity):
        """Copies a field's text, or says why it cannot."""
        field = self.browser.element(identity)
        field.select()

        def say(copied):
            text = TEXT["copied" if copied else "not_copied"]
            self.browser.write(self.browser.element("copied"), text)

        self.browser.copy_text(field.value, say)


def addresses(address):
    """(the page's own address, the one for frames): beside the site's page lies `embed.html`."""
    folder, _, name = address.partition("?")[0].rpartition("/")
    if name not in ("", "index.html", EMBEDDED):
        return address, address  # the page in one file, under whatever name
    return f"{folder}/{'' if name == EMBEDDED else name}", f"{folder}/{EMBEDDED}"


def apply_hidden(browser, settings):
    """Hides what the link asks to hide and what is not in use; shows everything else."""
    for node in browser.elements("[data-hides]"):
        node.hidden = not is_shown(node.getAttribute("data-hides"), settings)
    browser.root.toggleAttribute("data-hide-text", settings.hide_text)
