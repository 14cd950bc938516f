"""The colours: legible text, scales that only grow, and ends that all eyes tell apart."""

from itertools import combinations

import numpy as np
import pytest

from explorer.drawing.palette import (
    SHADES,
    THEMES,
    class_shades,
    diverging,
    pack,
    point_colours,
    rgb,
)

themes = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))

# Machado, Oliveira and Fernandes (2009), severity 1.0, for linear RGB.
EYES = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
eyes = pytest.mark.parametrize("eye", EYES.values(), ids=list(EYES))

TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


def linear(colours):
    """sRGB 0..255 to linear light 0..1, as WCAG and IEC 61966 have it."""
    c = np.asarray(colours, dtype=float) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """The contrast ratio of WCAG 2.2 of two CSS colours."""
    luminances = sorted(float(linear(rgb(c)) @ TO_XYZ[1]) for c in (one, other))
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)


def lab(colours, eye):
    """CIE L*a*b* (D65) of (n, 3) colours as an eye sees them."""
    seen = np.clip(linear(colours) @ eye.T, 0, 1)
    xyz = seen @ TO_XYZ.T / TO_XYZ.sum(axis=1)
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack(
        [116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1
    )


def difference(one, other, eye):
    """The colour difference delta E of 1976; about 2 is just noticeable."""
    return float(np.linalg.norm(lab(rgb(one), eye) - lab(rgb(other), eye)))


def unpacked(pixels):
    """RGBA pixels to (n, 3) colours."""
    return np.asarray(pixels).reshape(-1).view(np.uint8).reshape(-1, 4)[:, :3].astype(float)


def test_the_contrast_formula_itself():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@themes
@pytest.mark.parametrize("ground", ["background", "panel"])
@pytest.mark.parametrize("token", ["ink", "second", "third", "accent", "good", "bad"])
def test_text_is_legible(theme, ground, token):
    assert contrast(getattr(theme, token), getattr(theme, ground)) >= 4.5


@themes
def test_text_on_the_accent_colour_is_legible(theme):
    assert contrast(theme.on_accent, theme.accent) >= 4.5


@themes
@pytest.mark.parametrize("token", ["accent", "negative", "positive", "classes"])
def test_what_must_be_seen_stands_out_from_the_panel(theme, token):
    colours = theme.classes if token == "classes" else (getattr(theme, token),)
    assert min(contrast(colour, theme.panel) for colour in colours) >= 2.8


@themes
@eyes
def test_classes_differ_for_all_eyes(theme, eye):
    pairs = combinations(theme.classes, 2)  # their marks also differ by shape
    assert min(difference(a, b, eye) for a, b in pairs) >= 10


@themes
@eyes
def test_the_ends_and_the_middle_of_the_scale_differ_for_all_eyes(theme, eye):
    low, middle, high = lab(unpacked(diverging(theme))[[0, SHADES // 2, -1]], eye)
    assert np.linalg.norm(low - high) >= 40
    assert np.linalg.norm(low - middle) >= 15
    assert np.linalg.norm(high - middle) >= 15


@themes
@eyes
def test_the_scale_grows_all_the_way(theme, eye):
    seen = lab(unpacked(diverging(theme))[::8], eye)
    middle = lab(rgb(theme.zero), eye)
    away = np.linalg.norm(seen - middle, axis=1)
    half = len(seen) // 2
    assert (np.diff(away[:half]) < 0).all()
    assert (np.diff(away[half:]) > 0).all()


@themes
def test_the_scale_goes_from_negative_over_zero_to_positive(theme):
    colours = unpacked(diverging(theme, strength=1.0))
    np.testing.assert_array_equal(colours[0], rgb(theme.negative))
    np.testing.assert_array_equal(colours[-1], rgb(theme.positive))
    np.testing.assert_allclose(colours[SHADES // 2], rgb(theme.zero), atol=1)


@themes
def test_a_weaker_scale_leaves_room_for_points(theme):
    zero, end = rgb(theme.zero), rgb(theme.positive)
    np.testing.assert_allclose(unpacked(diverging(theme, 0.5))[-1], (zero + end) / 2, atol=1)


@themes
def test_class_shades_run_from_uncertain_to_certain(theme):
    shades = class_shades(theme, 3, strength=1.0)
    assert shades.shape == (3, SHADES)
    for row, colour in zip(shades, theme.classes[:3], strict=True):
        np.testing.assert_array_equal(unpacked(row[:1])[0], rgb(theme.zero))
        np.testing.assert_array_equal(unpacked(row[-1:])[0], rgb(colour))


def test_pixels_are_opaque_and_in_the_order_of_a_canvas():
    (pixel,) = pack(np.array([[1.4, 2.0, 300.0]]))
    assert pixel.tobytes() == bytes([1, 2, 255, 255])


def test_colours_are_read_from_css():
    np.testing.assert_array_equal(rgb("#1f6fc4"), [0x1F, 0x6F, 0xC4])


@themes
def test_every_colour_is_a_token_of_the_style_sheet(theme):
    tokens = theme.tokens
    assert {"background", "on-accent", "class-1", "class-2", "class-3"} <= set(tokens)
    assert all(len(colour) == 7 and colour[0] == "#" for colour in tokens.values())
    assert "classes" not in tokens


def test_both_themes_have_the_same_tokens():
    assert THEMES["light"].tokens.keys() == THEMES["dark"].tokens.keys()


@themes
def test_points_have_the_colours_of_their_side_of_the_scale(theme):
    assert point_colours(theme, "binary") == (theme.positive, theme.negative)
    assert point_colours(theme, "multiclass") == theme.classes
