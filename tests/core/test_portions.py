"""train(every=...): however an epoch is cut, it computes the same, with either engine."""

from itertools import chain, islice, repeat

import numpy as np
import pytest
from engines import new_engine
from small_training import MODEL, data, last

from nncore import L1, SGD, Adam, Dense, RMSprop, Sequential, train
from nncore.batches import MOST_KEPT, Batches

OPTIONS = [
    dict(),
    dict(optimizer=Adam(0.05), regularizer=L1(0.5)),
    dict(optimizer=RMSprop(0.02), shuffle=True),
]


@pytest.fixture(scope="module", params=["NumPy", "compiled"])
def engine(request):
    return new_engine() if request.param == "compiled" else None


def run(engine, every, **options):
    """A training of 53 rows in batches of 4: 14 of them in an epoch, the last of one row."""
    params, X, y = data(53)
    if options.get("shuffle"):
        options = options | dict(rng=np.random.default_rng(3))
    return train(MODEL, params, X, y, batch_size=4, every=every, engine=engine, **options)


def irregular():
    """A number of batches that is another one at every pull."""
    sizes = chain([5, 1, 9], repeat(3))
    return lambda: next(sizes)


CUTS = {"1": lambda: 1, "3": lambda: 3, "14": lambda: 14, "1000": lambda: 1000, "any": irregular}


@pytest.mark.parametrize("options", OPTIONS, ids=["SGD", "Adam and L1", "shuffled"])
@pytest.mark.parametrize("cut", list(CUTS))
def test_the_same_numbers_bit_by_bit_at_the_end_of_every_epoch(engine, cut, options):
    every = CUTS[cut]()
    whole = run(engine, "epoch", **options)
    parts = run(engine, every, **options)
    for _ in range(4):
        end, part = next(whole), next(parts)
        while part.batch:
            part = next(parts)
        assert part.epoch == end.epoch
        np.testing.assert_array_equal(part.params, end.params)
        np.testing.assert_array_equal(part.state.slots, end.state.slots)
        np.testing.assert_array_equal(part.dead, end.dead)
        assert part.state.t == end.state.t


def test_a_portion_ends_with_the_epoch(engine):
    found = [
        (p.epoch, p.batch, p.position, len(p.rows)) for p in islice(run(engine, 6, epochs=2), 6)
    ]
    assert found[:3] == [(0, 6, 24, 24), (0, 12, 48, 24), (1, 0, 0, 5)]
    assert found[3:] == [(e + 1, *rest) for e, *rest in found[:3]]


def test_rows_are_those_of_the_portion(engine):
    seen = np.concatenate([p.rows for p in islice(run(engine, 6, shuffle=True), 3)])
    np.testing.assert_array_equal(np.sort(seen), np.arange(53))


def test_the_number_is_asked_for_at_every_pull(engine):
    wanted = []
    training = run(engine, lambda: wanted[-1])
    stops = []
    for number in (2, 5, 7):
        wanted.append(number)
        stops.append(next(training).batch)
    assert stops == [2, 7, 0]


def test_a_number_that_is_none_ends_the_training_with_a_word(engine):
    training = run(engine, iter((2, 0)).__next__)
    assert next(training).batch == 2
    with pytest.raises(ValueError, match=r"^every must be a whole number of at least 1; got 0$"):
        next(training)


@pytest.mark.parametrize("batches", [2, 5])
def test_going_on_from_the_middle_with_another_batch_size(engine, batches):
    middle = last(islice(run(engine, batches), 2))
    _, X, y = data(53)
    ends = []
    for every in ("epoch", 3):
        rest = train(MODEL, middle.params, X, y, batch_size=7, start=middle, every=every,
                     engine=engine)  # fmt: skip
        progress = next(rest)
        while progress.batch:
            progress = next(rest)
        assert progress.n_batches == 2 * batches + -(-(53 - 8 * batches) // 7)
        ends.append(progress.params.copy())
    np.testing.assert_array_equal(*ends)


def test_the_views_that_are_kept_are_bounded():
    X = np.zeros((2 * MOST_KEPT, 1))
    batches = Batches(X, X.T, 1)
    for _ in range(2):
        assert sum(1 for _ in batches.pieces(0, len(X))) == len(X)
    assert len(batches._pieces) == MOST_KEPT


@pytest.mark.parametrize("every", ["epoch", 3])
def test_kept_outputs_are_those_before_each_step(engine, every):
    """Each batch's outputs, computed once more from the parameters that it met."""
    rng = np.random.default_rng(5)
    X, y = rng.standard_normal((71, 3)), rng.standard_normal((71, 2))
    model = Sequential([Dense(4, "tanh"), Dense(2)], 3)
    options = dict(loss="mse", optimizer=SGD(0.1), batch_size=9, shuffle=True, epochs=2)
    first = model.init(rng)
    wanted, params = {1: np.empty((2, 71)), 2: np.empty((2, 71))}, first.copy()
    for progress in train(model, first, X, y, **options, rng=np.random.default_rng(1), every=1):
        stop = progress.position or 71
        epoch = progress.epoch + (progress.position > 0)
        outputs = model.predict(params, X[progress.rows])
        wanted[epoch][:, stop - len(progress.rows) : stop] = outputs.T
        params = progress.params.copy()
    options |= dict(every=every, keep_outputs=True, engine=engine)
    for progress in train(model, first, X, y, **options, rng=np.random.default_rng(1)):
        assert progress.outputs.shape == (2, 71)
        if progress.position == 0:
            np.testing.assert_allclose(progress.outputs, wanted[progress.epoch], rtol=1e-9)
