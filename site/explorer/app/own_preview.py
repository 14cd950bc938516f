"""What the preview of a table shows, in words and as plain data.

All of it is made of the reading, the reader's choices and the table that comes of them. Where a
doubt or a refusal can be answered by a press, the press stands beside it: (text, action, value).
"""

import json
from dataclasses import replace

from explorer.learning.own_table import (
    AT_RANDOM,
    BY_ORDER,
    FILL,
    KINDS,
    LEAVE_OUT,
    MOST_CLASSES,
    MOST_INPUTS,
    OTHER,
)
from explorer.settings.own_words import said
from explorer.text.data import DATA

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "blanks", "": "none"}
MOST_SHOWN = 60  # columns of the preview


def preview(own, shown, fault, answers=()):
    """What the panel shows of a reading.

    Args:
        own: The OwnData with all that was chosen.
        fault: Why nothing can be learned from it so, or "".
        answers: The presses that may mend the fault.
    """
    some = [c for i, c in enumerate(shown.columns) if i < MOST_SHOWN or c.role == "target"]
    groups = [d.column for d in shown.doubts if d.kind == "group"]
    names = [c.name for c in shown.columns if c.role != "target"]
    by = [(AT_RANDOM, DATA["by_random"]), (BY_ORDER, DATA["by_order"])]
    by += [(name, DATA["by_group"].format(name=name)) for name in names[:MOST_SHOWN]]
    recipe = own.recipe
    return {
        "title": own.file, "line": " ".join(lines(shown, recipe)),
        "doubts": [*eased_doubts(own), *doubts(shown, recipe)],
        "columns": [column_view(c) for c in some],
        "target": target_view(shown), "by": (recipe.by, by),
        "missing": (recipe.missing, [
            (LEAVE_OUT, DATA["missing_leave_out"]), (FILL, DATA["missing_fill"]),
        ]),
        "gaps": any(c.missing.any() for c in shown.columns if c.role != "out"),
        "markers": [marker_view(*marker) for marker in recipe.markers],
        "groups": groups if recipe.by not in groups else [],
        "axes": axes_of(own, shown), "result": [] if fault else results(own),
        "fault": fault, "answers": answers,
    }  # fmt: skip


def target_view(shown):
    """(the target's name or "", all columns that can be it) for the menu of targets."""
    names = [(c.name, c.name) for c in shown.columns if c.kind != "empty"]
    if shown.target is None:
        return "", [("", DATA["no_target"]), *names]
    return shown.target.name, names


def eased_doubts(own):
    """In words, what was chosen because a table could not be used otherwise."""
    for kind, sentence in own.eased.items():
        if sentence and (kind != "few_rows" or own.recipe.missing == FILL):
            yield sentence, None
    target = own.shown.target
    if own.recipe.gathered and target is not None and OTHER in target.categories:
        kept = len(target.categories) - 1
        words = {"name": target.name, "kept": kept, "other": OTHER}
        yield DATA["gathered"].format(**words), (DATA["unmark"], "own-apart", "")


def eased(error, recipe, shown):
    """(choices by which the table can be used nevertheless, what they are in words), or None."""
    if error.kind == "few_rows" and recipe.missing != FILL:
        return replace(recipe, missing=FILL), DATA["eased_rows"].format(**error.words)
    if error.kind == "many_inputs" and len(shown.inputs) > 1:
        return with_first(recipe, shown), DATA["eased_inputs"].format(**error.words)
    if error.kind == "many_classes" and not recipe.gathered:
        return replace(recipe, gathered=True), ""  # which is said as long as it is so
    return None


def with_first(recipe, shown):
    """The choices without the inputs that are too many."""
    more = {c.name: (c.kind, "out") for c in beyond_first(shown)}
    return replace(recipe, columns=recipe.columns | more)


def doubts(shown, recipe):
    """(sentence, the press that answers it or None) of each doubt that is still one."""
    changed = {*recipe.columns, *(name for name, _ in recipe.markers)}
    target = "" if shown.target is None else shown.target.name
    for doubt in shown.doubts:
        if doubt.column in changed or (doubt.kind == "target_guess" and doubt.column != target):
            continue
        answer = None
        if doubt.kind in ("zeros", "sentinel"):
            value = doubt.values[0] if doubt.values else "0"
            if ("", value) in recipe.markers:
                continue
            answer = marker_answer(doubt.column, value)
        yield said(doubt), answer


def marker_answer(name, value, kind=""):
    """The press that takes a value for missing, and the column for a kind if one is given."""
    text = DATA["take_missing"].format(value=value)
    return text, "own-marker", json.dumps([name, value, kind])


def marker_view(name, value):
    """A value that was taken for missing, with the press that takes that back."""
    text = DATA["marked_in" if name else "marked"].format(value=value, name=name)
    return text, "own-unmark", json.dumps([name, value])


def answers_of(error, shown):
    """The presses that may mend a refusal."""
    if error.kind == "not_number":
        name, value = str(error.words["column"]), str(error.words["values"])[1:-1]
        column = next(c for c in shown.columns if c.name == name)
        whole = value in column.categories  # a long one is cut in the sentence
        return [marker_answer(name, value, "number")] if whole else []
    if error.kind == "few_rows":
        return [(DATA["missing_fill"], "own-fill", "")]
    if error.kind == "many_classes":
        return [(DATA["gather"].format(most=MOST_CLASSES - 1), "own-gather", "")]
    if error.kind == "many_inputs" and len(shown.inputs) > 1:
        return [(DATA["first_inputs"].format(most=MOST_INPUTS), "own-first", "")]
    return []


def beyond_first(shown):
    """The inputs of a reading that no longer fit in, from the first on."""
    room = MOST_INPUTS
    for column in shown.inputs:
        width = len(column.categories) if column.categories else 1
        room -= 1 if width == 2 else width
        if room < 0:
            yield column


def lines(shown, recipe):
    """In words, what was understood; a target that nobody has named is a guess."""
    form = DATA[shown.format if shown.format != "csv" else SEPARATORS.get(shown.separator)]
    if shown.decimal_comma:
        form = DATA["decimal_comma"].format(format=form)
    rows, columns = f"{shown.n_rows:,}", len(shown.columns)
    yield DATA["size"].format(rows=rows, columns=columns, format=form)
    target = shown.target
    if target is not None:
        key = "target_classes" if target.categories else "target_number"
        yield DATA[key].format(name=target.name, count=target.n_different)
        if shown.format != "orange" and recipe.columns.get(target.name, ("", ""))[1] != "target":
            yield DATA["target_guessed"]


def column_view(column):
    """What the panel shows of a column."""
    kinds = [kind for kind in (*KINDS, "empty") if kind in (*KINDS[:4], column.kind)]
    return {
        "name": column.name, "kind": column.kind, "role": column.role, "kinds": kinds,
        "missing": int(column.missing.sum()), "head": column.head,
    }  # fmt: skip


def results(own):
    """In words, what will be learned from."""
    encoded, n_rows = own.table.encoded, own.found.n_rows
    rows, inputs = f"{len(encoded.X):,}", encoded.X.shape[1]
    key = "result_classes" if encoded.class_names else "result_number"
    key += "_one" if inputs == 1 else ""
    classes = len(encoded.class_names)
    said_so = [DATA[key].format(rows=rows, inputs=inputs, classes=classes)]
    if len(encoded.X) < n_rows:
        said_so.append(DATA["left"].format(count=f"{n_rows - len(encoded.X):,}"))
    if own.recipe.missing == FILL:
        said_so.append(DATA["filled"])
    return [*said_so, DATA["scaled"]]


def axes_of(own, shown):
    """(across, up, all that can be one) of the plane, or None with fewer than two numbers."""
    names = [c.name for c in shown.inputs if c.kind == "number"]
    if len(names) < 2:
        return None
    across, up = (own.axes.get(way) for way in ("across", "up"))
    across = across if across in names else names[0]
    if up not in names or up == across:
        up = next(name for name in names if name != across)
    own.axes = {"across": across, "up": up}
    return across, up, names
