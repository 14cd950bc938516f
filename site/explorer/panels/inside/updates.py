"""The optimizers' updates as formulas, with what each remembers; then the regularizer's pull.

The formulas are those that the optimizers bring with them (nncore.optimizers).
"""

from explorer.drawing.figures import enough_decimals
from explorer.panels.inside.functions import alone, number_of, reads, steps_of
from explorer.panels.inside.lines import Called, Line, called
from explorer.panels.inside.mathml import (
    applied,
    constant,
    joined,
    name,
    number,
    row,
    sign,
    sub,
)
from explorer.settings.formulas import NUMBERS, UPDATES
from explorer.text.labels import LABELS

W, G, RATE, PENALTY = name("w"), name("g"), name("η"), name("λ")
# How the numbers that a rule reads are written and called; others have their own names.
SYMBOLS = {
    "w": W, "g": G, "lr": RATE, "momentum": name("μ"), "rho": name("ρ"),
    "beta_1": sub("β", "1"), "beta_2": sub("β", "2"), "epsilon": name("ε"),
}  # fmt: skip
WORDS = {"epsilon": "tiny"} | dict.fromkeys(("momentum", "rho", "beta_1", "beta_2"), "part_kept")


class Symbols(dict):
    """A tree for every letter of a rule."""

    def __missing__(self, letter):
        return SYMBOLS.get(letter, name(letter))


def becomes(left, right):
    return row(left, sign("←"), right)


def less(left, right):
    return row(left, sign("−"), right)


def times(*parts):
    return joined(parts, "×")


def update_symbols(values):
    """The optimizer's rule, then the pull's, as trees."""
    symbols = Symbols()
    rules = [
        becomes(symbols[letter], alone(node, symbols))
        for letter, node in steps_of(UPDATES[values["optimizer"]])
    ]
    if has_pull(values):
        slope = W if values["regularizer"] == "L2" else applied("sign", W)
        rules.append(becomes(W, less(W, times(RATE, PENALTY, slope))))
    return tuple(rules)


def has_pull(values):
    """Whether the regularizer pulls at this number: at weights, not at biases."""
    return values["regularizer"] is not None and not values["is_bias"]


def update_lines(values, result):
    """The lines of an update: what there was, the memory, the new weight, the pull."""
    decimals = enough_decimals(values["before"], values["stepped"])
    lines = [
        Line(called("old_weight", W), None, values["before"], decimals=decimals),
        Line(called("gradient_of", G), None, values["gradient"]),
        Line(called("rate_of", RATE), None, values["rate"], chosen=True),
    ]
    for field in NUMBERS[values["optimizer"]]:
        symbol = SYMBOLS.get(field, name(field))
        words = called(WORDS[field], symbol) if field in WORDS else Called(LABELS[field], symbol)
        lines.append(Line(words, None, values[field], chosen=True))
    if any(reads(node, "t") for _, node in steps_of(UPDATES[values["optimizer"]])):
        lines.append(Line(called("step_of", name("t")), None, values["t"], chosen=True))
    if has_pull(values):
        penalty = called("penalty_of", PENALTY)
        lines.append(Line(penalty, None, values["regularization_rate"], chosen=True))
    remembered, moved = step_lines(values, number(values["before"], decimals))
    lines += remembered
    settled = not has_pull(values) and not values["held"]
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


def sign_of(values):
    before = values["before"]
    return number(float((before > 0) - (before < 0)))


def step_lines(values, before):
    """Return the lines of what the rule works out on its way, and the tree of the new weight.

    Args:
        before: The old weight, as it is written.
    """
    kind = values["optimizer"]
    numbers = {field: values[field] for field in NUMBERS[kind]}
    trees = {field: constant(value) for field, value in numbers.items()}
    trees |= {"w": before, "g": number(values["gradient"]), "lr": constant(values["rate"])}
    trees["t"] = "mn", str(values["t"])
    numbers |= {"w": values["before"], "g": values["gradient"], "lr": values["rate"]}
    numbers["t"] = values["t"]
    memory = zip(values["memory_before"], values["memory_after"], strict=True)
    *steps, (_, last) = steps_of(UPDATES[kind])
    lines = []
    for letter, node in steps:
        if not reads(node, letter):
            label, value = letter, number_of(node, numbers)
        else:
            old, value = next(memory)
            lines.append(Line(called("memory_of", name(letter)), None, old))
            numbers[letter], trees[letter] = old, number(old)
            label = f"{letter}′"
        lines.append(Line(name(label), alone(node, trees), value, "memory", False, label))
        numbers[letter], trees[letter] = value, number(value)
    return lines, alone(last, trees)
