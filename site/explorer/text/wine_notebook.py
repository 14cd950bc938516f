"""What the Wine lesson says between its cells, when it is a notebook."""

from explorer.text.language import texts

WORDS = texts("wine_notebook", {
    "name": "wine",
    "old_name": "wine-2018",
    "welcome": "# Three kinds of wine, two numbers\n\n"
    "178 wines from three cultivars, 13 measurements each. A network learns to tell the cultivars "
    "apart, and its last hidden layer has only **two** units: so it has to sum each wine up in two "
    "numbers, which we then draw.\n\n"
    "Press *Run all*, or go through the cells with Shift + Enter.",
    "load": "## 1 Look at the table\n\nThe given tables lie in `data/`.",
    "target": "## 2 Inputs and target\n\nThe cultivar becomes three numbers, one per class, of "
    "which one is 1 (*one-hot*). Each measurement is brought to mean 0 and standard deviation 1: "
    "proline counts in hundreds, hue in tenths, and the network should not care.",
    "build": "## 3 Build the network\n\n13 inputs, hidden layers of 8, 5 and 2 units, three "
    "outputs.",
    "train": "## 4 Train it\n\n20 epochs in batches of 16.",
    "features": "## 5 Two numbers for each wine\n\nEverything from the input of layer 0 to the "
    "output of layer 2, as a function of its own.",
    "plot": "## 6 Draw them",
    # Where pandas and Matplotlib are not to be had:
    "load_alone": "## 1 Look at the table\n\nIt comes with `nncore`, the package behind this page.",
    "plot_alone": "## 6 Look at them\n\nThe means of the three cultivars lie apart. Press *model* "
    "above the cells: the Wine lab shows the two numbers of every wine on a plane.",
})  # fmt: skip
