"""The rows of one person in a workspace: those that tell of them, those that they merely wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from courtepointe.people.models import Membership, SubjectRequest
from courtepointe.people.personal import Held
from courtepointe.people.sealed import fingerprint

Rows: TypeAlias = QuerySet[Any]
NOBODY = Q(pk__in=())
MARKS = re.compile(r"[\s,;:<>()]+")


@dataclass(frozen=True, slots=True)
class Whom:
    """Who is looked for.

    Attributes
    ----------
    account_id : int or None
        Their account, where they have one.
    contact : str
        An e-mail address, a telephone, or the code that stands for their name; empty where none was given.
    """

    account_id: int | None = None
    contact: str = ""


def asked_by(row: SubjectRequest) -> Whom:
    """Say whom a request is about; who is or was a member is known by the address they sign in with too."""
    if row.account_id is not None or not row.contact.strip():
        return Whom(row.account_id, row.contact)
    seats = Membership.objects.filter(workspace_id=row.workspace_id)
    known = seats.filter(account__email__iexact=row.contact.strip()).first()
    return Whom(known.account_id if known else None, row.contact)


def rows_in(held: Held, workspace_id: int) -> Rows:
    """Give the rows of a kind that a workspace holds; all of them where the installation does."""
    rows: Rows = apps.get_model(held.model)._default_manager.all()
    return rows.filter(**{held.workspace: workspace_id}) if held.workspace else rows


def about(held: Held, workspace_id: int, whom: Whom) -> Rows:
    """Give the rows that tell of somebody."""
    rows = rows_in(held, workspace_id).filter(_telling(held, workspace_id, whom))
    return rows.distinct().order_by("pk")


def _telling(held: Held, workspace_id: int, whom: Whom) -> Q:
    said, mark = NOBODY, fingerprint(whom.contact)
    if whom.account_id is not None:
        for path in held.about:
            said |= Q(**{path: whom.account_id})
    if mark:
        for path in held.prints:
            said |= Q(**{path: mark})
        for path in held.codes:
            said |= Q(**{f"{path}__iexact": whom.contact.strip()})
        if held.found_by:
            said |= Q(pk__in=import_string(held.found_by)(workspace_id, whom.contact))
    return said


def acts(held: Held, workspace_id: int, whom: Whom, *, path: str = "") -> Rows:
    """Give the rows that somebody wrote and that do not tell of them; by one field where it is named."""
    wrote = NOBODY
    if whom.account_id is not None:
        for one in (path,) if path else held.acts:
            wrote |= Q(**{one: whom.account_id})
    rows = rows_in(held, workspace_id).filter(wrote)
    return rows.exclude(pk__in=about(held, workspace_id, whom).order_by().values("pk")).order_by(
        "pk"
    )


SHORTEST_NUMBER = 7
AREA_AND_NUMBER = 10
"""Digits of a telephone: with fewer than the first anybody would be found; those before the last ten are a country's."""


def holds_contact(texts: Iterable[str], contact: str) -> bool:
    """Say whether a text holds an e-mail address, whatever the case, or a telephone, however it is written."""
    plain = contact.strip().casefold()
    if "@" in plain:
        return any(plain in MARKS.split(text.casefold()) for text in texts)
    number = _digits(plain)[-AREA_AND_NUMBER:]
    return len(number) >= SHORTEST_NUMBER and any(_digits(text).endswith(number) for text in texts)


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdecimal())
