"""What a notebook's Python says to the reader, beside what cells print themselves."""

from explorer.text.language import texts

CELLS = texts("cells", {
    "import_later": "“{name}” can be had here, but it was not there when this cell began: write "
    "“import {name}” at the beginning of a line, in this cell or one before.",
    "only_site": "“{name}” is too large for the page in one file. Save this notebook, and open it "
    "in the edition of this page that lies on a web server: there its import fetches it.",
    "instead": {
        "torch": "PyTorch is not to be had in a browser: this notebook is for dense networks in "
        "Keras. For PyTorch use an installation of your own, or Colab.",
        "jax": "JAX is not to be had in a browser: this notebook is for dense networks in Keras. "
        "For JAX use an installation of your own, or Colab.",
        "xgboost": "XGBoost does not come with this page. scikit-learn's "
        "HistGradientBoostingClassifier does much the same.",
        "cv2": "OpenCV does not come with this page. Pillow (import PIL) reads and writes "
        "pictures.",
        "google": "google.colab is a part of Colab. Here files lie beside the notebook: drop them "
        "on the page.",
        "requests": "This page talks to nobody, so there is nothing to request. Drop the file on "
        "the page instead.",
        "plotly": "Plotly does not come with this page. Matplotlib and seaborn do.",
        "ipywidgets": "ipywidgets does not come with this page, which shows no widgets: give the "
        "values in the cell.",
        "scikeras": "SciKeras does not come with this page. KerasClassifier and KerasRegressor "
        "are in keras.wrappers.scikit_learn.",
    },
    "no_module": "It does not come with this page. There are: {names}.",
    "no_file": "Beside the notebook there are: {names}. Drop a file on the page to add it.",
    "no_network": "cells fetch nothing from the network ({host}): download the file, drop it on "
    "the page, and open it by its name",
    "no_model": "model must be a model of Keras; got {kind}",
    "not_built": "{name} has no weights yet: give it an Input, or build it.",
    "no_stack": "{name} is more than a stack of Dense layers: the page cannot show it.",
    "no_input": "input() cannot ask here: give the name its value in the cell.",
    "no_shell": "There is no shell in a browser, so “!{command}” does nothing here.",
    "pip_there": "{name}: is there.",
    "pip_can": "{name}: comes with its import ({size} MB).",
    "pip_not": "{name}: does not come with this page, and there is nowhere to install it from. "
    "There are: {names}.",
    "pip_only_site": "{name}: is too large for the page in one file. The edition of this page that "
    "lies on a web server has it.",
    "pip_keras": "{name}: import it; here it is nncore.keras, for dense networks.",
    "no_magic": "{name} is not known here. There are: {names}.",
    "timeit": "{best} ± {spread} per loop (mean ± std. dev. of {runs} runs, {loops:,} loops each)",
    "time": "Wall time: {seconds}",
})  # fmt: skip
