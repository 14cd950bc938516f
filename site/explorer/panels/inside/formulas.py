"""Accounts as formulas: first in symbols, then line by line with the network's own numbers.

A Sheet is what the panel shows of one account: here each kind of account is given its formulas.
"""

from explorer.panels.inside.functions import (
    slope_rule,
    slope_tree,
    term_tree,
    value_rule,
    value_tree,
)
from explorer.panels.inside.lines import Line, Sheet, called
from explorer.panels.inside.mathml import (
    bare,
    equation,
    fraction,
    joined,
    name,
    number,
    power,
    row,
    sign,
    sub,
    total,
    word,
)
from explorer.panels.inside.updates import update_lines, update_symbols
from explorer.text.inside import INSIDE

FEW = 3  # numbers that a sum is written out for


def sheet_of(account, unit):
    """Return the sheet of an account.

    Args:
        unit: The number of its unit, from 1, as an index.
    """
    return MAKE[account.kind](account, str(unit))


def product(term):
    return joined([number(factor) for factor in term.factors], "×")


def term_lines(account, hint="product"):
    """The listed terms, then the others together."""
    listed = [term for term in account.terms if term.source is not None]
    lines = [Line(term.name, product(term), term.value, hint) for term in listed]
    if account.others is not None:
        count, rest = account.others
        lines.append(Line(INSIDE["others"].format(count=count), None, rest))
    return lines


def sum_tree(lines):
    """The sum of the lines above: number by number where these are few."""
    if len(lines) > FEW:
        return word(INSIDE["sum_above"])
    return joined([number(line.value) for line in lines], "+")


def input_sheet(account, _unit):
    lines = [Line(term.name, None, term.value) for term in account.terms]
    if account.others is not None:
        lines.append(Line(INSIDE["others"].format(count=account.others[0]), None, float("nan")))
    targets = account.values["targets"]
    letters = [name("t")] if len(targets) == 1 else [sub("t", str(k)) for k in counted(targets)]
    lines += [
        Line(called("target", letter), None, target, final=True)
        for letter, target in zip(letters, targets, strict=True)
    ]
    return Sheet((), tuple(lines))


def counted(values):
    return range(1, len(values) + 1)


def input_letter(account):
    """x for what the network is given, a for what its neurons pass on."""
    return "x" if account.values["layer"] == 1 else "a"


def sum_sheet(account, j):
    symbols = equation(
        sub("z", j),
        row(
            total("i", row(sub("w", "i", j), sub(input_letter(account), "i"))),
            sign("+"),
            sub("b", j),
        ),
    )
    bias = next(term for term in account.terms if term.source is None)
    lines = term_lines(account)
    lines.append(Line(INSIDE["bias"], None, bias.value))
    added = sum_tree(lines)
    lines.append(Line(sub("z", j), added, account.result, "sum", True, "z"))
    return Sheet((symbols,), tuple(lines))


def activation_sheet(account, j):
    kind, z = account.values["activation"], account.values["z"]
    symbols = value_rule(kind, sub("a", j), sub("z", j))
    tree = value_tree(kind, z)
    lines = [Line(sub("z", j), None, z)]
    lines.append(Line(sub("a", j), tree, account.result, "activation", True, "a"))
    return Sheet(symbols, tuple(lines))


def softmax_sheet(account, k):
    e, top, all_of = name("e"), account.values["top"], account.values["total"]
    shifted = row(sub("z", "k"), sign("−"), name("m"))
    symbols = equation(
        sub("a", k),
        fraction(
            power(e, row(sub("z", k), sign("−"), name("m"))), total("k", power(e, shifted))
        ),
    )  # fmt: skip
    lines = [
        Line(term.name, power(e, row(number(term.factors[0]), sign("−"), number(top))),
             term.value, "exp")
        for term in account.terms
    ]  # fmt: skip
    if account.others is not None:
        lines.append(Line(INSIDE["others"].format(count=account.others[0]), None,
                          account.others[1]))  # fmt: skip
    own = account.result * all_of
    tree = fraction(bare(own), bare(all_of))
    lines.append(Line(sub("a", k), tree, account.result, "share", True, "a"))
    most = equation(name("m"), row(("munder", name("max"), name("k")), sub("z", "k")))
    return Sheet((symbols, most), tuple(lines))


def loss_sheet(account, _unit):
    kind, terms = account.values["loss"], account.terms
    symbol = term_tree(kind, name("o") if len(terms) == 1 else sub("o", "k"),
                       name("t") if len(terms) == 1 else sub("t", "k"))  # fmt: skip
    whole = symbol if len(terms) == 1 else total("k", symbol)
    mean = kind in ("mse", "binary_crossentropy") and len(terms) > 1
    if mean:
        whole = row(fraction(("mn", "1"), ("mn", str(len(terms)))), whole)
    lines = [
        Line(term.name, term_tree(kind, number(term.factors[0]), number(term.factors[1])),
             term.value, "loss_term")
        for term in terms
    ]  # fmt: skip
    if account.others is not None:
        lines.append(Line(INSIDE["others"].format(count=account.others[0]), None,
                          account.others[1]))  # fmt: skip
    if len(terms) == 1:
        output, target = terms[0].factors
        lines = [
            Line(called("output", name("o")), None, output),
            Line(called("target", name("t")), None, target),
            Line(called("loss", name("L")), lines[0].tree, account.result, "loss_term", True, "L"),
        ]
    else:
        label = called("loss", name("L"))
        tree = None if mean else sum_tree(lines)
        lines.append(Line(label, tree, account.result, "loss", True, "L"))
    return Sheet((equation(name("L"), whole),), tuple(lines))


def slope_line(values, j):
    """The line of f'(z), with its numbers."""
    tree = slope_tree(values["activation"], values["z"], values["a"])
    return Line(slope_symbol(j), tree, values["slope"], "slope", quantity="f′(z)")


def slope_symbol(j):
    return row(name("f′"), sign("("), sub("z", j), sign(")"))


def output_delta_sheet(account, j):
    v = account.values
    error = row(number(v["output"]), sign("−"), number(v["target"]))
    per = v["loss"] in ("mse", "binary_crossentropy") and v["outputs"] > 1
    if v["slope"] is None:
        symbols = row(sub("o", j), sign("−"), sub("t", j))
        tree = error
        if per:
            symbols = fraction(symbols, ("mn", str(v["outputs"])))
            tree = fraction(error, ("mn", str(v["outputs"])))
        line = Line(sub("δ", j), tree, account.result, "error", True, "δ")
        return Sheet((equation(sub("δ", j), symbols),), (line,))
    inside = row(sign("("), sub("o", j), sign("−"), sub("t", j), sign(")"))
    symbols = equation(sub("δ", j), row(inside, slope_symbol(j)))
    product_of = joined([number(v["upstream"]), number(v["slope"])], "×")
    lines = (
        Line(row(sub("o", j), sign("−"), sub("t", j)), error, v["upstream"], "error",
             quantity="o − t"),
        slope_line(v, j),
        Line(sub("δ", j), product_of, account.result, "delta", True, "δ"),
    )  # fmt: skip
    return Sheet((symbols, *slope_symbols(v, j)), lines)


def slope_symbols(values, j):
    """f'(z) in symbols."""
    return slope_rule(values["activation"], slope_symbol(j), sub("z", j), sub("a", j))


def delta_sheet(account, j):
    v = account.values
    came = total("k", row(sub("w", j, "k"), sub("δ", "k")))
    symbols = equation(sub("δ", j), row(slope_symbol(j), came))
    lines = term_lines(account)
    if len(lines) > 1:
        lines.append(Line(came, sum_tree(lines), v["upstream"], "upstream", quantity="Σ w δ"))
    lines.append(slope_line(v, j))
    tree = joined([number(v["upstream"]), number(v["slope"])], "×")
    lines.append(Line(sub("δ", j), tree, account.result, "delta", True, "δ"))
    return Sheet((symbols, *slope_symbols(v, j)), tuple(lines))


def partial(of):
    """The derivative of the loss with respect to `of`, as a tree."""
    return fraction(row(name("∂"), name("L")), row(name("∂"), of))


def gradient_sheet(account, j):
    symbols = (
        equation(partial(sub("w", "i", j)), row(sub(input_letter(account), "i"), sub("δ", j))),
        equation(partial(sub("b", j)), row(("mn", "1"), sign("×"), sub("δ", j))),
    )
    lines = [
        Line(term.name, product(term), term.value, "gradient", True)
        for term in account.terms
        if term.source is not None
    ]
    if account.others is not None:
        lines.append(Line(INSIDE["others_count"].format(count=account.others[0]), None,
                          float("nan")))  # fmt: skip
    bias = next(term for term in account.terms if term.source is None)
    lines.append(Line(INSIDE["bias"], product(bias), bias.value, "bias_gradient", True))
    return Sheet(symbols, tuple(lines))


def mean_sheet(account, _unit):
    each, n = account.values["each"], len(account.values["each"])
    gradient = partial(name("w"))
    one = fraction(("mn", "1"), ("mn", str(n)))
    symbols = equation(gradient, row(one, total("s", sub("g", "s"))))
    tree = fraction(bare(float(each.sum())), ("mn", str(n)))
    return Sheet((symbols,), (Line(gradient, tree, account.result, "mean", True),))


def update_sheet(account, _unit):
    return Sheet(
        update_symbols(account.values),
        tuple(update_lines(account.values, account.result)),
    )


def after_sheet(account, _unit):
    v = account.values
    lines = (
        Line(INSIDE["loss_before"], None, v["before"]),
        Line(INSIDE["predicted"], None, v["predicted"]),
        Line(INSIDE["loss_after"], None, account.result, "new_loss", True),
    )
    return Sheet((), lines)


MAKE = {
    "input": input_sheet, "sum": sum_sheet, "activation": activation_sheet,
    "softmax": softmax_sheet, "loss": loss_sheet, "output delta": output_delta_sheet,
    "delta": delta_sheet, "gradient": gradient_sheet, "mean": mean_sheet,
    "update": update_sheet, "after": after_sheet,
}  # fmt: skip
