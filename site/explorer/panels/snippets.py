"""What to paste where: the snippet that each platform leaves as it is.

Course platforms clean what is pasted, and each in its own way: some keep a frame, some only a
link, some run code. Addresses stand escaped in HTML and quoted in Python; where a text may be
rendered once more they are in the short form, which nothing harms.
"""

import json
from dataclasses import dataclass
from html import escape

HEIGHT = 900


@dataclass(frozen=True)
class Addresses:
    """The addresses of one experiment.

    Attributes:
        page: Opens the experiment in a tab.
        frame: In a frame.
        short, short_frame: The same in letters and digits.
        script: Of the element, None beside the page in one file.
        link: The text behind the #.
    """

    page: str
    frame: str
    short: str
    short_frame: str
    script: str | None
    link: str


def frame(at, title, source="src", more='loading="lazy" '):
    """The sandboxed frame, as HTML."""
    return (
        f'<iframe {source}="{escape(at.frame)}" title="{escape(title)}" width="100%" '
        f'height="{HEIGHT}" {more}sandbox="allow-scripts allow-downloads" style="border:0">'
        "</iframe>"
    )


def element(at, title):
    """The page's own element, which waits until it is read."""
    if at.script is None:
        return frame(at, title)
    return (
        f'<script src="{escape(at.script)}" defer></script>\n'
        f'<nn-playground link="#{escape(at.link)}" title="{escape(title)}" height="{HEIGHT}">'
        "</nn-playground>"
    )


def anchor(at, title):
    return f'<a href="{escape(at.short)}">{escape(title)}</a>'


def markdown(at, title):
    return f"[{title}]({at.short})"


def myst(at, title):
    return f"```{{iframe}} {at.frame}\n:width: 100%\n:title: {title}\n```"


def sphinx(at, title):
    return f"```{{raw}} html\n{frame(at, title)}\n```"


def quarto(at, title):
    return f"```{{=html}}\n{frame(at, title)}\n```"


def jupyter(at, title):
    extra = json.dumps(f'title="{escape(title)}"')
    return (
        "from IPython.display import IFrame\n"
        f'IFrame({json.dumps(at.frame)}, "100%", {HEIGHT}, extras=[{extra}])'
    )


def marimo(at, title):
    return f"import marimo as mo\nmo.Html({json.dumps(frame(at, title))})"


def reveal(at, title):
    return f"<section>\n{frame(at, title, 'data-src', 'data-preload ')}\n</section>"


def h5p(at, _title):
    return at.short_frame


# Place -> its snippet, and the key of the sentence about it in `text.share`.
SNIPPETS = {
    "frame": (frame, "frame"),
    "element": (element, "element"),
    "moodle": (frame, "moodle"),
    "forum": (anchor, "only_link"),
    "canvas": (frame, "frame"),
    "wordpress": (anchor, "only_link"),
    "myst": (myst, "myst"),
    "sphinx": (sphinx, "sphinx"),
    "mkdocs": (frame, "frame"),
    "quarto": (quarto, "quarto"),
    "jupyter": (jupyter, "jupyter"),
    "marimo": (marimo, "marimo"),
    "reveal": (reveal, "reveal"),
    "h5p": (h5p, "h5p"),
    "readme": (markdown, "only_link"),
}
