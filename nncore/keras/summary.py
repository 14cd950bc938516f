"""model.summary(): a table of the layers, drawn as Keras 3 draws it.

Three columns (four where the model is no plain stack), heavy lines around the head, light ones
below; then the numbers of weights and their size at four bytes each.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from typing import Any

from nncore.keras.layers.base import Layer

BYTES = {"float16": 2, "float32": 4, "float64": 8}
SIZES = ((1024**4, "TB"), (1024**3, "GB"), (1024**2, "MB"), (1024, "KB"))


def text(
    model: Any,
    line_length: int | None = None,
    positions: Sequence[float] | None = None,
    expand_nested: bool = False,
    show_trainable: bool = False,
    layer_range: Sequence[str] | None = None,
) -> str:
    """Return the summary as lines of text."""
    chain = _is_chain(model)
    shares = list(positions or ([0.45, 0.80, 1.0] if chain else [0.3, 0.56, 0.74, 1.0]))
    heads = ["Layer (type)", "Output Shape", "Param #"] + ["Connected to"] * (not chain)
    longest = 88 if chain else 108
    aligned = "<<>" + "<" * (not chain)
    if show_trainable:
        longest += 12
        shares = [share * 0.9 for share in shares] + [1.0]
        heads, aligned = [*heads, "Trainable"], aligned + "^"
    length = line_length or min(longest, shutil.get_terminal_size().columns - 4)
    ends = [int(share * length) for share in shares]
    widths = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    if min(widths) < 4:
        raise ValueError("Insufficient console width to print summary.")
    rows = []
    for layer in _in_range(model.layers, layer_range):
        rows += _rows(model, layer, chain, expand_nested, show_trainable, "")
    table = _table(heads, rows, _fitted(widths, length), aligned)
    return "\n".join([f'Model: "{model.name}"', *table, *_totals(model)])


def _is_chain(model: Any) -> bool:
    """Whether every layer's input is the output of the layer before it."""
    return (
        len(model.outputs) <= 1
        or model.inference().chain is not None
        or all(node.children <= 1 for node in model.inference().nodes)
    )


def _in_range(layers: list[Layer], names: Sequence[str] | None) -> list[Layer]:
    if names is None:
        return layers
    if len(names) != 2 or not all(isinstance(name, str) for name in names):
        raise ValueError(f"layer_range must be two names. Received: layer_range={names!r}")
    found = [
        [place for place, layer in enumerate(layers) if re.match(name, layer.name)]
        for name in names
    ]
    if not all(found):
        known = [layer.name for layer in layers]
        raise ValueError(f"layer_range must name layers among {known}. Received: {list(names)}")
    first, last = sorted([min(found[0]), max(found[1])])
    return layers[first : last + 1]


def _rows(
    model: Any, layer: Layer, chain: bool, nested: bool, trainable: bool, prefix: str
) -> list[list[str]]:
    shape = _shape(layer.output_shape) if layer.nodes else "?"
    count = f"{layer.count_params():,}" if layer.built else "0 (unbuilt)"
    row = [f"{prefix}{layer.name} ({type(layer).__name__})", shape, count]
    if not chain:
        row.append(_connected(model, layer))
    if trainable:
        row.append(("Y" if layer.trainable else "N") if layer.weights else "-")
    inner = getattr(layer, "layers", []) if nested else []
    deeper = "   └ " if not prefix else "   " + prefix
    return [row] + [
        each for one in inner for each in _rows(model, one, chain, nested, trainable, deeper)
    ]


def _shape(shape: Sequence[int | None]) -> str:
    return "(" + ", ".join(str(size) for size in shape) + ("," if len(shape) == 1 else "") + ")"


def _connected(model: Any, layer: Layer) -> str:
    before, _ = layer.nodes[0]
    if before.layer is layer:
        return "-"
    return f"{before.layer.name}[0][0]"


def _fitted(widths: list[int], length: int) -> list[int]:
    """Return the widths of the cells' insides: lines and blanks are taken from all alike."""
    over, inside = 3 * len(widths) + 1 + sum(widths) - length, []
    for place, width in enumerate(widths):
        less = round(over / (len(widths) - place))
        inside.append(width - less)
        over -= less
    return inside


def _table(heads: list[str], rows: list[list[str]], widths: list[int], aligned: str) -> list[str]:
    def bars(left: str, line: str, middle: str, right: str) -> str:
        return left + middle.join(line * (width + 2) for width in widths) + right

    def cells(row: list[str], line: str) -> list[str]:
        wrapped = [_wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
        height = max(map(len, wrapped))
        return [
            line
            + line.join(
                f" {parts[k] if k < len(parts) else '':{align}{width}} "
                for parts, width, align in zip(wrapped, widths, aligned, strict=True)
            )
            + line
            for k in range(height)
        ]

    lines = [bars("┏", "━", "┳", "┓"), *cells(heads, "┃"), bars("┡", "━", "╇", "┩")]
    for number, row in enumerate(rows):
        lines += cells(row, "│")
        last = number == len(rows) - 1
        lines.append(bars("└", "─", "┴", "┘") if last else bars("├", "─", "┼", "┤"))
    return lines if rows else lines[:-1] + [bars("└", "─", "┴", "┘")]


def _wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters; a word that is longer ends in an ellipsis."""
    lines = [""]
    for word in re.findall(r"\s*\S+", text):
        if len(lines[-1]) + len(word) <= width:
            lines[-1] += word
        else:
            word = word.lstrip() if lines[-1] else word
            lines += [word if len(word) <= width else word[: width - 1] + "…"]
    return lines[1:] if not lines[0] and len(lines) > 1 else lines


def _totals(model: Any) -> list[str]:
    kept = sum(each.array.size for each in model.trainable_weights)
    held = sum(each.array.size for each in model.non_trainable_weights)
    size = BYTES[model.dtype] if isinstance(model.dtype, str) and model.dtype in BYTES else 4
    numbers = [("Trainable", kept, size * kept), ("Non-trainable", held, size * held)]
    if model.optimizer is not None and model.optimizer.state is not None:
        memory = model.optimizer.count_numbers(kept)
        numbers.append(("Optimizer", memory, 4 + size * (memory - 1)))  # the count is an int32
    total = ("Total", sum(each[1] for each in numbers), sum(each[2] for each in numbers))
    return [f" {name} params: {n:,} ({_bytes(count)})" for name, n, count in (total, *numbers)]


def _bytes(count: int) -> str:
    for size, unit in SIZES:
        if count >= size:
            return f"{count / size:.2f} {unit}"
    return f"{count:.2f} B"
