"""What the API answers, and how it refuses."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from tests.support.town import town

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.values import AreaKey
from courtepointe.atlas.recipe.values import Words
from courtepointe.doors.portrait_json import portrait_json
from courtepointe.portraits.actions import recall_release

TRACTS = "/api/collections/secteur:2021/items"
BOX = {"type": "Polygon", "coordinates": [
    [[-73.56, 45.501], [-73.54, 45.501], [-73.54, 45.508], [-73.56, 45.508], [-73.56, 45.501]]
]}  # fmt: skip


def codes(answer: Any) -> list[str]:
    return [one["properties"]["code"] for one in answer.json()["features"]]


def test_pages_lead_through_all_features_once(program: Client) -> None:
    address, seen = f"{TRACTS}?limit=4", []
    while address:
        answer = program.get(address)
        seen += codes(answer)
        links = {link["rel"]: link["href"] for link in answer.json()["links"]}
        address = links.get("next", "")
    assert seen == ["001", "002", "003", "004", "005", "006"]
    assert "limit=4" in links["prev"] and answer.json()["numberMatched"] == 6


def test_a_box_keeps_what_touches_it_and_a_wrong_box_is_said(program: Client) -> None:
    assert codes(program.get(f"{TRACTS}?bbox=-73.560,45.501,-73.552,45.507")) == ["001"]
    assert codes(program.get(f"{TRACTS}?bbox=-73.560,45.501,0,-73.552,45.507,9")) == ["001"]
    assert codes(program.get(f"{TRACTS}?bbox=179,45,-73.552,45.507")) == ["001"]
    assert codes(program.get(f"{TRACTS}?bbox=0,0,1,1")) == []
    for wrong in ("1,2,3", "a,b,c,d", "nan,0,1,1", "0,5,1,4", "0,0,inf,1"):
        answer = program.get(f"{TRACTS}?bbox={wrong}")
        assert (answer.status_code, answer.json()["code"]) == (400, "api_bbox"), wrong


def test_properties_filter_and_indicators_become_properties(program: Client) -> None:
    found = program.get(f"{TRACTS}?code=006&indicators=population,immigrants_share")
    (one,) = found.json()["features"]
    told = one["properties"]
    assert (told["population_value"], told["population_status"]) == (200.0, "published")
    assert (told["immigrants_share_value"], told["immigrants_share_status"]) == (None, "suppressed")
    assert codes(program.get("/api/collections/quartier:2014/items?name=Vieux-Moulin")) == ["1"]
    assert program.get(f"{TRACTS}?category=x").json()["code"] == "api_unknown_parameter"
    assert program.get(f"{TRACTS}?datetime=2021-01-01T00:00:00Z/..").status_code == 200
    assert program.get(f"{TRACTS}?datetime=hier").json()["code"] == "api_datetime"


def test_a_problem_is_said_in_the_readers_language(program: Client) -> None:
    french = program.get("/api/v1/areas/quartier:2014:99")
    english = program.get("/api/v1/areas/quartier:2014:99", headers={"Accept-Language": "en-CA"})
    asked = program.get("/api/v1/areas/quartier:2014:99?lang=en")
    assert french.headers["Content-Type"] == "application/problem+json"
    assert (french.status_code, french.json()["title"]) == (404, "Introuvable")
    assert english.json()["title"] == asked.json()["title"] == "Not found"
    assert french.json()["code"] == english.json()["code"] == "unknown_area"
    limit = program.get(f"{TRACTS}?limit=0").json()
    assert limit["code"] == "api_parameter_least" and "1 ou plus" in limit["detail"]


def test_figures_are_those_of_the_command_line(program: Client) -> None:
    told = program.get("/api/v1/areas/quartier:2014:1/figures?lang=fr").json()
    atlas = Atlas(town())
    portrait = atlas.portrait(AreaKey("quartier", "2014", "1"))
    ours = json.loads(json.dumps(portrait_json(portrait, atlas.pack.recipe, lang="fr")))
    assert {name: told[name] for name in ours} == ours
    assert "Vieux-Moulin" in told["citation"]["text"] and told["citation"]["csl"]["URL"]


def test_an_answer_is_sent_once_for_an_edition_and_a_recall_is_another(program: Client) -> None:
    address = "/api/v1/figures?type=quartier&indicator=population"
    first = program.get(address)
    tag = {"If-None-Match": first.headers["ETag"]}
    assert "max-age" in first.headers["Cache-Control"]
    assert program.get(address, headers=tag).status_code == 304
    assert program.get(address, headers={**tag, "Accept-Language": "en"}).status_code == 200
    recall_release(
        "comptage", atlas_code=town().recipe.code, known=["comptage"], reason=Words("Non.", "No."),
        by="op", now=datetime(2026, 3, 1, tzinfo=UTC),
    )  # fmt: skip
    after = program.get(address, headers=tag)
    assert after.status_code == 200
    assert after.json()["figures"][0]["cautions"][0] == "recalled_release"
    releases = {
        one["code"]: one for one in program.get("/api/v1/releases?lang=en").json()["releases"]
    }
    assert releases["comptage"]["recalled"]["reason"] == "No."
    assert releases["profil"]["recalled"] is None


def test_any_site_may_read_and_none_may_write(program: Client) -> None:
    answer = program.get("/api/conformance", headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert program.head("/api/conformance").status_code == 200
    flight = program.options("/api/conformance")
    assert (
        flight.status_code == 204 and "POST" not in flight.headers["Access-Control-Allow-Methods"]
    )
    for method in (program.post, program.put, program.delete, program.patch):
        refused = method("/api/conformance")
        assert (refused.status_code, refused.json()["code"]) == (405, "api_method_not_allowed")
    assert not answer.cookies


def send(program: Client, body: Any, asked: str = "") -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    return program.post(f"/api/v1/portrait{asked}", text, content_type="application/json")


@pytest.mark.parametrize("wrap", ["geometry", "feature", "collection"])
def test_a_drawn_area_is_told_and_nothing_of_it_is_kept(program: Client, wrap: str) -> None:
    feature = {"type": "Feature", "properties": {}, "geometry": BOX}
    bodies = {
        "geometry": BOX,
        "feature": feature,
        "collection": {"type": "FeatureCollection", "features": [feature]},
    }
    told = send(program, bodies[wrap], "?name=Chez%20nous").json()
    people = next(one for one in told["figures"] if one["indicator"] == "population")
    assert people["value"] == 3002.0 and told["area"]["name"] == "Chez nous"
    assert "Chez nous" in told["citation"]["text"] and "URL" not in told["citation"]["csl"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("[]", 400),
        ('{"type": "Point", "coordinates": [0, 0]}', 400),
        ('{"type": "Feature", "properties": {}, "geometry": null}', 400),
        ('{"type": "Polygon", "coordinates": []}', 400),
        ('{"type": "Polygon", "coordinates": "x"}', 400),
        ('{"type": "Polygon"}', 400),
        (json.dumps({"type": "Polygon", "coordinates": [[[0, 0], [0.01, 0], [0.01, 0.01], [0, 0]]]}), 400),
        (json.dumps({"type": "Polygon", "coordinates": [[[-73.4, 45.4], [-73.39, 45.4], [-73.39, 45.41], [-73.4, 45.4]]]}), 422),
    ],
)  # fmt: skip
def test_what_is_no_area_of_the_atlas_is_refused_in_words(
    program: Client, body: str, status: int
) -> None:
    answer = send(program, body)
    assert answer.status_code == status, answer.content
    assert answer.json()["detail"] and answer.json()["code"] != "our_fault"
