"""The results as a picture: bars on a logarithmic scale, one group for each network.

An SVG made of text and rectangles, legible on light and dark grounds alike.
"""

import math
from html import escape

from tools.bench.table import KERNEL, number

BATCH = ", batch 10"
BAR, GAP, HEAD, LEFT, WIDTH, RIGHT = 16, 14, 26, 250, 900, 90
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#6b7280}"
    ".head{font-weight:600}.bar{fill:#9ca3af}.ours{fill:#1f6fc4}"
    "@media(prefers-color-scheme:dark){.ours{fill:#4a97ec}.bar{fill:#6b7280}text{fill:#a8aeb9}}"
)


def chart(found: dict) -> str:
    """Return an SVG of milliseconds per epoch at batch 10, by network and contender."""
    groups = {
        label.removesuffix(BATCH): dict(times)
        for label, times in found["epochs"].items()
        if label.endswith(BATCH)
    }
    for label, times in groups.items():
        if label + BATCH in found.get("native", {}):
            times["scikit-learn, native"] = found["native"][label + BATCH]
    medians = [time["median"] for times in groups.values() for time in times.values()]
    low, high = (math.log10(edge) for edge in (min(medians) / 2, max(medians)))
    y, parts = 20, []
    title = "Milliseconds for one epoch of 250 points in batches of 10 (logarithmic scale)"
    parts.append(text(0, y, title, "head"))
    for label, times in groups.items():
        y += HEAD + GAP
        parts.append(text(0, y, label, "head"))
        for name, time in sorted(times.items(), key=lambda item: item[1]["median"]):
            y += BAR + 4
            length = (WIDTH - LEFT - RIGHT) * (math.log10(time["median"]) - low) / (high - low)
            kind = "ours" if name == KERNEL else "bar"
            parts.append(text(LEFT - 8, y, name, anchor="end"))
            parts.append(
                f'<rect class="{kind}" x="{LEFT}" y="{y - 12}" width="{length:.1f}" '
                f'height="{BAR}" rx="2"/>'
            )
            parts.append(text(LEFT + length + 6, y, number(time["median"])))
    size = f'width="{WIDTH}" height="{y + 16}" viewBox="0 0 {WIDTH} {y + 16}"'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    inside = [f"<title>{escape(title)}</title>", f"<style>{STYLE}</style>", *parts]
    return "\n".join([opening, *inside, "</svg>"]) + "\n"


def text(x: float, y: float, content: str, kind: str = "", anchor: str = "start") -> str:
    """Return one line of text."""
    klass = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{klass} text-anchor="{anchor}">{escape(content)}</text>'
