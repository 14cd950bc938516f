"""Where the reader was last time: offered in one line at the bare address, never opened unasked.

In a computer room the last visit may have been somebody else's. So the bare address opens the
default, and one quiet line offers to go on or to forget. The line goes as soon as the reader
begins something else; that is then what the next visit is offered.
"""

from explorer.session.last_visit import KEY, ago, read, written
from explorer.settings import link
from explorer.settings.settings import Settings
from explorer.text.labels import CHOICES
from explorer.text.notices import TEXT


class LastVisit:
    """Remembers what the reader does, and offers it; one of the application's followers.

    Args:
        clock: Gives the seconds since 1970.
    """

    def __init__(self, app, clock):
        self.app, self.browser, self.clock = app, app.browser, clock
        self.line = app.browser.element("last-visit")
        self.visit = None  # what is offered
        self.noted = False  # whether what is shown is what the next visit is offered
        # The default's own link is what a bare address becomes, and what a reload then finds.
        text = app.browser.link_text().removeprefix("#")
        self.bare = text in ("", link.encode(Settings()))
        app.actions |= {"go-on": lambda _: self.go_on(), "forget": lambda _: self.forget()}

    def offer(self):
        """Show the line, if the address held no link and there is a last visit."""
        if self.bare:
            self.visit = read(self.browser.stored(KEY), self.app.own.restore)
        if self.visit is not None:
            self.browser.write(self.browser.element("last-visit-what"), self.words())
            self.line.hidden = False

    def words(self):
        """What the last visit was about, and how long ago."""
        visit = self.visit
        settings = visit.settings[visit.view]
        kind = "reg_dataset" if settings.is_regression else "dataset"
        shape = "-".join(map(str, settings.network_shape)) or TEXT["no_layers"]
        parts = [CHOICES["view"][visit.view], CHOICES[kind][settings.dataset_name], shape]
        if visit.when is not None:
            unit, number = ago(self.clock() - visit.when)
            parts.append(TEXT[f"ago_{unit}"].format(number=number))
        return ", ".join(dict.fromkeys(parts))

    def go_on(self):
        """Open what was left behind, in both views."""
        visit, app = self.visit, self.app
        self.close()
        others = [each for view, each in visit.settings.items() if view != visit.view]
        for settings in (*others, visit.settings[visit.view]):
            app.session.open(link.encode(settings))
        app.pause()
        app.stage.card.close()
        app.view_shown()

    def forget(self):
        """Forget the last visit."""
        self.browser.store(KEY, "")
        self.close()

    def close(self):
        if self.visit is not None:
            self.visit, self.line.hidden = None, True

    def changed(self, _settings):
        """After a change of settings: this is now what the next visit is offered."""
        self.close()
        self.note(everything=True)

    def frame(self, _snapshot, playing):
        """Training what a link has brought counts as well; training the default does not."""
        if playing:
            self.close()
            if not self.noted:
                self.note(everything=False)

    def note(self, everything):
        """Keep what is shown.

        Args:
            everything: Whether to keep that all is the default, too, which forgets the rest.
        """
        session, self.noted = self.app.session, True
        text = written(session.view, session.settings, self.clock())
        if text or (everything and self.browser.stored(KEY)):
            self.browser.store(KEY, text)
