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
        "More neurons, sine inputs and Adam: the arms come apart within a few hundred epochs.",
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

# By data set of the plane; the core's data sets say it themselves.
LOOK_FOR = texts("look_for", {})
