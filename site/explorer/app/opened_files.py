"""Files that the reader opens: dropped on the page, or chosen by a button.

Each kind of file has its handler by the ending of its name; any other is a table, or refused by
what reads tables. A network that was taken away opens
in its own settings, trained as it was; the Python that reads it comes with the Code panel's part.
"""

from explorer.text.notices import TEXT

MOST_BYTES = 50_000_000
PART = "code"
OURS = b'"format"'  # stands in each JSON file of ours
RECEIPT = ".receipt.json"
MOST_FILES = 500
FIELDS = ("open-file", "lesson-file")


class OpenedFiles:
    """Listens for files.

    Attributes:
        kinds: {ending: function of (name, bytes)}.
    """

    def __init__(self, app):
        self.app, self.browser = app, app.browser
        self.kinds = {
            ".runs.json": app.runs.open_file,
            RECEIPT: app.lessons.open_receipt,
            ".md": app.lessons.open_file,
            ".npz": self.open_network,
            ".json": self.open_network,
        }
        app.notebook.opener = self
        self.field = app.browser.element("open-file")
        app.actions["open-file"] = lambda _: self.field.click()

    def listen(self):
        document = self.browser.document
        self.browser.listen(document, "dragover", self.dragged)
        self.browser.listen(document, "drop", self.dropped)
        self.browser.listen(document, "change", self.chosen)

    def dragged(self, event):
        """A file over the page may be let go here."""
        if "Files" in list(event.dataTransfer.types):
            event.preventDefault()

    def dropped(self, event):
        files = list(event.dataTransfer.files)
        if files:
            event.preventDefault()
            self.open_all(files)

    def chosen(self, event):
        if event.target.id in FIELDS and (files := list(event.target.files)):
            self.open_all(files)
            event.target.value = ""  # so that the same one can be chosen again

    def open_all(self, files):
        """Of some files all receipts, for they come by the class, with their lessons; all where a
        notebook takes them; else the first one."""
        receipts = [file for file in files if str(file.name).lower().endswith(RECEIPT)]
        if receipts:
            lessons = [file for file in files if str(file.name).lower().endswith(".md")]
            receipts = [*lessons, *receipts]
        several = receipts or (files if self.app.notebook.is_open else files[:1])
        for file in several[:MOST_FILES]:
            self.open(file)

    def open(self, file):
        """Read a file, if it is of a kind that the page knows and no larger than it can be."""
        name = str(file.name)[-100:]
        handler = self.app.notebook.handler(name) or next(
            (h for end, h in self.kinds.items() if name.lower().endswith(end)),
            self.app.own.open_file,
        )
        if file.size > MOST_BYTES:
            self.refuse(name, TEXT["file_large"].format(most=MOST_BYTES // 1_000_000))
        else:
            guard = self.browser.guard
            failed = guard(lambda: self.refuse(name, TEXT["file_unread"]))
            self.browser.read_file(file, guard(lambda content: handler(name, content)), failed)

    def open_network(self, name, content):
        """Show a network that was taken away, when the Python for it is there. Other JSON is what
        people have instead of a table."""
        if name.lower().endswith(".json") and OURS not in content:
            self.app.own.open_file(name, content)
            return
        self.app.parts.wanted(PART, lambda: self.show_network(name, content))

    def show_network(self, name, content):
        from explorer.export import saved_network  # it comes with the part

        app = self.app
        try:
            saved = saved_network.read(content, app.current)
        except ValueError as fault:
            self.refuse(name, str(fault))
            return
        app.pause()
        app.stage.card.close()
        app.notices.close("file")
        app.session.open_trained(
            saved.settings, saved.params, saved.epoch, saved.dead, saved.records
        )
        app.view_shown()

    def refuse(self, name, reason):
        sentence = f"{name}: {reason}."
        if not self.app.own.refuse(sentence):
            self.app.notices.show("file", TEXT["file_title"], sentence)
        self.app.stale = True
