"""The pages of accounts and workspaces: who reaches them, what their forms do, what a wrong one says."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone
from tests.support.table import PASSWORD, QUICK, Table, joined, table_and_around

from courtepointe.people.actions import invite, offer_agreement, offer_recovery
from courtepointe.people.models import Account, Invitation, Membership, Workspace
from courtepointe.people.queries import agreements_of, fiduciaries_of, members_of, territories_of
from courtepointe.people.values import Person


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


def signed(who: Person, *, safe: bool = True) -> Client:
    """Give a browser in which somebody signed in, with a second factor or not yet."""
    client = Client(HTTP_HOST="localhost")
    account = Account.objects.get(pk=who.id)
    client.force_login(account)
    if safe:
        Authenticator.objects.get_or_create(user=account, type="totp", data={"secret": "x"})
    return client


def at(table: Table, rest: str = "") -> str:
    return f"/fr/espace/{table.slug}/{rest}"


PAGES = ("", "membres/", "partages/", "historique/")
WRITERS = ("reglages/",)


def test_members_read_and_the_others_are_not_told_that_it_is(table: Table) -> None:
    for rest in PAGES:
        assert signed(table.coordinator).get(at(table, rest)).status_code == 200
        assert signed(table.member).get(at(table, rest)).status_code == 200
        for who in (table.former, table.stranger):
            page = signed(who).get(at(table, rest))
            assert page.status_code == 404
            assert "Vieux-Moulin" not in page.content.decode().replace(at(table), "")
        assert Client(HTTP_HOST="localhost").get(at(table, rest)).status_code == 302
    for rest in WRITERS:
        assert signed(table.coordinator).get(at(table, rest)).status_code == 200
        assert signed(table.member).get(at(table, rest)).status_code == 403


def test_nobody_reads_before_they_have_a_second_factor(table: Table) -> None:
    answer = signed(table.member, safe=False).get(at(table))
    assert answer.status_code == 302 and answer.headers["Location"] == "/fr/compte/protection/"
    page = signed(table.member, safe=False).get("/fr/compte/protection/").content.decode()
    assert "Encore une étape" in page


def test_each_language_has_its_address(table: Table) -> None:
    page = signed(table.member).get(at(table, "membres/")).content.decode()
    assert f'href="/en/space/{table.slug}/members/"' in page
    assert signed(table.member).get(f"/en/space/{table.slug}/members/").status_code == 200


def test_a_coordinator_invites_and_the_link_is_shown_once(table: Table) -> None:
    ana = signed(table.coordinator)
    told = {"do": "invite", "label": "Éli, 514 555-0123", "roles": ["agent"], "until": ""}
    page = ana.post(at(table, "membres/"), told).content.decode()
    (link,) = re.findall(
        r'<code class="secret">http://localhost(/fr/invitation/[^<]+/)</code>', page
    )
    again = ana.get(at(table, "membres/")).content.decode()
    assert link not in again and "Éli, 514 555-0123" in again
    assert "Éli" not in signed(table.member).get(at(table, "membres/")).content.decode()
    assert "514 555" not in ana.get(at(table, "historique/")).content.decode()

    visitor = Client(HTTP_HOST="localhost")
    offered = visitor.get(link).content.decode()
    assert "Ana vous invite" in offered and "agent·e de résilience" in offered
    bad = visitor.post(link, {"name": "Éli", "email": "eli@example.org", "password": "court"})
    assert bad.status_code == 400 and not Account.objects.filter(name="Éli").exists()
    joined = visitor.post(link, {"name": "Éli", "email": "Eli@Example.org", "password": PASSWORD})
    assert joined.status_code == 302
    assert [m.person.name for m in members_of(table.id)] == ["Ana", "Bao", "Éli"]
    assert visitor.get(link).headers["Location"] == at(table), "who joined by it is brought in"
    assert Client(HTTP_HOST="localhost").get(link).status_code == 404, "it serves once"
    assert visitor.get(at(table)).headers["Location"] == "/fr/compte/protection/"


def test_who_has_an_account_joins_with_it(table: Table) -> None:
    now = timezone.now()
    secret = invite(table.slug, label="Dov", told_roles=["funder"], by=table.coordinator, now=now)
    dov = signed(table.stranger)
    assert dov.post(f"/fr/invitation/{secret}/").headers["Location"] == at(table)
    assert dov.get(at(table)).status_code == 200
    assert dov.get(at(table, "reglages/")).status_code == 403


def test_a_member_cannot_invite_change_or_end(table: Table) -> None:
    seats = {one.person.name: one.number for one in members_of(table.id)}
    number = seats["Ana"]
    bao = signed(table.member)
    told = {"do": "invite", "label": "x", "roles": ["coordinator"]}
    assert bao.post(at(table, "membres/"), told).status_code in (400, 403)
    assert not Invitation.objects.filter(accepted=None, revoked=None).exists()
    for form in ({"do": "end"}, {"do": "change", "roles": ["reader"]}):
        assert bao.post(at(table, f"membres/{number}/"), form).status_code == 403
    assert Membership.objects.get(pk=number).ended is None


def test_the_last_who_may_invite_cannot_leave_and_is_told_why(table: Table) -> None:
    number = next(one.number for one in members_of(table.id) if one.person.name == "Ana")
    ana = signed(table.coordinator)
    page = ana.post(at(table, f"membres/{number}/"), {"do": "end", "why": ""})
    assert page.status_code == 400 and "ne serait plus à personne" in page.content.decode()
    assert ana.post(at(table, "membres/quitter/")).status_code == 409
    bao = signed(table.member)
    assert bao.post(at(table, "membres/quitter/")).headers["Location"] == "/fr/espaces/"
    assert bao.get(at(table)).status_code == 404


def test_an_ended_seat_closes_every_page_at_once(table: Table) -> None:
    bao = signed(table.member)
    assert bao.get(at(table)).status_code == 200
    number = next(one.number for one in members_of(table.id) if one.person.name == "Bao")
    signed(table.coordinator).post(at(table, f"membres/{number}/"), {"do": "end", "why": "parti"})
    for rest in PAGES:
        assert bao.get(at(table, rest)).status_code == 404
    page = signed(table.coordinator).get(at(table, f"membres/{number}/"))
    assert page.status_code == 404 and "Réglages" in page.content.decode()


def test_an_agreement_from_its_offer_to_its_end(table: Table) -> None:
    ana, dov = signed(table.coordinator), signed(table.stranger)
    today = timezone.localdate()
    told = {
        "do": "offer", "receiver": table.other, "what": "directory", "purpose": "orienter",
        "since": today.isoformat(), "until": (today + timedelta(30)).isoformat(),
    }  # fmt: skip
    assert ana.post(at(table, "partages/"), told | {"purpose": ""}).status_code == 400
    assert ana.post(at(table, "partages/"), told).status_code == 302
    (offered,) = agreements_of(table.id, now=timezone.now())
    theirs = f"/fr/espace/{table.other}/partages/"
    assert "vous offre un partage" in dov.get(f"/fr/espace/{table.other}/").content.decode()
    assert dov.get(f"{theirs}{offered.number}/").status_code == 404
    assert ana.post(at(table, f"partages/{offered.number}/reponse/"), {"do": "accept"}).status_code == 404  # fmt: skip
    dov.post(f"{theirs}{offered.number}/reponse/", {"do": "accept"})
    assert dov.get(f"{theirs}{offered.number}/").status_code == 200
    assert ana.get(at(table, f"partages/{offered.number}/")).status_code == 404
    ana.post(at(table, f"partages/{offered.number}/revoquer/"), {"why": "fini"})
    assert dov.get(f"{theirs}{offered.number}/").status_code == 404


def test_territories_are_chosen_by_name_or_in_the_list_that_is_offered(table: Table) -> None:
    ana, today = signed(table.coordinator), timezone.localdate().isoformat()
    page = ana.post(at(table, "reglages/"), {"do": "stand", "area": "nulle part ailleurs", "since": today})  # fmt: skip
    assert page.status_code == 400
    told = {"do": "stand", "area": "", "pick": "quartier:2014:1", "since": today}
    assert ana.post(at(table, "reglages/"), told).status_code == 302
    (found,) = territories_of(table.id)
    assert found.area_key == "quartier:2014:1" and "Moulin" in found.name
    assert ana.post(at(table, "reglages/"), told).status_code == 400
    end = at(table, f"reglages/territoires/{found.number}/fin/")
    assert signed(table.member).post(end, {"until": today}).status_code == 403
    assert ana.post(end, {"until": today}).status_code == 302


def test_a_fiduciary_is_named_and_ended(table: Table) -> None:
    ana = signed(table.coordinator)
    told = {"do": "fiduciary", "name": "Maison d’Œuvre", "registration": "1234", "since": "2026-01-01", "until": "", "note": ""}  # fmt: skip
    assert ana.post(at(table, "reglages/"), told).status_code == 302
    page = ana.post(at(table, "reglages/"), told)
    assert page.status_code == 400 and "déjà fiduciaire" in page.content.decode()
    (kept,) = fiduciaries_of(table.id)
    ana.post(at(table, f"reglages/fiduciaires/{kept.number}/fin/"), {"until": "2026-03-31"})
    assert fiduciaries_of(table.id)[0].until is not None


def test_sign_in_and_recovery_say_nothing_of_who_has_an_account(table: Table) -> None:
    visitor = Client(HTTP_HOST="localhost")
    pages = [
        visitor.post("/fr/compte/connexion/", {"login": email, "password": "mauvais mot"})
        for email in ("ana@example.org", "personne@example.org")
    ]
    texts = {re.sub(r'value="[^"]*"', "", page.content.decode()) for page in pages}
    assert len(texts) == 1
    assert visitor.get("/fr/compte/retour/inconnu/").status_code == 404
    secret = offer_recovery("ana@example.org", now=timezone.now())
    assert visitor.post(f"/fr/compte/retour/{secret}/", {"password": "court"}).status_code == 400
    done = visitor.post(f"/fr/compte/retour/{secret}/", {"password": "une phrase bien longue"})
    assert done.headers["Location"] == "/fr/compte/connexion/"
    told = {"login": "ana@example.org", "password": "une phrase bien longue"}
    assert visitor.post("/fr/compte/connexion/", told).status_code == 302


def test_nobody_signs_up_without_an_invitation(table: Table) -> None:
    visitor = Client(HTTP_HOST="localhost")
    assert visitor.get("/fr/compte/inscription/").status_code == 404
    assert visitor.get("/fr/invitation/au-hasard/").status_code == 404


def test_the_profile_is_ones_own(table: Table) -> None:
    bao = signed(table.member, safe=False)
    assert bao.post("/fr/compte/", {"name": "Bao N.", "lang": "en"}).status_code == 302
    assert Account.objects.get(pk=table.member.id).name == "Bao N."
    assert bao.post("/fr/compte/", {"name": "", "lang": "en"}).status_code == 400


def test_a_batch_that_no_import_has_is_not_found(table: Table) -> None:
    ana = signed(table.coordinator)
    for asked in ("a%20b", "%00", "%3Cscript%3E", "x" * 44):
        assert ana.get(at(table, f"historique/?batch={asked}")).status_code == 404
    page = ana.get(at(table, "historique/?batch=inconnu"))
    assert page.status_code == 200 and "<form" not in page.content.decode().split("<h1>")[1].split("</main>")[0]  # fmt: skip
    refused = ana.post(at(table, "historique/inconnu/annuler/"), {"why": "x"})
    text = refused.content.decode()
    assert refused.status_code == 409 and 'role="alert"' in text and 'id="id_why"' not in text


def test_a_last_day_that_is_no_day_changes_nothing(table: Table) -> None:
    ana, today = signed(table.coordinator), timezone.localdate().isoformat()
    ana.post(at(table, "reglages/"), {"do": "stand", "area": "", "pick": "quartier:2014:1", "since": today})  # fmt: skip
    (found,) = territories_of(table.id)
    for told in ("", "2026-13-45", "hier", "9" * 500):
        answer = ana.post(at(table, f"reglages/territoires/{found.number}/fin/"), {"until": told})
        assert answer.status_code == 400 and "n’est pas un jour" in answer.content.decode()
    assert territories_of(table.id)[0].until is None


def test_a_link_sent_twice_or_come_back_to_brings_in_who_joined_by_it(table: Table) -> None:
    secret = invite(table.slug, label="Dov", told_roles=["funder"], by=table.coordinator, now=timezone.now())  # fmt: skip
    address, dov = f"/fr/invitation/{secret}/", signed(table.stranger)
    assert dov.post(address).headers["Location"] == at(table)
    assert dov.post(address).headers["Location"] == at(table)
    assert dov.get(address).headers["Location"] == at(table)
    for other in (signed(table.coordinator), Client(HTTP_HOST="localhost")):
        assert other.get(address).status_code == 404
    Membership.objects.filter(account_id=table.stranger.id, workspace_id=table.id).update(ended=timezone.now())  # fmt: skip
    assert dov.get(address).status_code == 404, "who left learns nothing"


def test_a_kind_of_workspace_that_is_no_more_breaks_no_page(table: Table) -> None:
    Workspace.objects.filter(pk=table.id).update(kind="disparue")
    ana = signed(table.coordinator)
    secret = invite(table.slug, label="Dov", told_roles=["funder"], by=table.coordinator, now=timezone.now())  # fmt: skip
    for address in ("/fr/espaces/", at(table), f"/fr/invitation/{secret}/"):
        assert ana.get(address).status_code == 200


def test_who_is_over_is_not_counted_as_here(table: Table) -> None:
    joined(table.slug, table.coordinator, table.stranger, "reader")
    seats = Membership.objects.filter(workspace_id=table.id, ended=None)
    page = signed(table.coordinator).get(at(table)).content.decode()
    assert f"{seats.count()} personnes sont ici" in page
    seats.filter(account_id=table.stranger.id).update(until=timezone.localdate() - timedelta(days=1))  # fmt: skip
    assert f"{seats.count() - 1} personnes sont ici" in signed(table.coordinator).get(at(table)).content.decode()  # fmt: skip


def test_a_reason_that_goes_with_a_button_is_one_line_of_text(table: Table) -> None:
    number = offer_agreement(
        table.slug, receiver=table.other, what="calendar", purpose="essai", since=timezone.localdate(),
        until=timezone.localdate(), by=table.coordinator, now=timezone.now(),
    )  # fmt: skip
    told = {"why": "trop\x00 tôt\r\n" + "é" * 900}
    assert signed(table.coordinator).post(at(table, f"partages/{number}/revoquer/"), told).status_code == 302  # fmt: skip
    (kept,) = agreements_of(table.id, now=timezone.now())
    assert kept.why_revoked.startswith("trop tôt é") and len(kept.why_revoked) == 500


def test_labels_stand_beside_fields_and_no_placeholder_repeats_them(table: Table) -> None:
    page = Client(HTTP_HOST="localhost").get("/fr/compte/connexion/").content.decode()
    assert "<label" in page and 'name="login"' in page and 'name="password"' in page
    form = page.split("<h1>")[1].split("</form>")[0]
    assert "placeholder" not in form
    profile = signed(table.coordinator).get("/fr/compte/mot-de-passe/")
    assert "placeholder" not in profile.content.decode().split("<h1>")[1].split("</form>")[0]
