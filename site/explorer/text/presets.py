"""The presets by name, and what to look for in each."""

from explorer.text.language import texts

PRESETS = texts("presets", {
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
})  # fmt: skip

LOOK_FOR = texts("look_for", {
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
})  # fmt: skip
