"""Areas side by side: each number with its interval, and whether it differs from the reference's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.query.joint import of_a_whole
from courtepointe.doors.site.subjects import Subject
from courtepointe.press.comparisons import compare_side_by_side
from courtepointe.press.galley import Galley
from courtepointe.press.sentences import joint_sentence
from courtepointe.press.sentences.values import Sentence


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one of the areas, as it is written; ``verdict`` is empty for the reference."""

    subject: Subject
    name: str
    figure: Figure
    value: str
    interval: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Across:
    """One indicator over all areas."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A section of the comparison."""

    heading: str
    rows: tuple[Across, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A share that may be read together with another."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Together:
    """What may be said of those who are both, in one of the areas."""

    subject: Subject
    name: str
    values: tuple[tuple[str, Figure, str], ...]
    sentence: Sentence


def bands(subjects: Sequence[Subject], *, lang: str) -> tuple[Band, ...]:
    """Set the figures of several areas side by side, in the recipe's order; the first is the
    reference.
    """
    galleys = [(subject, subject.galley(lang)) for subject in subjects]
    first = galleys[0][1]
    made = []
    for section in first.recipe.sections:
        rows = tuple(
            Across(
                first.label(code),
                tuple(_cell(subject, galley, first, code) for subject, galley in galleys),
            )
            for code in section.indicators
            if all(code in galley.figures for _, galley in galleys)
        )
        made.append(Band(first.set(section.name.in_(lang)), rows))
    return tuple(made)


def _cell(subject: Subject, galley: Galley, first: Galley, code: str) -> Cell:
    figure = galley.figures[code]
    return Cell(
        subject,
        galley.place.plain,
        figure,
        galley.value(figure),
        galley.interval(figure),
        "" if galley is first else _verdict(galley, first, code),
    )


def _verdict(galley: Galley, first: Galley, code: str) -> str:
    made = compare_side_by_side(
        galley.figures[code],
        first.figures[code],
        indicator=galley.indicators[code],
        of=galley.portrait.area,
        with_=first.portrait.area,
    )
    return "" if made is None else galley.verdict(made, short=True)


def choices(galley: Galley) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Give the shares of which two may be read together, by section."""
    return tuple(
        (galley.set(section.name.in_(galley.lang)), shares)
        for section in galley.recipe.sections
        if (
            shares := tuple(
                Choice(code, galley.label(code))
                for code in section.indicators
                if code in galley.figures and of_a_whole(galley.indicators[code])
            )
        )
    )


def read_together(
    subjects: Sequence[Subject], first: str, second: str, *, lang: str
) -> tuple[Together, ...]:
    """Bound how many may be both of two shares, in each of the areas.

    Raises
    ------
    NotFound
        ``unknown_indicator``.
    """
    return tuple(_together(subject, first, second, lang=lang) for subject in subjects)


def _together(subject: Subject, first: str, second: str, *, lang: str) -> Together:
    galley = subject.galley(lang)
    joint = subject.served.atlas.both(subject.portrait(), first, second)
    values = tuple(
        (galley.label(one.indicator), one, galley.value(one)) for one in (joint.first, joint.second)
    )
    return Together(subject, galley.place.plain, values, joint_sentence(galley, joint))
