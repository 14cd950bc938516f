"""What the page says of the reader's own data: the way in, the preview, and its choices."""

from explorer.text.language import texts

DATA = texts("data", {
    "line": "Drop a file anywhere on this page, choose one, paste a table from a spreadsheet, or "
    "draw points. All of it stays on this device.",
    "choose": "Choose a file",
    "draw": "Draw points",
    "paste": "Paste a table",
    "paste_hint": "Copy cells in a spreadsheet and paste them here (Ctrl+V).",
    "read": "Read it",
    "kept": "Tables kept in this browser: {count}. ",
    "forget": "Forget them",
    "reading": "Reading {name}",
    "failed": "Something went wrong with this table; the notice on the page has the details. "
    "Choose other data.",
    "stop": "Stop",
    "other": "Other data",
    "use": "Open in the lab",
    "use_plane": "Open these two in the playground",
    "across": "Across",
    "up": "Up",
    "unread": "The browser cannot read {name}. Choose the file once more.",
    "size": "{rows} rows, {columns} columns; {format}.",
    "comma": "commas", "semicolon": "semicolons", "tab": "tabs", "bar": "bars",
    "blanks": "blanks", "none": "one column",
    "workbook": "a workbook",
    "arff": "ARFF", "orange": "Orange's form",
    "decimal_comma": "{format}, decimal commas",
    "target_classes": "The target is {name}, with {count} values.",
    "target_number": "The target is {name}, a number.",
    "target_guessed": "That is a guess: another one is chosen under “Target”.",
    "target": "Target",
    "no_target": "choose one",
    "eased_rows": "{count} rows have all their values; {most} are needed. So missing values are "
    "filled in by the training rows. {column} misses most.",
    "eased_inputs": "{count} inputs come of these columns; {most} is the limit. So the first "
    "{most} are kept and the others left out: choose which under their names.",
    "doubts": "Please look at",
    "columns": "The columns",
    "preview": "First rows, and what each column was taken for",
    "kind_of": "What {name} is",
    "role_of": "What {name} is for",
    "gaps": "{count} missing",
    "no_gaps": "none missing",
    "kinds": {
        "number": "number", "category": "category", "date": "date", "text": "text",
        "index": "index", "empty": "empty",
    },
    "roles": {"input": "input", "target": "target", "out": "left out"},
    "missing": "Missing values",
    "missing_leave_out": "Leave these rows out",
    "missing_fill": "Fill in by training rows",
    "marker": "Also means missing",
    "marker_hint": "-999, unknown",
    "take_missing": "Take {value} for missing",
    "marked": "{value} means missing.",
    "marked_in": "{value} means missing in {name}.",
    "unmark": "Take it back",
    "first_inputs": "Keep the first {most}",
    "gather": "Keep the {most} most common, the others as one class",
    "gathered": "The {kept} most common values of {name} are classes of their own; all others are "
    "one class, “{other}”, which is learned as if they were alike.",
    "by": "Split rows",
    "by_random": "at random, by class",
    "by_order": "by order: the last are held back",
    "by_group": "by {name}: its rows stay together",
    "result_classes": "{rows} rows with {inputs} inputs tell {classes} classes apart.",
    "result_classes_one": "{rows} rows with one input tell {classes} classes apart.",
    "result_number": "{rows} rows with {inputs} inputs give a number.",
    "result_number_one": "{rows} rows with one input give a number.",
    "left": "Rows left out because a value is missing: {count}.",
    "filled": "Missing values become the mean or the most frequent category of the training rows.",
    "scaled": "The rows are split first; then columns are scaled by the training rows alone.",
    "too_good": "Why your test score is too good",
    "too_good_line": "Rows of one {name} are alike. If some of them are learned from and others "
    "tested on, the network is asked for what it has seen, and the score says nothing of a new "
    "{name}. Split by {name}, and compare the two scores.",
    "split_by": "Split by {name}",
})  # fmt: skip

DRAW = texts("draw", {
    "tool": "What the pointer does",
    "brush": "Brush of class {number}",
    "point": "Point",
    "erase": "Erase",
    "move": "Move",
    "value": "Value",
    "size": "Size",
    "density": "Density",
    "kind": "What points are",
    "classes": "classes",
    "number": "a number",
    "undo": "Undo",
    "clear": "Clear",
    "done": "Done",
    "keys": "Press or drag. Keys: arrows, Space, Enter, 1 to 3, E, M.",
    "help": "A press sets a point, dragging a brush sets many. Any of the data sets is a start. "
    "Arrow keys move, Space sets a point, Enter a dab; 1, 2, 3, E and M choose the tool.",
    "points": "{count} points.",
    "classes_have": "{count} points: {each}.",
    "lacks": "Draw points of two classes, and the network can learn.",
    "lacks_number": "Draw two points, and the network can learn.",
    "full": "{count} points: no more fit in.",
    "no_test": "All of them are learned from: Training share holds some back to test on.",
    "too_long": "{count} points: too many for a link. Save the network to keep them.",
})  # fmt: skip

# Filled with the core's sentences when they are first wanted; see settings.own_words.
DOUBTS = texts("doubts", {})
REFUSED = texts("refusals", {})
