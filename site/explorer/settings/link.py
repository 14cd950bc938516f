"""Settings to and from the part of a link behind the `#`.

A link made by TensorFlow Playground opens here and the other way round: its keys keep their
meaning and their order. Our own keys ride along, written only where they differ from the
view's defaults. Text from a link is data: it is cut to size, unknown keys are dropped, and a
bad value falls back to the default and is reported in words.
"""

from dataclasses import replace
from urllib.parse import quote, unquote

from explorer.settings.fields import BadValue
from explorer.settings.settings import DEFAULTS, KNOBS, TABLES, Settings
from explorer.text.errors import ERRORS

LONGEST = 4000
THEIRS = tuple(KNOBS)[: tuple(KNOBS).index("view")]
BY_KEY = {f.metadata["key"]: name for name, f in KNOBS.items()}
HIDEABLE = (
    "showTestData", "discretize", "playButton", "stepButton", "resetButton", "learningRate",
    "activation", "regularization", "regularizationRate", "problem", "dataset",
    "percTrainData", "noise", "batchSize", "numHiddenLayers",
    # Ours:
    "optimizer", "speed", "seed", "history", "tools",
)  # fmt: skip


def encode(settings):
    """The link text of `settings`, without the `#`."""
    defaults = DEFAULTS[settings.view]
    pairs = []
    for name, knob in KNOBS.items():
        differs = getattr(settings, name) != getattr(defaults, name)
        theirs = settings.view == "playground" and name in THEIRS
        if theirs and name == "regularization" and not differs:
            continue  # they leave "none" out
        if theirs or differs or (name == "view" and settings.view != "playground"):
            pairs.append((knob.metadata["key"], settings.text(name)))
    pairs += [(f"{key}_hide", "true") for key in HIDEABLE if key in settings.hidden]
    return pairs_text(pairs)


def pairs_text(pairs):
    """Pairs of key and value as a link writes them."""
    return "&".join(f"{key}={quote(value, safe=',-.')}" for key, value in pairs)


def decode(text):
    """(settings, problems): the settings of a link text, and a sentence per value refused."""
    text = text.removeprefix("#")
    problems = []
    if len(text) > LONGEST:
        problems.append(ERRORS["long_link"].format(longest=LONGEST))
        text = text[:LONGEST]
    pairs = {}
    for part in text.split("&"):
        key, equals, value = part.partition("=")
        if equals:
            pairs[unquote(key)] = unquote(value)
    settings = DEFAULTS.get(pairs.get("view"), Settings())
    for key, value in pairs.items():
        if key.endswith("_hide"):
            if key.removesuffix("_hide") in HIDEABLE and value != "false":
                settings = replace(settings, hidden=settings.hidden | {key.removesuffix("_hide")})
        elif key in BY_KEY:
            try:
                settings = settings.with_text(BY_KEY[key], value)
            except BadValue as error:
                problems.append(ERRORS["of"].format(name=key, fault=error))
    settings, more = fitting(settings)
    return settings, problems + more


def fitting(settings):
    """(settings, problems): the settings with a data set that their view can show."""
    if (settings.dataset in TABLES) == (settings.view == "wine"):
        return settings, []
    problem = ERRORS["wrong_view"].format(text=settings.dataset)
    return replace(settings, dataset=DEFAULTS[settings.view].dataset), [problem]
