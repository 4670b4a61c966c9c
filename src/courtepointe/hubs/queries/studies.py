"""Studies as people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from courtepointe.core.errors import NotFound
from courtepointe.hubs.models import Study
from courtepointe.people.values import WorkspaceSeen

LOST_AFTER = timedelta(minutes=3)
"""A process that answers tells that it lives far more often."""
PAGE = 50
State = Study.State


@dataclass(frozen=True, slots=True)
class StudySeen:
    """A study.

    Attributes
    ----------
    state : str
        Of `Study.State`, or ``lost`` where whoever answered it is no more.
    """

    number: int
    kind: str
    title: str
    state: str
    asked: Mapping[str, Any]
    seed: int
    progress: Mapping[str, Any]
    pack: str
    method: str
    result: Mapping[str, Any] | None
    digest: str
    fault: Mapping[str, Any] | None
    made: datetime
    started: datetime | None
    ended: datetime | None
    twins: tuple[tuple[int, str], ...] = ()

    @property
    def lives(self) -> bool:
        """Whether there is more to come."""
        return self.state in (State.WAITING, State.RUNNING)

    @property
    def is_done(self) -> bool:
        """Whether there is an answer."""
        return self.state == State.DONE

    @property
    def seconds(self) -> float | None:
        """How long it took, in seconds."""
        if self.started is None or self.ended is None:
            return None
        return (self.ended - self.started).total_seconds()


def studies(seen: WorkspaceSeen, *, now: datetime, before: int | None = None) -> Sequence[StudySeen]:  # fmt: skip
    """List the studies of a workspace, the newest first, one more than a page where there are more."""
    rows = Study.objects.filter(workspace_id=seen.id).defer("result").order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return tuple(_seen(row, now, {}) for row in rows[: PAGE + 1])


def study(seen: WorkspaceSeen, number: int, *, now: datetime) -> StudySeen:
    """Give a study, with the numbers and marks of those that asked the very same; or raise `NotFound`."""
    row = Study.objects.filter(workspace_id=seen.id, pk=number).first()
    if row is None:
        raise NotFound("unknown_study")
    return _seen(row, now, row.result, _twins(row))


def _twins(row: Study) -> tuple[tuple[int, str], ...]:
    """Find what else was asked in the same words, and answered with the same atlas and programme."""
    if row.state != State.DONE:
        return ()
    rows = Study.objects.filter(
        workspace_id=row.workspace_id, kind=row.kind, seed=row.seed, pack=row.pack,
        method=row.method, state=State.DONE,
    ).exclude(pk=row.pk)  # fmt: skip
    held = rows.order_by("pk").values_list("pk", "digest", "asked")
    return tuple((pk, digest) for pk, digest, asked in held if asked == row.asked)


def _seen(
    row: Study, now: datetime, result: Mapping[str, Any] | None, twins: tuple[tuple[int, str], ...] = ()
) -> StudySeen:  # fmt: skip
    beat = row.beat or row.made
    lost = row.state == State.RUNNING and now - beat > LOST_AFTER
    return StudySeen(
        row.pk, row.kind, row.title, "lost" if lost else row.state, row.asked, row.seed,
        row.progress, row.pack, row.method, result, row.digest, row.fault, row.made, row.started,
        row.ended, twins,
    )  # fmt: skip
