"""What people say, read and answer, as data: counted for all, quoted where they agreed to be, a few never told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from courtepointe.doors.resilience_data.gathered import Gathered
from courtepointe.doors.resilience_data.plain import both, day, month, score_told
from courtepointe.portraits.evidence.values import Quote
from courtepointe.portraits.readings.values import ReadingSeen, ScoreKept
from courtepointe.portraits.resilience import lens
from courtepointe.portraits.resilience.lens import GroupSeen
from courtepointe.portraits.resilience.values import DimensionVoices


def groups_told(held: Gathered) -> list[dict[str, Any]]:
    """Give each group of the lens: how it is counted here, and in how many sources it speaks."""
    return [
        {"code": code, "known": one.known, **_count(one), "sources": held.heard.get(code, 0)}
        for code, one in held.groups.items()
    ]


def _count(one: GroupSeen) -> dict[str, Any]:
    figure = one.figure if one.known == lens.COUNTED else None
    if figure is None:
        return {"value": None, "low": None, "high": None, "unit": None, "status": None}
    return {
        "value": figure.value, "low": figure.low, "high": figure.high, "unit": figure.unit,
        "status": figure.status.value,
    }  # fmt: skip


def voices_told(held: Gathered) -> list[dict[str, Any]]:
    """Give what people say of each dimension."""
    return [_said(one, held.quotes.get(code, ())) for code, one in held.voices.items()]


def _said(one: DimensionVoices, quotes: Sequence[Quote]) -> dict[str, Any]:
    return {
        "dimension": one.dimension,
        "strengths": one.strengths,
        "fragilities": one.fragilities,
        "contradictions": one.contradictions,
        "sources": one.n_sources,
        "newest": month(one.newest),
        "groups": [{"code": code, "sources": count} for code, count in one.groups.items()],
        "quotes": [_quote(each) for each in quotes],
    }


def _quote(one: Quote) -> dict[str, Any]:
    return {
        "passage": one.passage,
        "text": one.text,
        "direction": one.direction,
        "strength": one.strength,
        "kind": one.kind,
        "place": one.place,
        "month": month(one.day),
    }


def readings_told(held: Gathered) -> list[dict[str, Any]]:
    """Give each version of each reading, with the group that validated it."""
    return [_reading(one) for one in held.readings]


def _reading(one: ReadingSeen) -> dict[str, Any]:
    return {
        "number": one.number,
        "dimension": one.dimension,
        "version": one.version,
        "state": one.state,
        "agreement": one.agreement,
        "numbers": one.number_view,
        "voices": one.local_view,
        "text": None if one.text is None else both(one.text),
        "written": day(one.written),
        "superseded": day(one.superseded),
        "validated": _validated(one),
    }


def _validated(one: ReadingSeen) -> Mapping[str, Any] | None:
    if one.validated is None:
        return None
    return {
        "on": day(one.validated),
        "by": one.validated_by,
        "people": one.people,
        "meeting": one.meeting_name or None,
        "decision": one.decision_name or None,
        "score": _kept(one.kept),
    }


def _kept(one: ScoreKept | None) -> Mapping[str, Any] | None:
    """Give what the numbers said when a reading was validated; None where that was before it was kept."""
    if one is None:
        return None
    return {**score_told(one.numbers, one.used), "kept": day(one.made)}


def replies_told(held: Gathered) -> list[dict[str, Any]]:
    """Give the replies that stand beside the portrait today."""
    return [
        {
            "dimension": one.dimension,
            "about": one.about,
            "text": one.text,
            "by": one.told_by or None,
            "received": day(one.received),
        }
        for some in held.replies.values()
        for one in some
    ]
