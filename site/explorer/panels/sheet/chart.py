"""Two curves over the epochs, drawn for paper: training solid, test dashed."""

import numpy as np

from explorer.drawing.scales import Linear

LEFT, RIGHT, TOP, FOOT = 38, 10, 8, 20  # pixels around the curves
FONT = "12px Inter, sans-serif"
FEW = 4  # lines across the chart, about


def ticks(low, high, count=FEW):
    """Round numbers between `low` and `high`, about `count` of them."""
    span = max(high - low, 1e-9)
    power = 10.0 ** np.floor(np.log10(span / count))
    step = next(power * nice for nice in (1, 2, 5, 10) if span / (power * nice) <= count)
    first = np.ceil(low / step - 1e-9)
    return [float(step * k) + 0.0 for k in np.arange(first, np.floor(high / step + 1e-9) + 1)]


def draw_chart(ctx, paper, columns, theme, width, height):
    """Draw the losses over the epochs.

    Args:
        columns: (3, n): epochs, training, test; a column of NaN is no curve.
    """
    epochs, values = columns[0], columns[1:][np.isfinite(columns[1:])]
    low, high = min(0.0, values.min(initial=0.0)), values.max(initial=0.0) * 1.05 or 1.0
    across = Linear(epochs[0], max(epochs[-1], epochs[0] + 1), LEFT, width - RIGHT)
    up = Linear(low, high, height - FOOT, TOP)
    ctx.font, ctx.fillStyle, ctx.textBaseline = FONT, theme.second, "middle"
    ctx.strokeStyle, ctx.lineWidth, ctx.textAlign = theme.hairline, 1, "right"
    for value in ticks(low, high):
        ctx.stroke(paper.path(f"M{LEFT} {up(value):.1f}H{width - RIGHT}"))
        ctx.fillText(f"{value:.3g}", LEFT - 5, up(value))
    ctx.textAlign = "center"
    for epoch in ticks(across.low, across.high, 6):
        if epoch == int(epoch):
            ctx.fillText(f"{epoch:,.0f}", across(epoch), height - FOOT / 2 + 2)
    looks = ((theme.accent, 2.0, paper.NO_DASH), (theme.ink, 1.5, paper.DASH))
    for column, (colour, thick, dash) in zip(columns[1:], looks, strict=True):
        here = np.isfinite(column)
        if not here.any():
            continue
        places = zip(across(epochs[here]).tolist(), up(column[here]).tolist(), strict=True)
        ctx.strokeStyle, ctx.lineWidth = colour, thick
        ctx.setLineDash(dash)
        ctx.stroke(paper.path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)))
    ctx.setLineDash(paper.NO_DASH)
