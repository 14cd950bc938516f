"""The loss as a landscape: a map with contours, where the network is, and where it goes next."""

import numpy as np

from explorer.drawing.scales import Linear
from explorer.drawing.views import heatmap, scatter
from explorer.text.inside import INSIDE

FINE = 303  # pixels of the map along a side
LEVELS = 12  # contours
LINE, DARK = 0.75, 0.42  # half the width of a contour in pixels, and how much it darkens
FLATTEST = 0.02  # levels a pixel, below which a contour has no place of its own
HANDLE = 8.0  # radius of the handle, in pixels
HEAD = 7.0  # length of an arrow's head


class LandscapePanel:
    """Makes the elements, draws the map and what moves on it."""

    def __init__(self, browser, home, segments):
        self.browser = browser
        create = browser.create
        self.kind = segments(
            home, "inside-plane", INSIDE["plane"],
            (("weights", INSIDE["two_weights"]), ("path", INSIDE["own_plane"])),
            data_help="inside_plane", aria_describedby="help-inside_plane",
        )  # fmt: skip
        self.about = create("p", home, class_="inside-sentence")
        self.picture = create(
            "div",
            home,
            class_="picture landscape",
            id="landscape",
            role="img",
            tabindex="0",
            aria_label=INSIDE["landscape"],
            aria_describedby="help-inside_landscape",
            data_help="inside_landscape",
        )
        self.map_canvas = create("canvas", self.picture)
        self.marks = create("canvas", self.picture)
        self.map = browser.Raster([self.map_canvas], 1, 1)
        row = create("div", home, class_="inside-tools")
        self.count = self.menu(row, "steps", ((n, str(n)) for n in (1, 10, 30, 100)))
        self.count.value = "30"
        self.menu(row, "zoom", ((n, f"{n}×") for n in (1, 4, 16, 64)))
        self.fields = create("div", home, class_="inside-axes")
        self.menus, self.sliders, self.written = [], [], None
        for axis in ("across", "up"):
            field = create("label", self.fields, class_="field")
            create("span", field, INSIDE[axis])
            self.menus.append(create("select", field, data_axis=axis, aria_label=INSIDE[axis],
                                     data_help="inside_axes",
                                     aria_describedby="help-inside_axes"))  # fmt: skip
            self.sliders.append(
                create("input", self.fields, type="range", data_axis=axis, step="0.01",
                       aria_label=INSIDE[f"{axis}_value"])
            )  # fmt: skip
        self.line = create("p", home, class_="inside-sentence", role="status")

    def menu(self, parent, name, choices):
        """A choice with its label and help."""
        create = self.browser.create
        field = create("label", parent, class_="field")
        create("span", field, INSIDE[f"{name}_shown"])
        menu = create(
            "select", field, id=f"inside-{name}", aria_label=INSIDE[f"{name}_shown"],
            data_help=f"inside_{name}", aria_describedby=f"help-inside_{name}",
        )  # fmt: skip
        for value, text in choices:
            create("option", menu, text, value=value)
        return menu

    def write(self, kind, about, line, options, values, limits):
        """Write what stands beside the map.

        Args:
            options: Per axis (texts, chosen).
            values, limits: Per axis, of the sliders.
        """
        for value, button in self.kind.items():
            button.setAttribute("aria-pressed", "true" if value == kind else "false")
        self.browser.write(self.about, about)
        self.browser.write(self.line, line)
        self.fields.hidden = kind != "weights"
        if options != self.written:
            self.written = options
            self.write_menus(options)
        for slider, value, (low, high) in zip(self.sliders, values, limits, strict=True):
            slider.min, slider.max = f"{low:.2f}", f"{high:.2f}"
            if not slider.isSameNode(self.browser.document.activeElement):
                slider.value = f"{value:.2f}"

    def write_menus(self, options):
        for menu, (texts, chosen) in zip(self.menus, options, strict=True):
            menu.replaceChildren()
            for number, text in enumerate(texts):
                self.browser.create("option", menu, text, value=number)
            menu.value = str(chosen)

    def draw_map(self, losses, shades):
        """Shade the map from low to high, with a line where a level is crossed."""
        fine = enlarged(levels_of(losses), FINE)
        pixels = darker(heatmap.shade(2 * fine - 1, shades), contours(fine))
        self.map.resize(FINE, FINE)
        self.map.draw(np.ascontiguousarray(pixels[::-1]).ravel())

    def are_hidden(self, steps, window):
        """Whether all steps lie under the handle, so that they are not seen."""
        across, up = self.scales(*window)
        far = np.hypot(across(steps[:, 0]) - across(steps[0, 0]), up(steps[:, 1]) - up(steps[0, 1]))
        return bool((far < HANDLE).all())

    def scales(self, low, high):
        """From the plane to pixels: across and up."""
        box = self.picture.getBoundingClientRect()
        across = Linear(low[0], high[0], 0, box.width)
        return across, Linear(low[1], high[1], box.height, 0)

    def place_at(self, client_x, client_y, low, high):
        """The place of the plane that is under the pointer, within the map."""
        box = self.picture.getBoundingClientRect()
        across, up = self.scales(low, high)
        s, t = across.back(client_x - box.left), up.back(client_y - box.top)
        return min(max(s, low[0]), high[0]), min(max(t, low[1]), high[1])

    def draw_marks(self, here, gradient, steps, path, window, theme):
        """The path so far, the gradient as an arrow, the steps that follow, the handle."""
        ctx, width, height = self.browser.fit(self.marks)
        across, up = self.scales(*window)
        if path is not None:
            self.line_of(ctx, across(path[:, 0]), up(path[:, 1]), theme.ink, 2.0)
            start = [(scatter.rings([across(path[0, 0])], [up(path[0, 1])], 3.5), theme.ink)]
            scatter.draw(ctx, self.browser.path, start, theme.rim, 1.5)
        x, y = across(here[0]), up(here[1])
        size = float(np.hypot(*gradient))
        if np.isfinite(size) and size > 0:
            dx, dy = gradient[0] / size * 46, -gradient[1] / size * 46
            self.arrow(ctx, x, y, x + dx, y + dy, theme.second)
        xs, ys = across(steps[:, 0]), up(steps[:, 1])
        inside = np.isfinite(xs) & np.isfinite(ys)
        xs = np.clip(xs[inside], -width, 2 * width)
        ys = np.clip(ys[inside], -height, 2 * height)
        self.line_of(ctx, xs, ys, theme.accent, 2.0)
        rims = (theme.rim, HANDLE + 2, 2.0), (theme.accent, HANDLE, 3.5)
        for colour, radius, wide in rims:
            groups = [(scatter.rings([x], [y], radius), "transparent")]
            scatter.draw(ctx, self.browser.path, groups, colour, wide)
        groups = [(scatter.rings(xs[1:], ys[1:], 2.8), theme.accent)]
        scatter.draw(ctx, self.browser.path, groups, theme.rim, 1.0)

    def line_of(self, ctx, xs, ys, colour, width):
        ctx.strokeStyle, ctx.lineWidth = colour, width
        points = "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(xs, ys, strict=True))
        ctx.stroke(self.browser.path(f"M{points}"))

    def arrow(self, ctx, x0, y0, x1, y1, colour):
        angle = np.arctan2(y1 - y0, x1 - x0)
        ends = [
            (x1 - HEAD * np.cos(angle + turn), y1 - HEAD * np.sin(angle + turn))
            for turn in (0.45, -0.45)
        ]
        ctx.strokeStyle, ctx.lineWidth = colour, 2.5
        text = f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}"
        text += "".join(f"M{x1:.1f} {y1:.1f}L{x:.1f} {y:.1f}" for x, y in ends)
        ctx.stroke(self.browser.path(text))


def levels_of(losses):
    """Losses as places from 0, the lowest, to 1: by their logarithm, so that valleys show."""
    finite = losses[np.isfinite(losses)]
    if not len(finite):
        return np.full(losses.shape, np.nan)
    floor = max(float(finite.min()), 1e-9)
    most = float(np.log(max(float(finite.max()), floor) / floor)) or 1.0
    with np.errstate(all="ignore"):
        places = np.log(np.maximum(losses, floor) / floor) / most
    return np.where(np.isinf(losses), 1.0, places)


def enlarged(values, side):
    """(side, side) values between those given, drawn straight from one to the next."""
    n = len(values)
    places = np.linspace(0, n - 1, side)
    first = np.minimum(places.astype(int), n - 2)
    part = places - first
    rows = values[first] * (1 - part)[:, None] + values[first + 1] * part[:, None]
    return rows[:, first] * (1 - part) + rows[:, first + 1] * part


def contours(levels):
    """How much of each pixel a contour covers, from 0 to 1: by its distance from the next level."""
    places = np.nan_to_num(levels, nan=0.0) * LEVELS
    nearest = np.clip(np.round(places), 1, LEVELS - 1)
    slope = np.hypot(*np.gradient(places))
    distance = np.abs(places - nearest) / np.maximum(slope, FLATTEST)
    return np.clip(LINE + 0.5 - distance, 0.0, 1.0)


def darker(pixels, covered):
    """The same colours, darker where they are covered."""
    parts = np.ascontiguousarray(pixels).view(np.uint8).reshape(*pixels.shape, 4)
    parts[..., :3] = (parts[..., :3] * (1.0 - DARK * covered)[..., np.newaxis]).astype(np.uint8)
    return parts.view(np.uint32)[..., 0]
