"""`courtepointe people destroy-due` says what is due before it touches anything."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone
from tests.support.table import NOW, QUICK, table_and_around

from courtepointe.doors.cli import people
from courtepointe.people.models import Destruction, Invitation


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
