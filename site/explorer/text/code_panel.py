"""What the HTML of the Code panel says: it is there before the panel is opened."""

from explorer.text.language import texts

CODE_PANEL = texts("code_panel", {
    "title": "Code",
    "line": "The experiment as a program of its own: the same data, network and training, from "
    "epoch 0, with the settings as they are now.",
    "language": "Written for",
    "program": "Program",
    "copy": "Copy",
    "download": "Download",
    "notebook": "Open as notebook",
    "exact": "With these initial weights",
    "package": "Download nncore",
    "take": "Take it away",
    "open": "Open a saved network",
    "table": "Your data",
    "features": "Rows and features (CSV)",
    "parameters": "Parameters (npz)",
    "model": "Network (JSON)",
    "experiment": "Experiment",
    "weights": "Weights (CSV)",
    "history": "Losses (CSV)",
    "network": "Network (PNG)",
    "output": "Output (PNG)",
    "chart": "Chart (PNG)",
    "plane": "Features (PNG)",
    "film": "Strip (PNG)",
    "compare": "Beside scikit-learn",
    "compare_start": "Compare",
    "compare_progress": "Loading scikit-learn",
    "compare_train": "Training",
    "compare_test": "Test",
    "compare_model": "Model",
    "compare_components": "Two principal components of the inputs",
    "compare_learned": "What the last hidden layer has learned",
})  # fmt: skip
