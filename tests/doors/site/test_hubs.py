"""The pages of hubs: who reaches them, what their forms do, what is printed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from tests.support.hub_made import Made, form
from tests.support.table import QUICK, Table, joined, person, table_and_around
from tests.support.visits import signed_in

from courtepointe.core.autonomy import Autonomy
from courtepointe.core.readiness import (
    Agreement,
    Asked,
    Capacity,
    Held,
    Keys,
    KitLine,
    Post,
    Why,
    readiness,
)
from courtepointe.doors.site.hubs.telling import (
    _data,
    age_text,
    asks,
    autonomy_text,
    hours_text,
    reason,
)
from courtepointe.hubs.actions.adopted import answer_assessment
from courtepointe.hubs.kinds import asked_of
from courtepointe.hubs.models import AnswerSheet, Hub, KitItem, Power
from courtepointe.hubs.models import Capacity as Counted

PAGES = ("hubs", "hub_ways", "hub_models", "hub_candidates", "hub_reach", "hub_rounds")
OF_A_HUB = ("hub", "hub_people", "hub_equipment", "hub_sign", "hub_box", "hub_cards")


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def made(table: Table) -> Made:
    return form(table)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def at(table: Table, name: str, **where: object) -> str:
    return reverse(f"space_{name}", kwargs={"slug": table.slug, **where})


def readable(table: Table, made: Made) -> list[str]:
    return [
        *(at(table, name) for name in PAGES),
        *(at(table, name, number=made.hub) for name in OF_A_HUB),
        at(table, "hub_adopted", number=made.adoption),
        at(table, "hub_round", number=made.assessment),
        f"{at(table, 'hub_models')}?m=paris&m=wellington&m=atlantis",
        f"{at(table, 'hub_candidates')}?step_free=on&surplus=on",
    ]


def words(client: Client, page: str) -> str:
    told = client.get(page)
    assert told.status_code == 200, page
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", told.content.decode())).split())


def test_members_read_and_the_others_are_not_told_that_it_is(table: Table, made: Made) -> None:
    pages = readable(table, made)
    for who in (table.coordinator, table.member):
        client = signed_in(who)
        for page in pages:
            assert client.get(page).status_code == 200, page
    for who in (table.former, table.stranger):
        client = signed_in(who)
        for page in pages:
            told = client.get(page)
            assert told.status_code == 404, page
            assert "Saint-Pierre" not in told.content.decode()
    for page in pages:
        assert Client(HTTP_HOST="localhost").get(page).status_code == 302


def test_every_deed_is_the_coordinators_but_answering(table: Table, made: Made) -> None:
    ana, bao = signed_in(table.coordinator), signed_in(table.member)
    seen = set()
    for page in readable(table, made):
        told = ana.get(page)
        if told.headers["Content-Type"].startswith("text/html"):
            for do in set(re.findall(r'name="do" value="(\w+)"', told.content.decode())):
                seen.add(do)
                expected = 400 if do == "answer" else 403
                assert bao.post(page, {"do": do, "number": "1"}).status_code == expected, (page, do)
    assert len(seen) > 20


def test_a_hub_is_formed_from_its_page(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    told = {"do": "form", "name": "Camion du Parc", "form": "mobile", "way": "volunteers", "aim": "optimal",
            "status": "idea", "host": made.host, "territory": "", "serves": "Le Parc", "about": "", "link": ""}  # fmt: skip
    answer = ana.post(at(table, "hubs"), told)
    row = Hub.objects.get(name="Camion du Parc")
    page = at(table, "hub", number=row.pk)
    assert answer.status_code == 302 and answer.headers["Location"] == page
    shown = words(ana, page)
    for said in ("Camion du Parc", "Mobile", "La Maille", "No agreement in force", "No box", "volunteer resilience"):  # fmt: skip
        assert said in shown
    assert "Place lacking" not in shown, "a mobile hub has no walls"
    no_code = "The sign has no QR code"
    assert no_code in shown and no_code not in words(ana, at(table, "hub", number=made.hub))
    refused = ana.post(at(table, "hubs"), {**told, "link": "javascript:alert(1)"})
    assert refused.status_code == 400 and "Camion du Parc" in refused.content.decode()


def test_a_hub_says_why_in_both_languages(table: Table, made: Made) -> None:
    bao = signed_in(table.member)
    shown = words(bao, at(table, "hub", number=made.hub))
    for said in ("there is no total", "All keys are with one role", "Known and lit entrance: nobody looked", "level"):  # fmt: skip
        assert said.casefold() in shown.casefold()
    with translation.override("fr"):
        shown = words(bao, at(table, "hub", number=made.hub))
    for said in ("Toutes les clés sont chez un même rôle", "personne n’a regardé", "Entente en vigueur, encore"):  # fmt: skip
        assert said in shown
    listed = words(bao, at(table, "hubs"))
    assert "Pôle Saint-Pierre" in listed and "none yet" in listed


def test_equipment_from_its_page(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    page, today = at(table, "hub_equipment", number=made.hub), timezone.localdate().isoformat()
    for told in (
        {"do": "capacity", "code": "water", "maximum": "400", "available": "", "verified_on": today, "verifier": "host"},
        {"do": "fact", "code": "kitchen", "has": "no", "verified_on": today, "verifier": "agent", "note": "au sous-sol"},
        {"do": "power", "load_kw": "1", "battery_kwh": "20", "depth_percent": "80", "efficiency_percent": "90", "sun_kwp": "", "generator_kw": "0", "fuel_h": ""},
        {"do": "check", "number": made.kit_item, "held": "2", "checked_on": today, "verifier": "agent", "expires": ""},
        {"do": "put", "code": "", "name": "Jeux de cartes", "wanted": "3", "check_days": "90"},
    ):  # fmt: skip
        assert ana.post(page, told).status_code == 302, told
    shown = words(ana, page)
    for said in ("400 litres", "au sous-sol", "at least 14 h", "Not known: solar panels", "Jeux de cartes"):  # fmt: skip
        assert said in shown
    assert Counted.objects.filter(hub_id=made.hub).count() == 2
    refused = ana.post(page, {"do": "capacity", "code": "water", "maximum": "4", "available": "9"})
    assert refused.status_code == 400 and "the maximum is 4" in refused.content.decode()
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    refused = ana.post(page, {"do": "fact", "code": "kitchen", "has": "yes", "verified_on": tomorrow, "verifier": "agent"})  # fmt: skip
    assert refused.status_code == 400 and "is to come" in refused.content.decode()
    zero = ana.post(page, {"do": "power", "load_kw": "0", "depth_percent": "80", "efficiency_percent": "90"})  # fmt: skip
    assert zero.status_code == 400 and Power.objects.get(hub_id=made.hub).load_kw == 1.0
    all_there = {"do": "check_all", "checked_on": today, "verifier": "volunteers"}
    assert ana.post(page, all_there).status_code == 302
    assert not KitItem.objects.filter(hub_id=made.hub, held=None).exists()


def test_people_and_agreements_from_their_page(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    page, today = at(table, "hub_people", number=made.hub), timezone.localdate().isoformat()
    for told in (
        {"do": "member", "kind": "vehicle", "record": "", "name": "Camionnette"},
        {"do": "commit", "member": made.member, "mode": "everyday", "text": "Prête la salle", "role": ""},
        {"do": "agree", "partner": "Ville", "signed": "2026-01-05", "until": "", "about": ""},
        {"do": "keys", "role": "upkeep", "count": "1", "verified_on": today},
        {"do": "post", "role": "space", "filled": "4", "trained": "", "verified_on": today},
        {"do": "mode", "mode": "recovery", "criteria": "Le courant est revenu", "decides": "supervision", "decided_by": ""},
        {"do": "exercise", "held": today, "scenario": "Chaleur", "is_real": "on", "people": "", "lag_min": "95", "lessons": ""},
        {"do": "end_agreement", "number": made.agreement},
    ):  # fmt: skip
        assert ana.post(page, told).status_code == 302, told
    shown = words(ana, page)
    for said in ("Camionnette", "Prête la salle", "Agreements that ended", "training not known", "open 95 minutes after the word", "real opening", "Le courant est revenu"):  # fmt: skip
        assert said in shown
    wrong = ana.post(page, {"do": "member", "kind": "vehicle", "record": "", "name": ""})
    assert wrong.status_code == 400 and "choose from the directory" in wrong.content.decode().casefold()  # fmt: skip


def test_a_model_is_adopted_adapted_and_compared(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    answer = ana.post(at(table, "hub", number=made.hub), {"do": "adopt", "code": "paris"})
    page = answer.headers["Location"]
    line = re.findall(r'name="number" value="(\d+)"', ana.get(page).content.decode())[0]
    for told in (
        {"do": "adapt", "number": line, "text": "À notre façon"},
        {"do": "add", "text": "Une ligne à nous"},
        {"do": "tick", "number": line},
    ):
        assert ana.post(page, told).status_code == 302
    shown = words(ana, page)
    for said in ("À notre façon adapted", "done on", "The model says: Two-hour training", "Une ligne à nous added"):  # fmt: skip
        assert said in shown
    assert ana.post(page, {"do": "drop", "number": line, "text": "Pas ici"}).status_code == 302
    assert "Why: Pas ici" in words(ana, page)
    compared = words(ana, f"{at(table, 'hub_models')}?m=paris&m=wellington")
    assert "Side by side" in compared and "Volontaires de Paris (30 000" in compared


def test_a_round_tells_nothing_until_five_answered(table: Table, made: Made) -> None:
    bao, page = signed_in(table.member), at(table, "hub_round", number=made.assessment)
    assert bao.post(page, {"do": "answer"}).status_code == 400, "nothing was answered"
    assert bao.post(page, {"do": "answer", "plan.written_plan": "absent"}).status_code == 302
    shown = words(bao, page)
    assert "Fewer than five people answered" in shown and "you answered" in shown
    assert bao.post(page, {"do": "answer", "plan.written_plan": "present"}).status_code == 403
    for n in range(4):
        who = person(f"Membre{n}")
        joined(table.slug, table.coordinator, who, "member")
        answer_assessment(table.slug, made.assessment, {"plan.written_plan": "present"}, by=who, now=timezone.now())  # fmt: skip
    shown = words(bao, page)
    assert (
        "5 sheets" in shown
        and "Middle answer: present." in shown
        and "The middle half" not in shown.split("sheets.")[1].split("averaged.")[1]
    )
    assert AnswerSheet.objects.count() == 5
    ana = signed_in(table.coordinator)
    assert ana.post(page, {"do": "close"}).status_code == 302
    assert "closed on" in words(ana, page)


def test_papers_are_printed_in_the_pages_language(table: Table, made: Made) -> None:
    bao = signed_in(table.member)
    for name, title in (("hub_sign", "Community resilience hub"), ("hub_box", "The hub in a box"), ("hub_cards", "Role cards")):  # fmt: skip
        told = bao.get(at(table, name, number=made.hub))
        assert told.headers["Content-Type"] == "application/pdf"
        with pikepdf.open(io.BytesIO(told.content)) as pdf:
            assert title in str(pdf.open_metadata()["dc:title"])
    KitItem.objects.filter(hub_id=made.hub).delete()
    empty = bao.get(at(table, "hub_box", number=made.hub))
    assert empty.status_code == 400 and "box is empty" in empty.content.decode()


def test_pages_have_no_id_twice(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    for page in readable(table, made):
        told = ana.get(page)
        if told.headers["Content-Type"].startswith("text/html"):
            ids = re.findall(r'\sid="([^"]+)"', told.content.decode())
            assert len(ids) == len(set(ids)), (page, [i for i in ids if ids.count(i) > 1])


def every_reason() -> Iterator[Why]:
    asked = Asked(
        2, ("welcome", "supervision", "space", "upkeep", "relay", "wellbeing"), 365, 180, 12.0,
        ("step_free", "water", "kitchen"), ("seats", "beds"), 3,
    )  # fmt: skip
    kits = (
        KitLine("lamps", 6, 6, 5, 180), KitLine("lamps", 6, 2, 5, 180), KitLine("lamps", 6, 6, 300, 180),
        KitLine("water_store", 6, 6, 5, 180, -3), KitLine("water_store", 6, 6, 5, 180, 9),
        KitLine("Jeux", 6, None, None, 180),
    )  # fmt: skip
    posts = (
        Post("welcome", 2, 2, 400), Post("supervision", 0, 0, 1), Post("space", 1, 0, 1),
        Post("upkeep", 1, None, 1), Post("relay", 1, 1, None),
    )  # fmt: skip
    full = Held(
        (Agreement(5, 30),), (Keys("welcome", 1, 9), Keys("upkeep", 1, None)), kits, posts, 400, 90, 3.0,
        False, {"step_free": True, "water": False}, (Capacity("seats", 9, 0, 5, 90), Capacity("water", 9, 1, 5, 90), Capacity("tools", 9, 1, None, 90)), 3,
    )  # fmt: skip
    for held in (
        full, Held(), Held((Agreement(5, None),), (Keys("welcome", 3, 1),)),
        Held((Agreement(9, -2),), (Keys("welcome", 1, 1),)), Held((Agreement(9, 200),), autonomy_h=float("inf")),
    ):  # fmt: skip
        for part in readiness(held, asked).parts:
            yield from part.whys


def test_every_reason_is_a_sentence_in_both_languages() -> None:
    met = {why.code for why in every_reason()}
    assert met == set(_data()["why"]), "each reason is worded, and each worded reason is met"
    for why in every_reason():
        for lang in ("fr", "en"):
            said = reason(why, lang=lang)
            assert said[0].isupper() and "{" not in said and "None" not in said
            assert not re.search(r"\b[a-z]+_[a-z]+\b", said), f"a code is shown: {said}"


def test_what_each_level_asks_of_each_form_in_both_languages() -> None:
    for form_of in ("place", "network", "mobile"):
        for asked in asked_of(form_of).values():
            for lang in ("fr", "en"):
                told = asks(asked, lang=lang)
                assert len(set(told)) == len(told) >= 6
                assert not any("{" in one or re.search(r"\b[a-z]+_[a-z]+\b", one) for one in told)
    place = asks(asked_of("place")["ideal"], lang="fr")
    assert "72\u202fh sans réseau électrique, en toute saison" in place
    assert any(one.startswith("Dans le lieu") and "boucle auditive" in one for one in place)
    network = asks(asked_of("network")["base"], lang="en")
    assert "3 organisations that wrote what they do in a disruption" in network
    assert not any("keys" in one for one in network)
    assert "A vehicle" in asks(asked_of("mobile")["base"], lang="en")


def test_lengths_of_time_and_hours_in_words() -> None:
    said = [age_text(days, lang="en") for days in (0, 1, 60, 61, 365, 731, 1_100)]
    assert said == ["less than a day", "1 day", "60 days", "2 months", "12 months", "2 years", "3 years"]  # fmt: skip
    assert age_text(45, lang="fr") == "45 jours"
    assert (
        hours_text(3.69, lang="en") == "3.6\u00a0h" and hours_text(23.9, lang="en") == "23\u00a0h"
    )
    assert hours_text(3.69, lang="fr") == "3,6\u202fh" and hours_text(4.0, lang="fr") == "4\u202fh"
    assert "sun" in hours_text(float("inf"), lang="en")
    assert autonomy_text(Autonomy(None, None, None, ("load_kw",)), lang="fr") == "inconnues"
    assert autonomy_text(Autonomy(5.0, 5.0, 0.0, ("sun_kwp",)), lang="fr") == "au moins 5\u202fh"
