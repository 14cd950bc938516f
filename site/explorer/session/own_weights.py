"""Whether the weights that settings carry belong to the network that they describe.

The two come from a link or a message, where either may have been changed without the other. What
does not belong is left out, and a sentence says so.
"""

from __future__ import annotations

from dataclasses import replace

from explorer.learning import by_hand
from explorer.settings.settings import Settings
from explorer.text.errors import ERRORS


def with_own_weights(settings: Settings) -> tuple[Settings, list[str]]:
    """(settings, problems): without weights that are none of the network that they describe."""
    if not (settings.start or settings.frozen):
        return settings, []
    count = by_hand.size_of(settings)
    if by_hand.fits(settings, count):
        return settings, []
    problem = ERRORS["other_network"].format(count=count)
    return replace(settings, **by_hand.NOTHING), [problem]
