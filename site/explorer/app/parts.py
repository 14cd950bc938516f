"""Parts of the page's Python that are fetched when they are first wanted.

Which modules a part holds says the build's table, tools/inside/parts.py. Who needs a part asks
`Parts` for it, and imports from it in what is called when it is there. What the reader pressed is
then done; if the part does not come, the page says why and offers to try again.
"""

from functools import partial

from explorer.text.parts import PARTS

SLOW = 0.4  # seconds after which the reader is told that something is being fetched


class Parts:
    """Fetches each part once. `<html data-parts>` names those that are there.

    Attributes:
        actions: What a press does, by name; those of every OnDemand are among them.
    """

    def __init__(self, browser, notices):
        self.browser, self.notices = browser, notices
        self.there, self.loading = [], {}
        self.actions = {"load-part": self.again}

    def wanted(self, name, then, place=None):
        """Call `then()` when the part is there: now, if it is.

        Args:
            place: The element in which the reader is told about it; None takes a notice.
        """
        if name in self.there:
            then()
        else:
            if name not in self.loading:
                self.loading[name] = Loading(self, name, place)
            self.loading[name].wishes.append(then)
            self.again(name)

    def again(self, name):
        """Fetch a part that is wanted; the button for it after a failure."""
        if name in self.loading:
            self.loading[name].begin()

    def came(self, name):
        """The part is there: everything that waited for it is done."""
        self.there.append(name)
        self.browser.publish(parts=" ".join(self.there))
        for then in self.loading.pop(name).wishes:
            then()


class Loading:
    """One part on its way: who waits for it, and what the reader sees of it."""

    def __init__(self, parts, name, place):
        self.parts, self.browser = parts, parts.browser
        self.name, self.place, self.wishes = name, place, []
        self.title = PARTS[f"part_{name}"]
        self.bar = None
        self.busy = False
        self.slow = parts.browser.Timer(self.show)

    def begin(self):
        """Have it fetched, unless it is on its way."""
        if self.busy:
            return
        self.busy, self.bar = True, None
        self.clear()
        self.slow.start(SLOW)
        self.browser.load_part(self.name, self.arrived, self.done, self.failed)

    def arrived(self, count, total):
        if self.bar is not None:
            self.bar.setAttribute("value", f"{count / total:.3f}")

    def done(self):
        self.slow.stop()
        self.clear()
        self.parts.came(self.name)

    def failed(self, cause, message):
        """The sentence for the cause, and the button; the wish stays."""
        self.slow.stop()
        self.busy = False
        self.browser.log_error(f"part {self.name}: {message}")
        reason = PARTS.get(f"because_{cause}", PARTS["because_unknown"])
        self.tell(PARTS["failed"].format(part=self.title, reason=reason), retry=True)

    def show(self):
        """It takes a while: the reader is told."""
        node = self.tell(PARTS["loading"].format(part=self.title))
        self.bar = self.browser.create("progress", node, max="1", aria_label=self.title)

    def tell(self, text, retry=False):
        """Show a sentence, with the button for another attempt; return what holds it."""
        actions = [(PARTS["again"], "load-part", self.name)] if retry else []
        if self.place is None:
            return self.parts.notices.show(self.subject, self.title, text, actions)
        self.clear()
        node = self.browser.create("span", self.place, class_="part")
        self.browser.create("span", node, text)
        for label, action, value in actions:
            self.browser.create(
                "button", node, label, class_="button", data_action=action, data_value=value
            )
        return node

    def clear(self):
        if self.place is None:
            self.parts.notices.close(self.subject)
        else:
            self.place.replaceChildren()

    @property
    def subject(self):
        return f"part-{self.name}"


class OnDemand:
    """Actions whose Python comes with a part: the first of them fetches it, and is then done.

    Args:
        make: Imports from the part and returns an object whose `actions` has each of `names`.
        place: As for `Parts.wanted`.
    """

    def __init__(self, app, part, make, names, place=None):
        self.app, self.part, self.make, self.place = app, part, make, place
        self.made = None
        app.parts.actions |= {name: partial(self.do, name) for name in names}

    def do(self, name, value):
        self.app.parts.wanted(self.part, partial(self.act, name, value), self.place)

    def act(self, name, value):
        if self.made is None:
            self.made = self.make()
        self.made.actions[name](value)
        self.app.stale = True
