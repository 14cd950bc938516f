"""A language that nobody speaks, for tests: it shows which texts are not looked up, and how the
page looks where texts are longer.

Every text is put in brackets, its vowels get accents and are doubled, which makes it 40 % longer.
What is filled in later, {in braces}, stays as it is, and is in brackets itself if it is a text.
"""

import re

OPEN, CLOSE = "⟦", "⟧"
ACCENTS = str.maketrans({v: a * 2 for v, a in zip("aeiouAEIOU", "àéîõüÀÉÎÕÜ", strict=True)})
FIELD = re.compile(r"(\{[^}]*\})")


def pseudo(_name: str, text: str) -> str:
    """Return the text in the language that nobody speaks; signs without letters stay."""
    if not re.search(r"[A-Za-z]", FIELD.sub("", text)):
        return text
    parts = FIELD.split(text)
    said = "".join(part if part.startswith("{") else part.translate(ACCENTS) for part in parts)
    return OPEN + said + CLOSE


def unspoken(text: str) -> str:
    """Return what of a shown text is outside of all brackets."""
    while OPEN in text:
        shorter = re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", text)
        if shorter == text:
            break
        text = shorter
    return " ".join(text.split())
