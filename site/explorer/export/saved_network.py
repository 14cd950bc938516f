"""A network taken away as .npz or JSON, with what the page needs to show it as it was.

Beside what `nncore.saving` writes stands a `page`: the link of its settings, the epoch, the weights
that L1 had switched off, a table of the reader's own, whole, and the history where it is wanted.
Nothing that is read here becomes code; a file that does not fit together is a ValueError with a
sentence. Files written by `nncore` alone have no page: they open in the settings that are shown, if
these ask for such inputs and outputs.
"""

import io
import json
import struct
import zipfile
import zlib
from dataclasses import dataclass, replace

import numpy as np

from explorer.export import saved_history
from explorer.learning.history import Record
from explorer.learning.problem import outline, own_tables
from explorer.learning.trained import dead_of
from explorer.settings import link
from explorer.settings.fields import BadValue, Ranges
from explorer.settings.settings import KNOBS, Settings
from explorer.text.code import CODE
from nncore import from_json, load_npz, save_npz, to_json

PAGE = "page.json"  # in the .npz; "page" in the JSON
EPOCH = KNOBS["stop_epoch"].metadata["kind"]
DEAD = Ranges(65_535, longest=100_000)
LONGEST = 60_000_000  # characters of a page, most of them a table
FAULTS = (
    ValueError, TypeError, AttributeError, KeyError, OSError, RuntimeError, NotImplementedError,
    OverflowError, EOFError, MemoryError, struct.error, zlib.error, zipfile.BadZipFile,
)  # fmt: skip


@dataclass(frozen=True)
class SavedNetwork:
    """What a file holds.

    Attributes:
        dead: Numbers (from 1) of weights that were switched off.
        records: Earlier epochs, of an experiment that was saved with its history.
    """

    settings: Settings
    params: np.ndarray
    epoch: int
    dead: tuple[int, ...]
    records: tuple[Record, ...] = ()


def page_of(experiment):
    """What the page adds to a file."""
    page = {
        "link": link.encode(experiment.settings),
        "epoch": experiment.epoch,
        "dead": DEAD.write(dead_of(experiment)),
    }
    table = own_tables.get(experiment.settings.dataset_name)
    return page if table is None else page | {"table": table_text(table)}


def table_text(table):
    """A table of the reader's own as a text, however large it is."""
    from explorer.learning.own_keep import packed  # it comes with the table

    return packed(table, LONGEST)


def as_npz(experiment):
    """The network as an .npz file for `nncore.load_npz`."""
    out = io.BytesIO()
    save_npz(out, experiment.model, experiment.params)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(zipfile.ZipInfo(PAGE), json.dumps(page_of(experiment)))
    return out.getvalue()


def as_json(experiment, **more):
    """The network as JSON for `nncore.from_json`."""
    network = json.loads(to_json(experiment.model, experiment.params))
    return json.dumps(network | {"page": page_of(experiment) | more})


def as_experiment(experiment):
    """The same, with its history."""
    return as_json(experiment, history=saved_history.packed(experiment))


def read(content, current):
    """Return the SavedNetwork in a file's bytes.

    Args:
        current: The settings that are shown.

    Raises:
        ValueError: With a sentence on what in it cannot be used.
    """
    try:
        model, params, page = read_npz(content) if content[:2] == b"PK" else read_json(content)
        if page is None:
            return without_page(model, params, current)
        return with_page(model, params, page)
    except FAULTS as fault:
        raise ValueError(str(fault) or type(fault).__name__) from None


def read_npz(content):
    model, params = load_npz(io.BytesIO(content))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page = archive.read(PAGE) if PAGE in archive.namelist() else None
    return model, params, page and json.loads(page[:LONGEST])


def read_json(content):
    text = content.decode()
    model, params = from_json(text)
    return model, params, json.loads(text).get("page")


def with_page(model, params, page):
    """A network in its own settings."""
    if isinstance(page.get("table"), str):
        take_table(page["table"])
    settings, problems = link.decode(str(page["link"])[:LONGEST])
    if problems:
        raise ValueError("; ".join(problems))
    asked = outline(settings).model(settings)
    if shape_of(asked) != shape_of(model):
        raise ValueError(CODE["file_other_network"])
    try:
        epoch, dead = EPOCH.read(str(page["epoch"])), DEAD.read(str(page["dead"]))
    except BadValue as fault:
        raise ValueError(f"page {fault}") from None
    if dead and dead[-1] > model.n_params:
        raise ValueError(CODE["file_other_network"])
    records = ()
    if "history" in page:
        records = tuple(saved_history.unpacked(page["history"], model.n_params, epoch))
    return SavedNetwork(settings, params, epoch, dead, records)


def take_table(text):
    """Make the table of a file known.

    Raises:
        ValueError: If it is none.
    """
    from explorer.learning.own_keep import know, unpacked  # fetched now, if it is not there

    know(unpacked(text))


def without_page(model, params, current):
    """A network that Python has saved: in the settings of now, with its own layers."""
    hidden = model.layers[:-1]
    settings = replace(
        current, network_shape=tuple(layer.units for layer in hidden),
        layer_activations=tuple(layer.activation for layer in hidden), start="", frozen=(),
    )  # fmt: skip
    for name in ("network_shape", "layer_activations"):
        settings = settings.with_text(name, settings.text(name))  # within the limits
    if shape_of(outline(settings).model(settings)) != shape_of(model):
        raise ValueError(CODE["file_other_data"])
    return SavedNetwork(settings, params, 0, ())


def shape_of(model):
    """What has to be the same for parameters to mean the same."""
    return model.n_inputs, [(layer.units, layer.activation) for layer in model.layers]
