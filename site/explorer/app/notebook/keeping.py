"""The notebook in this browser's storage: as it is now, and beside it as it was when opened.

Pictures are large, so outputs are kept only while they fit; the text is kept in any case that the
storage allows.
"""

from explorer.notebook import file_format

NOW, ORIGINAL = "notebook", "notebook-original"
MOST = 1_500_000  # characters of what is kept
SEPARATOR = "\n"


class Keeping:
    """Keeps a notebook under two names."""

    def __init__(self, browser):
        self.browser = browser

    def keep(self, notebook):
        """Keep it as it is; return whether that was possible."""
        return self.store(NOW, notebook)

    def keep_original(self, notebook):
        return self.store(ORIGINAL, notebook)

    def store(self, key, notebook):
        text = file_format.write(notebook)
        if len(text) > MOST:
            text = file_format.write(notebook, outputs=False)
        if len(text) > MOST:
            return False
        kept = notebook.name + SEPARATOR + text
        self.browser.store(key, kept)
        return self.browser.stored(key) == kept

    def restored(self):
        """The notebook of the last visit, or None."""
        return self.read(NOW)

    def original(self):
        """The notebook as it was opened, or None."""
        return self.read(ORIGINAL)

    def read(self, key):
        text = self.browser.stored(key)
        if not text:
            return None
        name, _, content = text.partition(SEPARATOR)
        try:
            return file_format.read(name, content.encode())
        except ValueError:
            return None
