"""Values as outputs: as text, and in the richer forms that they offer themselves.

`install` gives cells `display`, and an `IPython.display` with what courses import from it.
"""

import base64
import os
import sys
from types import ModuleType

PICTURES = "explorer.cells.pictures"  # Matplotlib imports it, where it is in use
WIDTH = 88  # characters of a line of a list
MOST = 8_000_000  # characters of one form of an output
REPRS = {
    "_repr_html_": "text/html",
    "_repr_markdown_": "text/markdown",
    "_repr_svg_": "image/svg+xml",
    "_repr_png_": "image/png",
    "_repr_jpeg_": "image/jpeg",
    "_repr_latex_": "text/latex",
}
_teller: list = []  # the one that takes outputs


def install(teller, names):
    """Have outputs go to `teller`, and `names` know `display`."""
    _teller[:] = [teller]
    names["display"] = display
    names["get_ipython"] = get_ipython
    module = ModuleType("IPython.display")
    given = (display, clear_output, HTML, Markdown, SVG, Image, Latex, Pretty)
    vars(module).update({each.__name__: each for each in given})
    parent = ModuleType("IPython")
    parent.__path__ = []
    vars(parent).update(display=module, get_ipython=get_ipython, version_info=(8, 0))
    sys.modules |= {"IPython": parent, "IPython.display": module}


def get_ipython():
    """There is no IPython shell here: who asks for it is told so, as outside of Jupyter."""


def display(*values, **_options):
    """Show values as outputs of the cell, each in its richest form."""
    for value in values:
        show(value)


def clear_output(wait=False):
    """Take the outputs of the cell away; with `wait` when the next one comes."""
    _teller[0].flush()
    _teller[0].tell(kind="clear", wait=bool(wait))


def show(value, result=False):
    """Show a value.

    Args:
        result: Whether it is what the cell's last line gives.
    """
    show_bundle(*bundle(value), result=result)


def show_bundle(data, metadata, result=False):
    _teller[0].flush()
    kind = "result" if result else "display"
    _teller[0].tell(kind=kind, data=data, metadata=metadata)


def pictures_left():
    """Show the figures that a cell has left open."""
    if pictures := sys.modules.get(PICTURES):
        pictures.show_all()


def bundle(value):
    """(data, metadata): a value in all its forms, by media type."""
    data, metadata = {}, {}
    if isinstance(value, type):
        return {"text/plain": repr(value)}, {}
    if picture := picture_of(value):
        return picture
    for method, kind in REPRS.items():
        try:
            form = getattr(value, method, None)
            form = form() if callable(form) else None
        except Exception:  # noqa: BLE001 - a form that fails is a form that is not there
            form = None
        if isinstance(form, tuple):
            form, metadata[kind] = form
        if isinstance(form, bytes):
            form = base64.b64encode(form).decode()
        if isinstance(form, str) and len(form) <= MOST:
            data[kind] = form
    data["text/plain"] = text_of(value)
    return data, metadata


def picture_of(value):
    """The picture of a figure, where Matplotlib is there and `value` is one."""
    pictures, figures = sys.modules.get(PICTURES), sys.modules.get("matplotlib.figure")
    if pictures is None or not isinstance(value, figures.Figure):
        return None
    sys.modules["matplotlib.pyplot"].close(value)
    return pictures.picture(value)


def text_of(value):
    """A value as text; large collections one entry a line."""
    text = repr(value)
    if type(value) in (dict, list, tuple, set, frozenset) and len(text) > WIDTH:
        import pprint

        text = pprint.pformat(value, width=WIDTH, compact=True)
    return text if len(text) <= MOST else text[:MOST] + "…"


class _Form:
    """Something to show that is given as text or bytes."""

    def __init__(self, data=None, **options):
        self.data, self.options = data, options

    def __repr__(self):
        return f"<{type(self).__name__} object>"


class HTML(_Form):
    """Text to be shown as HTML."""

    def _repr_html_(self):
        return self.data


class Markdown(_Form):
    """Text to be shown as Markdown."""

    def _repr_markdown_(self):
        return self.data


class Latex(_Form):
    """Markdown with formulas between dollar signs, as TeX writes them."""

    def _repr_latex_(self):
        return self.data


class SVG(_Form):
    """A drawing: the text or the bytes of an SVG, or a file beside the notebook."""

    def __init__(self, data=None, filename=None, **options):
        if isinstance(data, bytes):
            data = data.decode()
        if data is not None and "<" not in data:
            filename = data
        if filename is not None:
            with open(filename, encoding="utf-8") as file:
                data = file.read()
        super().__init__(data, **options)

    def _repr_svg_(self):
        return self.data


class Pretty(_Form):
    """Text to be shown as it is."""

    def __repr__(self):
        return str(self.data)


class Image(_Form):
    """A PNG or JPEG, from bytes or from a file beside the notebook."""

    def __init__(self, data=None, filename=None, **options):
        if isinstance(data, str):
            data, filename = None, data
        self.drawing = None
        if data is None and filename is not None:
            drawn = os.path.splitext(filename)[0] + ".svg"  # as plot_model writes its model.png
            if not os.path.exists(filename) and os.path.exists(drawn):
                data, self.drawing = b"", SVG(filename=drawn).data
            else:
                with open(filename, "rb") as file:
                    data = file.read()
        super().__init__(data, **options)

    def _repr_svg_(self):
        return self.drawing

    def _repr_png_(self):
        return self.data if self.data[:4] == b"\x89PNG" else None

    def _repr_jpeg_(self):
        return self.data if self.data[:2] == b"\xff\xd8" else None
