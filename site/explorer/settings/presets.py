"""Starting points with a reason: settings, each with one sentence on what to look for.

The first walk through the course's exercise: the default, another activation, a learning rate
far too small and one far too large, too few neurons, one more, and the spiral.
"""

from dataclasses import replace

from explorer.settings.settings import Settings
from explorer.text.presets import PRESETS

BASE = Settings()
SPIRAL = replace(BASE, dataset="spiral")

SETTINGS = {
    "default": BASE,
    "relu": replace(BASE, activation="relu"),
    "tiny-rate": replace(BASE, learning_rate=0.00001),
    "huge-rate": replace(BASE, learning_rate=10.0),
    "two-neurons": replace(BASE, network_shape=(2,), seed="0.2525"),
    "three-neurons": replace(BASE, network_shape=(3,), seed="0.2525"),
    "small-spiral": SPIRAL,
    "big-spiral": replace(
        SPIRAL, network_shape=(8, 8), optimizer="adam", learning_rate=0.01, sin_x=True, sin_y=True
    ),
    "three-arms": replace(
        BASE, dataset="spiral3", network_shape=(12, 8), optimizer="adam", learning_rate=0.01
    ),
    "by-heart": replace(
        BASE, dataset="gauss", noise=50, train_share=10, network_shape=(8, 8), optimizer="adam",
        learning_rate=0.01,
    ),
}  # fmt: skip


def presets() -> list[tuple[str, str, Settings]]:
    """(title, sentence, settings) of every preset, in the order of the menu."""
    return [(*PRESETS[name], settings) for name, settings in SETTINGS.items()]
