"""`courtepointe people destroy-due` says what is due before it touches anything."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone
from tests.support.table import NOW, QUICK, table_and_around

from courtepointe.core.errors import Refused
from courtepointe.doors.cli import people
from courtepointe.people.actions.privacy import retention
from courtepointe.people.models import Destruction, DestructionRun, Invitation
from courtepointe.people.queries.retention import LastRun, last_run


@pytest.fixture
def later(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PASSWORD_HASHERS = QUICK
    table_and_around()
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=200))


def asked(*words: str) -> str:
    done = CliRunner().invoke(people.group, ["destroy-due", *words], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


@pytest.mark.usefixtures("later")
def test_a_dry_run_touches_nothing_and_a_run_leaves_nothing_due() -> None:
    held = Invitation.objects.count()
    said = json.loads(asked("--dry-run", "--json"))
    (line,) = said["rules"]
    assert not said["done"] and (line["rule"], line["count"]) == ("invitation_over", held)
    assert Invitation.objects.count() == held and not Destruction.objects.exists()
    assert "to be destroyed" in asked("--dry-run")
    done = json.loads(asked("--json"))
    assert done["done"] and done["rules"][0]["count"] == held
    assert Invitation.objects.count() == 0
    assert sum(Destruction.objects.values_list("count", flat=True)) == held
    assert {line.by_name for line in Destruction.objects.all()} == {""}
    assert asked() == "Nothing is due.\n"


@pytest.mark.usefixtures("later")
def test_a_run_is_written_down_even_where_nothing_was_due_and_a_dry_run_is_not() -> None:
    asked("--dry-run")
    assert not last_run(now=timezone.now()).at and last_run(now=timezone.now()).is_late
    asked()
    first = DestructionRun.objects.get()
    assert first.count > 0 and last_run(now=timezone.now()) == LastRun(timezone.now(), False)
    asked()
    assert DestructionRun.objects.get().count == 0, "the last alone is kept"


@pytest.mark.parametrize(("hours", "late"), [(0, False), (48, False), (49, True)])
def test_two_days_without_a_run_are_late(db: None, hours: int, late: bool) -> None:
    DestructionRun.objects.create(at=NOW, count=0)
    assert last_run(now=NOW + timedelta(hours=hours)).is_late is late


@pytest.mark.usefixtures("later")
def test_a_run_that_was_held_back_is_not_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def held_back(*_: Any, **__: Any) -> int:
        raise Refused("destruction_held_back")

    monkeypatch.setattr(retention, "_end", held_back)
    with pytest.raises(Refused):
        CliRunner().invoke(people.group, ["destroy-due"], catch_exceptions=False)
    assert last_run(now=timezone.now()).is_late
