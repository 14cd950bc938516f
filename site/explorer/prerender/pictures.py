"""The first pictures, made when the site is built: of the default, the presets and the Wine lab.

The reader sees a true picture before any Python has arrived: the same network, the same weights
and the same data that Python then draws in the same places, and the same values in the controls.
The default's stand in the page. What another experiment has different stands in templates; a
table says which link has which. The boot code (`boot/first.js`) only looks links up in it.
"""

import json
from html import escape

from explorer.drawing.scales import decimals, percent
from explorer.forms.markup import SLIDERS, shown
from explorer.learning.experiment import Experiment
from explorer.panels.network.structure import heading
from explorer.prerender.css_layout import CssLayout
from explorer.prerender.image import filters
from explorer.prerender.lab import first_lab
from explorer.prerender.network import ghost, network
from explorer.prerender.points import answer, marks, points
from explorer.prerender.tables import legend, small
from explorer.settings import link
from explorer.settings.presets import SETTINGS
from explorer.settings.settings import DEFAULTS, KNOBS
from explorer.text.presets import LOOK_FOR

USUAL = DEFAULTS["playground"]
LAB = {"step": "4", "band": "film", "plane": "two"}  # attributes of <html> when it opens


class FirstPictures:
    """All that the build puts into the page.

    Args:
        icon: Gives the SVG of an icon by its name.
    """

    def __init__(self, icon):
        self.icon = icon
        self.templates = {}  # HTML -> the template's id
        page = self.look_of(Experiment(USUAL))
        self.usual_fields, self.usual = fields(USUAL), page
        lab = Experiment(DEFAULTS["wine"])
        self.lab, self.steps = first_lab(lab, lab.snapshot())
        others = [settings for settings in SETTINGS.values() if settings != USUAL]
        table = {"": {}} | {key_of(s): self.entry(s, Experiment(s)) for s in others}
        table[key_of(lab.settings)] = self.entry(lab.settings, lab)
        self.table = {
            "usual": usual_pairs(), "hideable": hide_pairs(), "lab": LAB, "experiments": table
        }  # fmt: skip

    def parts(self):
        """{name: HTML} for the page's template."""
        look = self.usual
        return {
            **{name.replace("-", "_"): escape(text) for name, text in look["texts"].items()},
            **look["parts"],
            **{f"wine_{name}": html for name, html in self.lab.items()},
            "width": look["width"],
            "ghost": ghost(),
            "look_for": escape(look["texts"]["look-for"]),
            "legend": legend(
                {"epoch": "0"}
                | {name: look["texts"][f"first-{name}"] for name in ("loss_train", "loss_test")}
            ),
            "marks": marks() + filters(),
            "templates": "".join(
                f'<template id="{identity}">{html}</template>'
                for html, identity in self.templates.items()
            ),
            "table": json.dumps(self.table, ensure_ascii=False).replace("<", "\\u003c"),
        }

    def look_of(self, experiment):
        """What an experiment shows in the places that it shares with the others."""
        snapshot = experiment.snapshot()
        settings, problem, last = snapshot.settings, snapshot.problem, snapshot.last
        texts = {
            "layer-count": str(len(settings.network_shape)),
            "network-title": heading(problem),
        }
        parts = {"network": network(snapshot, self.icon)}
        if problem.on_plane:
            texts |= {
                "first-loss_train": decimals(last.loss_train, 4),
                "first-loss_test": decimals(last.loss_test, 4),
                "loss-train": decimals(last.loss_train), "loss-test": decimals(last.loss_test),
                "score-train": percent(last.score_train), "score-test": percent(last.score_test),
                "look-for": LOOK_FOR.get(settings.dataset_name, ""),
                **{f"{name}-shown": shown(name, settings) for name in SLIDERS},
            }  # fmt: skip
            parts |= {"map": answer(snapshot), "points": points(snapshot)}
        if problem.on_plane and problem.task == "multiclass":
            parts["confusion"] = small(snapshot)
        width = f"{CssLayout.of(snapshot).structure.least_width}px"
        return {"texts": texts, "parts": parts, "width": width}

    def entry(self, settings, experiment):
        """What an experiment shows otherwise than the page as it stands, for the boot code."""
        look = self.look_of(experiment)
        parts = different(look["parts"], self.usual["parts"])
        return {
            "fields": different(fields(settings), self.usual_fields),
            "texts": different(look["texts"], self.usual["texts"]),
            "parts": {name: self.template(html) for name, html in parts.items()},
            "width": look["width"],
            "hidden": {"confusion": False, "legend": True} if "confusion" in parts else {},
        }

    def template(self, html):
        """The id of the template with this HTML; equal ones share it."""
        return self.templates.setdefault(html, f"first-{len(self.templates) + 1}")


def different(these, usual):
    return {name: value for name, value in these.items() if usual.get(name) != value}


def fields(settings):
    """The value of every control, by its name."""
    values = {name: settings.text(name) for name in KNOBS}
    return values | {"dataset": settings.dataset_name}


# Links ------------------------------------------------------------------------------------------


def usual_pairs():
    """Every `key=value` that says nothing in a link to the playground, being the default."""
    plain = {knob.metadata["key"]: USUAL.text(name) for name, knob in KNOBS.items()}
    del plain["view"]  # a link that names its view is looked up as it is
    return link.pairs_text(plain.items()).split("&")


def hide_pairs():
    return [f"{key}_hide=true" for key in link.HIDEABLE]


def key_of(settings):
    """What a link says, without what goes without saying, in alphabetical order."""
    pairs = link.encode(settings).split("&")
    if settings.view == "playground":
        pairs = [pair for pair in pairs if pair not in usual_pairs()]
    return "&".join(sorted(pairs))
