"""A set of actions of a spreadsheet is taken in whole, linked to dimension, evidence and owner, and leaves again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.directory import ORGANISATION, entry, taken_in
from tests.support.evidence_made import brought, coded
from tests.support.plan_made import PLAN, decided
from tests.support.resilience_made import begin
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.plans.actions.plans import begin_plan
from courtepointe.plans.models import Action, ResiliencePlan
from courtepointe.portraits.resilience.actions import close_portrait, follow_portrait

HEAD = "Action;Dimension;Responsable;Partenaires;Ce que fait l’institution;Coût;Terme;Échéance;Indicateur;Sens;Citation\n"  # fmt: skip


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


def bring(client: Client, table: Table, text: str) -> str:
    file = SimpleUploadedFile("actions.csv", (HEAD + text).encode("utf-8-sig"))
    answer = client.post(f"/fr/espace/{table.slug}/importer/", {"shape": "actions", "file": file})
    assert answer.status_code == 302, re.findall(r"<p>(.*?)</p>", answer.content.decode())
    return answer.headers["Location"]


def test_a_set_of_actions_is_linked_to_dimension_evidence_and_owner_and_undone(
    table: Table,
) -> None:
    taken_in(table)
    portrait = begin(table).portrait
    coded(table, brought(table, portrait), 2, "COM", "fragility")
    owner = entry(ORGANISATION)
    name = owner.values["name"]
    client = signed_in(table.coordinator)
    rows = (
        f"Prévenir dans chaque langue;Communication;{name};Les voisines; La Ville traduit;moins de 1 000 $;court terme;2027-03-01;Groupes joints;hausse;Personne ne nous a prévenus\n"
        "Ouvrir la salle;RES;Direction de l’école;;;;moyen terme;;;;\n"
    )
    page = bring(client, table, rows)
    done = client.post(page, {"do": "take"})
    assert done.status_code == 302, re.findall(r"<p>(.*?)</p>", done.content.decode())
    first, second = Action.objects.order_by("pk")
    assert (first.dimension, first.lead, first.role, first.state) == ("COM", owner.uid, "", "idea")
    assert (first.cost, first.horizon, str(first.due)) == ("to_1k", "year", "2027-03-01")
    assert first.grounds.get().passage is not None
    assert [one.name for one in first.partners.all()] == ["Les voisines"]
    assert [(one.words, one.direction) for one in first.effects.all()] == [("Groupes joints", "up")]
    assert (second.role, second.horizon, second.grounds.count()) == ("Direction de l’école", "three_years", 0)  # fmt: skip
    batch = re.search(r"batch=([\w-]+)", done.headers["Location"])
    assert batch is not None
    client.post(f"/fr/espace/{table.slug}/historique/{batch[1]}/annuler/", {"why": "essai"})
    assert Action.objects.count() == 0


def test_words_that_nobody_said_are_told_with_their_row_and_nothing_is_written(
    table: Table,
) -> None:
    begin(table)
    client = signed_in(table.coordinator)
    page = bring(client, table, "Prévenir;COM;;;;;;;;;Jamais dit\n")
    told = client.get(page).content.decode()
    assert "aucun passage que l’on peut citer" in told
    client.post(page, {"do": "take"})
    assert Action.objects.count() == 0


def test_without_a_portrait_nothing_is_brought(table: Table) -> None:
    client = signed_in(table.coordinator)
    page = bring(client, table, "Prévenir;COM;;;;;;;;;\n")
    assert "commencez-en un d’abord" in client.get(page).content.decode()


def test_actions_go_to_the_portrait_of_the_plan_or_to_the_one_that_is_chosen(table: Table) -> None:
    keys: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    first = begin(table).portrait
    begin_plan(table.slug, first, PLAN, **keys)
    close_portrait(table.slug, first, **keys)
    newest = follow_portrait(table.slug, first, **keys)
    client = signed_in(table.coordinator)
    page = bring(client, table, "Prévenir;COM;;;;;;;;;\n")
    assert f'<option value="{first}" selected>' in client.get(page).content.decode()
    client.post(page, {"do": "take"})
    assert Action.objects.get().portrait_id == first
    page = bring(client, table, "Prévenir;COM;;;;;;;;;\n")
    assert "est déjà ici" in client.get(page).content.decode()
    chosen = client.post(page, {"do": "match", "into": newest}).headers["Location"]
    told = client.get(chosen).content.decode()
    assert f'<option value="{newest}" selected>' in told and "est déjà ici" not in told
    client.post(chosen, {"do": "take"})
    assert Action.objects.latest("pk").portrait_id == newest
    assert client.get(f"{bring(client, table, 'Autre;COM;;;;;;;;;')}?into=x").status_code == 200


def test_actions_go_where_the_page_said_whichever_plan_was_begun_since(table: Table) -> None:
    keys: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    first = begin(table).portrait
    begin_plan(table.slug, first, PLAN, **keys)
    close_portrait(table.slug, first, **keys)
    newest = follow_portrait(table.slug, first, **keys)
    client = signed_in(table.coordinator)
    page = bring(client, table, "Prévenir;COM;;;;;;;;;\n")
    sent = re.findall(r'name="do" value="take"><input type="hidden" name="(into)" value="(\d+)"', client.get(page).content.decode())  # fmt: skip
    begin_plan(table.slug, newest, PLAN, **keys)
    assert f'<option value="{newest}" selected>' in client.get(page).content.decode()
    client.post(page, {"do": "take"} | dict(sent))
    assert Action.objects.get().portrait_id == first


def test_without_a_plan_actions_go_to_the_newest_portrait_and_a_closed_plan_waits_for_none(
    table: Table,
) -> None:
    keys: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    first = begin(table).portrait
    close_portrait(table.slug, first, **keys)
    newest = follow_portrait(table.slug, first, **keys)
    number = begin_plan(table.slug, first, PLAN, **keys)
    ResiliencePlan.objects.filter(pk=number).update(
        state="closed", decision_id=decided(table), frozen={}
    )
    client = signed_in(table.coordinator)
    told = client.get(bring(client, table, "Prévenir;COM;;;;;;;;;\n")).content.decode()
    assert f'<option value="{newest}" selected>' in told


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_sheet_of_any_office_is_read_whole_and_the_same_row_twice_is_told(
    table: Table, encoding: str
) -> None:
    begin(table)
    client = signed_in(table.coordinator)
    rows = "Œuvrer – l’été, « ensemble »;COM;;;;;;;;;\n"
    text = (HEAD + rows + ";;;;;;;;;;\n\n;;;;;;;;;;\n").encode(encoding)
    file = SimpleUploadedFile("actions.csv", text)
    answer = client.post(f"/fr/espace/{table.slug}/importer/", {"shape": "actions", "file": file})
    page = answer.headers["Location"]
    assert client.post(page, {"do": "take"}).status_code == 302
    assert Action.objects.get().statement == "Œuvrer – l’été, « ensemble »"
    assert client.post(page, {"do": "take"}).status_code in (302, 404), "sent twice"
    assert Action.objects.count() == 1
    page = bring(client, table, "Encore;COM;;;;;;;;;\nEncore;COM;;;;;;;;;\n")
    told = client.post(page, {"do": "take"})
    assert (told.status_code, Action.objects.count()) == (400, 1)
