"""The icons of Lucide as SVG texts, from the one file that holds them all."""

import json
from html import escape
from pathlib import Path

OPENING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" '
    'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" '
    'stroke-linejoin="round">'
)
OLDER_NAMES = {"circle-help": "circle-question-mark"}  # older name -> today's


def read_icons(path: Path) -> dict[str, str]:
    """Return icon name -> SVG text; `path` is Lucide's `icon-nodes.json`."""
    nodes = json.loads(path.read_text(encoding="utf-8"))
    icons = {
        name: OPENING + "".join(map(_element, parts)) + "</svg>" for name, parts in nodes.items()
    }
    return icons | {older: icons[name] for older, name in OLDER_NAMES.items()}


def _element(node: list) -> str:
    tag, attributes = node
    written = "".join(f' {key}="{escape(str(value))}"' for key, value in attributes.items())
    return f"<{tag}{written}/>"
