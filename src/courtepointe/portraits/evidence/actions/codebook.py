"""The codebook: what a neighbourhood adds to the dimensions."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.engagement.texts import line, text
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create
from courtepointe.people.values import Person
from courtepointe.portraits.evidence.access import to_change
from courtepointe.portraits.evidence.models import Code
from courtepointe.portraits.evidence.values import NewCode
from courtepointe.portraits.resilience.queries import known_dimension


@transaction.atomic
def add_code(slug: str, what: NewCode, *, by: Person, now: datetime) -> int:
    """Add an entry to the codebook and give its number."""
    workspace = workspace_to("write", slug, by=by, now=now)
    if what.dimension:
        known_dimension(workspace.id, what.dimension)
    row = Code(
        workspace_id=workspace.id,
        dimension=what.dimension,
        name_fr=line(what.name_fr, longest=120, needed=True),
        name_en=line(what.name_en, longest=120),
        definition=text(what.definition, longest=2_000, needed=True),
        use_when=text(what.use_when, longest=2_000),
        use_not=text(what.use_not, longest=2_000),
    )
    return create(row, by=by, now=now).pk


@transaction.atomic
def end_code(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Offer an entry no more; what was coded with it stays."""
    row = to_change(Code, slug, number, by=by, now=now)
    if row.ended is None:
        change(row, {"ended": localdate(now)}, by=by, now=now)
