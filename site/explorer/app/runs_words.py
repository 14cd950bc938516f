"""What the section on runs reads out of its fields, and how it puts values and times into words."""

from explorer.panels.runs.vary import label_of
from explorer.settings.fields import BadValue
from explorer.text.errors import ERRORS
from explorer.text.labels import CHOICES
from explorer.text.runs import RUNS


class TooMany(BadValue):
    """More runs than go at once; `seeds` is how many seeds of each combination would."""

    def __init__(self, text, seeds):
        super().__init__(text)
        self.seeds = seeds


def values_of(variation, result):
    """A combination in words: each setting with its value."""
    pairs = zip(variation.values, result.values, strict=True)
    return ", ".join(RUNS["setting"].format(name=label_of(n), value=value) for n, value in pairs)


def read(kind, text, label):
    """Return a number of the form.

    Raises:
        BadValue: If the text is no such number; it names the field.
    """
    try:
        return kind.read(text.strip())
    except BadValue as error:
        raise BadValue(said(RUNS[label], error)) from None


def said(name, fault):
    return ERRORS["sentence"].format(name=name, fault=fault)


def shown(name, text):
    """A value as it is called on the page."""
    return CHOICES.get(name, {}).get(text, text)


def duration(seconds):
    """A time in words, as roughly as it is known."""
    if seconds < 90:
        return RUNS["seconds"].format(count=max(1, round(seconds)))
    if seconds < 90 * 60:
        return RUNS["minutes"].format(count=round(seconds / 60))
    return RUNS["hours"].format(count=f"{round(seconds / 3600):,}")
