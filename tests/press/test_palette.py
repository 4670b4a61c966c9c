"""The palette's promises, computed: contrast, colour blindness, grey print, ramps."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from courtepointe.press.palette import PALETTES, Palette, Scheme, css_tokens, tokens

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
SIGHT = {
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
TO_LMS = np.array(
    [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
     [0.0883024619, 0.2817188376, 0.6299787005]]
)  # fmt: skip
TO_OKLAB = np.array(
    [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
     [0.0259040371, 0.7827717662, -0.8086757660]]
)  # fmt: skip

both = pytest.mark.parametrize("palette", list(PALETTES.values()), ids=list(PALETTES))


def linear(colour: str) -> NDArray[np.float64]:
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    low = channels <= 0.04045
    told: NDArray[np.float64] = np.where(low, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return told


def luminance(colour: str) -> float:
    return float(linear(colour) @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    return 116 * float(np.cbrt(luminance(colour))) - 16


def apart(one: str, other: str, sight: str) -> float:
    seen = (np.clip(SIGHT[sight] @ linear(c), 0, 1) for c in (one, other))
    first, second = (TO_OKLAB @ np.cbrt(TO_LMS @ c) for c in seen)
    return 100 * float(np.linalg.norm(first - second))


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@both
def test_text_stands_out_seven_to_one(palette: Palette) -> None:
    for ground in (palette.paper, palette.raised):
        for text in (palette.ink, palette.ink_soft, palette.accent):
            assert contrast(text, ground) >= 7
    assert contrast(palette.on_accent, palette.accent) >= 7
    assert contrast(palette.caution, palette.caution_ground) >= 7
    assert contrast(palette.ink, palette.caution_ground) >= 7
    assert contrast(palette.ink, palette.land) >= 7


@both
def test_graphics_stand_out_three_to_one(palette: Palette) -> None:
    marks = (
        palette.line,
        palette.focus,
        palette.data,
        palette.data_strong,
        palette.other,
        palette.missing,
    )
    for mark in (*marks, *palette.categories):
        assert contrast(mark, palette.paper) >= 3
    assert contrast(palette.ink, palette.data) >= 3, "whiskers over bars"
    assert contrast(palette.other, palette.paper) >= 3


@both
@pytest.mark.parametrize("sight", list(SIGHT))
def test_categories_stay_apart_for_every_eye(palette: Palette, sight: str) -> None:
    assert len(palette.categories) == 6
    assert min(apart(a, b, sight) for a, b in combinations(palette.categories, 2)) >= 8


@both
def test_categories_stay_apart_in_grey_print(palette: Palette) -> None:
    ordered = sorted(lightness(c) for c in palette.categories)
    assert min(b - a for a, b in pairwise(ordered)) >= 5.5


@both
def test_ramps_change_evenly_and_ends_differ(palette: Palette) -> None:
    light = [lightness(c) for c in palette.sequential]
    steps = [b - a for a, b in pairwise(light)]
    assert all(s < -10 for s in steps) or all(s > 10 for s in steps)
    assert contrast(palette.sequential[-1], palette.paper) >= 7
    middle = len(palette.diverging) // 2
    for sight in SIGHT:
        assert apart(palette.diverging[0], palette.diverging[-1], sight) >= 8
    for arm in (palette.diverging[: middle + 1], palette.diverging[middle:][::-1]):
        told = [abs(lightness(c) - lightness(palette.diverging[middle])) for c in arm]
        assert told == sorted(told, reverse=True)


def test_both_schemes_have_the_same_tokens() -> None:
    assert list(tokens("light")) == list(tokens("dark"))
    assert tokens(Scheme.LIGHT)["category-6"] == PALETTES[Scheme.LIGHT].categories[5]


def test_tokens_are_written_for_a_style_sheet() -> None:
    told = css_tokens("dark")
    assert "  --ink-soft: #" in told and "  --sequential-5: #" in told
    assert all(line.startswith("  --") and line.endswith(";") for line in told.splitlines())
    with pytest.raises(ValueError, match="sepia"):
        tokens("sepia")
