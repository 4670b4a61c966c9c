"""What hubs take from the directory: hosts, members, places that could hold one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Q

from courtepointe.core.errors import NotFound
from courtepointe.hubs.models import Member
from courtepointe.hubs.values import CandidateSeen
from courtepointe.people.values import WorkspaceSeen
from courtepointe.places.belongs import folded
from courtepointe.places.models import Candidate as Double
from courtepointe.places.models import Capacity, Entry, Part

SQUARE_METRES = frozenset({"m2", "m²", "sq m", "metres carres", "square metres", "square meters"})
SEATS = frozenset({"seats", "places", "places assises", "personnes", "people", "persons"})
MOST = 300
MOST_MERGES = 8
"""How many merges one after the other are followed."""
Counted = Mapping[int, Mapping[str, tuple[int, int | None]]]


def record_uid(workspace_id: int, number: int, table: str) -> UUID:
    """Give the identifier of an open record of a kind, or raise `NotFound` ``unknown_record``."""
    rows = Entry.objects.filter(workspace_id=workspace_id, pk=number, table=table, closed=None)
    uid = rows.values_list("uid", flat=True).first()
    if uid is None:
        raise NotFound("unknown_record")
    return uid


def records_of(workspace_id: int, uids: Iterable[UUID | None]) -> dict[UUID, Entry]:
    """Find records by their identifiers; one that was merged is found under the one that was kept.

    What is neither there nor merged is left out.
    """
    asked = {uid: uid for uid in uids if uid is not None}
    found: dict[UUID, Entry] = {}
    for _ in range(MOST_MERGES):
        rows = Entry.objects.filter(workspace_id=workspace_id, uid__in=set(asked.values()))
        held = {row.uid: row for row in rows.filter(table__in=("organization", "location"))}
        found |= {uid: held[now] for uid, now in asked.items() if now in held}
        asked = _merged(workspace_id, {u: now for u, now in asked.items() if now not in held})
        if not asked:
            break
    return found


def _merged(workspace_id: int, lost: Mapping[UUID, UUID]) -> dict[UUID, UUID]:
    """Say with which other record each lost one was joined."""
    if not lost:
        return {}
    rows = Double.objects.filter(workspace_id=workspace_id, decision=Double.Decision.SAME)
    pairs = list(rows.filter(Q(first__in=lost.values()) | Q(second__in=lost.values())))
    other = {one.first: one.second for one in pairs} | {one.second: one.first for one in pairs}
    return {uid: other[now] for uid, now in lost.items() if now in other}


def addresses(numbers: Iterable[int]) -> dict[int, str]:
    """Give the first address of some records."""
    rows = Part.objects.filter(holder_id__in=list(numbers), table="address").order_by("-pk")
    return {
        holder: str(values.get("address_1", ""))
        for holder, values in rows.values_list("holder_id", "values")
        if holder is not None
    }


def candidates(
    seen: WorkspaceSeen, *, step_free: bool = False, surplus: bool = False
) -> tuple[CandidateSeen, ...]:
    """List the places of a workspace's directory as they could hold a hub, by name: no rank.

    ``step_free`` and ``surplus`` keep only what is known to have them. Floor area is the capacity
    counted in square metres, surplus space what is available of it.
    """
    rows = Entry.objects.filter(workspace_id=seen.id, table="location", closed=None)
    held = list(rows.exclude(values__name=None).order_by("folded", "pk")[:MOST])
    numbers = [row.pk for row in held]
    counted, told = _counted(numbers), _accessible(numbers)
    hours = set(
        Part.objects.filter(holder_id__in=numbers, table="schedule").values_list("holder_id", flat=True)
    )  # fmt: skip
    streets, hubs = addresses(numbers), _hubs_on(seen.id)
    found = (
        _candidate(row, counted, told, row.pk in hours, streets.get(row.pk, ""), hubs)
        for row in held
    )
    return tuple(
        one for one in found if (not step_free or one.step_free) and (not surplus or one.surplus_m2)
    )


def _candidate(
    row: Entry, counted: Counted, told: Mapping[int, bool], has_hours: bool, street: str,
    hubs: Mapping[int, tuple[str, ...]],
) -> CandidateSeen:  # fmt: skip
    floor = counted.get(row.pk, {}).get("floor")
    seats = counted.get(row.pk, {}).get("seats")
    return CandidateSeen(
        record=row.pk,
        name=str(row.values.get("name", "")),
        address=street,
        area=row.area_name,
        floor_m2=floor[0] if floor else None,
        surplus_m2=floor[1] if floor else None,
        seats=seats[0] if seats else None,
        has_hours=has_hours,
        step_free=told.get(row.pk),
        verified_on=row.verified_on,
        hubs=hubs.get(row.pk, ()),
    )


def _counted(numbers: list[int]) -> Counted:
    found: dict[int, dict[str, tuple[int, int | None]]] = defaultdict(dict)
    for one in Capacity.objects.filter(holder_id__in=numbers).order_by("-pk"):
        unit = folded(one.unit).strip()
        if unit in SQUARE_METRES or one.unit.strip() in SQUARE_METRES:
            found[one.holder_id]["floor"] = (one.maximum, one.available)
        elif unit in SEATS:
            found[one.holder_id]["seats"] = (one.maximum, one.available)
    return found


def _accessible(numbers: list[int]) -> dict[int, bool]:
    """Say what is told of steps; a place of which one says yes and another no has steps somewhere."""
    rows = Part.objects.filter(holder_id__in=numbers, table="accessibility")
    found: dict[int, bool] = {}
    for holder, key in rows.values_list("holder_id", "key"):
        if holder is not None and key in ("yes", "no"):
            found[holder] = found.get(holder, True) and key == "yes"
    return found


def _hubs_on(workspace_id: int) -> dict[int, tuple[str, ...]]:
    rows = Member.objects.filter(workspace_id=workspace_id, kind="location").exclude(record=None)
    standing = list(rows.exclude(hub__status="ended").order_by("hub__name").select_related("hub"))
    records = records_of(workspace_id, (one.record for one in standing))
    found: dict[int, list[str]] = defaultdict(list)
    for one in standing:
        if one.record in records:
            found[records[one.record].pk].append(one.hub.name)
    return {number: tuple(names) for number, names in found.items()}
