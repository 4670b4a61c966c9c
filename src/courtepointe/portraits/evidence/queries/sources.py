"""Sources as pages read them; their words only to who may."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Length
from django.utils.timezone import localdate

from courtepointe.core.errors import NotAllowed, NotFound, Refused
from courtepointe.people.consents import consent_texts
from courtepointe.people.queries import members_of
from courtepointe.people.queries.consents import ConsentCount
from courtepointe.people.roles import rights_of
from courtepointe.people.values import WorkspaceSeen
from courtepointe.portraits.evidence.lists import CONSENT
from courtepointe.portraits.evidence.models import Coding, Round, Source
from courtepointe.portraits.evidence.values import Consent, Picture, RoundSeen, SourceSeen


def _rows(workspace: int) -> QuerySet[Source]:
    rows = Source.objects.filter(workspace_id=workspace).defer("text", "picture")
    return rows.annotate(
        n_signs=Length("text"),
        has_picture=Count("pk", filter=Q(picture__isnull=False), distinct=True),
        n_passages=Count("passages", distinct=True),
    ).order_by("-day", "-pk")


def sources(seen: WorkspaceSeen, portrait: int) -> tuple[SourceSeen, ...]:
    """List the sources of a portrait, the newest first."""
    rows = list(_rows(seen.id).filter(portrait_id=portrait))
    coders, rounds = _coders(rows), _rounds(rows)
    return tuple(_value(row, coders[row.pk], rounds[row.pk]) for row in rows)


def source(seen: WorkspaceSeen, portrait: int, number: int) -> SourceSeen:
    """Give a source of a portrait, or raise `NotFound` ``unknown_evidence_source``."""
    row = _rows(seen.id).filter(pk=number).first()
    if row is None or row.portrait_id != portrait:
        raise NotFound("unknown_evidence_source")
    return _value(row, _coders([row])[row.pk], _rounds([row])[row.pk])


def _coders(rows: list[Source]) -> Mapping[int, Mapping[str, int]]:
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    told = Coding.objects.filter(passage__source__in=[row.pk for row in rows])
    named = told.filter(coder__isnull=False).values_list("passage__source", "coder__name")
    for (number, name), count in Counter(named).items():
        counted[number][name] = count
    return counted


def _rounds(rows: list[Source]) -> Mapping[int, list[RoundSeen]]:
    held: dict[int, list[RoundSeen]] = defaultdict(list)
    found = Round.objects.filter(source__in=[row.pk for row in rows])
    for one in found.select_related("first", "second").order_by("pk"):
        held[one.source_id].append(round_value(one))
    return held


def round_value(one: Round) -> RoundSeen:
    """Give a second reading as pages read it."""
    return RoundSeen(
        number=one.pk,
        source=one.source_id,
        first_id=one.first_id,
        second_id=one.second_id,
        first=one.first.name if one.first else "",
        second=one.second.name if one.second else "",
        passages=tuple(one.passages),
        settled=frozenset(one.settled),
        begun=one.begun,
        done=one.done,
    )


def _value(row: Source, coders: Mapping[str, int], rounds: list[RoundSeen]) -> SourceSeen:
    n_signs = int(row.n_signs)  # type: ignore[attr-defined]
    ended = row.withdrawn is not None or not n_signs
    return SourceSeen(
        number=row.pk,
        kind=row.kind,
        title=row.title,
        day=row.day,
        place=row.place,
        origin=row.origin,
        n_signs=n_signs,
        has_picture=bool(row.has_picture),  # type: ignore[attr-defined]
        consent=Consent(row.consent, row.consent_day, row.may_quote),
        withdrawn=row.withdrawn,
        keep_until=row.keep_until,
        voices=row.voices,
        coders=dict(coders),
        n_passages=row.n_passages,  # type: ignore[attr-defined]
        rounds=tuple(rounds),
        is_open=bool(row.consent) and not ended,
        is_ended=ended,
    )


def text_of(seen: WorkspaceSeen, number: int) -> str:
    """Give the text of a source to somebody who may code it, or write it where nobody agreed yet.

    Raises
    ------
    NotFound
        ``unknown_evidence_source``
    NotAllowed
        ``role_needed``
    Refused
        ``evidence_no_consent``, ``evidence_ended``.
    """
    return _to_read(seen, number).text


def picture_of(seen: WorkspaceSeen, number: int) -> Picture:
    """Give the photograph of a source, to whom `text_of` gives its text."""
    row = _to_read(seen, number)
    if row.picture is None:
        raise NotFound("unknown_evidence_source")
    return Picture(bytes(row.picture), row.wide or 0, row.tall or 0)


def _to_read(seen: WorkspaceSeen, number: int) -> Source:
    row = Source.objects.filter(workspace_id=seen.id, pk=number).first()
    if row is None:
        raise NotFound("unknown_evidence_source")
    if "contribute" not in seen.rights:
        raise NotAllowed("role_needed")
    if row.withdrawn is not None or not row.text:
        raise Refused("evidence_ended")
    if not row.consent and "write" not in seen.rights:
        raise Refused("evidence_no_consent")
    return row


def coders_of(workspace: int, *, now: datetime) -> Mapping[int, str]:
    """Give who may code in a workspace: their accounts and names."""
    day: date = localdate(now)
    return {
        one.person.id: one.person.name
        for one in members_of(workspace)
        if "contribute" in rights_of(one.roles) and (one.until is None or one.until >= day)
    }


def consents_counted(workspace_id: int) -> tuple[ConsentCount, ...]:
    """Count a workspace's sources by the wording that was agreed to; documents ask for none."""
    gone = Q(withdrawn__isnull=False)
    rows = Source.objects.filter(workspace_id=workspace_id, consent_version__isnull=False)
    told = rows.values("consent_version").annotate(
        living=Count("pk", filter=~gone),
        gone=Count("pk", filter=gone),
        first=Min("consent_day", filter=~gone),
        last=Max("consent_day", filter=~gone),
        next_end=Min("keep_until", filter=~gone),
    )
    versions = consent_texts()[CONSENT].versions
    return tuple(
        ConsentCount(
            kind=Source._meta.label_lower,
            version=str(one["consent_version"]),
            text=next((v.words for v in versions if v.number == one["consent_version"]), None),
            living=one["living"],
            withdrawn=one["gone"],
            first=one["first"],
            last=one["last"],
            next_end=one["next_end"],
        )
        for one in told.order_by("consent_version")
    )
