"""The records of a run: phases, communications, transfers, questions, findings, risks, achievements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from django.db import models

from courtepointe.engagement.programme import models as rows
from courtepointe.engagement.programme.kinds import KINDS, Kind
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

Told = TypeVar("Told", bound=Record)

ROWS: Mapping[type[Any], type[models.Model]] = {
    Phase: rows.Phase,
    Communication: rows.Communication,
    Transfer: rows.Transfer,
    Question: rows.Question,
    Finding: rows.Finding,
    Risk: rows.Risk,
    Achievement: rows.Achievement,
}
"""Which table keeps which record: their fields bear the same names."""

ORDER: Mapping[type[Any], Sequence[str]] = {
    Phase: ("starts", "ends", "pk"),
    Communication: ("on", "pk"),
    Transfer: ("on", "pk"),
    Question: ("on", "pk"),
    Finding: ("on", "pk"),
    Risk: ("review_on", "pk"),
    Achievement: ("-on", "-pk"),
}


def row_names(record: type[Any]) -> dict[str, str]:
    """Say which field of a row holds each field of a record but its number."""
    names = {one.name: one.name for one in fields(record) if one.name != "number"}
    return names | ({"question": "question_id"} if record is Finding else {})


def told(record: type[Told], row: models.Model) -> Told:
    """Give a row as the record that it keeps."""
    values: dict[str, Any] = {name: getattr(row, held) for name, held in row_names(record).items()}
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return record(number=row.pk, **values)


def records_of(record: type[Told], run: int) -> tuple[Told, ...]:
    """List a run's records of a kind, in their own order."""
    found = ROWS[record]._default_manager.filter(run_id=run).order_by(*ORDER[record])
    return tuple(told(record, row) for row in found)


def record_of(kind: str, workspace_id: int, number: int) -> tuple[int, Record] | None:
    """Give a record of a workspace by its kind's code, with the number of its run."""
    known: Kind | None = KINDS.get(kind)
    if known is None:
        return None
    found = ROWS[known.record]._default_manager.filter(workspace_id=workspace_id, pk=number)
    row = found.first()
    return None if row is None else (row.run_id, told(known.record, row))  # type: ignore[attr-defined]
