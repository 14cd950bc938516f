"""The optimizers' updates as formulas, with what each remembers; then the regularizer's pull.

The formulas are those in the docstrings of nncore.optimizers and nncore.regularizers.
"""

from explorer.panels.inside.mathml import (
    bare,
    fraction,
    joined,
    name,
    number,
    power,
    root,
    row,
    sign,
    sub,
    word,
)
from explorer.text.inside import INSIDE

ONE, TWO = ("mn", "1"), ("mn", "2")
W, G, RATE, EPSILON = name("w"), name("g"), name("η"), name("ε")


def becomes(left, right):
    return row(left, sign("←"), right)


def plus(*parts):
    return joined(parts, "+")


def less(left, right):
    return row(left, sign("−"), right)


def times(*parts):
    return joined(parts, "×")


def rest(part):
    return row(sign("("), less(ONE, part), sign(")"))


def scaled(rate, gradient, square, epsilon):
    """rate g / sqrt(square + epsilon)"""
    return fraction(times(rate, gradient), root(plus(square, epsilon)))


def momentum(v, mu, rate, g):
    return less(times(mu, v), times(rate, g))


def running(kept, old, part):
    return plus(times(kept, old), times(rest(kept), part))


def adam_rate(rate, beta_1, beta_2, t):
    return row(rate, fraction(root(less(ONE, power(beta_2, t))), less(ONE, power(beta_1, t))))


def update_symbols(values):
    """The optimizer's rule, then the pull's, as trees."""
    kind, v, mu, s, rho = values["optimizer"], name("v"), name("μ"), name("s"), name("ρ")
    m, b1, b2, t = name("m"), sub("β", "1"), sub("β", "2"), name("t")
    square = power(G, TWO)
    rules = {
        "sgd": [becomes(W, less(W, times(RATE, G)))],
        "momentum": [becomes(v, momentum(v, mu, RATE, G)), becomes(W, plus(W, v))],
        "nesterov": [
            becomes(v, momentum(v, mu, RATE, G)),
            becomes(W, less(plus(W, times(mu, v)), times(RATE, G))),
        ],
        "adagrad": [
            becomes(s, plus(s, square)), becomes(W, less(W, scaled(RATE, G, s, EPSILON))),
        ],
        "rmsprop": [
            becomes(v, running(rho, v, square)),
            becomes(W, less(W, scaled(RATE, G, v, EPSILON))),
        ],
        "adam": [
            becomes(m, running(b1, m, G)), becomes(v, running(b2, v, square)),
            becomes(W, less(W, fraction(
                times(adam_rate(RATE, b1, b2, t), m), plus(root(v), EPSILON)
            ))),
        ],
    }[kind]  # fmt: skip
    if has_pull(values):
        slope = W if values["regularizer"] == "L2" else row(name("sign"), W)
        rules = [*rules, becomes(W, less(W, times(RATE, name("λ"), slope)))]
    return tuple(rules)


def has_pull(values):
    """Whether the regularizer pulls at this number: at weights, not at biases."""
    return values["regularizer"] is not None and not values["is_bias"]


def update_lines(values, result):
    """(label, tree, value, key of the hint, final, quantity) per line: all with numbers."""
    kind = values["optimizer"]
    lines = [
        (called("old_weight", W), None, values["before"]),
        (called("gradient_of", G), None, values["gradient"]),
        (called("rate_of", RATE), None, values["rate"]),
    ]
    lines += [
        (called("part_kept", symbol), None, values[key])
        for symbol, key in PARAMETERS
        if key in values
    ]
    lines += memory_lines(kind, values)
    settled = not has_pull(values) and not values["held"]
    moved = step_tree(kind, values)
    lines.append((name("w′"), moved, values["stepped"], "update", settled, "w′"))
    if has_pull(values):
        old = number(values["before"]) if values["regularizer"] == "L2" else sign_of(values)
        pull = times(bare(values["rate"]), bare(values["regularization_rate"]), old)
        lines.append((name("pull"), pull, values["pull"], "pull", False, "pull"))
    if not settled:
        tree = None
        if not (values["held"] or values["pruned"]):
            tree = less(number(values["stepped"]), number(values["pull"]))
        lines.append((name("w″"), tree, result, "weight", True, "w″"))
    return lines


def called(key, symbol):
    """A symbol behind what it is, in words."""
    return row(word(f"{INSIDE[key]}\u00a0"), symbol)


PARAMETERS = (
    (name("μ"), "momentum"), (name("ρ"), "rho"), (sub("β", "1"), "beta_1"),
    (sub("β", "2"), "beta_2"),
)  # fmt: skip


def sign_of(values):
    before = values["before"]
    return number(float((before > 0) - (before < 0)))


def memory_lines(kind, values):
    """What the optimizer remembers: before, and after this gradient."""
    g, square = number(values["gradient"]), power(number(values["gradient"]), TWO)
    old, new = values["memory_before"], values["memory_after"]
    trees = {
        "momentum": lambda: [("v", momentum(number(old[0]), bare(values["momentum"]),
                                            bare(values["rate"]), g))],
        "adagrad": lambda: [("s", plus(bare(old[0]), square))],
        "rmsprop": lambda: [("v", running(bare(values["rho"]), bare(old[0]), square))],
        "adam": lambda: [("m", running(bare(values["beta_1"]), number(old[0]), g)),
                         ("v", running(bare(values["beta_2"]), bare(old[1]), square))],
    }  # fmt: skip
    trees["nesterov"] = trees["momentum"]
    if kind not in trees:
        return []
    lines = []
    for (letter, tree), before, after in zip(trees[kind](), old, new, strict=True):
        lines.append((called("memory_of", name(letter)), None, before))
        lines.append((name(f"{letter}′"), tree, after, "memory", False, f"{letter}′"))
    return lines


def step_tree(kind, values):
    """The update with its numbers."""
    w, g, rate = number(values["before"]), number(values["gradient"]), bare(values["rate"])
    new, epsilon = values["memory_after"], bare(values.get("epsilon", 0.0))
    if kind == "sgd":
        return less(w, times(rate, g))
    if kind == "momentum":
        return plus(w, number(new[0]))
    if kind == "nesterov":
        return less(plus(w, times(bare(values["momentum"]), number(new[0]))), times(rate, g))
    if kind in ("adagrad", "rmsprop"):
        return less(w, scaled(rate, g, bare(new[0]), epsilon))
    t = ("mn", str(values["t"]))
    corrected = adam_rate(rate, bare(values["beta_1"]), bare(values["beta_2"]), t)
    return less(w, fraction(times(corrected, number(new[0])), plus(root(bare(new[1])), epsilon)))
