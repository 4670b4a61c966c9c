"""Key figures and table rows, all from the same figures."""

from __future__ import annotations

from collections.abc import Sequence

from courtepointe.atlas.comparable import COMPARABLE
from courtepointe.atlas.figures import Figure
from courtepointe.press.document.values import AgainstText, KeyFigure, Row
from courtepointe.press.galley import Galley
from courtepointe.press.sentences.section import figure_sentence
from courtepointe.press.words import knows

KEY_FIGURES = 5


def key_figures(galley: Galley, *, most: int | None = None) -> tuple[KeyFigure, ...]:
    """Give five figures, or ``most``: each section's first, then second ones, in their order."""
    columns = [section.key_figures for section in galley.recipe.sections]
    deepest = max(map(len, columns), default=0)
    ranked = [c[place] for place in range(deepest) for c in columns if place < len(c)]
    held = [galley.figures[code] for code in ranked if code in galley.figures]
    stated = [f for f in held if f.status.has_value] + [f for f in held if not f.status.has_value]
    kept = set(stated[: most or KEY_FIGURES])
    ordered = [c for column in columns for c in column]
    return tuple(
        _key(galley, galley.figures[code])
        for code in ordered
        if code in galley.figures and galley.figures[code] in kept
    )


def section_key_figures(galley: Galley, codes: Sequence[str]) -> tuple[KeyFigure, ...]:
    """Give the key figures of a section."""
    return tuple(_key(galley, galley.figures[code]) for code in codes if code in galley.figures)


def rows(galley: Galley, codes: Sequence[str]) -> tuple[Row, ...]:
    """Give the table behind charts: every figure with its interval, status and comparison."""
    return tuple(_row(galley, galley.figures[code]) for code in codes if code in galley.figures)


def against(galley: Galley, figure: Figure) -> tuple[AgainstText, ...]:
    """Set a figure beside its comparators', in words; a count beside its own past only."""
    indicator = galley.indicators.get(figure.indicator)
    if indicator is None:
        return ()
    told = []
    for compared in galley.comparators:
        theirs = galley.theirs(compared, figure.indicator)
        counted = indicator.measure not in COMPARABLE and compared.kind != "past"
        if theirs is None or counted:
            continue
        made = [c for c in galley.comparisons.get(figure.indicator, ()) if c.ref == compared.ref]
        verdict = made[0].verdict.value if made else ""
        told.append(
            AgainstText(
                name=galley.beside(compared, theirs),
                value=galley.value(theirs),
                interval=galley.interval(theirs),
                verdict=verdict,
                verdict_text=galley.verdict(made[0], short=True) if made else "",
                figure=theirs,
                ref=compared.ref,
                kind=compared.kind,
            )
        )
    return tuple(told)


def caution_texts(galley: Galley, figure: Figure) -> tuple[str, ...]:
    """Say what to know when reading a figure; a caution without words keeps its code."""
    return tuple(
        galley.say(f"caution.{code}") if knows(f"caution.{code}", lang=galley.lang) else code
        for code in figure.cautions
    )


def _key(galley: Galley, figure: Figure) -> KeyFigure:
    return KeyFigure(
        label=galley.label(figure.indicator),
        value=galley.value(figure),
        interval=galley.interval(figure),
        status=figure.status.value,
        status_text=galley.status(figure),
        against=against(galley, figure),
        sentence=figure_sentence(galley, figure),
        figure=figure,
    )


def _row(galley: Galley, figure: Figure) -> Row:
    return Row(
        label=galley.label(figure.indicator),
        value=galley.value(figure),
        interval=galley.interval(figure),
        status=figure.status.value,
        status_text=galley.status(figure),
        against=against(galley, figure),
        cautions=caution_texts(galley, figure),
        figure=figure,
    )
