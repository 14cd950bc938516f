"""A second, slow implementation to compare with: neurons, links and points one at a time.

It follows playground.md section 7 in plain Python floats and lists, with no thought of speed, and
shares no line with nncore. Where both agree to the last digits, both are probably right.
"""

import math

FUNCTIONS = {  # name: (f(z), f'(z))
    "linear": (lambda z: z, lambda z: 1.0),
    "relu": (lambda z: max(0.0, z), lambda z: 1.0 if z > 0 else 0.0),
    "tanh": (math.tanh, lambda z: 1 - math.tanh(z) ** 2),
    "sigmoid": (
        lambda z: 1 / (1 + math.exp(-z)),
        lambda z: math.exp(-z) / (1 + math.exp(-z)) ** 2,
    ),
}


class Unit:
    """One neuron with the links that lead to it."""

    def __init__(self, weights, bias, activation):
        self.weights, self.bias = [float(w) for w in weights], float(bias)
        self.dead = [False] * len(self.weights)
        self.function, self.derivative = FUNCTIONS[activation]
        self.weight_slopes, self.bias_slope, self.samples = [0.0] * len(self.weights), 0.0, 0

    def answer(self, inputs):
        self.inputs = inputs
        self.sum = self.bias + sum(w * x for w, x in zip(self.weights, inputs, strict=True))
        self.output = self.function(self.sum)
        return self.output

    def learn(self, output_slope):
        """Take dloss/doutput; remember the slopes; return dloss/dinput for each input."""
        slope = output_slope * self.derivative(self.sum)
        for i, x in enumerate(self.inputs):
            if not self.dead[i]:
                self.weight_slopes[i] += slope * x
        self.bias_slope += slope
        self.samples += 1
        return [slope * w for w in self.weights]

    def step(self, rate, penalty, penalty_rate):
        self.bias -= rate * self.bias_slope / self.samples
        for i, old in enumerate(self.weights):
            if self.dead[i]:
                continue
            pull = {None: 0.0, "l2": old, "l1": (old > 0) - (old < 0)}[penalty]
            first = old - rate * self.weight_slopes[i] / self.samples
            second = first - rate * penalty_rate * pull
            if penalty == "l1" and first * second < 0:
                second, self.dead[i] = 0.0, True
            self.weights[i] = second
        self.weight_slopes, self.bias_slope, self.samples = [0.0] * len(self.weights), 0.0, 0


class Network:
    """Layers of units, made from an nncore model's parameters."""

    def __init__(self, model, params):
        self.layers = [
            [Unit(W[:, j], b[j], layer.activation) for j in range(layer.units)]
            for layer, (W, b) in zip(model.layers, model.unflatten(params), strict=True)
        ]

    def answer(self, row):
        values = [float(x) for x in row]
        for layer in self.layers:
            values = [unit.answer(values) for unit in layer]
        return values

    def epoch(self, X, y, batch_size, rate, penalty=None, penalty_rate=0.0):
        for k, (row, target) in enumerate(zip(X, y, strict=True), start=1):
            slopes = [o - t for o, t in zip(self.answer(row), target, strict=True)]
            for layer in reversed(self.layers):
                shares = [unit.learn(s) for unit, s in zip(layer, slopes, strict=True)]
                slopes = [sum(parts) for parts in zip(*shares, strict=True)]
            if k % batch_size == 0 or k == len(X):
                for layer in self.layers:
                    for unit in layer:
                        unit.step(rate, penalty, penalty_rate)

    def loss(self, X, y):
        total = 0.0
        for row, target in zip(X, y, strict=True):
            pairs = zip(self.answer(row), target, strict=True)
            total += sum((o - t) ** 2 / 2 for o, t in pairs)
        return total / len(X)

    def flat(self):
        """Parameters in nncore's order: per layer a row per input, then the biases."""
        values = []
        for layer in self.layers:
            for i in range(len(layer[0].weights)):
                values += [unit.weights[i] for unit in layer]
            values += [unit.bias for unit in layer]
        return values


def uniform(rng, low, high):
    return rng.random() * (high - low) + low


def normal(rng, mean, variance):
    while True:
        v1, v2 = 2 * rng.random() - 1, 2 * rng.random() - 1
        s = v1 * v1 + v2 * v2
        if s <= 1:
            return mean + math.sqrt(variance) * math.sqrt(-2 * math.log(s) / s) * v1


def circle(n, noise, rng):
    for low, high in ((0, 2.5), (3.5, 5)):
        for _ in range(n // 2):
            r, angle = uniform(rng, low, high), uniform(rng, 0, 2 * math.pi)
            x, y = r * math.sin(angle), r * math.cos(angle)
            nx, ny = uniform(rng, -5, 5) * noise, uniform(rng, -5, 5) * noise
            yield x, y, 1 if math.dist((x + nx, y + ny), (0, 0)) < 2.5 else -1


def xor(n, noise, rng):
    for _ in range(n):
        x = uniform(rng, -5, 5)
        x += 0.3 if x > 0 else -0.3
        y = uniform(rng, -5, 5)
        y += 0.3 if y > 0 else -0.3
        nx, ny = uniform(rng, -5, 5) * noise, uniform(rng, -5, 5) * noise
        yield x, y, 1 if (x + nx) * (y + ny) >= 0 else -1


def gauss(n, noise, rng):
    for centre, label in ((2, 1), (-2, -1)):
        for _ in range(n // 2):
            x = normal(rng, centre, 0.5 + 7 * noise)
            yield x, normal(rng, centre, 0.5 + 7 * noise), label


def spiral(n, noise, rng):
    for offset, label in ((0, 1), (math.pi, -1)):
        for i in range(n // 2):
            r = i / (n // 2) * 5
            t = 1.75 * i / (n // 2) * 2 * math.pi + offset
            x = r * math.sin(t) + uniform(rng, -1, 1) * noise
            yield x, r * math.cos(t) + uniform(rng, -1, 1) * noise, label


def reg_plane(n, noise, rng):
    for _ in range(n):
        x, y = uniform(rng, -6, 6), uniform(rng, -6, 6)
        nx, ny = uniform(rng, -6, 6) * noise, uniform(rng, -6, 6) * noise
        yield x, y, (x + nx + y + ny) / 10


def reg_gauss(n, noise, rng):
    bumps = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))
    for _ in range(n):
        x, y = uniform(rng, -6, 6), uniform(rng, -6, 6)
        nx, ny = uniform(rng, -6, 6) * noise, uniform(rng, -6, 6) * noise
        label = 0
        for cx, cy, sign in bumps:
            height = sign * max(0, min(1, 1 - math.dist((x + nx, y + ny), (cx, cy)) / 2))
            if abs(height) > abs(label):
                label = height
        yield x, y, label
