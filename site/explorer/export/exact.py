"""What the programs share that start from the page's own weights and print its losses.

`nncore` draws the initial weights and the order of the rows in them, from the stream of the data
or from one of its own; what L1 has switched off and what is held fixed is kept beside the weights.
The library that a program is written for gives the words that differ.
"""

from explorer.export.keras_program import FROM
from explorer.export.nncore_program import hand_lines, model_lines
from explorer.export.program_data import generator_of
from explorer.learning import by_hand
from explorer.learning.trainer import regularizer_of
from explorer.text.code import PROGRAM

OF_NNCORE = {name: FROM[name] for name in ("nncore.formulas", "nncore.reading")}


def start_lines(settings, problem):
    """The page's initial weights, drawn by `nncore` where the stream of the data has left off.

    nncore's model is called `network` here: `model` is the library's.
    """
    first, *others = model_lines(settings, problem)[:-1]
    network = [first.replace("model = ", "network = "), *others]
    hand = hand_lines(settings, problem, "network")
    return [f"# {PROGRAM['initial']}", *network, "params = network.init(rng)", *hand]


def penalty_of(settings):
    """The name and the rate of the penalty, or (None, 0)."""
    regularizer = regularizer_of(settings)
    rate = getattr(regularizer, "rate", 0.0)
    return (settings.regularization, rate) if rate else (None, 0.0)


def held_of(settings, problem):
    """The places that are held fixed."""
    return by_hand.values_of(settings, problem.model(settings).n_params)[1]


def memory_lines(settings, problem, dead, weights):
    """What lasts from step to step: a stream for the order of the rows, what L1 has switched off,
    what is held fixed.

    Args:
        dead: An expression for masks of the parameters, nothing switched off yet.
        weights: What the library takes for the matrix W: W or its transpose.
    """
    lines = []
    if settings.shuffle and problem.on_plane:
        lines.append(f"order_rng = {generator_of(settings.seed)}")
    if penalty_of(settings)[0] == "L1":
        lines.append(f"dead = {dead}")
    if held_of(settings, problem):
        parts = f"for part in ({weights}, b)"
        lines.append(f"kept = [part for W, b in network.unflatten(frozen) {parts}]")
    return lines


def order_lines(settings, problem, X):
    """The order of the rows of X in an epoch, where they are shuffled."""
    if not settings.shuffle:
        return []
    rng = "order_rng" if problem.on_plane else "rng"
    return [f'order = np.argsort({rng}.random(len({X})), kind="stable")']
