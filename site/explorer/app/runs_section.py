"""What the parts of the section on runs have in common: they open, and what they show is saved.

Each is saved as a table, and as a picture of what is on the page.
"""

from explorer.learning.setups import usable
from explorer.panels.files import Files
from explorer.text.runs import RUNS


class Section:
    """A part of the section. Whoever is one has `csv()`, the text of its table, and a `panel` with
    `say(text)`, `pictured` (the element of which a picture can be saved) and, if a button opens
    the section, `first` (the field that then has the focus).

    Args:
        name: Of its element, and of what the button that opens it does.
        file: What its table and its picture are called, without an ending.
    """

    def __init__(self, app, name, file):
        self.app, self.browser = app, app.browser
        self.name, self.file = name, file
        self.node = app.browser.element(name)
        self.files = Files(app.browser)

    def toggle(self):
        """Open the section, or close it; what runs goes on."""
        self.node.hidden = not self.node.hidden
        for button in self.browser.elements(f'[data-action="{self.name}"]'):
            button.setAttribute("aria-expanded", "false" if self.node.hidden else "true")
        if not self.node.hidden:
            self.panel.first.focus()

    def take(self, what):
        """Save a table ("csv"), or a picture."""
        if what == "csv":
            self.save(f"{self.file}.csv", self.csv(), "text/csv")
        else:
            self.app.parts.wanted("code", self.save_picture)  # that part holds what paints it

    def save(self, name, content, kind):
        self.files.save(name, content, kind)
        self.panel.say(RUNS["saved"].format(name=name))

    def save_picture(self):
        from explorer.panels.picture import paint

        picture = paint(self.browser, [self.panel.pictured], self.app.stage.theme.background)
        if picture is not None:
            name = f"{self.file}.png"
            self.files.save_picture(name, picture)
            self.panel.say(RUNS["saved"].format(name=name))


def means(app, settings):
    """(engine, crew) for many runs: workers where they can do the work."""
    engine = usable(app.session.engine, settings)
    return engine, None if engine is None else app.browser.make_crew(app.browser, engine)
