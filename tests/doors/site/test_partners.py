"""The pages of the network of partners: who reads what, the survey by link, files, what a partner is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation
from tests.doors.site.test_space import signed
from tests.support.table import QUICK, Table, joined, person, table_and_around

from courtepointe.engagement.partners.actions import (
    add_partner,
    answer_by_link,
    close_wave,
    make_links,
    open_wave,
)
from courtepointe.engagement.partners.models import Asked, Tie
from courtepointe.engagement.partners.queries import partners_of, waves_of
from courtepointe.engagement.partners.values import NewTie
from courtepointe.people.actions import answer_agreement, offer_agreement
from courtepointe.people.values import Person

NAMES = ("Atelier", "Bazar", "Coop", "Dépôt", "École", "Foyer")


@pytest.fixture(autouse=True)
def _the_language_is_given_back() -> Iterator[None]:
    """Leave no English behind: tests that draw no request read the site's own language."""
    yield
    translation.deactivate()


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def evaluator(table: Table) -> Person:
    who = person("Eva")
    joined(table.slug, table.coordinator, who, "evaluator")
    return who


class Planned:
    """A wave of six, with the numbers of its organisations and the secrets of their links."""

    def __init__(self, table: Table) -> None:
        by, now = table.coordinator, timezone.now()
        self.table = table
        self.numbers = {
            name: add_partner(table.slug, name=name, sector="Art" if name < "D" else "Aide", by=by, now=now)
            for name in NAMES
        }  # fmt: skip
        self.wave, self.secrets = self.opened("Printemps", days=30)

    def opened(self, name: str, *, days: int) -> tuple[int, dict[str, str]]:
        by, now = self.table.coordinator, timezone.now() - timedelta(days=days)
        number = open_wave(self.table.slug, name=name, by=by, now=now)
        return number, dict(make_links(self.table.slug, number, by=by, now=now))

    def answer_all(self, secrets: dict[str, str], trust: int | None = None) -> None:
        for name, secret in secrets.items():
            ties = [NewTie(self.numbers[n], ("project",), 2, trust) for n in NAMES[:3] if n != name]
            role = "staff" if name < "D" else "board"
            answer_by_link(secret, role=role, ties=ties if name < "E" else [], now=timezone.now())


@pytest.fixture
def planned(table: Table) -> Planned:
    return Planned(table)


def at(table: Table, rest: str = "") -> str:
    return f"/en/space/{table.slug}/network/{rest}"


def text(client: Client, address: str, status: int = 200) -> str:
    page = client.get(address)
    assert page.status_code == status, address
    return page.content.decode()


def test_the_list_and_a_wave_begin_on_the_page(table: Table) -> None:
    ana = signed(table.coordinator)
    for name in NAMES[:2]:
        assert ana.post(at(table), {"do": "add", "name": name, "sector": "Art"}).status_code == 302
    twice = ana.post(at(table), {"do": "add", "name": "ATELIER", "sector": ""})
    assert twice.status_code == 400 and "already on the list" in twice.content.decode()
    done = ana.post(at(table), {"do": "open", "name": "Spring"})
    (wave,) = waves_of(table.id)
    assert done.headers["Location"] == at(table, f"waves/{wave.number}/")
    number = partners_of(table.id)[0].number
    told = {"do": "change", "name": "Atelier du Nord", "sector": "Art", "active": "on"}
    assert ana.post(at(table, f"organisations/{number}/"), told).status_code == 302
    assert "Atelier du Nord" in text(ana, at(table))
    assert signed(table.member).post(at(table), {"do": "add", "name": "x"}).status_code == 403


def test_who_may_not_read_ties_reads_figures_that_tell_of_nobody(
    table: Table, planned: Planned
) -> None:
    planned.answer_all(planned.secrets)
    page = at(table, f"waves/{planned.wave}/")
    whole = text(signed(table.coordinator), page)
    assert "<figure" in whole and "What missing answers do" in whole and "Atelier" in whole
    shown = text(signed(table.member), page)
    assert "<figure" not in shown and "Atelier" not in shown and "Density" in shown
    for rest in (f"seen-by/{planned.numbers['Coop']}/", "export/ties.csv"):
        assert signed(table.member).get(f"{page}{rest}").status_code == 403
        assert signed(table.coordinator).get(f"{page}{rest}").status_code == 200
    for who in (table.former, table.stranger):
        assert signed(who).get(page).status_code == 404


def test_nothing_is_drawn_before_a_tie_is_named(
    table: Table, planned: Planned, evaluator: Person
) -> None:
    ana, page = signed(table.coordinator), at(table, f"waves/{planned.wave}/")
    before = text(ana, page)
    assert "<figure" not in before and "Make the links and give each" in before
    assert all(name in before for name in NAMES) and "Density" not in before
    told = text(signed(evaluator), page)
    assert "No tie is named yet" in told and "Make the links" not in told
    number, secrets = planned.opened("Automne", days=1)
    later = at(table, f"waves/{number}/since/{planned.wave}/")
    assert "<figure" not in text(ana, later) and "Between Printemps and Automne" in text(ana, later)
    answer_by_link(secrets["Coop"], role="staff", ties=[], now=timezone.now())
    none = text(ana, at(table, f"waves/{number}/"))
    assert "<figure" not in none and "Density" in none
    tie = NewTie(planned.numbers["Foyer"])
    answer_by_link(planned.secrets["Coop"], role="staff", ties=[tie], now=timezone.now())
    assert text(ana, page).count("<figure") == 1 and "<figure" in text(ana, later)
    close_wave(table.slug, number, by=table.coordinator, now=timezone.now())
    assert "nothing to draw" in text(ana, at(table, f"waves/{number}/"))


def test_trust_is_the_evaluators(table: Table, planned: Planned, evaluator: Person) -> None:
    planned.answer_all(planned.secrets, trust=4)
    ana, eva = signed(table.coordinator), signed(evaluator)
    page = at(table, f"waves/{planned.wave}/")
    assert 'id="trust"' not in text(ana, page) and 'id="trust"' in text(eva, page)
    for file in ("ties.csv", "graphml", "organisations.csv"):
        address = f"{page}export/{file}"
        assert ana.get(f"{address}?trust").status_code == 403
        assert "fully" not in ana.get(address).content.decode()
        assert "trust" not in ana.get(address).content.decode()
    assert "fully" in eva.get(f"{page}export/ties.csv?trust").content.decode()
    assert eva.get(at(table, f"waves/{planned.wave}/links/")).status_code == 403
    for client, reads in ((ana, False), (eva, True)):
        history = text(client, f"/en/space/{table.slug}/history/")
        assert ("tie between partners" in history.lower()) is reads


def test_links_are_shown_once(table: Table, planned: Planned) -> None:
    ana, page = signed(table.coordinator), at(table, f"waves/{planned.wave}/links/")
    number = Asked.objects.get(partner_id=planned.numbers["Coop"]).pk
    made = ana.post(page, {"renew": number}).content.decode()
    (link,) = re.findall(r'<code class="secret">http://localhost(/[^<]+)</code>', made)
    assert link not in text(ana, page)
    assert "Coop" in text(Client(HTTP_HOST="localhost"), link)
    assert Client(HTTP_HOST="localhost").get(f"/en/survey/{planned.secrets['Coop']}/").status_code == 404  # fmt: skip


def test_links_that_were_lost_are_replaced_at_once(table: Table, planned: Planned) -> None:
    ana, page = signed(table.coordinator), at(table, f"waves/{planned.wave}/links/")
    assert 'class="secret"' not in ana.post(page).content.decode()
    answer_by_link(planned.secrets["Coop"], role="staff", ties=[], now=timezone.now())
    made = ana.post(page, {"renew": "silent"}).content.decode()
    links = re.findall(r'<code class="secret">http://localhost(/[^<]+)</code>', made)
    assert len(links) == 5 and all(Client(HTTP_HOST="localhost").get(one).status_code == 200 for one in links)  # fmt: skip
    for name, status in (("Coop", 200), ("Bazar", 404)):
        kept = Client(HTTP_HOST="localhost").get(f"/en/survey/{planned.secrets[name]}/")
        assert kept.status_code == status
    for wrong in ("all", "0", "9" * 30):
        assert ana.post(page, {"renew": wrong}).status_code == 400
    assert all(Client(HTTP_HOST="localhost").get(one).status_code == 200 for one in links)


def test_a_link_never_shows_the_trust_that_was_said(table: Table, planned: Planned) -> None:
    """Who runs the survey may replace a link, and open it: trust is for the evaluator."""
    bazar, coop, foyer = (planned.numbers[name] for name in ("Bazar", "Coop", "Foyer"))
    said = [NewTie(bazar, ("project",), 3, 4), NewTie(coop, ("project",), 2, None)]
    answer_by_link(planned.secrets["Atelier"], role="staff", ties=said, now=timezone.now())
    visitor, address = Client(HTTP_HOST="localhost"), f"/en/survey/{planned.secrets['Atelier']}/"
    more = visitor.post(address, {"do": "choose", "partners": [bazar, coop, foyer]})
    chosen = re.findall(r'<option value="([^"]*)" selected>', more.content.decode())
    # Of each: how often, how far it trusts; the last is the role in which it answered.
    assert chosen == ["3", "kept", "2", "", "", "", "staff"]

    def trust_after(told: str) -> dict[int, int | None]:
        sent = {"do": "answer", "role": "staff", "partners": [bazar, coop], f"t{bazar}-trust": told}
        assert visitor.post(address, sent).status_code == 200
        return dict(Tie.objects.values_list("to_partner_id", "trust"))

    assert trust_after("kept") == {bazar: 4, coop: None}
    assert trust_after("2") == {bazar: 2, coop: None}
    assert trust_after("") == {bazar: None, coop: None}
    wrong = {"do": "answer", "role": "staff", "partners": [bazar], f"t{bazar}-trust": "kept"}
    assert visitor.post(address, wrong).status_code == 400


def test_an_organisation_answers_without_an_account(table: Table, planned: Planned) -> None:
    bazar, visitor = planned.numbers["Bazar"], Client(HTTP_HOST="localhost")
    address = f"/en/survey/{planned.secrets['Atelier']}/"
    other = f"/en/survey/{planned.secrets['Bazar']}/"
    first = text(visitor, address)
    assert "Atelier" in first and f'value="{bazar}"' in first and "checked" not in first
    more = visitor.post(address, {"do": "choose", "partners": [bazar]}).content.decode()
    assert f"t{bazar}-trust" in more and not Tie.objects.exists()
    told = {"do": "answer", "partners": [bazar], f"t{bazar}-kinds": ["project"], f"t{bazar}-trust": "3", f"t{bazar}-frequency": ""}  # fmt: skip
    assert visitor.post(address, told).status_code == 400 and not Tie.objects.exists()
    thanks = visitor.post(address, told | {"role": "staff"})
    assert thanks.status_code == 200 and "Thank you" in thanks.content.decode()
    (tie,) = Tie.objects.all()
    assert (tie.to_partner_id, tie.kind, tie.trust) == (bazar, "project", 3)
    assert text(visitor, address).count("checked") == 1
    assert "checked" not in text(visitor, other)
    visitor.post(address, {"do": "answer", "role": "staff"})
    assert not Tie.objects.exists()
    close_wave(table.slug, planned.wave, by=table.coordinator, now=timezone.now())
    closed = visitor.post(address, told | {"role": "staff"})
    assert closed.status_code == 409 and not Tie.objects.exists()


def test_change_is_told_between_two_waves(table: Table, planned: Planned) -> None:
    planned.answer_all(planned.secrets)
    ana = signed(table.coordinator)
    number, secrets = planned.opened("Automne", days=1)
    answer_by_link(secrets["Atelier"], role="staff", ties=[], now=timezone.now())
    page = at(table, f"waves/{number}/since/{planned.wave}/")
    told = text(ana, page)
    assert "<figure" in told and "Between Printemps and Automne" in told
    assert ana.get(at(table, f"waves/{planned.wave}/since/{number}/")).status_code == 404
    assert signed(table.member).get(page).status_code == 403
    assert page in text(ana, at(table)) and page in text(ana, at(table, f"waves/{number}/"))


def test_an_organisations_own_view_gives_away_nobody(table: Table, planned: Planned) -> None:
    planned.answer_all(planned.secrets)
    page = at(table, f"waves/{planned.wave}/seen-by/{planned.numbers['Coop']}/")
    told = text(signed(table.coordinator), page)
    assert "joint project" in told and "not told: it would tell of a few" in told
    assert signed(table.coordinator).get(page.replace(f"/{planned.numbers['Coop']}/", "/999/")).status_code == 404  # fmt: skip


def test_files_come_in_and_say_what_is_wrong(table: Table, planned: Planned) -> None:
    ana = signed(table.coordinator)

    def sent(rest: str, content: str, **more: str) -> Any:
        file = SimpleUploadedFile("liens.csv", content.encode())
        return ana.post(at(table, rest), {"file": file, **more})

    done = sent(f"waves/{planned.wave}/import/", "de,à\nAtelier,Bazar\n", what="ties")
    assert done.status_code == 302 and Tie.objects.count() == 1
    batch = done.headers["Location"].split("batch=")[1]
    wrong = sent(f"waves/{planned.wave}/import/", "de,à\nAtelier,Bazarre\n,Coop\n", what="ties")
    said = wrong.content.decode()
    assert wrong.status_code == 400 and "Bazarre" in said and "row 3" in said
    assert sent("organisations/import/", "nom\nGare\n").status_code == 302
    long = SimpleUploadedFile(f"{'京' * 120}.csv", b"nom\nVille\n")
    assert ana.post(at(table, "organisations/import/"), {"file": long}).status_code == 302
    assert "Gare" in text(ana, at(table))
    ana.post(f"/en/space/{table.slug}/history/{batch}/undo/", {"why": "essai"})
    assert not Tie.objects.exists()


def test_a_partner_is_shown_figures_without_ties(table: Table, planned: Planned) -> None:
    planned.answer_all(planned.secrets)
    now, day = timezone.now(), timezone.localdate()
    close_wave(table.slug, planned.wave, by=table.coordinator, now=now)
    number = offer_agreement(
        table.slug, receiver=table.other, what="network", purpose="se comparer", since=day,
        until=day + timedelta(days=30), by=table.coordinator, now=now,
    )  # fmt: skip
    answer_agreement(table.other, number, accepted=True, by=table.stranger, now=now)
    page = text(signed(table.stranger), f"/en/space/{table.other}/sharing/{number}/")
    assert "Printemps" in page and "Density" in page
    assert not any(name in page for name in NAMES) and "<figure" not in page
