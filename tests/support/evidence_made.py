"""Sources of a resilience portrait, for tests: an interview of a few sentences, and a long one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from tests.support.table import NOW, Table

from courtepointe.people.access import workspace_to
from courtepointe.people.values import Person, WorkspaceSeen
from courtepointe.portraits.evidence.actions import add_source, code
from courtepointe.portraits.evidence.sentences import sentences_of
from courtepointe.portraits.evidence.values import Consent, NewCoding, NewSource

TEXT = (
    "On se connaît tous dans la ruelle. Quand le courant a manqué, M. Roy a sorti son réchaud.\n"
    "Personne ne nous a prévenus. La Ville a envoyé un message, mais en français seulement.\n"
    "On a eu froid, et on a ri."
)
AGREED = Consent("spoken", date(2026, 5, 2), may_quote=True)
INTERVIEW = NewSource(
    kind="interview",
    title="Entrevue à la ruelle des Lilas",
    day=date(2026, 5, 2),
    text=TEXT,
    keep_until=date(2028, 5, 2),
    consent=AGREED,
    place="Secteur nord",
    origin="Notes prises à la main",
    voices={"seniors": 2, "tenants": 6},
)
"""Five sentences, in three paragraphs."""


def brought(table: Table, portrait: int, **other: object) -> int:
    """Bring the interview, with what differs."""
    what = replace(INTERVIEW, **other)  # type: ignore[arg-type]
    return add_source(table.slug, portrait, what, by=table.coordinator, now=NOW)


def coded(
    table: Table, source: int, place: int, what: str, direction: str = "strength", *,
    strength: int = 2, by: Person | None = None, now: datetime = NOW, text: str = TEXT,
) -> int:  # fmt: skip
    """Have somebody code a sentence; give the number of the code."""
    one = sentences_of(text)[place]
    new = NewCoding(one.start, one.end, what, direction, strength)
    return code(table.slug, source, new, by=by or table.coordinator, now=now).number


def seen_by(table: Table, who: Person, right: str = "read") -> WorkspaceSeen:
    """Give the workspace as somebody sees it."""
    return workspace_to(right, table.slug, by=who, now=NOW)
