"""Numbers to pixels: arrays in, RGBA arrays out, no canvas in sight.

A heatmap is a table look-up: each value becomes a place in a table of 256 shades. All tiles of
a layer are coloured by one call, whatever their number.
"""

import numpy as np


def shade(values, table, low=-1.0, high=1.0):
    """Colours `values` within [low, high] by a table of RGBA pixels; same shape, uint32.

    Values beyond the ends take the ends' shades.
    """
    last = len(table) - 1
    place = (values - low) * (last / (high - low))
    np.nan_to_num(place, copy=False, nan=last / 2)
    np.clip(place, 0, last, out=place)
    return table.take(place.astype(np.intp))


def tiles(activations, table, shader=shade):
    """One picture per unit: (n_cells, units) activations to (units, n_cells) pixels.

    Args:
        shader: `shade`, or what does the same faster.
    """
    return shader(np.ascontiguousarray(activations.T), table)


def sides(values):
    """Discretized: each value's sign as -1 or +1 (0 counts as +1)."""
    return np.where(values >= 0, 1.0, -1.0)


def regions(probabilities, shades, discrete=False):
    """The winning class's colour, stronger where it is more certain.

    Args:
        probabilities: (n_cells, n_classes).
        shades: (n_classes, 256) RGBA; gives (n_cells,) pixels. Certainty runs from 0 (all classes
            equal) to 1.
    """
    n_classes = probabilities.shape[1]
    winner = probabilities.argmax(axis=1)
    if discrete:
        return shades[winner, -1]
    certainty = (probabilities.max(axis=1) * n_classes - 1) / (n_classes - 1)
    place = np.clip(certainty, 0, 1) * (shades.shape[1] - 1)
    return shades[winner, np.nan_to_num(place).astype(np.intp)]
