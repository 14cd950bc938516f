"""Between the notebook and the rest of the page: a cell's network opens in the playground or the
lab, and the experiment that is open there becomes a notebook.
"""

from dataclasses import replace

from explorer.learning.problem import outline
from explorer.notebook.document import CODE, TEXT, Cell, Notebook
from explorer.settings.settings import DEFAULTS, KNOBS, TABLES
from explorer.text.notebook import NOTEBOOK

PART = "code"
EPOCHS = 20


def places(current):
    """Settings in which a network may belong: those of now, then each table, then the plane."""
    losses = KNOBS["loss"].metadata["kind"].names
    bases = [current, *(replace(DEFAULTS["wine"], dataset=name) for name in TABLES)]
    bases += [DEFAULTS["playground"], replace(DEFAULTS["playground"], problem="regression")]
    return [replace(base, loss=loss) for base in bases for loss in (base.loss, *losses)]


def open_model(app, text):
    """Show a network, given as `nncore.to_json` writes it; return whether it has found a place."""
    from explorer.export import saved_network

    for settings in places(app.current):
        try:
            saved = saved_network.read(text.encode(), settings)
        except ValueError:
            continue
        app.pause()
        app.stage.card.close()
        app.session.open_trained(saved.settings, saved.params, saved.epoch, saved.dead)
        app.view_shown()
        return True
    return False


def notebook_of(app, has_packages):
    """The present experiment as a notebook for Keras.

    Args:
        has_packages: Whether its cells can import scikit-learn and Matplotlib.
    """
    from explorer.export.keras_program import keras_program

    experiment = app.experiment
    settings = experiment.settings
    epochs = experiment.epoch or settings.stop_epoch or EPOCHS
    title, blocks = blocks_of(keras_program(settings, epochs, alone=not has_packages))
    words = NOTEBOOK["experiment_words"].format(title=title, layers=layers_of(settings))
    cells = [(TEXT, words), *((CODE, block) for block in blocks)]
    name = f"{settings.dataset_name}-keras"
    return Notebook(name, [Cell(f"cell-{k}", *cell) for k, cell in enumerate(cells, 1)])


def layers_of(settings):
    """The sizes of a network's layers, such as 13-8-5-2-3."""
    model = outline(settings).model(settings)
    return "-".join(map(str, (model.n_inputs, *(layer.units for layer in model.layers))))


def blocks_of(program):
    """(title, blocks): a program's docstring, and its statements by paragraph."""
    _, title, rest = program.split('"""', 2)
    blocks = []
    for part in rest.strip().split("\n\n"):
        inside = part[:1].isspace() or (blocks and blocks[-1].endswith("\n"))
        if inside and blocks:
            blocks[-1] = f"{blocks[-1].rstrip()}\n\n{part.strip(chr(10))}"
        elif part.strip():
            blocks.append(part.strip("\n"))
    return title.strip(), blocks
