"""How a study goes on while it runs: bookkeeping of the process that answers it, not a write of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from courtepointe.core.errors import CourtepointeError
from courtepointe.hubs.models import Study
from courtepointe.people.digests import digest_of

State = Study.State
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Begun:
    """A study that is being answered."""

    number: int
    kind: str
    asked: Mapping[str, Any]
    seed: int


def begin(number: int, *, now: datetime, method: str) -> Begun | None:
    """Take a study that waits; nothing where somebody stopped it, or another process has it."""
    held = Study.objects.filter(pk=number, state=State.WAITING)
    told = {"state": State.RUNNING, "started": now, "beat": now, "method": method}
    if not held.update(**told):
        return None
    row = Study.objects.get(pk=number)
    return Begun(row.pk, row.kind, row.asked, row.seed)


def go_on(number: int, progress: Mapping[str, Any], *, now: datetime) -> bool:
    """Write how far a study is; say whether to go on: not where it was stopped, or is there no more."""
    held = Study.objects.filter(pk=number, state=State.RUNNING, stop_asked=False)
    return bool(held.update(beat=now, progress=dict(progress)))


def beat(number: int, *, now: datetime) -> None:
    """Write that whoever answers a study still does."""
    Study.objects.filter(pk=number, state=State.RUNNING).update(beat=now)


def finish(number: int, result: Mapping[str, Any], *, pack: str, now: datetime) -> None:
    """Keep the answer; one that was stopped meanwhile stays stopped."""
    told = {"state": State.DONE, "ended": now, "result": dict(result), "pack": pack}
    _end(number, **told, digest=digest_of(result))


def fail(number: int, error: CourtepointeError, *, now: datetime) -> None:
    """Keep why there is no answer, as the page will word it."""
    facts = {name: _plain(value) for name, value in error.facts.items()}
    _end(number, state=State.FAILED, ended=now, fault={"code": error.code, "facts": facts})


def end_stopped(number: int, *, now: datetime) -> None:
    """Say that a study was stopped."""
    _end(number, state=State.STOPPED, ended=now)


def _end(number: int, **told: Any) -> None:
    Study.objects.filter(pk=number, state=State.RUNNING).update(**told)


def _plain(value: object) -> Any:
    return value if isinstance(value, bool | int | float | str) else str(value)[:LONGEST]
