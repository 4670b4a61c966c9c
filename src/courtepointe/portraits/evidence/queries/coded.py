"""What one coder noted, and what they are asked to read a second time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from courtepointe.core.errors import NotFound
from courtepointe.people.values import Person, WorkspaceSeen
from courtepointe.portraits.evidence.models import Coding, Passage, Round
from courtepointe.portraits.evidence.queries.sources import round_value
from courtepointe.portraits.evidence.values import CodingSeen, RoundSeen


def codings_by(seen: WorkspaceSeen, source: int, *, by: Person) -> tuple[CodingSeen, ...]:
    """List what one coder noted in a source, in the order of its text; never what others did."""
    rows = Coding.objects.filter(workspace_id=seen.id, passage__source=source, coder_id=by.id)
    found = rows.select_related("passage").order_by("passage__start", "pk")
    return tuple(coding_value(row) for row in found)


def coding_of(seen: WorkspaceSeen, number: int, *, by: Person) -> CodingSeen:
    """Give one's own code, or raise `NotFound` ``unknown_coding``."""
    rows = Coding.objects.filter(workspace_id=seen.id, pk=number, coder_id=by.id)
    row = rows.select_related("passage").first()
    if row is None:
        raise NotFound("unknown_coding")
    return coding_value(row)


def coding_value(row: Coding) -> CodingSeen:
    """Give a code as pages read it."""
    return CodingSeen(
        number=row.pk,
        passage=row.passage_id,
        start=row.passage.start or 0,
        end=row.passage.end or 0,
        what=row.code or row.dimension,
        part=row.part,
        direction=row.direction,
        strength=row.strength,
        note=row.note,
        stands=row.stands,
        made=row.made,
    )


def reading_by(seen: WorkspaceSeen, source: int, *, by: Person) -> RoundSeen | None:
    """Give the second reading that somebody is asked for in a source and has not finished."""
    rows = Round.objects.select_related("first", "second")
    row = rows.filter(workspace_id=seen.id, source=source, second_id=by.id, done=None).first()
    return None if row is None else round_value(row)


def spans(seen: WorkspaceSeen, passages: Sequence[int]) -> Mapping[int, tuple[int, int]]:
    """Give where passages stand in their text, in its order; those whose text ended are left out."""
    rows = Passage.objects.filter(workspace_id=seen.id, pk__in=passages, start__isnull=False)
    found = rows.order_by("start").values_list("pk", "start", "end")
    return {number: (start or 0, end or 0) for number, start, end in found}
