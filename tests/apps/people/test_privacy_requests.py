"""A person asks what is held on them, and is answered within thirty days; every incident is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.apps.people.declared_for_tests import declared_too
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.people.actions import (
    answer_request,
    ask_about_me,
    change_incident,
    gather_for,
    invite,
    note_incident,
    receive_request,
)
from courtepointe.people.models import HistoryRow, SubjectRequest
from courtepointe.people.queries.incidents import IncidentTold, incidents_of
from courtepointe.people.queries.requests import holders_of, requests_by, requests_of
from courtepointe.people.queries.subjects import Dossier, dossier
from courtepointe.people.queries.whom import Whom
from courtepointe.people.values import Person

TODAY = date(2026, 6, 1)
WRITTEN: dict[str, Any] = {
    "name": "Fatou Diallo",
    "contact": "Fatou@Example.org",
    "detail": "tout",
    "received": TODAY,
}


def received(table: Table, kind: str = "access", **other: Any) -> int:
    return receive_request(table.slug, kind, **{**WRITTEN, **other}, by=table.coordinator, now=NOW)


def lines(found: Dossier, model: str) -> list[dict[str, Any]]:
    return [dict(line.fields) for kind in found.found if kind.model == model for line in kind.lines]


def test_a_request_is_due_in_thirty_days_and_the_late_come_first(table: Table) -> None:
    received(table, received=TODAY)
    late = received(table, "portability", received=TODAY - timedelta(days=40))
    done = received(table, "deindexing", received=TODAY - timedelta(days=50))
    answer_request(table.slug, done, refused=False, reason="", by=table.coordinator, now=NOW)
    listed = requests_of(table.id, now=NOW)
    assert [one.days_left for one in listed] == [-10, 30, -20]
    assert listed[0].number == late and listed[2].state == "answered"
    raw = SubjectRequest.objects.extra(select={"raw": "name || contact || detail"}).first()
    assert raw is not None and "Fatou" not in raw.raw  # type: ignore[attr-defined]


def test_who_may_receive_gather_and_answer(table: Table) -> None:
    number = received(table)
    for act in (
        lambda slug, by: receive_request(slug, "access", **WRITTEN, by=by, now=NOW),
        lambda slug, by: gather_for(slug, number, by=by, now=NOW),
        lambda slug, by: answer_request(slug, number, refused=False, reason="", by=by, now=NOW),
    ):
        with pytest.raises(NotAllowed, match="role_needed"):
            act(table.slug, table.member)
        for who in (table.former, table.stranger):
            with pytest.raises(NotFound, match="unknown_workspace"):
                act(table.slug, who)
    with pytest.raises(NotFound, match="unknown_request"):
        gather_for(table.other, number, by=table.stranger, now=NOW)


def test_a_refusal_says_its_reason_and_an_answer_is_final(table: Table) -> None:
    number, by = received(table), table.coordinator
    with pytest.raises(BadInput, match="refusal_needs_a_reason"):
        answer_request(table.slug, number, refused=True, reason=" ", by=by, now=NOW)
    answer_request(table.slug, number, refused=True, reason="autrui est nommé", by=by, now=NOW)
    with pytest.raises(Refused, match="request_already_answered"):
        answer_request(table.slug, number, refused=False, reason="", by=by, now=NOW)
    (one,) = requests_of(table.id, now=NOW)
    assert (one.state, one.reason, one.answered_by) == ("refused", "autrui est nommé", "Ana")
    told = HistoryRow.objects.filter(what="people.subjectrequest")
    assert not any("autrui" in str(line.after) for line in told)


def test_what_is_no_request(table: Table) -> None:
    with pytest.raises(BadInput, match="unknown_request_kind"):
        received(table, "plainte")
    with pytest.raises(BadInput, match="name_needed"):
        received(table, name="  ")
    with pytest.raises(BadInput, match="day_to_come"):
        received(table, received=TODAY + timedelta(days=1))


def test_a_person_asks_for_themselves_even_after_they_left(table: Table) -> None:
    for who in (table.member, table.former):
        number = ask_about_me(table.id, "access", detail="", by=who, now=NOW)
        with pytest.raises(Refused, match="request_already_open"):
            ask_about_me(table.id, "access", detail="", by=who, now=NOW)
        ((where, one),) = requests_by(who.id, now=NOW)
        assert (where, one.number, one.state) == (
            "Table de quartier de Vieux-Moulin",
            number,
            "open",
        )
    with pytest.raises(NotFound, match="unknown_workspace"):
        ask_about_me(table.id, "access", detail="", by=table.stranger, now=NOW)
    assert [one.is_member for one in holders_of(table.member.id, now=NOW)] == [True]
    assert [one.is_member for one in holders_of(table.former.id, now=NOW)] == [False]


def test_all_that_the_workspace_holds_on_a_member_is_gathered(table: Table) -> None:
    number = ask_about_me(table.id, "access", detail="mes rôles ?", by=table.member, now=NOW)
    found = gather_for(table.slug, number, by=table.coordinator, now=NOW)
    (seat,) = lines(found, "people.membership")
    assert seat["roles"] == ["member"] and seat["account"] == table.member.id
    (invited,) = lines(found, "people.invitation")
    assert invited["label"] == "Bao" and "secret" not in invited
    assert "by" not in invited, "who invited is somebody else"
    (own,) = lines(found, "people.subjectrequest")
    assert own["detail"] == "mes rôles ?" and "contact_print" not in own
    assert lines(found, "people.account") == [], "how one signs in is for oneself alone"
    assert all(set(one) <= {"at", "what"} for one in lines(found, "people.historyrow"))
    told = json.dumps([line.fields for kind in found.found for line in kind.lines], default=str)
    assert "Ana" not in told and "Cléo" not in told
    assert requests_of(table.id, now=NOW)[0].gathered == NOW


def test_one_s_own_page_adds_how_one_signs_in_and_never_a_secret(table: Table) -> None:
    found = dossier(table.id, Whom(table.member.id), own=True, now=NOW)
    (account,) = lines(found, "people.account")
    assert account["email"] == "bao@example.org" and "password" not in account
    assert {kind.model for kind in found.found} >= {"people.membership", "people.account"}


def test_nothing_of_another_workspace_is_gathered(table: Table) -> None:
    found = dossier(table.id, Whom(table.stranger.id), now=NOW)
    assert found.found == ()


def test_a_person_without_an_account_is_found_by_a_contact_s_fingerprint(table: Table) -> None:
    received(table)
    number = received(table, "portability", contact=" fatou@example.ORG ")
    invite(table.slug, label="fatou@example.org", told_roles=["member"], by=table.coordinator, now=NOW)  # fmt: skip
    found = gather_for(table.slug, number, by=table.coordinator, now=NOW)
    assert len(lines(found, "people.subjectrequest")) == 2
    (invitation,) = lines(found, "people.invitation")
    assert invitation["label"] == "fatou@example.org", "it is opened to be looked for"
    missed = {words.en for words in found.not_searched}
    assert "meetings" in missed, "what cannot be searched is said"
    assert "people’s requests" not in missed


@pytest.fixture
def labels_in_clear(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A room that keeps a fingerprint is searched the day it says so."""
    with declared_too(monkeypatch, tmp_path, instead=('prints = ["contact_print"]', "prints = []")):
        yield


@pytest.mark.usefixtures("labels_in_clear")
def test_a_room_without_a_fingerprint_is_said_not_to_be_searched(table: Table) -> None:
    found = gather_for(table.slug, received(table), by=table.coordinator, now=NOW)
    assert "people’s requests" in {words.en for words in found.not_searched}


BARE = IncidentTold(discovered=TODAY, what="Une liste envoyée au mauvais destinataire")
WHOLE = IncidentTold(
    discovered=TODAY, what="Une liste envoyée", happened="le 30 mai", data="noms, téléphones", people_count=12,
    sensitivity="moyenne", consequences="hameçonnage", likelihood="faible", is_serious=False, measures="rappelée",
)  # fmt: skip


def test_an_incident_says_what_it_still_lacks(table: Table) -> None:
    number = note_incident(table.slug, BARE, by=table.coordinator, now=NOW)
    (seen,) = incidents_of(table.id)
    assert seen.told.lacking[0] == "is_serious" and "measures" in seen.told.lacking
    change_incident(table.slug, number, WHOLE, by=table.coordinator, now=NOW)
    (seen,) = incidents_of(table.id)
    assert seen.told == WHOLE and seen.told.lacking == () and seen.noted_by == "Ana"
    told = HistoryRow.objects.filter(what="people.incident", verb="changed").latest("pk")
    assert "hameçonnage" not in str(told.after)


def test_a_serious_risk_asks_for_notices_first() -> None:
    serious = IncidentTold(discovered=TODAY, what="x", is_serious=True)
    assert serious.lacking[:2] == ("cai_told", "people_told")
    assert "is_serious" not in serious.lacking


@pytest.mark.parametrize("who", ["former", "stranger"])
def test_only_the_officer_writes_the_register(table: Table, who: str) -> None:
    number = note_incident(table.slug, BARE, by=table.coordinator, now=NOW)
    outsider: Person = getattr(table, who)
    with pytest.raises(NotFound, match="unknown_workspace"):
        note_incident(table.slug, BARE, by=outsider, now=NOW)
    with pytest.raises(NotAllowed, match="role_needed"):
        change_incident(table.slug, number, WHOLE, by=table.member, now=NOW)
    with pytest.raises(NotFound, match="unknown_incident"):
        change_incident(table.other, number, WHOLE, by=table.stranger, now=NOW)


def test_what_is_no_incident(table: Table) -> None:
    with pytest.raises(BadInput, match="incident_needs_words"):
        note_incident(table.slug, IncidentTold(TODAY, " "), by=table.coordinator, now=NOW)
    with pytest.raises(BadInput, match="day_to_come"):
        note_incident(table.slug, IncidentTold(TODAY + timedelta(1), "x"), by=table.coordinator, now=NOW)  # fmt: skip
