"""Where a link can be put, and what each of these places makes of it."""

from explorer.text.language import texts

SHARE = texts("share", {
    "short": "Short link",
    "copy_short": "Copy the short link",
    "place": "For",
    "weights": "The link carries the weights that were set or held fixed by hand.",
    "too_many": "The weights set by hand do not fit into a link: it opens the network as the seed "
    "draws it. A file keeps them; drop it on this page to open it again.",
    "save": "Save the network",
    "seed_again": "Draw them from the seed",
    "frame": "A frame: keep it as it is, in the editor's HTML view.",
    "element": "For pages that you write yourself: the frame waits until it is read.",
    "moodle": "For pages, labels, descriptions: in the editor's HTML view. Forums keep no frames.",
    "only_link": "Frames are removed here; only a link is left. This one has letters and digits "
    "only, so no editor can damage it.",
    "myst": "Its height is 60 % of the column's width, whatever the directive says.",
    "jupyter": "In a code cell; Markdown cells keep no frames.",
    "marimo": "In a Python cell; mo.md keeps no frames.",
    "reveal": "data-preload keeps Python running while other slides are shown.",
    "h5p": "For the content type Iframe Embedder: the address, in letters and digits only.",
    "sphinx": "In a MyST file of Sphinx or Jupyter Book 1; in reStructuredText, .. raw:: html.",
    "quarto": "In a .qmd file.",
    "places": {
        "frame": "Web page",
        "element": "Web page, by its own element",
        "moodle": "Moodle activity",
        "forum": "Moodle forum",
        "canvas": "Canvas",
        "wordpress": "WordPress",
        "myst": "MyST, Jupyter Book 2",
        "sphinx": "Sphinx, Jupyter Book 1",
        "mkdocs": "MkDocs",
        "quarto": "Quarto",
        "jupyter": "Jupyter notebook",
        "marimo": "marimo",
        "reveal": "reveal.js",
        "h5p": "H5P",
        "readme": "README, wiki, Markdown",
    },
})  # fmt: skip
