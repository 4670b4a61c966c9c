"""A portrait: all figures of one area, beside those that they are read against."""

from __future__ import annotations

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.query.answers import answers
from courtepointe.atlas.query.comparators import with_comparators
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.protected import told_of
from courtepointe.atlas.query.subjects import Subject
from courtepointe.atlas.query.tabulated import tabulated_gaps
from courtepointe.atlas.query.values import Gap, Portrait


def portrait_of(kept: Kept, subject: Subject, *, gaps: tuple[Gap, ...] = ()) -> Portrait:
    """Compose the portrait of an area; it is not compared with itself."""
    figures = figures_of(kept, subject)
    custom = subject.asking.own_type is None
    alone = Portrait(
        area=subject.identity,
        fit=subject.fit,
        figures=figures,
        compared=(),
        gaps=(*gaps, *tabulated_gaps(kept, subject.asking, figures)),
        pack_hash=kept.pack.content_hash,
        told=told_of(kept, subject.asking.members_on, figures) if custom else (),
    )
    return with_comparators(kept, alone)


def figures_of(kept: Kept, subject: Subject) -> tuple[Figure, ...]:
    """Give the figures of one area in the recipe's order."""
    return answers(kept, subject.asking, kept.pack.recipe.indicators)[0]
