"""A model's diagram: its layers as boxes from top to bottom, as an SVG picture.

keras.utils.plot_model draws with Graphviz; here a few lines of SVG do. In a notebook the picture
is shown by what plot_model returns.
"""

from __future__ import annotations

import warnings
from html import escape
from pathlib import Path
from typing import Any

BOX, GAP, WIDTH = 44, 26, 300


class Diagram:
    """A picture that a notebook shows.

    Args:
        svg: Its text.
    """

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def _repr_svg_(self) -> str:
        return self.svg

    def create(self, prog: Any = None, format: str = "svg") -> bytes:
        """Return the picture, as courses ask Graphviz for it: create(prog="dot", format="svg")."""
        if format != "svg":
            raise ValueError(f"format must be 'svg' here. Received: format={format!r}")
        return self.svg.encode()

    def create_svg(self, prog: Any = None) -> bytes:
        """Return the picture."""
        return self.create(prog)


def _svg(rows: list[tuple[str, str]]) -> str:
    height = len(rows) * (BOX + GAP) - GAP + 4
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH + 4} {height}"'
        f' width="{WIDTH + 4}" height="{height}" font-family="sans-serif" font-size="13">'
    ]
    for number, (name, shape) in enumerate(rows):
        top, middle = 2 + number * (BOX + GAP), WIDTH // 2 + 2
        if number:
            parts.append(
                f'<path d="M{middle} {top - GAP} V{top - 5} m-4 -6 l4 8 l4 -8" fill="none"'
                ' stroke="#555"/>'
            )
        parts.append(
            f'<rect x="2" y="{top}" width="{WIDTH}" height="{BOX}" rx="4" fill="#fff"'
            ' stroke="#555"/>'
        )
        for line, text in enumerate((name, shape)):
            if text:
                y = top + 18 + 17 * line + (8 if not shape else 0)
                parts.append(
                    f'<text x="{middle}" y="{y}" text-anchor="middle" fill="#111">'
                    f"{escape(text)}</text>"
                )
    return "\n".join([*parts, "</svg>"])


def model_to_dot(model: Any, show_shapes: bool = False, **kwargs: Any) -> Diagram:
    """Return the diagram of a model."""
    return _diagram(model, show_shapes, bool(kwargs.get("show_layer_names", True)))


def _diagram(model: Any, show_shapes: bool, show_names: bool) -> Diagram:
    if not getattr(model, "built", False):
        raise ValueError("This model has not yet been built. Build the model first by calling"
                         " `build()` or by calling the model on a batch of data.")  # fmt: skip
    start = getattr(model, "start", None)
    rows = []
    for layer in ([start] if start is not None else []) + list(model.layers):
        kind = type(layer).__name__
        shape = f"{layer.input_shape} → {layer.output_shape}" if show_shapes else ""
        rows.append((f"{layer.name} ({kind})" if show_names else kind, shape))
    return Diagram(_svg(rows))


def plot_model(
    model: Any,
    to_file: Any = "model.png",
    show_shapes: bool = False,
    show_layer_names: bool = True,
    **kwargs: Any,
) -> Diagram:
    """Draw a model's layers, write the picture to a file and return it.

    The picture is SVG: a name that ends otherwise (model.png) gets .svg, and a warning says so.
    """
    diagram = _diagram(model, show_shapes, show_layer_names)
    if to_file:
        path = Path(to_file)
        if path.suffix != ".svg":
            path = path.with_suffix(".svg")
            warnings.warn(f"the diagram is an SVG picture: written as {path}", stacklevel=2)
        path.write_text(diagram.svg, encoding="utf-8")
    return diagram
