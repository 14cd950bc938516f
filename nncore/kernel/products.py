"""The multiply-and-add of the network's three passes, over columns of samples.

Samples are worked on `lanes` at a time. All numbers that belong to such a group stand together in
one block of memory, one row per unit. The three passes are then much alike: loops over blocks,
tiles of units and terms of a sum, around one multiplication and one addition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nncore.kernel.assembler import Expression, Function, Module
from nncore.kernel.binary import F64, I32
from nncore.model import Sequential

WORD = 8  # bytes of one float64
SUMS = 8  # that a loop carries along in registers
PAIR = 2  # blocks that it works on at once, where there are as many


class Blocks:
    """Where everything stands in a block, in bytes, for a model and a number of lanes.

    The rows are the inputs, every layer's outputs, and then for every layer a row per unit that
    holds in turn its sum z, its slope f'(z) and its delta; last the targets. For training, a row
    of ones follows the inputs and each layer's outputs: what the biases are multiplied with.

    Attributes:
        row, size: Bytes of a row and of a block.
        outputs, sums: Where each layer's rows begin.
        ones: Where the rows of ones are.
    """

    def __init__(self, model: Sequential, lanes: int, trains: bool) -> None:
        self.row = WORD * lanes
        units, starts = [layer.units for layer in model.layers], [0]
        values = [n + int(trains) for n in (model.n_inputs, *units)]
        for rows in (*values, *units, model.n_outputs):
            starts.append(starts[-1] + rows * self.row)
        depth = len(units)
        self.outputs, self.sums = starts[1 : depth + 1], starts[depth + 1 : -2]
        self.ones = [start - self.row for start in starts[1 : depth + 2]] if trains else []
        self.targets, self.size = starts[-2:]


def tiles(
    f: Function,
    count: int,
    size: int,
    strides: Mapping[Expression, int],
    body: Callable[[int], None],
) -> None:
    """Write body(size) in a loop over the full tiles of `count` units, then body(what is left).

    Args:
        strides: Pointer -> bytes from one unit to the next; the pointers move on from tile to tile.
    """
    if count // size:
        with f.repeat(count // size):
            body(size)
            f.move({pointer: size * stride for pointer, stride in strides.items()})
    if count % size:
        body(count % size)


def weighted_sums(module: Module, blocks: Blocks, n_rows: int, n_out: int, back: bool) -> Function:
    """Sums over a layer's weights, the (n_rows, n_out) block whose last row holds the biases.

    Forward: z = W^T a + b, from the layer's inputs at `source` to its sums at `target`.
    Back: delta = (W delta') f'(z), from its deltas at `source` to the slopes of the layer before
    at `target`, which they replace. Both in `count` blocks.
    """
    f = module.function("weighted_sums", weights=I32, source=I32, target=I32, count=I32)
    to_row, to_column = n_out * WORD, WORD
    n_units, to_unit = (n_rows - 1, to_row) if back else (n_out, to_column)
    n_terms, to_term = (n_out, to_column) if back else (n_rows - 1, to_row)

    def tile(size: int) -> None:
        source, target = f.let(f.source), f.let(f.target)

        def blocks_at_once(n_blocks: int) -> None:
            biases = f.weights + (n_rows - 1) * to_row
            sums = [
                [
                    f.let(f.number(0.0) if back else f.load_spread(biases, u * WORD))
                    for u in range(size)
                ]
                for _ in range(n_blocks)
            ]
            weight, value = f.let(f.weights), f.let(source)
            if n_terms:
                with f.repeat(n_terms):
                    terms = [f.let(f.load(value, b * blocks.size)) for b in range(n_blocks)]
                    for u in range(size):
                        factor = f.let(f.load_spread(weight, u * to_unit))
                        for term, totals in zip(terms, sums, strict=True):
                            f.set(totals[u], totals[u] + term * factor)
                    f.move({weight: to_term, value: blocks.row})
            for b, totals in enumerate(sums):
                for u, total in enumerate(totals):
                    place = b * blocks.size + u * blocks.row
                    f.store(target, total * f.load(target, place) if back else total, place)
            f.move({source: n_blocks * blocks.size, target: n_blocks * blocks.size})

        with f.when(f.count > 1), f.repeat(f.count // PAIR):
            blocks_at_once(PAIR)
        with f.when(f.count & 1):
            blocks_at_once(1)

    tiles(f, n_units, SUMS // PAIR, {f.weights: to_unit, f.target: blocks.row}, tile)
    return f


def gradients(module: Module, blocks: Blocks, n_rows: int, n_out: int) -> Function:
    """dW = a delta^T summed over samples, added to the (n_rows, n_out) block at `gradient`.

    a: the layer's inputs and their row of ones, at `source`; both they and the deltas in `count`
    blocks.
    """
    f = module.function("gradient", gradient=I32, source=I32, deltas=I32, count=I32)
    wide = min(n_out, 2)
    high = SUMS // wide

    def rows_of_tiles(rows: int) -> None:
        gradient, deltas = f.let(f.gradient), f.let(f.deltas)

        def tile(columns: int) -> None:
            left, right = f.let(f.source), f.let(deltas)
            sums = [[f.let(f.number(0.0)) for _ in range(columns)] for _ in range(rows)]
            with f.repeat(f.count):
                values = [f.let(f.load(left, r * blocks.row)) for r in range(rows)]
                for c in range(columns):
                    delta = f.let(f.load(right, c * blocks.row))
                    for value, line in zip(values, sums, strict=True):
                        f.set(line[c], line[c] + value * delta)
                f.move({left: blocks.size, right: blocks.size})
            for r, line in enumerate(sums):
                for c, total in enumerate(line):
                    place = (r * n_out + c) * WORD
                    parts = [total.lane(k) for k in range(f.lanes)]
                    f.store(gradient, sum(parts, f.load(gradient, place, F64)), place)

        tiles(f, n_out, wide, {gradient: WORD, deltas: blocks.row}, tile)

    tiles(f, n_rows, high, {f.gradient: n_out * WORD, f.source: blocks.row}, rows_of_tiles)
    return f
