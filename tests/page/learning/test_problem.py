"""From settings to a problem: shares, targets, losses, outputs, and the same again by seed."""

from dataclasses import replace

import numpy as np
import pytest

from explorer.learning.problem import generator, make_problem, output_layer, targets
from explorer.settings.settings import DEFAULTS, TABLES, Settings
from nncore import DATASETS, SeedRandom

PLANES = pytest.mark.parametrize("name", list(DATASETS))


def settings_for(name, **changes):
    """Settings of the playground for any data set of the plane."""
    if DATASETS[name].task == "regression":
        return Settings(problem="regression", reg_dataset=name, **changes)
    return Settings(dataset=name, **changes)


def same_rows(a, b):
    return np.array_equal(a.points, b.points) and np.array_equal(a.labels, b.labels)


@PLANES
def test_the_usual_number_of_points_is_split_by_the_training_share(name):
    problem = make_problem(settings_for(name, train_share=30))
    n = {"regression": 1200}.get(DATASETS[name].task, 500)
    assert len(problem.train.points) == n * 30 // 100
    assert len(problem.test.points) == n - n * 30 // 100


@PLANES
def test_inputs_and_targets_fit_the_network(name):
    settings = settings_for(name, x_squared=True, network_shape=(3,))
    problem = make_problem(settings)
    model = problem.model(settings)
    for rows in (problem.train, problem.test):
        assert rows.inputs.shape == (len(rows.points), model.n_inputs) == (len(rows.points), 3)
        assert rows.targets.shape == (len(rows.points), model.n_outputs)
        assert rows.labels.shape == (len(rows.points),)


@PLANES
def test_the_same_settings_give_the_same_problem_and_stream(name):
    first, again = make_problem(settings_for(name)), make_problem(settings_for(name))
    assert same_rows(first.train, again.train)
    assert same_rows(first.test, again.test)
    assert first.stream.random() == again.stream.random()


@PLANES
def test_another_seed_gives_other_points(name):
    first = make_problem(settings_for(name))
    assert not same_rows(first.train, make_problem(settings_for(name, seed="0.9")).train)


def test_points_shuffle_and_weights_come_from_one_stream_in_that_order():
    stream = SeedRandom("0.12345")
    X, y = DATASETS["circle"].make(500, 0.0, stream)
    order = np.arange(500)
    for last in range(499, -1, -1):  # Fisher-Yates, with the playground's needless last draw
        other = int(stream.random() * (last + 1))
        order[[last, other]] = order[[other, last]]
    problem = make_problem(Settings())
    np.testing.assert_array_equal(problem.train.points, X[order[:250]])
    np.testing.assert_array_equal(problem.test.labels, y[order[250:]])
    assert problem.stream.random() == stream.random()


def test_what_is_drawn_from_one_problems_stream_does_not_change_the_next():
    problem = make_problem(Settings())
    first = [problem.stream.random() for _ in range(3)]
    again = make_problem(Settings())
    assert [again.stream.random() for _ in range(3)] == first


def test_noise_is_a_percentage():
    clean, noisy = make_problem(Settings(dataset="spiral")), make_problem(
        Settings(dataset="spiral", noise=50)
    )  # fmt: skip
    moved = np.abs(noisy.train.points - clean.train.points)
    assert 0.4 < moved.max() <= 0.5


def test_a_training_share_of_everything_leaves_no_test_data():
    problem = make_problem(Settings(train_share=100))
    assert len(problem.train.points) == 500
    assert problem.test.inputs.shape == (0, 2)


@PLANES
@pytest.mark.parametrize("share", [10, 90])
def test_the_fewest_points_still_leave_something_to_learn_from(name, share):
    problem = make_problem(settings_for(name, n_points=10, train_share=share))
    assert len(problem.train.points) == share // 10


# Losses and outputs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "loss", "units", "activation"),
    [
        (dict(), "half_mse", 1, "tanh"),
        (dict(loss="cross_entropy"), "binary_crossentropy", 1, "sigmoid"),
        (dict(problem="regression"), "half_mse", 1, "linear"),
        (dict(problem="regression", loss="cross_entropy"), "half_mse", 1, "linear"),
        (dict(dataset="blobs"), "categorical_crossentropy", 3, "softmax"),
        (dict(dataset="spiral3", loss="cross_entropy"), "categorical_crossentropy", 3, "softmax"),
    ],
)
def test_the_output_layer_fits_the_task(changes, loss, units, activation):
    problem = make_problem(Settings(**changes))
    assert problem.loss == loss
    assert (problem.output.units, problem.output.activation) == (units, activation)


@pytest.mark.parametrize(
    ("task", "loss", "labels", "expected"),
    [
        ("binary", "half_mse", [1.0, -1.0], [[1.0], [-1.0]]),
        ("binary", "binary_crossentropy", [1.0, -1.0], [[1.0], [0.0]]),
        ("regression", "half_mse", [0.25, -3.0], [[0.25], [-3.0]]),
        ("multiclass", "categorical_crossentropy", [2, 0], [[0, 0, 1], [1, 0, 0]]),
        ("multiclass", "categorical_crossentropy", [], np.empty((0, 3))),
    ],
)
def test_targets_are_what_the_loss_compares_with(task, loss, labels, expected):
    found = targets(task, 3, loss, np.array(labels))
    np.testing.assert_array_equal(found, expected)
    assert found.dtype == np.float64


def test_a_softmax_output_starts_by_glorot_where_the_rest_starts_by_he():
    _, output = output_layer("multiclass", 3, Settings(initializer="he_normal"))
    assert output.kernel_initializer == "glorot_uniform"
    _, output = output_layer("binary", 2, Settings(initializer="he_normal"))
    assert output.kernel_initializer == "he_normal"


def test_start_from_zeros_wins_over_the_initializer():
    settings = Settings(init_zero=True, initializer="he_normal")
    problem = make_problem(settings)
    params = problem.model(settings).init(problem.stream)
    np.testing.assert_array_equal(params, np.zeros_like(params))


def test_each_layer_gets_its_own_activation_and_the_initializer():
    settings = Settings(
        network_shape=(3, 2), layer_activations=("", "sin"), initializer="glorot_normal"
    )
    model = make_problem(settings).model(settings)
    assert [layer.activation for layer in model.layers] == ["tanh", "sin", "tanh"]
    assert {layer.kernel_initializer for layer in model.layers} == {"glorot_normal"}


# Wine --------------------------------------------------------------------------------------------


def test_the_wine_problem_is_the_courses():
    problem = make_problem(DEFAULTS["wine"])
    assert not problem.on_plane
    assert problem.train.inputs.shape == (178, 13)
    assert len(problem.test.inputs) == 0
    np.testing.assert_allclose(problem.train.inputs.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(problem.train.inputs.std(axis=0), 1, rtol=1e-12)
    np.testing.assert_array_equal(np.bincount(problem.train.labels), [59, 71, 48])
    np.testing.assert_array_equal(problem.train.targets.sum(axis=0), [59, 71, 48])
    assert len(problem.input_names) == 13
    assert len(problem.class_names) == 3


def test_the_first_wine_is_scaled_as_the_course_has_it():
    row = make_problem(DEFAULTS["wine"]).train.inputs[0]
    expected = [
        1.5186, -0.5622, 0.2321, -1.1696, 1.9139, 0.8090, 1.0348, -0.6596, 1.2249, 0.2517, 0.3622,
        1.8479, 1.0130,
    ]  # fmt: skip
    np.testing.assert_allclose(row, expected, atol=5e-5)


def test_a_split_of_the_wines_keeps_the_classes_in_proportion():
    problem = make_problem(replace(DEFAULTS["wine"], train_share=50))
    train, test = np.bincount(problem.train.labels), np.bincount(problem.test.labels)
    np.testing.assert_array_equal(train + test, [59, 71, 48])
    assert np.abs(train - test).max() <= 1


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("share", [100, 80])
def test_every_table_fits_its_network(name, share):
    settings = replace(DEFAULTS["wine"], dataset=name, train_share=share)
    problem = make_problem(settings)
    model = problem.model(settings)
    for rows in (problem.train, problem.test):
        assert rows.inputs.shape[1:] == (model.n_inputs,) == (len(problem.input_names),)
        assert rows.targets.shape[1:] == (model.n_outputs,)
    assert len(problem.train.inputs) > len(problem.test.inputs)


def test_seeds_of_all_kinds_give_a_generator():
    assert generator("11").random() == np.random.default_rng(11).random()
    words = {generator(seed).random() for seed in ("11", "0.5", "grün", "-3", "²")}
    assert len(words) == 5
