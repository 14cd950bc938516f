"""Matplotlib's backend in the notebook: pictures by Agg, shown as outputs of the cell.

Matplotlib imports this module by its name. `show` displays all open figures and closes them; what
is still open at a cell's end is shown then.
"""

import base64
import io
import sys

from matplotlib import _pylab_helpers
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg

from explorer.cells import display

FINE = 1.5  # pixels of the picture per pixel of the page


class FigureCanvas(FigureCanvasAgg):
    """Agg's canvas, whose manager shows pictures in the notebook."""


class FigureManager(FigureManagerBase):
    """A figure's manager: to show it is to display its picture."""

    def show(self):
        display.show_bundle(*picture(self.canvas.figure))

    @classmethod
    def pyplot_show(cls, *_, **__):
        show_all()


FigureCanvas.manager_class = FigureManager


def show_all():
    """Display every open figure that has something on it, and close it."""
    for manager in _pylab_helpers.Gcf.get_all_fig_managers():
        if manager.canvas.figure.get_axes():
            manager.show()
    sys.modules["matplotlib.pyplot"].close("all")


def picture(figure):
    """(data, metadata) of a figure's output."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=figure.dpi * FINE, bbox_inches="tight")
    content = buffer.getvalue()
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    data = {"image/png": base64.b64encode(content).decode(), "text/plain": repr(figure)}
    return data, {"image/png": {"width": round(width / FINE), "height": round(height / FINE)}}
