"""The first picture of the Wine lab: the course's exercise, not begun, as texts and HTML."""

from html import escape

from explorer.drawing.scales import decimals, percent
from explorer.learning.exercise import Walk
from explorer.panels.lab.walk import facts_of, lines, note, offers
from explorer.prerender.points import plane
from explorer.prerender.tables import wide
from explorer.text.labels import NOUNS
from explorer.text.wine import WINE


def first_lab(experiment, snapshot):
    """{name: HTML} of what only the Wine lab shows."""
    last, settings = snapshot.last, snapshot.settings
    walk = Walk()
    facts = facts_of(snapshot, None, False, NOUNS[settings.dataset])
    key, words = note(walk.open, facts)
    return {
        "plane": plane(snapshot),
        "plane_title": escape(WINE["plane_title"].format(layer=len(settings.network_shape))),
        "confusion": wide(snapshot),
        "score": percent(last.score_train),
        "loss": decimals(last.loss_train, 4),
        "note": escape(WINE[key].format(**words)),
        "offers": "".join(
            f'<button class="quiet" data-action="{action}" data-value="{value}">'
            f"{escape(label)}</button>"
            for label, action, value in offers(walk.open, facts)
        ),
        "epochs": str(settings.stop_epoch),
    }, steps(walk, walk.done(experiment), lines(facts))


def steps(walk, done, texts):
    """Per step (number, heading, line, attributes of its button, spoken state)."""
    result = []
    for number, (heading, text) in enumerate(zip(WINE["steps"], texts, strict=True), 1):
        marks = ' data-done=""' if number in done else ""
        marks += ' aria-current="step"' if number == walk.open else ""
        result.append((number, heading, text, marks, WINE["done"] if number in done else ""))
    return result
