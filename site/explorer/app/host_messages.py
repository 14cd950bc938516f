"""Commands from the page around this one, and what it is told.

Version 1. Commands: play, pause, step, reset, set with `settings`, an object of link keys and
values, and lesson with `lesson` and `progress`, what was kept of it. Events: ready, epoch, changed,
lesson; `failed` is told by the boot code. Whatever is
not named here is ignored, numbers are brought within their limits, and a value that cannot be used
is named in the answer.
"""

import math

from explorer.session.own_weights import with_own_weights
from explorer.settings import link
from explorer.settings.fields import BadValue, Count, Number, Whole, bad_value
from explorer.settings.settings import KNOBS
from explorer.text.errors import ERRORS

VERSION = 1
MOST_SETTINGS = 100


class HostMessages:
    """Speaks with the page around: `received` takes commands, `post` sends events.

    Args:
        app: The application.
        post: Takes an event as a dict.
    """

    def __init__(self, app, post):
        self.app, self.post = app, post
        self.told_epoch = self.told_link = None
        self.refused = []  # what of a command is still to be answered
        self.commands = {
            "play": lambda _: app.player.playing or app.toggle(),
            "pause": lambda _: app.pause(),
            "step": lambda _: app.step(),
            "reset": lambda _: app.reset(),
            "set": lambda message: self.set(message.get("settings")),
            "lesson": self.take_progress,
        }

    def ready(self):
        """Say that commands are welcome from now on."""
        self.told_link = link.encode(self.app.current)
        self.tell("ready", link=self.told_link)

    def received(self, message):
        """Obey a message, if it is one of ours; `message` is any JSON value."""
        if not isinstance(message, dict) or message.get("nncore") != VERSION:
            return
        name = message.get("command")
        command = self.commands.get(name) if isinstance(name, str) else None
        if command is not None:
            command(message)
            self.app.stale = True

    def set(self, wanted):
        """Take settings by their link keys, and say which could not be used."""
        if not isinstance(wanted, dict):
            return
        few = dict(list(wanted.items())[:MOST_SETTINGS])
        settings, self.refused = merged(self.app, few)
        if settings.view != self.app.session.view:
            self.app.show_view(settings.view)
        self.app.change(settings)
        self.changed(self.app.current)

    def take_progress(self, message):
        """What the page around has kept of a lesson; "" if it keeps it from now on."""
        name, text = message.get("lesson"), message.get("progress")
        if isinstance(name, str) and isinstance(text, str):
            self.app.lessons.take(name, text)

    # Events -------------------------------------------------------------------------------------

    def frame(self, snapshot, playing):
        """After a frame was drawn: tells a new epoch, and that training has begun or ended."""
        now = snapshot.epoch, playing
        if now == self.told_epoch:
            return
        self.told_epoch = now
        last, classifies = snapshot.last, snapshot.problem.task != "regression"
        self.tell(
            "epoch",
            epoch=snapshot.epoch,
            playing=playing,
            lossTrain=last.loss_train,
            lossTest=last.loss_test,
            accuracyTrain=last.score_train if classifies else None,
            accuracyTest=last.score_test if classifies else None,
        )

    def changed(self, settings):
        """After a change of settings, by whomever."""
        text = link.encode(settings)
        if text != self.told_link or self.refused:
            self.tell("changed", link=text, refused=self.refused)
            self.told_link, self.refused = text, []

    def lesson(self, **what):
        """Something has happened in a lesson."""
        self.tell("lesson", **what)

    def tell(self, event, **what):
        self.post({"nncore": VERSION, "event": event, **what})


def merged(app, wanted):
    """(settings, refused): the current settings with `wanted` in place, and why not all of it."""
    session, refused = app.session, []
    view = wanted.pop("view", session.view)
    if not isinstance(view, str) or view not in session.settings:
        fault = bad_value("choice", names=", ".join(session.settings), text=str(view)[:50])
        refused.append(ERRORS["of"].format(name="view", fault=fault))
        view = session.view
    settings = session.settings[view]
    for key, value in wanted.items():
        name = link.BY_KEY.get(key)
        if name is None or name == "view":
            continue
        try:
            settings = settings.with_text(name, text_of(KNOBS[name].metadata["kind"], value))
        except BadValue as error:
            refused.append(ERRORS["of"].format(name=key, fault=error))
    settings, problems = link.fitting(settings)
    settings, more = with_own_weights(settings)
    return settings, refused + problems + more


def text_of(kind, value):
    """A JSON value as the text that a link would hold; numbers within the limits of `kind`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, (str, int, float)):
        raise bad_value("not_value", text=str(value)[:50])
    if isinstance(value, str) and len(value) > link.LONGEST:
        raise bad_value("long_value", longest=link.LONGEST, count=len(value))
    if isinstance(kind, (Number, Whole)):
        return number_text(kind, value)
    return str(value)


def number_text(kind, value):
    """A number within the limits of `kind`, as text."""
    try:
        number = float(value)
    except (ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise bad_value("not_number", text=str(value)[:50])
    if isinstance(kind, Count) and number == 0:
        return "0"
    number = min(max(number, kind.low), kind.high)
    return kind.write(round(number) if isinstance(kind, Whole) else number)
