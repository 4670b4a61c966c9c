"""Pages of a portrait's numbers: indicators chosen, added, observed, left out; dimensions with their interval."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.support.resilience_made import Begun, begin
from tests.support.served_town import town_served
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.portraits.resilience import actions, queries
from courtepointe.portraits.resilience.models import Indicator, Observation
from courtepointe.portraits.resilience.numbers import NewGoalposts, NewObservation


@pytest.fixture(autouse=True)
def site(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    with town_served(settings, monkeypatch, tmp_path):
        yield


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def begun(table: Table) -> Begun:
    return begin(table)


def at(table: Table, name: str, lang: str = "en", **where: object) -> str:
    with translation.override(lang):
        return reverse(f"space_resilience{name}", kwargs={"slug": table.slug, **where})


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def brought(client: Client, table: Table, kind: str, text: str) -> str:
    file = SimpleUploadedFile("liste.csv", text.encode("utf-8-sig"))
    answer = client.post(f"/fr/espace/{table.slug}/importer/", {"shape": kind, "file": file})
    assert answer.status_code == 302
    return answer.headers["Location"]


def taken(client: Client, page: str) -> str:
    done = client.post(page, {"do": "take"})
    assert done.status_code == 302
    return done.headers["Location"].split("batch=")[1]


def undone(client: Client, table: Table, batch: str) -> None:
    done = client.post(f"/fr/espace/{table.slug}/historique/{batch}/annuler/", {"why": ""})
    assert done.status_code == 302


def chosen(table: Table, begun: Begun, *codes: str) -> dict[str, int]:
    actions.choose_indicators(table.slug, begun.portrait, codes, by=table.coordinator, now=NOW)
    return {one.code: one.number for one in queries.indicators_of(table.id, begun.portrait)}


def observed(table: Table, number: int, value: float | None, **more: Any) -> None:
    what = NewObservation("2026", "Sondage d’ici", value, **more)
    actions.observe(table.slug, number, what, by=table.coordinator, now=NOW)


def test_an_empty_page_says_what_it_will_hold(table: Table, begun: Begun) -> None:
    client = signed_in(table.coordinator)
    told = words(client, at(table, "_indicators", number=begun.portrait))
    assert "The indicators that you choose will stand here" in told
    assert "Choose among the suggested indicators" in told
    assert "will stand here, each with its interval" in words(client, at(table, "_portrait", number=begun.portrait))  # fmt: skip
    assert client.get(at(table, "_profile_svg", number=begun.portrait)).status_code == 404


def test_indicators_are_chosen_and_observed_on_their_pages(table: Table, begun: Begun) -> None:
    client = signed_in(table.coordinator)
    page = at(table, "_indicators", number=begun.portrait)
    answer = client.post(page, {"do": "choose"})
    assert answer.status_code == 400
    assert "Tick at least one indicator." in answer.content.decode()
    client.post(page, {"do": "choose", "codes_SBE": ["SBE.health", "SBE.oldest"], "codes_CON": ["CON.memory"]})  # fmt: skip
    assert set(Indicator.objects.values_list("code", flat=True)) == {"SBE.health", "SBE.oldest", "CON.memory"}  # fmt: skip
    number = Indicator.objects.get(code="SBE.health").pk
    one = at(table, "_indicator", number=number)
    assert "Nothing was observed yet" in words(client, one)
    sent = {"do": "observe", "period": "2026", "group": "", "status": "counted", "numerator": 30,
            "denominator": 60, "interval": "exact", "source": "Sondage d’ici"}  # fmt: skip
    client.post(one, sent)
    assert Observation.objects.get().value == 50.0
    told = words(client, one)
    assert "50%" in told
    assert "Sondage d’ici" in told
    told = words(client, page)
    assert told.index("say that they are in good health") < told.index("People aged 85 and over")
    dimension = words(client, at(table, "_dimension", number=begun.portrait, code="SBE"))
    assert "The numbers cover 1 of 2 indicators." in dimension
    assert "50 of 100" in dimension
    assert "What helps people here to be well" in dimension
    drawn = client.get(at(table, "_profile_svg", number=begun.portrait))
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert client.get(at(table, "_dimension_svg", number=begun.portrait, code="SBE")).status_code == 200  # fmt: skip
    assert client.get(at(table, "_dimension_svg", number=begun.portrait, code="COM")).status_code == 404  # fmt: skip


def test_what_cannot_be_is_told_and_what_was_typed_stays(table: Table, begun: Begun) -> None:
    number = chosen(table, begun, "SBE.health")["SBE.health"]
    client = signed_in(table.coordinator)
    sent = {"do": "observe", "period": "mai", "status": "counted", "value": 50, "interval": "unknown", "source": "à garder"}  # fmt: skip
    answer = client.post(at(table, "_indicator", number=number), sent)
    assert answer.status_code == 400
    told = unescape(answer.content.decode())
    assert "à garder" in told
    assert "a month (2026-05)" in told
    sent = {"do": "add", "where": "REL/REL.cohesion", "name_fr": "Fêtes", "kind": "observed", "tells": "asset",
            "unit": "count", "base": "none", "polarity": 1, "low": 5, "high": 5, "why_fr": "Pour voir", "refreshed": "edition"}  # fmt: skip
    page = at(table, "_indicators", number=begun.portrait)
    answer = client.post(page, sent)
    assert answer.status_code == 400
    assert "the low one must be below the high one" in unescape(answer.content.decode())
    client.post(page, sent | {"high": 8})
    own = Indicator.objects.get(name_fr="Fêtes")
    assert (own.part, own.asset, own.source) == ("REL.cohesion", True, "typed")


def test_the_page_names_what_is_read_the_other_way_and_what_was_left_out(
    table: Table, begun: Begun
) -> None:
    some = chosen(table, begun, "RES.low_income", "RES.employment")
    who: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    posts = NewGoalposts(0, 40, "Un autre avis", polarity=1)
    actions.move_goalposts(table.slug, some["RES.low_income"], posts, **who)
    client = signed_in(table.coordinator)
    client.post(at(table, "_indicator", number=some["RES.employment"]), {"do": "leave", "why": "Pas ici"})  # fmt: skip
    told = words(client, at(table, "_indicators", number=begun.portrait))
    assert "Read the other way round than the framework suggests" in told
    assert "Left out, and why" in told
    assert "Pas ici" in told
    assert "Only observations read with the same goalposts" in words(client, at(table, "_indicator", number=some["RES.low_income"]))  # fmt: skip


def test_an_atlas_of_another_place_gives_nothing(table: Table, begun: Begun) -> None:
    chosen(table, begun, "RES.low_income")
    client = signed_in(table.coordinator)
    page = at(table, "_indicators", number=begun.portrait)
    answer = client.post(page, {"do": "atlas"})
    assert answer.status_code == 400
    assert "were not taken" in unescape(answer.content.decode())
    assert not Observation.objects.exists()


def test_this_workspace_counts_what_it_knows_and_no_few_people(table: Table, begun: Begun) -> None:
    chosen(table, begun, "PRE.hubs_ready", "RES.volunteers", "RES.organisations")
    client = signed_in(table.coordinator)
    page = at(table, "_indicators", number=begun.portrait)
    for _ in range(2):
        client.post(page, {"do": "counts"})
    found = {row.indicator.code: row for row in Observation.objects.select_related("indicator")}
    assert len(found) == Observation.objects.count() == 3
    assert (found["PRE.hubs_ready"].value, found["PRE.hubs_ready"].interval) == (0.0, "exact")
    assert (found["RES.organisations"].value, found["RES.organisations"].status) == (None, "not_available")  # fmt: skip


def test_a_closed_edition_offers_no_deed_and_the_next_is_read_beside_it(
    table: Table, begun: Begun
) -> None:
    some = chosen(table, begun, "SBE.health", "SBE.care_missed")
    for number in some.values():
        observed(table, number, 50.0, low=45.0, high=55.0, interval="given")
    who: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    actions.close_portrait(table.slug, begun.portrait, **who)
    client = signed_in(table.coordinator)
    assert "Write what was found" not in words(client, at(table, "_indicator", number=some["SBE.health"]))  # fmt: skip
    after = actions.follow_portrait(table.slug, begun.portrait, **who)
    page = at(table, "_dimension", number=after, code="SBE")
    assert "too little is known of one of them" in words(client, page)
    held = {one.code: one.number for one in queries.indicators_of(table.id, after)}
    observed(table, held["SBE.health"], 80.0, low=75.0, high=85.0, interval="given")
    observed(table, held["SBE.care_missed"], 20.0, low=15.0, high=25.0, interval="given")
    told = words(client, page)
    assert "the two editions can be told apart" in told
    assert "Beside the edition before: +30 percentage points; the two can be told apart." in told.replace("\u00a0", " ")  # fmt: skip
    posts = NewGoalposts(10, 90, "Plus près d’ici")
    for number in held.values():
        actions.move_goalposts(table.slug, number, NewGoalposts(10, 90, posts.why_fr, polarity=1), **who)  # fmt: skip
    told = words(client, page)
    assert "no indicator has the same goalposts in both" in told
    assert "Its goalposts are others than in the edition before" in told


def test_a_member_reads_and_a_stranger_finds_nothing(table: Table, begun: Begun) -> None:
    number = chosen(table, begun, "SBE.health")["SBE.health"]
    reader = signed_in(table.member)
    assert "in good health" in words(reader, at(table, "_indicators", number=begun.portrait))
    assert "Se portent" not in words(reader, at(table, "_indicator", number=number))
    assert reader.post(at(table, "_indicator", number=number), {"do": "weigh", "weight": 3}).status_code == 403  # fmt: skip
    stranger = signed_in(table.stranger)
    for page, of in (("_indicators", begun.portrait), ("_indicator", number)):
        assert stranger.get(at(table, page, number=of)).status_code == 404
        with translation.override("en"):
            other = reverse(f"space_resilience{page}", kwargs={"slug": table.other, "number": of})
        assert stranger.get(other).status_code == 404


def test_pages_speak_french(table: Table, begun: Begun) -> None:
    number = chosen(table, begun, "SBE.health")["SBE.health"]
    observed(table, number, 50.0)
    client = signed_in(table.coordinator)
    told = words(client, at(table, "_indicator", "fr", number=number))
    assert "Personnes qui se disent en bonne santé" in told
    assert "personne ne connaît l’erreur" in told


def test_a_table_of_observations_comes_all_or_none(table: Table, begun: Begun) -> None:
    chosen(table, begun, "SBE.health", "CON.memory")
    client = signed_in(table.coordinator)
    heads = "Indicateur;Groupe;Période;Valeur;Partie;Tout;Ce qu’on sait;Source\n"
    bad = heads + (
        "Personnes qui se disent en bonne santé;;2026;120;;;;Sondage\n"
        "SBE.health;martiens;2026;50;;;;Sondage\n"
        "SBE.oldest;;2026;5;;;;Sondage\n"
        "CON.memory;;mai;5;;;;Sondage\n"
        "CON.memory;;2099;5;;;;Sondage\n"
        "SBE.health;;2024;douze %;;;;Sondage\n"
        "CON.memory;;2026;;;;;Sondage\n"
        "CON.memory;;2026;4;;;;Sondage\n"
        "CON.memory;;2026;5;;;;Sondage\n"
    )
    page = brought(client, table, "observations", bad)
    told = words(client, page)
    for said in ("ne peut pas être dans l’unité", "pas de groupe", "aucun indicateur de ce nom",
                 "n’a pas encore commencé", "se lit 12", "ne se lit pas", "Il manque la valeur", "Une autre ligne parle du même"):  # fmt: skip
        assert said in told, said
    assert client.post(page, {"do": "take"}).status_code == 400
    assert not Observation.objects.exists()
    good = heads + (
        "Personnes qui se disent en bonne santé;;2026;;30;60;;Sondage\n"
        "SBE.health;femmes;2026;12,1255 %;;;;Sondage\n"
        "SBE.health;personnes aînées;2026;;;;on ne sait pas;Sondage\n"
        "CON.memory;;2026-05;4;;;;Atelier\n"
    )
    batch = taken(client, brought(client, table, "observations", good))
    found = {(row.indicator.code, row.group): row.value for row in Observation.objects.select_related("indicator")}  # fmt: skip
    assert found == {("SBE.health", ""): 50.0, ("SBE.health", "women"): 12.1255, ("SBE.health", "seniors"): None, ("CON.memory", ""): 4.0}  # fmt: skip
    undone(client, table, batch)
    assert not Observation.objects.exists()


def test_groups_are_looked_at_and_what_nobody_counts_is_said(table: Table, begun: Begun) -> None:
    number = chosen(table, begun, "SBE.health")["SBE.health"]
    observed(table, number, 60.0, low=58.0, high=62.0, interval="given")
    observed(table, number, 40.0, low=38.0, high=42.0, interval="given", group="women")
    client = signed_in(table.member)
    page = at(table, "_groups", number=begun.portrait)
    told = words(client, page)
    assert "The atlas served here does not know this territory" in told
    assert "Nobody counts this group here" in told
    told = words(client, f"{page}?group=women&group=low_income")
    assert "They differ from everybody by" in told
    assert "who is of all of them is not known" in told
    for asked, said in (("group=seniors&group=children", "two answers to one question"),
                        ("group=women&group=seniors&group=tenants&group=low_income", "at most are looked at together"),
                        ("group=martians", "is not known to resilience portraits")):  # fmt: skip
        answer = client.get(f"{page}?{asked}")
        assert answer.status_code == 400
        assert said in unescape(answer.content.decode())
    assert signed_in(table.stranger).get(page).status_code == 404


def test_who_only_reads_is_told_nothing_of_a_few_people(table: Table, begun: Begun) -> None:
    number = chosen(table, begun, "SBE.health")["SBE.health"]
    observed(table, number, None, numerator=300.0, denominator=600.0, interval="exact")
    observed(table, number, None, numerator=3.0, denominator=12.0, interval="exact", group="women")
    page = at(table, "_indicator", number=number)
    assert "25%" in words(signed_in(table.coordinator), page)
    told = words(signed_in(table.member), page)
    assert "25%" not in told
    assert "not told: a few people" in told
    lens = f"{at(table, '_groups', number=begun.portrait)}?group=women"
    told = words(signed_in(table.coordinator), lens)
    assert "it would tell of a few people" in told
    assert "25%" not in told


def test_scores_are_kept_on_the_page_of_indicators(table: Table, begun: Begun) -> None:
    number = chosen(table, begun, "SBE.health")["SBE.health"]
    observed(table, number, 50.0)
    client = signed_in(table.coordinator)
    page = at(table, "_indicators", number=begun.portrait)
    client.post(page, {"do": "keep"})
    assert "Scores were last kept on" in words(client, page)
