"""The ranges of many columns on one axis: from the smallest to the largest value, and the mean
plus and minus one standard deviation as a bar.

On raw values the column with the largest numbers dwarfs all others; standardized, all are alike.
"""

import numpy as np

from explorer.drawing.scales import Linear


def ranges(X):
    """(columns, 4): minimum, mean - std, mean + std and maximum of every column."""
    mean, std = X.mean(axis=0), X.std(axis=0)
    return np.column_stack([X.min(axis=0), mean - std, mean + std, X.max(axis=0)])


def paths(spans, width, height, thickness=0.5):
    """(lines, bars): path texts for `spans` (columns, 4), one row of the picture per column.

    All columns share one axis, which reaches a little beyond them.
    """
    low, high = min(spans.min(), 0.0), max(spans.max(), 0.0)
    margin = 0.03 * (high - low or 1.0)
    across = Linear(low - margin, high + margin, 0, width)
    pitch = height / len(spans)
    lines, bars = [], []
    for k, (least, below, above, most) in enumerate(across(spans).tolist()):
        middle, half = (k + 0.5) * pitch, thickness * pitch / 2
        lines.append(f"M{least:.1f} {middle:.1f}H{most:.1f}")
        end = max(above, below + 1)
        bars.append(f"M{below:.1f} {middle - half:.1f}H{end:.1f}v{2 * half:.1f}H{below:.1f}z")
    return "".join(lines), "".join(bars), across
