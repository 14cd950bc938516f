"""Random settings for hypothesis, made by walking the table of knobs."""

from dataclasses import replace

from hypothesis import strategies as st

from explorer.settings.fields import (
    Choice,
    Flag,
    Formula,
    Names,
    Number,
    Ranges,
    Text,
    Units,
    Weights,
    Whole,
)
from explorer.settings.link import HIDEABLE
from explorer.settings.packed import pack
from explorer.settings.settings import DEFAULTS, KNOBS, TABLES

PRINTABLE = st.text(min_size=1, max_size=40).filter(str.isprintable)


def values(kind):
    """Any value of a kind."""
    match kind:
        case Choice(names):
            return st.sampled_from(names)
        case Number(low, high):
            return st.floats(low, high)
        case Whole():
            return st.integers(kind.low, kind.high).filter(lambda n: accepted(kind, n))
        case Flag():
            return st.booleans()
        case Formula():
            return st.sampled_from(("", "sin(x1*x2)", "x1 > 0", "hypot(x1, x2) / 3", "2"))
        case Text():
            return PRINTABLE
        case Weights():
            return st.builds(packed, st.integers(1, 99), st.floats(-9, 9), st.booleans())
        case Ranges(highest):
            return st.sets(st.integers(1, highest), max_size=20).map(sorted).map(tuple)
        case Units(layers, units):
            return st.lists(st.integers(1, units), max_size=layers).map(tuple)
        case Names(names, longest):
            lists = st.lists(st.sampled_from(("", *names)), max_size=longest).map(tuple)
            return lists.filter(lambda own: own != ("",))  # written as the empty list
    raise TypeError(kind)


def packed(size, value, whole):
    """Weights of a network of `size` numbers: all of them, or the last."""
    return pack(size, dict.fromkeys(range(size) if whole else [size - 1], value))


def accepted(kind, value):
    try:
        return kind.read(kind.write(value)) == value
    except ValueError:
        return False


@st.composite
def settings(draw, view=None, **fixed):
    """Draw any settings that a link can say.

    Args:
        fixed: Strategies for some of the fields.
    """
    view = view or draw(st.sampled_from(list(DEFAULTS)))
    chosen = {
        name: draw(fixed.get(name, values(knob.metadata["kind"])))
        for name, knob in KNOBS.items()
        if name not in ("view", "dataset")
    }
    planes = [n for n in KNOBS["dataset"].metadata["kind"].names if n not in TABLES]
    dataset = draw(st.sampled_from(planes if view == "playground" else TABLES))
    hidden = frozenset(draw(st.sets(st.sampled_from(HIDEABLE))))
    return replace(DEFAULTS[view], dataset=dataset, hidden=hidden, **chosen)


def changed(old, name):
    """The settings `old` with another valid value of field `name`."""
    now, kind = getattr(old, name), KNOBS[name].metadata["kind"]
    match kind:
        case Choice(names):
            new = next(n for n in names if n != now)
        case Flag():
            new = not now
        case Number():
            new = kind.high if now != kind.high else kind.low
        case Whole():
            new = kind.low if now != kind.low else kind.low + kind.step
        case Formula():
            new = "hypot(x1, x2)" if now != "hypot(x1, x2)" else "x1 > 0"
        case Text():
            new = now + "1"
        case Units():
            new = (*now, 3)[:2] if len(now) < 2 else now[:-1]
        case Weights():
            new = packed(9, 0.5, whole=False)
        case Ranges():
            new = (*now, 9)
        case Names(names):
            new = (names[0],)
    return replace(old, **{name: new})
