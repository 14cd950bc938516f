"""The page turns to another language while it runs.

The tables of texts change what they say, and everything visible is said anew: whatever an element
shows or is called is looked up in what the tables said before, and gets what they say now. Then the
picture is drawn once more, with all that is put together from several texts.
"""

import operator
import re
from functools import lru_cache, partial
from string import Formatter

# Imported for the texts of the page's HTML, which `language` knows from then on.
from explorer.text import (  # noqa: F401
    article,
    code_panel,
    help,
    language,
    presets,
    share,
    sheet,
    wine,
)

# The attributes that readers see or hear.
SPOKEN = (
    "alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext",
    "placeholder", "title",
)  # fmt: skip
# Without language, or what a reader types: editors of code are elements, too.
NO_TEXT = "script, style, template, svg, textarea, [contenteditable], code, pre, math"
ELEMENT, TEXT_NODE = 1, 3
JOINED = re.compile(r"(\s/ |: |, |; | · |(?<=[.!?]) )")  # between texts that stand side by side
QUOTED = r"'[^']*'|\"[^\"]*\""  # what repr makes of most texts
MOST_TEXTS = 10_000  # that are remembered with what they say now: many stand in several places
SHORT = 12  # letters of a text with fields, up to which it is not looked for within others


def speak(app, translate=None, tag="en"):
    """Turn the page to another language.

    Args:
        translate: What `explorer.text.language.speak` takes; None turns back to English.
        tag: What the language is called in HTML, such as "de".
    """
    before = language.said()
    language.speak(translate)
    retelling = Retelling(before, language.said())
    app.browser.root.setAttribute("lang", tag)
    tell(app.browser.root, retelling)
    redraw(app)


def redraw(app):
    """Draw everything that is open once more."""
    app.settings_shown(keep=False)
    if app.inside.is_open:
        app.inside.room.changed()


class Retelling:
    """From what the tables said to what they say now.

    Args:
        before, now: {where a text stands: what it says}.
    """

    def __init__(self, before, now):
        self.texts, self.forms = {}, []
        self.of = lru_cache(MOST_TEXTS)(self.said)
        for place, text in before.items():
            if text == now[place]:
                continue
            if pieces(text)[1]:
                self.forms.append(Form(text, now[place]))
            else:
                self.texts.setdefault(text, now[place])
        self.forms.sort(key=lambda form: -form.weight)  # the most particular first

    def said(self, text, deep=3):
        """Return what a shown text says now; the same where no table knows it.

        What was filled into a text may be a text itself, filled in once more, `deep` times at most.
        """
        if text in self.texts or not deep:
            return self.texts.get(text, text)

        def inner(part):
            return self.of(part, deep - 1)

        for form in self.forms:
            found = form.longest in text and form.pattern.fullmatch(text)
            if found:
                return form.filled(found, inner)
        parts = JOINED.split(text)
        said = list(map(inner, parts[::2])) if len(parts) > 1 else []
        if said and all(map(operator.ne, said, parts[::2])):
            return "".join(map(operator.add, said, [*parts[1::2], ""]))
        for form in self.forms:
            if form.ends and form.longest in text:
                text = form.pattern.sub(partial(form.filled, inner=inner), text)
        return text


class Form:
    """A text with fields, before and now.

    Attributes:
        pattern: What the text may have become; the group g2 is what its third field became.
        weight: How many letters stand between the fields.
        longest: The longest of what stands between them.
        ends: Whether it can be found within a longer text.
    """

    def __init__(self, before, now):
        literals, fields = pieces(before)
        self.names = [name for name, _ in fields]
        self.now = pieces(now)
        self.weight = len("".join(literals))
        self.longest = max(literals, key=len)
        pattern = re.escape(literals[0])
        for number, ((name, conversion), literal) in enumerate(
            zip(fields, literals[1:], strict=True)
        ):
            first = self.names.index(name)
            any_text = QUOTED if conversion == "r" else ".*?"
            pattern += f"(?P<g{number}>{any_text})" if first == number else f"(?P=g{first})"
            pattern += re.escape(literal)
        self.pattern = re.compile(pattern, re.DOTALL)
        edges = literals[0], literals[-1] or fields[-1][1]
        self.ends = all(edges) and self.weight > SHORT

    def filled(self, found, inner):
        """Return the text of now with what a match has in the fields, each said anew by `inner`."""
        literals, fields = self.now
        parts = [inner(found[f"g{self.names.index(name)}"]) for name, _ in fields]
        return "".join(a + b for a, b in zip(literals, [*parts, ""], strict=True))


def pieces(text):
    """Return (what stands between the fields of a text, (name, conversion) of each field)."""
    literals, fields = [""], []
    for literal, name, _, conversion in Formatter().parse(text):
        literals[-1] += literal
        if name is not None:
            fields.append((name, conversion))
            literals.append("")
    return literals, fields


def tell(node, retelling, silent=False):
    """Say an element and all below it anew; where it is `silent`, what it is called alone."""
    for name in SPOKEN:
        text = node.getAttribute(name)
        if text and (said := again(text, retelling)) != text:
            node.setAttribute(name, said)
    silent = silent or node.matches(NO_TEXT)
    for child in list(node.childNodes):
        if child.nodeType == ELEMENT:
            tell(child, retelling, silent)
        elif child.nodeType == TEXT_NODE and not silent:
            text = child.data
            if (said := again(text, retelling)) != text:
                child.data = said


def again(text, retelling):
    """What a text says now, with the white space around it as it is."""
    bare = text.strip()
    if not bare:
        return text
    first = text.index(bare)
    return text[:first] + retelling.of(" ".join(bare.split())) + text[first + len(bare) :]
