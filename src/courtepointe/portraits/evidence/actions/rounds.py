"""Passages are read a second time by somebody else, and talked over where the two differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create
from courtepointe.people.values import Person
from courtepointe.portraits.evidence.access import row_of, source_to_change, to_change
from courtepointe.portraits.evidence.models import Coding, Passage, Round, Source
from courtepointe.portraits.evidence.queries import coders_of


@transaction.atomic
def begin_round(
    slug: str, source: int, *, second: int, most: int = 0, by: Person, now: datetime
) -> int:
    """Ask somebody to read coded passages a second time, not seeing what was noted; give the reading's number.

    The first coder is whoever coded the source most, the second excepted.

    Parameters
    ----------
    second : int
        Account of a member who may contribute.
    most : int
        At most so many passages, spread over the text; 0 for all.

    Raises
    ------
    Refused
        ``evidence_nothing_coded``, ``evidence_no_consent``, ``evidence_round_open``.
    """
    row = source_to_change(slug, source, by=by, now=now)
    if not row.consent:
        raise Refused("evidence_no_consent")
    if row.rounds.filter(done=None).exists():
        raise Refused("evidence_round_open")
    if second not in coders_of(row.workspace_id, now=now):
        raise NotFound("unknown_member")
    first = _first(row, second)
    coded = Passage.objects.filter(codings__coder_id=first, source=row).distinct()
    numbers = list(coded.order_by("start").values_list("pk", flat=True))
    new = Round(
        workspace_id=row.workspace_id, source=row, first_id=first, second_id=second,
        passages=spread(numbers, most), begun=now,
    )  # fmt: skip
    return create(new, by=by, now=now).pk


def _first(row: Source, second: int) -> int:
    coded = Coding.objects.filter(passage__source=row, coder__isnull=False).exclude(coder_id=second)
    counted = coded.values("coder").annotate(count=Count("pk")).order_by("-count", "coder")
    found = counted.first()
    if found is None:
        raise Refused("evidence_nothing_coded")
    return int(found["coder"])


def spread(numbers: Sequence[int], most: int) -> list[int]:
    """Give at most so many of some numbers, evenly spread; all of them for 0."""
    if most < 0:
        raise BadInput("gathering_number", value=most, expected="0–")
    if most == 0 or most >= len(numbers):
        return list(numbers)
    return [numbers[place * len(numbers) // most] for place in range(most)]


@transaction.atomic
def finish_round(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Say that the second reading is done: what both noted is shown from then on, and stays.

    The second coder says so, or whoever may write. A passage that the second left without a code counts as
    one in which they found nothing.
    """
    workspace = workspace_to("contribute", slug, by=by, now=now)
    row = row_of(Round, number, workspace=workspace.id)
    if row.second_id != by.id:
        workspace_to("write", slug, by=by, now=now)
    if row.done is not None:
        raise Refused("evidence_round_done")
    change(row, {"done": now}, by=by, now=now)


@transaction.atomic
def settle(
    slug: str, number: int, passage: int, kept: Sequence[int], *, by: Person, now: datetime
) -> None:
    """Say which codes of a passage stand after it was talked over; those of both coders stay as they were.

    Parameters
    ----------
    kept : sequence of int
        Numbers of codes of the passage; none where neither is kept.
    """
    row = to_change(Round, slug, number, by=by, now=now)
    if row.done is None:
        raise Refused("evidence_round_open")
    source_to_change(slug, row.source_id, by=by, now=now)
    codings = Coding.objects.select_for_update().filter(passage_id=passage)
    held = {one.pk: one for one in codings}
    if passage not in row.passages:
        raise NotFound("unknown_passage")
    if not set(kept) <= held.keys():
        raise NotFound("unknown_coding")
    for one in held.values():
        change(one, {"stands": one.pk in set(kept)}, by=by, now=now)
    settled = sorted({*row.settled, passage})
    change(row, {"settled": settled}, by=by, now=now)
