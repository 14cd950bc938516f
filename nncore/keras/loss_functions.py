"""The arithmetic of Keras's losses: one value per sample, and its slope.

y holds targets and o outputs, both of shape (n, k). Each loss is a pair of functions: the value,
(n,), and its derivative with respect to the outputs, (n, k). Means over the samples are taken
elsewhere. Where Keras clips a probability, values are clipped likewise and the slope is 0 there.
Source: the definitions in Keras's documentation, and the papers named.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from nncore.arrays import Array, FloatArray
from nncore.keras.config import epsilon

Value = Callable[..., FloatArray]


def squared_error(y: Array, o: Array) -> FloatArray:
    return np.square(o - y).mean(axis=-1)


def squared_error_slope(y: Array, o: Array) -> FloatArray:
    return (2.0 / o.shape[-1]) * (o - y)


def absolute_error(y: Array, o: Array) -> FloatArray:
    return np.abs(o - y).mean(axis=-1)


def absolute_error_slope(y: Array, o: Array) -> FloatArray:
    return np.sign(o - y) / o.shape[-1]


def percentage_error(y: Array, o: Array) -> FloatArray:
    return 100.0 * absolute_error(0.0 * y, (y - o) / np.maximum(np.abs(y), epsilon()))


def percentage_error_slope(y: Array, o: Array) -> FloatArray:
    return 100.0 * absolute_error_slope(y, o) / np.maximum(np.abs(y), epsilon())


def squared_log_error(y: Array, o: Array) -> FloatArray:
    return squared_error(_log1p(y), _log1p(o))


def squared_log_error_slope(y: Array, o: Array) -> FloatArray:
    inside = (o > epsilon()) / (np.maximum(o, epsilon()) + 1.0)
    return squared_error_slope(_log1p(y), _log1p(o)) * inside


def _log1p(values: Array) -> FloatArray:
    return np.log(np.maximum(values, epsilon()) + 1.0)


def huber(y: Array, o: Array, delta: float = 1.0) -> FloatArray:
    """e^2 / 2 for small errors |e| <= delta, delta |e| - delta^2 / 2 beyond."""
    error = np.abs(o - y)
    square, line = 0.5 * np.square(error), delta * error - 0.5 * delta * delta
    return np.where(error <= delta, square, line).mean(axis=-1)


def huber_slope(y: Array, o: Array, delta: float = 1.0) -> FloatArray:
    return np.clip(o - y, -delta, delta) / o.shape[-1]


def log_cosh(y: Array, o: Array) -> FloatArray:
    error = o - y
    return (error + np.logaddexp(0.0, -2.0 * error) - np.log(2.0)).mean(axis=-1)


def log_cosh_slope(y: Array, o: Array) -> FloatArray:
    return np.tanh(o - y) / o.shape[-1]


def signs(y: Array) -> FloatArray:
    """Return targets of 0 and 1 as -1 and 1; others as they are."""
    binary = ((y == 0) | (y == 1)).all()
    return np.asarray(2.0 * y - 1.0 if binary else y, dtype=np.float64)


def hinge(y: Array, o: Array) -> FloatArray:
    return np.maximum(1.0 - signs(y) * o, 0.0).mean(axis=-1)


def hinge_slope(y: Array, o: Array) -> FloatArray:
    y = signs(y)
    return np.where(y * o < 1.0, -y, 0.0) / o.shape[-1]


def squared_hinge(y: Array, o: Array) -> FloatArray:
    return np.square(np.maximum(1.0 - signs(y) * o, 0.0)).mean(axis=-1)


def squared_hinge_slope(y: Array, o: Array) -> FloatArray:
    y = signs(y)
    return -2.0 * y * np.maximum(1.0 - y * o, 0.0) / o.shape[-1]


def categorical_hinge(y: Array, o: Array) -> FloatArray:
    """max(0, 1 + the largest wrong output - the right one)."""
    right, wrong = (y * o).sum(axis=-1), ((1.0 - y) * o).max(axis=-1)
    return np.maximum(wrong - right + 1.0, 0.0)


def categorical_hinge_slope(y: Array, o: Array) -> FloatArray:
    wrong = (1.0 - y) * o
    largest = wrong == wrong.max(axis=-1, keepdims=True)
    share = largest * (1.0 - y) / largest.sum(axis=-1, keepdims=True)
    return (categorical_hinge(y, o) > 0)[:, None] * (share - y)


def poisson(y: Array, o: Array) -> FloatArray:
    return (o - y * np.log(o + epsilon())).mean(axis=-1)


def poisson_slope(y: Array, o: Array) -> FloatArray:
    return (1.0 - y / (o + epsilon())) / o.shape[-1]


def kl_divergence(y: Array, o: Array) -> FloatArray:
    y, o = np.clip(y, epsilon(), 1.0), np.clip(o, epsilon(), 1.0)
    return (y * np.log(y / o)).sum(axis=-1)


def kl_divergence_slope(y: Array, o: Array) -> FloatArray:
    inside = (o > epsilon()) & (o < 1.0)
    return -np.clip(y, epsilon(), 1.0) / np.clip(o, epsilon(), 1.0) * inside


def cosine_similarity(y: Array, o: Array, axis: int = -1) -> FloatArray:
    """Minus the cosine of the angle between targets and outputs."""
    return -(_unit(y, axis)[0] * _unit(o, axis)[0]).sum(axis=axis)


def cosine_similarity_slope(y: Array, o: Array, axis: int = -1) -> FloatArray:
    y, (o, length) = _unit(y, axis)[0], _unit(o, axis)
    return -(y - o * (y * o).sum(axis=axis, keepdims=True)) / length


def _unit(values: Array, axis: int) -> tuple[FloatArray, FloatArray]:
    """`values` at length 1, and their lengths; no square of a length is taken below 1e-12."""
    length = np.sqrt(np.maximum(np.square(values).sum(axis=axis, keepdims=True), 1e-12))
    return values / length, length


def binary_crossentropy(
    y: Array, o: Array, from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1
) -> FloatArray:
    """-y ln p - (1 - y) ln(1 - p), with p the output or, from logits, its sigmoid."""
    y = _smooth_binary(y, label_smoothing)
    if from_logits:
        return (np.logaddexp(0.0, o) - y * o).mean(axis=axis)
    p = np.clip(o, epsilon(), 1.0 - epsilon())
    return -(y * np.log(p) + (1.0 - y) * np.log(1.0 - p)).mean(axis=axis)


def binary_crossentropy_slope(
    y: Array, o: Array, from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1
) -> FloatArray:
    y = _smooth_binary(y, label_smoothing)
    if from_logits:
        return (1.0 / (1.0 + np.exp(-o)) - y) / o.shape[axis]
    inside = (o > epsilon()) & (o < 1.0 - epsilon())
    p = np.clip(o, epsilon(), 1.0 - epsilon())
    return inside * (p - y) / (p * (1.0 - p)) / o.shape[axis]


def _smooth_binary(y: Array, smoothing: float) -> FloatArray:
    return y if smoothing == 0 else y * (1.0 - smoothing) + 0.5 * smoothing


def binary_focal_crossentropy(y: Array, o: Array, **options: Any) -> FloatArray:
    """(1 - p_t)^gamma times the cross-entropy. Source: Lin et al. (2017), arXiv:1708.02002."""
    return _focal(y, o, **options)[0]


def binary_focal_crossentropy_slope(y: Array, o: Array, **options: Any) -> FloatArray:
    return _focal(y, o, **options)[1]


def _focal(
    y: Array,
    o: Array,
    apply_class_balancing: bool = False,
    alpha: float = 0.25,
    gamma: float = 2.0,
    from_logits: bool = False,
    label_smoothing: float = 0.0,
    axis: int = -1,
) -> tuple[FloatArray, FloatArray]:
    y = _smooth_binary(y, label_smoothing)
    if from_logits:
        o = 1.0 / (1.0 + np.exp(-o))
    p = np.clip(o, epsilon(), 1.0 - epsilon())
    missed = 1.0 - (y * o + (1.0 - y) * (1.0 - o))
    entropy = -(y * np.log(p) + (1.0 - y) * np.log(1.0 - p))
    weight = y * alpha + (1.0 - y) * (1.0 - alpha) if apply_class_balancing else 1.0
    inside = (o > epsilon()) & (o < 1.0 - epsilon())
    slope = inside * (p - y) / (p * (1.0 - p)) * missed**gamma
    slope += gamma * missed ** (gamma - 1.0) * (1.0 - 2.0 * y) * entropy
    if from_logits:
        slope *= o * (1.0 - o)
    value = (weight * missed**gamma * entropy).mean(axis=axis)
    return value, weight * slope / o.shape[axis]


def categorical_crossentropy(
    y: Array, o: Array, from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1
) -> FloatArray:
    """-sum over classes of y ln p, with p the outputs divided by their sum, or their softmax."""
    y = _smooth_classes(y, label_smoothing, axis)
    if from_logits:
        return -(y * _log_softmax(o, axis)).sum(axis=axis)
    p = np.clip(o / o.sum(axis=axis, keepdims=True), epsilon(), 1.0 - epsilon())
    return -(y * np.log(p)).sum(axis=axis)


def categorical_crossentropy_slope(
    y: Array, o: Array, from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1
) -> FloatArray:
    y = _smooth_classes(y, label_smoothing, axis)
    if from_logits:
        return np.exp(_log_softmax(o, axis)) * y.sum(axis=axis, keepdims=True) - y
    total = o.sum(axis=axis, keepdims=True)
    p = o / total
    inside = (p > epsilon()) & (p < 1.0 - epsilon())
    slope = np.where(inside, -y, 0.0) / np.clip(p, epsilon(), 1.0 - epsilon())
    return (slope - (slope * p).sum(axis=axis, keepdims=True)) / total


def _smooth_classes(y: Array, smoothing: float, axis: int) -> FloatArray:
    return y if smoothing == 0 else y * (1.0 - smoothing) + smoothing / y.shape[axis]


def _log_softmax(o: Array, axis: int) -> FloatArray:
    o = o - o.max(axis=axis, keepdims=True)
    return o - np.log(np.exp(o).sum(axis=axis, keepdims=True))
