"""Somebody contributes, somebody reviews: who may, who may not, what each then sees."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
import shapely
from django.db import IntegrityError, transaction
from PIL import Image
from tests.support.contributed import PLACE, SKILL, a_photo, accepted, contributed, said
from tests.support.table import NOW, Table, joined, person

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.formats.submissions import GeoPoint
from courtepointe.people.access import received_by, workspace_to
from courtepointe.people.actions import answer_agreement, offer_agreement
from courtepointe.people.models import HistoryRow
from courtepointe.people.values import Person, WorkspaceSeen
from courtepointe.places.assets.actions import (
    accept,
    correct,
    merge,
    propose,
    refuse,
    say_who_is_seen,
    withdraw,
    withdraw_for,
)
from courtepointe.places.assets.hand import by_hand
from courtepointe.places.assets.models import Contribution, ContributionPhoto
from courtepointe.places.assets.queries import (
    contributed_by,
    contribution,
    geojson,
    likely_same,
    listed,
    photo,
    received,
    served_needs,
    waiting,
)
from courtepointe.places.assets.values import ContributionSeen, Wanted
from courtepointe.places.collecting import field_form
from courtepointe.press.photos import read_photo

POINT = (-73.554, 45.5088)
ALL = Wanted()


def seat(table: Table, who: Person) -> WorkspaceSeen:
    return workspace_to("read", table.slug, by=who, now=NOW)


def seen_by(table: Table, who: Person, wanted: Wanted = ALL) -> list[str]:
    return [one.title for one in listed(seat(table, who), who, wanted)]


def put(table: Table, number: int, by: Person, **more: Any) -> None:
    told: dict[str, Any] = {"texts": {"name": "La Maille"}, "category": ["place"], "needs": ["cool"]}  # fmt: skip
    correct(table.slug, number, **{**told, **more}, by=by, now=NOW)


# -- Contributing ------------------------------------------------------------------------------


def test_a_member_contributes_and_a_reader_a_former_member_a_stranger_do_not(table: Table) -> None:
    number = contributed(table)
    row = Contribution.objects.get(pk=number)
    assert (row.state, row.visibility, row.source, row.consent_how) == ("proposed", "workspace", "hand", "online")  # fmt: skip
    assert row.consent_version == field_form("assets").consent.version
    reader = person("Éli")
    joined(table.slug, table.coordinator, reader, "reader")
    with pytest.raises(NotAllowed, match="role_needed"):
        contributed(table, by=reader, key="hand:2")
    for who in (table.former, table.stranger):
        with pytest.raises(NotFound, match="unknown_workspace"):
            contributed(table, by=who, key="hand:3")
    with pytest.raises(BadInput, match="contributed_already"):
        contributed(table)
    assert Contribution.objects.count() == 1


def test_what_cannot_be_contributed(table: Table) -> None:
    with pytest.raises(BadInput, match="unknown_visibility"):
        contributed(table, visibility="tous")
    with pytest.raises(BadInput, match="unknown_consent_way"):
        contributed(table, how="supposé")
    with pytest.raises(BadInput, match="contribution_says_nothing"):
        contributed(table, {"name": "Sans sorte", "visibility": "public"})
    assert not Contribution.objects.exists()


def test_a_skill_has_a_corner_and_no_point_even_in_the_database(table: Table) -> None:
    form = field_form("assets")
    told = by_hand(form, said("assets", SKILL), key="hand:1", day=NOW.date())
    placed = replace(told, point=GeoPoint(*POINT, 5.0))
    number = propose(table.slug, placed, form, by=table.member, now=NOW)
    row = Contribution.objects.get(pk=number)
    assert row.is_person and row.point is None and row.texts["zone"] == "près du parc"
    row.point = {"lon": -73.5, "lat": 45.5}
    with pytest.raises(IntegrityError, match="a_person_has_no_point"), transaction.atomic():
        row.save()


def test_a_note_on_a_place_and_a_stop_of_a_walk(table: Table) -> None:
    note = {
        "fragility": ("heat", "power"),
        "seen": "Aucune ombre à l’arrêt",
        "visibility": "public",
    }
    stop = {"direction": "strength", "dimension": "safety", "seen": "Bien éclairé", "visibility": "public", "zone": "rue A"}  # fmt: skip
    one = accepted(table, note, code="place-notes")
    two = accepted(table, stop, code="walk", key="hand:2")
    first, second = (contribution(seat(table, table.member), table.member, n) for n in (one, two))
    assert (first.kind, first.category, first.dimensions) == ("vulnerability", ("heat", "power"), ("SBE", "PRE"))  # fmt: skip
    assert (second.kind, second.direction, second.title) == ("observation", "strength", "Bien éclairé")  # fmt: skip
    assert seen_by(table, table.member, Wanted(dimension="ATT")) == ["Bien éclairé"]
    assert seen_by(table, table.member, Wanted(category="heat")) == ["Aucune ombre à l’arrêt"]


# -- Reviewing ---------------------------------------------------------------------------------


def test_a_reviewer_accepts_and_then_members_see(table: Table) -> None:
    told = {**PLACE, "conditions": "demander à Mme Roy"}
    number = contributed(table, told, by=table.coordinator)
    assert seen_by(table, table.member) == []
    with pytest.raises(NotFound, match="unknown_contribution"):
        contribution(seat(table, table.member), table.member, number)
    with pytest.raises(NotAllowed, match="role_needed"):
        accept(table.slug, number, by=table.member, now=NOW)
    for who in (table.former, table.stranger):
        with pytest.raises(NotFound, match="unknown_workspace"):
            accept(table.slug, number, by=who, now=NOW)
    with pytest.raises(NotFound, match="unknown_contribution"):
        accept(table.other, number, by=table.stranger, now=NOW)
    accept(table.slug, number, by=table.coordinator, now=NOW)
    assert seen_by(table, table.member) == ["La Maille"]
    one = contribution(seat(table, table.member), table.member, number)
    assert one.handled is None and one.clues == ()
    whole = contribution(seat(table, table.coordinator), table.coordinator, number)
    assert [clue.found for clue in whole.clues] == ["Mme Roy"], "a reviewer is shown what may name"


def test_what_is_for_reviewers_stays_theirs_and_its_contributors(table: Table) -> None:
    accepted(table, {**PLACE, "visibility": "reviewers"}, by=table.coordinator)
    assert seen_by(table, table.coordinator) == ["La Maille"] and seen_by(table, table.member) == []
    accepted(table, {**PLACE, "name": "Mienne", "visibility": "reviewers"}, key="hand:2")
    assert seen_by(table, table.member) == ["Mienne"]


def test_a_refusal_says_why_to_its_contributor(table: Table) -> None:
    number = contributed(table)
    with pytest.raises(BadInput, match="refusal_without_reason"):
        refuse(table.slug, number, why="  ", by=table.coordinator, now=NOW)
    with pytest.raises(NotAllowed):
        refuse(table.slug, number, why="non", by=table.member, now=NOW)
    refuse(table.slug, number, why="C’est une adresse privée", by=table.coordinator, now=NOW)
    one = contribution(seat(table, table.member), table.member, number)
    assert one.handled and one.handled.refusal == "C’est une adresse privée"
    assert one.handled.reviewed_by == "Ana" and seen_by(table, table.coordinator) == []


def test_what_may_tell_who_somebody_is_waits_first(table: Table) -> None:
    contributed(table, {**PLACE, "name": "Première"})
    contributed(table, {**PLACE, "name": "Seconde", "conditions": "demander à Mme Roy, 514 555-0142"}, key="hand:2")  # fmt: skip
    first, second = waiting(seat(table, table.coordinator), table.coordinator)
    assert (first.title, second.title) == ("Seconde", "Première")
    assert {(one.kind, one.found) for one in first.clues} == {
        ("person", "Mme Roy"),
        ("telephone", "514 555-0142"),
    }


def test_a_reviewer_corrects_and_never_widens(table: Table) -> None:
    number = contributed(table, {**PLACE, "conditions": "demander à Mme Roy"})
    put(table, number, table.coordinator, point=POINT, visibility="reviewers")
    row = Contribution.objects.get(pk=number)
    assert row.texts == {"name": "La Maille"} and row.choices["needs"] == ["cool"]
    assert row.point == {"lon": POINT[0], "lat": POINT[1], "accuracy_m": None}
    put(table, number, table.coordinator, category=["people"], point=POINT)
    row.refresh_from_db()
    assert row.is_person and row.point is None, "what turns out to be a person loses its point"
    for more, error, code in (
        ({"visibility": "public"}, Refused, "wider_than_agreed"),
        ({"category": []}, BadInput, "unknown_category"),
        ({"category": ["château"]}, BadInput, "unknown_category"),
        ({"needs": ["or"]}, BadInput, "unknown_need"),
    ):
        with pytest.raises(error, match=code):
            put(table, number, table.coordinator, **more)
    for who, refusal in ((table.member, NotAllowed), (table.former, NotFound), (table.stranger, NotFound)):  # fmt: skip
        with pytest.raises(refusal):
            put(table, number, who)


def test_one_thing_told_twice_is_joined_and_no_word_crosses(table: Table) -> None:
    kept = accepted(table)
    again = contributed(table, {**PLACE, "name": "la maille", "needs": ("food",), "conditions": "mon secret"}, key="hand:2")  # fmt: skip
    far = contributed(table, {**PLACE, "name": "Autre chose"}, key="hand:3")
    alike = likely_same(seat(table, table.coordinator), table.coordinator, again)
    assert [one.number for one in alike] == [kept]
    assert likely_same(seat(table, table.coordinator), table.coordinator, far) == ()
    with pytest.raises(NotAllowed):
        merge(table.slug, again, kept, by=table.member, now=NOW)
    merge(table.slug, again, kept, by=table.coordinator, now=NOW)
    one = contribution(seat(table, table.member), table.member, kept)
    assert one.needs == ("company", "food", "cool") and one.n_merged == 1
    assert "mon secret" not in str(one) and seen_by(table, table.member) == ["La Maille"]
    with pytest.raises(Refused, match="cannot_merge"):
        merge(table.slug, far, again, by=table.coordinator, now=NOW)
    with pytest.raises(Refused, match="cannot_merge"):
        merge(table.slug, kept, kept, by=table.coordinator, now=NOW)
    skill = contributed(table, SKILL, key="hand:4")
    with pytest.raises(Refused, match="cannot_merge"):
        merge(table.slug, skill, kept, by=table.coordinator, now=NOW)
    withdraw(kept, by=table.member, now=NOW)
    assert Contribution.objects.get(pk=again).state == "proposed"


# -- Withdrawing -------------------------------------------------------------------------------


def test_who_contributed_withdraws_and_nothing_is_left_not_even_in_the_history(
    table: Table,
) -> None:
    pictures = {"a.jpg": read_photo(a_photo(), file="a.jpg")}
    number = accepted(table, photos=pictures)
    for who in (table.coordinator, table.former, table.stranger):
        with pytest.raises(NotFound, match="unknown_contribution"):
            withdraw(number, by=who, now=NOW)
    withdraw(number, by=table.member, now=NOW)
    row = Contribution.objects.get(pk=number)
    assert (row.state, row.texts, row.choices, row.category, row.by_id) == ("withdrawn", {}, {}, [], None)  # fmt: skip
    assert row.consent_withdrawn == NOW and not ContributionPhoto.objects.exists()
    lines = HistoryRow.objects.filter(what__startswith="assets.")
    assert lines.exists() and all(line.before == {} == line.after for line in lines)
    assert seen_by(table, table.coordinator) == []
    with pytest.raises(NotFound):
        accept(table.slug, number, by=table.coordinator, now=NOW)
    with pytest.raises(NotFound):
        contribution(seat(table, table.coordinator), table.coordinator, number)


def test_who_left_still_withdraws_what_is_theirs(table: Table) -> None:
    number = contributed(table)
    Contribution.objects.filter(pk=number).update(by_id=table.former.id)
    ((name, one),) = contributed_by(table.former)
    assert (name, one.title) == ("Table de quartier de Vieux-Moulin", "La Maille")
    withdraw(number, by=table.former, now=NOW)
    assert contributed_by(table.former) == ()


def test_the_team_withdraws_for_whoever_asked_it(table: Table) -> None:
    number = accepted(table)
    for who, error in ((table.member, NotAllowed), (table.former, NotFound), (table.stranger, NotFound)):  # fmt: skip
        with pytest.raises(error):
            withdraw_for(table.slug, number, by=who, now=NOW)
    withdraw_for(table.slug, number, by=table.coordinator, now=NOW)
    assert Contribution.objects.get(pk=number).state == "withdrawn"


# -- Photographs -------------------------------------------------------------------------------


def test_a_photo_tells_nothing_of_its_file_and_waits_until_who_is_seen_agreed(table: Table) -> None:
    number = accepted(table, by=table.coordinator, photos={"a.jpg": read_photo(a_photo(), file="a.jpg")})  # fmt: skip
    held = ContributionPhoto.objects.get()
    assert b"Marque-sentinelle" not in bytes(held.picture)
    assert not Image.open(io.BytesIO(bytes(held.picture))).getexif()
    ana, bao = (seat(table, who) for who in (table.coordinator, table.member))
    assert photo(ana, table.coordinator, held.pk)[:2] == b"\xff\xd8"
    with pytest.raises(NotFound):
        photo(bao, table.member, held.pk)
    assert contribution(bao, table.member, number).photos == ()
    with pytest.raises(NotAllowed):
        say_who_is_seen(table.slug, held.pk, seen="nobody", by=table.member, now=NOW)
    say_who_is_seen(table.slug, held.pk, seen="nobody", by=table.coordinator, now=NOW)
    assert photo(bao, table.member, held.pk)[:2] == b"\xff\xd8"
    assert len(contribution(bao, table.member, number).photos) == 1


# -- Partners, map, gaps -----------------------------------------------------------------------


def test_a_partner_sees_what_was_contributed_for_partners_and_only_by_an_agreement(table: Table) -> None:  # fmt: skip
    accepted(table, {**PLACE, "name": "Pour nous"})
    accepted(table, {**PLACE, "name": "Pour tous", "visibility": "public"}, key="hand:2")
    accepted(table, {**PLACE, "name": "Partenaires"}, key="hand:3", visibility="partners")
    told: dict[str, Any] = {"receiver": table.other, "purpose": "x", "since": NOW.date(), "until": NOW.date()}  # fmt: skip
    for what in ("assets", "directory"):
        number = offer_agreement(table.slug, what=what, **told, by=table.coordinator, now=NOW)
        answer_agreement(table.other, number, accepted=True, by=table.stranger, now=NOW)
        agreement = received_by(table.other, number, by=table.stranger, now=NOW)
        if what == "assets":
            assert [one.title for one in received(agreement)] == ["Partenaires", "Pour tous"]
            assert all(one.handled is None for one in received(agreement))
        else:
            with pytest.raises(NotFound, match="unknown_agreement"):
                received(agreement)


def test_the_map_has_places_with_their_uncertainty_and_never_a_person(table: Table) -> None:
    number = accepted(table)
    put(table, number, table.coordinator, point=POINT)
    accepted(table, SKILL, key="hand:2")
    drawn = geojson(listed(seat(table, table.member), table.member, ALL))
    (feature,) = drawn["features"]
    assert feature["geometry"]["coordinates"] == [*POINT]
    assert feature["properties"]["name"] == "La Maille" and "by" not in feature["properties"]


def needs(found: tuple[ContributionSeen, ...], **how: Any) -> dict[str, tuple[int, int | None]]:
    return {one.need: (one.n_places, one.people) for one in served_needs(found, **how)}


def test_gaps_tell_needs_that_nothing_serves_and_never_a_few_people(table: Table) -> None:
    number = accepted(table)
    put(table, number, table.coordinator, needs=["company", "cool"], point=POINT)
    for n in range(5):
        accepted(
            table, {**SKILL, "needs": ("tools", "care") if n else ("tools",)}, key=f"skill:{n}"
        )
    found = listed(seat(table, table.member), table.member, ALL)
    told = needs(found)
    assert told["tools"] == (0, 5) and told["care"] == (0, None) and told["cool"] == (1, 0)
    assert told["food"] == (0, 0) and "not_known" not in told
    assert [one.need for one in served_needs(found) if one.is_gap][:2] == ["information", "food"]
    elsewhere = needs(found, within=shapely.box(-70, 40, -69, 41))
    assert elsewhere["cool"] == (0, 0) and elsewhere["tools"] == (0, 5)
    here = needs(found, within=shapely.box(-74, 45, -73, 46))
    assert here["cool"] == (1, 0)


def test_what_a_page_says_reads_as_from_a_telephone() -> None:
    form = field_form("assets")
    told = {**PLACE, "open_to": ("not_known",), "confidence": "no_answer"}
    one = by_hand(form, said("assets", told), key="x", day=NOW.date())
    assert one.texts["conditions"] == "De 9 h à 17 h, gratuit" and "open_to" not in one.choices
    assert {name: str(status) for name, status in one.silences.items()} == {
        "open_to": "not_known",
        "confidence": "no_answer",
    }
