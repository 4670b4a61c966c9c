"""What somebody read before writing: the mark of a text that the next version of it must come after."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Model

from courtepointe.people.digests import short_digest_of

WRITTEN: Mapping[str, tuple[str, ...]] = {
    "action": (
        "priority_id", "dimension", "part", "read", "statement", "about", "bearer", "lead", "role", "beside",
        "beside_by", "means", "cost", "horizon", "due",
    ),
    "priority": ("dimension", "part", "statement", "why"),
    "resilienceplan": ("title", "starts", "ends"),
    "plantext": ("text",),
}  # fmt: skip
"""Of each kind of row, what one form overwrites."""


def mark_of(row: Model) -> str:
    """Give the mark of what a row says: the same words, the same mark, whoever wrote them and how often."""
    names = WRITTEN[str(row._meta.model_name)]
    return short_digest_of({name: _plain(getattr(row, name)) for name in names})


def mark_of_section(text: str) -> str:
    """Give the mark of a section of a plan; one that nobody wrote has the mark of an empty one."""
    return short_digest_of({"text": text})


def _plain(value: object) -> str:
    return "" if value is None else str(value)
