"""What hubs take from the directory: hosts, members, places that could hold one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from courtepointe.core.errors import NotFound
from courtepointe.hubs.models import Member
from courtepointe.hubs.values import CandidatePage, CandidateSeen
from courtepointe.people.values import WorkspaceSeen
from courtepointe.places.belongs import point_of
from courtepointe.places.models import Candidate as Double
from courtepointe.places.models import Capacity, Entry, Part

SQUARE_METRES = (
    "m²", "m2", "mètres carrés", "metres carres", "sq m", "square metres", "square meters",
)  # fmt: skip
SEATS = ("places assises", "places", "personnes", "seats", "people", "persons")
PAGE = 50
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
    seen: WorkspaceSeen, *, step_free: bool = False, surplus: bool = False, after: int | None = None
) -> CandidatePage:
    """List the places of a workspace's directory as they could hold a hub, by name, 50 at a time: no rank.

    ``step_free`` and ``surplus`` keep only what is known to have them. Floor area is the capacity
    counted in square metres, surplus space what is available of it. ``after`` is the number of the
    last place of the page before.
    """
    rows = Entry.objects.filter(workspace_id=seen.id, table="location", closed=None)
    if step_free:
        said = Part.objects.filter(holder=OuterRef("pk"), table="accessibility")
        rows = rows.filter(Exists(said.filter(key="yes")), ~Exists(said.filter(key="no")))
    if surplus:
        spare = Capacity.objects.filter(holder=OuterRef("pk"), available__gt=0)
        rows = rows.filter(Exists(spare.filter(_in_units(SQUARE_METRES))))
    some = list(_after(rows, after).order_by("folded", "pk")[: PAGE + 1])
    held = some[:PAGE]
    numbers = [row.pk for row in held]
    told = _Told(
        counted=counted_of(numbers),
        step_free=accessible_of(numbers),
        hours=frozenset(_with_hours(numbers)),
        addresses=addresses(numbers),
        hubs=_hubs_on(seen.id),
    )
    rest = held[-1].pk if len(some) > PAGE else None
    return CandidatePage(tuple(_candidate(row, told) for row in held), rest)


def _after(rows: QuerySet[Entry], number: int | None) -> QuerySet[Entry]:
    last = None if number is None else rows.model.objects.filter(pk=number).values_list("folded", flat=True).first()  # fmt: skip
    if last is None:
        return rows
    return rows.filter(Q(folded__gt=last) | Q(folded=last, pk__gt=number))


def _in_units(units: Iterable[str]) -> Q:
    """Find capacities by their unit, in capitals or not."""
    found = Q()
    for unit in units:
        found |= Q(unit__iexact=unit)
    return found


def _with_hours(numbers: list[int]) -> Iterator[int]:
    rows = Part.objects.filter(holder_id__in=numbers, table="schedule")
    yield from (one for one in rows.values_list("holder_id", flat=True) if one is not None)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of some places, by number."""

    counted: Counted
    step_free: Mapping[int, bool]
    hours: frozenset[int]
    addresses: Mapping[int, str]
    hubs: Mapping[int, tuple[str, ...]]


def _candidate(row: Entry, told: _Told) -> CandidateSeen:
    floor = told.counted.get(row.pk, {}).get("floor")
    seats = told.counted.get(row.pk, {}).get("seats")
    address = told.addresses.get(row.pk, "")
    return CandidateSeen(
        record=row.pk,
        name=str(row.values.get("name") or address or "—"),
        address=address,
        area=row.area_name,
        floor_m2=floor[0] if floor else None,
        surplus_m2=floor[1] if floor else None,
        seats=seats[0] if seats else None,
        has_hours=row.pk in told.hours,
        step_free=told.step_free.get(row.pk),
        verified_on=row.verified_on,
        hubs=told.hubs.get(row.pk, ()),
        has_point=point_of(row.values) is not None,
    )


def counted_of(numbers: Sequence[int]) -> Counted:
    """Give floor areas in square metres and seats of some places: maximum, available."""
    found: dict[int, dict[str, tuple[int, int | None]]] = defaultdict(dict)
    for one in Capacity.objects.filter(holder_id__in=numbers).order_by("-pk"):
        unit = one.unit.strip().lower()
        if unit in SQUARE_METRES:
            found[one.holder_id]["floor"] = (one.maximum, one.available)
        elif unit in SEATS:
            found[one.holder_id]["seats"] = (one.maximum, one.available)
    return found


def accessible_of(numbers: Sequence[int]) -> dict[int, bool]:
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
