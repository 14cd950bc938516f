"""What the Wine lab says: the steps of the exercise, its panels, and faults of the data."""

from explorer.text.language import texts

WINE = texts("wine", {
    # The exercise's steps. What stands below each heading says how things stand (`line_...`).
    "steps": (
        "Look at the data", "Standardize", "Build the network", "Train", "Take the features",
        "Plot them",
    ),
    "answer": "Show the answer",
    "empty": "Start empty",
    "done": "done",
    "next": "Next step",
    "new_seed_run": "New seed and run",
    "try_seeds": "Train 20 seeds",
    "line_data": "{all} {nouns}, {classes} classes",
    "line_data_values": "{all} {nouns}, one value each",
    "line_scaled": "mean 0, deviation 1",
    "line_raw": "raw values so far",
    "line_build": "{shape}, {activation}",
    "line_train_none": "{epochs} epochs, not begun",
    "line_train_open": "no limit, not begun",
    "line_train_on": "epoch {epoch}: {accuracy}",
    "line_train_values": "epoch {epoch}: R² {r2}",
    "line_train_done": "100 % at epoch {first}",
    "line_features": "layer 0 in, layer {layer} out",
    "line_no_features": "there is no hidden layer",
    "line_plot": "{rows} × {units}, by class",
    "line_plot_values": "{rows} × {units}, by value",
    "note_1": "A row is one of the {nouns}, a column what was measured. Press a column's name to "
    "sort. Which two columns tell the classes apart?",
    "note_1_values": "A row is one of the {nouns}, a column what was measured, the first one the "
    "value to predict. Press a column's name to sort. Which column goes with it?",
    "note_2": "Some columns count in thousands, others in tenths. Standardized, each has mean 0 "
    "and deviation 1: all have the same say.",
    "note_2_raw": "The network learns from raw values: the largest numbers drown out all others. "
    "Tick the box to standardize.",
    "note_3": "{columns} numbers go in and are squeezed, layer by layer, into 2. From these the "
    "last layer ({last}) has to tell the class.",
    "note_3_values": "{columns} numbers go in and are squeezed, layer by layer, into 2. From these "
    "the last layer has to tell the value.",
    "note_3_none": "There is no hidden layer yet. Press + to add some, and end in one of 2 units: "
    "what is left of each of the {nouns} is then a point of a plane.",
    "note_3_other": "The last hidden layer has {some_units}. With exactly 2 it would be a plane "
    "to look at: press − and + to change units and layers.",
    "note_4": "Press Run. In each of {epochs} epochs the network sees all {rows} {nouns}, {batch} "
    "at a time, and moves its weights.",
    "note_4_open": "Press Run. In each epoch the network sees all {rows} {nouns}, {batch} at a "
    "time. Pause when you like.",
    "note_4_on": "Epoch {epoch}: {right} of {rows} {nouns} are right. Watch the units' stripes "
    "become clean blocks.",
    "note_4_done": "At epoch {first} all {rows} {nouns} were right. Now see what the last hidden "
    "layer has made of them.",
    "note_4_missed": "{epoch} epochs, {right} of {rows} {nouns} right. How a run ends depends on "
    "the seed: try another, or other settings.",
    "note_4_values": "Press Run: the network learns a value for each of the {nouns}. R² is 1 for "
    "a perfect prediction, 0 for always saying the mean.",
    "note_4_values_on": "Epoch {epoch}: R² is {r2}. It is 1 for a perfect prediction, 0 for always "
    "saying the mean.",
    "note_4_values_done": "{epoch} epochs: R² is {r2} for the {nouns} that it learns from. Now see "
    "what the last hidden layer has made of them.",
    "note_5": "From the input of layer 0 to the output of layer {layer}: {columns} numbers in, "
    "{units} out, for each of the {rows} {nouns}.",
    "note_5_none": "There is no hidden layer: the features are the {columns} measurements "
    "themselves. Add a layer to learn some.",
    "note_6_values": "Each of the {nouns} at its features, in the colour of its true value. The "
    "tint behind is what the network says.",
    "note_6_other": "Only with two units does a place of the plane decide the class, so there are "
    "no borders to draw here. Press a point to see what it is.",
    "note_6": "Straight borders separate the classes: the last layer only compares weighted sums. "
    "Press a point to see what it is.",
    "validation": "Validation share",
    "validation_short": "Validation",
    "epochs": "Epochs",
    "endless": ("∞", "never", "no limit"),  # what a reader may type for it
    "held": "validation {number}",
    "values": "Values shown",
    "raw": "Raw",
    "scaled": "Standardized",
    "class": "Class",
    "mean": "Mean",
    "deviation": "Deviation",
    "before": "before",
    "after": "after",
    "across": "Across",
    "up": "Up",
    "distribution": "Distribution",
    "distribution_line": "{name}: mean {mean}, deviation {std}",
    "scatter": "Two columns",
    "ranges_before": "All columns on one axis: raw",
    "ranges_after": "The same, standardized",
    "show_column": "Show {name} large",
    "table_name": "The data",
    "table_title": "{all} {nouns}, {columns} measurements",
    "table_title_one": "{all} {nouns}, one measurement",
    "card_hint": "Point at a mark, or go from row to row with the arrow keys, to see what was "
    "measured and what the network says.",
    "row_held": "held back for validation",
    "row_out": "left out",
    "leave_out": "Leave out",
    "keep_only": "Keep only these",
    "unselect": "Clear selection",
    "bring_back": "Bring all back",
    "selected": "{count} selected",
    "left_out": "{count} left out",
    "select_hint": "Press rows to select them.",
    "code_title": "The feature function",
    "code_no_layer": "no hidden layer yet",
    "code_written_out": "The same, written out:",
    "features_title": "Its output: {rows} × {units}",
    "features_table": "The features",
    "plane_title": "What layer {layer} has learned",
    "plane_inputs": "The measurements themselves",
    "layer": "Layer {layer}",
    "plane_one": "{name} has 1 unit, which makes a line. Upwards the classes are only kept apart.",
    "plane_more": "{name} has {units} units, too many for a plane.",
    "plane_table": "{units} measurements are too many for a plane.",
    "one_unit": "1 unit",
    "some_units": "{units} units",
    "axis_two": "feature {number}",
    "axis_one": "feature {number}",
    "axis_units": "unit {number}",
    "axis_components": "component {number}",
    "sample": "{noun} {number}",
    "sample_right": "{true}, and the network says so.",
    "sample_wrong": "{true}, but the network says {said}.",
    "sample_value": "True value {true}, the network says {said}.",
    "sample_none": "None chosen. Arrow keys go from row to row.",
    "measured": "measured",
    "standardized": "standardized",
    "confusion_caption": "Confusion matrix: rows are the true classes, columns what the network "
    "says",
    "confusion_corner": "true / said",
    "confusion_right": "right",
    "confusion_share": "Confusion matrix of",
    "of_train": "training rows",
    "of_test": "validation rows",
    "class_lost": "The network has lost {names}: it mistakes every one of these {nouns}.",
    "and": " and ",
    "r2_line": "R² on the training rows: {train}.",
    "band": "Strip shown",
    "film": "Epoch by epoch",
    "seeds": "20 seeds",
    "curves": "Curves",
    "film_caption": "{epoch} · {accuracy}",
    "film_label": "Epoch {epoch}, {accuracy} right",
    "film_label_value": "Epoch {epoch}, {accuracy}",
    "film_empty": "Press Run: a picture of the learned features appears here after every epoch.",
    "travel": "Epoch shown",
    "seeds_start": "Train 20 seeds",
    "seeds_stop": "Stop",
    "seeds_progress": "Seeds trained",
    "seeds_working": "{done} of {count} trained, {solved} end at 100 %",
    "seeds_done": "{solved} of {count} end at 100 %; {touched} got there at some epoch",
    "seeds_stopped": "Stopped after {done}: {solved} end at 100 %",
    "seeds_empty": "How a run ends depends on its first weights. Train the same network from 20 "
    "seeds and see how many get there.",
    "seed_caption": "{seed} · {accuracy}",
    "seed_blown_up": "blown up",
    "seed_label_blown_up": "Seed {seed}, blown up at epoch {epoch}",
    "seed_label": "Seed {seed}, {accuracy} right at the end",
    "seed_label_value": "Seed {seed}, {accuracy} at the end",
    "seeds_values": "{done} of {count} trained, R² from {least} to {most} at the end",
    "refused_epochs": (
        "0 epochs train nothing",
        "Type 1 or more: the exercise takes 20. For training without an end, choose ∞.",
    ),
    "refused_rows": (
        "Too few {nouns} would be left",
        "A network needs at least 2 {nouns} to learn from. Select fewer, or bring some back.",
    ),
})  # fmt: skip

# What can be wrong with the data as chosen: a title, and what to do about it.
FAULTS = texts("faults", {
    "none_left": (
        "Too few {nouns} are left",
        "Only {count} would be left to learn from, so all {nouns} are used again. Leave fewer out.",
    ),
    "too_few": (
        "Too few {nouns} to hold some back",
        "With {count} {nouns} in use, {share} % cannot be held back for validation, so the "
        "network learns from all of them. Bring {nouns} back, or set the validation share to 0 %.",
    ),
    "single": (
        "A class with a single row",
        "{names}: only one of the {nouns} is in use. It cannot be both trained on and held "
        "back, so it stays in the training data. Bring {nouns} of this class back, or set the "
        "validation share to 0 %.",
    ),
    "constant": (
        "A column that does not vary",
        "{names}: the same in all {count} {nouns} in use. Its deviation is 0, and nothing can be "
        "divided by 0, so it counts as 0 and tells the network nothing. Bring {nouns} back that "
        "differ.",
    ),
})  # fmt: skip
