"""Models: their parts, their symbols, what is shared, what is copied."""

import numpy as np
import pytest
from keras_fixtures import L, network

from nncore import keras

K = keras.backend


def test_parts_of_a_sequential():
    model = network()
    assert [layer.name for layer in model.layers] == ["dense", "dense_1", "dense_2", "dense_3"]
    assert model.get_layer("dense_1") is model.layers[1] is model.get_layer(index=1)
    assert model.input_shape == (None, 13)
    assert model.output_shape == (None, 3)
    assert model.layers[1].input_shape == (None, 8)
    assert model.count_params() == 178 == sum(w.size for w in model.get_weights())
    assert [w.shape for w in model.get_weights()][:2] == [(13, 8), (8,)]
    assert {w.dtype for w in model.get_weights()} == {np.dtype("float32")}
    assert [v.path for v in model.weights][:2] == ["dense/kernel", "dense/bias"]
    assert model.layers[0].get_weights()[0].shape == (13, 8)


def test_names_begin_anew_after_clear_session():
    assert L.Dense(1).name == "dense"
    assert L.BatchNormalization().name == "batch_normalization"
    assert L.Dense(1).name == "dense_1"
    K.clear_session()
    assert L.Dense(1).name == "dense"


def test_input_in_all_spellings():
    stacks = [
        keras.Sequential([keras.Input((4,)), L.Dense(2)]),
        keras.Sequential([L.InputLayer(shape=(4,)), L.Dense(2)]),
        keras.Sequential([L.InputLayer(input_shape=(4,)), L.Dense(2)]),
        keras.Sequential([L.Dense(2, input_dim=4)]),
        keras.Sequential([L.Dense(2, input_shape=(4,))]),
        keras.Sequential([L.Dense(2, batch_input_shape=(None, 4))]),
    ]
    late = keras.Sequential([L.Dense(2)])
    late.build((None, 4))
    for model in [*stacks, late]:
        assert model.built
        assert [w.shape for w in model.get_weights()] == [(4, 2), (2,)]


def test_a_model_is_built_when_it_sees_data():
    model = keras.Sequential([L.Dense(3, "relu"), L.Dense(1)])
    assert not model.built
    assert model.weights == []
    with pytest.raises(AttributeError, match="has not been built"):
        model.input  # noqa: B018
    assert model.predict(np.ones((5, 4)), verbose=0).shape == (5, 1)
    assert model.built
    assert model.layers[0].input.shape == (None, 4)


def test_a_layer_in_the_names_of_keras_1():
    pull = keras.regularizers.l2(0.1)
    layer = L.Dense(output_dim=3, input_dim=2, init="zeros", W_regularizer=pull, bias=False)
    assert (layer.units, layer.use_bias, layer.kernel_regularizer) == (3, False, pull)
    assert "units" in layer.get_config()
    assert L.Dropout(p=0.25).rate == 0.25
    assert keras.utils.to_categorical([1], nb_classes=3).tolist() == [[0, 1, 0]]
    model = keras.Sequential([layer])
    assert [each.path for each in model.variables] == [f"{layer.name}/kernel"]


def test_add_and_pop(rng):
    model = network((4,), n=3)
    x = rng.normal(size=(5, 3))
    before = model.predict(x, verbose=0)
    model.add(L.Dense(2))
    assert model.predict(x, verbose=0).shape == (5, 2)
    assert model.pop().units == 2
    np.testing.assert_array_equal(model.predict(x, verbose=0), before)
    model.pop()
    model.pop()
    with pytest.raises(ValueError, match="There is no layer"):
        model.pop()


def test_function_from_any_layer_to_any_layers(rng):
    model, x = network((4, 2), n=3), rng.normal(size=(5, 3))
    get = K.function([model.layers[0].input], [layer.output for layer in model.layers])
    first, second, last = get([x])
    np.testing.assert_array_equal(last, model.predict(x, verbose=0))
    (again,) = K.function([model.layers[1].input], [model.layers[1].output])([first])
    np.testing.assert_allclose(again, second, rtol=1e-6)
    one = K.function(model.input, model.output)
    np.testing.assert_array_equal(one(x), last)
    both = K.function([model.input, K.learning_phase()], [model.output])
    np.testing.assert_array_equal(both([x, 0])[0], last)


def test_function_with_the_learning_phase_drops():
    model = keras.Sequential([keras.Input((50,)), L.Dropout(0.5)])
    get = K.function([model.input, K.learning_phase()], [model.output])
    x = np.ones((4, 50))
    np.testing.assert_array_equal(get([x, 0])[0], x)
    assert set(np.unique(get([x, 1])[0])) == {0.0, 2.0}


def test_layers_that_two_models_share_follow_the_training_of_either(rng):
    model, x, y = network((4, 2), n=3), rng.normal(size=(40, 3)), np.eye(3)[np.arange(40) % 3]
    features = keras.Model(model.inputs, model.get_layer("dense_1").output)
    before = features.predict(x, verbose=0)
    model.compile("adam", "categorical_crossentropy")
    model.fit(x, y, verbose=0, epochs=2)
    after = features.predict(x, verbose=0)
    assert np.abs(after - before).max() > 1e-4
    (direct,) = K.function([model.input], [model.layers[1].output])([x])
    np.testing.assert_array_equal(after, direct)
    features.compile("sgd", "mse")
    features.fit(x, np.zeros((40, 2)), verbose=0)
    (direct,) = K.function([model.input], [model.layers[1].output])([x])
    np.testing.assert_array_equal(features.predict(x, verbose=0), direct)
    model.fit(x, y, verbose=0)
    np.testing.assert_allclose(
        features.predict(x, verbose=0), K.function([model.input], [model.layers[1].output])([x])[0]
    )


def test_a_model_as_a_layer_of_another(rng):
    inner = keras.Sequential([keras.Input((3,)), L.Dense(4, "tanh"), L.Dense(2, "tanh")])
    outer = keras.Sequential([keras.Input((3,)), inner, L.Dense(1)])
    x, y = rng.normal(size=(20, 3)), rng.normal(size=20)
    assert outer.count_params() == inner.count_params() + 3
    before = inner.get_weights()[0]
    outer.compile("sgd", "mse")
    outer.fit(x, y, verbose=0)
    assert np.abs(inner.get_weights()[0] - before).max() > 0
    inner.trainable = False
    before = inner.get_weights()[0]
    outer.compile("sgd", "mse")
    outer.fit(x, y, verbose=0)
    np.testing.assert_array_equal(inner.get_weights()[0], before)
    assert len(outer.trainable_weights) == 2


def test_a_functional_model_with_heads(rng):
    inputs = keras.Input((3,))
    trunk = L.Dense(4, "relu")(inputs)
    model = keras.Model(inputs, [L.Dense(1, name="a")(trunk), L.Dense(2, name="b")(trunk), trunk])
    a, b, t = model.predict(rng.normal(size=(5, 3)), verbose=0)
    assert (a.shape, b.shape, t.shape) == ((5, 1), (5, 2), (5, 4))
    model.compile("sgd", {"a": "mse", "b": "mae"}, metrics={"b": ["mse"]})
    y = {"a": np.zeros(9), "b": np.zeros((9, 2)), model.output_names[2]: np.zeros((9, 4))}
    history = model.fit(rng.normal(size=(9, 3)), y, verbose=0)
    assert list(history.history) == ["a_loss", "b_loss", "b_mse", "loss"]


def test_outputs_that_were_given_by_name_come_by_name(rng):
    inputs, x = keras.Input((3,)), rng.normal(size=(9, 3))
    trunk = L.Dense(4, "relu")(inputs)
    model = keras.Model(inputs, {"price": L.Dense(1)(trunk), "kind": L.Dense(2, "softmax")(trunk)})
    model.compile("sgd", {"price": "mse", "kind": "sparse_categorical_crossentropy"})
    model.fit(x, {"price": x[:, :1], "kind": np.arange(9) % 2}, verbose=0)
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    for found in (model.predict(x, verbose=0), model(x), copy(x)):
        assert {name: each.shape for name, each in found.items()} == {
            "price": (9, 1), "kind": (9, 2)}  # fmt: skip
        np.testing.assert_allclose(found["kind"], model(x)["kind"].numpy(), atol=1e-6)


def test_called_on_arrays(rng):
    model, x = network((4,), n=3), rng.normal(size=(5, 3))
    np.testing.assert_array_equal(model(x).numpy(), model.predict(x, verbose=0))
    layer = L.Dense(2, activation="relu")
    assert layer(x).shape == (5, 2)
    assert layer.built
    many = keras.Model(model.inputs, [model.layers[0].output, model.output])
    assert [each.numpy().shape for each in many(x)] == [(5, 4), (5, 3)]


def test_images_are_flattened(rng):
    model = keras.Sequential([L.Flatten(input_shape=(4, 5)), L.Dense(2)])
    x = rng.normal(size=(7, 4, 5))
    kernel, bias = model.get_weights()
    wanted = x.reshape(7, 20) @ kernel + bias
    np.testing.assert_allclose(model.predict(x, verbose=0), wanted, rtol=1e-5, atol=1e-6)
    shaped = keras.Sequential([keras.Input((20,)), L.Reshape((4, -1))])
    assert shaped.output_shape == (None, 4, 5)
    assert shaped.predict(x.reshape(7, 20), verbose=0).shape == (7, 4, 5)


def test_layers_that_only_compute(rng):
    x = rng.normal(size=(6, 3)) * 3 + 1
    for layer, wanted in [
        (L.Rescaling(2.0, 1.0), 2 * x + 1),
        (L.ReLU(max_value=2.0), np.clip(x, 0, 2)),
        (L.LeakyReLU(), np.where(x > 0, x, 0.3 * x)),
        (L.LeakyReLU(alpha=0.1), np.where(x > 0, x, 0.1 * x)),
        (L.ELU(0.5), np.where(x > 0, x, 0.5 * np.expm1(np.minimum(x, 0)))),
        (L.Softmax(), np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)),
        (L.GaussianNoise(1.0), x),
        (L.Identity(), x),
        (L.Normalization(mean=[1.0, 1.0, 1.0], variance=[9.0, 9.0, 9.0]), (x - 1) / 3),
        (L.Normalization(mean=1.0, variance=9.0, invert=True, axis=None), x * 3 + 1),
    ]:
        found = keras.Sequential([keras.Input((3,)), layer]).predict(x, verbose=0)
        np.testing.assert_allclose(found, wanted, rtol=1e-5, atol=1e-6)


def test_normalization_adapts(rng):
    x = rng.normal(size=(200, 3)) * [1, 10, 100] + 5
    layer = L.Normalization()
    layer.adapt(x)
    np.testing.assert_allclose(layer(x).mean(axis=0), 0, atol=1e-4)
    np.testing.assert_allclose(layer(x).std(axis=0), 1, rtol=1e-4)
    assert len(layer.non_trainable_weights) == 3
    np.testing.assert_allclose(layer.mean.numpy(), x.mean(axis=0)[None], rtol=1e-6)
    np.testing.assert_allclose(layer.variance.numpy(), x.var(axis=0)[None], rtol=1e-6)
    assert layer.get_config()["mean"] is None


def test_dropout_keeps_the_mean():
    layer = L.Dropout(0.25, seed=1)
    out = layer(np.ones((400, 50)), training=True)
    np.testing.assert_allclose(np.unique(out), [0.0, 4 / 3])
    np.testing.assert_allclose((out == 0).mean(), 0.25, atol=0.01)


@pytest.mark.parametrize("build", ["sequential", "functional", "heads"])
def test_config_json_and_clone_make_equal_models(build, rng):
    inputs = keras.Input((3,), name="in")
    hidden = L.Dense(4, "selu", kernel_regularizer=keras.regularizers.L1(0.1), name="h")(inputs)
    hidden = L.BatchNormalization()(L.Dropout(0.3)(hidden))
    out = L.Dense(2, kernel_constraint="max_norm", use_bias=False)(hidden)
    model = keras.Model(inputs, {"functional": out, "heads": [hidden, out]}.get(build, out))
    if build == "sequential":
        layers = [L.Normalization(), L.Dense(4, keras.activations.gelu), L.LeakyReLU(0.2)]
        model = keras.Sequential([keras.Input((3,)), *layers, L.Activation("softmax")], name="mine")
    x = rng.normal(size=(5, 3))
    copies = [
        type(model).from_config(model.get_config()),
        keras.models.model_from_json(model.to_json()),
        keras.models.clone_model(model),
    ]
    for copy in copies:
        assert copy.name == model.name
        assert copy.get_config() == model.get_config()
        copy.set_weights(model.get_weights())
        pairs = (
            [(copy(x), model(x))]
            if len(model.outputs) == 1
            else zip(copy(x), model(x), strict=True)
        )
        for a, b in pairs:
            np.testing.assert_allclose(a, b, rtol=1e-6)


def test_plot_model_draws(tmp_path):
    with pytest.warns(UserWarning, match=r"SVG picture: written as .*model\.svg"):
        diagram = keras.utils.plot_model(network(), tmp_path / "model.png", show_shapes=True)
    text = (tmp_path / "model.svg").read_text()
    assert text == diagram._repr_svg_()
    old = keras.utils.model_to_dot(network()).create(prog="dot", format="svg")
    assert old.startswith(b"<svg")
    assert text.count("<rect") == 5
    assert "dense_3 (Dense)" in text
    assert "(None, 13) → (None, 8)" in text
