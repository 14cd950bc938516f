"""The tools of drawing below the picture, and the drawing itself on a canvas over it.

The tools are made when drawing begins and when points become values, and say by `data-action` and
`data-draw` what they do. The canvas shows all points of the drawing, and a ring where the brush or
the eraser is.
"""

import numpy as np

from explorer.drawing.identity import Identity
from explorer.drawing.palette import point_colours
from explorer.drawing.scales import Linear
from explorer.drawing.views import scatter
from explorer.text.data import DRAW

EXTENT = 6.0
RADIUS = 3.6  # of a point, in pixels
RIM = "#ffffff"
SIGNS = ("●", "■", "▲")
ERASER, HAND = "erase", "move"
TOOLS = {"1": "point", ERASER: "erase", HAND: "move"}
SLIDERS = {"size": ("0.2", "2", "0.1"), "density": ("1", "20", "1"), "value": ("-1", "1", "0.1")}


class DrawTools:
    """Writes the tools, and draws the drawing."""

    def __init__(self, browser):
        self.browser, self.node = browser, browser.element("draw-tools")
        self.output, self.drawn = browser.element("output"), None
        self.canvas = browser.create("canvas", self.output, id="draw-points", aria_hidden="true")

    def button(self, parent, text, action, value="", kind="button"):
        return self.browser.create(
            "button", parent, text, class_=kind, data_action=action, data_value=value
        )

    def show(self, view):
        """Show the tools.

        Args:
            view: tool, is_number, and the values of the sliders, by name.
        """
        create, is_number = self.browser.create, view["is_number"]
        self.browser.publish(drawing="true")
        self.output.setAttribute("role", "application")
        self.output.setAttribute("aria-describedby", "draw-keys")
        focus = self.focused()
        self.node.replaceChildren()
        self.node.hidden = False
        self.drawn = None
        row = create("div", self.node, class_="segments", role="group", aria_label=DRAW["tool"])
        brushes = [("1", "")] if is_number else [*zip("123", SIGNS, strict=True)]
        for name, sign in (*brushes, (ERASER, ""), (HAND, "")):
            label = DRAW["brush"].format(number=name) if sign else DRAW[TOOLS[name]]
            node = self.button(row, "", "draw-tool", name, "")
            node.setAttribute("aria-label", label)
            if sign:
                create("i", node, sign)
            create("span", node, name if sign else label)
        row = create("div", self.node, class_="draw-sliders")
        for name in ("value", "size", "density") if is_number else ("size", "density"):
            self.slider(row, name, view[name])
        row = create("div", self.node, class_="row draw-foot")
        kinds = create("select", row, data_draw="kind", aria_label=DRAW["kind"],
                       autocomplete="off")  # fmt: skip
        for name in ("classes", "number"):
            create("option", kinds, DRAW[name], value=name)
        kinds.value = "number" if is_number else "classes"
        self.button(row, DRAW["undo"], "draw-undo")
        self.button(row, DRAW["clear"], "draw-clear")
        self.button(row, DRAW["done"], "draw-done", kind="button primary")
        self.words = create("p", self.node, class_="sentence", id="draw-words", role="status")
        create("p", self.node, DRAW["keys"], class_="sentence", title=DRAW["help"])
        create("p", self.node, DRAW["help"], class_="unseen", id="draw-keys")
        self.mark(view["tool"])
        for node in self.browser.elements(focus)[:1] if focus else ():  # the slider of values goes
            node.focus()

    def focused(self):
        """Where the focus is among the tools, as a selector, or ""."""
        for name in ("data-draw", "data-action"):
            node = self.browser.closest(
                self.browser.document.activeElement, f"#draw-tools [{name}]"
            )
            if node is not None:
                return f'#draw-tools [{name}="{node.getAttribute(name)}"]'
        return ""

    def mark(self, tool):
        """Show which tool is chosen."""
        for node in self.browser.elements('[data-action="draw-tool"]'):
            is_chosen = node.getAttribute("data-value") == tool
            node.setAttribute("aria-pressed", "true" if is_chosen else "false")

    def slider(self, row, name, value):
        create, (low, high, step) = self.browser.create, SLIDERS[name]
        label = create("label", row, class_="field")
        create("span", label, DRAW[name])
        create("input", label, type="range", min=low, max=high, step=step, value=f"{value:g}",
               data_draw=name, aria_label=DRAW[name], autocomplete="off")  # fmt: skip

    def hide(self):
        """Drawing is over: the tools go, and the picture is a picture again."""
        self.browser.publish(drawing="false")
        self.node.hidden = True
        self.output.setAttribute("role", "img")
        self.output.removeAttribute("aria-describedby")
        self.output.removeAttribute("data-unready")

    def say(self, words, is_ready):
        """Say how many points there are; what cannot be learned from covers the map."""
        self.browser.write(self.words, words)
        self.output.toggleAttribute("data-unready", not is_ready)

    def draw(self, drawing, place, size, theme, shades):
        """Draw the points, and the ring of a brush of this size at a place."""
        box = self.output.getBoundingClientRect()
        key = Identity(drawing), place, size, theme.ink, box.width, box.height
        if key == self.drawn or not box.width:
            return
        self.drawn = key
        ctx, width, height = self.browser.fit(self.canvas)
        across, up = Linear(-EXTENT, EXTENT, 0, width), Linear(-EXTENT, EXTENT, height, 0)
        if len(drawing):
            xs, ys = across(drawing.X[:, 0]), up(drawing.X[:, 1])
            if drawing.is_number:
                groups = scatter.value_groups(xs, ys, drawing.values, shades, RADIUS)
            else:
                colours = point_colours(theme, "multiclass")[: len(SIGNS)]
                classes = drawing.values.astype(int) - 1
                groups = scatter.class_groups(xs, ys, classes, colours, RADIUS)
            scatter.draw(ctx, self.browser.path, groups, RIM, RADIUS / 3)
        if place is not None:
            radius = max(size * width / (2 * EXTENT), 2 * RADIUS)
            middle = np.array([across(place[0])]), np.array([up(place[1])])
            ring = [(scatter.rings(*middle, radius), "transparent")]
            scatter.draw(ctx, self.browser.path, ring, theme.ink, 1.5)
