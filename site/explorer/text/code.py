"""What the Code panel says when it is open, and what programs say; its HTML is in `code_panel`."""

from explorer.text.language import texts

CODE = texts("code", {
    "copied": "Copied.",
    "select": "The browser does not allow copying here. The program is selected: copy it yourself.",
    "saved": "Saved {name}.",
    "no_sources": "The package could not be fetched. Check the connection and try again.",
    "nothing_seen": "There is nothing to see in this picture yet.",
    "note_nncore": "It prints the losses that the page shows. It needs Python 3.11 or newer, "
    "NumPy and nncore: download the package, then run pip install on the file.",
    "note_keras": "For Keras 3. Keras draws its own initial weights, so its losses differ a "
    "little. Tables come from scikit-learn, points of the plane from nncore.",
    "note_keras_exact": "For Keras 3 in float64, with this page's data, initial weights and order "
    "of rows, all drawn by nncore: the losses are the page's, to rounding. Where training jumps "
    "about, rounding grows from epoch to epoch.",
    "note_torch": "For PyTorch in float64, with this page's data, initial weights and order of "
    "rows, all drawn by nncore: the losses are the page's, to rounding.",
    "file_other_network": "its settings and its network do not belong together",
    "file_other_data": "its network has other inputs or outputs than the data that are shown",
    "compare_line": "Logistic regression, a perceptron of the same layers and principal "
    "components, on the same rows. This loads {size} MB from this site, and nothing from "
    "elsewhere.",
    "compare_ready": "Logistic regression, a perceptron of the same layers and principal "
    "components, on the same rows. scikit-learn is loaded.",
    "compare_no_site": "This needs the site: scikit-learn is too large for the page in one file.",
    "compare_loading": "{done} of {size} MB",
    "compare_installing": "Starting scikit-learn: the page pauses for a moment.",
    "compare_training": "Training: {name}",
    "compare_failed": "It could not be loaded ({reason}). Check the connection and try again.",
    "compare_of_class": "Accuracy. The network is at epoch {epoch}, its seed is {seed}.",
    "compare_of_value": "R². The network is at epoch {epoch}, its seed is {seed}.",
    "compare_epochs": "Adam, {epochs} epochs",
    "compare_network_class": "This network",
    "compare_network_value": "This network",
    "compare_linear_class": "Logistic regression",
    "compare_linear_value": "Linear regression",
    "compare_perceptron_class": "MLPClassifier ({shape})",
    "compare_perceptron_value": "MLPRegressor ({shape})",
    "compare_components_class": "Logistic regression on 2 principal components",
    "compare_components_value": "Linear regression on 2 principal components",
})  # fmt: skip

# What the programs themselves say, in their docstring and their comments.
PROGRAM = texts("program", {
    "own_file": "beside this program",
    "title_nncore": "{data}, learned by a {shape} network. Prints the losses that the page shows.",
    "title_keras": "{data}, learned by a {shape} network in Keras 3.",
    "title_torch": "{data}, learned by a {shape} network in PyTorch.",
    "torch": "It starts from the page's own weights and prints the losses that the page shows.",
    "exact": (
        "It starts from the page's own weights and prints the losses that the page shows.",
        "The jax backend computes in float64 only with JAX_ENABLE_X64=1 in the environment.",
    ),
    "initial": "The page's network draws the initial weights.",
    "epsilon": "or it cuts probabilities off at 1e-7",
    "tanh": "keras.ops.tanh rounds to float32",
    "pulled": "L1 pulls weights towards 0; one that is pulled across 0 is switched off.",
    "pulled_l2": "L2 pulls weights towards 0, the more the larger they are.",
    "own_optimizer": "PyTorch has none.",
    "own_epsilon": "Its formula as the page takes it; PyTorch's own puts epsilon elsewhere.",
    "own_rate": "The learning rate goes into the velocity; in PyTorch it acts after it.",
    "by_hand": "Weights and biases that were set by hand",
    "held": "Weights and biases that are held fixed",
    "feature_function": "The function from the input of layer 0 to the output of layer {layer}",
    "left_out": "Rows that were taken out by hand, counted from 0",
    "alone": "the only row of its class has to be learned from",
    "no_inputs": "no inputs",
    "l1": "The page also switches a weight off when it is pulled across 0.",
    "l2": "Keras penalizes w^2, the page w^2 / 2.",
})  # fmt: skip
