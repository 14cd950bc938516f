"""A setting as HTML: one menu, slider, checkbox or field per kind of knob.

Used when the page is built, so that all controls stand in the page before Python runs. Names,
choices, ranges and help come from the table in `settings.py` and the texts in `explorer.text`.
"""

from html import escape

from explorer.settings.fields import Choice, Flag, Number, Whole
from explorer.settings.settings import KNOBS, TABLES, Settings
from explorer.text.help import HELP
from explorer.text.labels import CHOICES, LABELS, SHORT
from explorer.text.notices import TEXT
from explorer.text.wine import WINE

SLIDERS = ("train_share", "noise", "batch_size")
MENUS = {
    "stop_epoch": ("10", "20", "50", "100", "200", "0"),
    "n_points": ("0", "50", "100", "200", "500", "1000", "2000", "5000"),
}
ZERO = {"stop_epoch": "endless", "n_points": "usual"}  # what 0 means in a menu
DEFAULT = Settings()
YOUR_DATA = "your-data"  # in the menu of tables: opens the dialog, and is no table
HIDE_KEYS = {name: KNOBS[name].metadata["key"] for name in KNOBS}


def help_of(name):
    """The attributes that tie an element to its help text."""
    return f'data-help="{name}" aria-describedby="help-{name}"'


def control(name):
    """The HTML of the control for field `name` of Settings, in an element that can be hidden."""
    return wrapped(name, bare_control(name, KNOBS[name].metadata["kind"]))


def text_entry(name):
    """A text field for `name`, where `control` would give a menu."""
    return wrapped(name, entry(name, KNOBS[name].metadata["kind"]))


def wrapped(name, html):
    return f'<span class="hideable" data-hides="{HIDE_KEYS[name]}">{html}</span>'


def bare_control(name, kind):
    if name in SLIDERS:
        return slider(name, kind)
    if isinstance(kind, Flag):
        return checkbox(name)
    if isinstance(kind, Choice):
        labels = CHOICES[name]
        return menu(name, [(value, labels[value]) for value in kind.names])
    if isinstance(kind, Number) and kind.steps:
        return menu(name, [(kind.write(step),) * 2 for step in kind.steps])
    if name in MENUS:
        zero = TEXT[ZERO[name]]
        return menu(name, [(text, zero if text == "0" else text) for text in MENUS[name]])
    return entry(name, kind)


def layer_menu(usual):
    """The menu of what the large picture shows: `usual`, or what a hidden layer has made of it."""
    most = KNOBS["plane_layer"].metadata["kind"].high
    layers = [(str(k), WINE["layer"].format(layer=k)) for k in range(1, most + 1)]
    return wrapped("plane_layer", menu("plane_layer", [("0", usual), *layers]))


def label_of(name, short=True):
    label = SHORT.get(name, LABELS[name]) if short else LABELS[name]
    return f"<span>{escape(label)}</span>"


def menu(name, options):
    chosen = DEFAULT.text(name)
    items = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
        f"{escape(label)}</option>"
        for value, label in options
    )
    return (
        f'<label class="field">{label_of(name)}<select name="{name}" '
        f'aria-label="{escape(LABELS[name])}" {help_of(name)}>{items}</select></label>'
    )


def tables():
    """The Wine lab's menu of tables."""
    items = "".join(
        f'<option value="{name}">{escape(CHOICES["dataset"][name])}</option>' for name in TABLES
    )
    items += f'<option value="{YOUR_DATA}">{escape(TEXT["your_data_menu"])}</option>'
    return (
        f'<label class="field"><span>{escape(TEXT["data"])}</span><select name="table" '
        f'aria-label="{escape(TEXT["data"])}" {help_of("tables")}>{items}</select></label>'
    )


def entry(name, kind):
    mode = ' inputmode="numeric"' if isinstance(kind, Whole | Number) else ""
    return (
        f'<label class="field">{label_of(name, short=False)}'
        f'<input type="text" name="{name}" size="8" '
        f'autocomplete="off" spellcheck="false"{mode} value="{escape(DEFAULT.text(name))}" '
        f'aria-label="{escape(LABELS[name])}" {help_of(name)}></label>'
    )


def checkbox(name):
    checked = " checked" if getattr(DEFAULT, name) else ""
    return (
        f'<label class="check"><input type="checkbox" name="{name}"{checked} {help_of(name)}>'
        f"<span>{escape(LABELS[name])}</span></label>"
    )


def slider(name, kind):
    return (
        f'<div class="slider"><label for="{name}">{escape(LABELS[name])}</label>'
        f'<output for="{name}" id="{name}-shown">{shown(name, DEFAULT)}</output>'
        f'<input type="range" id="{name}" name="{name}" min="{kind.low}" '
        f'max="{kind.reach or kind.high}" step="{kind.step}" value="{DEFAULT.text(name)}" '
        f"{help_of(name)}></div>"
    )


def shown(name, settings):
    """The value of a slider as it stands beside it."""
    return settings.text(name) + (" %" if name == "train_share" else "")


def helps():
    """Every help text, once, for the elements that are described by it."""
    return "".join(f'<span id="help-{k}">{escape(v)}</span>' for k, v in HELP.items())
