"""What becomes of a link on its way through texts, and how it is read all the same.

Renderers take `&regularization=` for the old entity `&reg`, leave `&amp;` standing or encode `%`
once more; mail programs wrap lines and mark answers with `> `; sentences put a full stop, a
bracket or a quotation mark behind; editors of Markdown write `\\_`, word processors other hyphens
and marks that nobody sees. `readings` gives what may have been meant; `link.decode` takes
one of them only where the link as it stands says less. The copies that real programs make are in
`tests/page/settings/pasted_links.json`.
"""

import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);", re.I)
WRAP = re.compile(r"\s*[\r\n]+(?:> ?)*\s*|(?:> )+")
END = re.compile(r"[<>\"`“”„«»]")  # of a link within a text
BEHIND = " \t.,;:!?)]}'’*_~|\\…"
ESCAPED = re.compile(r"\\([&_=.,#%~-])")  # as Markdown and LaTeX write them
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff"))
HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
MOST = 3  # times that a link may have been encoded


def readings(text: str, keys: Iterable[str]) -> Iterator[str]:
    """Yield what a link text may have been, the likeliest first.

    Args:
        keys: Those that links have.
    """
    for _ in range(MOST):
        text = unquote(text)
        yield mended(text, keys)


def mended(text: str, keys: Iterable[str]) -> str:
    """A link text without what has come to it on its way."""
    text = ESCAPED.sub(r"\1", seen(WRAP.sub("", text)).translate(HYPHENS))
    while (plain := ENTITY.sub(lambda entity: html.unescape(entity[0]), text)) != text:
        text = plain
    for harmed, key in as_entities(keys).items():
        text = text.replace(harmed, key)
    text = END.split(text)[0]
    if all("=3D" in part for part in text.split("&")):
        text = text.replace("=3D", "\0").replace("=", "").replace("\0", "=")  # quoted-printable
    text = re.sub(r"\s+(?=[^&=]*=)", "", text)  # within keys
    return text.rstrip(BEHIND)


def seen(text: str) -> str:
    """A text without the marks in it that nobody sees."""
    return text.translate(UNSEEN)


def as_entities(keys: Iterable[str]) -> dict[str, str]:
    """{what a key with its & becomes: it}, for keys that begin like an entity of HTML, such as
    &reg, that needs no semicolon; also where its letter was then read in another encoding."""
    found = {}
    for key in keys:
        harmed = html.unescape(f"&{key}")
        if harmed != f"&{key}":
            letter, rest = harmed[0], harmed[1:]
            for seen in (letter.encode().decode("latin-1"), letter, "\ufffd"):
                found[seen + rest] = f"&{key}"
    return found
