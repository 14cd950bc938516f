"""What the printed sheet says: its heads, and the experiment in words."""

from explorer.text.language import texts

SHEET = texts("sheet", {
    "print": "Print",
    "title_playground": "A neural network for “{data}”",
    "title_wine": "Wine lab: {data}",
    "name": "Name",
    "date": "Date",
    "data": "Data",
    "network": "Network",
    "training": "Training",
    "points": "{data}, {points} points, noise {noise}; {share} % of them for training; seed {seed}",
    "rows": "{data}, {rows} rows, {columns} columns{standardized}; {share} % of them for training; "
    "seed {seed}",
    "standardized": ", standardized",
    "out": "; {count} left out",
    "layers": "{inputs} → {hidden} → {outputs}; {parameters} parameters; initial weights: "
    "{initializer}",
    "no_layers": "{inputs} → {outputs}; {parameters} parameters; initial weights: {initializer}",
    "layer": "{units} {activation}",
    "rule": "{optimizer}, learning rate {rate}{schedule}, batch size {batch}; loss: {loss}; "
    "{regularization}",
    "schedule": " ({schedule})",
    "no_regularization": "no regularization",
    "regularization": "regularization {kind}, rate {rate}",
    "cross_entropy": "categorical cross-entropy",
    "binary_crossentropy": "binary cross-entropy",
    "squared": "half squared error",
    "key": "Lines: weights, thicker where larger. Blue and solid: positive; orange and dashed: "
    "negative. Small squares: biases, filled where positive.",
    "output": "Output over the plane, −6 to 6, and the training points",
    "as_it_stands": "After epoch {epoch}",
    "chart_loss": "The losses over the epochs: training solid, test dashed",
    "chart_score": "Accuracy or R² over the epochs: training solid, test dashed",
    "link": "This experiment",
})  # fmt: skip
