"""Which of our modules the page fetches only when they are first wanted, and what is fetched with
them.

A part is an archive of its own, left out of the wheel that every visit fetches. Put what no first
picture needs into a part: the page asks for it with `app.parts.wanted`, and imports from it only
inside functions that run afterwards (`tests/test_parts.py` holds this).
"""

# Name of the part -> the modules in it: paths, or how they begin; folders end with a slash.
PARTS = {
    # The Code panel: the experiment as a program, downloads, and the comparison with scikit-learn.
    "code": (
        "explorer/app/code_dialog.py",
        "explorer/app/sklearn_dialog.py",
        "explorer/export/",
        "explorer/learning/sklearn_models.py",
        "explorer/panels/code.py",
        "explorer/panels/comparing.py",
        "explorer/panels/picture.py",
        "explorer/text/code.py",
    ),
    # Your data: what reads and prepares tables.
    "data": (
        "explorer/app/drawing.py",
        "explorer/app/own_data.py",
        "explorer/app/own_preview.py",
        "explorer/learning/drawn.py",
        "explorer/learning/own_keep.py",
        "explorer/learning/own_recipe.py",
        "explorer/learning/own_table.py",
        "explorer/panels/draw_tools.py",
        "explorer/panels/own_data.py",
        "explorer/settings/own_words.py",
        "explorer/text/data.py",
        "nncore/formulas.py",
        "nncore/reading/",
    ),
    # Keras's programming interface: what a notebook's code imports.
    "keras": ("nncore/keras/", "nncore/kernel/native.py"),
    # The notebook: its cells in the page, and what runs them in a Python of their own.
    "notebook": (
        "explorer/app/notebook/",
        "explorer/browser/notebook.py",
        "explorer/notebook/",
        "explorer/panels/notebook/",
        "explorer/text/notebook.py",
        "explorer/text/wine_notebook.py",
    ),
    "cells": ("explorer/cells/", "explorer/text/cells.py"),
    # Many runs at once.
    "runs": (
        "explorer/app/csv_text.py",
        "explorer/app/kept.py",
        "explorer/app/pair.py",
        "explorer/app/runs.py",
        "explorer/app/runs_section.py",
        "explorer/app/runs_words.py",
        "explorer/app/train_map.py",
        "explorer/app/vary.py",
        "explorer/browser/crew.py",
        "explorer/learning/beside.py",
        "explorer/learning/kept_runs.py",
        "explorer/learning/pace.py",
        "explorer/learning/seed_runs.py",
        "explorer/learning/setups.py",
        "explorer/learning/sweeps.py",
        "explorer/learning/training_map.py",
        "explorer/learning/working.py",
        "explorer/panels/runs/",
        "explorer/text/runs.py",
        "nncore/crew.py",
        "nncore/processes.py",
        "nncore/sweep.py",
    ),
    # Lessons: their texts, what they check, and receipts.
    "lessons": (
        "explorer/app/lessons/",
        "explorer/learning/lessons/",
        "explorer/panels/lessons/",
        "explorer/text/lessons.py",
        "explorer/text/receipts.py",
        "lessons/",
    ),
    # Another language while the page runs.
    "language": (
        "explorer/app/speaking.py",
        "explorer/text/article.py",
        "explorer/text/code_panel.py",
    ),
    # Inside a step: the walk, its formulas, what happened over time, the loss as a landscape.
    "inside": (
        "explorer/app/inside/",
        "explorer/drawing/figures.py",
        "explorer/learning/inside/",
        "explorer/panels/inside/",
        "explorer/text/inside.py",
        "nncore/diagnostics.py",
        "nncore/kernel/plane.py",
        "nncore/landscape.py",
        "nncore/paths.py",
        "nncore/recording.py",
    ),
}


# The page in one file keeps its limit: it has no sources of these, which only tracebacks show.
SOURCES_LEFT_OUT = ("keras", "notebook", "cells")

# What the page's own HTML holds already: no page needs these modules.
FOR_THE_BUILD = ("explorer/prerender/", "explorer/text/boot.py")


def part_of(name: str) -> str | None:
    """Return the part that the file `name` (such as nncore/layers.py) belongs to, if any."""
    found = [part for part, starts in PARTS.items() if name.startswith(starts)]
    if len(found) > 1:
        raise ValueError(f"{name} must belong to one part at most; got {', '.join(found)}")
    return found[0] if found else None


def archive_of(part: str) -> str:
    """Return the file name of a part's archive."""
    return f"part-{part}.zip"
