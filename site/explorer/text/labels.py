"""What things are called: the controls, their choices, and the columns of tables.

Labels of settings are found by the field's name; they are accessible names on which tests and
embedders rely.
"""

from explorer.text.language import texts

# What the controls are called. These are accessible names that tests and embedders rely on.
LABELS = texts("labels", {
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
    "formula": "Own input",
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
    "start": "Weights set by hand",
    "frozen": "Weights held fixed",
})  # fmt: skip

# Shorter labels for the control bar, where the accessible name stays the long one.
SHORT = texts("short", {"regularization_rate": "Rate", "stop_epoch": "Epochs"})

# How the inputs are written beside their tiles.
INPUT_SIGNS = texts("input_signs", {
    "x": "X₁", "y": "X₂", "x_squared": "X₁²", "y_squared": "X₂²", "x_times_y": "X₁X₂",
    "sin_x": "sin X₁", "sin_y": "sin X₂",
})  # fmt: skip

# Column names of tables where there is little room.
COLUMNS = texts("columns", {
    "OD280/OD315 of diluted wines": "OD280/OD315",
    "Nonflavanoid phenols": "Nonflav. phenols",
    "Mean fractal dimension": "Mean fractal dim.",
    "Fractal dimension error": "Fractal dim. error",
    "Worst fractal dimension": "Worst fractal dim.",
})  # fmt: skip

# What a setting can be. Activations, data sets and optimizers have their titles from the core.
CHOICES = texts("choices", {
    "regularization": {"none": "None", "L1": "L1", "L2": "L2"},
    "problem": {"classification": "Classification", "regression": "Regression"},
    "view": {"playground": "Playground", "wine": "Wine"},
    "loss": {"half_mse": "Half squared error", "cross_entropy": "Cross-entropy"},
    "initializer": {
        "zeros": "Zeros", "uniform": "Uniform ±0.5", "glorot_uniform": "Glorot uniform",
        "glorot_normal": "Glorot normal", "he_uniform": "He uniform", "he_normal": "He normal",
    },
    "schedule": {
        "constant": "Constant", "step": "Step", "exponential": "Exponential", "cosine": "Cosine",
    },
    "projection": {"components": "Principal components", "units": "Two units"},
    "chart": {
        "loss": "Losses", "score": "Accuracy or R²", "gradient": "Gradient per layer",
        "flat": "Dead or saturated", "update": "Reach of an update",
    },
    "engine": {"compiled": "Compiled", "numpy": "NumPy"},
    "speed": {
        "slow": "Slow motion", "batch": "1 batch / frame", "epoch": "1 epoch / frame",
        "fast": "Full speed",
    },
})  # fmt: skip

# What one row of a table is, and many; the core's tables say it themselves.
NOUNS = texts("nouns", {})

# The controls that a teacher can hide, by their key in a link.
HIDEABLE = texts("hideable", {
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
})  # fmt: skip
