"""Lists of records: by name, some at a time, narrowed; each page is a few questions to the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate, localtime

from courtepointe.places.belongs import folded
from courtepointe.places.hours import is_open
from courtepointe.places.models import Entry, Part, Proposal
from courtepointe.places.queries.directories import shown_to
from courtepointe.places.values import Audience, Filters, Listed, Page

PAGE = 50
ROUNDS = 20
"""How many pages are looked through for open ones before the reader is asked to go on."""
KINDS = ("organization", "service", "location")
MOST_NAMED = 2_000
A_MONTH = timedelta(days=30)


def listed(
    workspace_id: int | None,
    filters: Filters,
    audience: Audience,
    *,
    now: datetime,
    after: int | None = None,
) -> Page:
    """List records by name, 50 at a time.

    Parameters
    ----------
    workspace_id : int or None
        None: of all workspaces that are open.
    after : int or None
        Number of the last record of the page before.
    """
    rows = shown_to(_of(workspace_id), audience)
    rows = _narrowed(rows, filters, audience, localdate(now))
    rows = rows.order_by("folded", "pk")
    if not filters.open_now:
        some = list(_after(rows, after)[: PAGE + 1])
        more = len(some) > PAGE
        return Page(tuple(told_in_list(some[:PAGE])), some[PAGE - 1].pk if more else None)
    return _open_ones(rows, after, localtime(now))


def _of(workspace_id: int | None) -> QuerySet[Entry]:
    if workspace_id is None:
        return Entry.objects.filter(workspace__closed=None, table__in=KINDS)
    return Entry.objects.filter(workspace_id=workspace_id, table__in=KINDS)


def _after(rows: QuerySet[Entry], number: int | None) -> QuerySet[Entry]:
    last = None if number is None else Entry.objects.filter(pk=number).values("folded").first()
    if last is None:
        return rows
    name = last["folded"]
    return rows.filter(Q(folded__gt=name) | Q(folded=name, pk__gt=number))


def _open_ones(rows: QuerySet[Entry], after: int | None, at: datetime) -> Page:
    """Look through records that have hours, page by page, for those that are open."""
    rows = rows.filter(Exists(Part.objects.filter(holder=OuterRef("pk"), table="schedule")))
    found: list[Entry] = []
    for _ in range(ROUNDS):
        some = list(_after(rows, after)[:PAGE])
        hours = schedules_of(one.pk for one in some)
        for one in some:
            after = one.pk
            if is_open(hours[one.pk], at):
                found.append(one)
                if len(found) == PAGE:
                    return Page(tuple(told_in_list(found)), after)
        if len(some) < PAGE:
            return Page(tuple(told_in_list(found)), None)
    return Page(tuple(told_in_list(found)), after)


def schedules_of(numbers: Iterable[int]) -> Mapping[int, list[Mapping[str, Any]]]:
    """Give the schedules of some records, by number."""
    found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    rows = Part.objects.filter(holder_id__in=list(numbers), table="schedule")
    for holder, values in rows.values_list("holder_id", "values"):
        found[holder].append(values)
    return found


def _narrowed(
    rows: QuerySet[Entry], filters: Filters, audience: Audience, today: date
) -> QuerySet[Entry]:
    for word in folded(filters.q[:200]).split():
        rows = rows.filter(folded__contains=f" {word}")
    if filters.kind in KINDS:
        rows = rows.filter(table=filters.kind)
    if filters.area:
        rows = rows.filter(area_key=filters.area)
    if filters.language:
        rows = rows.filter(_has("language", key=filters.language.casefold()))
    if filters.accessible:
        rows = rows.filter(_has("accessibility", key="yes"))
    if filters.unverified_months is not None:
        since = today - filters.unverified_months * A_MONTH
        rows = rows.filter(Q(verified_on=None) | Q(verified_on__lt=since))
    return _in_state(rows, filters.state) if audience.visibilities is None else rows


def _has(table: str, *, key: str) -> Exists:
    return Exists(Part.objects.filter(holder=OuterRef("pk"), table=table, key=key))


def _in_state(rows: QuerySet[Entry], state: str) -> QuerySet[Entry]:
    waits = Proposal.objects.filter(holder=OuterRef("pk"), state=Proposal.State.OPEN)
    of: dict[str, Any] = {
        "closed": Q(closed__isnull=False),
        "review": Q(awaits_review=True),
        "unlocated": Q(table="location", is_located=False, closed=None),
        "disagrees": Q(disagrees=True, closed=None),
        "proposals": Exists(waits),
    }
    return rows.filter(of.get(state, Q(closed=None)))


def told_in_list(rows: Iterable[Entry]) -> list[Listed]:
    """Give rows as a list shows them: their addresses are asked for together."""
    some = list(rows)
    addresses = _addresses([one.pk for one in some])
    return [
        Listed(
            number=one.pk,
            uid=str(one.uid),
            table=one.table,
            name=str(one.values.get("name", "")),
            description=str(one.values.get("description", "")),
            address=addresses.get(one.pk, ""),
            area_name=one.area_name,
            verified_on=one.verified_on,
            visibility=one.visibility,
            awaits_review=one.awaits_review,
            closed=one.closed,
            is_located=one.is_located,
            disagrees=one.disagrees,
        )
        for one in some
    ]


def _addresses(numbers: list[int]) -> dict[int, str]:
    rows = Part.objects.filter(holder_id__in=numbers, table="address").order_by("-pk")
    return {
        holder: str(values.get("address_1", ""))
        for holder, values in rows.values_list("holder_id", "values")
    }


def areas_named(workspace_id: int | None, audience: Audience) -> list[tuple[str, str]]:
    """List the areas in which there is a record, by name: key and name."""
    rows = shown_to(_of(workspace_id), audience).exclude(area_key="")
    pairs = rows.order_by("area_name").values_list("area_key", "area_name").distinct()
    return list(pairs)


def languages_named(workspace_id: int | None, audience: Audience) -> list[str]:
    """List the languages that records say, by code."""
    held = shown_to(_of(workspace_id), audience)
    rows = Part.objects.filter(table="language", holder__in=held).exclude(key="")
    return list(rows.order_by("key").values_list("key", flat=True).distinct())


def public_rows() -> QuerySet[Entry]:
    """Give the records that anyone may see."""
    return Entry.objects.filter(
        visibility="public", awaits_review=False, closed=None, workspace__closed=None
    )


def named(workspace_id: int, table: str) -> list[tuple[int, str, str]]:
    """List the records of a kind, by name: number, identifier, name."""
    rows = Entry.objects.filter(workspace_id=workspace_id, table=table, closed=None)
    held = rows.order_by("folded", "pk").values_list("pk", "uid", "values__name")
    return [(number, str(uid), str(name or "")) for number, uid, name in held[:MOST_NAMED]]
