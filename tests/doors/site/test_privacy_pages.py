"""The pages of personal information: the officer's, the second person's, and one's own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.apps.people import exported
from tests.apps.people.declared_for_tests import declared_too
from tests.support.contributed import contributed
from tests.support.gathered import gather
from tests.support.table import NOW, QUICK, Table, joined, person, table_and_around
from tests.support.visits import signed_in

from courtepointe.doors.site.space.privacy_consents import ROOMS, resting
from courtepointe.people.actions import note_incident
from courtepointe.people.models import DestructionRun, Incident, Invitation, SubjectRequest
from courtepointe.people.queries.exports import exports_of
from courtepointe.people.queries.incidents import IncidentTold
from courtepointe.places.assets.actions.withdrawing import withdraw as withdraw_contribution


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def officer(table: Table) -> Client:
    return signed_in(table.coordinator)


def at(table: Table, rest: str) -> str:
    return f"/en/space/{table.slug}/{rest}"


def text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, address
    return page.content.decode()


def test_the_dashboard_shows_what_is_due_and_one_click_ends_it(
    table: Table, officer: Client
) -> None:
    Invitation.objects.update(expires=timezone.now() - timedelta(days=91))
    held = Invitation.objects.filter(workspace_id=table.id).count()
    page = text(officer, at(table, "privacy/"))
    assert f"Invitations · {held}" in page and "Ninety days after" in page
    assert text(officer, at(table, "privacy/")) and Invitation.objects.exists(), (
        "looking is harmless"
    )
    done = officer.post(at(table, "privacy/due/invitation_over/"))
    assert done.status_code == 302
    log = text(officer, done.headers["Location"])
    assert "invitations" in log and "Ana" in log and "Bao" not in log
    assert "Nothing is due today." in text(officer, at(table, "privacy/"))
    assert officer.post(at(table, "privacy/due/invitation_over/")).status_code == 409


@pytest.mark.parametrize(
    "rest",
    ["privacy/", "privacy/log/", "privacy/consents/", "privacy/requests/", "privacy/incidents/",
     "privacy/impact/", "exports/"],
)  # fmt: skip
def test_who_reaches_the_pages(table: Table, officer: Client, rest: str) -> None:
    assert "<h1>" in text(officer, at(table, rest))
    assert signed_in(table.member).get(at(table, rest)).status_code == 403
    for who in (table.former, table.stranger):
        assert signed_in(who).get(at(table, rest)).status_code == 404
    assert signed_in(None).get(at(table, rest)).status_code == 302


def test_a_request_is_written_gathered_and_answered(table: Table, officer: Client) -> None:
    typed = {"do": "receive", "kind": "access", "name": "Fatou", "contact": "f@example.org", "received": "2026-06-01"}  # fmt: skip
    made = officer.post(at(table, "privacy/requests/"), typed)
    assert made.status_code == 302
    page = text(officer, made.headers["Location"])
    assert "Fatou" in page and "to be answered by" in page
    data = officer.post(f"{made.headers['Location']}file.json")
    assert data.headers["Content-Disposition"].startswith("attachment")
    told = json.loads(data.content)
    assert told["format"] == "courtepointe-dossier-1"
    assert [kind["kind"] for kind in told["found"]] == ["people.subjectrequest"]
    assert {"fr": "les rencontres", "en": "meetings"} in told["not_searched"]
    read = officer.post(f"{made.headers['Location']}file.html").content.decode()
    assert read.startswith("<!doctype html>") and "f@example.org" in read and "<link" not in read
    assert officer.post(f"{made.headers['Location']}file.exe").status_code == 404
    refused = officer.post(
        made.headers["Location"], {"do": "answer", "answer": "refuse", "reason": ""}
    )
    assert (
        refused.status_code == 400
        and "wants a refusal to say its reason" in refused.content.decode()
    )
    done = officer.post(
        made.headers["Location"], {"do": "answer", "answer": "give", "reason": "remis"}
    )
    assert done.status_code == 302 and SubjectRequest.objects.get().state == "answered"
    wrong = officer.post(at(table, "privacy/requests/"), typed | {"received": "2999-01-01"})
    assert wrong.status_code == 400 and "Fatou" in wrong.content.decode(), "what was typed stays"


def test_an_incident_is_written_completed_and_taken_away(table: Table, officer: Client) -> None:
    typed = {
        "do": "note",
        "discovered": "2026-06-01",
        "what": "=2+3 liste égarée",
        "is_serious": "yes",
    }
    made = officer.post(at(table, "privacy/incidents/"), typed)
    assert made.status_code == 302
    assert "was not told yet" in text(officer, at(table, "privacy/"))
    listed = text(officer, at(table, "privacy/incidents/"))
    assert "Risk of serious harm" in listed and "day on which the people were told" in listed
    begun = text(officer, made.headers["Location"])
    assert "=2+3 liste égarée" in begun and 'value="yes" selected' in begun
    done = officer.post(made.headers["Location"], typed | {"do": "change", "is_serious": "no", "people_count": "12"})  # fmt: skip
    assert done.status_code == 302 and Incident.objects.get().people_count == 12
    register = officer.get(at(table, "privacy/incidents.csv")).content.decode()
    assert "'=2+3 liste égarée" in register and ",no," in register and ",12," in register
    assert register.startswith("\ufeff")


def test_the_impact_sheet_is_read_on_screen_and_as_an_accessible_pdf(
    table: Table, officer: Client
) -> None:
    page = text(officer, at(table, "privacy/impact/"))
    assert "Privacy impact assessment" in page and "To complete:" in page
    assert "whose link it is" in page and "ninety days after" in page
    file = officer.get(at(table, "privacy/impact.pdf"))
    assert file.content.startswith(b"%PDF") and b"pdfuaid" in file.content


@pytest.fixture
def friends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(exported, "HELD", [{"name": "=Gil", "phone": "514 555-0102"}])
    with pytest.MonkeyPatch.context() as patch, declared_too(patch, tmp_path, more=exported.DECLARED):  # fmt: skip
        yield


@pytest.mark.usefixtures("friends")
def test_two_people_take_contacts_away(table: Table, officer: Client) -> None:
    eli = person("Eli")
    joined(table.slug, table.coordinator, eli, "agent")
    agent = signed_in(eli)
    asked = agent.post(at(table, "exports/"), {"do": "ask", "what": "friends", "why": "corvée"})
    assert asked.status_code == 302
    (one,) = exports_of(table.id, now=timezone.now())
    own = text(agent, at(table, "exports/"))
    assert "waits for a second person" in own and "I agree" not in own
    assert (
        agent.post(at(table, f"exports/{one.number}/answer/"), {"do": "approve"}).status_code == 403
    )
    assert agent.post(at(table, f"exports/{one.number}/take/")).status_code == 409
    assert "I agree" in text(officer, at(table, "exports/"))
    assert "1 waits for a second person" in text(officer, at(table, "privacy/"))
    assert officer.post(at(table, f"exports/{one.number}/answer/"), {"do": "approve"}).status_code == 302  # fmt: skip
    assert officer.post(at(table, f"exports/{one.number}/take/")).status_code == 403
    taken = agent.post(at(table, f"exports/{one.number}/take/"))
    assert taken.content.decode() == "\ufeffname,phone\r\n'=Gil,514 555-0102\r\n"
    assert agent.post(at(table, f"exports/{one.number}/take/")).status_code == 409


def test_one_reads_what_is_held_on_oneself_and_asks(table: Table) -> None:
    bao = signed_in(table.member)
    assert "Table de quartier de Vieux-Moulin" in text(bao, "/en/account/held/")
    page = text(bao, f"/en/account/held/{table.id}/")
    assert "bao@example.org" in page and "Cléo" not in page and "md5" not in page
    data = json.loads(bao.get(f"/en/account/held/{table.id}.json").content)
    assert {kind["kind"] for kind in data["found"]} >= {"people.account", "people.membership"}
    sent = bao.post(f"/en/account/held/{table.id}/", {"kind": "rectification", "detail": "Bảo"})
    assert sent.status_code == 302
    assert "to be answered by" in text(bao, "/en/account/held/")
    again = bao.post(f"/en/account/held/{table.id}/", {"kind": "rectification", "detail": ""})
    assert again.status_code == 400 and "already asked this" in again.content.decode()


def test_who_left_still_asks_and_who_never_came_is_not_told(table: Table) -> None:
    assert "You are no longer a member." in text(signed_in(table.former), "/en/account/held/")
    assert signed_in(table.former).get(f"/en/account/held/{table.id}/").status_code == 200
    for address in (f"/en/account/held/{table.id}/", f"/en/account/held/{table.id}.json"):
        stranger = signed_in(table.stranger).get(address)
        assert stranger.status_code == 404 and "Vieux-Moulin" not in stranger.content.decode()
        assert signed_in(None).get(address).status_code in (302, 403)


def test_an_incident_is_in_nobody_else_s_history(table: Table, officer: Client) -> None:
    told = IncidentTold(discovered=NOW.date(), what="x", people_count=417)
    note_incident(table.slug, told, by=table.coordinator, now=NOW)
    assert "417" in text(officer, at(table, "history/"))
    assert "417" not in text(signed_in(table.member), at(table, "history/"))
    assert "417" not in text(signed_in(table.member), at(table, ""))


def test_a_destruction_is_read_confirmed_and_carried_out(table: Table, officer: Client) -> None:
    typed = {"do": "receive", "kind": "destruction", "name": "Bao", "contact": "bao@example.org", "received": "2026-06-01"}  # fmt: skip
    page = officer.post(at(table, "privacy/requests/"), typed).headers["Location"]
    assert f'href="{page}destroy/"' in text(officer, page)
    shown = text(officer, f"{page}destroy/")
    assert "Members’ seats · 1" in shown and "Asked by the law." in shown and "by hand" in shown
    mark = re.search(r'name="mark" value="([0-9a-f]{64})"', shown)
    assert mark is not None
    unsure = officer.post(f"{page}destroy/", {"do": "erase", "mark": mark[1]})
    assert unsure.status_code == 400 and "until this box is ticked" in unsure.content.decode()
    stale = officer.post(f"{page}destroy/", {"do": "erase", "mark": "0" * 64, "sure": "on"})
    assert stale.status_code == 400 and "has changed since you read it" in stale.content.decode()
    assert signed_in(table.member).get(at(table, "")).status_code == 200
    confirmed = {"do": "erase", "mark": mark[1], "sure": "on", "reason": "Done."}
    assert officer.post(f"{page}destroy/", confirmed).headers["Location"] == page
    assert signed_in(table.member).get(at(table, "")).status_code == 404, (
        "every page closes at once"
    )
    assert "Done." in text(officer, page) and "destroy/" not in text(officer, page)
    assert "the person asked" in text(officer, at(table, "privacy/log/"))
    assert officer.post(f"{page}destroy/", confirmed).status_code == 409, "sent twice"
    assert officer.get(f"{page}destroy/").status_code == 409, "the back button"


def test_who_may_destroy_and_what_is_no_destruction(table: Table, officer: Client) -> None:
    typed = {"do": "receive", "kind": "access", "name": "Bao", "contact": "", "received": "2026-06-01"}  # fmt: skip
    page = officer.post(at(table, "privacy/requests/"), typed).headers["Location"]
    assert officer.get(f"{page}destroy/").status_code == 409
    assert f'href="{page}destroy/"' not in text(officer, page)
    assert officer.get(at(table, "privacy/requests/999999/destroy/")).status_code == 404
    assert signed_in(table.member).get(f"{page}destroy/").status_code == 403
    assert signed_in(table.former).get(f"{page}destroy/").status_code == 404


def test_the_consents_of_each_room_are_counted_with_what_for_and_until_when(
    table: Table, officer: Client
) -> None:
    assert "Consents kept with" not in text(officer, at(table, "privacy/consents/"))
    made = gather(table)
    contributed(table)
    withdraw_contribution(contributed(table, key="hand:2"), by=table.member, now=NOW)
    page = text(officer, at(table, "privacy/consents/"))
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split('id="counted"')[1]))
    assert "Volunteers, under a code · 1 consent" in told
    assert "call volunteers for a mission" in told and "Version volunteer_1, given on 1 June 2026" in told  # fmt: skip
    assert "The first ends on 1 June 2028" in told
    assert "Registrations to activities · 1 consent" in told
    assert "walks · 1 consent · 1 withdrawn" in told and "until the person withdraws" in told
    assert "I agree that this workspace keeps a code" in told
    assert made.volunteer not in page and "Mirabelle" not in page, "counts, never whom"


def test_counts_of_another_workspace_are_not_mixed_in(table: Table) -> None:
    gather(table)
    contributed(table)
    page = signed_in(table.stranger).get(f"/en/space/{table.other}/privacy/consents/")
    assert page.status_code == 200 and "Consents kept with" not in page.content.decode()


def test_every_room_s_consents_rest_on_a_declared_purpose(table: Table) -> None:
    gather(table)
    contributed(table)
    counted = [one for read in ROOMS for one in read(table.id)]
    assert len(counted) == 3
    for one in counted:
        assert resting(one.kind).purpose and one.text is not None


def test_who_contributed_takes_it_away_and_reads_it(table: Table) -> None:
    contributed(table, by=table.member)
    own = signed_in(table.member)
    data = json.loads(own.get(f"/en/account/held/{table.id}.json").content)
    (kind,) = [one for one in data["found"] if one["kind"] == "assets.contribution"]
    assert kind["rows"][0]["how"] == "about" and "La Maille" in json.dumps(kind)
    page = text(own, f"/en/account/held/{table.id}/")
    assert "La Maille" in page and "waits for review" in page
    other = json.loads(
        signed_in(table.coordinator).get(f"/en/account/held/{table.id}.json").content
    )
    assert "La Maille" not in json.dumps(other)


def test_the_officer_sees_when_the_daily_destruction_ran_and_is_warned_after_two_days(
    table: Table, officer: Client
) -> None:
    address = at(table, "privacy/")
    assert "has never run on this installation" in text(officer, address)
    now = timezone.now()
    run = DestructionRun.objects.create(at=now - timedelta(hours=5), count=0)
    page = text(officer, address)
    assert "The daily destruction last ran on" in page and "more than two days ago" not in page
    DestructionRun.objects.filter(pk=run.pk).update(at=now - timedelta(days=3))
    page = text(officer, address)
    assert "more than two days ago" in page and "courtepointe people destroy-due" in page
