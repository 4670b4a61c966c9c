"""Pairs of records that may be one, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Count

from courtepointe.formats.hsds import Directory
from courtepointe.places.models import Candidate, Entry, Part, Source
from courtepointe.places.planned import source_of
from courtepointe.places.queries.directories import record_of
from courtepointe.places.values import PairTold, Side

PAGE = 20
SEEN = ("address", "phone")
Decision = Candidate.Decision


def compared_directory(workspace_id: int) -> Directory:
    """Give what records are compared by: names, positions, addresses and telephones, no contact."""
    entries = Entry.objects.filter(
        workspace_id=workspace_id, table__in=("organization", "location"), closed=None
    ).order_by("pk")
    found: dict[str, list] = {"organization": [], "location": [], "address": [], "phone": []}  # type: ignore[type-arg]
    for row in entries.iterator(chunk_size=2_000):
        found[row.table].append(record_of(row))
    parts = Part.objects.filter(workspace_id=workspace_id, table__in=SEEN).order_by("pk")
    for part in parts.iterator(chunk_size=2_000):
        if "contact_id" not in part.values:
            found[part.table].append(record_of(part))
    return Directory({name: tuple(some) for name, some in found.items()})


def pair_counts(workspace_id: int) -> dict[str, int]:
    """Count the pairs by what was decided; the empty word: nothing yet."""
    rows = Candidate.objects.filter(workspace_id=workspace_id).values("decision")
    return {one["decision"]: one["n"] for one in rows.annotate(n=Count("pk"))}


def pairs_to_decide(workspace_id: int, *, decision: str = Decision.NONE) -> tuple[PairTold, ...]:
    """List the likeliest pairs that wait, or that were decided so; both of whose records still stand."""
    rows = Candidate.objects.filter(workspace_id=workspace_id, decision=decision)
    some = list(rows.order_by("-probability", "pk")[:PAGE])
    sides = _sides(workspace_id, {uid for one in some for uid in (one.first, one.second)})
    told = []
    for one in some:
        first, second = sides.get((one.table, one.first)), sides.get((one.table, one.second))
        if first and second:
            reasons = tuple((what, level) for what, level in one.reasons)
            told.append(
                PairTold(one.pk, one.table, first, second, one.probability, one.distance_m, reasons, one.decision)
            )  # fmt: skip
    return tuple(told)


def _sides(workspace_id: int, uids: Iterable[object]) -> Mapping[tuple[str, object], Side]:
    entries = list(Entry.objects.filter(workspace_id=workspace_id, uid__in=list(uids), closed=None))
    parts: dict[tuple[int | None, str], str] = {}
    held = Part.objects.filter(holder__in=entries, table__in=SEEN).order_by("-pk")
    for part in held:
        if "contact_id" not in part.values:
            told = part.values.get("address_1") or part.values.get("number", "")
            parts[part.holder_id, part.table] = str(told)
    told = (source_of(one.sources, "name").get("source") for one in entries)
    sources = {int(one) for one in told if one}
    named = dict(Source.objects.filter(pk__in=sources).values_list("pk", "name"))
    return {
        (one.table, one.uid): Side(
            number=one.pk,
            uid=str(one.uid),
            name=str(one.values.get("name", "")),
            address=parts.get((one.pk, "address"), ""),
            phone=parts.get((one.pk, "phone"), ""),
            description=str(one.values.get("description", "")),
            source=named.get(source_of(one.sources, "name").get("source", 0), ""),
            verified_on=one.verified_on,
        )
        for one in entries
    }
