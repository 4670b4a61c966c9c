"""A portrait: all figures of one area, beside those of the areas that it is read against."""

from __future__ import annotations

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.query.answers import answers
from courtepointe.atlas.query.areas import found_key
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.protected import told_of
from courtepointe.atlas.query.subjects import Subject, official_subject
from courtepointe.atlas.query.tabulated import tabulated_gaps
from courtepointe.atlas.query.values import AreaKey, Compared, Gap, Portrait
from courtepointe.atlas.recipe.values import Comparator


def portrait_of(
    kept: Kept,
    subject: Subject,
    *,
    gaps: tuple[Gap, ...] = (),
    besides: AreaKey | None = None,
) -> Portrait:
    """Compose the portrait of an area; ``besides`` is not compared with itself."""
    compared = tuple(
        compared_figures(kept, comparator)
        for comparator in kept.pack.recipe.comparators
        if besides is None or comparator.area != str(besides)
    )
    figures = figures_of(kept, subject)
    custom = subject.asking.own_type is None
    return Portrait(
        area=subject.identity,
        fit=subject.fit,
        figures=figures,
        compared=compared,
        gaps=(*gaps, *tabulated_gaps(kept, subject.asking, figures)),
        pack_hash=kept.pack.content_hash,
        told=told_of(kept, subject.asking.members_on, figures) if custom else (),
    )


def figures_of(kept: Kept, subject: Subject) -> tuple[Figure, ...]:
    """Give the figures of one area in the recipe's order."""
    return answers(kept, subject.asking, kept.pack.recipe.indicators)[0]


def compared_figures(kept: Kept, comparator: Comparator) -> Compared:
    """Give the figures of an area of comparison: the publisher's own where it has a row."""

    def make() -> Compared:
        key = found_key(kept.pack, AreaKey.parse(comparator.area))
        subject = official_subject(kept, key, method=FitMethod.BEST_FIT)
        return Compared(comparator.name, key, figures_of(kept, subject))

    return kept.once(("compared", comparator.area), make)
