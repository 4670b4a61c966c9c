"""The register of people's requests about what is held on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from courtepointe.people.models import Membership, RequestSearch, SubjectRequest


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the officer, or who made it, reads it; ``days_left`` is negative once it is late."""

    number: int
    kind: str
    account_id: int | None
    name: str
    contact: str
    detail: str
    received: date
    due: date
    state: str
    gathered: datetime | None
    answered: datetime | None
    answered_by: str
    reason: str
    days_left: int
    email: str


def _asked(row: SubjectRequest, on: date) -> Asked:
    return Asked(
        number=row.pk,
        kind=row.kind,
        account_id=row.account.pk if row.account else None,
        name=row.name,
        contact=row.contact,
        detail=row.detail,
        received=row.received,
        due=row.due,
        state=row.state,
        gathered=row.gathered,
        answered=row.answered,
        answered_by=row.answered_by.name if row.answered_by else "",
        reason=row.reason,
        days_left=(row.due - on).days,
        email=row.account.email if row.account else "",
    )


def requests_of(workspace_id: int, *, now: datetime) -> tuple[Asked, ...]:
    """List a workspace's requests: those that wait first, the most urgent first."""
    rows = SubjectRequest.objects.select_related("account", "answered_by")
    rows = rows.filter(workspace_id=workspace_id)
    listed = [_asked(row, localdate(now)) for row in rows.order_by("due", "pk")]
    return tuple(sorted(listed, key=lambda one: one.state != "open"))


@dataclass(frozen=True, slots=True)
class SearchSeen:
    """A search made for a request: its words, the rows of each kind that held them, what was done."""

    number: int
    words: str
    found: Mapping[str, int]
    done: str
    at: datetime
    by: str


def searches_of(workspace_id: int, number: int) -> tuple[SearchSeen, ...]:
    """List the searches made for a request, the newest first."""
    rows = RequestSearch.objects.select_related("by").filter(workspace_id=workspace_id)
    return tuple(
        SearchSeen(
            row.pk, row.words, dict(row.found), row.done, row.at, row.by.name if row.by else ""
        )
        for row in rows.filter(request_id=number).order_by("-pk")
    )


def requests_by(account_id: int, *, now: datetime) -> tuple[tuple[str, Asked], ...]:
    """List what a person asked, with the name of each workspace."""
    rows = SubjectRequest.objects.select_related("account", "answered_by", "workspace")
    rows = rows.filter(account_id=account_id).order_by("-pk")
    return tuple((row.workspace.name, _asked(row, localdate(now))) for row in rows)


@dataclass(frozen=True, slots=True)
class Holder:
    """A workspace that holds something on a person, and how to reach who answers for it."""

    id: int
    slug: str
    name: str
    officer_title: str
    officer_contact: str
    is_member: bool


def holders_of(account_id: int, *, now: datetime) -> tuple[Holder, ...]:
    """List the workspaces in which a person has, or had, a seat: they may ask there."""
    today = localdate(now)
    found: dict[int, Holder] = {}
    seats = Membership.objects.select_related("workspace").filter(account_id=account_id)
    for seat in seats.order_by("workspace__name", "pk"):
        where = seat.workspace
        living = seat.ended is None and (seat.until is None or seat.until >= today)
        before = found.get(where.pk)
        found[where.pk] = Holder(
            id=where.pk,
            slug=where.slug,
            name=where.name,
            officer_title=where.officer_title,
            officer_contact=where.officer_contact,
            is_member=(living and where.closed is None) or bool(before and before.is_member),
        )
    return tuple(found.values())
