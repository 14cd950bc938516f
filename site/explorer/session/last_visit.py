"""The last session: the settings of each view, kept in this browser where it keeps anything.

Whoever comes back without a link finds the settings that were left behind. Nothing depends on
it: a link always wins, what is stored is read like a link, and where storage is denied the page
starts with its defaults. What a teacher has hidden is not kept.
"""

import json
from dataclasses import replace

from explorer.settings import link
from explorer.settings.settings import DEFAULTS

KEY = "nncore-session"  # the boot code looks for it too
LONGEST = 20_000  # characters


class LastVisit:
    """Remembers the settings of a session; one of the application's followers."""

    def __init__(self, browser, session):
        self.browser, self.session = browser, session

    def recall(self):
        """Puts the remembered settings into the session, unless the address holds a link."""
        if self.browser.link_text() not in ("", "#"):
            return
        view, found = read(self.browser.stored(KEY))
        if found:
            self.session.settings |= found
            self.browser.set_link(link.encode(self.session.settings[view]))

    def changed(self, _settings):
        """Remembers all settings; forgets them when all are the defaults."""
        session = self.session
        kept = {view: plainly(settings) for view, settings in session.settings.items()}
        if kept == DEFAULTS and session.view == "playground":
            self.browser.store(KEY, "")
            return
        links = {view: link.encode(settings) for view, settings in kept.items()}
        self.browser.store(KEY, json.dumps({"view": session.view, "links": links}))

    def frame(self, _snapshot, _playing):
        """Nothing of the training is remembered."""


def plainly(settings):
    """Settings with every control shown."""
    return replace(settings, hidden=frozenset(), hide_text=False)


def read(text):
    """(view, settings by view) of a stored text; no settings at all if it is not one of ours."""
    try:
        stored = json.loads(text) if text and len(text) <= LONGEST else {}
        view, links = stored.get("view"), dict(stored.get("links", {}))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return "playground", {}
    found = {}
    for name in DEFAULTS:
        if isinstance(links.get(name), str):
            settings, _ = link.decode(links[name])
            if settings.view == name:
                found[name] = settings
    return (view if view in list(found) else "playground"), found
