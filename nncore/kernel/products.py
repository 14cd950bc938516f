"""The multiply-and-add of the network's three passes, over columns of samples.

Samples are worked on `lanes` at a time. All numbers that belong to such a group stand together in
one block of memory, one row per unit. The three passes are then much alike: loops over blocks,
tiles of units and terms of a sum, around one multiplication and one addition.
"""

from nncore.kernel.binary import F64, I32

WORD = 8  # bytes of one float64
TILE = 8  # sums carried along in one loop: as many as fit into registers
UNROLL = 8  # steps of an innermost loop that are written out


class Blocks:
    """Where everything stands in a block, in bytes, for a model and a number of lanes.

    The rows are the inputs, a row of ones, every layer's outputs, each followed by a row of ones
    (what the biases are multiplied with), and then for every layer a row per unit that holds in
    turn its sum z, its slope f'(z) and its delta; last the targets.
    row, size: bytes of a row and of a block. outputs[k], sums[k]: where layer k's rows begin.
    """

    def __init__(self, model, lanes: int):
        self.row = WORD * lanes
        units = [layer.units for layer in model.layers]
        starts = [0]
        for rows in [model.n_inputs + 1, *(n + 1 for n in units), *units, model.n_outputs]:
            starts.append(starts[-1] + rows * self.row)
        depth = len(units)
        self.outputs, self.sums = starts[1 : depth + 1], starts[depth + 1 : -2]
        self.ones = [start - self.row for start in starts[1 : depth + 2]]
        self.targets, self.size = starts[-2:]


def sweep(f, count, strides, body, unroll=UNROLL):
    """Write body(0), body(1), ..., body(count - 1), as a loop if they are more than `unroll`.

    strides: pointer -> bytes from one step to the next. body(k) looks k strides beyond the
    pointers; where there is a loop, it moves the pointers on.
    """
    rounds = count // unroll if count > unroll else 0
    if rounds:
        with f.repeat(rounds):
            for k in range(unroll):
                body(k)
            for pointer, stride in strides.items():
                f.set(pointer, pointer + unroll * stride)
    for k in range(count - rounds * unroll):
        body(k)


def tiles(f, count, size, strides, body):
    """Write body(size) for each full tile of `count` units, then body(rest), moving pointers."""

    def tile(_):
        body(size)
        for pointer, stride in strides.items():
            f.set(pointer, pointer + size * stride)

    sweep(f, count // size, {}, tile, unroll=1)
    if count % size:
        body(count % size)


def weighted_sums(f, totals, weights, values, n_terms, steps, row):
    """Add to totals[r] the products weight(r, k) * value(k) for k below n_terms.

    steps: bytes from weight (r, k) to (r + 1, k) and to (r, k + 1). row: bytes between values.
    """
    weight, source = f.let(weights), f.let(values)

    def term(k):
        value = f.let(f.load(source, k * row))
        for r, total in enumerate(totals):
            product = value * f.load_spread(weight, r * steps[0] + k * steps[1])
            f.set(total, total + product)

    sweep(f, n_terms, {weight: steps[1], source: row}, term)


def forward_layer(module, blocks, n_in, n_out):
    """z = W a + b: from the rows at `source` to those at `target`, in `count` blocks."""
    f = module.function("forward", weights=I32, source=I32, target=I32, count=I32)

    def tile(units):
        source, target = f.let(f.source), f.let(f.target)
        with f.repeat(f.count):
            sums = [f.let(f.load_spread(f.weights, (n_in * n_out + u) * WORD)) for u in range(units)]
            weighted_sums(f, sums, f.weights, source, n_in, (WORD, n_out * WORD), blocks.row)
            for u, total in enumerate(sums):
                f.store(target, total, u * blocks.row)
            f.set(source, source + blocks.size)
            f.set(target, target + blocks.size)

    tiles(f, n_out, TILE, {f.weights: WORD, f.target: blocks.row}, tile)
    return f


def backward_layer(module, blocks, n_in, n_out):
    """delta_in = (W^T delta) f'(z): from deltas at `source` to slopes at `target`, in place."""
    f = module.function("backward", weights=I32, source=I32, target=I32, count=I32)

    def tile(units):
        source, target = f.let(f.source), f.let(f.target)
        with f.repeat(f.count):
            sums = [f.let(f.number(0.0)) for _ in range(units)]
            weighted_sums(f, sums, f.weights, source, n_out, (n_out * WORD, WORD), blocks.row)
            for u, total in enumerate(sums):
                f.store(target, total * f.load(target, u * blocks.row), u * blocks.row)
            f.set(source, source + blocks.size)
            f.set(target, target + blocks.size)

    tiles(f, n_in, TILE, {f.weights: n_out * WORD, f.target: blocks.row}, tile)
    return f


def gradient_layer(module, blocks, n_in, n_out):
    """dW = a delta^T, the sum over samples, added to the (n_in + 1, n_out) block at `gradient`."""
    f = module.function("gradient", gradient=I32, source=I32, deltas=I32, count=I32)
    wide = min(n_out, TILE // 2)
    high = TILE // wide

    def rows_of_tiles(rows):
        gradient, deltas = f.let(f.gradient), f.let(f.deltas)

        def tile(columns):
            left, right = f.let(f.source), f.let(deltas)
            sums = [[f.let(f.number(0.0)) for _ in range(columns)] for _ in range(rows)]
            with f.repeat(f.count):
                values = [f.let(f.load(left, r * blocks.row)) for r in range(rows)]
                for c in range(columns):
                    delta = f.let(f.load(right, c * blocks.row))
                    for value, line in zip(values, sums):
                        f.set(line[c], line[c] + value * delta)
                f.set(left, left + blocks.size)
                f.set(right, right + blocks.size)
            for r, line in enumerate(sums):
                for c, total in enumerate(line):
                    place = (r * n_out + c) * WORD
                    parts = [total.lane(k) for k in range(f.lanes)]
                    f.store(gradient, sum(parts, f.load(gradient, place, F64)), place)

        tiles(f, n_out, wide, {gradient: WORD, deltas: blocks.row}, tile)

    tiles(f, n_in + 1, high, {f.gradient: n_out * WORD, f.source: blocks.row}, rows_of_tiles)
    return f
