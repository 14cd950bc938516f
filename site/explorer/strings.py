"""Every text of the page, in one place: names, labels, choices, help and notices.

Labels and help texts of settings are found by the field's name. Texts with {braces} are filled
in with `str.format`. The article below the playground is in `article.py`, the texts of the
start in `boot_strings.py`.
"""

TITLE = "nncore playground"
DESCRIPTION = "See a small neural network learn, computed by real Python in your browser."

# What the controls are called. These are accessible names that tests and embedders rely on.
LABELS = {
    "activation": "Activation",
    "regularization": "Regularization",
    "batch_size": "Batch size",
    "dataset": "Dataset",
    "learning_rate": "Learning rate",
    "regularization_rate": "Regularization rate",
    "noise": "Noise",
    "network_shape": "Hidden layers",
    "seed": "Seed",
    "show_test_data": "Show test data",
    "discretize": "Discretize output",
    "train_share": "Training share",
    "x": "X1",
    "y": "X2",
    "x_squared": "X1 squared",
    "y_squared": "X2 squared",
    "x_times_y": "X1 times X2",
    "sin_x": "sin X1",
    "sin_y": "sin X2",
    "problem": "Problem type",
    "init_zero": "Start from zeros",
    "hide_text": "Hide the article",
    "view": "View",
    "optimizer": "Optimizer",
    "momentum": "Momentum",
    "rho": "Decay of squares (rho)",
    "beta_1": "Beta 1",
    "beta_2": "Beta 2",
    "loss": "Loss",
    "initializer": "Initial weights",
    "layer_activations": "Activation per layer",
    "schedule": "Schedule",
    "schedule_epochs": "Schedule length",
    "shuffle": "Shuffle each epoch",
    "n_points": "Points",
    "engine": "Engine",
    "speed": "Speed",
    "stop_epoch": "Stop at epoch",
    "stop_loss": "Stop at loss",
    "log_scale": "Log scale",
    "all_epochs": "All epochs",
    "chart": "Chart",
    "reg_dataset": "Dataset",
    "standardize": "Train on standardized values",
    "left_out": "Rows left out",
    "projection": "Plane",
    "unit_x": "Unit across",
    "unit_y": "Unit up",
    "plane_layer": "Picture shows",
}

# Shorter labels for the control bar, where the accessible name stays the long one.
SHORT = {"regularization_rate": "Rate", "stop_epoch": "Epochs"}

# How the inputs are written beside their tiles.
INPUT_SIGNS = {
    "x": "X₁", "y": "X₂", "x_squared": "X₁²", "y_squared": "X₂²", "x_times_y": "X₁X₂",
    "sin_x": "sin X₁", "sin_y": "sin X₂",
}  # fmt: skip

# Column names of tables where there is little room.
COLUMNS = {
    "OD280/OD315 of diluted wines": "OD280/OD315",
    "Nonflavanoid phenols": "Nonflav. phenols",
    "Mean fractal dimension": "Mean fractal dim.",
    "Fractal dimension error": "Fractal dim. error",
    "Worst fractal dimension": "Worst fractal dim.",
}

CHOICES = {
    "activation": {
        "linear": "Linear", "relu": "ReLU", "leaky_relu": "Leaky ReLU", "elu": "ELU",
        "silu": "SiLU", "gelu": "GELU", "softplus": "Softplus", "sigmoid": "Sigmoid",
        "tanh": "Tanh", "sin": "Sine", "softmax": "Softmax",
    },
    "regularization": {"none": "None", "L1": "L1", "L2": "L2"},
    "dataset": {
        "circle": "Circle", "xor": "Exclusive or", "gauss": "Gaussian", "spiral": "Spiral",
        "moons": "Moons", "blobs": "Three blobs", "spiral3": "Three arms", "wine": "Wine",
        "iris": "Iris", "breast_cancer": "Breast cancer", "diabetes": "Diabetes",
    },
    "reg_dataset": {"reg-plane": "Plane", "reg-gauss": "Multi gaussian"},
    "problem": {"classification": "Classification", "regression": "Regression"},
    "view": {"playground": "Playground", "wine": "Wine"},
    "optimizer": {
        "sgd": "SGD", "momentum": "Momentum", "nesterov": "Nesterov", "adagrad": "AdaGrad",
        "rmsprop": "RMSprop", "adam": "Adam",
    },
    "loss": {"half_mse": "Half squared error", "cross_entropy": "Cross-entropy"},
    "initializer": {
        "zeros": "Zeros", "uniform": "Uniform ±0.5", "glorot_uniform": "Glorot uniform",
        "glorot_normal": "Glorot normal", "he_uniform": "He uniform", "he_normal": "He normal",
    },
    "schedule": {
        "constant": "Constant", "step": "Step", "exponential": "Exponential", "cosine": "Cosine",
    },
    "projection": {"components": "Principal components", "units": "Two units"},
    "chart": {"loss": "Losses", "score": "Accuracy or R²"},
    "engine": {"compiled": "Compiled", "numpy": "NumPy"},
    "speed": {
        "slow": "Slow motion", "batch": "1 batch / frame", "epoch": "1 epoch / frame",
        "fast": "Full speed",
    },
}  # fmt: skip

# One or two sentences on every control, number and picture.
HELP = {
    "run": "Trains the network until you pause it. Space does the same.",
    "step": "Pauses, then trains for exactly one epoch: every training point is used once.",
    "reset": "Back to epoch 0 with the same initial weights. The data stay.",
    "epoch": "How many times the network has seen all of the training data.",
    "speed": "How much training is done per picture: a single batch to watch closely, one epoch, "
    "or as many as the computer manages.",
    "learning_rate": "How big a step the weights take against the gradient. Too small: nothing "
    "moves. Too large: training jumps about and may blow up.",
    "activation": "The function every hidden neuron applies to its weighted sum. Without a bend "
    "in it, the whole network could only draw one straight border.",
    "optimizer": "The rule that turns gradients into steps. SGD steps straight down the slope; "
    "the others also remember earlier gradients.",
    "regularization": "A pull of all weights towards zero. L1 switches unneeded links off "
    "altogether; L2 keeps all weights small.",
    "regularization_rate": "How strong the pull towards zero is.",
    "problem": "Classification tells classes apart; regression predicts a number.",
    "dataset": "What the network has to learn. Colour and shape of a point are its class.",
    "tables": "A table of measurements for the lab. Wine, Iris and Breast cancer have classes; "
    "Diabetes has a value to predict.",
    "train_share": "The percentage of the points that the network learns from. The rest only "
    "tests what it has learned.",
    "noise": "How far the points are shaken from their places. Noisy data cannot be fitted "
    "without a mistake.",
    "batch_size": "How many points are averaged for one update of the weights. Small batches "
    "give many, but ragged steps.",
    "regenerate": "Draws new points from a new seed. The network keeps its weights.",
    "seed": "The number from which all random choices follow. The same seed gives the same "
    "points and the same initial weights on every computer.",
    "new_seed": "Draws another seed: other initial weights, and other points where points are "
    "drawn.",
    "network_shape": "The layers between inputs and output. Each layer works on what the layer "
    "before has found.",
    "neurons": "How many neurons this layer has. Each one can draw one border in what the layer "
    "before shows it.",
    "inputs": "What the network is told about a point. Press a tile to switch that input on or "
    "off.",
    "neuron": "The picture shows this neuron's output for every point of the plane: blue is "
    "positive, orange negative. Press it to see and change its weights.",
    "output_unit": "There is one output per class, and the largest wins. Press it to see and "
    "change its weights.",
    "weights": "A line is a weight: blue is positive, orange negative, and the thicker it is the "
    "larger. Hover a line to read its value.",
    "output": "What the network says for every point of the plane. The training points lie on "
    "top: where the colours agree, the network is right.",
    "legend": "Blue stands for positive numbers and the class +1, orange for negative ones and -1.",
    "show_test_data": "Also shows the points that the network does not learn from, with a dark "
    "rim.",
    "discretize": "Shows only which class wins, not how certain the network is.",
    "loss_train": "The average error on the training data. Learning makes this number small.",
    "loss_test": "The average error on data the network has never learned from. If it grows "
    "while the training loss falls, the network learns by heart.",
    "accuracy_train": "The share of the training data that the network classifies rightly.",
    "accuracy_test": "The share of the test data that the network classifies rightly.",
    "r2_train": "R squared on the training data: 1 is a perfect prediction, 0 is no better than "
    "always guessing the mean.",
    "r2_test": "R squared on the test data: 1 is a perfect prediction, 0 is no better than "
    "always guessing the mean.",
    "history": "Both losses over time. Move over the curve to read the values.",
    "plane": "Each row at the two numbers that the layer makes of its measurements. The tint is "
    "the class that the last layer gives to a place; its borders are straight. Arrow keys go from "
    "row to row; piles are spread a little, so that all rows show. Rows held back have another "
    "rim.",
    "barcode": "One thin column per wine, sorted by cultivar: what this unit answers to each of "
    "them. Clean blocks mean that the unit knows the cultivars apart.",
    "film": "The learned features after every epoch, with the training accuracy. Press a picture "
    "to go back to its epoch.",
    "undo": "Takes back the last change of a setting or a weight.",
    "redo": "Makes the change again that was taken back.",
    "presets": "Starting points, each with a sentence on what to look for.",
    "share": "A link that opens this experiment again, and a panel to hide controls for a class.",
    "code": "The experiment as a Python program, and everything to take away: data, features, "
    "weights and pictures.",
    "language": "nncore is what computes this page. Keras is the library of the course.",
    "package": "The very files that compute this page, packed so that pip can install them.",
    "take_features": "One line for each row of the data: inputs, truth, prediction, outputs, and "
    "what the last hidden layer makes of it.",
    "take_parameters": "Layers and parameters as NumPy arrays. nncore.load_npz reads them.",
    "take_model": "Layers and parameters as text. nncore.from_json reads them.",
    "take_weights": "One line for each weight and bias: layer, from where, to which unit, value.",
    "take_history": "One line for each epoch: losses, and accuracies or R squared.",
    "compare": "Trains models of scikit-learn on the very rows that the network learns from. It "
    "is loaded only now, from the site that this page came from.",
    "take_picture": "Saves the picture as it is now, in twice the size.",
    "more": "Further settings: schedules, initial weights, an activation per layer, the seed, "
    "stopping.",
    "help": "Keyboard shortcuts, and how to get an explanation of anything on the page.",
    "travel": "Goes back to any earlier epoch. Training can go on from there.",
    "score_train": "Classification: the share of the training points on the right side. "
    "Regression: R squared, 1 is perfect and 0 is no better than always saying the mean.",
    "score_test": "The same on the test points, which the network never learns from.",
    "confusion": "Rows are the true classes, columns what the network says. Right answers are on "
    "the diagonal.",
    "bias": "A bias is what a neuron adds to its weighted sum: it moves its border. Press it to "
    "change it.",
    "freeze": "Holds this number fixed while everything else learns.",
    "theme": "Switches between light and dark.",
    "background": "What training does while this page is in a background tab: go on with a frame's "
    "work once a second, or wait. Kept in this browser.",
    "engine": "What does the arithmetic: a WebAssembly program that Python writes for this very "
    "network, or NumPy, the reference. Both give the same numbers.",
    "stop_epoch": "Training pauses by itself after this epoch. 0 means never.",
    "stop_loss": "Training pauses by itself when the training loss falls below this number. 0 "
    "means never.",
    "shuffle": "Takes the training data in a new order in every epoch.",
    "loss": "How an error is measured. Cross-entropy punishes confident mistakes more.",
    "initializer": "How the weights are drawn before training. Good starts keep the signals "
    "neither too small nor too large.",
    "schedule": "How the learning rate changes as training goes on.",
    "schedule_epochs": "After so many epochs the schedule has made its step, or has run its "
    "course.",
    "momentum": "The share of the last step that is added to the next one.",
    "rho": "How slowly RMSprop forgets earlier squared gradients.",
    "beta_1": "How slowly Adam forgets earlier gradients.",
    "beta_2": "How slowly Adam forgets earlier squared gradients.",
    "n_points": "How many points are drawn. 0 means the usual number: 500, or 1,200 for "
    "regression.",
    "init_zero": "All weights begin at zero. Then all neurons of a layer stay alike: try it.",
    "layer_activations": "Gives a single layer its own activation.",
    "view": "The playground learns from points of the plane, the Wine lab from measured wines.",
    "hide_text": "Leaves the article below the playground out, for a page that has its own text.",
    "chart": "What the curves show: the losses, or how many answers are right.",
    "log_scale": "Shows losses on a logarithmic axis, so that small ones can be told apart.",
    "all_epochs": "Shows the whole history instead of the last 200 epochs.",
    "standardize": "Shifts every column to mean 0 and stretches it to deviation 1, so that no "
    "column counts more only because its numbers are larger.",
    "left_out": "Rows of the table that are neither learned from nor tested on, by number.",
    "projection": "A layer with more than two units has no plane of its own. Look at two of its "
    "units, or at its principal components: the two directions in which its answers differ most.",
    "unit_x": "The unit whose answer counts to the right.",
    "unit_y": "The unit whose answer counts upwards.",
    "plane_layer": "What the network says, or what one of its hidden layers has made of the plane: "
    "its grid, bent, and the points where the layer puts them.",
    "validation": "The share of every class that is held back. The network never learns from it; "
    "it shows how the network does on what it has not seen.",
    "epochs": "How often the network sees all rows before training pauses by itself. ∞ goes on "
    "until you pause.",
    "steps": "A step of the exercise. A tick means that it has been done.",
    "answer": "Takes the exercise's own settings and trains: 8, 5 and 2 units, RMSprop, 20 epochs.",
    "empty": "Takes a network of one unit that learns from raw values, for those who want to find "
    "the way themselves.",
    "sort": "Sorts by this column; pressed again, the other way round.",
    "table": "Arrow keys go from row to row, Space selects. Selected rows are marked in every "
    "picture.",
    "distribution": "How the values of a column are spread: every class in its colour, one on the "
    "other. The line above is the mean, give or take one standard deviation.",
    "scatter": "Every row at its values in two columns. Press a point to select it.",
    "ranges": "Each line reaches from a column's smallest to its largest value, the bar one "
    "deviation to either side of the mean. On one axis the largest numbers dwarf all others.",
    "values": "Shows the table's values as they were measured, or standardized. What the network "
    "learns from is chosen in step 2.",
    "feature_code": "The network up to its last hidden layer, as a function of Python.",
    "confusion_share": "Whether the matrix counts the rows learned from or those held back.",
    "band": "The pictures below: this run after every epoch, or the ends of twenty runs.",
    "seeds": "Trains the same settings from this seed and the nineteen that follow. Press a "
    "picture to open its run.",
    "rows": "Rows that are left out are neither learned from nor tested on.",
}

TEXT = {
    "tools": "Tools",
    "undo": "Undo",
    "redo": "Redo",
    "presets": "Presets",
    "share": "Share",
    "more": "More",
    "help": "Help",
    "travel": "Epoch shown",
    "share_line": "The link holds every setting and the seed: whoever opens it gets the same "
    "points and the same initial weights.",
    "link": "Link",
    "embed": "Embed",
    "copy": "Copy",
    "copy_link": "Copy the link",
    "copy_embed": "Copy the snippet",
    "copied": "Copied.",
    "not_copied": "The browser does not allow copying here: select the text and copy it yourself.",
    "teacher": "For a class: hide controls",
    "teacher_line": "What is ticked here is hidden for whoever opens the link.",
    "group_learning": "Learning",
    "group_network": "Network",
    "group_data": "Data",
    "group_stop": "Stop by itself",
    "group_planes": "Layers with more than two units",
    "group_engine": "Computing",
    "background": "In a background tab",
    "background_slow": "Go on slowly",
    "background_pause": "Wait until the page is seen",
    "engine_runs": "Running now: {name}.",
    "help_line": "Rest the pointer on anything, or move to it with Tab, to read what it is.",
    "key_space": "Space",
    "key_arrows": "Arrows",
    "key_arrows_line": "From neuron to neuron",
    "shortcuts": "Single-key shortcuts",
    "explain": "Explain what I press, and do nothing else (good for touch)",
    "layer_activation": "Activation of layer {layer}",
    "as_network": "As the network",
    "weight_from": "Weight from {source}",
    "neuron_short": "Neuron {unit}",
    "callout_neuron": "This is the output of one neuron. Point at it to see it large, press it to "
    "see its numbers.",
    "callout_weight": "The outputs are mixed by weights: the thicker a line, the larger its "
    "weight.",
    "usual": "Usual",
    "frozen": "Hold fixed",
    "output_unit": "Output",
    "pointer": "At ({x}, {y}) the output is {value}",
    "pointer_side": (": blue", ": orange"),
    "flag": "Epoch {epoch}: {text}",
    "pointer_class": "At ({x}, {y}): {name}, {certainty}",
    "class_name": "Class {number}",
    "truth_and_answer": "true / said",
    "announce": "Epoch {epoch}, training loss {train}, test loss {test}.",
    "announce_train": "Epoch {epoch}, training loss {train}.",
    "rate_shown": "{rate} epochs/s",
    "batch_shown": "Batch {batch:,}",
    "coarser": "Drawn coarser while training, to keep up",
    "some_points": "{drawn:,} of {all:,} points drawn",
    "keep_on": "Go on from epoch {epoch} with {rate}",
    "bad_value_title": "That value cannot be used",
    "run": "Run",
    "pause": "Pause",
    "step": "Step",
    "reset": "Reset",
    "regenerate": "Regenerate",
    "new_seed": "New seed",
    "epoch": "Epoch",
    "data": "Data",
    "inputs": "Inputs",
    "table": "{rows} {nouns}, {columns} measurements",
    "hidden_layers": "Hidden layers",
    "output": "Output",
    "last_layer": "Last layer",
    "warp_two": "The plane as its two units see it: bent.",
    "warp_one": "It has one unit: a line, and no height.",
    "warp_units": "Units {a} and {b} of its {units}.",
    "warp_components": "Two principal components of its {units} units.",
    "history": "History",
    "what_to_look_for": "What to look for",
    "exercise": "Exercise",
    "add_layer": "Add hidden layer",
    "remove_layer": "Remove hidden layer",
    "add_neuron": "Add neuron to layer {layer}",
    "remove_neuron": "Remove neuron from layer {layer}",
    "neurons": "neurons",
    "neuron": "neuron",
    "neuron_name": "Neuron {unit} of layer {layer}",
    "output_name": "Output for class {name}",
    "loss_train": "Training loss",
    "loss_test": "Test loss",
    "accuracy": "Accuracy",
    "r2": "R²",
    "accuracy_train": "Training accuracy",
    "accuracy_test": "Test accuracy",
    "r2_train": "Training R²",
    "r2_test": "Test R²",
    "training": "training",
    "test": "test",
    "theme": "Dark theme",
    "classification": "Classification",
    "regression": "Regression",
    "no_inputs": "No input is switched on: the output is the same everywhere.",
    "diverged_title": "Training has blown up",
    "diverged": "At epoch {epoch} the numbers grew beyond all bounds. A learning rate of {rate} is "
    "too big for this network: every step overshoots further than the last. The picture shows "
    "epoch {good}, the last good one.",
    "smaller_rate": "Reset with a learning rate of {rate}",
    "link_problem_title": "Part of the link could not be used",
    "error_title": "Something went wrong",
    "error": "The page goes on. If it looks odd, press Reset.",
    "copy_details": "Copy details",
    "close": "Close",
    "skip": "Skip to the network",
    "bias_name": "Bias of neuron {unit} in layer {layer}",
    "weight": "Weight",
    "bias": "Bias",
}

PRESETS = {
    "default": (
        "The default",
        "A ring around a disc. Press Run and watch the second layer bend four straight borders "
        "into a closed curve.",
    ),
    "relu": (
        "Straight edges",
        "ReLU neurons are flat on one side of a straight line. The border becomes a polygon: "
        "count its corners.",
    ),
    "tiny-rate": (
        "A tiny learning rate",
        "0.00001: every step is right, and nothing moves. How many epochs would it take?",
    ),
    "huge-rate": (
        "A huge learning rate",
        "10: the first steps overshoot so far that every neuron is stuck at its end for good.",
    ),
    "two-neurons": (
        "Too few neurons",
        "Two straight borders cannot close around a disc. One side always stays open.",
    ),
    "three-neurons": (
        "One neuron more",
        "Three borders make a triangle: just enough to lock the disc in.",
    ),
    "small-spiral": (
        "A spiral, too hard",
        "The default network has too few borders for the arms. It settles for half of the points.",
    ),
    "big-spiral": (
        "A spiral, solved",
        "More neurons, sine inputs and Adam: the arms come apart within some hundred epochs.",
    ),
    "three-arms": (
        "Three arms, three classes",
        "One output per class, and the largest wins. Watch the tints: strong where it is sure.",
    ),
    "by-heart": (
        "Learning by heart",
        "Few, noisy points and a large network: the training loss falls while the test loss rises.",
    ),
}

# The Wine lab -------------------------------------------------------------------------------

# The exercise's steps. What stands below each heading says how things stand (`line_...`).
EXERCISE = (
    "Look at the data", "Standardize", "Build the network", "Train", "Take the features",
    "Plot them",
)  # fmt: skip

# What one row of a table is, and many.
NOUNS = {
    "wine": ("wine", "wines"), "iris": ("flower", "flowers"),
    "breast_cancer": ("sample", "samples"), "diabetes": ("patient", "patients"),
}  # fmt: skip

WINE = {
    "answer": "Show the answer",
    "empty": "Start empty",
    "done": "done",
    "next": "Next step",
    "new_seed_run": "New seed and run",
    "try_seeds": "Train 20 seeds",
    "line_data": "{all} {nouns}, {classes} classes",
    "line_data_values": "{all} {nouns}, a value each",
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
    "note_5": "From the input of layer 0 to the output of layer {layer}: {columns} numbers in, "
    "{units} out, for each of the {rows} {nouns}.",
    "note_5_none": "There is no hidden layer: the features are the {columns} measurements "
    "themselves. Add a layer to learn some.",
    "note_6_values": "Each of the {nouns} at its features, in the colour of its true value. The "
    "tint behind is what the network says.",
    "note_6_other": "Only with two units does a place of the plane decide the class, so there are "
    "no borders to draw here. Press a point to see what it is.",
    "note_6": "Straight borders part the classes: the last layer only compares weighted sums. "
    "Press a point to see what it is.",
    "validation": "Validation share",
    "validation_short": "Validation",
    "epochs": "Epochs",
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
    "class_lost": "The network has lost {names}: it takes every one of these {nouns} for another.",
    "and": " and ",
    "r2_line": "R² on the training rows: {train}.",
    "band": "Strip shown",
    "film": "Epoch by epoch",
    "seeds": "20 seeds",
    "film_caption": "{epoch} · {accuracy}",
    "film_label": "Epoch {epoch}, {accuracy} right",
    "film_label_value": "Epoch {epoch}, {accuracy}",
    "film_empty": "Press Run: a picture of the learned features appears here after every epoch.",
    "travel": "Epoch shown",
    "seeds_start": "Train 20 seeds",
    "seeds_stop": "Stop",
    "seeds_progress": "Seeds trained",
    "seeds_working": "{done} of {count} trained, {solved} end at 100 %",
    "seeds_done": "{solved} of {count} end at 100 %; {touched} were there at some epoch",
    "seeds_stopped": "Stopped after {done}: {solved} end at 100 %",
    "seeds_empty": "How a run ends depends on its first weights. Train the same network from 20 "
    "seeds and see how many get there.",
    "seed_caption": "{seed} · {accuracy}",
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
}

# What can be wrong with the data as chosen: a title, and what to do about it.
FAULTS = {
    "none_left": (
        "Too few {nouns} are left",
        "Only {count} would be left to learn from, so that all {nouns} are used again. Leave "
        "fewer out.",
    ),
    "too_few": (
        "Too few {nouns} to hold some back",
        "With {count} {nouns} in use, {share} % cannot be held back for validation: all of them "
        "are learned from. Bring {nouns} back, or set the validation share to 0 %.",
    ),
    "single": (
        "A class with a single row",
        "{names}: only one of the {nouns} is in use. It cannot be both learned from and held "
        "back, so it stays in the training data. Bring {nouns} of this class back, or set the "
        "validation share to 0 %.",
    ),
    "constant": (
        "A column without a spread",
        "{names}: the same in all {count} {nouns} in use. Its deviation is 0, and nothing can be "
        "divided by 0, so it counts as 0 and tells the network nothing. Bring {nouns} back that "
        "differ.",
    ),
}

# The Code panel -----------------------------------------------------------------------------

CODE = {
    "title": "Code",
    "line": "The experiment as a program of its own: the same data, network and training, from "
    "epoch 0, with the settings as they are now.",
    "language": "Written for",
    "program": "Program",
    "copy": "Copy",
    "copied": "Copied.",
    "select": "The browser does not allow copying here. The program is selected: copy it yourself.",
    "download": "Download",
    "saved": "Saved {name}.",
    "nothing_seen": "There is nothing of this picture to be seen yet.",
    "note_nncore": "It prints the losses that the page shows. It needs Python 3.11 or newer, "
    "NumPy and nncore: download the package, then run pip install on the file.",
    "note_keras": "For Keras 3. Keras draws its own initial weights, so that its losses differ a "
    "little. Tables come from scikit-learn, points of the plane from nncore.",
    "package": "Download nncore",
    "take": "Take it away",
    "features": "Rows and features (CSV)",
    "parameters": "Parameters (npz)",
    "model": "Network (JSON)",
    "weights": "Weights (CSV)",
    "history": "Losses (CSV)",
    "network": "Network (PNG)",
    "output": "Output (PNG)",
    "chart": "Chart (PNG)",
    "plane": "Features (PNG)",
    "film": "Strip (PNG)",
    "compare": "Beside scikit-learn",
    "compare_line": "Logistic regression, a perceptron of the same layers and principal "
    "components, on the same rows. This loads {size} MB from this site, and nothing from "
    "elsewhere.",
    "compare_ready": "Logistic regression, a perceptron of the same layers and principal "
    "components, on the same rows. scikit-learn is loaded.",
    "compare_no_site": "This part needs the site: scikit-learn is too large for the page in one "
    "file.",
    "compare_start": "Compare",
    "compare_progress": "Loading scikit-learn",
    "compare_loading": "{done} of {size} MB",
    "compare_installing": "Starting scikit-learn: the page stands still for a moment.",
    "compare_training": "Training: {name}",
    "compare_failed": "It could not be loaded ({reason}). Check the connection and try again.",
    "compare_of_class": "Accuracy. The network is at epoch {epoch}, its seed is {seed}.",
    "compare_of_value": "R². The network is at epoch {epoch}, its seed is {seed}.",
    "compare_train": "Training",
    "compare_test": "Test",
    "compare_model": "Model",
    "compare_epochs": "Adam, {epochs} epochs",
    "compare_network_class": "This network",
    "compare_network_value": "This network",
    "compare_linear_class": "Logistic regression",
    "compare_linear_value": "Linear regression",
    "compare_perceptron_class": "MLPClassifier ({shape})",
    "compare_perceptron_value": "MLPRegressor ({shape})",
    "compare_components_class": "Logistic regression on 2 principal components",
    "compare_components_value": "Linear regression on 2 principal components",
    "compare_components": "Two principal components of the inputs",
    "compare_learned": "What the last hidden layer has learned",
}

# The controls that a teacher can hide, by their key in a link.
HIDEABLE = {
    "showTestData": "Show test data",
    "discretize": "Discretize output",
    "playButton": "Run",
    "stepButton": "Step",
    "resetButton": "Reset",
    "learningRate": "Learning rate",
    "activation": "Activation",
    "regularization": "Regularization",
    "regularizationRate": "Regularization rate",
    "problem": "Problem type",
    "dataset": "Dataset",
    "percTrainData": "Training share",
    "noise": "Noise",
    "batchSize": "Batch size",
    "numHiddenLayers": "Layers and neurons",
    "optimizer": "Optimizer",
    "speed": "Speed",
    "seed": "Regenerate and seed",
    "history": "History",
    "tools": "Presets, Share and More",
}

LOOK_FOR = {
    "circle": "Each neuron of the first layer draws one straight border. The second layer bends "
    "them into a ring.",
    "xor": "No single straight border can tell these apart. Watch two neurons share the work.",
    "gauss": "One straight border is enough here. Take all hidden layers away and try again.",
    "spiral": "The hardest of the four: add neurons, layers or inputs until the arms come apart.",
    "moons": "Two half moons, hooked into each other: one bend in the border is enough.",
    "blobs": "Three classes: the output has one neuron for each, and the largest one wins.",
    "spiral3": "Three arms and three classes. It takes a larger network and some patience.",
    "reg-plane": "The value grows along the diagonal. A network without hidden layers can do it.",
    "reg-gauss": "Six hills, up and down by turns. Count how many neurons it takes.",
}
