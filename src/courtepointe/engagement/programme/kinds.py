"""The kinds of records of a run: what each chooses from, what it must say, which days follow which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from courtepointe.core.errors import BadInput
from courtepointe.engagement.programme.days import near, past
from courtepointe.engagement.programme.path import choices, usual_phases
from courtepointe.engagement.programme.values import (
    Achievement,
    Communication,
    Finding,
    Phase,
    Question,
    Record,
    Risk,
    Transfer,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of record asks of its values.

    Attributes
    ----------
    chosen
        Field -> the name of its choices; a field of ``optional`` may be empty.
    said
        Fields that may not be empty.
    follows
        Pairs of days: the second is not before the first, where both are given.
    past
        Days on which something happened: none is to come.
    """

    code: str
    record: type[Record]
    chosen: Mapping[str, str] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    said: tuple[str, ...] = ()
    follows: tuple[tuple[str, str], ...] = ()
    past: tuple[str, ...] = ()


_CARRIER = frozenset({"carrier"})
KINDS: Mapping[str, Kind] = {
    one.code: one
    for one in (
        Kind(
            "phase",
            Phase,
            follows=(("starts", "ends"), ("began", "ended")),
            past=("began", "ended"),
        ),
        Kind(
            "communication",
            Communication,
            chosen={
                "audience": "audiences",
                "channel": "channels",
                "languages": "languages",
                "carrier": "carriers",
                "state": "communication_states",
            },
            optional=_CARRIER,
            said=("message", "languages"),
            past=("sent_on",),
        ),
        Kind(
            "transfer",
            Transfer,
            chosen={"way": "ways", "state": "transfer_states"},
            said=("what", "to_whom"),
        ),
        Kind(
            "question",
            Question,
            chosen={"method": "methods", "carrier": "carriers", "state": "question_states"},
            optional=_CARRIER,
            said=("text", "users", "use"),
        ),
        Kind(
            "finding",
            Finding,
            chosen={"strength": "strengths", "state": "finding_states"},
            said=("text",),
            past=("on",),
        ),
        Kind(
            "risk",
            Risk,
            chosen={
                "chance": "chances",
                "weight": "weights",
                "carrier": "carriers",
                "state": "risk_states",
            },
            optional=_CARRIER,
            said=("text",),
        ),
        Kind(
            "achievement",
            Achievement,
            chosen={"visibility": "visibilities"},
            said=("title",),
            follows=(("on", "celebrated_on"),),
            past=("on", "celebrated_on"),
        ),
    )
}


def kind_of(record: Record) -> Kind:
    """Give the kind of a record."""
    return next(kind for kind in KINDS.values() if isinstance(record, kind.record))


def checked(record: Record, *, today: date) -> Kind:
    """Give a record's kind once its values hold together; else raise `BadInput`, nothing kept."""
    kind = kind_of(record)
    for name in kind.said:
        told = getattr(record, name)
        if not (told.strip() if isinstance(told, str) else told):
            raise BadInput("programme_field_needed", column=name)
    for name, list_name in kind.chosen.items():
        _check_chosen(name, getattr(record, name), list_name, empty=name in kind.optional)
    _check_days(record, kind, today)
    if isinstance(record, Phase) and not record.title.strip() and record.code not in usual_phases():
        raise BadInput("programme_field_needed", column="title")
    return kind


def _check_days(record: Record, kind: Kind, today: date) -> None:
    near(*(told for told in asdict(record).values() if isinstance(told, date)))
    past(*(getattr(record, name) for name in kind.past), today=today)
    for first, then in kind.follows:
        before, after = getattr(record, first), getattr(record, then)
        if before is not None and after is not None and after < before:
            raise BadInput("ends_before_it_begins", value=after, expected=before)


def _check_chosen(name: str, told: str | tuple[str, ...], list_name: str, *, empty: bool) -> None:
    known = choices(list_name)
    for code in (told,) if isinstance(told, str) else told:
        if code not in known and not (empty and code == ""):
            raise BadInput(
                "programme_unknown_choice", column=name, value=code, expected=", ".join(known)
            )
