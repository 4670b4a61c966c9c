"""A consent is noted by hand from its page, from a photograph, from a volunteer; and shown where it counts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from tests.support.contributed import PLACE, a_photo, contributed
from tests.support.gathered import gather
from tests.support.table import QUICK, Table, joined, person, table_and_around
from tests.support.visits import signed_in

from courtepointe.doors.cli.people import group
from courtepointe.people.models import ConsentRecord
from courtepointe.places.assets.models import ContributionPhoto
from courtepointe.press.photos import read_photo

NOTED = {
    "text": "photo", "who": "Mirabelle", "covers": "la fête du 12 mai", "how": "written",
    "kept_at": "classeur rouge", "witness": "", "given": "2026-05-12", "until": "",
}  # fmt: skip


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


def a_photograph(table: Table) -> ContributionPhoto:
    shot = {"a.jpg": read_photo(a_photo(), file="a.jpg")}
    number = contributed(table, PLACE, by=table.member, key="hand:x", photos=shot)
    return ContributionPhoto.objects.get(contribution_id=number)


def test_a_consent_of_nobody_s_row_is_noted_and_withdrawn(table: Table, officer: Client) -> None:
    page = at(table, "privacy/consents/note/")
    assert "I agree that my story" in text(officer, page)
    lacks = officer.post(page, {**NOTED, "kept_at": ""})
    assert lacks.status_code == 400 and "where the signed paper is kept" in lacks.content.decode()
    assert "la fête du 12 mai" in lacks.content.decode(), "what was typed stays"
    assert officer.post(page, NOTED).status_code == 302
    listed = text(officer, at(table, "privacy/consents/"))
    for word in ("Mirabelle", "la fête du 12 mai", "The paper: classeur rouge.", "take off by hand"):  # fmt: skip
        assert word in listed, word
    number = ConsentRecord.objects.get().pk
    assert officer.post(at(table, f"privacy/consents/{number}/withdraw/")).status_code == 302
    assert "Withdrawn on" in text(officer, at(table, "privacy/consents/"))


def test_what_is_past_its_last_day_is_told_until_the_daily_destruction_ends_it(
    table: Table, officer: Client
) -> None:
    photo = a_photograph(table)
    note = f"{at(table, 'privacy/consents/note/')}?about=assets.contributionphoto:{photo.pk}"
    officer.post(note, {**NOTED, "until": "2026-05-13"})
    officer.post(at(table, "privacy/consents/note/"), {**NOTED, "until": "2126-05-13"})
    assert "1 is past its last day" in text(officer, at(table, "privacy/"))
    theirs = signed_in(table.stranger).get(f"/en/space/{table.other}/privacy/").content.decode()
    assert "past its last day" not in theirs

    def asked(*words: str) -> Any:
        told = CliRunner().invoke(group, ["destroy-due", "--json", *words])
        return [line for line in json.loads(told.output)["rules"] if line["then"] == "withdrawn"]

    (line,) = asked("--dry-run")
    assert (line["rule"], line["what"], line["count"], line["oldest"]) == ("consent_over.photo", "assets.contributionphoto", 1, "2026-05-13")  # fmt: skip
    assert ContributionPhoto.objects.exists(), "a dry run touches nothing"
    assert len(asked()) == 1 and asked() == []
    assert not ContributionPhoto.objects.exists()
    assert "past its last day" not in text(officer, at(table, "privacy/"))


def test_who_may_note_a_consent(table: Table) -> None:
    page = at(table, "privacy/consents/note/")
    eli = person("Eli")
    joined(table.slug, table.coordinator, eli, "agent")
    for who, status in ((table.member, 403), (eli, 403), (table.former, 404), (table.stranger, 404)):  # fmt: skip
        assert signed_in(who).get(page).status_code == status
        assert signed_in(who).post(page, NOTED).status_code == status
    assert signed_in(None).get(page).status_code == 302
    assert not ConsentRecord.objects.exists()


def test_a_reviewer_sees_whether_a_photograph_may_be_published(
    table: Table, officer: Client
) -> None:
    photo = a_photograph(table)
    shown = at(table, f"assets/{photo.contribution_id}/")
    assert "No consent to publish it is noted." in text(officer, shown)
    note = f"{at(table, 'privacy/consents/note/')}?about=assets.contributionphoto:{photo.pk}"
    assert f"?about=assets.contributionphoto:{photo.pk}" in text(officer, shown)
    page = text(officer, note)
    assert "it is destroyed" in page and 'value="photo"' in page and 'value="story"' not in page
    assert officer.post(note, {**NOTED, "text": "contact"}).status_code == 400
    assert officer.post(note, NOTED).status_code == 302
    assert "A consent to publish it is noted." in text(officer, shown)
    eli = person("Eli")
    joined(table.slug, table.coordinator, eli, "agent")
    seen = text(signed_in(eli), shown)
    assert "A consent to publish it is noted." in seen and "consents/note" not in seen
    assert "consent to publish" not in text(signed_in(table.member), shown)
    for about in (f"assets.contributionphoto:{photo.pk + 9}", "people.membership:1", "x", "assets.contributionphoto:²"):  # fmt: skip
        assert officer.get(at(table, "privacy/consents/note/"), {"about": about}).status_code == 404
    theirs = f"/en/space/{table.other}/privacy/consents/note/?about=assets.contributionphoto:{photo.pk}"  # fmt: skip
    assert signed_in(table.stranger).get(theirs).status_code == 404


def test_what_a_volunteer_agreed_to_stands_on_their_page(table: Table, officer: Client) -> None:
    made = gather(table)
    page = at(table, f"volunteers/{made.volunteer}/")
    assert "None, besides being a volunteer." in text(officer, page)
    note = f"{at(table, 'privacy/consents/note/')}?who={made.volunteer}"
    assert f'value="{made.volunteer}"' in text(officer, note)
    told = {**NOTED, "text": "story", "who": made.volunteer, "until": "2031-01-31", "how": "spoken", "witness": "l’agente"}  # fmt: skip
    assert officer.post(note, told).status_code == 302
    shown = " ".join(text(officer, page).split())
    assert "Publish my story" in shown and "Valid until 31 January 2031" in shown
    assert "l’agente" not in shown, "the officer’s register alone says before whom"
