"""Paths from a weight to the loss, against all of them listed by brute force."""

from itertools import product
from math import prod

import numpy as np
import pytest
from kernel_cases import random_case

from nncore import Dense, Sequential
from nncore.paths import strongest_paths
from nncore.recording import place_of, record_step


def single_step(seed):
    case = random_case(seed)
    options = case.options | {"batch_size": 1, "shuffle": False}
    row = slice(0, 1)
    return record_step(case.model, case.params, case.X[row], case.y[row], **options)[0]


def all_products(step, index):
    """(units, product) of every path: the chain rule written out."""
    layer, row, unit = place_of(step.model, index)
    weights = [W for W, _ in step.model.unflatten(step.before)]
    x = np.append(step.layers[layer].inputs[:, 0], 1.0)[row]
    later = [range(kind.units) for kind in step.model.layers[layer + 1 :]]
    for rest in product(*later):
        units = (unit, *rest)
        value = x
        for k, j in enumerate(units[:-1]):
            slope = step.layers[layer + k].slope[j, 0]
            value = value * slope * weights[layer + k + 1][j, units[k + 1]]
        yield units, float(value * step.layers[-1].delta[units[-1], 0])


@pytest.mark.parametrize("seed", [seed for seed in range(80) if seed % 10])
def test_the_strongest_paths_are_those_of_brute_force(seed):
    step = single_step(seed)
    index = int(np.random.default_rng(seed).integers(step.model.n_params))
    everything = dict(all_products(step, index))
    found = strongest_paths(step, index, most=5)
    assert found.count == len(everything)
    sizes = sorted(map(abs, everything.values()), reverse=True)
    got = [abs(path.product) for path in found.strongest]
    np.testing.assert_allclose(got, sizes[:5], rtol=1e-9, atol=1e-300)
    for path in found.strongest:
        np.testing.assert_allclose(path.product, everything[path.units], rtol=1e-9, atol=1e-300)
        assert path.product == prod(path.factors)
    total = sum(path.product for path in found.strongest) + found.rest
    np.testing.assert_allclose(total, step.gradient[index], rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(
        sum(everything.values()), step.gradient[index], rtol=1e-8, atol=1e-14
    )


def test_a_network_with_billions_of_paths_names_the_strongest():
    layers = [Dense(32, "tanh") for _ in range(8)] + [Dense(3, "softmax")]
    model = Sequential(layers, 13)
    rng = np.random.default_rng(0)
    step = record_step(
        model, model.init(rng), rng.normal(size=(1, 13)), np.eye(3)[:1],
        loss="categorical_crossentropy",
    )[0]  # fmt: skip
    found = strongest_paths(step, 0)
    assert found.count == 32**7 * 3
    sizes = [abs(path.product) for path in found.strongest]
    assert sizes == sorted(sizes, reverse=True)
    total = sum(path.product for path in found.strongest) + found.rest
    np.testing.assert_allclose(total, step.gradient[0], rtol=1e-9)


def test_a_weight_of_the_last_layer_has_one_path_to_each_output_of_its_own():
    step = single_step(4)
    index = step.model.n_params - 1
    found = strongest_paths(step, index)
    assert (found.count, found.rest) == (1, 0.0)
    np.testing.assert_allclose(found.strongest[0].product, step.gradient[index], rtol=1e-12)


def test_paths_are_those_of_one_sample():
    case = random_case(1)
    step = record_step(case.model, case.params, case.X, case.y, loss=case.options["loss"])[0]
    with pytest.raises(ValueError, match="step must be the record of a single sample; got"):
        strongest_paths(step, 0)
