"""What is due is destroyed in its table and in the history; the log says how many, never what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from tests.apps.people.declared_for_tests import declared_too
from tests.support.gathered import gather
from tests.support.table import NOW, Table

from courtepointe.core.errors import NotAllowed, NotFound, Refused
from courtepointe.engagement.models import Course
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, invite, leave, offer_recovery
from courtepointe.people.actions.privacy import ends, retention
from courtepointe.people.actions.privacy.consents import withdraw_consent
from courtepointe.people.actions.privacy.ends import log
from courtepointe.people.actions.privacy.retention import destroy_all_due, destroy_due
from courtepointe.people.consents import consent_texts
from courtepointe.people.models import (
    Account,
    ConsentRecord,
    Destruction,
    HistoryRow,
    Invitation,
    Membership,
    RecoveryLink,
    Workspace,
)
from courtepointe.people.personal import Rule, declared
from courtepointe.people.queries.consents import has_consent
from courtepointe.people.queries.history import changes_of
from courtepointe.people.queries.retention import destructions_of, due

LATER = NOW + timedelta(days=14 + 90)
SOONER = LATER - timedelta(days=1)
YEARS = NOW + timedelta(days=1096 + 1)


def codes(table: Table, **when: object) -> dict[str, int]:
    return {one.rule.code: one.count for one in due(workspace_id=table.id, **when)}  # type: ignore[arg-type]


def test_nothing_is_due_before_its_day_and_looking_changes_nothing(table: Table) -> None:
    assert codes(table, now=SOONER) == {}
    waiting = Invitation.objects.filter(workspace_id=table.id).count()
    assert codes(table, now=LATER) == {"invitation_over": waiting}
    assert Invitation.objects.filter(workspace_id=table.id).count() == waiting > 2


def test_the_officer_ends_what_is_due_in_their_workspace_alone(table: Table) -> None:
    invite(table.slug, label="Eli, 514 555-0123", told_roles=["agent"], by=table.coordinator, now=NOW)  # fmt: skip
    elsewhere = Invitation.objects.exclude(workspace_id=table.id).count()
    keys = [str(pk) for pk in Invitation.objects.filter(workspace_id=table.id).values_list("pk", flat=True)]  # fmt: skip
    done = destroy_due(table.slug, "invitation_over", by=table.coordinator, now=LATER)
    assert done == len(keys)
    assert Invitation.objects.filter(workspace_id=table.id).count() == 0
    assert Invitation.objects.exclude(workspace_id=table.id).count() == elsewhere
    told = HistoryRow.objects.filter(what="people.invitation", key__in=keys)
    assert {line.verb for line in told} >= {"created", "destroyed"}
    assert all(not line.before and not line.after and not line.why for line in told)
    (line,) = destructions_of(table.id)
    assert (line.rule, line.count, line.then, line.by) == (
        "invitation_over",
        done,
        "destroyed",
        "Ana",
    )
    with pytest.raises(Refused, match="nothing_is_due"):
        destroy_due(table.slug, "invitation_over", by=table.coordinator, now=LATER)


def test_only_the_officer_destroys(table: Table) -> None:
    with pytest.raises(NotAllowed, match="role_needed"):
        destroy_due(table.slug, "invitation_over", by=table.member, now=LATER)
    for who in (table.former, table.stranger):
        with pytest.raises(NotFound, match="unknown_workspace"):
            destroy_due(table.slug, "invitation_over", by=who, now=LATER)
    for code in ("account_idle", "drawing_over", "aucune"):
        with pytest.raises(NotFound, match="unknown_rule"):
            destroy_due(table.slug, code, by=table.coordinator, now=YEARS)
    assert Invitation.objects.filter(workspace_id=table.id).exists()


def test_an_account_without_a_seat_says_nothing_of_anybody_after_three_years(table: Table) -> None:
    destroy_all_due(now=YEARS)
    assert not Membership.objects.filter(account_id=table.former.id).exists()
    done = dict(destroy_all_due(now=YEARS))
    assert done["account_idle"] == 1
    cleo = Account.objects.get(pk=table.former.id)
    assert (cleo.name, cleo.is_active) == ("—", False)
    assert "cl" not in cleo.email.replace("compte", "") and not cleo.check_password("x")
    kept = Account.objects.get(pk=table.coordinator.id)
    assert kept.name == "Ana", "whoever has a seat keeps their account"
    assert destroy_all_due(now=YEARS) == (), "what is anonymised is not due again"


def test_an_anonymised_rule_says_which_rows_are_done(table: Table) -> None:
    for rule in declared().rules.values():
        assert rule.then != "anonymised" or (rule.values and (rule.when or rule.unless)), rule.code


def test_emptied_fields_are_empty_once_and_the_rest_stays(table: Table) -> None:
    counts = {"people.invitation": 3}
    log(table.id, because="retention", what="people.invitation", then="destroyed", counts=counts, by=table.coordinator, now=NOW)  # fmt: skip
    late = NOW + timedelta(days=2558)
    assert destroy_due(table.slug, "destruction_old", by=table.coordinator, now=late) == 1
    row = Destruction.objects.get(at=NOW)
    assert (row.by, row.by_name, row.count) == (None, "", 3)
    with pytest.raises(Refused, match="nothing_is_due"):
        destroy_due(table.slug, "destruction_old", by=table.coordinator, now=late)


def test_a_closed_workspace_falls_with_all_that_it_holds_and_shows_it_first(table: Table) -> None:
    row = Workspace.objects.get(pk=table.id)
    change(row, {"closed": NOW}, by=table.coordinator, now=NOW)
    late = NOW + timedelta(days=1828)
    (shown,) = [one for one in due(now=late) if one.rule.code == "workspace_closed"]
    assert dict(shown.beside)["people.membership"] == 3
    assert dict(shown.beside)["people.historyrow"] > 5
    destroy_all_due(now=late)
    assert not Workspace.objects.filter(pk=table.id).exists()
    assert not HistoryRow.objects.filter(workspace_id=table.id).exists()
    line = Destruction.objects.get(rule="workspace_closed")
    assert line.workspace is None and line.beside["people.membership"] >= 2
    assert Workspace.objects.filter(slug=table.other).exists()


def test_what_a_right_guards_is_left_out_of_the_history_of_others(table: Table) -> None:
    row = Membership.objects.get(workspace_id=table.id, account_id=table.member.id)
    agreed(table, row, "story")
    officer = workspace_to("officer", table.slug, by=table.coordinator, now=NOW).rights
    assert "people.consentrecord" in {one.what for one in changes_of(table.id, rights=officer)}
    for rights in (frozenset[str](), frozenset({"read", "contribute"})):
        assert "people.consentrecord" not in {
            one.what for one in changes_of(table.id, rights=rights)
        }


@pytest.fixture
def asks_consent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Have the labels of invitations rest on a consent, as a volunteer's telephone would."""
    was = 'ground = "mission"\nretention = "invitation_over"\n[[model.data]]\nfields = ["by"'
    now = was.replace('"mission"', '"consent"').replace(
        'over"\n', 'over"\nconsent = "contact"\n', 1
    )
    with declared_too(monkeypatch, tmp_path, instead=(was, now)):
        assert declared().models["people.invitation"].personal["label"].consent == "contact"
        yield


def invited(table: Table) -> Invitation:
    invite(table.slug, label="Eli, 514 555-0123", told_roles=["agent"], by=table.coordinator, now=NOW)  # fmt: skip
    return Invitation.objects.filter(workspace_id=table.id).latest("pk")


def agreed(table: Table, row: Invitation | Membership, text: str) -> int:
    """Write a consent to what a row holds, as one that was given online."""
    version = consent_texts()[text].last
    told = ConsentRecord(
        workspace_id=table.id, subject_kind=row._meta.label_lower, subject_key=str(row.pk), text=text,
        version=version.number, text_hash=version.hash, lang="fr", how="online", given=NOW,
    )  # fmt: skip
    return create(told, by=table.coordinator, now=NOW).pk


@pytest.mark.usefixtures("asks_consent")
def test_a_withdrawal_empties_what_rested_on_the_consent_here_and_in_the_history(
    table: Table,
) -> None:
    row = invited(table)
    number = agreed(table, row, "contact")
    assert has_consent(table.id, "people.invitation", row.pk, "contact", on=localdate(NOW))
    with pytest.raises(NotAllowed):
        withdraw_consent(table.slug, number, by=table.member, now=NOW)
    for who in (table.former, table.stranger):
        with pytest.raises(NotFound, match="unknown_workspace"):
            withdraw_consent(table.slug, number, by=who, now=NOW)
    with pytest.raises(NotFound, match="unknown_consent"):
        withdraw_consent(table.other, number, by=table.stranger, now=NOW)
    withdraw_consent(table.slug, number, by=table.coordinator, now=NOW)
    row.refresh_from_db()
    assert row.label == "" and row.roles == ["agent"]
    lines = HistoryRow.objects.filter(what="people.invitation", key=str(row.pk))
    assert not any("label" in line.after for line in lines)
    assert any("roles" in line.after for line in lines), "what did not rest on it stays"
    assert not has_consent(table.id, "people.invitation", row.pk, "contact", on=localdate(NOW))
    assert destructions_of(table.id)[0].because == "withdrawal"
    with pytest.raises(Refused, match="no_living_consent"):
        withdraw_consent(table.slug, number, by=table.coordinator, now=NOW)


def test_a_withdrawal_destroys_where_the_text_says_so(table: Table) -> None:
    row = invited(table)
    number = agreed(table, row, "story")
    withdraw_consent(table.slug, number, by=table.coordinator, now=NOW)
    assert not Invitation.objects.filter(pk=row.pk).exists()
    with pytest.raises(Refused, match="no_living_consent"):
        withdraw_consent(table.slug, number, by=table.coordinator, now=NOW)


def test_what_is_destroyed_is_agreed_to_no_more(table: Table) -> None:
    row = invited(table)
    agreed(table, row, "contact")
    destroy_due(table.slug, "invitation_over", by=table.coordinator, now=LATER)
    assert ConsentRecord.objects.get(subject_key=str(row.pk)).withdrawn == LATER


def test_the_last_officer_may_not_leave_with_the_key(table: Table) -> None:
    with pytest.raises(Refused):
        leave(table.slug, by=table.coordinator, now=NOW)


PUBLISHED = {"contact": ["74cff004a69f"], "photo": ["5dd2f38dc780"], "story": ["efd82d84dae9"]}


def test_published_texts_are_never_edited() -> None:
    """A failing hash: give the old words back, and add a version below them."""
    for code, hashes in PUBLISHED.items():
        for version, known in zip(consent_texts()[code].versions, hashes, strict=True):
            assert version.hash[:12] == known, code


def test_a_closed_workspace_is_destroyed_in_time_with_its_trainings(table: Table) -> None:
    gather(table)
    Workspace.objects.filter(pk=table.id).update(closed=NOW)
    assert "workspace_closed" not in dict(destroy_all_due(now=NOW + timedelta(days=1826)))
    assert dict(destroy_all_due(now=NOW + timedelta(days=1828)))["workspace_closed"] == 1
    assert not Workspace.objects.filter(pk=table.id).exists() and not Course.objects.exists()
    assert Workspace.objects.filter(slug=table.other).exists()
    assert Destruction.objects.get(rule="workspace_closed").workspace_id is None


def test_a_rule_that_is_held_back_stops_no_other(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = retention._end

    def end(rule: Rule, *told: object, **named: object) -> int:
        if rule.code == "recovery_over":
            raise Refused("destruction_held_back", value="x")
        return real(rule, *told, **named)  # type: ignore[arg-type]

    offer_recovery("bao@example.org", now=NOW)
    monkeypatch.setattr(retention, "_end", end)
    with pytest.raises(Refused, match="destruction_held_back"):
        destroy_all_due(now=LATER + timedelta(days=1))
    assert Destruction.objects.filter(rule="invitation_over").exists(), (
        "a later rule was carried out"
    )
    assert RecoveryLink.objects.exists()


def test_more_rows_than_a_question_takes_are_destroyed(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ends, "MANY", 2)
    held = Invitation.objects.count()
    assert held > 2
    assert dict(destroy_all_due(now=LATER + timedelta(days=1)))["invitation_over"] == held
    lines = HistoryRow.objects.filter(what="people.invitation")
    assert lines and all(line.before == line.after == {} for line in lines)
