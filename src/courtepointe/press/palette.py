"""The one palette: of charts, maps, marks and the site's tokens.

Text stands out 7:1 and graphics 3:1 from their ground; the six categories stay apart for the three
kinds of colour blindness and in grey print. `tests/press/test_palette.py` holds all of it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum


class Scheme(StrEnum):
    """Light as paper, or dark."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a scheme, as ``#rrggbb``.

    Attributes
    ----------
    paper, raised : grounds of the page, and of a panel on it
    ink, ink_soft : text, 7:1 on both grounds
    line : borders that must be seen, 3:1; rule : quiet decoration
    accent : links and what can be pressed, 7:1; on_accent : text on it
    focus : the ring around what the keyboard is on
    data : bars and dots of the area; data_strong : outlines and dots on a map
    other : marks of an area of comparison
    missing : hatches and dots where a value is missing
    caution, caution_ground : what to know before reading on
    categories : six, in order; sequential : five of one hue, least first
    diverging : five, purple to green
    water, land : the map's ground
    """

    paper: str
    raised: str
    ink: str
    ink_soft: str
    line: str
    rule: str
    accent: str
    on_accent: str
    focus: str
    data: str
    data_strong: str
    other: str
    missing: str
    caution: str
    caution_ground: str
    categories: tuple[str, ...]
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]
    water: str
    land: str


LIGHT = Palette(
    paper="#fcfbf8",
    raised="#f3f0e8",
    ink="#1c1b22",
    ink_soft="#4a4954",
    line="#84828e",
    rule="#dcd8cd",
    accent="#35388a",
    on_accent="#fcfbf8",
    focus="#7f2a2b",
    data="#6a70c0",
    data_strong="#35388a",
    other="#8a5a00",
    missing="#6f6d78",
    caution="#6b3410",
    caution_ground="#fbefdc",
    categories=("#23265e", "#7f2a2b", "#096966", "#7d63ae", "#a27a1d", "#3a98ce"),
    sequential=("#e6e7f5", "#bcbfe3", "#8f94cf", "#5b60ab", "#2b2e72"),
    diverging=("#5f3a86", "#b39ac9", "#f0ede6", "#94bda0", "#276246"),
    water="#dce8ee",
    land="#f3f0e8",
)

DARK = Palette(
    paper="#17171d",
    raised="#212129",
    ink="#f2f0ea",
    ink_soft="#c6c4ce",
    line="#82808e",
    rule="#3a3944",
    accent="#b9bdf7",
    on_accent="#17171d",
    focus="#d9c352",
    data="#777bd0",
    data_strong="#b9bdf7",
    other="#d9c352",
    missing="#a3a1ad",
    caution="#f0c99b",
    caution_ground="#3a2a1a",
    categories=("#706dcf", "#d6706f", "#44aeb1", "#bca7ed", "#d9c352", "#c7e6fa"),
    sequential=("#2b2d4d", "#4a4e86", "#7277bb", "#a3a7e0", "#dfe1fb"),
    diverging=("#c9a6e6", "#8064a0", "#3a3944", "#4f8466", "#9fdcb6"),
    water="#1b2a33",
    land="#26262f",
)

PALETTES = {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK}

FONT_STACK = (
    "'Atkinson Hyperlegible Next', 'Noto Sans', 'Noto Sans Canadian Aboriginal', "
    "'DejaVu Sans', Verdana, sans-serif"
)
"""One family made for legibility, then what the reader's machine has; wide ones first."""


def luminance(colour: str) -> float:
    """Give the relative luminance of ``#rrggbb``, as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def most_readable(ground: str, inks: tuple[str, str]) -> str:
    """Choose the ink that stands out most from a ground; the first where both do alike."""
    return max(inks, key=lambda ink: contrast(ground, ink))


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, 1 to 21, as WCAG 2 defines it."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def tokens(scheme: Scheme | str) -> dict[str, str]:
    """Give a scheme's colours by token name: ``ink-soft``, ``category-1``, ``sequential-5``."""
    palette = PALETTES[Scheme(scheme)]
    named: dict[str, str] = {}
    for field in fields(Palette):
        held = getattr(palette, field.name)
        name = field.name.replace("_", "-")
        if isinstance(held, str):
            named[name] = held
        else:
            stem = "category" if name == "categories" else name
            named |= {f"{stem}-{place}": colour for place, colour in enumerate(held, start=1)}
    return named


def css_tokens(scheme: Scheme | str, *, prefix: str = "--") -> str:
    """Write a scheme as CSS custom properties, one a line, for the site's one token file."""
    return "\n".join(f"  {prefix}{name}: {colour};" for name, colour in tokens(scheme).items())
