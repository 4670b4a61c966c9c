"""The API of comparisons on the town: what is asked for, and what cannot be answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from tests.support.compared_town import compared_town
from tests.support.served_town import town_served

AREA = {"key": "quartier:2014:1"}
HERE = "/api/v1/areas/quartier:2014:1"


@pytest.fixture(autouse=True)
def _compared_town_is_served(
    _town_is_served: None, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[None]:
    with town_served(settings, monkeypatch, tmp_path, pack=compared_town()):
        yield


def test_all_is_answered_as_described(settings: Any) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "gzip" not in name]
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    both = {"first": "low_income_share", "second": "unemployment_rate"}
    for path, asked in (
        ("/v1/areas/{key}/peers", {"lang": "en"}),
        ("/v1/areas/{key}/standing", {}),
        ("/v1/areas/{key}/both", both),
        ("/v1/areas/{key}/both", both | {"second": "population", "lang": "en"}),
        ("/v1/areas/{key}/figures", {"against": "peers,city,target"}),
    ):
        case = schema[path]["GET"].Case(path_parameters=AREA, query=asked)
        assert case.call_and_validate().status_code == 200, path


def test_peers_come_with_their_reason(program: Client) -> None:
    told = program.get(f"{HERE}/peers?lang=en").json()
    assert [one["area"] for one in told["peers"]] == ["quartier:2014:3", "quartier:2014:4"]
    assert told["reason"] == "The setting." and len(told["inputs_hash"]) == 64


def test_figures_come_beside_what_is_asked_for(program: Client) -> None:
    told = program.get(f"{HERE}/figures?against=peers,target").json()
    assert [one["ref"] for one in told["compared"]] == ["peers:semblables", "target"]
    peers = told["compared"][0]
    assert peers["peers"] == ["quartier:2014:3", "quartier:2014:4"]
    assert {one["distinguishable"] for one in peers["differences"]} <= {True, False, None}


def test_what_stands_out_says_how_it_was_decided(program: Client) -> None:
    told = program.get(f"{HERE}/standing?lang=en").json()
    assert told["why_city"] == "few" and told["how"]
    assert told["readings"][0]["rate"] == 0.1


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/peers?group=zork", 404, "unknown_peer_group"),
        ("/figures?against=zork", 404, "unknown_comparator"),
        ("/figures?against=quartier:2014:99", 404, "unknown_area"),
        ("/figures?against=past", 422, "no_past"),
        ("/figures?against=quartier:2014:1", 422, "same_area"),
        ("/figures?against=a,b,c,d,e,f,g", 400, "too_many_compared"),
        ("/both?first=zork&second=degree_share", 404, "unknown_indicator"),
        ("/both?first=degree_share", 400, ""),
        ("/standing?fit=zork", 400, ""),
    ],
)
def test_what_cannot_be_answered_says_why(
    program: Client, address: str, status: int, code: str
) -> None:
    answer = program.get(HERE + address)
    assert answer.status_code == status
    assert code in answer.content.decode()
    assert answer.headers["Content-Type"].startswith("application/problem+json")
