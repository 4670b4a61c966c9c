"""Consents given on paper or by word of mouth: noted, told where they count, withdrawn, ended on their day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate
from tests.support.contributed import PLACE, a_photo, contributed
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotAllowed, NotFound
from courtepointe.people.actions import destroy_all_due, note_consent, withdraw_consent
from courtepointe.people.models import ConsentRecord, Destruction, HistoryRow
from courtepointe.people.queries.consents import (
    ConsentTold,
    consents_of,
    consents_under,
    has_consent,
)
from courtepointe.people.queries.subjects import dossier
from courtepointe.people.queries.whom import Whom
from courtepointe.places.assets.models import ContributionPhoto
from courtepointe.press.photos import read_photo

TODAY = localdate(NOW)
PHOTO = "assets.contributionphoto"
PAPER = ConsentTold(
    text="contact", how="written", lang="fr", given=TODAY - timedelta(days=3), who="Mirabelle 12",
    covers="mon téléphone, pour les corvées", kept_at="classeur rouge, bureau de la Table",
)  # fmt: skip
SPOKEN = replace(PAPER, how="spoken", kept_at="", witness="l’agente du secteur")


def noted(table: Table, told: ConsentTold = PAPER, **more: Any) -> int:
    return note_consent(table.slug, replace(told, **more), by=table.coordinator, now=NOW)


def photo(table: Table) -> int:
    shot = {"a.jpg": read_photo(a_photo(), file="a.jpg")}
    number = contributed(table, PLACE, by=table.member, key="hand:x", photos=shot)
    return ContributionPhoto.objects.get(contribution_id=number).pk


def test_a_paper_is_noted_with_where_it_is_and_who_agreed_is_sealed(table: Table) -> None:
    number = noted(table)
    (told,) = consents_of(table.id, on=TODAY)
    assert (told.number, told.who, told.covers, told.kept_at, told.how, told.noted_by) == (number, PAPER.who, PAPER.covers, PAPER.kept_at, "written", "Ana")  # fmt: skip
    assert localdate(told.given) == PAPER.given and (told.version, told.as_read) == (1, True)
    ConsentRecord.objects.update(text_hash="0" * 64)
    assert not consents_of(table.id, on=TODAY)[0].as_read, "a text edited after all is seen"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_consentrecord")
        assert not any(word in str(cursor.fetchall()) for word in ("Mirabelle", "classeur"))
    line = HistoryRow.objects.get(what="people.consentrecord")
    assert "Mirabelle" not in str(line.after)
    assert [one.text for one in consents_under(table.id, " mirabelle 12", on=TODAY)] == ["contact"]
    assert consents_under(table.id, "", on=TODAY) == ()
    held = dossier(table.id, Whom(None, "MIRABELLE 12"), now=NOW)
    assert [kind.model for kind in held.found] == ["people.consentrecord"], "found when they ask"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"text": "rien"}, "unknown_consent_text"),
        ({"how": "online"}, "unknown_way_to_consent"),
        ({"who": "  "}, "consent_needs_who"),
        ({"kept_at": " "}, "consent_needs_place"),
        ({"how": "spoken", "witness": ""}, "consent_needs_witness"),
        ({"given": TODAY + timedelta(days=1)}, "day_to_come"),
        ({"until": PAPER.given - timedelta(days=1)}, "consent_ends_before_it_begins"),
    ],
)
def test_what_would_prove_nothing_is_refused(table: Table, more: Any, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        noted(table, **more)
    assert not ConsentRecord.objects.exists()


def test_only_the_officer_notes_and_withdraws(table: Table) -> None:
    number = noted(table)
    for who, error in ((table.member, NotAllowed), (table.former, NotFound), (table.stranger, NotFound)):  # fmt: skip
        with pytest.raises(error):
            note_consent(table.slug, PAPER, by=who, now=NOW)
        with pytest.raises(error):
            withdraw_consent(table.slug, number, by=who, now=NOW)
    with pytest.raises(NotFound, match="unknown_consent"):
        withdraw_consent(table.other, number, by=table.stranger, now=NOW)


def test_who_agrees_again_has_one_record_and_the_history_keeps_what_it_said(table: Table) -> None:
    number = noted(table)
    again = noted(table, SPOKEN, who="MIRABELLE 12", until=date(2030, 1, 1))
    assert again == number and noted(table, who="Quelqu’un d’autre") != number
    told = next(one for one in consents_of(table.id, on=TODAY) if one.number == number)
    assert (told.how, told.witness, told.kept_at, told.until) == ("spoken", SPOKEN.witness, "", date(2030, 1, 1))  # fmt: skip
    changed = HistoryRow.objects.get(what="people.consentrecord", key=str(number), verb="changed")
    assert changed.before["how"] == "written" and changed.after["how"] == "spoken"


def test_a_photograph_goes_when_one_of_those_on_it_withdraws(table: Table) -> None:
    one = photo(table)
    about = {"text": "photo", "kind": PHOTO, "key": str(one)}
    for more in ({"text": "contact"}, {"key": "999"}, {"key": "x"}, {"kind": "people.membership"}):
        with pytest.raises(NotFound, match="unknown_consent_subject"):
            noted(table, **{**about, **more})
    with pytest.raises(NotFound, match="unknown_consent_subject"):
        note_consent(table.other, replace(PAPER, **about), by=table.stranger, now=NOW)
    first, second = noted(table, **about), noted(table, **about, who="Dalia")
    assert has_consent(table.id, PHOTO, one, "photo", on=TODAY)
    assert not has_consent(table.id, PHOTO, one, "story", on=TODAY)
    withdraw_consent(table.slug, first, by=table.coordinator, now=NOW)
    assert not ContributionPhoto.objects.exists() and not has_consent(table.id, PHOTO, one, "photo", on=TODAY)  # fmt: skip
    assert ConsentRecord.objects.get(pk=second).withdrawn == NOW, "nothing is left to agree to"
    line = Destruction.objects.get()
    assert (line.because, line.rule, line.what, line.then) == ("withdrawal", "photo", PHOTO, "destroyed")  # fmt: skip


def test_a_consent_ends_on_its_day_and_what_rests_on_it_too(table: Table) -> None:
    one = photo(table)
    last = TODAY + timedelta(days=10)
    number = noted(table, text="photo", kind=PHOTO, key=str(one), until=last)
    noted(table, until=last + timedelta(days=1))
    destroy_all_due(now=NOW + timedelta(days=10))
    assert has_consent(table.id, PHOTO, one, "photo", on=last), "the last day counts"
    assert not has_consent(table.id, PHOTO, one, "photo", on=last + timedelta(days=1))
    assert any(told.is_over for told in consents_of(table.id, on=last + timedelta(days=1)))
    destroy_all_due(now=NOW + timedelta(days=11))
    assert not ContributionPhoto.objects.exists()
    assert ConsentRecord.objects.get(pk=number).withdrawn is not None
    assert ConsentRecord.objects.filter(withdrawn=None).count() == 1
    assert Destruction.objects.get(what=PHOTO).because == "retention"


def test_a_consent_is_somebodys(table: Table) -> None:
    number = noted(table)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentRecord.objects.filter(pk=number).update(who_print="")
