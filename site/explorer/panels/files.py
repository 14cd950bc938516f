"""Saves files on the reader's machine: texts, bytes and canvases as pictures.

A file is a blob behind an invisible link that is pressed by the page itself. Nothing is sent
anywhere, and it works in a sandboxed frame that allows downloads.
"""

SECONDS = 60  # how long a file's address lives: until the browser has surely taken it


class Files:
    """Saves what it is given under a name."""

    def __init__(self, browser):
        self.browser = browser
        self.waiting = []  # names of pictures that are still being packed
        self.addresses = []  # of files that were saved
        self.packed = browser.callback(browser.guard(self.picture_packed))
        self.timer = browser.Timer(self.forget)

    def save(self, name, content, kind):
        """Offer a file to the reader, to be saved.

        Args:
            content: Text or bytes.
            kind: Its media type.
        """
        parts, options = self.browser.objects([content]), self.browser.objects({"type": kind})
        self.save_blob(name, self.browser.window.Blob.new(parts, options))

    def save_picture(self, name, canvas):
        """Save what is on a canvas as PNG; packing it takes the browser a moment."""
        self.waiting.append(name)
        canvas.toBlob(self.packed, "image/png")

    def picture_packed(self, blob):
        self.save_blob(self.waiting.pop(0), blob)

    def save_blob(self, name, blob):
        address = self.browser.window.URL.createObjectURL(blob)
        self.browser.create("a", href=address, download=name).click()
        self.addresses.append(address)
        self.timer.start(SECONDS)

    def forget(self):
        """Give the memory of saved files back."""
        for address in self.addresses:
            self.browser.window.URL.revokeObjectURL(address)
        self.addresses.clear()
