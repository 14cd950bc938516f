"""The optimizers' updates as formulas, with what each remembers; then the regularizer's pull.

The formulas are those in the docstrings of nncore.optimizers and nncore.regularizers.
"""

from explorer.drawing.figures import enough_decimals
from explorer.panels.inside.lines import Line, called
from explorer.panels.inside.mathml import (
    bare,
    constant,
    fraction,
    joined,
    name,
    number,
    power,
    root,
    row,
    sign,
    sub,
)

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
    """The lines of an update: what there was, the memory, the new weight, the pull."""
    kind = values["optimizer"]
    decimals = enough_decimals(values["before"], values["stepped"])
    lines = [
        Line(called("old_weight", W), None, values["before"], decimals=decimals),
        Line(called("gradient_of", G), None, values["gradient"]),
        Line(called("rate_of", RATE), None, values["rate"], chosen=True),
    ]
    lines += [
        Line(called(word, symbol), None, values[key], chosen=True)
        for word, symbol, key in PARAMETERS
        if key in values
    ]
    lines += memory_lines(kind, values)
    settled = not has_pull(values) and not values["held"]
    moved = step_tree(kind, values, number(values["before"], decimals))
    new = called("new_weight", name("w′"))
    lines.append(Line(new, moved, values["stepped"], "update", settled, "w′", decimals))
    if has_pull(values):
        old = sign_of(values)
        if values["regularizer"] == "L2":
            old = number(values["before"])
        pull = times(constant(values["rate"]), constant(values["regularization_rate"]), old)
        lines.append(Line(name("pull"), pull, values["pull"], "pull", False, "pull"))
    if not settled:
        tree = None
        if not (values["held"] or values["pruned"]):
            tree = less(number(values["stepped"], decimals), number(values["pull"]))
        lines.append(Line(name("w″"), tree, result, "weight", True, "w″", decimals))
    return lines


PARAMETERS = (
    ("part_kept", name("μ"), "momentum"), ("part_kept", name("ρ"), "rho"),
    ("part_kept", sub("β", "1"), "beta_1"), ("part_kept", sub("β", "2"), "beta_2"),
    ("tiny", EPSILON, "epsilon"),
)  # fmt: skip


def sign_of(values):
    before = values["before"]
    return number(float((before > 0) - (before < 0)))


def memory_lines(kind, values):
    """What the optimizer remembers: before, and after this gradient."""
    g, square = number(values["gradient"]), power(number(values["gradient"]), TWO)
    old, new = values["memory_before"], values["memory_after"]
    trees = {
        "momentum": lambda: [("v", momentum(number(old[0]), constant(values["momentum"]),
                                            constant(values["rate"]), g))],
        "adagrad": lambda: [("s", plus(bare(old[0]), square))],
        "rmsprop": lambda: [("v", running(constant(values["rho"]), bare(old[0]), square))],
        "adam": lambda: [("m", running(constant(values["beta_1"]), number(old[0]), g)),
                         ("v", running(constant(values["beta_2"]), bare(old[1]), square))],
    }  # fmt: skip
    trees["nesterov"] = trees["momentum"]
    if kind not in trees:
        return []
    lines = []
    for (letter, tree), before, after in zip(trees[kind](), old, new, strict=True):
        lines.append(Line(called("memory_of", name(letter)), None, before))
        lines.append(Line(name(f"{letter}′"), tree, after, "memory", False, f"{letter}′"))
    return lines


def step_tree(kind, values, w):
    """The update with its numbers; w: the old weight's."""
    g, rate = number(values["gradient"]), constant(values["rate"])
    new, epsilon = values["memory_after"], constant(values.get("epsilon", 0.0))
    if kind == "sgd":
        return less(w, times(rate, g))
    if kind == "momentum":
        return plus(w, number(new[0]))
    if kind == "nesterov":
        return less(plus(w, times(constant(values["momentum"]), number(new[0]))), times(rate, g))
    if kind in ("adagrad", "rmsprop"):
        return less(w, scaled(rate, g, bare(new[0]), epsilon))
    t = ("mn", str(values["t"]))
    corrected = adam_rate(rate, constant(values["beta_1"]), constant(values["beta_2"]), t)
    return less(w, fraction(times(corrected, number(new[0])), plus(root(bare(new[1])), epsilon)))
