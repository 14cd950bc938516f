"""How a column's values are distributed, class by class: bars on one axis, as paths.

The classes' bars stand on each other, so that the outline is the distribution of all rows.
"""

import numpy as np

from explorer.drawing.scales import Linear


def counts(values, labels, n_classes, bins):
    """(n_classes, bins) rows per class and bin, and the bins' edges (bins + 1,).

    Values that are all the same fall into one bin in the middle.
    """
    low, high = float(values.min()), float(values.max())
    if low == high:
        low, high = low - 0.5, high + 0.5
    edges = np.linspace(low, high, bins + 1)
    place = np.clip(((values - low) / (high - low) * bins).astype(int), 0, bins - 1)
    flat = np.bincount(labels.astype(int) * bins + place, minlength=n_classes * bins)
    return flat.reshape(n_classes, bins), edges


def bars(heights, width, height, gap=1.0):
    """One path text per class: its bars on top of those of the classes before.

    Args:
        heights: (n_classes, bins). The tallest pile fills the height.
    """
    bins = heights.shape[1]
    tops = np.cumsum(heights, axis=0)
    scale = Linear(0, max(int(tops[-1].max()), 1), height, 0)
    step = width / bins
    paths = []
    for c, row in enumerate(heights):
        paths.append(
            "".join(
                f"M{k * step:.1f} {scale(tops[c, k]):.1f}h{step - gap:.1f}"
                f"V{scale(tops[c, k] - row[k]):.1f}h{gap - step:.1f}z"
                for k in np.flatnonzero(row)
            )
        )
    return paths
