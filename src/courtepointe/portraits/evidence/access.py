"""The one gate: sources and codes of a workspace, to whoever may write or code them."""

from __future__ import annotations

from datetime import datetime

from courtepointe.core.errors import NotFound, Refused
from courtepointe.people.access import Gate
from courtepointe.people.values import Person
from courtepointe.portraits.evidence.models import Code, Coding, Passage, Round, Source
from courtepointe.portraits.resilience.access import portrait_to_fill

GATE = Gate(
    {
        Code: "unknown_evidence_code",
        Coding: "unknown_coding",
        Passage: "unknown_passage",
        Round: "unknown_evidence_round",
        Source: "unknown_evidence_source",
    }
)
row_of, to_change = GATE.row_of, GATE.to_change


def source_to_change(slug: str, number: int, *, by: Person, now: datetime) -> Source:
    """Give a source, locked, whose portrait is open and whose text was not destroyed.

    Raises
    ------
    Refused
        ``portrait_closed``, ``evidence_ended``.
    """
    return _living(to_change(Source, slug, number, by=by, now=now), slug, by=by, now=now)


def source_to_code(slug: str, number: int, *, by: Person, now: datetime) -> Source:
    """Give a source, locked, to somebody who may code it.

    Raises
    ------
    Refused
        ``portrait_closed``, ``evidence_ended``; ``evidence_no_consent`` where nobody agreed yet.
    """
    row = to_change(Source, slug, number, by=by, now=now, right="contribute")
    _living(row, slug, by=by, now=now, right="contribute")
    if not row.consent:
        raise Refused("evidence_no_consent")
    return row


def _living(row: Source, slug: str, *, by: Person, now: datetime, right: str = "write") -> Source:
    """Give a source that still has its text, its portrait locked: whoever closes it comes before or after."""
    portrait_to_fill(slug, row.portrait_id, by=by, now=now, right=right)
    if row.withdrawn is not None or not row.text:
        raise Refused("evidence_ended")
    return row


def own_coding(slug: str, number: int, *, by: Person, now: datetime) -> Coding:
    """Give a code of one's own, locked, in a source that may be coded; somebody else's is not told of."""
    row = to_change(Coding, slug, number, by=by, now=now, right="contribute")
    source_to_code(slug, row.passage.source_id, by=by, now=now)
    if row.coder_id != by.id:
        raise NotFound("unknown_coding")
    return row
