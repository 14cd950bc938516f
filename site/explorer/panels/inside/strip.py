"""The gradients of a batch's samples on a line of numbers, and their mean."""

import numpy as np

from explorer.drawing.figures import shown
from explorer.drawing.scales import Linear
from explorer.drawing.views import scatter

RADIUS, ROOM = 4.0, 14


def draw_strip(browser, canvas, each, mean, own, theme):
    """Draw every sample's gradient on one axis, and their mean.

    Args:
        each: (n,) gradients.
        own: The places of the sample that is followed.
    """
    ctx, width, height = browser.fit(canvas)
    values = each[np.isfinite(each)]
    if not width or not len(values):
        return
    reach = max(float(np.abs(values).max()), 1e-300)
    across, middle = Linear(-reach, reach, ROOM, width - ROOM), height / 2 - 6
    ctx.strokeStyle, ctx.lineWidth = theme.hairline, 1
    ctx.stroke(browser.path(f"M{ROOM} {middle:.1f}H{width - ROOM:.1f}"))
    ctx.strokeStyle = theme.third
    ctx.stroke(browser.path(f"M{across(0):.1f} {middle - 14:.1f}v28"))
    xs, ys = across(values), np.full(len(values), middle)
    ys = ys + (np.arange(len(values)) % 5 - 2) * 2.5  # those that coincide stand apart
    groups = [
        (scatter.rings(xs[sign], ys[sign], RADIUS), colour)
        for sign, colour in ((values < 0, theme.negative), (values >= 0, theme.positive))
    ]
    scatter.draw(ctx, browser.path, groups, theme.rim, 1.0)
    if len(own):
        ctx.strokeStyle, ctx.lineWidth = theme.ink, 2
        ctx.stroke(browser.path(scatter.rings(xs[own], ys[own], RADIUS + 3)))
    ctx.strokeStyle, ctx.lineWidth = theme.ink, 2.5
    ctx.stroke(browser.path(f"M{across(mean):.1f} {middle - 16:.1f}v32"))
    ctx.fillStyle, ctx.font, ctx.textAlign = theme.second, "12px Inter, sans-serif", "center"
    ctx.fillText("0", across(0), height - 2)
    ctx.textAlign = "left"
    ctx.fillText(shown(-reach), 0, height - 2)
    ctx.textAlign = "right"
    ctx.fillText(shown(reach), width, height - 2)
    ctx.textAlign = "left"
