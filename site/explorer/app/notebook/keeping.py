"""Notebooks in this browser's storage: each as it is now, and beside it as it was when opened.

They are kept by name; one that is opened under a name that another has gets a name of its own, so
nobody's work is written over. Pictures are large, so outputs are kept only while they fit.
"""

import json

from explorer.notebook import file_format

NAMES = "notebooks"  # the names that are kept, the last one first
NOW, ORIGINAL = "notebook:", "notebook-original:"
MOST = 1_000_000  # characters of one notebook
MOST_NAMES = 20


class Keeping:
    """Keeps notebooks."""

    def __init__(self, browser):
        self.browser = browser

    def names(self):
        """The names of those that are kept, the last one first."""
        try:
            names = json.loads(self.browser.stored(NAMES) or "[]")
        except ValueError:
            return []
        known = names if isinstance(names, list) else []
        return [name for name in known if isinstance(name, str)][:MOST_NAMES]

    def keep(self, notebook):
        """Keep it as it is; return whether that was possible."""
        names = [notebook.name, *(name for name in self.names() if name != notebook.name)]
        for name in names[MOST_NAMES:]:
            self.forget(name)
        return self.store(NOW, notebook) and self.put(NAMES, json.dumps(names[:MOST_NAMES]))

    def keep_original(self, notebook):
        """Keep it as what `original` gives."""
        return self.store(ORIGINAL, notebook)

    def forget(self, name):
        """Keep a notebook no longer."""
        self.put(NAMES, json.dumps([each for each in self.names() if each != name]))
        for kind in (NOW, ORIGINAL):
            self.put(kind + name, "")

    def free_name(self, notebook):
        """A name for a notebook that is opened: its own, unless another one is kept under that."""
        names, name, number = self.names(), notebook.name, 1
        while name in names and self.is_changed(name, notebook):
            number += 1
            name = f"{notebook.name}-{number}"
        return name

    def is_changed(self, name, notebook):
        """Whether what is kept under a name says something else than a notebook."""
        kept = self.read(NOW, name)
        return kept is not None and said(kept) != said(notebook)

    def restored(self):
        """The notebook of the last visit, or None."""
        names = self.names()
        return self.read(NOW, names[0]) if names else None

    def kept(self, name):
        return self.read(NOW, name)

    def original(self, name):
        """A notebook as it was opened, or None."""
        return self.read(ORIGINAL, name)

    def store(self, kind, notebook):
        text = file_format.write(notebook)
        if len(text) > MOST:
            text = file_format.write(notebook, outputs=False)
        return len(text) <= MOST and self.put(kind + notebook.name, text)

    def put(self, key, text):
        self.browser.store(key, text)
        return self.browser.stored(key) == text

    def read(self, kind, name):
        text = self.browser.stored(kind + name)
        try:
            return file_format.read(name, text.encode()) if text else None
        except ValueError:
            return None


def said(notebook):
    return [(cell.kind, cell.source) for cell in notebook.cells]
