"""Every colour of the page, once: the tokens of both themes and the tables of shades.

The style sheet takes the tokens as custom properties when the page is built; the views take
them from here. Negative, zero and positive form a diverging scale (orange, grey, blue) that
eyes with any common colour blindness tell apart.
"""

from dataclasses import dataclass

import numpy as np

SHADES = 256


@dataclass(frozen=True)
class Theme:
    """The colours of one theme, as CSS hexadecimal numbers."""

    background: str
    panel: str
    hairline: str
    ink: str
    second: str
    third: str
    accent: str
    on_accent: str
    good: str
    bad: str
    negative: str
    zero: str
    positive: str
    rim: str
    classes: tuple[str, ...]  # twelve; those after the first three are for tables with more classes

    @property
    def tokens(self):
        """Custom properties for the style sheet: name to colour."""
        plain = {k.replace("_", "-"): v for k, v in vars(self).items() if k != "classes"}
        return plain | {f"class-{i + 1}": colour for i, colour in enumerate(self.classes)}


THEMES = {
    "light": Theme(
        background="#fafaf8", panel="#ffffff", hairline="#e4e3de",
        ink="#1d1f24", second="#5d626d", third="#696e78",
        accent="#1f5fd0", on_accent="#ffffff", good="#1d7a50", bad="#b3361e",
        negative="#e07a1f", zero="#eceae4", positive="#1f6fc4", rim="#ffffff",
        classes=(
            "#1f6fc4", "#d9711a", "#2a9d6f", "#7d13e7", "#760a0a", "#be79b3", "#697f3d", "#0a0a76",
            "#af290e", "#56294f", "#295640", "#533d7f",
        ),
    ),
    "dark": Theme(
        background="#14161a", panel="#1c1f25", hairline="#2e323a",
        ink="#eceef2", second="#a8aeb9", third="#8b919d",
        accent="#6ea2ff", on_accent="#0d1117", good="#45c08e", bad="#ff8a70",
        negative="#f0913c", zero="#2a2d33", positive="#4a97ec", rim="#14161a",
        classes=(
            "#5aa2f0", "#f0913c", "#45c08e", "#9a6bf5", "#cb108d", "#c9f79c", "#d0b7dc", "#975e26",
            "#9cf7d9", "#eeee2b", "#3d7f5e", "#d79c60",
        ),
    ),
}  # fmt: skip


def rgb(colour):
    """(3,) floats 0..255 of a CSS colour like "#1f6fc4"."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=float)


def pack(colours):
    """(n, 3) floats 0..255 to (n,) opaque RGBA pixels, as a canvas stores them."""
    pixels = np.full((len(colours), 4), 255, np.uint8)
    pixels[:, :3] = np.clip(np.rint(colours), 0, 255)
    return pixels.view(np.uint32).ravel()


def diverging(theme, strength=0.8):
    """(256,) RGBA pixels from negative over zero to positive.

    `strength` is how much of the full colour the ends reach, so that points stay readable.
    """
    zero = rgb(theme.zero)
    t = np.linspace(-1, 1, SHADES)[:, None]
    end = np.where(t < 0, rgb(theme.negative), rgb(theme.positive))
    return pack(zero + (end - zero) * np.abs(t) * strength)


def class_shades(theme, n_classes, strength=0.55):
    """(n_classes, 256) RGBA pixels: each class from quite uncertain to certain."""
    zero = rgb(theme.zero)
    t = np.linspace(0, 1, SHADES)[:, None] * strength
    return np.array([pack(zero + (rgb(c) - zero) * t) for c in theme.classes[:n_classes]])


def point_colours(theme, task):
    """The colours of a data set's points, by class number."""
    return theme.classes if task == "multiclass" else (theme.positive, theme.negative)
