"""Settings to and from the part of a link behind the `#`.

A link made by TensorFlow Playground opens here and the other way round: its keys keep their
meaning and their order. Our own keys ride along, written only where they differ from the
view's defaults. Text from a link is data: it is cut to size, unknown keys are dropped, and a
bad value falls back to the default and is reported in words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from explorer.settings import letters, own, pasted, short
from explorer.settings.fields import BadValue, Flag, Text, bad_value
from explorer.settings.settings import DEFAULTS, KNOBS, Settings
from explorer.text.errors import ERRORS

LONGEST = short.LONGEST
THEIRS = tuple(KNOBS)[: tuple(KNOBS).index("view")]
BY_KEY = {f.metadata["key"]: name for name, f in KNOBS.items()}
HIDEABLE = (
    "showTestData", "discretize", "playButton", "stepButton", "resetButton", "learningRate",
    "activation", "regularization", "regularizationRate", "problem", "dataset",
    "percTrainData", "noise", "batchSize", "numHiddenLayers",
    # Ours:
    "optimizer", "speed", "seed", "history", "tools",
)  # fmt: skip


# Keys of theirs that do nothing, and what others read: a table of one's own, a lesson.
IDLE = {"cosX", "cosY", "collectStats", "tutorial", "data", "lesson"}


def encode(settings: Settings, brief: bool = False) -> str:
    """Return the link text of `settings`, without the `#`.

    Args:
        brief: Whether to leave out what is as in the view's defaults, of TensorFlow
            Playground's keys as well.
    """
    defaults = DEFAULTS[settings.view]
    pairs = []
    for name, knob in KNOBS.items():
        differs = getattr(settings, name) != getattr(defaults, name)
        theirs = settings.view == "playground" and name in THEIRS and not brief
        if theirs and name == "regularization" and not differs:
            continue  # they leave "none" out
        if name == "view" and brief:
            continue  # the short form says it by its first letter
        if theirs or differs or (name == "view" and settings.view != "playground"):
            pairs.append((knob.metadata["key"], settings.text(name)))
    pairs += [(f"{key}_hide", "true") for key in HIDEABLE if key in settings.hidden]
    if settings.dataset in own.in_links:
        pairs.append(("data", own.in_links[settings.dataset]))
    text = pairs_text(pairs)
    # What a text goes on with, such as a comma, is no longer taken for a part of the link.
    return text if text[-1:].isalnum() or brief else f"{text}&view={settings.view}"


def encode_short(settings: Settings) -> str:
    """The same in the short form, of letters and digits alone."""
    return short.shorten(settings.view, encode(settings, brief=True))


def pairs_text(pairs: Iterable[tuple[str, str]]) -> str:
    """Pairs of key and value as a link writes them: nothing in them ever needs an escape."""
    return "&".join(f"{key}={letters.written(value)}" for key, value in pairs)


@dataclass
class Reading:
    """What a link text says.

    Attributes:
        understood: How many keys it has whose value can be used.
        odd: How many parts look as if something had happened to them.
    """

    settings: Settings
    problems: list[str] = field(default_factory=list)
    understood: int = 0
    odd: int = 0

    @property
    def rank(self) -> tuple[int, int]:
        return self.understood, -self.odd


def decode(text: str) -> tuple[Settings, list[str]]:
    """(settings, problems): the settings of a link text, and a sentence per value refused.

    Where the text does not look as a link does, it is read as what it may have been before it
    was pasted, if that says more.
    """
    text = text.removeprefix("#")
    problems = []
    if len(text) > LONGEST:
        problems.append(ERRORS["long_link"].format(longest=LONGEST))
        text = text[:LONGEST]
    if short.is_short(seen := pasted.seen(unquote(text))):
        try:
            view, text = short.lengthen(seen)
        except ValueError:
            return Settings(), [*problems, ERRORS["short_link"]]
        text = f"{text}&view={view}"
    found = read(text)
    if found.odd:
        keys = [*BY_KEY, *(f"{key}_hide" for key in HIDEABLE)]
        found = max(found, *map(read, pasted.readings(text, keys)), key=lambda each: each.rank)
    settings, more = fitting(found.settings)
    return settings, problems + found.problems + more


def read(text: str) -> Reading:
    """The Reading of a link text as it stands."""
    parts = [part.partition("=") for part in text.split("&") if part]
    pairs = {unquote(key): unquote(value) for key, equals, value in parts if equals}
    found = Reading(DEFAULTS.get(pairs.get("view", ""), Settings()))
    found.odd = sum(not equals for _, equals, _ in parts)
    for key, value in pairs.items():
        if key.endswith("_hide"):
            read_hide(found, key.removesuffix("_hide"), value)
        elif key in BY_KEY:
            read_pair(found, key, value)
        else:
            found.odd += key not in IDLE
    return found


def read_hide(found: Reading, key: str, value: str) -> None:
    """A control to be hidden."""
    found.understood += key in HIDEABLE
    value = re.sub(r"\s", "", value)
    found.odd += key not in HIDEABLE or value not in ("true", "false")
    if key in HIDEABLE and value != "false":
        found.settings = replace(found.settings, hidden=found.settings.hidden | {key})


def read_pair(found: Reading, key: str, value: str) -> None:
    """A setting, or a sentence on why it is none."""
    kind = KNOBS[BY_KEY[key]].metadata["kind"]
    joined = re.sub(r"\s", "", value)  # a line may have been wrapped
    if isinstance(kind, Text):
        found.odd += letters.PLAIN.fullmatch(value) is None or value.endswith(".")
        value = joined if re.fullmatch(r"\d*\.?\d+", joined) else value
    else:
        value = joined
        found.odd += isinstance(kind, Flag) and value not in ("true", "false")
    try:
        found.settings = found.settings.with_text(BY_KEY[key], read_letters(value))
        found.understood += 1
    except BadValue as error:
        found.odd += 1
        found.problems.append(ERRORS["of"].format(name=key, fault=error))


def read_letters(value: str) -> str:
    """Return a value as it was before it was written into a link.

    Raises:
        BadValue: If the text is no such value.
    """
    try:
        return letters.read(value)
    except ValueError:
        raise bad_value("letters", text=value[:50]) from None


def fitting(settings: Settings) -> tuple[Settings, list[str]]:
    """(settings, problems): the settings with a data set that their view can show."""
    if own.fits(settings.dataset, settings.view):
        return settings, []
    problem = ERRORS["wrong_view"].format(text=settings.dataset)
    return replace(settings, dataset=DEFAULTS[settings.view].dataset), [problem]
