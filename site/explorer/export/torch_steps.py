"""The steps of a printed PyTorch program that are not PyTorch's own.

An optimizer that PyTorch words in another way is a class whose step is the optimizer's own
formula, the very text that the page shows; a penalty pulls by a function of its own.
"""

import ast

from explorer.export.exact import penalty_of
from explorer.export.program_data import number
from explorer.learning.trainer import optimizer_of
from explorer.text.code import PROGRAM

LONGEST = 70  # characters of an expression that stands in its call's line


def writes_out(settings):
    """Whether PyTorch lacks the optimizer or takes other steps: it puts epsilon elsewhere, and
    lets a learning rate that changes act on the velocity as a whole."""
    kind = type(optimizer_of(settings))
    changes = kind.n_slots and settings.schedule != "constant"
    return changes or "epsilon" in kind.numbers or not kind.torch.startswith("optim.")


def own_optimizer(settings):
    """The optimizer's own formula as a class."""
    if not writes_out(settings):
        return []
    optimizer = optimizer_of(settings)
    kind, steps, memory = type(optimizer), [], []
    for statement in ast.parse(kind.formula.replace("; ", "\n")).body:
        name = statement.targets[0].id
        names = {node.id for node in ast.walk(statement.value) if isinstance(node, ast.Name)}
        value = ast.unparse(Calls().visit(statement.value))
        if name == "w":
            long = len(value) > LONGEST
            steps += ["w.copy_(", f"    {value}", ")"] if long else [f"w.copy_({value})"]
            continue
        steps.append(f"{name} = {value}")
        if name in names:
            memory.append(name)
    values = ", ".join(number(getattr(optimizer, name)) for name in kind.numbers)
    given = [f"        {', '.join(kind.numbers)} = {values}"] if values else []
    differs = "own_epsilon" if "epsilon" in kind.numbers else "own_rate"
    why = PROGRAM[differs if kind.torch.startswith("optim.") else "own_optimizer"]
    counted = ['t = memory["t"] = memory.get("t", 0) + 1'] if "**t" in kind.formula else []
    read = [f'{name} = memory.get("{name}", torch.zeros_like(w))' for name in memory]
    written = [f'memory["{name}"] = {name}' for name in memory]
    inner = ["g, memory = w.grad, self.state[w]", *counted, *read, *steps, *written]
    return [
        f"class {kind.__name__}(optim.Optimizer):",
        f'    """{why}"""', "",
        "    def __init__(self, params, lr):",
        '        super().__init__(params, {"lr": lr})', "",
        "    @torch.no_grad()",
        "    def step(self):", *given,
        '        lr = self.param_groups[0]["lr"]',
        '        for w in self.param_groups[0]["params"]:',
        *(f"            {line}" for line in inner),
    ]  # fmt: skip


class Calls(ast.NodeTransformer):
    """A formula's functions as PyTorch's; a square root as a power, which goes for numbers too."""

    def visit_Call(self, node):
        arguments = [self.visit(argument) for argument in node.args]
        if node.func.id == "sqrt":
            return ast.BinOp(*arguments, ast.Pow(), ast.Constant(0.5))
        function = ast.Attribute(ast.Name("torch"), node.func.id)
        return ast.Call(function, arguments, [])


def pull_lines(settings):
    """The penalty's own step, on weights and not on biases, after that of the optimizer."""
    kind = penalty_of(settings)[0]
    if kind is None:
        return []
    if kind == "L2":
        inner = ["    for w, old in zip(parameters[::2], before[::2]):", "        w -= step * old"]
    else:
        inner = [
            "    for w, old, off in zip(parameters[::2], before[::2], dead):",
            "        pulled = w - step * torch.sign(old)",
            "        off |= w * pulled < 0",
            "        w.copy_(torch.where(off, 0.0, pulled))",
        ]
    text = PROGRAM["pulled" if kind == "L1" else "pulled_l2"]
    return ["@torch.no_grad()", "def pull(before, step):", f'    """{text}"""', *inner]
