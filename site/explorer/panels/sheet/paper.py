"""A browser whose canvases are as fine as paper: what draws on a screen draws on a sheet, too."""

FINE = 3  # pixels of a picture along a CSS pixel: 288 to the inch


class Paper:
    """The browser, but its pictures have more pixels."""

    def __init__(self, browser):
        self.browser = browser
        self.ctx = None  # of the canvas that was fitted last

    def __getattr__(self, name):
        return getattr(self.browser, name)

    def pixel_ratio(self):
        return FINE

    def fit(self, canvas, width, height):
        fitted = self.browser.fit(canvas, width, height, FINE)
        self.ctx = fitted[0]
        return fitted

    def picture(self, parent, width, height, draw, name):
        """A canvas of this size in CSS pixels, below `parent`; draw(ctx, width, height)."""
        canvas = self.canvas(parent)
        canvas.setAttribute("role", "img")
        canvas.setAttribute("aria-label", name)
        ctx, _, _ = self.fit(canvas, width, height)
        draw(ctx, width, height)
        self.settle(canvas)
        return canvas

    def canvas(self, parent):
        """A canvas below `parent` whose pixels can be read."""
        canvas = self.browser.hidden_canvas()
        parent.appendChild(canvas)
        return canvas

    def settle(self, canvas):
        """Make pixels of what was just drawn. Chromium 156 prints a canvas that was drawn on since
        printing began as the shapes on it, and 2 % too small, unless its pixels were written.
        """
        pixels = self.ctx.getImageData(0, 0, canvas.width, canvas.height)
        self.ctx.putImageData(pixels, 0, 0)

    def image(self, pixels, width, height):
        """A canvas out of sight with these pixels, to be drawn from."""
        canvas = self.browser.create("canvas")
        self.browser.Raster([canvas], width, height).draw(pixels)
        return canvas

    def images(self, pixels, count, width, height):
        """The same for `count` pictures of equal size."""
        canvases = [self.browser.create("canvas") for _ in range(count)]
        self.browser.Raster(canvases, width, height).draw(pixels)
        return canvases
