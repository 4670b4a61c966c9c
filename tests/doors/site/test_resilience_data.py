"""A portrait as data: the numbers of its pages, for who may see these, and nothing of a few people."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from csvw import CSVW
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from jsonschema import Draft202012Validator
from tests.support.evidence_made import seen_by
from tests.support.portrait_data_made import FEW, NEVER, ODD, Whole, whole
from tests.support.readings_made import validated, written
from tests.support.resilience_made import begin
from tests.support.served_town import town_served
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.core.errors import BadInput
from courtepointe.doors.cli.main import courtepointe
from courtepointe.doors.resilience_data import files
from courtepointe.doors.site.resilience import numbers_told
from courtepointe.formats.composite import read_meta
from courtepointe.formats.workbooks import read_workbook
from courtepointe.people.values import Person
from courtepointe.portraits.readings.actions import write_reading
from courtepointe.portraits.resilience import lens, queries
from courtepointe.portraits.resilience.actions import (
    add_indicator,
    close_portrait,
    end_own_part,
    observe,
    observe_many,
)
from courtepointe.portraits.resilience.framework import groups
from courtepointe.portraits.resilience.models import Goalposts, Indicator
from courtepointe.portraits.resilience.numbers import NewIndicator, NewObservation
from courtepointe.portraits.resilience.scoring import LEAST_COVERAGE, METHOD, N_DRAWS, SEED
from courtepointe.portraits.resilience.small import protected
from courtepointe.press.numbers import number

SCHEMA = json.loads(files.SCHEMA_FILE.read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.fixture(autouse=True)
def site(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    with town_served(settings, monkeypatch, tmp_path):
        yield


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def made(table: Table) -> Whole:
    return whole(table)


def address(table: Table, portrait: int, ending: str, lang: str = "en") -> str:
    with translation.override(lang):
        where = {"slug": table.slug, "number": portrait, "ending": ending}
        return reverse("space_resilience_data", kwargs=where)


def taken(table: Table, portrait: int, ending: str, *, who: Any = None, lang: str = "en") -> bytes:
    answer = signed_in(who or table.coordinator).get(address(table, portrait, ending, lang))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == files.MEDIA[ending]
    return answer.content


def told(table: Table, portrait: int, *, who: Any = None) -> dict[str, Any]:
    """Give the object as somebody takes it on the day of the story."""
    seen = seen_by(table, who or table.coordinator)
    held = files.PortraitData.of(seen, portrait, now=NOW, lang="en")
    return json.loads(held.written("json"))  # type: ignore[no-any-return]


def rows(table: Table, portrait: int, lang: str = "en") -> list[dict[str, str]]:
    text = taken(table, portrait, "csv", lang=lang).decode()
    return list(csv.DictReader(io.StringIO(text)))


def of(told: dict[str, Any], code: str) -> dict[str, Any]:
    return next(one for one in told["indicators"] if one["code"] == code)


def test_the_object_holds_to_the_schema_which_refuses_what_it_must(table: Table, made: Whole) -> None:  # fmt: skip
    Draft202012Validator.check_schema(SCHEMA)
    found = told(table, made.portrait)
    assert list(VALIDATOR.iter_errors(found)) == []
    wrong = (
        {**found, "total": 50.0},
        {**found, "schema": "urn:courtepointe:resilience-portrait:2"},
        {**found, "scores": [{**found["scores"][0], "why_none": "because"}]},
        {**found, "readings": [{**found["readings"][0], "validated": {"on": "2026-06-01", "by": "x"}}]},
        {**found, "made": "yesterday"},
    )  # fmt: skip
    for one in wrong:
        assert list(VALIDATOR.iter_errors(one))


def test_every_room_of_the_portrait_is_there(table: Table, made: Whole) -> None:
    found = told(table, made.portrait)
    first, second = found["readings"][1], found["readings"][0]
    assert (first["version"], first["validated"]["by"], first["validated"]["people"]) == (1, "assemblée du quartier", 34)  # fmt: skip
    assert first["validated"]["on"] == "2026-06-01" and first["superseded"] is not None
    assert (second["text"]["fr"], second["validated"]) == (ODD, None)
    assert [one["by"] for one in found["replies"]] == ["une aînée"]
    said = {one["dimension"]: one for one in found["voices"]}
    assert said["REL"]["strengths"] == 1 and said["REL"]["quotes"][0]["text"].startswith("On se connaît")  # fmt: skip
    assert (said["REL"]["newest"], said["REL"]["quotes"][0]["month"]) == ("2026-05", "2026-05")
    (priority,), (action,) = found["priorities"], found["actions"]
    assert priority["comes_from"] == [{"kind": "reading", "number": made.reading}]
    assert action["priority"] == priority["number"] == made.priority
    assert action["effects"][0]["indicator"] == "SBE.health"
    assert action["results"][0]["effect"] == action["effects"][0]["number"]
    assert of(found, "RES.employment")["left_out"]["why"] == "Trop vieux"
    posts = of(found, "RES.low_income")["goalposts"]
    assert (posts[0]["low"], len(posts)) == (5, 2)
    health = of(found, "SBE.health")["observations"]
    newest = [one for one in health if one["newest"] and one["group"] is None]
    assert [one["value"] for one in newest] == [65.0]
    assert newest[0]["supersedes"] in {one["number"] for one in health if one["value"] == 60.0}
    assert ODD in {one["name"]["fr"] for one in found["framework"]["dimensions"] if one["own"]}
    assert found["portrait"]["territory"]["area"] == "x:2021:1"


def test_the_site_gives_the_same_object(table: Table, made: Whole) -> None:
    found, here = json.loads(taken(table, made.portrait, "json")), told(table, made.portrait)
    lasting = ("schema", "portrait", "framework", "method", "scores", "indicators", "readings", "priorities", "vocabulary")  # fmt: skip
    assert {name: found[name] for name in lasting} == {name: here[name] for name in lasting}
    assert found.keys() == here.keys()


def test_no_name_of_a_person_leaves(table: Table, made: Whole) -> None:
    text = json.dumps(told(table, made.portrait), ensure_ascii=False)
    for name in ("Ana", "Bao", "Cléo", "Dov", "example.org"):
        assert name not in text


def test_numbers_are_those_of_the_page(table: Table, made: Whole) -> None:
    client = signed_in(table.coordinator)
    found = told(table, made.portrait)
    scored = [one for one in found["scores"] if one["score"]]
    assert [one["dimension"] for one in scored] == ["SBE", "CON", "RES"]
    with translation.override("en"):
        page = reverse("space_resilience_portrait", kwargs={"slug": table.slug, "number": made.portrait})  # fmt: skip
    words = unescape(client.get(page).content.decode())
    for one in scored:
        value, low, high = (number(one["score"][end], lang="en") for end in ("value", "low", "high"))  # fmt: skip
        assert f"{value} of 100 ({low} to {high})" in words
    causes = scored[0]["score"]["half_width_by_cause"]
    half = (scored[0]["score"]["high"] - scored[0]["score"]["low"]) / 2
    assert sum(each**2 for each in causes.values()) == pytest.approx(half**2)


def test_the_mark_of_the_scores_can_be_made_again(table: Table, made: Whole) -> None:
    found = told(table, made.portrait)
    method = found["method"]
    assert (method["id"], method["kept"]) == (METHOD, None)
    used = {one["dimension"]: one["rests_on"] for one in found["scores"]}
    rule = [METHOD, SEED, N_DRAWS, LEAST_COVERAGE, used]
    assert hashlib.sha256(json.dumps(rule, sort_keys=True).encode()).hexdigest() == method["sha256"]
    close_portrait(table.slug, made.portrait, by=table.coordinator, now=NOW)
    closed = told(table, made.portrait)
    assert list(VALIDATOR.iter_errors(closed)) == []
    assert closed["method"]["kept"] == NOW.isoformat() and closed["portrait"]["closed"]
    assert closed["method"]["sha256"] == method["sha256"]
    assert [one["score"] for one in closed["scores"]] == [one["score"] for one in found["scores"]]


def test_a_closed_portrait_says_what_was_kept(table: Table, made: Whole) -> None:
    close_portrait(table.slug, made.portrait, by=table.coordinator, now=NOW)
    before = told(table, made.portrait)["scores"]
    Goalposts.objects.filter(indicator__code="SBE.health").update(high=1_000.0)
    assert told(table, made.portrait)["scores"] == before


def test_what_was_validated_stands_as_it_stood(table: Table, made: Whole) -> None:
    version = write_reading(table.slug, made.portrait, "SBE", written(), by=table.coordinator, now=NOW)  # fmt: skip
    validated(table, version)

    def agreed() -> dict[str, Any]:
        rows_of = told(table, made.portrait)["readings"]
        found: dict[str, Any] = next(one for one in rows_of if one["number"] == version)
        return found["validated"]["score"]

    before = agreed()
    Goalposts.objects.filter(indicator__code="SBE.health").update(high=1_000.0)
    today = next(one for one in told(table, made.portrait)["scores"] if one["dimension"] == "SBE")
    assert agreed() == before
    assert before["score"]["value"] > today["score"]["value"]


def test_a_few_people_are_told_of_to_nobody(table: Table, made: Whole) -> None:
    for who in (table.coordinator, table.member):
        few = [one for one in of(told(table, made.portrait, who=who), "SBE.health")["observations"] if one["source"] == FEW]  # fmt: skip
        hidden = {name: few[0][name] for name in ("value", "low", "high", "numerator", "denominator", "coverage")}  # fmt: skip
        assert set(hidden.values()) == {None} and few[0]["status"] == "suppressed"
    seniors = [one for one in of(told(table, made.portrait), "SBE.health")["observations"] if one["group"] == "seniors"]  # fmt: skip
    assert [one["value"] for one in seniors] == [40.0]
    heard = {one["code"]: one["sources"] for one in told(table, made.portrait)["groups"]}
    assert (heard["seniors"], heard["women"]) == (1, 0)
    lines = rows(table, made.portrait)
    assert [one["value"] for one in lines if one["group"] == "tenants"] == [""]
    assert "7.5" not in taken(table, made.portrait, "csv").decode().replace("\r\n", ",").split(",")


def hidden(table: Table, number: int, who: Person) -> int:
    """Give how many observations the page of an indicator tells somebody nothing of."""
    with translation.override("en"):
        page = reverse("space_resilience_indicator", kwargs={"slug": table.slug, "number": number})
    return signed_in(who).get(page).content.decode().count("not told: a few people")


def test_a_group_is_read_beside_every_number_of_everybody_of_its_period(table: Table, made: Whole) -> None:  # fmt: skip
    """Everybody's of 2025 less the group's of 2025 leaves three people, though the newest leaves many."""
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    number = made.indicators["SBE.health"]
    for told_of, part in (("", 63.0), ("seniors", 60.0)):
        what = NewObservation("2024", "Avant", numerator=part, denominator=part + 40.0, group=told_of)  # fmt: skip
        observe(table.slug, number, what, **k)
    lines = [one for one in of(told(table, made.portrait), "SBE.health")["observations"] if one["period"] == "2024"]  # fmt: skip
    assert {one["group"]: one["value"] is None for one in lines} == {None: False, "seniors": True}
    assert [hidden(table, number, who) for who in (table.member, table.coordinator)] == [2, 0]


def test_what_was_followed_of_a_group_is_not_told(table: Table, made: Whole) -> None:
    """24 of 60, then 25 of 61, would tell what one more person answered."""
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    what = NewObservation("2026", "Encore", numerator=25.0, denominator=61.0, group="seniors")
    observe(table.slug, made.indicators["SBE.health"], what, **k)
    lines = of(told(table, made.portrait), "SBE.health")["observations"]
    held = [one["value"] for one in lines if one["group"] == "seniors" and one["period"] == "2026"]
    assert sorted(held, key=str) == [pytest.approx(100 * 25 / 61), None]


def test_nothing_is_told_of_a_group_that_the_atlas_counts_as_a_few(table: Table, made: Whole) -> None:  # fmt: skip
    """Neither of its share, though nobody wrote the two counts of it."""
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    observe(table.slug, made.own, NewObservation("2026", "Ici", 4.0, group="seniors"), **k)
    (one,) = (each for each in queries.indicators_of(table.id, made.portrait) if each.number == made.own)  # fmt: skip
    some = queries.observations_of(table.id, made.own)
    for known, values in ((lens.COUNTED, {4.0, 5.0}), (lens.NOBODY, {4.0, 5.0}), (lens.FEW, {None, 5.0})):  # fmt: skip
        seen = {"seniors": lens.GroupSeen(groups()["seniors"], known)}
        assert {each.value for each in protected(one, some, seen=seen)} == values


def test_the_page_tells_who_only_reads_nothing_of_a_group_of_a_few(
    table: Table, made: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    observe(table.slug, made.own, NewObservation("2026", "Ici", 4.0, group="seniors"), by=table.coordinator, now=NOW)  # fmt: skip
    for known, n in ((lens.COUNTED, 0), (lens.FEW, 1)):
        counted = {code: lens.GroupSeen(one, known) for code, one in groups().items()}
        monkeypatch.setattr(numbers_told, "groups_of", lambda seen, c=counted: c)
        assert hidden(table, made.own, table.member) == n


def test_small_counts_of_everybody_stay_behind_their_share(table: Table, made: Whole) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    observe(table.slug, made.indicators["PRE.plan"], NewObservation("2026", "Ici", numerator=4.0, denominator=80.0), **k)  # fmt: skip
    (newest,) = (one for one in of(told(table, made.portrait), "PRE.plan")["observations"] if one["newest"])  # fmt: skip
    assert (newest["value"], newest["numerator"], newest["denominator"]) == (5.0, None, None)


@pytest.mark.parametrize("group", ["", "seniors"])
def test_two_counts_of_which_neither_is_a_part_of_the_other_leave_or_are_kept_back(table: Table, made: Whole, group: str) -> None:  # fmt: skip
    """Two people and a half by household; a sign that slipped; and 46 people in 4 households, who are a few."""
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    for month, part, whole_of in (("01", 250.0, 100.0), ("02", -3.0, 80.0), ("03", 46.0, 4.0)):
        observe(table.slug, made.own, NewObservation(f"2026-{month}", "Ici", 2.5, group, part, whole_of), **k)  # fmt: skip
    code = next(one.code for one in queries.indicators_of(table.id, made.portrait) if one.number == made.own)  # fmt: skip
    held = {one["period"]: (one["numerator"], one["denominator"]) for one in of(told(table, made.portrait), code)["observations"] if one["source"] == "Ici"}  # fmt: skip
    assert held == {"2026-01": (250.0, 100.0), "2026-02": (None, None), "2026-03": (None, None)}
    with translation.override("en"):
        page = reverse("space_resilience_groups", kwargs={"slug": table.slug, "number": made.portrait})  # fmt: skip
    assert signed_in(table.member).get(page).status_code == 200


def test_a_file_bears_the_day_of_whoever_takes_it(table: Table, made: Whole) -> None:
    """Nine in the evening in Québec is the next day in Greenwich."""
    evening = datetime(2026, 6, 2, 1, tzinfo=UTC)
    held = files.PortraitData.of(seen_by(table, table.coordinator), made.portrait, now=evening, lang="fr")  # fmt: skip
    assert held.told["made"].startswith("2026-06-01T21:00")
    about = read_workbook(held.written("xlsx"), file="a.xlsx").sheets[0].rows
    assert str(dict(row for row in about if len(row) == 2)["Fichier du"]) == "2026-06-01"


def test_who_may_not_see_the_page_takes_no_file(table: Table, made: Whole) -> None:
    for ending in files.MEDIA:
        for who in (table.stranger, table.former):
            assert signed_in(who).get(address(table, made.portrait, ending)).status_code == 404
        assert Client().get(address(table, made.portrait, ending)).status_code in (302, 403)
        assert signed_in(table.member).get(address(table, made.portrait, ending)).status_code == 200
        elsewhere = address(table, made.portrait, ending).replace(table.slug, table.other)
        assert signed_in(table.stranger).get(elsewhere).status_code == 404
        assert signed_in(table.member).get(address(table, 999_999, ending)).status_code == 404
        assert signed_in(table.member).post(address(table, made.portrait, ending)).status_code == 405  # fmt: skip


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_leads_to_its_files(table: Table, made: Whole, lang: str) -> None:
    with translation.override(lang):
        page = reverse("space_resilience_portrait", kwargs={"slug": table.slug, "number": made.portrait})  # fmt: skip
    words = signed_in(table.member).get(page).content.decode()
    for ending in files.MEDIA:
        assert f'href="{address(table, made.portrait, ending, lang)}"' in words


def test_an_empty_portrait_leaves_too(table: Table, tmp_path: Path) -> None:
    number = begin(table).portrait
    found = told(table, number)
    assert list(VALIDATOR.iter_errors(found)) == []
    assert found["indicators"] == [] and {one["why_none"] for one in found["scores"]} == {"no_indicator"}  # fmt: skip
    assert rows(table, number) == []
    archive = zipfile.ZipFile(io.BytesIO(taken(table, number, "zip")))
    assert len(archive.namelist()) == 8
    archive.extractall(tmp_path)
    with pytest.raises(BadInput, match="composite_no_index"):
        read_meta(tmp_path / "iMeta.csv")
    assert read_workbook(taken(table, number, "xlsx"), file="a.xlsx").sheets


def test_what_was_of_a_dimension_that_was_withdrawn_leaves_with_its_name(table: Table, made: Whole) -> None:  # fmt: skip
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    (own,) = (one.number for one in queries.own_parts(seen_by(table, table.coordinator)))
    code = f"own-{own}"
    add_indicator(table.slug, made.portrait, NewIndicator(code, "Repères", "count", 0, 9, "Vus"), **k)  # fmt: skip
    end_own_part(table.slug, own, **k)
    found = told(table, made.portrait)
    assert list(VALIDATOR.iter_errors(found)) == []
    assert {"code": code, "name": {"fr": ODD, "en": ODD}} in found["framework"]["withdrawn"]
    assert code in {one["dimension"] for one in found["indicators"]}
    assert code not in {one["dimension"] for one in found["scores"]}
    taken(table, made.portrait, "zip")


def test_an_indicator_that_nobody_observed_stands_without_a_number(table: Table, made: Whole) -> None:  # fmt: skip
    found = of(told(table, made.portrait), NEVER)
    assert found["observations"] == [] and found["goalposts"]
    assert NEVER not in {one["indicator"] for one in rows(table, made.portrait)}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_table_is_valid_csv_on_the_web(table: Table, made: Whole, lang: str, tmp_path: Path) -> None:  # fmt: skip
    archive = zipfile.ZipFile(io.BytesIO(taken(table, made.portrait, "zip", lang=lang)))
    archive.extractall(tmp_path)
    assert not (tmp_path / files.CSV_NAME).read_bytes().startswith(b"\xef\xbb\xbf")
    read = CSVW(str(tmp_path / f"{files.CSV_NAME}-metadata.json"))
    assert read.is_valid
    found = {one["observation"]: one for one in read.tables[0].iterdicts()}
    told_of = [each for one in told(table, made.portrait)["indicators"] for each in one["observations"]]  # fmt: skip
    assert len(found) == len(told_of)
    for one in told_of:
        line = found[one["number"]]
        assert (line["value"], line["group"], line["newest"]) == (one["value"], one["group"], one["newest"])  # fmt: skip


def test_nothing_that_people_wrote_is_run_by_a_spreadsheet(table: Table, made: Whole) -> None:
    for one in rows(table, made.portrait, "fr"):
        for name, held in one.items():
            assert not held.startswith(("=", "+", "-", "@")), (name, held)
    assert {"'=1+1", "'@Sondage d’ici", f"'{FEW}"} < {one["source"] for one in rows(table, made.portrait)}  # fmt: skip
    archive = zipfile.ZipFile(io.BytesIO(taken(table, made.portrait, "xlsx", lang="fr")))
    sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]  # fmt: skip
    assert len(sheets) == 10 and not any("<f>" in sheet or "hyperlink" in sheet for sheet in sheets)
    assert ODD in archive.read("xl/sharedStrings.xml").decode()


def test_the_workbook_says_codes_in_words_and_numbers_as_numbers(table: Table, made: Whole) -> None:
    held = {one.name: one for one in read_workbook(taken(table, made.portrait, "xlsx", lang="fr"), file="a.xlsx").sheets}  # fmt: skip
    head, *lines = held["Observations"].rows
    place = {text: column for column, text in enumerate(head)}
    newest = [row for row in lines if row[place["Source"]] == "@Sondage d’ici"]
    assert newest[0][place["Valeur"]] == 65 and newest[0][place["Ce qu’on sait"]] == "compté"
    assert str(newest[0][place["Notée le"]]) == "2026-06-01"
    scores = [row for row in held["Dimensions"].rows if row[0] == "SBE"]
    expected = next(one for one in told(table, made.portrait)["scores"] if one["dimension"] == "SBE")  # fmt: skip
    assert scores[0][2] == pytest.approx(expected["score"]["value"])
    assert taken(table, made.portrait, "xlsx") == taken(table, made.portrait, "xlsx")


def test_an_index_is_computed_of_the_two_tables(table: Table, made: Whole, tmp_path: Path) -> None:
    archive = zipfile.ZipFile(io.BytesIO(taken(table, made.portrait, "zip", lang="fr")))
    archive.extractall(tmp_path)
    asked = [f"--{what}={tmp_path / file}" for what, file in (("data", "iData.csv"), ("meta", "iMeta.csv"), ("method", "method.toml"))]  # fmt: skip
    done = CliRunner().invoke(courtepointe, ["portraits", "index", *asked, f"--out={tmp_path / 'steps'}", "--json"], catch_exceptions=False)  # fmt: skip
    assert done.exit_code == 0, done.output
    assert set(json.loads(done.stdout)["unused_columns"]) == {NEVER, "PRE.plan"}
    scores = {one["uCode"]: one for one in csv.DictReader(io.StringIO((tmp_path / "steps" / "scores.csv").read_text(encoding="utf-8")))}  # fmt: skip
    found = told(table, made.portrait)
    mine = scores[found["portrait"]["uid"]]
    scored = [one for one in found["scores"] if one["score"]]
    assert scored
    for one in scored:
        assert float(mine[one["dimension"]]) == pytest.approx(one["score"]["value"])
        for share in (0, 50, 100):
            scale = scores[f"goalposts-{share}"]
            assert float(scale[one["dimension"]]) == pytest.approx(share)
    assert "PRE" not in mine


def test_hundreds_of_indicators_and_all_groups_ask_no_more_of_the_database(table: Table, made: Whole) -> None:  # fmt: skip
    client = signed_in(table.coordinator)

    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address(table, made.portrait, "zip")).status_code == 200
        return len(counted)

    before = asked()
    row = Indicator.objects.get(pk=made.own)
    many = [Indicator(portrait_id=row.portrait_id, workspace_id=row.workspace_id, code=f"own.{n}", dimension="CON", kind="observed", source="typed", name_fr=f"N° {n}", unit="percent", base="persons", asset=True, refreshed="edition") for n in range(200)]  # fmt: skip
    made_rows = Indicator.objects.bulk_create(many)
    Goalposts.objects.bulk_create([Goalposts(workspace_id=row.workspace_id, indicator=one, low=0, high=100, polarity=1, why_fr="x", since=NOW.date()) for one in made_rows])  # fmt: skip
    some = [
        (one.code, NewObservation("2026", "Ici", 50.0, group=group)) for one in made_rows for group in ("", *groups())
    ]  # fmt: skip
    observe_many(table.slug, made.portrait, some, by=table.coordinator, now=NOW)
    assert asked() == before < 70
    assert len(rows(table, made.portrait)) > 200 * len(groups())
