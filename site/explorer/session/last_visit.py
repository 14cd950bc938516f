"""The last visit: the settings of each view and when they were left, kept in this browser.

Whoever comes back without a link is offered them. Nothing depends on it: what is stored is read
like a link, and where storage is denied nothing is offered. What a teacher has hidden is not
kept, nor is anything of the reader but these settings and the time.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from explorer.settings import link, own
from explorer.settings.settings import DEFAULTS, Settings

KEY = "nncore-session"
LONGEST = 40_000  # characters


@dataclass(frozen=True)
class Visit:
    """What was left behind.

    Attributes:
        when: Seconds since 1970; None where nobody noted it.
    """

    view: str
    settings: dict[str, Settings]
    when: float | None


def written(view: str, settings: dict[str, Settings], when: float) -> str:
    """A visit as text; empty where all settings are the defaults.

    Args:
        view: The one that is shown.
        settings: By view.
        when: Seconds since 1970.
    """
    kept = {name: plainly(each) for name, each in settings.items()}
    if kept == DEFAULTS and view == "playground":
        return ""
    links = {name: link.encode(each) for name, each in kept.items()}
    return json.dumps({"view": view, "links": links, "when": round(when)})


def plainly(settings: Settings) -> Settings:
    """Settings with every control shown."""
    return replace(settings, hidden=frozenset(), hide_text=False)


def read(text: str | None, meet: Callable[[str], None] = lambda link: None) -> Visit | None:
    """The visit of a stored text; None if it is not one of ours or there is nothing in it.

    Views whose data are a table of the reader's own that is no longer there are left out.

    Args:
        meet: Called with each link before it is read, so that its table becomes known.
    """
    try:
        stored = json.loads(text) if text and len(text) <= LONGEST else {}
        view, links = stored.get("view"), dict(stored.get("links", {}))
        when = stored.get("when")
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    found = {}
    for name in DEFAULTS:
        if isinstance(links.get(name), str):
            meet(links[name])
            settings, _ = link.decode(links[name])
            lost = f"dataset={own.PREFIX}" in links[name] and not own.is_own(settings.dataset)
            if settings.view == name and not lost:
                found[name] = settings
    if not found:
        return None
    known = isinstance(when, int | float) and not isinstance(when, bool) and math.isfinite(when)
    return Visit(view if view in list(found) else next(iter(found)), found, when if known else None)


def ago(seconds: float) -> tuple[str, int]:
    """(unit, number) of a time that has passed: the largest unit of which there are two."""
    for unit, length in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 1.5 * length:
            return unit, round(seconds / length)
    return "moments", 0
