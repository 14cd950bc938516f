"""One or two sentences on every control, number and picture, found by its name."""

from explorer.text.language import texts

# One or two sentences on every control, number and picture.
HELP = texts("help", {
    "run": "Trains the network until you pause it. Space does the same.",
    "step": "Pauses, then trains for exactly one epoch: every training point is used once. "
    "Inside a step it goes on to the next phase.",
    "inside": "Opens the next step of training: one sample forward and back through the network, "
    "with every number. Step and Step back walk through it.",
    "step_back": "Goes one place back in the walk through the step.",
    "drawer": "Shows the network over the picture, or puts it away.",
    "reset": "Goes back to epoch 0 and the same initial weights, including those set by hand at "
    "epoch 0. The data stay as they are.",
    "keep": "Puts this run into a tray: its curve stays in the chart, and you can open it again.",
    "pair": "Sets a second run beside this one: the same points, other settings, trained in step.",
    "train_map": "Trains a run for every cell of a map: learning rates across, seeds or the size "
    "of the first weights upwards. Its border is where learning turns into blowing up.",
    "vary": "Trains many networks at once: some values of a setting, each from many seeds. One run "
    "proves nothing.",
    "epoch": "How many times the network has seen all of the training data.",
    "formula": "An input of your own: a formula of x1 and x2, such as sin(x1 * x2), hypot(x1, x2) "
    "or x1 > 0. Where it has no finite value it is 0.",
    "your_data": "Opens a table of your own, a file or cells copied from a spreadsheet, or has you "
    "draw points. All of it stays on this device.",
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
    "without mistakes.",
    "batch_size": "How many points are averaged for one update of the weights. Small batches "
    "give many steps, but ragged ones.",
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
    "weights": "A line is a weight: blue is positive, orange is negative, and a thicker line is "
    "a larger weight. Hover over a line to read its value.",
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
    "history": "Both losses over time. Move the pointer over the curves to read the values.",
    "plane": "Each row stands at the two numbers that the layer makes of its measurements. The "
    "tint is the class that the last layer gives to a place; its borders are straight. Arrow keys "
    "go from row to row; piles are spread a little, so that every row can be seen. Rows held back "
    "have another rim.",
    "barcode": "One thin column per wine, sorted by cultivar: what this unit answers to each of "
    "them. Clean blocks mean that the unit knows the cultivars apart.",
    "film": "The learned features after every epoch, with the training accuracy. Press a picture "
    "to go back to its epoch.",
    "undo": "Undoes the last change of a setting or a weight.",
    "redo": "Makes the undone change again.",
    "lessons": "Lessons on the live page: predict, try, and have it checked.",
    "presets": "Starting points, each with a sentence on what to look for.",
    "start": "The initial weights that are not those that the seed draws.",
    "frozen": "The weights and biases that training leaves as they are.",
    "open_file": "Opens a network that was saved as .npz or JSON, with its settings, trained as it "
    "was. You can also drop the file anywhere on the page.",
    "share_place": "Where you will paste the snippet. Each platform changes frames in its own way.",
    "print": "A one-page sheet to hand in or to keep as PDF: the experiment in words, its pictures "
    "and numbers, and the link.",
    "share": "A link that opens this experiment again, and a panel to hide controls for a class.",
    "code": "The experiment as a Python program, and everything to take away: data, features, "
    "weights and pictures.",
    "language": "nncore is what computes this page. Keras is the library of the course, PyTorch "
    "that of most research.",
    "open_notebook": "The experiment as a Keras program in the cells of a notebook: it runs there, "
    "and is saved as .ipynb for any Jupyter.",
    "exact_program": "The Keras program then starts from this page's weights, in float64, and "
    "prints the losses that the page shows.",
    "package": "The very files that compute this page, packed so that pip can install them.",
    "take_table": "The file of your own data as it was opened or pasted. The program reads it "
    "where it lies beside.",
    "take_features": "One line for each row of the data: inputs, truth, prediction, outputs, and "
    "what the last hidden layer makes of it.",
    "take_parameters": "Layers and parameters as NumPy arrays. nncore.load_npz reads them.",
    "take_experiment": "Settings, weights and your own data in one file. Drop it on this page, and "
    "it goes on from here.",
    "take_model": "Layers and parameters as text. nncore.from_json reads them.",
    "take_weights": "One line for each weight and bias: layer, from where, to which unit, value.",
    "take_history": "One line for each epoch: losses, and accuracies or R squared.",
    "compare": "Trains scikit-learn's models on the very rows that the network learns from. The "
    "library is loaded only now, from the site that this page came from.",
    "take_picture": "Saves the picture as it is now, at twice the size.",
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
    "background": "What training does while this page is in a background tab: go on with one "
    "frame's work a second, or wait. This browser remembers it.",
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
    "schedule_epochs": "The number of epochs after which the schedule takes a step, or has run its "
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
    "chart": "What the curves show: the losses, how many answers are right or, layer by layer, the "
    "length of the gradient, the share of neurons that are dead or saturated, and how much of the "
    "weights' length one update changes. L1 is the first layer.",
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
    "epochs": "How many times the network sees all rows before training pauses by itself. With ∞ "
    "it goes on until you pause.",
    "steps": "A step of the exercise. A tick means that it has been done.",
    "answer": "Takes the exercise's settings and trains: 8, 5 and 2 units, RMSprop, 20 epochs.",
    "empty": "Starts with a network of one unit that learns from raw values, for those who want to "
    "find their own way.",
    "sort": "Sorts by this column; press it again to reverse the order.",
    "table": "Arrow keys go from row to row, Space selects. Selected rows are marked in every "
    "picture.",
    "distribution": "How the values of a column are spread: each class in its colour, stacked. "
    "The line above is the mean, plus and minus one standard deviation.",
    "scatter": "Every row at its values in two columns. Press a point to select it.",
    "ranges": "Each line runs from a column's smallest value to its largest, and its bar one "
    "standard deviation to either side of the mean. On one axis the largest numbers dwarf all "
    "others.",
    "values": "Shows the table's values as they were measured, or standardized. What the network "
    "learns from is chosen in step 2.",
    "feature_code": "The network up to its last hidden layer, as a Python function.",
    "confusion_share": "Whether the matrix counts the rows learned from or those held back.",
    "band": "What is shown below: this run after every epoch, the ends of twenty runs, or the "
    "losses and other numbers over time.",
    "seeds": "Trains the same settings from this seed and the nineteen that follow. Press a "
    "picture to open its run.",
    "rows": "Rows that are left out are neither learned from nor tested on.",
})  # fmt: skip
