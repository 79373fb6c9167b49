"""The colours of every theme can be read, and those for the colour-blind told apart."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest
from rich.color import Color, ColorSystem

from assess.tui.styles.themes import SAFE, THEMES

EYES = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What eyes that miss one of the three see of linear RGB (Machado, Oliveira and Fernandes 2009)."""


def linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def contrast(one, other):
    """How far two colours are apart in lightness (relative luminance, WCAG 2)."""
    lums = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(linear, (one, other))]
    return (max(lums) + 0.05) / (min(lums) + 0.05)


def lab(red, green, blue):
    """CIELAB of linear sRGB, white D65."""
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (t ** (1 / 3) if t > (6 / 29) ** 3 else t * (29 / 6) ** 2 / 3 + 4 / 29 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour, eyes):
    light = linear(colour)
    rows = (sum(share * part for share, part in zip(row, light, strict=True)) for row in eyes)
    return lab(*(min(1, max(0, part)) for part in rows))


def as_they_are(colour):
    return colour


def of_256(colour):
    """What a terminal of 256 colours shows of it."""
    return Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex


def words(theme):
    """The colours that words are written in."""
    muted = theme.variables["muted"]
    return [theme.foreground, theme.accent, theme.warning, theme.error, muted]


@pytest.mark.parametrize("shown", [as_they_are, of_256])
@pytest.mark.parametrize("theme", [theme for theme in THEMES if not theme.ansi])
def test_every_colour_that_words_are_written_in_stands_out_from_its_ground(theme, shown):
    grounds = [theme.background, theme.surface, theme.panel, theme.variables["cursor-line"]]
    for ground in grounds:
        assert min(contrast(shown(word), shown(ground)) for word in words(theme)) >= 4.5
    selected = theme.variables["input-selection-background"]
    assert contrast(shown(theme.foreground), shown(selected)) >= 4.5


@pytest.mark.parametrize("shown", [as_they_are, of_256])
@pytest.mark.parametrize("eyes", EYES.values(), ids=EYES)
def test_nobody_takes_one_colour_for_another_in_the_set_for_the_colour_blind(eyes, shown):
    for one, other in combinations(map(shown, words(SAFE)), 2):
        assert dist(seen(one, eyes), seen(other, eyes)) > 20
