"""The page as it is delivered: the template filled in when the site is built.

Texts, icons, controls, colour tokens and the little pictures of the data sets are put in by
the same Python that later runs in the page, so that nothing is written down twice and the
page is complete before Python arrives.
"""

import json
import re
from html import escape, unescape

import numpy as np

from explorer.drawing.palette import THEMES
from explorer.drawing.views.shapes import MARKS, marks
from explorer.forms.markup import control, help_of, helps, layer_menu, tables, text_entry
from explorer.panels.snippets import SNIPPETS
from explorer.prerender.network import input_styles
from explorer.prerender.pictures import FirstPictures
from explorer.settings import link
from explorer.settings.presets import presets
from explorer.settings.settings import CLASSIFICATION, REGRESSION, TABLES
from explorer.text.article import ARTICLE
from explorer.text.boot import BOOT
from explorer.text.code_panel import CODE_PANEL
from explorer.text.labels import CHOICES, HIDEABLE, LABELS
from explorer.text.notices import TEXT
from explorer.text.share import SHARE
from explorer.text.sheet import SHEET
from explorer.text.wine import WINE
from nncore import DATASETS, SeedRandom

THUMBNAIL_POINTS = 200


def render(template, icons):
    """The page's HTML: every {{kind:name}} of the template but {{asset:...}} filled in.

    Args:
        icons: Name to SVG text. Raises KeyError for a name that does not exist.
    """
    first = FirstPictures(lambda name: icon(icons[name]))
    fill = {
        "text": lambda name: escape(TEXT[name]),
        "sheet": lambda name: escape(SHEET[name]),
        "wine": lambda name: escape(WINE[name]),
        "code": lambda name: escape(CODE_PANEL[name]),
        "share": lambda name: escape(SHARE[name]),
        "places": lambda _: places(),
        "label": lambda name: escape(LABELS[name]),
        "choice": lambda name: escape(choice(*name.split(":"))),
        "icon": lambda name: icon(icons[name]),
        "control": control,
        "layers": lambda name: layer_menu(TEXT[name]),
        "entry": text_entry,
        "presets": lambda _: preset_links(),
        "hides": lambda _: hide_boxes(),
        "article": lambda _: article(),
        "help": help_of,
        "helps": lambda _: helps(),
        "first": first.parts().__getitem__,
        "datasets": lambda _: datasets(),
        "tables": lambda _: tables(),
        "exercise": lambda _: exercise(icons, first.steps),
        "class-marks": lambda _: class_marks(),
        "boot-strings": lambda _: json.dumps(dict(BOOT)).replace("<", "\\u003c"),
    }

    def replace(match):
        kind, _, name = match[1].partition(":")
        return match[0] if kind == "asset" else fill[kind](name)

    return untranslated(re.sub(r"\{\{([a-z-]+(?::[^}]*)?)\}\}", replace, template))


# What is no language: elements for numbers and code, and any that hold not even two letters. A
# browser that translates the page would put numbers of steps and lines of code into another order.
NO_LANGUAGE = re.compile(
    r'<\w+(?=[^>]* class="(?:[^"]* )?(?:number|program|right|wrong|u-value|legend)[" ])'
)
LEAF = re.compile(r"<(\w+)([^<>]*)>([^<>]*\S[^<>]*)</\1>")


def untranslated(html):
    """The page with `translate="no"` on every element that holds no language."""

    def leaf(match):
        tag, attributes, text = match.groups()
        if re.search(r"[^\W\d_]{2}", unescape(text)) or "translate=" in attributes:
            return match[0]
        return f'<{tag}{attributes} translate="no">{text}</{tag}>'

    return LEAF.sub(leaf, NO_LANGUAGE.sub(r'\g<0> translate="no"', html))


def stylesheet(css):
    """The style sheet with the colour tokens of both themes in place of {{tokens:THEME}}, and the
    pictures of the inputs in place of {{inputs}}, and without comments and indents."""

    def tokens(match):
        return "".join(f"--{k}: {v}; " for k, v in THEMES[match[1]].tokens.items())

    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"([:;,]) +", r"\1", css)
    css = re.sub(r"\s*\n\s*", "\n", re.sub(r" \{ ", "{", re.sub(r"; ?\}", "}", css)))
    css = re.sub(r"([{};,])\n", r"\1", re.sub(r" > ", ">", css))
    css = css.replace("{{inputs}}", input_styles())
    return re.sub(r"\{\{tokens:([a-z]+)\}\}", tokens, css)


def choice(field, value):
    return CHOICES[field][value]


def icon(svg):
    """An icon's SVG, hidden from assistive technology, without its own size and licence note."""
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.S)
    svg = re.sub(r'\s(?:width|height|class|xmlns)="[^"]*"', "", svg.split(">", 1)[0]) + (
        ">" + svg.split(">", 1)[1]
    )
    return re.sub(r"\s+", " ", svg.replace("<svg", '<svg class="icon" aria-hidden="true"', 1))


def exercise(icons, steps):
    """The six steps of the Wine exercise as buttons, as they stand before training."""
    items = "".join(
        f'<li><button data-step="{i}" data-action="open-step" data-value="{i}" '
        f"{help_of('steps')}{marks}>"
        f'<i class="mark"><b>{i}</b>{icon(icons["check"])}</i>'
        f'<span class="step"><strong>{escape(heading)}</strong>'
        f'<span class="line">{escape(line)}</span>'
        f'<span class="state unseen">{escape(state)}</span></span></button></li>'
        for i, heading, line, marks, state in steps
    )
    return f'<ol class="steps">{items}</ol>'


def article():
    """The article below the playground."""
    parts = "".join(
        f"<section><h2>{escape(heading)}</h2>{''.join(f'<p>{escape(p)}</p>' for p in paragraphs)}"
        "</section>"
        for heading, *paragraphs in ARTICLE["sections"]
    )
    return f'<article class="article for-playground" id="article">{parts}</article>'


def preset_links():
    """The menu of presets: links, each with its reason."""
    return "".join(
        f'<a href="#{escape(link.encode(settings))}"><strong>{escape(title)}</strong>'
        f"<span>{escape(sentence)}</span></a>"
        for title, sentence, settings in presets()
    )


def places():
    """The menu of the places that a snippet is for."""
    return "".join(
        f'<option value="{place}">{escape(SHARE["places"][place])}</option>' for place in SNIPPETS
    )


def hide_boxes():
    """The teacher's list: one checkbox for each control that a link can hide."""
    return "".join(
        f'<label class="check"><input type="checkbox" data-hide="{key}">'
        f"<span>{escape(HIDEABLE[key])}</span></label>"
        for key in link.HIDEABLE
    )


def class_marks():
    """The mark of each class in its colour, to be copied wherever a class is named."""
    return "".join(
        f'<svg viewBox="0 0 12 12" data-class="{number}" aria-hidden="true">'
        f'<path style="fill:var(--class-{number})" d="{marks(mark, [6], [6], 4.5)}"/></svg>'
        for number, mark in enumerate(MARKS, 1)
    )


def datasets():
    """The radio group of data sets, each with a small picture of it."""
    groups = [
        ("dataset", "classification", CLASSIFICATION),
        ("reg_dataset", "regression", REGRESSION),
    ]
    parts = []
    for field, problem, names in groups:
        choices = "".join(
            f'<label class="dataset" title="{escape(choice(field, name))}">'
            f'<input type="radio" name="dataset" value="{name}" data-problem="{problem}" '
            f'aria-label="{escape(choice(field, name))}"'
            f"{' checked' if name == 'circle' else ''}>{thumbnail(name)}</label>"
            for name in names
            if name not in TABLES
        )
        parts.append(
            f'<p class="caption" aria-hidden="true">{escape(TEXT[problem])}</p>'
            f'<div class="datasets">{choices}</div>'
        )
    return (
        f'<div role="radiogroup" aria-label="{escape(LABELS["dataset"])}" '
        f"{help_of('dataset')}>{''.join(parts)}</div>"
    )


def thumbnail(name):
    """200 points of a data set without noise as a picture of 40 by 40, the right way up."""
    info = DATASETS[name]
    X, y = info.make(THUMBNAIL_POINTS, 0.0, SeedRandom("thumbnail"))
    reach = np.abs(X).max() * 1.12
    xs, ys = 20 + X[:, 0] / reach * 20, 20 - X[:, 1] / reach * 20
    if info.task == "multiclass":
        groups = [(f"class-{c + 1}", y == c) for c in range(info.n_classes)]
    else:
        groups = [("negative", y < 0), ("positive", y >= 0)]
    paths = "".join(
        f'<path style="stroke:var(--{colour})" d="'
        f'{"".join(f"M{a:.1f} {b:.1f}h0" for a, b in zip(xs[here], ys[here], strict=True))}"/>'
        for colour, here in groups
    )
    return f'<svg viewBox="0 0 40 40" aria-hidden="true">{paths}</svg>'
