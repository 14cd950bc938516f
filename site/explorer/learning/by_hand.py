"""Weights that were set or held fixed by hand, as a part of the settings: so a link carries them.

`settings.start` names the weights that training starts from where they are other than the seed
draws them, `settings.frozen` the numbers that it leaves alone. Both are written here after each
change by hand, and read when an experiment begins. A change at epoch 0 is a part of the start to
which Reset goes back; a later one is carried by the link, but taken back by Reset.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.learning.problem import outline
from explorer.settings.packed import pack, unpack
from explorer.settings.settings import KNOBS, Settings
from nncore.arrays import BoolArray, FloatArray, RandomSource, twin

if TYPE_CHECKING:
    from explorer.learning.experiment import Experiment


NOTHING: dict[str, Any] = {"start": "", "frozen": ()}
FROZEN = KNOBS["frozen"].metadata["kind"]


def draw(experiment: Experiment) -> tuple[FloatArray, RandomSource]:
    """(params, stream): the initial weights of the seed, and the stream where they leave it."""
    stream = twin(experiment.problem.stream)
    return experiment.model.init(stream), stream


def start(settings: Settings, drawn: FloatArray) -> tuple[FloatArray, BoolArray]:
    """(params, frozen) that training starts from; what is of another network is left out.

    Args:
        drawn: (n_params,) as the seed draws them.
    """
    params, frozen = drawn.copy(), np.zeros(len(drawn), bool)
    values, held = values_of(settings, len(drawn))
    for place, value in values.items():
        params[place] = value
    frozen[held] = True
    return params, frozen


def fits(settings: Settings, n_params: int) -> bool:
    """Whether what the settings say of weights can be said of a network of `n_params`."""
    told = unpack(settings.start)[0] if settings.start else n_params
    return told == n_params and (not settings.frozen or settings.frozen[-1] <= n_params)


def values_of(settings: Settings, n_params: int) -> tuple[dict[int, float], list[int]]:
    """({place: value}, places held fixed), counted from 0, of a network of `n_params`."""
    if not fits(settings, n_params):
        return {}, []
    values = unpack(settings.start)[1] if settings.start else {}
    return values, [number - 1 for number in settings.frozen]


def from_start(experiment: Experiment) -> Settings:
    """The settings with what was done by hand before training began, and nothing later."""
    return replace(experiment.settings, **experiment.origin)


def size_of(settings: Settings) -> int:
    """How many numbers the network has that the settings describe."""
    return outline(settings).model(settings).n_params


def choice(settings: Settings) -> dict[str, Any]:
    """What the settings say of weights, as fields."""
    return {"start": settings.start, "frozen": settings.frozen}


def described(drawn: FloatArray, params: FloatArray, frozen: BoolArray) -> dict[str, Any] | None:
    """The fields that say so; None if that is more than a link can carry."""
    other = np.flatnonzero(params != drawn)
    values = dict(zip(other.tolist(), params[other].tolist(), strict=True))
    text = pack(len(drawn), values) if values else ""
    places = tuple((np.flatnonzero(frozen) + 1).tolist())
    if text is None or len(FROZEN.write(places)) > FROZEN.longest:
        return None
    return {"start": text, "frozen": places}


def note(experiment: Experiment) -> None:
    """Write what was done by hand into the experiment's settings."""
    fields = described(experiment.drawn, experiment.params, experiment.frozen)
    experiment.too_many = fields is None
    experiment.settings = replace(experiment.settings, **(fields or NOTHING))
    if experiment.epoch == experiment.batch == 0:
        experiment.origin = choice(experiment.settings)


def draw_again(experiment: Experiment) -> None:
    """The seed is another, the weights stay: says the same of them beside what it draws."""
    old = experiment.drawn
    experiment.drawn, _ = draw(experiment)
    if experiment.settings.start or experiment.settings.frozen:
        told = described(experiment.drawn, *start(experiment.settings, old)) or NOTHING
        experiment.settings = replace(experiment.settings, **told)
        experiment.origin = told
